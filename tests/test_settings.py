"""Settings: the environment over the file, everything checked, secrets never shown."""

from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import ROOT, SETTINGS_FILE, Secret, load_settings

CONTRACT = {
    "FAZHIBOT_SEEDS": "seeds",
    "FAZHIBOT_DATA_DIR": "var",
    "FAZHIBOT_API_ROOT": "https://api.telegram.org",
    "FAZHIBOT_MODE": "polling",
    "FAZHIBOT_WEBHOOK_URL": "",
    "FAZHIBOT_WEBHOOK_LISTEN": "127.0.0.1:8443",
    "FAZHIBOT_WEBHOOK_SECRET": "",
    "FAZHIBOT_HTTP_LISTEN": "",
    "FAZHIBOT_ADMINS": "",
    "FAZHIBOT_LOG": "",
    "FAZHIBOT_WEBHOOK_PATH": "",
    "FAZHIBOT_LOG_TEXTS": "no",
    "FAZHIBOT_USER_BURST": "30",
    "FAZHIBOT_USER_PER_MINUTE": "60",
    "FAZHIBOT_GROUP_BURST": "20",
    "FAZHIBOT_GROUP_PER_MINUTE": "20",
    "FAZHIBOT_DIALOGUES": "config/dialogues",
    "FAZHIBOT_KEEP_DAYS": "90",
    "FAZHIBOT_CHARTS": "yes",
    "FAZHIBOT_CHART_FONT": "",
}


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def changed(folder: Path, old: str, new: str) -> Path:
    """The shipped settings with one line changed."""
    text = SETTINGS_FILE.read_text(encoding="utf-8")
    assert old in text
    return write(folder, text.replace(old, new, 1))


def test_defaults() -> None:
    settings = load_settings({})
    assert settings.seeds.resolve() == ROOT / "seeds"
    assert settings.data_dir.resolve() == ROOT / "var"
    assert settings.bases == settings.data_dir / "bases"
    assert settings.api_root == "https://api.telegram.org"
    assert (settings.mode, settings.log, settings.http_listen) == ("polling", "", "")
    assert settings.webhook_listen == "127.0.0.1:8443"
    assert settings.admins == frozenset()
    assert not settings.token
    assert not settings.webhook_secret


def test_shipped_defaults_come_out_when_said() -> None:
    assert load_settings(CONTRACT) == load_settings({})


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("SEEDS", "/other", "seeds", Path("/other")),
        ("DATA_DIR", "/data", "data_dir", Path("/data")),
        ("DATA_DIR", "elsewhere/data", "data_dir", Path("elsewhere/data")),
        ("API_ROOT", "http://127.0.0.1:1/", "api_root", "http://127.0.0.1:1"),
        ("WEBHOOK_URL", "https://a.example/b", "webhook_url", "https://a.example/b"),
        ("WEBHOOK_LISTEN", "0.0.0.0:1", "webhook_listen", "0.0.0.0:1"),
        ("WEBHOOK_SECRET", "s", "webhook_secret", Secret("s")),
        ("HTTP_LISTEN", "127.0.0.1:2", "http_listen", "127.0.0.1:2"),
        ("ADMINS", " 7, 8,,", "admins", frozenset({"7", "8"})),
        ("LOG", "json", "log", "json"),
        ("WEBHOOK_PATH", "/x", "webhook_path", "/x"),
        ("LOG_TEXTS", "yes", "log_texts", True),
        ("USER_BURST", "7", "user_burst", 7),
    ],
)
def test_the_environment_wins(name: str, value: str, field: str, read: object) -> None:
    assert getattr(load_settings({f"FAZHIBOT_{name}": value}), field) == read


def test_the_file_gives_what_the_environment_does_not(tmp_path: Path) -> None:
    path = changed(tmp_path, 'admins: ""', 'admins: "42"')
    assert load_settings({}, path).admins == {"42"}
    assert load_settings({"FAZHIBOT_ADMINS": "1"}, path).admins == {"1"}


def test_relative_folders_count_from_where_the_command_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings({}).seeds == ROOT / "seeds"
    (tmp_path / "seeds").mkdir()
    assert load_settings({}).seeds.resolve() == tmp_path / "seeds"


def test_home_is_expanded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somebody")
    assert load_settings({"FAZHIBOT_SEEDS": "~/reports"}).seeds == Path("/somebody/reports")


def test_webhook_mode_is_complete() -> None:
    given = {"FAZHIBOT_MODE": "webhook", "FAZHIBOT_WEBHOOK_URL": "https://a.example"}
    with pytest.raises(SettingsError, match="FAZHIBOT_WEBHOOK_SECRET"):
        load_settings(given)
    settings = load_settings(given | {"FAZHIBOT_WEBHOOK_SECRET": "hidden"})
    assert settings.mode == "webhook"
    with pytest.raises(SettingsError, match="FAZHIBOT_WEBHOOK_URL"):
        load_settings({"FAZHIBOT_MODE": "webhook", "FAZHIBOT_WEBHOOK_SECRET": "hidden"})


def test_unknown_variable() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({"FAZHIBOT_TOKN": "x", "PATH": "/bin"})
    assert "FAZHIBOT_TOKN" in str(caught.value)
    assert all(name in str(caught.value) for name in CONTRACT)


def test_the_token_is_no_setting() -> None:
    with pytest.raises(SettingsError, match="FAZHIBOT_TELEGRAM_BOT_TOKEN"):
        load_settings({"FAZHIBOT_TELEGRAM_BOT_TOKEN": "x"})


@pytest.mark.parametrize(
    ("name", "value"),
    [("MODE", "poling"), ("LOG", "jsn"), ("ADMINS", "7,@someone"), ("ADMINS", "-5")],
)
def test_a_wrong_value_names_the_variable_and_the_value(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings({f"FAZHIBOT_{name}": value})
    assert f"FAZHIBOT_{name}" in str(caught.value)
    assert value.split(",")[-1] in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("mode: polling", "mood: polling", "unknown key 'mood'"),
        ("mode: polling", "mode: poling", "poling"),
        ("mode: polling", "mode: [polling]", "expected a text"),
        ("log: ", "mode: ", "duplicate key 'mode'"),
    ],
)
def test_a_fault_in_the_file_names_file_and_line(
    tmp_path: Path, old: str, new: str, why: str
) -> None:
    path = changed(tmp_path, old, new)
    with pytest.raises(SettingsError) as caught:
        load_settings({}, path)
    lines = path.read_text(encoding="utf-8").splitlines()
    faulty = [number for number, line in enumerate(lines, 1) if line.startswith(new)]
    assert any(f"{path}:{number}: " in str(caught.value) for number in faulty), str(caught.value)
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("# nothing\n", "empty"),
        ("- seeds\n", "expected a mapping"),
        ("seeds: [\n", "not valid YAML"),
        ("seeds: seeds\n", "missing key"),
    ],
)
def test_a_broken_file(tmp_path: Path, text: str, why: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        load_settings({}, path)
    assert str(path) in str(caught.value)
    assert why in str(caught.value)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings({}, tmp_path / "none.yaml")


def test_every_shipped_setting_says_why() -> None:
    lines = SETTINGS_FILE.read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line and not line.startswith("#")]
    assert {f"FAZHIBOT_{line.partition(':')[0].upper()}" for line in said} == set(CONTRACT)
    assert all("# " in line for line in said)


def test_secrets_never_show_themselves() -> None:
    settings = load_settings(
        {"TELEGRAM_BOT_TOKEN": " 12:tokentoken \n", "FAZHIBOT_WEBHOOK_SECRET": "hushhush"}
    )
    assert (settings.token.value, settings.webhook_secret.value) == ("12:tokentoken", "hushhush")
    shown = f"{settings!r} {settings} {settings.token} {settings.token!r} {[settings.token]}"
    assert "tokentoken" not in shown
    assert "hushhush" not in shown


def test_a_blank_token_is_none() -> None:
    assert not load_settings({"TELEGRAM_BOT_TOKEN": "  \n"}).token


def test_settings_are_read_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAZHIBOT_ADMINS", "99")
    assert load_settings().admins == {"99"}

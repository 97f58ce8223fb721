"""Settings: environment over config/settings.yaml; an unknown name is an error."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import SettingsError
from intents.errors import DataFileError
from intents.yamlfile import read

ROOT = Path(__file__).resolve().parent.parent
"""The project's root: config/ and seeds/ lie here."""
SETTINGS_FILE = ROOT / "config" / "settings.yaml"
PREFIX = "FAZHIBOT_"
TOKEN = "TELEGRAM_BOT_TOKEN"
_OURS = ("seeds", "var", "config/dialogues")
_NAMES = (
    "seeds", "data_dir", "api_root", "mode", "webhook_url", "webhook_listen", "webhook_path",
    "webhook_secret", "http_listen", "admins", "log", "log_texts", "user_burst", "user_per_minute",
    "group_burst", "group_per_minute", "dialogues", "keep_days", "charts", "chart_font",
)  # fmt: skip
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_ADDRESS = re.compile(r"(?:[^\s:/]+|\[[0-9A-Fa-f:]+\]):\d{1,5}")
_URL = re.compile(r"https?://[^\s/]+(?:/\S*)?")


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that never shows itself in a log or a traceback."""

    value: str = field(repr=False)

    def __str__(self) -> str:
        return "***"

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, checked."""

    seeds: Path
    data_dir: Path
    api_root: str
    mode: str
    webhook_url: str
    webhook_listen: str
    webhook_path: str
    webhook_secret: Secret
    http_listen: str
    admins: frozenset[str]
    log: str
    log_texts: bool
    user_burst: int
    user_per_minute: int
    group_burst: int
    group_per_minute: int
    dialogues: Path
    """Scripts that a new base must keep to."""
    keep_days: int
    """How long unanswered questions and counts are kept."""
    charts: bool
    chart_font: str
    token: Secret

    @property
    def bases(self) -> Path:
        """Where the bases lie."""
        return self.data_dir / "bases"


def load_settings(
    environment: Mapping[str, str] | None = None, file: Path = SETTINGS_FILE
) -> Settings:
    """Read all settings; SettingsError names the file and line, or the variable, at fault."""
    env = os.environ if environment is None else environment
    try:
        record = read(file).record(set(_NAMES))
        values = {name: node.text() for name, node in record.items()}
        origin = {name: f"{file}:{node.line}: {name}" for name, node in record.items()}
    except DataFileError as error:
        raise SettingsError(str(error)) from error
    for variable in sorted(v for v in env if v.startswith(PREFIX)):
        name = variable.removeprefix(PREFIX).lower()
        if name not in _NAMES:
            known = ", ".join(PREFIX + n.upper() for n in _NAMES)
            raise SettingsError(f"unknown setting {variable}; known: {known}")
        values[name], origin[name] = env[variable], variable
    return _checked(values, origin, env.get(TOKEN, ""))


def _checked(values: dict[str, str], origin: dict[str, str], token: str) -> Settings:
    if values["mode"] not in ("polling", "webhook"):
        raise SettingsError(f"{origin['mode']} must be polling or webhook, not {values['mode']!r}")
    if values["log"] not in ("", "plain", "json"):
        raise SettingsError(f"{origin['log']} must be plain or json, not {values['log']!r}")
    _check_addresses(values, origin)
    admins = frozenset(part.strip() for part in values["admins"].split(",") if part.strip())
    strange = sorted(a for a in admins if not a.isdigit())
    if strange:
        raise SettingsError(f"{origin['admins']} must be numeric user ids, not {strange[0]!r}")
    return Settings(
        seeds=_path(values["seeds"]),
        data_dir=_path(values["data_dir"]),
        api_root=values["api_root"].rstrip("/"),
        mode=values["mode"],
        webhook_url=values["webhook_url"],
        webhook_listen=values["webhook_listen"],
        webhook_path=values["webhook_path"],
        webhook_secret=Secret(values["webhook_secret"]),
        http_listen=values["http_listen"],
        admins=admins,
        log=values["log"],
        log_texts=_yes(values["log_texts"], origin["log_texts"]),
        user_burst=_count(values["user_burst"], origin["user_burst"]),
        user_per_minute=_count(values["user_per_minute"], origin["user_per_minute"]),
        group_burst=_count(values["group_burst"], origin["group_burst"]),
        group_per_minute=_count(values["group_per_minute"], origin["group_per_minute"]),
        dialogues=_path(values["dialogues"]),
        keep_days=_count(values["keep_days"], origin["keep_days"]),
        charts=_yes(values["charts"], origin["charts"]),
        chart_font=values["chart_font"],
        token=Secret(token.strip()),
    )


def _check_addresses(values: dict[str, str], origin: dict[str, str]) -> None:
    webhook = values["mode"] == "webhook"
    if webhook and not (values["webhook_url"] and values["webhook_secret"]):
        raise SettingsError("webhook mode needs FAZHIBOT_WEBHOOK_URL and FAZHIBOT_WEBHOOK_SECRET")
    secret = values["webhook_secret"]
    if secret and not _SECRET.fullmatch(secret):
        what = "1 to 256 characters of A-Z a-z 0-9 _ -"
        raise SettingsError(f"{origin['webhook_secret']} must be {what}")
    for name, pattern, what in (
        ("api_root", _URL, "a URL"),
        ("webhook_url", _URL, "a URL"),
        ("webhook_listen", _ADDRESS, "host:port"),
        ("http_listen", _ADDRESS, "host:port"),
        ("webhook_path", re.compile(r"/\S*"), "a path that begins with /"),
    ):
        if values[name] and not pattern.fullmatch(values[name]):
            raise SettingsError(f"{origin[name]} must be {what}, not {values[name]!r}")


def _yes(text: str, origin: str) -> bool:
    if text not in ("yes", "no"):
        raise SettingsError(f"{origin} must be yes or no, not {text!r}")
    return text == "yes"


def _count(text: str, origin: str) -> int:
    if not text.isdecimal() or not 0 < int(text) < 1_000_000:
        raise SettingsError(f"{origin} must be a number above 0, not {text!r}")
    return int(text)


def _path(text: str) -> Path:
    """Relative paths count from where the command runs, else from the project's root."""
    path = Path(text).expanduser()
    if path.is_absolute() or path.exists() or text not in _OURS:
        return path
    return ROOT / path

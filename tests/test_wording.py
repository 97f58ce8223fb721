"""Everything the bot says: a file that testers may edit, with faults named."""

from pathlib import Path

import pytest

from bot.dialogue.wording import Wording, load_wording
from intents.errors import DataFileError


def write(folder: Path, text: str) -> Path:
    path = folder / "replies.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_templates_are_filled(tmp_path: Path) -> None:
    wording = load_wording(write(tmp_path, "hello: 您好，{name}！\nplain: 再见{{}}\n"))
    assert wording.say("hello", name="石狮") == "您好，石狮！"
    assert wording.say("plain") == "再见{}"
    assert wording.fields("hello") == {"name"}
    assert wording.fields("plain") == set()


def test_what_is_filled_in_is_no_template() -> None:
    assert Wording({"echo": "“{said}”"}).say("echo", said="{0}{x}%s") == "“{0}{x}%s”"


@pytest.mark.parametrize("key", ["none", "hello"])
def test_an_unknown_key_or_a_missing_field(key: str) -> None:
    with pytest.raises(KeyError):
        Wording({"hello": "您好，{name}！"}).say(key)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("broken: 您好，{name", "broken"),
        ("broken: 您好}", "broken"),
        ("good: 又好", "duplicate key 'good'"),
        ("broken: [您好]", "expected a text"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, line: str, why: str) -> None:
    path = write(tmp_path, f"# replies\ngood: 好\n{line}\n")
    with pytest.raises(DataFileError) as caught:
        load_wording(path)
    assert str(caught.value).startswith(f"{path}:3: ")
    assert why in str(caught.value)


def test_the_shipped_file_is_read_once() -> None:
    assert load_wording() is load_wording()

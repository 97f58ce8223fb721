"""Everything the bot says: a file that testers may edit, with faults named."""

from pathlib import Path

import pytest
from talk import say

from bot.dialogue.wording import Wording, load_wording, load_wordings
from bot.knowledge import Knowledge
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


@pytest.mark.parametrize(
    ("english", "line", "why"),
    [
        ("hello: hello, {name}\nbye: bye\nmore: more\n", 3, "more is no key of replies.yaml"),
        ("hello: hello, {place}\nbye: bye\n", 1, "hello has no field 'place'"),
        ("hello: hello, {name}\n", 1, "no wording for bye"),
    ],
)
def test_languages_say_the_same(tmp_path: Path, english: str, line: int, why: str) -> None:
    path = tmp_path / "replies.en.yaml"
    path.write_text(english, encoding="utf-8")
    with pytest.raises(DataFileError) as caught:
        load_wordings(write(tmp_path, "hello: 您好，{name}！\nbye: 再见\n"), path)
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert why in str(caught.value)


def test_lists_are_joined_as_the_language_does_and_places_called_by_their_names() -> None:
    shipped = load_wordings()
    english = shipped.of("en", {"余姚市": "余姚市 (Yuyao)"})
    places = ("余姚市 2022", "德清县 2023")
    assert "余姚市 (Yuyao) 2022, 德清县 2023" in english.say("places", covered=places)
    assert "余姚市 2022、德清县 2023" in shipped.of("zh-Hans", {}).say("places", covered=places)
    assert "現有報告" in shipped.of("zh-Hant", {}).say("places", covered=places)


def test_a_message_is_answered_in_its_language(small: Knowledge) -> None:
    asked = {
        "余姚市2023年行政复议收到多少件": "余姚市 · 2023年",
        "餘姚市2023年行政複議收到多少件": "余姚市 · 2023年",
        "How many administrative reconsideration cases in Yuyao in 2023?": "余姚市 (Yuyao) · 2023",
    }
    replies = {text: say(small, text).reply.plain for text in asked}
    for text, where in asked.items():
        assert where in replies[text].split("\n"), replies[text]
    assert "發佈" in replies["餘姚市2023年行政複議收到多少件"]

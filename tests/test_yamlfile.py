"""Checked YAML: every fault with file and line."""

from pathlib import Path

import pytest

from intents.errors import DataFileError
from intents.yamlfile import Node, parse, read

FILE = Path("intents/words.yaml")


def why(text: str, *path: str) -> str:
    """What is said of a text whose record is asked for `a` and `b`."""
    with pytest.raises(DataFileError) as error:
        parse(text, FILE).record({"a", "b"})
    return str(error.value)


def test_values() -> None:
    top = parse("a: [甲, '1']\nb: {x: 1, y: 甲}\nd: 12\n", FILE).record({"a", "b", "d"})
    assert top["a"].texts() == ("甲", "1")
    assert {key: value.text() for key, value in top["b"].pairs()} == {"x": "1", "y": "甲"}
    assert top["d"].integer() == 12
    assert top["d"].line == 3


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: 1\nb: 2\na: 3\n", "words.yaml:3: duplicate key 'a', first in line 1"),
        ("a: 1\nb: 2\nc: 3\n", "words.yaml:3: unknown key 'c'; known: a, b"),
        ("a: 1\n", "words.yaml:1: missing key 'b'"),
        ("- a\n- b\n", "words.yaml:1: expected a mapping"),
        ("", "words.yaml: the file is empty"),
        ("a: [1\nb: 2\n", "words.yaml:2: not valid YAML"),
        ("a: 1\n\tb: 2\n", "words.yaml:2: not valid YAML"),
    ],
)
def test_faults_of_records(text: str, message: str) -> None:
    assert message in why(text)


def test_kinds_and_places() -> None:
    top = parse("a: [甲]\nb: {x: yes}\n", FILE)
    record = top.record({"a", "b"})
    assert (top.is_mapping, top.is_list, record["a"].is_list) == (True, False, True)
    [(key, value)] = record["b"].keyed()
    assert (key.text(), value.text(), value.line) == ("x", "yes", 2)
    assert (key.span, value.span) == ((11, 12), (14, 17))


def test_a_misspelt_key_is_recognised() -> None:
    with pytest.raises(DataFileError, match="did you mean 'figure'"):
        parse("figur: 1\n", FILE).record({"figure", "place"})


@pytest.mark.parametrize(
    ("text", "ask", "message"),
    [
        ("a: {x: 1}\n", Node.text, "words.yaml:1: expected a text"),
        ("\na: 甲\n", Node.integer, "words.yaml:2: expected a whole number, got '甲'"),
        ("a: 甲\n", Node.texts, "words.yaml:1: expected a list"),
        ("a: [甲, [乙]]\n", Node.texts, "words.yaml:1: expected a text"),
        ("a: 甲\n", lambda node: dict(node.pairs()), "words.yaml:1: expected a mapping"),
    ],
)
def test_faults_of_values(text: str, ask: object, message: str) -> None:
    node = parse(text, FILE).record({"a"})["a"]
    with pytest.raises(DataFileError, match=r"words\.yaml") as error:
        ask(node)  # type: ignore[operator]
    assert message in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataFileError, match=r"nothing\.yaml: cannot be read"):
        read(tmp_path / "nothing.yaml")


def test_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_bytes(b"b: 1\n" + "a: 甲".encode("gb18030"))
    with pytest.raises(DataFileError, match=r"words\.yaml:2: cannot be read: .* UTF-8"):
        read(path)
    path.write_text("a: 甲", encoding="utf-8-sig")
    assert read(path).record({"a"})["a"].span == (3, 4)


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "words.yaml"
    path.write_text("a: 甲\n", encoding="utf-8")
    assert read(path).record({"a"})["a"].text() == "甲"

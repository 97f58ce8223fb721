"""Script files: every fault with file and line, none hiding another; tables, wordings, setup."""

from datetime import date
from pathlib import Path

import pytest

from bot.channels.script.load import Loaded, load, load_file, script_files
from bot.channels.script.model import DEFAULT_WORLD, Script

NAME = "x.dialogue.yaml"


def is_place(name: str) -> bool:
    return name in ("海盐县", "海盐", "德清县")


def loaded(folder: Path, text: str) -> Loaded:
    path = folder / NAME
    path.write_text(text, encoding="utf-8")
    return load_file(path, is_place)


def scripts(folder: Path, text: str) -> tuple[Script, ...]:
    found = loaded(folder, text)
    assert [str(f) for f in found.faults] == []
    return found.scripts


def faults(folder: Path, text: str) -> list[str]:
    return [str(f).removeprefix(f"{folder}/") for f in loaded(folder, text).faults]


def test_a_dialogue(tmp_path: Path) -> None:
    [script] = scripts(
        tmp_path,
        """
series: 复议
tags: [a]
as: 老王
dialogues:
  - name: 收了再问办了
    tags: [b]
    at: 2025-03-01
    turns:
      - say: 海盐去年复议几件
        figure: 97件
        not: [12, 13件]
      - tap: 2
        as: admin
        in: group
        wait: 40分钟
        same_as: 1
        not: {place: 德清县}
""",
    )
    assert (script.series, script.name, script.refusal) == ("复议", "收了再问办了", False)
    assert script.tags == {"a", "b"}
    assert script.world == DEFAULT_WORLD
    first, second = script.turns
    assert (first.does, first.what, first.user, first.chat) == (
        "say", "海盐去年复议几件", "老王", "private",
    )  # fmt: skip
    assert first.at == second.at == date(2025, 3, 1)
    assert [(w.key, w.values, w.line) for w in first.wants] == [("figure", ("97件",), 11)]
    assert [w.values for w in first.nots] == [("12",), ("13件",)]
    assert (second.user, second.chat, second.wait) == ("admin", "group", 2400.0)
    assert [(w.key, w.values) for w in second.nots] == [("place", ("德清县",))]


def test_time_does_not_go_back_within_a_dialogue(tmp_path: Path) -> None:
    [script] = scripts(
        tmp_path,
        "dialogues:\n- turns:\n  - {say: a, at: 2025-01-01, count: 1}\n  - {say: b, count: 1}\n",
    )
    assert [t.at for t in script.turns] == [date(2025, 1, 1)] * 2


def test_one_turn_needs_no_list_of_turns(tmp_path: Path) -> None:
    [script] = scripts(tmp_path, "dialogues: [{say: 海盐复议几件, figure: 97件}]")
    assert script.name == "海盐复议几件"
    assert [t.what for t in script.turns] == ["海盐复议几件"]


def test_a_refusal_wants_a_refusal(tmp_path: Path) -> None:
    [script] = scripts(tmp_path, "refusals:\n- say: 海盐公职律师几个\n")
    assert script.refusal
    assert [(w.key, w.values) for w in script.turns[0].wants] == [("status", ("refused",))]


def test_one_dialogue_for_each_wording(tmp_path: Path) -> None:
    text = """
dialogues:
  - say: [甲, 乙, {say: 丙, known_failure: 还不懂丙}]
    figure: 1
  - name: 后面还有
    turns:
      - {say: [丁, 戊], figure: 1}
      - {say: 己, figure: 2}
"""
    found = scripts(tmp_path, text)
    assert [s.name for s in found] == ["甲[1]", "乙[2]", "丙[3]", "后面还有[1]", "后面还有[2]"]
    assert [s.turns[0].what for s in found] == ["甲", "乙", "丙", "丁", "戊"]
    assert [s.known_failure for s in found] == ["", "", "还不懂丙", "", ""]
    assert [s.turns[1].what for s in found[3:]] == ["己", "己"]


def test_a_table_is_filled_in(tmp_path: Path) -> None:
    text = """
dialogues:
  - name: "{place}的复议"
    each:
      - {place: 海盐县, n: 97件, pattern: x}
      - {place: 德清县, n: 15件, pattern: y, known_failure: 还没有}
    turns:
      - {say: "{place}复议几件{{}}", figure: "{n}", place: "{place}", "reply~": "{pattern}{2}"}
"""
    with_failure = text.replace("pattern: x}", "pattern: x, known_failure: 也没有}")
    one, two = scripts(tmp_path, with_failure)
    assert (one.name, two.name) == ("海盐县的复议[1]", "德清县的复议[2]")
    assert one.turns[0].what == "海盐县复议几件{}"
    wanted = {w.key: w.values for w in two.turns[0].wants}
    assert wanted == {"figure": ("15件",), "place": ("德清县",), "reply~": ("y{2}",)}
    assert [s.line for s in (one, two)] == [5, 6]
    assert two.known_failure == "还没有"
    assert [s.known_failure for s in scripts(tmp_path, text)] == ["", "还没有"]


def test_setup(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    turn = "dialogues: [{say: a, count: 1}]\n"
    [script] = scripts(tmp_path, "setup: {reports: reports}\n" + turn)
    assert script.world.folder == tmp_path / "reports"
    [script] = scripts(
        tmp_path, "setup: {place: 海盐县, year: 2023, report: 收到行政复议申请97件。}\n" + turn
    )
    [(name, text)] = script.world.texts
    assert name == "report-1.txt"
    assert text.startswith("海盐县2023年法治政府建设情况的报告\n")
    assert "收到行政复议申请97件。" in text
    [script] = scripts(tmp_path, "setup:\n- report: |\n    甲\n    乙\n- report: 丙\n" + turn)
    assert script.world.texts == (("report-1.txt", "甲\n乙\n"), ("report-2.txt", "丙\n"))


GOOD = "dialogues:\n- {say: a, figure: 1}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the file is empty"),
        ("dialogues:\n- {say: a\n", ":3: not valid YAML"),
        ("dialogues: []\n", ":1: the list is empty"),
        ("series: x\n", ":1: a file holds either `dialogues:` or `refusals:`"),
        (GOOD + "refusals: [{say: a}]\n", ":1: a file holds either"),
        (GOOD + "serie: x\n", ":3: unknown key 'serie'"),
        ("dialogues:\n- say: a\n  figur: 1\n", ":3: unknown key 'figur'"),
        ("dialogues:\n- say: a\n  figur: 1\n", "did you mean 'figure'?"),
        ("dialogues:\n- turns:\n  - say: a\n    figur: 1\n", ":4: unknown key 'figur'"),
        ("dialogues:\n- turns: [{say: a, figure: 1}]\n  figure: 1\n", ":3: 'figure' belongs into"),
        ("dialogues:\n- turns: []\n", ":2: the list is empty"),
        ("dialogues:\n- say: a\n", ":2: the turn expects nothing: it can never fail"),
        ("dialogues:\n- {figure: 1}\n", ":2: a turn needs exactly one of say, tap"),
        ("dialogues:\n- {say: a, tap: 1, figure: 1}\n", "it has 2"),
        ("dialogues:\n- {say: ' ', figure: 1}\n", "'say' is empty"),
        ("dialogues:\n- {say: [], figure: 1}\n", "the list is empty"),
        ("dialogues:\n- {say: [a, ''], figure: 1}\n", "'say' is empty"),
        ("dialogues:\n- {say: a, figure: ''}\n", "an empty 'figure' can never fail"),
        ("dialogues:\n- {say: a, figure: []}\n", "an empty 'figure' can never fail"),
        ("dialogues:\n- {say: a, not: []}\n", "an empty `not` can never fail"),
        ("dialogues:\n- {say: a, not: {}}\n", "an empty `not` can never fail"),
        ("dialogues:\n- {say: a, not: ''}\n", "an empty `not` can never fail"),
        ("dialogues:\n- {say: a, not: {status: answered}}\n", "'status' cannot stand in `not`"),
        ("dialogues:\n- {say: a, 'reply~': '.*'}\n", "it can never fail"),
        ("dialogues:\n- {say: a, 'reply~': '('}\n", "not a regular expression"),
        ("dialogues:\n- {say: a, not: {'reply~': 'x*'}}\n", "it can never fail"),
        ("dialogues:\n- {say: a, status: [answered, clarify, refused]}\n", "it can never fail"),
        ("dialogues:\n- {say: a, status: anwsered}\n", "unknown 'anwsered'; known: answered"),
        ("dialogues:\n- {say: a, reason: no}\n", "unknown 'no'; known: unknown_place"),
        ("dialogues:\n- say: a\n  place: 海燕县\n", ":3: unknown place '海燕县'"),
        ("dialogues:\n- {say: a, value: 97件}\n", "expected a number without unit, got '97件'"),
        ("dialogues:\n- {say: a, year: 24}\n", "expected a year such as 2024, got '24'"),
        ("dialogues:\n- {say: a, chart: 1}\n", "expected true or false"),
        ("dialogues:\n- {say: a, count: x}\n", "expected a whole number"),
        ("dialogues:\n- {say: a, same_as: 1}\n", "turn 1 is no earlier turn"),
        ("dialogues:\n- {say: a, figure: 1, at: 2025-13-01}\n", "expected a day such as"),
        ("dialogues:\n- {say: a, figure: 1, in: channel}\n", "expected private or group"),
        ("dialogues:\n- {say: a, figure: 1, as: ''}\n", "who speaks?"),
        ("dialogues:\n- {say: a, figure: 1, wait: long}\n", "expected a time such as 40分钟"),
        ("dialogues:\n- {say: a, figure: 1, wait: 3 weeks}\n", "expected a time such as"),
        ("dialogues:\n- {say: a, figure: 1, skip: true}\n", "say why, in words"),
        ("dialogues:\n- {say: a, figure: 1, known_failure: yes}\n", "say why, in words"),
        ("dialogues:\n- {say: a, figure: 1, tags: [a b]}\n", "a tag is one word"),
        ("dialogues:\n- {say: '{x}', figure: 1}\n", "no column 'x' for {x}: there is no table"),
        ("dialogues:\n- {say: a, figure: 1, each: []}\n", "the table is empty"),
        ("dialogues:\n- {say: a, figure: 1, each: [{}]}\n", "the row is empty"),
        ("dialogues:\n- {say: a, figure: 1, each: [{x: 1}]}\n", "column 'x' of the table is used"),
        ("dialogues:\n- {say: '{x}', figure: 1, each: [{x: 1}, {y: 1}]}\n", "columns of the first"),
        ("dialogues:\n- {say: a, status: no_data}\n", "it belongs among the refusals"),
        ("refusals:\n- {say: a, status: answered}\n", "must not allow an answer"),
        ("setup: {reports: nowhere}\n" + GOOD, ":1: no folder"),
        ("setup: {reports: ., report: x}\n" + GOOD, "either a folder of `reports`"),
        ("setup: {report: ''}\n" + GOOD, "the report is empty"),
        ("setup: {report: x, year: 2023}\n" + GOOD, "needs `place` and `year`"),
        ("setup: {report: x, year: 2023, place: 海燕}\n" + GOOD, "unknown place '海燕'"),
        ("refusals:\n- {say: a, figure: 1}\n", "'figure' and a refusal: both can never hold"),
        (
            "dialogues:\n- turns:\n  - {say: a, count: 1, at: 2025-01-02}\n"
            "  - {say: b, count: 1, at: 2025-01-01}\n",
            ":4: time does not go back: the turn before is on 2025-01-02",
        ),
        (GOOD + "- {say: a, figure: 2}\n", ":3: 'a' is also the name of line 2"),
    ],
)
def test_a_fault_has_file_and_line(tmp_path: Path, text: str, message: str) -> None:
    [fault] = faults(tmp_path, text)
    assert fault.startswith(NAME)
    assert message in fault


def test_a_fault_hides_nothing_else(tmp_path: Path) -> None:
    text = """
dialogues:
  - {say: good, figure: 1}
  - {say: bad, figur: 1}
  - {say: worse}
  - {say: also good, figure: 1}
"""
    found = loaded(tmp_path, text)
    assert [s.name for s in found.scripts] == ["good", "also good"]
    assert [f.line for f in found.faults] == [4, 5]


def test_the_other_files_are_still_read(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.dialogue.yaml").write_text("- [", encoding="utf-8")
    (tmp_path / "b.dialogue.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "c.yaml").write_text("not a script", encoding="utf-8")
    found = load([tmp_path], is_place)
    assert len(found.scripts) == len(found.faults) == 1
    assert [p.name for p in script_files([tmp_path, tmp_path / "c.yaml"])] == [
        "b.dialogue.yaml", "a.dialogue.yaml", "c.yaml",
    ]  # fmt: skip


def test_a_folder_without_scripts_is_a_fault(tmp_path: Path) -> None:
    [fault] = load([tmp_path], is_place).faults
    assert "no file named *.dialogue.yaml" in str(fault)


def test_a_skipped_file(tmp_path: Path) -> None:
    [script] = scripts(tmp_path, "skip: 还没有图\n" + GOOD)
    assert script.skip == "还没有图"

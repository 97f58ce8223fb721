"""Playing: dialogues through the real engine over small reports; known failures; selection."""

import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.channels.script.junit import junit
from bot.channels.script.load import load_file
from bot.channels.script.model import Script
from bot.channels.script.play import Played, Result, play_all, play_one
from bot.channels.script.select import SelectionError, by_tags, by_words
from bot.channels.script.summary import lines
from bot.channels.script.told import told
from bot.knowledge import Knowledge
from bot.playing import Engine, admin_ids, check_scripts, knows_place, picked, user_id
from bot.settings import Settings

TODAY = date(2026, 11, 22)
MORE = "受理法律援助案件310件，制定行政规范性文件9件，开展普法活动210场，发放资料3.2万份。"
ASKED = "{say: 余姚2023年复议收了几件, figure: 215件}"


@pytest.fixture(scope="module")
def engine(small: Knowledge, small_settings: Settings) -> Iterator[Engine]:
    with Engine(small_settings, small, TODAY) as player:
        yield player


@pytest.fixture
def play(engine: Engine, tmp_path: Path):
    def played(text: str, kind: str = "dialogues") -> list[Played]:
        path = tmp_path / "x.dialogue.yaml"
        whole = not text.lstrip().startswith("-")
        path.write_text(text if whole else f"{kind}:\n{text}", "utf-8")
        loaded = load_file(path, lambda name: knows_place(engine.worlds.tongue.gazetteer, name))
        assert [str(f) for f in loaded.faults] == []
        return list(play_all(loaded.scripts, engine))

    return played


def failures(played: list[Played]) -> list[str]:
    return [line for one in played for line in told(one)] if not all(p.ok for p in played) else []


def test_a_dialogue_remembers_and_the_next_one_does_not(play) -> None:
    text = f"""
dialogues:
  - turns:
      - {ASKED}
      - {{say: 审结呢, figure: 198件, place: 余姚市, source: yuyao-2023, "reply~": 沿用}}
      - {{say: 那德清呢, figure: 90件, place: 德清县, not: {{place: 余姚市}}}}
      - {{say: 余姚2023年复议审结几件, same_as: 2}}
  - {{name: 没有前文, say: 审结呢, status: [out_of_scope, clarify, no_data]}}
""".replace("status: [out_of_scope, clarify, no_data]", "status: [clarify, refused]")
    assert failures(play(text)) == []


def test_the_day_and_the_time(play) -> None:
    text = """
dialogues:
  - {name: 去年, say: 余姚去年复议收了几件, at: 2024-05-01, figure: 215件, year: 2023}
  - {name: 前年, say: 余姚去年复议收了几件, at: 2023-05-01, figure: 180件, year: 2022}
  - name: 忘了
    turns:
      - {say: 余姚2023年复议收了几件, figure: 215件}
      - {say: 审结呢, wait: 2h, not: [198件]}
"""
    assert failures(play(text)) == []


def test_buttons_users_and_groups(play) -> None:
    text = """
dialogues:
  - name: 点按钮
    turns:
      - {say: 鼓楼区复议收了几件, status: clarify, options: [南京, 徐州], buttons: 2}
      - {tap: 1, figure: 300件}
      - {tap: 徐州市, figure: 55件, place: 徐州市鼓楼区}
  - name: 两个人各说各的
    turns:
      - {say: 余姚2023年复议收了几件, as: 甲, figure: 215件}
      - {say: 审结呢, as: 乙, not: [198件]}
      - {say: 审结呢, as: 甲, figure: 198件}
  - name: 群里要叫它
    in: group
    turns:
      - {say: 余姚2023年复议收了几件, silent: true}
      - {say: "@bot 余姚2023年复议收了几件", figure: 215件}
  - {name: 内联没有前文, inline: 余姚2023年复议收了几件, figure: 215件}
  - {name: 改了重问, edit: 余姚2022年复议收了几件, figure: 180件}
  - {name: 管理员, say: /reload, as: admin, not: {"reply~": 只有管理员}}
  - {name: 不是管理员, say: /reload, "reply~": 只有管理员}
  - {name: 文件, send_file: x.dialogue.yaml, "reply~": 只看得懂文字}
  - {name: 群里的文件, send_file: x.dialogue.yaml, in: group, silent: true}
"""
    assert failures(play(text)) == []


def test_reports_of_its_own(play) -> None:
    text = f"""
setup: {{place: 海盐县, year: 2021, report: 全年收到行政复议申请77件，审结70件。{MORE}}}
dialogues:
  - turns:
      - {{say: 海盐复议收了几件, figure: 77件, year: 2021}}
      - {{say: 审结呢, value: 70, unit: 件}}
"""
    assert failures(play(text)) == []


def test_reports_that_cannot_be_taken(play) -> None:
    [played] = play("setup: {report: 没有标题}\ndialogues: [{say: 海盐, count: 1}]\n")
    assert not played.ok
    assert "the reports of `setup` cannot be used" in "\n".join(told(played))


def test_a_failed_turn_says_what_was_understood_and_what_decided(play) -> None:
    [played] = play("""
- turns:
    - {say: 余姚2023年复议收了几件, figure: 198件, place: 德清县}
    - {say: 审结呢, figure: 198件}
""")
    text = "\n".join(told(played))
    assert "x.dialogue.yaml:4: turn 1, say: 余姚2023年复议收了几件" in text
    assert "line 4: wanted figure: 198件\n             got 215件" in text
    assert "wanted place: 德清县" in text
    assert "words: 复议 → 行政复议" in text
    assert "canonical measures: reconsideration.received" in text
    assert "beaten by" in text
    assert "turn 2" not in text


def test_every_failed_turn_is_told(play) -> None:
    [played] = play("- turns: [{say: 余姚2023年复议收了几件, figure: 1}, {tap: 9, figure: 1}]\n")
    text = "\n".join(told(played))
    assert "turn 1" in text
    assert "no button '9'; there are: 原文 | " in text


@pytest.mark.parametrize(
    ("text", "ok", "message"),
    [
        ("- {say: 余姚2023年复议收了几件, figure: 1, known_failure: 不会}\n", True, ""),
        (ASKED.replace("}", ", known_failure: 不会}").join(("- ", "\n")), False, "take `known_"),
        ("- turns: [{say: 你好, figure: 1, known_failure: 不会}]\n", True, ""),
        ("- turns: [{say: 你好, 'reply~': 您好, known_failure: 不会}]\n", False, "take `known_"),
        ("- {say: 你好, figure: 1, skip: 还没有}\n", True, ""),
    ],
)
def test_a_known_failure_must_go_on_failing(play, text: str, ok: bool, message: str) -> None:
    [played] = play(text)
    assert played.ok is ok
    assert message in "\n".join(told(played))
    if ok and not played.skipped:
        assert played.known
        assert played.reason == "不会"


def test_a_known_failure_excuses_no_breakdown(play) -> None:
    setup = "setup: {report: 没有标题}\ndialogues:\n"
    text = "- {say: x, count: 1, known_failure: 不会}\n"
    text += "- turns: [{say: y, count: 1, known_failure: 不会}]\n"
    for played in play(setup + text):
        assert not played.ok
        assert "cannot be used" in "\n".join(told(played))


def test_lines_and_junit(play) -> None:
    played = play(f"""
- {ASKED}
- {{name: falsch, say: 余姚2023年复议收了几件, figure: 1}}
- {{name: bekannt, say: 余姚2023年复议收了几件, figure: 1, known_failure: 不会}}
- {{name: "aus\\x01", say: 余姚2023年复议收了几件, figure: 1, skip: 还没有}}
""") + play("- {name: angenommen, say: 余姚2023年复议收了几件}\n", "refusals")
    text = "\n".join(lines(Result(tuple(played))))
    assert "4 dialogues (3 turns): 1 passed, 1 failed, 1 known failures, 1 skipped" in text
    assert "1 refusals (1 turns): 0 passed, 1 failed" in text
    assert "turns as expected: 1 of 4 (25.0 %)" in text
    assert "answers where none should be: 1; wrong figures: 2" in text
    assert "slowest:" in text
    root = ElementTree.fromstring(junit(Result(tuple(played))))
    suites = {s.get("name"): dict(s.attrib) for s in root}
    assert suites["dialogues"]["failures"] == "1"
    assert suites["dialogues"]["skipped"] == "2"
    assert suites["refusals"]["failures"] == "1"
    [failure] = root.findall("testsuite[@name='dialogues']/testcase/failure")
    assert "wanted figure: 1" in (failure.text or "")


def test_selection(play) -> None:
    scripts = [p.script for p in play(f"- {ASKED}\n- {{name: 空, say: x, tags: [a], count: 0}}\n")]

    def chosen(words: str) -> list[str]:
        return [s.name for s in scripts if by_words(words)(s)]

    assert chosen("") == ["余姚2023年复议收了几件", "空"]
    assert chosen("复议") == chosen("not a_tag and 复议") == chosen("not 空") == [scripts[0].name]
    assert chosen("(复议 or 空) and not 余姚") == ["空"]
    assert chosen("x.dialogue") == [s.name for s in scripts]
    assert [s.name for s in scripts if by_tags(("a", "b"))(s)] == ["空"]
    for broken in ("and x", "x or", "(x", "x y", "not"):
        with pytest.raises(SelectionError, match="-k"):
            by_words(broken)


def test_a_button_is_picked_by_label_part_or_number() -> None:
    labels = ("石桥区 2023年", "石桥镇 2023年", "2")
    assert picked("石桥镇 2023年", [labels]) == (0, 1)
    assert picked("石桥区", [labels]) == (0, 0)
    assert picked("石桥", [labels]) is None
    assert picked("2", [labels]) == (0, 2)
    assert picked("3", [labels]) == (0, 2)
    assert picked("4", [labels]) is None
    assert picked("石桥区", [labels, ("原文",)]) == (0, 0)
    assert picked("1", [labels, ("原文",)]) == (1, 0)
    assert picked("1", []) is None


def test_users() -> None:
    assert str(user_id("admin")) in admin_ids()
    assert str(user_id("admin 小李")) in admin_ids()
    assert str(user_id("小李")) not in admin_ids()
    assert user_id("甲") != user_id("乙")


def test_a_release_plays_the_scripts_of_the_deployment(
    small: Knowledge, small_settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "a.dialogue.yaml").write_text(f"dialogues:\n- {ASKED}\n", "utf-8")
    assert check_scripts(small, small_settings, [tmp_path], TODAY).ok
    (tmp_path / "b.dialogue.yaml").write_text("dialogues:\n- {say: x}\n", "utf-8")
    result = check_scripts(small, small_settings, [tmp_path], TODAY)
    assert not result.ok
    assert [str(f).rpartition("/")[2] for f in result.faults] == [
        "b.dialogue.yaml:2: the turn expects nothing: it can never fail"
    ]


def test_a_script_never_touches_the_base_that_serves(
    small: Knowledge, small_settings: Settings, tmp_path: Path
) -> None:
    def files() -> list[tuple[str, int]]:
        return sorted((p.name, p.stat().st_mtime_ns) for p in small_settings.bases.iterdir())

    before = files()
    script = tmp_path / "a.dialogue.yaml"
    script.write_text('dialogues:\n- {say: /reload, as: admin, "reply~": 重新载入}\n', "utf-8")
    assert check_scripts(small, small_settings, [script], TODAY).ok
    assert files() == before


def test_a_skipped_player(engine: Engine, play) -> None:
    class Elsewhere:
        def begin(self, script: Script) -> str:
            return "not here"

        act = engine.act

    [played] = play(f"- {ASKED}\n")
    assert play_one(played.script, Elsewhere()).skipped == "not here"

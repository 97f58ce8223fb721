"""`--accept`: failed expectations brought up to date in the file, comments and all else kept."""

from collections.abc import Callable
from pathlib import Path

import pytest
from test_script_play import engine, play

from bot.channels.script.accept import Accepted, accept, take_out
from bot.channels.script.load import load_file
from bot.channels.script.play import Played, play_all
from bot.channels.script.written import scalar, several
from bot.playing import Engine, knows_place
from intents.yamlfile import parse

__all__ = ["engine", "play"]
Accept = Callable[[str], Accepted]


@pytest.fixture
def accepted(play: Callable[..., list[Played]], tmp_path: Path) -> Accept:
    def run(text: str) -> Accepted:
        return accept(tmp_path / "x.dialogue.yaml", text, play(text))

    return run


TEXT = """\
dialogues:
  # 注释留下
  - name: 旧的
    turns:
      - say: 余姚2023年复议收了几件   # 这里也是
        figure: 180件
        place: 德清县
        year: 2022
        source: yuyao-2022
        unit: 件
      - {say: 那审结呢, figure: [176件], value: 176, count: 2, "reply~": 沿用}
"""


def test_values_are_replaced_in_place(accepted: Accept) -> None:
    made = accepted(TEXT)
    assert made.by_hand == ()
    assert made.text == TEXT.replace("180件", "215件").replace("德清县", "余姚市").replace(
        "year: 2022", "year: 2023"
    ).replace("yuyao-2022", "yuyao-2023").replace("[176件]", "198件").replace(
        "value: 176, count: 2", "value: 198, count: 1"
    )


def test_what_was_accepted_passes(accepted: Accept, engine: Engine, tmp_path: Path) -> None:
    path = tmp_path / "x.dialogue.yaml"
    path.write_text(accepted(TEXT).text, "utf-8")
    loaded = load_file(path, lambda name: knows_place(engine.worlds.tongue.gazetteer, name))
    assert all(p.ok for p in play_all(loaded.scripts, engine))


def test_an_answer_that_is_refused_now(accepted: Accept) -> None:
    text = """\
dialogues:
  - turns:
      - {say: 你好, "reply~": 您好}
      - {say: 余姚有几个公职律师, figure: 12人, place: 余姚市, value: 12}
      - say: 余姚有几个公职律师
        figure: 12人
        value: 12
        reason: unknown_year
      - say: 鼓楼区复议收了几件
        status: answered
        buttons: 3
        options: [石桥]
"""
    made = accepted(text)
    assert "- {say: 余姚有几个公职律师, status: no_data, place: 余姚市}" in made.text
    assert "        status: no_data\n        reason: not_reported\n" in made.text
    assert "status: clarify\n        buttons: 2\n" in made.text
    assert "options: [江苏省南京市鼓楼区, 江苏省徐州市鼓楼区]" in made.text
    assert made.by_hand == ()


def test_what_needs_a_person_is_told(accepted: Accept) -> None:
    text = """\
dialogues:
  - turns:
      - {say: 余姚2023年复议收了几件, "reply~": 不是这样, not: {figure: 215件}}
      - {tap: 9, figure: 1}
  - name: 表
    each: [{n: 1, p: 余姚}, {n: 2, p: 德清}]
    turns: [{say: "{p}2023年复议收了几件", figure: "{n}"}]
  - name: 两行
    each: [{p: 余姚}, {p: 德清}]
    turns: [{say: "{p}2023年复议收了几件", figure: 3}]
  - {name: 已知, say: 余姚2023年复议收了几件, figure: 1, known_failure: 不会}
"""
    made = accepted(text)
    told = "\n".join(made.by_hand)
    assert "reply~: 不是这样" in told
    assert "not figure: 215件" in told
    assert "no button '9'" in told
    assert "figure: 1" in told
    assert "rows of a table differ" in told
    assert "known_failure: 不会" in made.text


@pytest.mark.parametrize(
    "text",
    ["27件", "70%以上", "a, b", "- x", "“法律八进”", "x: y", "true", "No", "{a}", "@bot", "#1",
     "1524万余条", " x", "x ", "", "甲、乙（丙）", "'", '"', "a\nb", "99.8%", "?", "~"],
)  # fmt: skip
def test_a_text_is_read_back_as_it_was(text: str) -> None:
    node = parse(f"a: [{scalar(text)}, x]\nb: {several([text])}\n", Path("x"))
    record = node.record({"a", "b"})
    assert record["a"].texts()[0] == text
    assert record["b"].text() == text
    assert several(["a", "b"]) == "[a, b]"


def test_what_is_mended_loses_its_known_failure(
    play: Callable[..., list[Played]], tmp_path: Path
) -> None:
    good = "say: 余姚2023年复议收了几件, figure: 215件"
    text = f"""\
dialogues:
  - {{name: a, {good}, known_failure: 不会}}
  - name: b
    turns:
      - {{{good}, known_failure: 不会}}
      - say: 审结呢
        known_failure: "不会, 真的"   # 为什么
        figure: 198件
      - {{say: 审结呢, figure: 1, known_failure: 还不会}}
  - name: c
    say: [余姚2022年复议收了几件, {{say: 余姚去年复议, known_failure: 不会}}]
    figure: 180件
    at: 2023-05-01
  - {{name: d, {good.replace("215", "7")}}}
"""
    made = take_out(tmp_path / "x.dialogue.yaml", text, play(text))
    assert made.by_hand == ()
    assert f"- {{name: a, {good}}}" in made.text
    assert f"- {{{good}}}" in made.text
    assert "- say: 审结呢\n        figure: 198件\n" in made.text
    assert "known_failure: 还不会" in made.text
    assert "{say: 余姚去年复议}]" in made.text
    assert "figure: 7件" in made.text

"""Scoring a labelled set: what counts as right, wrong, asked back, abstained."""

import json
from pathlib import Path

import pytest

from bot.channels.scoring import (
    Expected,
    Label,
    Record,
    Result,
    Score,
    Scored,
    judge,
    read_labels,
    score,
)
from bot.errors import BotError


def expected(*spans: tuple[str, int, int], every: bool = False, **more: object) -> Expected:
    statuses = more.get("statuses", {"answered"})
    assert isinstance(statuses, set)
    return Expected(str(more.get("kind", "figure")), frozenset(statuses), spans, every)


def span(file: str, start: int, end: int) -> dict[str, object]:
    return {"text": "x", "metric": "m", "source": {"file": file, "start": start, "end": end}}


def record(status: str = "answered", *facts: dict[str, object], **more: object) -> Record:
    empty: Record = {"status": status, "facts": list(facts), "passages": [], "reason": None}
    return empty | more


ONE, OTHER = ("a", 10, 14), ("a", 20, 24)
HIT, MISS = span("seeds/a.txt", 10, 14), span("seeds/a.txt", 30, 34)


@pytest.mark.parametrize(
    ("wanted", "got", "verdict"),
    [
        (expected(ONE), record("answered", HIT), Score.RIGHT),
        (expected(ONE), record("answered", span("seeds/a.txt", 9, 11)), Score.RIGHT),
        (expected(ONE), record("answered", span("seeds/a.txt", 14, 18)), Score.WRONG),
        (expected(ONE), record("answered", span("seeds/a.txt", 6, 10)), Score.WRONG),
        (expected(ONE), record("answered", span("seeds/b.txt", 10, 14)), Score.WRONG),
        (expected(ONE), record("answered"), Score.WRONG),
        (expected(ONE, OTHER), record("answered", HIT), Score.RIGHT),
        (expected(ONE), record("answered", MISS, HIT), Score.WRONG),
        (expected(ONE), record("answered", HIT, MISS), Score.RIGHT),
        (expected(ONE, OTHER, every=True), record("answered", HIT), Score.WRONG),
        (
            expected(ONE, OTHER, every=True),
            record("answered", MISS, span("a.txt", 20, 24), HIT),
            Score.RIGHT,
        ),
        (expected(ONE), record("answered", passages=[HIT]), Score.RIGHT),
        (expected(ONE, OTHER, every=True), record("answered", HIT, passages=[MISS]), Score.WRONG),
        (expected(), record("answered", MISS), Score.RIGHT),
        (expected(ONE), record("clarify"), Score.ASKED),
        (expected(ONE), record("no_data"), Score.ABSTAINED),
        (expected(ONE), record("out_of_scope"), Score.ABSTAINED),
        (expected(ONE, statuses={"answered", "clarify"}), record("clarify"), Score.RIGHT),
        (expected(statuses={"no_data"}), record("no_data"), Score.RIGHT),
        (expected(statuses={"no_data"}), record("answered", HIT), Score.WRONG),
        (expected(statuses={"no_data"}), record("out_of_scope"), Score.ABSTAINED),
        (expected(statuses={"out_of_scope"}), record("clarify"), Score.ASKED),
    ],
)
def test_judge(wanted: Expected, got: Record, verdict: Score) -> None:
    assert judge(wanted, got, {}) is verdict


def test_documents_may_have_other_names_in_the_labels() -> None:
    wanted = expected(("000", 10, 14))
    assert judge(wanted, record("answered", HIT), {}) is Score.WRONG
    assert judge(wanted, record("answered", HIT), {"000": "a"}) is Score.RIGHT


def line(**more: object) -> str:
    plain = {
        "id": "q1",
        "question": "多少",
        "kind": "figure",
        "status": "answered",
        "style": "plain",
    }
    return json.dumps(plain | more, ensure_ascii=False)


def write(folder: Path, *lines: str) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_labels(tmp_path: Path) -> None:
    spans = [{"doc": "000", "start": 3, "end": 5, "text": "27"}]
    dialogue = {
        "id": "d1",
        "turns": [
            {"user": "石狮调解", "kind": "figure", "status": "answered", "expect": spans},
            {"user": "那晋江呢", "kind": "no_data", "status": "no_data", "policy": "all"},
        ],
    }
    path = write(
        tmp_path,
        line(expect=spans, also_ok=["clarify"]),
        "",
        json.dumps(dialogue, ensure_ascii=False),
    )
    one, two = read_labels(path)
    assert one == Label(
        "q1",
        "plain",
        ("多少",),
        (Expected("figure", frozenset({"answered", "clarify"}), (("000", 3, 5),), False),),
    )
    assert (two.id, two.style, two.turns) == ("d1", "", ("石狮调解", "那晋江呢"))
    assert [e.every for e in two.expected] == [False, True]
    assert [label.id for label in read_labels(path, frozenset({"no_data"}))] == ["d1"]
    assert read_labels(path, frozenset({"other"})) == []


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "7",
        '"x"',
        '{"id": "x"}',
        line(kind=None)[:-1],
        '{"id": "x", "question": "多少", "kind": "figure"}',
        line(expect=[{"doc": "000", "start": 1}]),
        line(expect=[{"doc": "000", "start": "x", "end": 2}]),
        line(expect="000"),
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, bad: str) -> None:
    path = write(tmp_path, line(), bad, line())
    with pytest.raises(BotError, match=r"labels\.jsonl:2: not a labelled question"):
        read_labels(path)


def test_a_line_separator_inside_a_question_ends_no_line(tmp_path: Path) -> None:
    path = write(tmp_path, line(question="石狮\u2028调解\x85多少"))
    assert read_labels(path)[0].turns == ("石狮\u2028调解\x85多少",)


def scored(verdict: Score, label: Label, got: Record) -> Scored:
    return Scored(label, label.turns[0], label.expected[0], got, verdict)


def test_shares_and_false_acceptance() -> None:
    figure = Label("q", "plain", ("多少",), (expected(ONE),))
    nothing = Label("n", "odd", ("多少",), (expected(kind="no_data", statuses={"no_data"}),))
    result = Result(
        (
            scored(Score.RIGHT, figure, record("answered", HIT)),
            scored(Score.WRONG, figure, record("answered", MISS, intent="mediation.handled")),
            scored(Score.WRONG, nothing, record("answered", HIT, intent=None)),
            scored(Score.ASKED, figure, record("clarify")),
        )
    )
    assert [result.share(s) for s in Score] == [25.0, 50.0, 25.0, 0.0]
    assert result.false_accepted == 1
    lines = list(result.lines(failures=True))
    assert "kind figure: right 1, wrong 1, asked 1" in lines
    assert "kind no_data: wrong 1" in lines
    assert "style odd: wrong 1" in lines
    assert "confusion: figure answered with mediation.handled: 1" in lines
    assert "confusion: no_data answered with no canonical measure: 1" in lines
    assert "4 turns: right 25.0 %, wrong 50.0 %, asked 25.0 %, abstained 0.0 %" in lines
    assert "false acceptance: 1; wrong figures: 1" in lines
    assert sum(text.startswith(("q ", "n ")) for text in lines) == 3
    assert not any(text.startswith(("q ", "n ")) for text in result.lines(failures=False))


def test_nothing_scored_is_nothing_right() -> None:
    assert score([], lambda label: []).share(Score.RIGHT) == 0.0


def test_a_dialogue_is_right_when_every_turn_is() -> None:
    turns = (expected(ONE), expected(OTHER))
    labels = [Label(name, "", ("一", "二"), turns) for name in ("good", "bad")]

    def ask(label: Label) -> list[Record]:
        second = span("a.txt", 20, 24) if label.id == "good" else MISS
        return [record("answered", HIT), record("answered", second, intent=None)]

    result = score(labels, ask)
    assert [t.score for t in result.turns] == [Score.RIGHT, Score.RIGHT, Score.RIGHT, Score.WRONG]
    assert "dialogues: 1 of 2 right in every turn" in list(result.lines(failures=False))


def test_an_answer_too_few_is_a_fault_of_the_bot() -> None:
    label = Label("d", "", ("一", "二"), (expected(), expected()))
    with pytest.raises(ValueError, match="zip"):
        score([label], lambda _: [record()])

"""Scoring a labelled set (the format of the development set): right, wrong, asked, abstained.

Wrong figures and answers where none should be are counted apart from accuracy.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bot.errors import BotError

Record = dict[str, object]


class Score(Enum):
    """How a turn did."""

    RIGHT = "right"
    WRONG = "wrong"
    ASKED = "asked"
    ABSTAINED = "abstained"


@dataclass(frozen=True, slots=True)
class Expected:
    """What one turn should give."""

    kind: str
    statuses: frozenset[str]
    spans: tuple[tuple[str, int, int], ...]
    """File stem or prefix, start, end."""
    every: bool
    """True when all spans are wanted."""


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled question or dialogue."""

    id: str
    style: str
    turns: tuple[str, ...]
    expected: tuple[Expected, ...]


def _expected(item: dict[str, object]) -> Expected:
    spans = item.get("expect", [])
    also = item.get("also_ok", [])
    assert isinstance(spans, list) and isinstance(also, list)
    return Expected(
        kind=str(item["kind"]),
        statuses=frozenset([str(item["status"]), *(str(a) for a in also)]),
        spans=tuple((str(s["doc"]), int(s["start"]), int(s["end"])) for s in spans),
        every=item.get("policy") == "all",
    )


def read_labels(path: Path, kinds: frozenset[str] | None = None) -> list[Label]:
    """Read a labelled set; a broken line is an error with its number."""
    labels = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            turns = item.get("turns") or [item]
            said = tuple(str(t.get("user") or t["question"]) for t in turns)
            expected = tuple(_expected(t) for t in turns)
            label = Label(str(item["id"]), str(item.get("style", "")), said, expected)
        except (ValueError, KeyError, TypeError, AssertionError, AttributeError) as error:
            raise BotError(f"{path}:{number}: not a labelled question: {error!r}") from None
        if kinds is None or any(e.kind in kinds for e in label.expected):
            labels.append(label)
    return labels


def _spans(record: Record, key: str) -> list[tuple[str, int, int]]:
    found = []
    entries = record.get(key)
    assert isinstance(entries, list)
    for entry in entries:
        source = entry["source"]
        found.append((Path(source["file"]).stem, int(source["start"]), int(source["end"])))
    return found


def _meets(wanted: tuple[str, int, int], got: tuple[str, int, int], docs: dict[str, str]) -> bool:
    stem = docs.get(wanted[0], wanted[0])
    return stem == got[0] and wanted[1] < got[2] and got[1] < wanted[2]


def judge(expected: Expected, record: Record, docs: dict[str, str]) -> Score:
    """How one turn did; *docs* maps labels' document names to file stems."""
    status = record["status"]
    if status not in expected.statuses:
        refusals = {"clarify": Score.ASKED, "answered": Score.WRONG}
        return refusals.get(str(status), Score.ABSTAINED)
    if status != "answered" or not expected.spans:
        return Score.RIGHT
    facts, passages = _spans(record, "facts"), _spans(record, "passages")
    if expected.every:
        shown = facts + passages
        good = all(any(_meets(w, g, docs) for g in shown) for w in expected.spans)
    else:
        first = facts[:1] or passages
        good = any(_meets(w, g, docs) for w in expected.spans for g in first)
    return Score.RIGHT if good else Score.WRONG


@dataclass(frozen=True, slots=True)
class Scored:
    """One judged turn."""

    label: Label
    said: str
    expected: Expected
    record: Record
    score: Score


@dataclass(frozen=True, slots=True)
class Result:
    """A judged set."""

    turns: tuple[Scored, ...]

    def share(self, score: Score) -> float:
        """Per cent of the turns that did so."""
        return 100 * sum(t.score is score for t in self.turns) / max(1, len(self.turns))

    @property
    def false_accepted(self) -> int:
        """Answers where none should be."""
        return sum(
            t.record["status"] == "answered" and "answered" not in t.expected.statuses
            for t in self.turns
        )

    def lines(self, *, failures: bool) -> Iterator[str]:
        """The report for people."""
        if failures:
            yield from (self._failure(t) for t in self.turns if t.score is not Score.RIGHT)
        for title, key in (("kind", lambda t: t.expected.kind), ("style", lambda t: t.label.style)):
            yield from self._table(title, key)
        yield from self._confusion()
        dialogues = {t.label.id for t in self.turns if len(t.label.turns) > 1}
        bad = {t.label.id for t in self.turns if t.score is not Score.RIGHT}
        if dialogues:
            yield f"dialogues: {len(dialogues - bad)} of {len(dialogues)} right in every turn"
        shares = ", ".join(f"{s.value} {self.share(s):.1f} %" for s in Score)
        yield f"{len(self.turns)} turns: {shares}"
        wrong = sum(t.score is Score.WRONG for t in self.turns) - self.false_accepted
        yield f"false acceptance: {self.false_accepted}; wrong figures: {wrong}"

    def _table(self, title: str, key: Callable[[Scored], str]) -> Iterator[str]:
        counted: dict[str, Counter[Score]] = {}
        for turn in self.turns:
            counted.setdefault(key(turn), Counter())[turn.score] += 1
        for name, scores in sorted(counted.items()):
            parts = ", ".join(f"{s.value} {scores[s]}" for s in Score if scores[s])
            yield f"{title} {name}: {parts}"

    def _confusion(self) -> Iterator[str]:
        """Which measures were answered where others were wanted, by name."""
        pairs = Counter(
            f"{t.expected.kind} answered with {t.record.get('intent') or 'no canonical measure'}"
            for t in self.turns
            if t.score is Score.WRONG
        )
        yield from (f"confusion: {name}: {count}" for name, count in sorted(pairs.items()))

    def _failure(self, turn: Scored) -> str:
        facts = turn.record["facts"]
        assert isinstance(facts, list)
        got = "; ".join(f"{f['text']} {f['metric']}" for f in facts[:3])
        head = f"{turn.label.id} {turn.score.value} [{turn.expected.kind}] {turn.said}"
        return f"{head} → {turn.record['status']} {turn.record['reason'] or ''} {got}"


def score(
    labels: list[Label], ask: Callable[[Label], list[Record]], docs: dict[str, str] | None = None
) -> Result:
    """Judge every turn of a labelled set."""
    judged = []
    for label in labels:
        for said, expected, record in zip(label.turns, label.expected, ask(label), strict=True):
            judged.append(
                Scored(label, said, expected, record, judge(expected, record, docs or {}))
            )
    return Result(tuple(judged))

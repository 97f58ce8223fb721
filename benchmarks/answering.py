"""Speed and accuracy of the engine beside the baselines."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.questions import MAIN, Questions
from benchmarks.report import Row, Section, Target
from benchmarks.systems import Bm25, Engine, Fuzzy, System
from benchmarks.timing import latencies, per_second, percentile
from bot.channels.scoring import Expected, Label, Score, judge
from bot.knowledge import Knowledge

_MEDIAN = Target(2.0)


def answering(knowledge: Knowledge, questions: Questions) -> Section:
    """Answers a second, latencies and accuracy, side by side."""
    base = knowledge.base
    systems: tuple[System, ...] = (Engine(knowledge), Fuzzy(base), Bm25(base))
    rows: list[Row] = []
    for title, said in (("hits", questions.hits), ("misses", questions.misses)):
        taken = [latencies(system.answer, said) for system in systems]
        rows += [
            Row(f"{title}: answers", "1/s", tuple(per_second(t) for t in taken)),
            Row(f"{title}: median", "ms", tuple(percentile(t, 50) for t in taken), _MEDIAN),
            Row(f"{title}: p99", "ms", tuple(percentile(t, 99) for t in taken)),
        ]
    rows.append(_as_fast(rows))
    rows += _accuracy(systems, questions)
    title = (
        f"Answering: {len(questions.hits)} hits, {len(questions.misses)} misses"
        f" ({questions.title}), {base.size} facts"
    )
    return Section(title, tuple(s.name for s in systems), tuple(rows))


def _as_fast(rows: list[Row]) -> Row:
    """Misses must be as fast as hits."""
    medians = [row.values for row in rows if row.name.endswith("median")]
    ratios = tuple(miss / hit for hit, miss in zip(*medians, strict=True))
    return Row("median of misses ÷ median of hits", "", ratios, Target(1.0))


def _accuracy(systems: tuple[System, ...], questions: Questions) -> list[Row]:
    main = [x for x in questions.labels if x.expected[0].kind in MAIN]
    rows = []
    for name, labels in ((f"{len(main)} {'/'.join(sorted(MAIN))}", main),
                         (f"all {len(questions.labels)}", list(questions.labels))):  # fmt: skip
        aimed = labels is main
        scores = [[_judged(s, x, questions) for x in labels] for s in systems]
        rows += [
            Row(f"right of {name}", "%", _shares(scores, Score.RIGHT),
                Target(90.0, at_most=False) if aimed else None),
            Row(f"wrong of {name}", "%", _shares(scores, Score.WRONG),
                Target(2.0) if aimed else None),
        ]  # fmt: skip
    return rows


def _shares(scores: list[list[Score]], wanted: Score) -> tuple[float, ...]:
    return tuple(100 * s.count(wanted) / max(1, len(s)) for s in scores)


def _judged(system: System, label: Label, questions: Questions) -> Score:
    """Judged as `fazhibot eval` judges; a baseline's one fact may be any of those wanted."""
    expected: Expected = label.expected[0]
    if not isinstance(system, Engine):
        if expected.statuses.isdisjoint({"answered"}) or not expected.spans:
            return Score.WRONG
        expected = replace(expected, every=False)
    return judge(expected, system.record(label.turns[0]), questions.docs)

"""Memory of a small base, and the same answers over a synthetic base of a million facts."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

from benchmarks import synthetic
from benchmarks.probe import Probed, probe
from benchmarks.questions import Questions
from benchmarks.report import Row, Section, Target
from benchmarks.samples import GROUPS, MISSES, Sample, draw
from benchmarks.timing import percentile
from bot.knowledge import Knowledge

_MEMORY = Target(400)


def remembering(folder: Path, questions: Questions) -> Section:
    """Memory of a process that opens the base and answers 1,000 questions."""
    asked = list(itertools.islice(itertools.cycle([x.turns[0] for x in questions.labels]), 1_000))
    took = probe(folder, asked)
    rows = (
        Row("opening the base", "s", (took.open_s,), Target(1.0)),
        Row("language files", "s", (took.language_s,)),
        Row("first answer", "ms", (took.first_ms,)),
        Row("resident after opening", "MB", (took.opened_mb,)),
        Row(f"peak after {len(asked):,} questions", "MB", (took.peak_mb,)),
    )
    return Section("Memory, the seeds' base", ("fazhibot",), rows)


def scaling(knowledge: Knowledge, folder: Path, facts: int, *, distinct: bool) -> Section:
    """Opening, memory, latencies and sameness over a synthetic base."""
    gazetteer = knowledge.tongue.gazetteer
    patterns = synthetic.patterns(knowledge.base)
    copies = synthetic.plan(patterns, gazetteer, facts)
    size = sum(len(patterns[copy.pattern].entered) for copy in copies)
    begun = time.perf_counter()
    path = synthetic.write(folder, patterns, copies, gazetteer, distinct=distinct)
    written = time.perf_counter() - begun
    samples = draw(knowledge, patterns, copies)
    took = probe(folder, [sample.said for sample in samples])
    title = f"Synthetic base: {size:,} facts, {len(copies):,} reports, {_megabytes(path):,.0f} MB"
    rows = [Row("writing it", "s", (written,)), *_costs(took, len(samples))]
    rows += [*_speed(samples, took), _sameness(samples, took), _false(samples, took)]
    return Section(title, ("fazhibot",), tuple(rows), _statuses(samples, took))


def _megabytes(path: Path) -> float:
    return path.stat().st_size / 1e6


def _costs(took: Probed, count: int) -> tuple[Row, ...]:
    return (
        Row("opening the base", "s", (took.open_s,), Target(1.0)),
        Row("first answer", "ms", (took.first_ms,)),
        Row("resident after opening", "MB", (took.opened_mb,), _MEMORY),
        Row(f"peak after {count:,} questions", "MB", (took.peak_mb,), _MEMORY),
    )


def _speed(samples: list[Sample], took: Probed) -> list[Row]:
    rows = []
    for group in GROUPS:
        taken = [a.ms for s, a in zip(samples, took.answered, strict=True) if s.group == group]
        rows += [
            Row(f"{group}: median", "ms", (percentile(taken, 50),), Target(3.0)),
            Row(f"{group}: p99", "ms", (percentile(taken, 99),), Target(15.0)),
        ]
    return rows


def _sameness(samples: list[Sample], took: Probed) -> Row:
    """How many hits are answered as the small base answers the seed's own question."""
    pairs = [(s.wanted, a) for s, a in zip(samples, took.answered, strict=True) if s.wanted]
    same = sum(
        (w.status, w.text) == (a.status, a.text)
        and (a.status != "answered" or (w.code, w.year) == (a.code, a.year))
        for w, a in pairs
    )
    share = 100 * same / max(1, len(pairs))
    return Row("answered as over the seeds", "%", (share,), Target(100, at_most=False))


def _false(samples: list[Sample], took: Probed) -> Row:
    """How many questions that no report answers got a figure all the same."""
    pairs = zip(samples, took.answered, strict=True)
    got = [a.text != "" and a.status == "answered" for s, a in pairs if s.group == MISSES]
    return Row("misses answered with a figure", "%", (100 * sum(got) / len(got),), Target(2.0))


def _statuses(samples: list[Sample], took: Probed) -> tuple[str, ...]:
    lines = []
    for group in GROUPS:
        counts: dict[str, int] = {}
        for sample, answered in zip(samples, took.answered, strict=True):
            if sample.group == group:
                counts[answered.status] = counts.get(answered.status, 0) + 1
        told = ", ".join(f"{status} {count}" for status, count in sorted(counts.items()))
        lines.append(f"{group}: {told}")
    return tuple(lines)

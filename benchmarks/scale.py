"""Memory of a small base, and the same answers over a synthetic base of a million facts."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks import synthetic
from benchmarks.probe import Answered, Probed, probe
from benchmarks.questions import OFF_TOPIC, Questions, phrase
from benchmarks.report import Row, Section, Target
from benchmarks.systems import Engine
from benchmarks.timing import percentile
from bot.knowledge import Knowledge

_SEED = 20250102
_MEMORY = Target(400)
_HITS, _MISSES, _EVERYWHERE = 1_000, 700, 300
_GROUPS = ("hits", "misses", "no place said")


@dataclass(frozen=True, slots=True)
class Sample:
    """A question with what the small base answers to it."""

    group: str
    said: str
    wanted: Answered | None = None
    """None where nothing comparable can be asked of the small base."""


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
    samples = list(_samples(knowledge, patterns, copies))
    Random(_SEED).shuffle(samples)
    took = probe(folder, [sample.said for sample in samples])
    title = f"Synthetic base: {size:,} facts, {len(copies):,} reports, {_megabytes(path):,.0f} MB"
    rows = [Row("writing it", "s", (written,)), *_costs(took, len(samples))]
    rows += [*_speed(samples, took), _sameness(samples, took)]
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
    for group in _GROUPS:
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


def _statuses(samples: list[Sample], took: Probed) -> tuple[str, ...]:
    lines = []
    for group in _GROUPS:
        counts: dict[str, int] = {}
        for sample, answered in zip(samples, took.answered, strict=True):
            if sample.group == group:
                counts[answered.status] = counts.get(answered.status, 0) + 1
        told = ", ".join(f"{status} {count}" for status, count in sorted(counts.items()))
        lines.append(f"{group}: {told}")
    return tuple(lines)


# -- questions -------------------------------------------------------------------------------


def _samples(
    knowledge: Knowledge, patterns: tuple[synthetic.Pattern, ...], copies: list[synthetic.Copied]
) -> Iterator[Sample]:
    random = Random(_SEED)
    engine = Engine(knowledge)
    gazetteer = knowledge.tongue.gazetteer
    for _ in range(_HITS):
        copy = random.choice(copies)
        fact = random.choice(patterns[copy.pattern].entered).fact
        _, trace, _ = engine.answer(phrase(fact))
        cited = trace.answer.cited
        status, text = trace.answer.status.value, cited[0].fact.text if cited else ""
        wanted = Answered(0.0, status, text, copy.code, copy.year)
        yield Sample("hits", f"{gazetteer.full(copy.code)}{copy.year}年{fact.metric}是多少", wanted)
    metrics = [e.fact.metric for p in patterns for e in p.entered]
    _, left_out = synthetic.places(gazetteer)
    for n in range(_MISSES):
        yield Sample("misses", _miss(n, random, metrics, left_out, copies, knowledge))
    for n in range(_EVERYWHERE):
        metric, year = random.choice(metrics), random.choice(synthetic.YEARS)
        forms = (f"{metric}是多少", f"{year}年{metric}多少", f"{year}年哪里的{metric}最高")
        yield Sample("no place said", forms[n % len(forms)])


def _miss(
    n: int,
    random: Random,
    metrics: list[str],
    left_out: list[str],
    copies: list[synthetic.Copied],
    knowledge: Knowledge,
) -> str:
    full = knowledge.tongue.gazetteer.full
    metric, copy = random.choice(metrics), random.choice(copies)
    forms = (
        f"{full(random.choice(left_out))}{copy.year}年{metric}是多少",
        f"{full(copy.code)}1985年{metric}是多少",
        f"{full(copy.code)}{copy.year}年地铁客流量是多少",
        f"{full(copy.code)}{copy.year}年新建了多少座博物馆",
        random.choice(OFF_TOPIC),
    )
    return forms[n % len(forms)]

"""Questions for the synthetic base, drawn at random but always the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.probe import Answered
from benchmarks.questions import OFF_TOPIC, phrase
from benchmarks.synthetic import YEARS, Copied, Pattern, places
from benchmarks.systems import Engine
from bot.facts.model import Fact
from bot.knowledge import Knowledge
from intents.gazetteer import Gazetteer

HITS, MISSES, PLACELESS, HIGHEST = GROUPS = ("hits", "misses", "no place said", "the highest")
_COUNTS = dict(zip(GROUPS, (1_000, 700, 200, 100), strict=True))
_SEED = 20250102
_GONE = 1985
"""A year without reports."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A question with what is expected of it."""

    group: str
    said: str
    wanted: Answered | None = None
    """What the seeds' base answers to its own form of the question; None where it has none."""


def draw(knowledge: Knowledge, patterns: tuple[Pattern, ...], copies: list[Copied]) -> list[Sample]:
    """All questions, in one random order."""
    random = Random(_SEED)
    gazetteer = knowledge.tongue.gazetteer
    # a name that says a place of its own asks for two places
    facts = [_plain(pattern, gazetteer) for pattern in patterns]
    samples = [
        *_hits(random, Engine(knowledge), facts, copies, gazetteer),
        *_misses(random, facts, copies, gazetteer),
        *_everywhere(random, facts),
    ]
    random.shuffle(samples)
    return samples


def _plain(pattern: Pattern, gazetteer: Gazetteer) -> list[Fact]:
    facts = [entered.fact for entered in pattern.entered]
    return [fact for fact in facts if not gazetteer.find(fact.metric)] or facts


def _hits(
    random: Random,
    engine: Engine,
    facts: list[list[Fact]],
    copies: list[Copied],
    gazetteer: Gazetteer,
) -> Iterator[Sample]:
    for _ in range(_COUNTS[HITS]):
        copy = random.choice(copies)
        fact = random.choice(facts[copy.pattern])
        _, trace, _ = engine.answer(phrase(fact))
        cited = trace.answer.cited
        text = cited[0].fact.text if cited else ""
        wanted = Answered(0.0, trace.answer.status.value, text, copy.code, copy.year)
        said = f"{gazetteer.full(copy.code)}{copy.year}年{fact.metric}是多少"
        yield Sample(HITS, said, wanted)


def _misses(
    random: Random, facts: list[list[Fact]], copies: list[Copied], gazetteer: Gazetteer
) -> Iterator[Sample]:
    """No such place, no such year, no such figure, no such subject."""
    _, left_out = places(gazetteer)
    for n in range(_COUNTS[MISSES]):
        copy = random.choice(copies)
        metric = random.choice(facts[copy.pattern]).metric
        place = gazetteer.full(copy.code)
        forms = (
            f"{gazetteer.full(random.choice(left_out))}{copy.year}年{metric}是多少",
            f"{place}{_GONE}年{metric}是多少",
            f"{place}{copy.year}年地铁客流量是多少",
            f"{place}{copy.year}年新建了多少座博物馆",
            random.choice(OFF_TOPIC),
        )
        yield Sample(MISSES, forms[n % len(forms)])


def _everywhere(random: Random, facts: list[list[Fact]]) -> Iterator[Sample]:
    metrics = [fact.metric for some in facts for fact in some]
    for n in range(_COUNTS[PLACELESS]):
        year = f"{random.choice(YEARS)}年" if n % 2 else ""
        yield Sample(PLACELESS, f"{year}{random.choice(metrics)}是多少")
    for _ in range(_COUNTS[HIGHEST]):
        yield Sample(HIGHEST, f"{random.choice(YEARS)}年哪里的{random.choice(metrics)}最高")

"""Cross-match: every example of every measure against all measures. None may be stolen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bot.knowledge import Knowledge
from intents.catalog import Measure
from intents.ranking import measures_of


@dataclass(frozen=True, slots=True)
class Theft:
    """An example that is understood as another measure than its own, or as none."""

    measure: Measure
    example: str
    thief: Measure | None

    def __str__(self) -> str:
        got = f"{self.thief.name} ({self.thief.id})" if self.thief else "no measure"
        return f"{self.measure.name} ({self.measure.id}): {self.example!r} is understood as {got}"


def cross_match(knowledge: Knowledge, today: date) -> Iterator[Theft]:
    """Examples that are not understood as their measure first, and negatives that are."""
    for measure in knowledge.tongue.catalog.measures.values():
        for example in (measure.name, *measure.examples):
            read = _read(example, knowledge, today)
            if measure not in read:
                yield Theft(measure, example, read[0] if read else None)
        for negative in measure.negatives:
            read = _read(negative, knowledge, today)
            if read[:1] == [measure]:
                yield Theft(measure, negative, measure)


def examples(knowledge: Knowledge) -> int:
    """How many examples and negatives there are."""
    measures = knowledge.tongue.catalog.measures.values()
    return sum(1 + len(m.examples) + len(m.negatives) for m in measures)


def _read(text: str, knowledge: Knowledge, today: date) -> list[Measure]:
    tongue = knowledge.tongue
    question = knowledge.reader.read(text, today)
    return [
        m
        for frame in question.frames
        for m in measures_of(frame, tongue.catalog, tongue.vocabulary)
    ]

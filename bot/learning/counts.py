"""What was counted, as values."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that was refused, asked back, or thumbed down."""

    text: str
    """Normalised."""
    reason: str
    measure: str
    """Id of the nearest measure, or ""."""
    count: int
    people: int
    """How many different people asked."""
    first: str
    last: str
    """ISO days."""


@dataclass(frozen=True, slots=True)
class Day:
    """The questions of one day."""

    day: str
    asked: int
    answered: int


@dataclass(frozen=True, slots=True)
class Stats:
    """The counts of a stretch of days."""

    days: tuple[Day, ...]
    measures: tuple[tuple[str, int], ...]
    """Ids of measures, the most asked first."""
    places: tuple[tuple[str, int], ...]
    """Codes of places, likewise."""
    statuses: tuple[tuple[str, int], ...]
    good: int
    """Thumbs up."""
    bad: int
    """Thumbs down."""

    @property
    def asked(self) -> int:
        """All questions."""
        return sum(day.asked for day in self.days)

    @property
    def share(self) -> float:
        """The part of the questions that was answered, from 0 to 1."""
        return sum(day.answered for day in self.days) / self.asked if self.asked else 0.0

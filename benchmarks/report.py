"""Measured figures beside their targets, for people and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

_NAME = 40
_COLUMN = 17


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure must reach."""

    limit: float
    at_most: bool = True

    def met(self, value: float) -> bool:
        """True when *value* is good enough."""
        return value <= self.limit if self.at_most else value >= self.limit

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing measured, for one or several systems side by side."""

    name: str
    unit: str
    values: tuple[float, ...]
    """In the order of the section's systems; the target is the first one's."""
    target: Target | None = None

    def line(self) -> str:
        """For people: values, target, ✓ or ✗."""
        values = "".join(f"{_short(v):>{_COLUMN}}" for v in self.values)
        verdict = ""
        if self.target is not None:
            mark = "✓" if self.target.met(self.values[0]) else "✗"
            verdict = f"   {self.target!s:<7} {mark}"
        return (
            f"  {f'{self.name}, {self.unit}' if self.unit else self.name:<{_NAME}}{values}{verdict}"
        )


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that belong together."""

    title: str
    systems: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def lines(self) -> Iterator[str]:
        """The section for people."""
        yield self.title
        heads = "".join(f"{system:>{_COLUMN}}" for system in self.systems)
        yield f"  {'':<{_NAME}}{heads}   target"
        yield from (row.line() for row in self.rows)
        yield from (f"  {note}" for note in self.notes)
        yield ""

    def records(self) -> Iterator[dict[str, object]]:
        """The section as JSON records, one a row."""
        for row in self.rows:
            target = row.target
            yield {
                "section": self.title,
                "name": row.name,
                "unit": row.unit,
                "values": dict(zip(self.systems, row.values, strict=True)),
                "target": None if target is None else str(target),
                "met": None if target is None else target.met(row.values[0]),
            }


def _short(value: float) -> str:
    """Three significant digits or a whole number."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.3g}"

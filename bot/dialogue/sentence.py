"""The figures that one sentence of a report tells."""

from __future__ import annotations

from bot.facts.model import Fact, Kind
from bot.knowledge import Knowledge


def facts_of(code: str, year: int, knowledge: Knowledge) -> dict[str, Fact]:
    """All figures that the report of a place and year prints, also those of other years, by id."""
    years = {c.year for c in knowledge.base.candidates(code, year)}
    return {f.id: f for at in sorted(years) for f in knowledge.base.facts(code, at)}


def others_of(fact: Fact, knowledge: Knowledge) -> list[Fact]:
    """The other figures of its sentence, in print order; plans stay apart."""
    return [
        f
        for f in facts_of(fact.area.code, fact.year, knowledge).values()
        if f.excerpt == fact.excerpt and f.report == fact.report
        and f.id != fact.id and f.kind is not Kind.PLAN
    ]  # fmt: skip

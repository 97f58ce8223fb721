"""Which answers can be drawn: figures of one measure for several places, or over several years."""

from __future__ import annotations

from bot.dialogue.answer import Answer, Cited, Status
from bot.facts.model import Kind
from bot.messages import Bar, Chart

MAX_BARS = 12
_DRAWN = (Kind.RESULT, Kind.SHARE)


def chart_of(answer: Answer, measure: str = "") -> Chart | None:
    """The chart of an answer, or None where there is nothing to compare.

    *measure* is what its figures are called together.
    """
    cited = answer.cited[:MAX_BARS]
    if answer.status is not Status.ANSWERED or len(cited) < 2:
        return None
    facts = [c.fact for c in cited]
    first = facts[0]
    alike = {(f.unit, f.kind) for f in facts}
    measures = {f.intent or f.metric for f in facts}
    if len(alike) > 1 or first.kind not in _DRAWN or len(measures) > 1 or first.value < 0:
        return None
    title = measure or min((c.fact.metric for c in cited), key=len)
    places, years = {f.area.code for f in facts}, {f.year for f in facts}
    if len(places) == len(facts):
        return Chart(title, tuple(_bar(c, f"{c.place} {c.fact.year}") for c in cited))
    if len(places) == 1 and len(years) == len(facts):
        ordered = sorted(cited, key=lambda c: c.fact.year)
        bars = tuple(_bar(c, str(c.fact.year)) for c in ordered)
        return Chart(f"{first.area.name} · {title}", bars, over_years=True)
    return None


def _bar(cited: Cited, label: str) -> Bar:
    return Bar(label, cited.fact.value, cited.fact.printed)

"""A figure with its proof: where it is printed, what it says, and the id that follows from both."""

from hashlib import sha256

from bot.facts.model import Fact, Kind, Report, healed
from bot.ingest.figures import Figure, Numerals, Rejected
from bot.ingest.layout import Layout
from intents.quantities import Grammar


def key_of(report: Report, layout: Layout, at: int) -> str:
    """The id of the figure that begins at *at* in the logical text."""
    digest = sha256(f"{report.sha256}:{layout.origin[at]}".encode()).hexdigest()[:8]
    return f"{report.area.code}-{report.year}-{digest}"


def unbroken(numerals: Numerals, layout: Layout, source: str, grammar: Grammar) -> Numerals:
    """Without figures that no stretch of the source proves, since lines between were left out."""
    broken = [f for f in numerals.figures if not _is_whole(f, layout, source, grammar)]
    if not broken:
        return numerals
    kept = tuple(f for f in numerals.figures if f not in broken)
    more = (Rejected(*f.measured.number, "broken") for f in broken)
    return Numerals(kept, tuple(sorted((*numerals.rejected, *more), key=lambda r: r.start)))


def _is_whole(figure: Figure, layout: Layout, source: str, grammar: Grammar) -> bool:
    start, end = layout.raw_span(figure.start, figure.end)
    if end - start == figure.end - figure.start:
        return True
    apart = source[slice(*layout.raw_span(*figure.apart))] if figure.apart else ""
    return grammar.parse(healed(source[start:end]) + healed(apart)) == figure.measured.quantity


def proved(report: Report, layout: Layout, figure: Figure) -> Fact:
    """A figure as a fact that is not named yet; place, year and kind are the report's own."""
    start, end = layout.raw_span(figure.start, figure.end)
    apart = layout.raw_span(*figure.apart) if figure.apart else (0, 0)
    quantity = figure.measured.quantity
    return Fact(
        id=key_of(report, layout, figure.start),
        report=report.sha256,
        area=report.area,
        year=report.year,
        metric="",
        intent=None,
        text=report.text[start:end],
        value=quantity.value,
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        kind=Kind.RESULT,
        excerpt="",
        heading="",
        clause="",
        start=start,
        end=end,
        apart=report.text[slice(*apart)],
        apart_start=apart[0],
    )

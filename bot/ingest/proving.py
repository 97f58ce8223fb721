"""A figure with its proof: where it is printed, what it says, and the id that follows from both."""

from hashlib import sha256

from bot.facts.model import Fact, Kind, Report
from bot.ingest.figures import Figure
from bot.ingest.layout import Layout


def key_of(report: Report, layout: Layout, at: int) -> str:
    """The id of the figure that begins at *at* in the logical text."""
    digest = sha256(f"{report.sha256}:{layout.origin[at]}".encode()).hexdigest()[:8]
    return f"{report.area.code}-{report.year}-{digest}"


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

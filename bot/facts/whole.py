"""A base as a whole: to compare it with another, and to take its reports over into another."""

from __future__ import annotations

from collections.abc import Iterator

from bot.facts import rows
from bot.facts.base import FactBase
from bot.facts.model import Line, Title
from bot.facts.writer import Batch, Entered


def titles(base: FactBase) -> tuple[Title, ...]:
    """All reports by name, without their texts."""
    sql = "SELECT file, sha256, title, code, year FROM report ORDER BY file"
    return tuple(
        Title(str(f), str(s), str(t), str(c), int(str(y))) for f, s, t, c, y in base.select(sql)
    )


def lines(base: FactBase) -> Iterator[Line]:
    """All figures in short, in the order of their reports."""
    sql = (
        "SELECT f.key, f.full, f.name, f.year, m.name, m.kind, f.text FROM fact f"
        " JOIN metric m ON m.id = f.metric ORDER BY f.id"
    )
    for key, full, place, year, metric, kind, text in base.select(sql):
        printed = "".join(str(text).splitlines())
        yield Line(str(key), str(full), str(place), int(str(year)), str(metric), str(kind),
                   printed)  # fmt: skip


def batch(base: FactBase, sha256: str) -> Batch | None:
    """One report with all that it gave, to be taken over into another base; proved."""
    sql = (
        f"SELECT {rows.FACT_COLUMNS}, f.metric, f.sentence FROM {rows.FACT_TABLES}"
        " WHERE f.report = (SELECT id FROM report WHERE sha256 = ?) ORDER BY f.id"
    )
    found = base.select(sql, (sha256,))
    if not found:
        return None
    entered = tuple(
        Entered(
            base.proved(rows.fact_of(row[:-2])),
            base.profile(int(str(row[-2]))),
            *base.sentence(int(str(row[-1]))),
        )
        for row in found
    )
    return Batch(base.report(sha256), base.excluded(sha256), entered)

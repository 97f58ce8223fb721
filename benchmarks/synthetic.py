"""A base of a million facts: the seeds' facts given to other places and years.

Each report keeps the source text of the seed that it copies, so every proof still holds. The copies
share names of figures and sentences, which the base stores once; `distinct` gives each place its
own, as places that write their own reports have. Nothing here depends on a clock: the same seeds
give the same base, byte for byte.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from random import Random

from bot.facts.base import FactBase
from bot.facts.model import Area, Excluded, Report
from bot.facts.writer import Batch, Entered, write_base
from intents.gazetteer import Gazetteer

YEARS = range(2000, 2026)
_SEED = 20250101
_LEFT_OUT = 20
"""Every so many places get no report: questions about them must be refused."""


@dataclass(frozen=True, slots=True)
class Copied:
    """One synthetic report: a seed's facts at another place and year."""

    code: str
    year: int
    pattern: int
    """The number of the seed."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A seed with the facts that are about its own place and year."""

    report: Report
    excluded: tuple[Excluded, ...]
    entered: tuple[Entered, ...]


def patterns(base: FactBase) -> tuple[Pattern, ...]:
    """The seeds of a base."""
    found = []
    for report in base.reports():
        entered = []
        for candidate in base.candidates(report.area.code, report.year):
            fact = base.fact(candidate.id)
            if fact is not None and fact.report == report.sha256:
                entered.append(
                    Entered(fact, candidate.profile, candidate.context, candidate.around)
                )
        found.append(Pattern(report, base.excluded(report.sha256), tuple(entered)))
    return tuple(p for p in found if p.entered)


def places(gazetteer: Gazetteer) -> tuple[list[str], list[str]]:
    """Codes with reports, and counties that are left out."""
    codes = sorted(gazetteer.places)
    left_out = [c for c in codes[::_LEFT_OUT] if gazetteer.places[c].level == "county"]
    return [c for c in codes if c not in set(left_out)], left_out


def plan(found: tuple[Pattern, ...], gazetteer: Gazetteer, facts: int) -> list[Copied]:
    """Which place and year gets which seed, until there are *facts* facts."""
    random = Random(_SEED)
    covered, _ = places(gazetteer)
    where = [(code, year) for code in covered for year in YEARS]
    random.shuffle(where)
    copies: list[Copied] = []
    have = 0
    for code, year in where:
        if have >= facts:
            break
        copies.append(Copied(code, year, random.randrange(len(found))))
        have += len(found[copies[-1].pattern].entered)
    return copies


def write(
    folder: Path,
    found: tuple[Pattern, ...],
    copies: list[Copied],
    gazetteer: Gazetteer,
    *,
    distinct: bool = False,
) -> Path:
    """Write the synthetic base with the writer of every base."""
    batches = (_batch(found[copy.pattern], copy, gazetteer, distinct) for copy in copies)
    return write_base(folder, batches, {"seeds": "synthetic"})


def _batch(pattern: Pattern, copy: Copied, gazetteer: Gazetteer, distinct: bool) -> Batch:
    area = Area(copy.code, gazetteer.places[copy.code].name, gazetteer.full(copy.code))
    file = f"synthetic/{copy.code}-{copy.year}.txt"
    digest = sha256(f"{pattern.report.sha256}:{file}".encode()).hexdigest()
    report = replace(pattern.report, file=file, sha256=digest, area=area, year=copy.year)
    entered = tuple(_entered(e, report, distinct) for e in pattern.entered)
    return Batch(report, pattern.excluded, entered)


def _entered(entered: Entered, report: Report, distinct: bool) -> Entered:
    fact = entered.fact
    moved = replace(
        fact,
        id=_moved(fact.id, report),
        report=report.sha256,
        area=report.area,
        year=report.year,
        parent=_moved(fact.parent, report) if fact.parent else None,
    )
    entered = replace(entered, fact=moved)
    return _named(entered, report.area.name) if distinct else entered


def _named(entered: Entered, place: str) -> Entered:
    """With a name and a sentence of the place's own."""
    fact, profile = entered.fact, entered.profile
    metric = place + fact.metric
    return Entered(
        replace(fact, metric=metric, heading=f"{place} › {fact.heading}"),
        replace(profile, metric=metric),
        entered.context,
        f"{place} {entered.around}",
    )


def _moved(id_: str, report: Report) -> str:
    """The same digest behind the new place and year."""
    return f"{report.area.code}-{report.year}-{id_.rsplit('-', 1)[1]}"

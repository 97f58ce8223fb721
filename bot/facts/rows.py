"""Rows of the base ⇄ values. The only place that knows the columns."""

import json
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from bot.facts.model import Area, Entry, Excluded, Fact, Kind, Passage, Report, Role
from intents.models import Profile
from intents.quantities import Qualifier

FACT_COLUMNS = (
    "f.key, r.sha256, f.code, f.name, f.full, f.year, m.name, m.intent, f.text, f.value, f.unit, "
    'f.qualifier, m.kind, s.excerpt, s.heading, s.clause, f.start, f."end", f.parent, '
    "f.apart, f.apart_start"
)
FACT_TABLES = (
    "fact f JOIN report r ON r.id = f.report JOIN metric m ON m.id = f.metric "
    "JOIN sentence s ON s.id = f.sentence"
)


def fact_of(row: tuple[object, ...]) -> Fact:
    """A fact from a row of FACT_COLUMNS."""
    (key, sha, code, name, full, year, metric, intent, text, value, unit, qualifier, kind,
     excerpt, heading, clause, start, end, parent, apart, apart_start) = row  # fmt: skip
    return Fact(
        id=str(key),
        report=str(sha),
        area=Area(str(code), str(name), str(full)),
        year=int(str(year)),
        metric=str(metric),
        intent=None if intent is None else str(intent),
        text=str(text),
        value=Decimal(str(value)),
        unit=str(unit),
        qualifier=Qualifier(qualifier),
        kind=Kind(kind),
        excerpt=str(excerpt),
        heading=str(heading),
        clause=str(clause),
        start=int(str(start)),
        end=int(str(end)),
        parent=None if parent is None else str(parent),
        apart=str(apart),
        apart_start=int(str(apart_start)),
    )


def report_row(report: Report, excluded: tuple[Excluded, ...]) -> tuple[object, ...]:
    """The columns of a report behind its id."""
    return (
        report.file, report.sha256, report.title, report.area.code, report.area.name,
        report.area.full, report.year, report.published, report.text,
        _dump([asdict(e) for e in report.entries]),
        _dump([_passage_row(p) for p in report.passages]),
        _dump([asdict(x) for x in excluded]),
    )  # fmt: skip


def _passage_row(passage: Passage) -> dict[str, object]:
    said, headed = join(passage.said), join(passage.headed)
    return asdict(passage) | {"role": passage.role.value, "said": said, "headed": headed}


def _passage_of(row: dict[str, Any]) -> Passage:
    said, headed = split(row["said"]), split(row["headed"])
    return Passage(**(row | {"role": Role(row["role"]), "said": said, "headed": headed}))


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def report_of(row: tuple[object, ...]) -> Report:
    """A report from its columns (without id and excluded)."""
    file, sha, title, code, name, full, year, published, text, entries, passages = row
    return Report(
        file=str(file),
        sha256=str(sha),
        title=str(title),
        area=Area(str(code), str(name), str(full)),
        year=int(str(year)),
        published=None if published is None else str(published),
        text=str(text),
        entries=tuple(Entry(**e) for e in json.loads(str(entries))),
        passages=tuple(map(_passage_of, json.loads(str(passages)))),
    )


def excluded_of(text: str) -> tuple[Excluded, ...]:
    """The excluded numerals of a report."""
    return tuple(Excluded(**x) for x in json.loads(text))


def join(names: frozenset[str]) -> str:
    """A set of concepts as one column."""
    return " ".join(sorted(names))


def split(text: object) -> frozenset[str]:
    """A column as a set of concepts."""
    return frozenset(str(text).split())


def profile_of(row: tuple[object, ...]) -> Profile:
    """A profile from the columns of `metric` behind its id."""
    name, plain, kind, family, intent, strong, soft, head, closure = row
    return Profile(
        strong=split(strong),
        soft=split(soft),
        head=split(head),
        closure=split(closure),
        metric=str(name),
        family=str(family),
        kind=str(kind),
        intent=None if intent is None else str(intent),
        plain=str(plain),
    )

"""Corrections by hand: one figure mended or hidden, with a note, as long as its source says so.

A correction can give a figure another name, year, place or kind, cut it anew, or hide it. It never
gives another number than the report prints: the text at the figure's place is its proof.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bot.facts.model import Area, Excluded, Fact, Kind, Ledger
from bot.ingest.extract import Extraction, Language
from intents.gazetteer import Gazetteer
from intents.yamlfile import Node, read

HIDDEN = "hidden_by_hand"
"""The rule under which the ledger keeps a hidden figure."""
_REQUIRED = {"text", "note"}
MENDS = frozenset({"metric", "year", "place", "kind", "printed"})
"""What a correction can give a figure."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is to be done with one fact."""

    fact: str
    """Id of the fact."""
    text: str
    """What the report prints there; the correction holds as long as it does."""
    note: str
    """Why, for the people who come after."""
    hide: bool = False
    metric: str | None = None
    year: int | None = None
    place: str | None = None
    """Code of the place that the figure is about."""
    kind: Kind | None = None
    printed: str | None = None
    """The figure cut anew: it must stand at the same place of the source."""
    where: str = ""
    """File and line, to be named when it does not apply."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Extractions with the corrections applied."""

    extractions: tuple[Extraction, ...]
    applied: tuple[Correction, ...]
    stale: tuple[str, ...]
    """Of each correction that no longer applies: file, line and why."""


def load_corrections(files: Iterable[Path]) -> tuple[Correction, ...]:
    """All corrections; of two for one fact the later file's stands.

    Faults are DataFileErrors with file and line. A file that is not there holds none.
    """
    found: dict[str, Correction] = {}
    for path in files:
        if path.is_file():
            found |= {key: _correction(key, node) for key, node in read(path).pairs()}
    return tuple(found.values())


def _correction(key: str, node: Node) -> Correction:
    record = node.record(_REQUIRED, MENDS | {"hide"})
    hide = "hide" in record and record["hide"].text() == "true"
    if not hide and not MENDS & record.keys():
        raise node.fail(f"nothing to mend: hide: true, or one of {', '.join(sorted(MENDS))}")
    texts = {k: record[k].text() for k in ("metric", "place", "printed") if k in record}
    return Correction(
        fact=key,
        text=record["text"].text(),
        note=record["note"].text(),
        hide=hide,
        year=record["year"].integer() if "year" in record else None,
        kind=_kind(record["kind"]) if "kind" in record else None,
        where=f"{node.path}:{node.line}",
        **texts,
    )


def _kind(node: Node) -> Kind:
    try:
        return Kind(node.text())
    except ValueError:
        known = ", ".join(k.value for k in Kind)
        raise node.fail(f"unknown kind {node.text()!r}; known: {known}") from None


def correct(
    extractions: Iterable[Extraction], corrections: Iterable[Correction], language: Language
) -> Corrected:
    """Apply corrections; one that does not fit its source is reported and changes nothing."""
    by_fact = {c.fact: c for c in corrections}
    applied: list[Correction] = []
    stale: list[str] = []
    done = []
    for extraction in extractions:
        facts: list[Fact] = []
        hidden: list[Excluded] = []
        for fact in extraction.facts:
            correction = by_fact.pop(fact.id, None)
            mended = fact if correction is None else _mended(fact, correction, extraction, language)
            if isinstance(mended, str) and correction is not None:
                stale.append(f"{correction.where}: {fact.id}: {mended}")
                mended = fact
            elif correction is not None:
                applied.append(correction)
            if mended is None:
                hidden.append(Excluded(HIDDEN, fact.text, fact.excerpt, fact.start, fact.end))
            elif isinstance(mended, Fact):
                facts.append(mended)
        done.append(_changed(extraction, tuple(facts), hidden))
    stale += [
        f"{c.where}: {c.fact}: 没有这个事实了（报告有改动，或已撤下）" for c in by_fact.values()
    ]
    return Corrected(tuple(done), tuple(applied), tuple(stale))


def _changed(extraction: Extraction, facts: tuple[Fact, ...], hidden: list[Excluded]) -> Extraction:
    if facts == extraction.facts:
        return extraction
    kept = {fact.id for fact in facts}
    facts = tuple(f if f.parent is None or f.parent in kept else replace(f, parent=None)
                  for f in facts)  # fmt: skip
    excluded = tuple(sorted((*extraction.ledger.excluded, *hidden), key=lambda x: x.start))
    ledger = Ledger(extraction.ledger.file, len(facts), excluded)
    return replace(extraction, facts=facts, ledger=ledger)


def _mended(
    fact: Fact, correction: Correction, extraction: Extraction, language: Language
) -> Fact | str | None:
    """The fact as corrected, None when hidden, or why the correction does not apply."""
    if fact.text != correction.text:
        return f"原文这里是“{fact.text}”，更正里写的是“{correction.text}”"
    if correction.hide:
        return None
    if correction.place is not None and correction.place not in language.gazetteer.places:
        return f"没有代码是 {correction.place} 的地方"
    changes: dict[str, object] = {
        name: value
        for name in ("metric", "year", "kind")
        if (value := getattr(correction, name)) is not None
    }
    if correction.place is not None:
        changes["area"] = area_of(correction.place, language.gazetteer)
    if correction.printed is not None:
        cut = _cut(fact, correction.printed, extraction.report.text, language)
        if cut is None:
            return f"原文这个位置没有“{correction.printed}”，或者它不是一个数"
        changes |= cut
    return replace(fact, **changes)  # type: ignore[arg-type]


def area_of(code: str, gazetteer: Gazetteer) -> Area:
    """A place of the gazetteer as facts name it."""
    place = gazetteer.places[code]
    return Area(code, place.name, gazetteer.full(code))


def _cut(fact: Fact, printed: str, source: str, language: Language) -> dict[str, object] | None:
    """The figure cut anew where the old one stood."""
    at = source.find(printed, max(0, fact.start - len(printed)), fact.end + len(printed))
    quantity = language.grammar.parse(printed)
    if at < 0 or at >= fact.end or at + len(printed) <= fact.start or quantity is None:
        return None
    return {
        "text": printed, "start": at, "end": at + len(printed),
        "value": quantity.value, "unit": quantity.unit, "qualifier": quantity.qualifier,
    }  # fmt: skip

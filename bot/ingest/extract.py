"""Report → facts, with the ledger of every numeral. Pure: document and language in, values out."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.errors import ReportError
from bot.facts.model import Fact, Ledger, Passage, Report
from bot.ingest.attributes import Home, attributes
from bot.ingest.clauses import Cut, cut
from bot.ingest.dealtyears import dealt_years
from bot.ingest.document import read_head
from bot.ingest.figures import Figure, Numerals, Rejected, decide
from bot.ingest.inside import Inside
from bot.ingest.layout import Layout, lay_out
from bot.ingest.ledger import keep_ledger
from bot.ingest.naming import Namer
from bot.ingest.proving import key_of, proved, unbroken
from bot.ingest.reading import Document
from bot.ingest.referring import told_before
from bot.ingest.scene import Named, Sort
from bot.ingest.sentences import Sentence, sentences
from bot.ingest.tables import Entry, Tables, inside_tables
from bot.ingest.wording import Wording
from intents.gazetteer import Gazetteer
from intents.quantities import Grammar

MAX_FIGURES = 10_000
"""A report with more is none, and would take longer than a report may."""
_MAX_EXCERPT = 160
"""A longer sentence is quoted from semicolon to semicolon."""
_LIMIT = 600
"""No excerpt is longer than this."""
_OPENING = 20


@dataclass(frozen=True, slots=True)
class Language:
    """All that extraction needs to know of the language."""

    grammar: Grammar
    wording: Wording
    gazetteer: Gazetteer


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one report gives."""

    report: Report
    facts: tuple[Fact, ...]
    ledger: Ledger
    told_before: dict[str, str]
    """Ids of facts → what stands before their sentence and helps to find them (referring.py)."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A sentence with its figures."""

    sentence: Sentence
    figures: list[Figure]


def extract(document: Document, language: Language) -> Extraction:
    """Extract one report; ReportError when its title, place or year cannot be told."""
    layout = lay_out(document.text, language.wording)
    head = read_head(layout, language.gazetteer, language.wording)
    home = Home(head.year, head.area, language.gazetteer, language.wording)
    tabled = tuple(Tables(layout, language.grammar, home).entries())
    decided = decide(layout, language.grammar, language.wording)
    outside = inside_tables(decided, tabled, layout)
    numerals = unbroken(outside, layout, document.text, language.grammar)
    if len(numerals.figures) + len(tabled) > MAX_FIGURES:
        raise ReportError(f"有超过 {MAX_FIGURES} 个数字，不像一份年度报告；请检查是否放错了文件")
    found = tuple(sentences(layout, language.wording))
    report = Report(
        file=document.name,
        sha256=document.sha256,
        title=head.title,
        area=head.area,
        year=head.year,
        published=head.published,
        text=document.text,
        entries=head.entries,
        passages=_passages(layout, found),
    )
    told = tuple(_with_figures(found, numerals.figures))
    numerals = _outside(numerals, told)
    in_rows = _table_facts(report, layout, tabled, found)
    facts = (*_facts(report, layout, told, language, home), *in_rows)
    facts = tuple(sorted(facts, key=lambda fact: fact.start))
    ledger = keep_ledger(report, layout, numerals, found, len(facts))
    before = told_before(layout, found, language.wording.refers_back)
    of_figures = {
        key_of(report, layout, figure.start): before[one.sentence]
        for one in told
        if one.sentence in before
        for figure in one.figures
    }
    return Extraction(report, facts, ledger, of_figures)


def _passages(layout: Layout, found: tuple[Sentence, ...]) -> tuple[Passage, ...]:
    return tuple(
        Passage(
            s.section.role,
            s.section.heading,
            layout.text[s.start : s.end],
            *layout.raw_span(s.start, s.end),
        )
        for s in found
        if s.section.path
    )


def _with_figures(found: tuple[Sentence, ...], figures: tuple[Figure, ...]) -> Iterator[_Told]:
    """The sentences that hold figures, in order."""
    i = 0
    for sentence in found:
        inside: list[Figure] = []
        while i < len(figures) and figures[i].start < sentence.end:
            if figures[i].start >= sentence.start:
                inside.append(figures[i])
            i += 1
        yield _Told(sentence, inside)


def _outside(numerals: Numerals, told: tuple[_Told, ...]) -> Numerals:
    """Figures that stand in no sentence cannot be quoted; the ledger tells of them."""
    inside = {figure.start for one in told for figure in one.figures}
    lost = [f for f in numerals.figures if f.start not in inside]
    if not lost:
        return numerals
    kept = tuple(f for f in numerals.figures if f.start in inside)
    more = (Rejected(*f.measured.number, "no_sentence") for f in lost)
    return Numerals(kept, tuple(sorted((*numerals.rejected, *more), key=lambda r: r.start)))


def _facts(
    report: Report, layout: Layout, told: tuple[_Told, ...], language: Language, home: Home
) -> Iterator[Fact]:
    place = language.gazetteer.places[report.area.code]
    inside = Inside(report.area, language.gazetteer, language.wording)
    namer = Namer(language.wording, place.names, inside)
    before: Named | None = None
    paragraph = -1
    for one in told:
        sentence = one.sentence
        if sentence.paragraph != paragraph:
            before, paragraph = None, sentence.paragraph
        if not one.figures:
            continue
        cuts = cut(layout.folded, sentence, one.figures, namer.lexicon)
        named = namer.name(cuts, _topic(sentence), before)
        before = next((n for n in reversed(named) if n.sort in _LASTING), before)
        ids = [key_of(report, layout, figure.start) for figure in one.figures]
        years = dealt_years(cuts, home.year)
        for i, (piece, name) in enumerate(zip(cuts, named, strict=True)):
            fact = _fact(report, layout, sentence, piece, name, home)
            fact = replace(fact, year=years.get(i, fact.year))
            parent = ids[name.parent] if name.parent is not None else None
            yield replace(fact, parent=parent)


def _table_facts(
    report: Report, layout: Layout, entries: tuple[Entry, ...], found: tuple[Sentence, ...]
) -> Iterator[Fact]:
    starts = [sentence.start for sentence in found]
    for entry in entries:
        i = bisect_left(starts, entry.excerpt[0]) - 1
        heading = found[i].section.heading if i >= 0 else ""
        parent = key_of(report, layout, entry.parent[0]) if entry.parent else None
        yield replace(
            proved(report, layout, entry.figure),
            area=entry.area,
            year=entry.year,
            metric=entry.metric,
            kind=entry.kind,
            excerpt=layout.text[slice(*entry.excerpt)],
            heading=heading,
            clause=entry.clause,
            parent=parent,
        )


_LASTING = (Sort.COUNT, Sort.RATE)
"""Measures that the next sentence may go on with."""


def _topic(sentence: Sentence) -> str:
    """The nearest heading."""
    return sentence.item or (sentence.section.path or ("",))[-1]


def _fact(
    report: Report, layout: Layout, sentence: Sentence, piece: Cut, name: Named, home: Home
) -> Fact:
    opening = layout.folded[sentence.start : min(sentence.end, sentence.start + _OPENING)]
    about = attributes(piece, sentence, opening, name, home)
    return replace(
        proved(report, layout, piece.figure),
        area=about.area,
        year=about.year,
        metric=name.metric,
        kind=about.kind,
        excerpt=_excerpt(layout, sentence, piece.figure),
        heading=sentence.section.heading + (f" › {sentence.item}" if sentence.item else ""),
        clause=piece.clause,
    )


def _excerpt(layout: Layout, sentence: Sentence, figure: Figure) -> str:
    """The sentence; of a long one the part between semicolons, of a monstrous one a window."""
    if sentence.end - sentence.start <= _MAX_EXCERPT:
        return layout.text[sentence.start : sentence.end]
    low = max(sentence.start, figure.start - _LIMIT // 2)
    high = min(sentence.end, figure.end + _LIMIT // 2)
    begin = max(layout.folded.rfind(";", low, figure.start) + 1, low)
    end = layout.folded.find(";", figure.end, high)
    return layout.text[begin : end + 1 if end >= 0 else high].strip()

"""Report → facts, with the ledger of every numeral. Pure: document and language in, values out."""

from dataclasses import dataclass, replace
from hashlib import sha256

from bot.facts.model import Excluded, Fact, Ledger, Passage, Report
from bot.ingest.attributes import Home, attributes
from bot.ingest.clauses import Cut, cut
from bot.ingest.document import read_head
from bot.ingest.figures import Figure, Numerals, decide
from bot.ingest.layout import Layout, lay_out
from bot.ingest.naming import Namer
from bot.ingest.reading import Document
from bot.ingest.scene import Named
from bot.ingest.sentences import Sentence, sentences
from bot.ingest.wording import Wording
from intents.gazetteer import Gazetteer
from intents.quantities import Grammar

_MAX_EXCERPT = 160


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


def extract(document: Document, language: Language) -> Extraction:
    """Extract one report; ReportError when its place or year cannot be told."""
    layout = lay_out(document.text)
    head = read_head(layout, language.gazetteer, language.wording)
    numerals = decide(layout, language.grammar, language.wording)
    found = tuple(sentences(layout, language.wording))
    report = Report(
        document.name, document.sha256, head.title, head.area, head.year, head.published,
        document.text, head.entries, _passages(layout, found),
    )  # fmt: skip
    facts = _facts(report, layout, numerals, found, language)
    return Extraction(report, facts, _ledger(report, layout, numerals, found, len(facts)))


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


def _facts(
    report: Report,
    layout: Layout,
    numerals: Numerals,
    found: tuple[Sentence, ...],
    language: Language,
) -> tuple[Fact, ...]:
    place = language.gazetteer.places[report.area.code]
    namer = Namer(language.wording, place.names)
    facts: list[Fact] = []
    remaining = list(numerals.figures)
    before = None
    paragraph = -1
    for sentence in found:
        figures = [f for f in remaining if sentence.start <= f.start < sentence.end]
        if sentence.paragraph != paragraph:
            before, paragraph = None, sentence.paragraph
        if not figures:
            continue
        cuts = cut(layout.folded, sentence, figures, namer.lexicon)
        named = namer.name(cuts, sentence.item or (sentence.section.path or ("",))[-1], before)
        before = next((n for n in reversed(named) if n.sort.value in ("count", "rate")), before)
        ids = [_id(report, layout, f) for f in figures]
        for one, name, id_ in zip(cuts, named, ids, strict=True):
            parent = ids[name.parent] if name.parent is not None else None
            fact = _fact(report, layout, sentence, one, name, language)
            facts.append(replace(fact, id=id_, parent=parent))
    return tuple(facts)


def _id(report: Report, layout: Layout, figure: Figure) -> str:
    start, _ = layout.raw_span(figure.start, figure.end)
    digest = sha256(f"{report.sha256}:{start}".encode()).hexdigest()[:8]
    return f"{report.area.code}-{report.year}-{digest}"


def _fact(
    report: Report,
    layout: Layout,
    sentence: Sentence,
    one: Cut,
    name: Named,
    language: Language,
) -> Fact:
    home = Home(report.year, report.area, language.gazetteer, language.wording)
    opening = layout.folded[sentence.start : min(sentence.end, sentence.start + 20)]
    told = attributes(one, sentence, opening, name, home)
    start, end = layout.raw_span(one.figure.start, one.figure.end)
    quantity = one.figure.measured.quantity
    return Fact(
        id="",
        report=report.sha256,
        area=told.area,
        year=told.year,
        metric=name.metric,
        intent=None,
        text=report.text[start:end],
        value=quantity.value,
        unit=quantity.unit,
        qualifier=quantity.qualifier,
        kind=told.kind,
        excerpt=_excerpt(layout, sentence, one.figure),
        heading=sentence.section.heading + (f" › {sentence.item}" if sentence.item else ""),
        clause=one.clause,
        start=start,
        end=end,
    )


def _excerpt(layout: Layout, sentence: Sentence, figure: Figure) -> str:
    """The sentence; of a very long one the part between semicolons that holds the figure."""
    text = layout.text[sentence.start : sentence.end]
    if len(text) <= _MAX_EXCERPT:
        return text
    at = figure.start - sentence.start
    begin = max(text.rfind(mark, 0, at) for mark in "；;") + 1
    ends = [i for mark in "；;" if (i := text.find(mark, figure.end - sentence.start)) >= 0]
    part = text[begin : min(ends, default=len(text) - 1) + 1].strip()
    return part


def _ledger(
    report: Report,
    layout: Layout,
    numerals: Numerals,
    found: tuple[Sentence, ...],
    facts: int,
) -> Ledger:
    excluded = []
    for rejected in numerals.rejected:
        around = next((s for s in found if s.start <= rejected.start < s.end), None)
        sentence = (
            layout.text[around.start : around.end] if around else _line(layout, rejected.start)
        )
        start, end = layout.raw_span(rejected.start, rejected.end)
        excluded.append(Excluded(rejected.rule, report.text[start:end], sentence, start, end))
    dropped = len(numerals.figures) - facts
    assert dropped == 0, f"{dropped} figures stand in no sentence"
    return Ledger(report.file, facts, tuple(excluded))


def _line(layout: Layout, at: int) -> str:
    begin = layout.text.rfind("\n", 0, at) + 1
    end = layout.text.find("\n", at)
    return layout.text[begin : end if end >= 0 else len(layout.text)]

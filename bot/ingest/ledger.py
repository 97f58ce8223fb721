"""The ledger: every numeral of a report that became no fact, with the rule that says so."""

from bisect import bisect_right

from bot.facts.model import Excluded, Ledger, Report
from bot.ingest.figures import Numerals
from bot.ingest.layout import Layout
from bot.ingest.sentences import Sentence
from intents.numerals import ARABIC_PATTERN, HAN_PATTERN
from intents.text import fold

_MAX_SENTENCE = 300


def keep_ledger(
    report: Report, layout: Layout, numerals: Numerals, found: tuple[Sentence, ...], facts: int
) -> Ledger:
    """Account for every numeral of the report's text, in order."""
    excluded = [*_rejected(report, layout, numerals, found), *_dropped(report, layout)]
    return Ledger(report.file, facts, tuple(sorted(excluded, key=lambda e: e.start)))


def _rejected(
    report: Report, layout: Layout, numerals: Numerals, found: tuple[Sentence, ...]
) -> list[Excluded]:
    starts = [sentence.start for sentence in found]
    excluded = []
    for rejected in numerals.rejected:
        i = bisect_right(starts, rejected.start) - 1
        inside = i >= 0 and rejected.start < found[i].end
        around = (found[i].start, found[i].end) if inside else _line(layout, rejected.start)
        sentence = _near(layout.text, *around, rejected.start)
        start, end = layout.raw_span(rejected.start, rejected.end)
        excluded.append(Excluded(rejected.rule, report.text[start:end], sentence, start, end))
    return excluded


def _dropped(report: Report, layout: Layout) -> list[Excluded]:
    """Numerals of the lines that are no part of the text: page numbers, site leftovers."""
    excluded = []
    for begin, stop, rule in layout.dropped:
        line = report.text[begin:stop]
        folded = fold(line)
        for pattern in (ARABIC_PATTERN, HAN_PATTERN):
            for match in pattern.finditer(folded):
                start, end = begin + match.start(), begin + match.end()
                text = report.text[start:end]
                excluded.append(Excluded(rule, text, line[:_MAX_SENTENCE], start, end))
    return excluded


def _line(layout: Layout, at: int) -> tuple[int, int]:
    begin = layout.text.rfind("\n", 0, at) + 1
    end = layout.text.find("\n", at)
    return begin, end if end >= 0 else len(layout.text)


def _near(text: str, begin: int, end: int, at: int) -> str:
    """A sentence, or of a very long one the part around the numeral."""
    if end - begin <= _MAX_SENTENCE:
        return text[begin:end]
    half = _MAX_SENTENCE // 2
    return text[max(begin, at - half) : min(end, at + half)]

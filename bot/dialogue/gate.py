"""The outgoing-number gate: nothing leaves with a number that no report says. Fails closed.

Every numeral of a reply must stand in a cited figure or passage or name its place, year or report,
be computed from cited figures (with the formula shown), be the user's own, or belong to the
bot's fixed wording. Digit boundaries count: 50 is not in 1500.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from bot.dialogue.answer import Answer
from bot.dialogue.wording import Wording
from bot.errors import BotError
from bot.messages import Reply, Style
from intents.numerals import ARABIC_PATTERN, HAN_PATTERN, ungrouped
from intents.text import fold

_WIDE = re.compile("[\uff10-\uff19]")


class GateError(BotError):
    """A reply would have shown a number that nothing vouches for."""


def numerals(text: str) -> frozenset[str]:
    """The digit strings and Chinese numerals of a text, separators and folding aside."""
    found = HAN_PATTERN.finditer(text)
    han = {m.group() for m in found if not text[: m.start()].rstrip()[-1:].isdigit()}
    if text.isascii() or not _WIDE.search(text):
        return frozenset(han | {ungrouped(n) for n in ARABIC_PATTERN.findall(text)})
    return frozenset(han | {ungrouped(n) for n in ARABIC_PATTERN.findall(fold(text))})


@lru_cache(maxsize=1 << 12)
def _printed(text: str) -> frozenset[str]:
    """The same of what reports and the bot's own wording say; what users say is never kept."""
    return numerals(text)


def _vouched(answer: Answer) -> Iterable[str]:
    for cited in answer.cited:
        fact, report = cited.fact, cited.report
        yield from (fact.printed, fact.excerpt, fact.metric, fact.area.full, str(fact.year))
        yield from (report.title, report.published or "", cited.place)
    for quoted in answer.quoted:
        yield from (quoted.text, quoted.heading, quoted.report.title, quoted.report.published or "")


def check(reply: Reply, answer: Answer, said: str, wording: Wording, known: Iterable[str]) -> None:
    """Raise GateError when a numeral of the reply is vouched for by nothing.

    *known* are numerals of the base itself (years covered, counts of reports and facts, names of
    options): they describe the base, not a place.
    """
    allowed = {n for text in _vouched(answer) for n in _printed(text)}
    allowed |= numerals(said) | set(answer.computed)
    allowed |= {n for text in known for n in _printed(text)}
    allowed |= {
        n for note in (*answer.notes, *answer.after) for n in _printed(wording.templates[note.key])
    }
    figures = {cited.fact.printed for cited in answer.cited}
    for line in reply.lines:
        for run in line:
            if run.style is Style.QUOTE:
                if not _verbatim(run.text, answer):
                    raise GateError("a quotation is not verbatim")
                continue  # a cited sentence vouches for all of its own numerals
            strange = numerals(run.text) - allowed
            if strange:
                raise GateError(f"numeral {sorted(strange)[0]!r} is vouched for by nothing")
            if run.style is Style.STRONG and run.text not in figures:
                raise GateError(f"figure {run.text!r} is no cited figure")


def _verbatim(text: str, answer: Answer) -> bool:
    return any(text == c.fact.excerpt for c in answer.cited) or any(
        text == q.text for q in answer.quoted
    )

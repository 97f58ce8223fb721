"""What a report says there was none of: 办理行政诉讼13件，无败诉案件. No number says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.dialogue.answer import Answer, Quoted, Status
from bot.dialogue.pairing import Asked
from bot.dialogue.resolve import Resolved
from bot.dialogue.searching import search
from bot.facts.model import Passage, Report
from bot.knowledge import Knowledge
from intents.absence import none_of, said_in
from intents.models import Frame
from intents.vocabulary import Sort, Vocabulary

_PAIR = 2


def none_of_it(resolved: Resolved, knowledge: Knowledge) -> Answer | None:
    """The sentence that denies what is to be counted; None if no report of the place has one."""
    frames = [f for f in resolved.frames if f.strong]
    if len(frames) != 1 or len(resolved.where.codes) != 1 or Sort.RATE in frames[0].aspects:
        return None
    quoted = denied_at(frames[0], resolved.where.codes[0], resolved.year, knowledge)
    return Answer(Status.ANSWERED, quoted=(quoted,)) if quoted is not None else None


def denied_at(frame: Frame, code: str, year: int | None, knowledge: Knowledge) -> Quoted | None:
    """The sentence of one place that denies what a frame asks for."""
    for report in knowledge.base.reports_of(code, year)[:1]:
        for passage in _denying(frame, report, knowledge.tongue.vocabulary):
            return Quoted(passage.text, passage.heading, passage.start, passage.end, report)
    return None


def denied_beside(
    missing: Iterable[Asked], resolved: Resolved, knowledge: Knowledge
) -> dict[str, Quoted]:
    """Of several places those whose report says that there was none, by code: 无败诉案件."""
    if len(resolved.where.codes) < _PAIR or len(resolved.frames) > 1:
        return {}
    found = ((a.code, denied_at(a.frame, a.code, a.year, knowledge)) for a in missing)
    return {code: quoted for code, quoted in found if quoted is not None}


def _denying(frame: Frame, report: Report, vocabulary: Vocabulary) -> Iterator[Passage]:
    """The passages that know all that is asked and say that there was none of it."""
    asked = {c for c in frame.strong if vocabulary.sort(c) is Sort.STATE}
    if not asked:
        return  # nothing that could be denied
    for hit in search([frame], report, vocabulary, report.passages):
        denied = none_of(hit.plain, vocabulary)
        if asked & denied and frame.strong <= said_in(hit.plain, vocabulary):
            yield hit.passage

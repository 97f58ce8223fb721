"""What a report says there was none of: 办理行政诉讼13件，无败诉案件. No number says so."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogue.answer import Answer, Quoted, Status
from bot.dialogue.resolve import Resolved
from bot.dialogue.searching import search
from bot.facts.model import Passage, Report
from bot.knowledge import Knowledge
from intents.absence import none_of, said_in
from intents.models import Frame
from intents.vocabulary import Sort, Vocabulary


def none_of_it(resolved: Resolved, knowledge: Knowledge) -> Answer | None:
    """The sentence that denies what is to be counted; None if no report of the place has one."""
    frames = [f for f in resolved.frames if f.strong]
    if len(frames) != 1 or len(resolved.where.codes) != 1 or Sort.RATE in frames[0].aspects:
        return None
    for report in knowledge.base.reports_of(resolved.where.codes[0], resolved.year)[:1]:
        for passage in _denying(frames[0], report, knowledge.tongue.vocabulary):
            quoted = Quoted(passage.text, passage.heading, passage.start, passage.end, report)
            return Answer(Status.ANSWERED, quoted=(quoted,))
    return None


def _denying(frame: Frame, report: Report, vocabulary: Vocabulary) -> Iterator[Passage]:
    """The passages that know all that is asked and say that there was none of it."""
    asked = {c for c in frame.strong if vocabulary.sort(c) is Sort.STATE}
    if not asked:
        return  # nothing that could be denied
    for hit in search([frame], report, vocabulary, report.passages):
        denied = none_of(hit.plain, vocabulary)
        if asked & denied and frame.strong <= said_in(hit.plain, vocabulary):
            yield hit.passage

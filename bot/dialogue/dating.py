"""Which year is meant: said, the one before or behind that of the figure told, or carried."""

from bot.dialogue.answer import Origin
from bot.dialogue.asking import is_elliptic
from bot.dialogue.placing import Where
from bot.dialogue.session import Session
from bot.knowledge import Knowledge
from intents.cues import load_cues
from intents.models import Question

_SHORT = 10
"""Characters of a message that only asks for another year."""


def year_meant(
    question: Question, session: Session, where: Where, knowledge: Knowledge
) -> tuple[int | None, Origin]:
    """The year that is said, or goes on from the one told; None for the latest of each place."""
    shifted = _shifted(question, session, knowledge)
    if shifted is not None:
        return shifted, Origin.SAID
    if question.periods:
        return question.periods[-1].year, Origin.SAID
    if session.year is not None and "reset" not in question.acts:
        places = where.codes or session.places
        if places and all(session.year in knowledge.years.get(c, ()) for c in places):
            return session.year, Origin.CARRIED
    return None, Origin.DEFAULT


def _shifted(question: Question, session: Session, knowledge: Knowledge) -> int | None:
    """次年的呢: the year behind the one that was told, 同一年的呢: that one; None where nothing so
    short is said."""
    cues, said = load_cues(), question.text.plain
    told = knowledge.base.fact(session.facts[0]) if session.facts else None
    bare = len(said) <= _SHORT and not any(f.aspects for f in question.frames)
    short = is_elliptic(question) or bare  # 前一年是几件; not 比前一年涨了多少
    if told is None or not short or any(not f.empty for f in question.frames):
        return None
    if any(word in said for word in cues.same_year):
        return told.year
    if any(word in said for word in cues.next_year):
        return told.year + 1
    return told.year - 1 if any(word in said for word in cues.year_before) else None

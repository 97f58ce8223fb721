"""Questions for the reports themselves: which there are, of which years, when one was written."""

from bot.dialogue.asking import (
    PASSAGES,
    counts,
    may_be_yes,
    names_no_county,
    names_report,
    only_small,
)
from bot.dialogue.session import Session
from intents.cues import load_cues
from intents.models import Question

ENTRIES = (
    "number", "signatory", "published", "written", "issuer", "printer", "title", "index",
    "addressee",
)  # fmt: skip
"""Acts that ask for one particular of a report."""
PARTICULARS = frozenset({*ENTRIES, "signed_off", "released"})
"""Acts that ask for what is printed at the head or the foot of a report."""


def about_reports(question: Question, acts: set[str], session: Session, *, strong: bool) -> bool:
    """True when the reports themselves are asked about: which there are, of which years."""
    said = question.text.plain
    document = names_report(question)
    if "which_year" in acts:
        document = document or any(word in said for word in load_cues().that_document)
    inside = session.facts and any(word in said for word in load_cues().in_document)
    if inside and not acts & {"coverage", "which_year"}:
        document = False  # 都有哪些，报告里点了名的
    if not strong and document and acts <= {"coverage", "which_year", "list"}:
        return question.asks or bool(acts) or may_be_yes(said)
    which = any(word in said for word in load_cues().which_places)
    others = question.left_out and not (question.places or strong or acts & set(PASSAGES))
    goes_on = bool(session.frames) and not (which or acts)  # 除了余姚呢, behind a figure
    if others and not goes_on and (which or not counts(question)):
        return True  # 余姚以外的有没有
    larger = bool(question.places) and names_no_county(question)
    either = larger and any(word in said for word in load_cues().either)
    bare = only_small(question) and (may_be_yes(said) or either)
    if bare and (larger or not session.frames):
        return bool(question.places or question.periods)  # 有余姚的吗
    if session.frames and not document and _asks_there(question):
        return False
    named = "coverage" in acts and (names_no_county(question) or not strong or document)
    return named and not acts & PARTICULARS and not counts(question)


def _asks_there(question: Question) -> bool:
    """余姚那边有没有: behind a figure the same figure is asked of that place."""
    said = [t.text for t in question.tokens if "coverage" in t.entry.concepts]
    return bool(said) and set(said) <= set(load_cues().there) and not names_no_county(question)


def dated(question: Question, acts: set[str], *, strong: bool) -> bool:
    """True when the date of a report itself is asked for: 哪天 … 放到网上, 报告是几号的."""
    own, told = names_report(question), bool(acts & PARTICULARS)
    return "which_day" in acts and ((own and told) or (not strong and (own or told)))

"""Which kind of turn a message is: for figures, for words, about the bot, or nothing here."""

from enum import Enum

from bot.dialogue.session import Session
from intents.models import Question
from intents.vocabulary import Sort


class Turn(Enum):
    """Kinds of turns, each with its own form of answer."""

    FIGURE = "figure"
    LIST = "list"
    COMPARE = "compare"
    RANK = "rank"
    PASSAGE = "passage"
    ENTRY = "entry"
    """Particulars of a report: its number, signatory, dates."""
    SOURCE = "source"
    COVERAGE = "coverage"
    HELP = "help"
    GREET = "greet"
    THANKS = "thanks"
    RESET = "reset"
    REFUSE = "refuse"
    """Advice, other topics, orders to the bot."""


ENTRIES = ("number", "signatory", "published", "written", "issuer", "title")
PASSAGES = ("problems", "plans", "first", "honours", "practice")
_LONE_ACTS = {
    "coverage": Turn.COVERAGE, "help": Turn.HELP, "greet": Turn.GREET, "thanks": Turn.THANKS,
}  # fmt: skip


def kind_of(question: Question, session: Session) -> Turn:
    """The kind of a turn, the safest reading first."""
    acts = set(question.acts)
    content = any(not frame.empty for frame in question.frames)
    strong = any(frame.strong for frame in question.frames)
    if acts & {"injection", "advice"} or ("offtopic" in acts and not strong):
        return Turn.REFUSE
    if "reset" in acts and not content:
        return Turn.RESET
    if "source" in acts and session.facts and not _counts(question):
        return Turn.SOURCE
    if acts & set(ENTRIES) and not _counts(question):
        return Turn.ENTRY
    figure = _figure_kind(question, acts, session)
    if figure is not Turn.FIGURE:
        return figure
    if not strong and not question.places and not question.periods:
        return next((t for a, t in _LONE_ACTS.items() if a in acts), Turn.FIGURE)
    return figure


def _counts(question: Question) -> bool:
    """True when a number is asked for."""
    return any(f.counted or f.aspects for f in question.frames)


def _figure_kind(question: Question, acts: set[str], session: Session) -> Turn:
    superlative = bool(acts & {"most", "least"})
    several = len(question.places) > 1 or len({p.year for p in question.periods}) > 1
    if several:
        return Turn.COMPARE
    if superlative and not question.places:
        return Turn.RANK
    if "compare" in acts and (question.places or len(session.facts) > 1):
        return Turn.COMPARE
    if acts & set(PASSAGES) and not _counts(question):
        return Turn.PASSAGE
    if "list" in acts or _which(question) or {"each", "all_of"} & acts:
        listed = _counts(question) or _dealt_out(question) or "list" in acts
        return Turn.LIST if listed else Turn.PASSAGE
    return Turn.FIGURE


def _which(question: Question) -> bool:
    return any(
        t.text in ("哪些", "哪几", "哪几个", "哪几类", "哪几种", "哪几项") for t in question.tokens
    )


def _dealt_out(question: Question) -> bool:
    return any(t.text in ("各", "各有", "分别", "各自") for t in question.tokens) or _which(
        question
    )


def wants_rate(question: Question) -> bool:
    """True when a share is asked for."""
    return any(Sort.RATE in frame.aspects for frame in question.frames)

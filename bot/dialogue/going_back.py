"""条数呢, 列了多少条, of another place: who repeats a question's unit or words goes back to it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.session import Session
from bot.knowledge import Knowledge
from intents.cues import load_cues
from intents.models import Frame, Question
from intents.vocabulary import WordKind

_ELSEWHERE = "compare"
_TELLING = 4
"""Characters of a question that is known again: 列了几条, not 有几条."""
_TRAILING = " ?？!！。,，呢啊呀的"


def gone_back(session: Session, question: Question, knowledge: Knowledge) -> Session:
    """The session as it was when a figure of the unit was told that alone is asked for now.

    Unchanged where more than a unit is said, where it is of the place spoken of (the sentence told
    last may well count so), where the last figure is counted so, and where none was. So it is where
    another place is asked in the words of an earlier question: 列了几条, 办完几项, 余姚列了几条.
    """
    if question.places and (again := _asked_again(session, question)) is not None:
        key, frame = again
        return replace(session, frames=(frame,), facts=(key,), acts=(), answered=True)
    unit = _unit_alone(question)
    if not unit or not (question.places or _ELSEWHERE in question.acts):
        return session
    cases = load_cues().case_counters
    units = cases if unit in cases else (unit,)
    last = [knowledge.base.candidate(key) for key in session.facts]
    if any(c is None or c.unit in units for c in last):
        return session
    for key, frame in reversed(session.asked):
        before = knowledge.base.candidate(key)
        if before is not None and before.unit in units:
            return replace(session, frames=(frame,), facts=(key,), acts=(), answered=True)
    return session


def _asked_again(session: Session, question: Question) -> tuple[str, Frame] | None:
    """What was asked in the words that now ask alone, if that was not asked last."""
    places = {(p.start, p.end) for p in question.places}
    telling = (t for t in question.tokens if (t.start, t.end) not in places)
    said = "".join(t.text for t in telling).strip(_TRAILING).removeprefix("有")
    bare = not any(f.strong or f.residual for f in question.frames)
    if not bare or not question.counts or len(said) < _TELLING or said not in question.text.plain:
        return None
    if any(said in frame.text for frame in session.frames):
        return None
    return next(((key, f) for key, f in reversed(session.asked) if said in f.text), None)


def _unit_alone(question: Question) -> str:
    """条 of 条数, where nothing else is said that tells a figure; "" otherwise."""
    if any(f.strong or f.residual or f.aspects for f in question.frames):
        return ""
    ends = load_cues().number_ends
    said = [
        t.text.removesuffix(end)
        for t in question.tokens
        if t.kind is WordKind.CONCEPT
        for end in ends
        if t.text.endswith(end)
    ]
    return said[0] if len(said) == 1 else ""

"""条数呢, of another place: a unit alone goes back to what was counted so, earlier on."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.session import Session
from bot.knowledge import Knowledge
from intents.cues import load_cues
from intents.models import Question
from intents.vocabulary import WordKind

_ELSEWHERE = "compare"


def gone_back(session: Session, question: Question, knowledge: Knowledge) -> Session:
    """The session as it was when a figure of the unit was told that alone is asked for now.

    Unchanged where more than a unit is said, where it is of the place spoken of (the sentence told
    last may well count so), where the last figure is counted so, and where none was.
    """
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

"""各压缩了百分之几, after the hours of 进口 and 出口: a new side of each thing asked before."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.joint import look_up_all
from bot.dialogue.resolve import Resolved, beside_before, followed
from bot.facts.query import Found
from bot.knowledge import Knowledge
from intents.models import Frame
from intents.vocabulary import NOUNS


def dealt_again(resolved: Resolved, code: str, year: int, knowledge: Knowledge) -> Resolved:
    """With one frame for each thing asked before, where each has a figure of its own.

    Unchanged where a thing is named anew, or where one of them has none.
    """
    if len(resolved.frames) != 1 or len(resolved.before) < 2:
        return resolved
    asked = resolved.question.frames[0]
    sort = knowledge.tongue.vocabulary.sort
    if any(sort(c) in NOUNS for c in asked.strong):
        return resolved
    parts = tuple(_of_each(asked, b, resolved) for b in resolved.before)
    looked = look_up_all(parts, code, year, knowledge)
    found = {
        best.id
        for one in looked
        if isinstance(one.outcome, Found)
        and asked.strong <= (best := one.outcome.ranked[0].candidate).profile.closure | best.context
    }  # 废止的有多少件, after two that were reviewed: both must know it
    return replace(resolved, frames=parts) if len(found) == len(parts) else resolved


def _of_each(asked: Frame, before: Frame, resolved: Resolved) -> Frame:
    frame = beside_before(asked, before) if asked.strong else followed(asked, before)
    return replace(frame, focus=resolved.frames[0].focus)

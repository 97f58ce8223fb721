"""Is what a question strings together one thing or several? The figures tell."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.dialogue.asking import deals_out
from bot.dialogue.joint import look_up_all
from bot.dialogue.resolve import Resolved
from bot.dialogue.second_look import look_up
from bot.facts.query import Found
from bot.knowledge import Knowledge
from intents.models import Candidate, Frame
from intents.vocabulary import NOUNS, Sort

_LEAST = 2
_SIDES = frozenset({Sort.RATE, Sort.GROWTH, Sort.RANK})
_TELLING = NOUNS | {Sort.STATE, Sort.ACT}


def as_strung(resolved: Resolved, code: str, year: int, knowledge: Knowledge) -> Resolved:
    """With one frame for each thing strung together, where each has a figure of its own there.

    Unchanged where one figure speaks of all of them, or one of them has none.
    """
    parts = resolved.question.strung
    if len(resolved.frames) > 1:
        more = len(parts) > len(resolved.frames) and not deals_out(resolved.question)
        told = more and _each_found(parts, code, year, knowledge)
        return replace(resolved, frames=parts) if told else resolved  # 几场，材料、礼品发了多少
    if len(parts) < _LEAST or _repeats(parts):
        return resolved
    if _one_says_all(resolved.frames[0], parts, code, year, knowledge):
        return resolved
    headed = (parts, parts[1:]) if len(parts) > _LEAST else (parts,)
    whole = next((p for p in headed if _each_found(p, code, year, knowledge)), ())
    return replace(resolved, frames=whole) if whole else resolved


def _repeats(parts: tuple[Frame, ...]) -> bool:
    """满意及基本满意比率: what is strung on says nothing that was not said before."""
    return any(
        b.strong and b.strong <= a.strong and not (b.aspects - a.aspects) & {Sort.GROWTH, Sort.RANK}
        for a, b in pairwise(parts)
    )


def _one_says_all(
    frame: Frame, parts: tuple[Frame, ...], code: str, year: int, knowledge: Knowledge
) -> bool:
    if len({p.aspects & _SIDES for p in parts}) > 1:
        return False
    sort = knowledge.tongue.vocabulary.sort
    said = [frozenset(c for c in p.strong if sort(c) in _TELLING) for p in parts]
    whole = [frozenset().union(*said), frozenset().union(*said[1:])]  # the first may be a heading
    ranked = look_up(frame, code, year, knowledge).ranked
    return any(
        one <= r.candidate.profile.closure and not r.cost.contradiction
        for r in ranked
        for one in whole[: len(parts) - 1]
    )


def _each_found(parts: tuple[Frame, ...], code: str, year: int, knowledge: Knowledge) -> bool:
    looked = look_up_all(parts, code, year, knowledge)
    found = [
        one.outcome.ranked[0].candidate if isinstance(one.outcome, Found) else None
        for one in looked
    ]
    if parts[0].loose and len({c.profile.family for c in found if c is not None}) > 1:
        return False
    told = all(c is not None and _answers(p, c) for p, c in zip(parts, found, strict=True))
    return told and len({c.id for c in found if c is not None}) == len(parts)


def _answers(part: Frame, candidate: Candidate) -> bool:
    """True when the name of a figure says something of a part, and all if there is little."""
    own = part.strong or part.soft
    if (Sort.GROWTH in part.aspects) != (candidate.profile.kind == "growth"):
        return False
    ratio = candidate.profile.is_rate and candidate.profile.kind != "growth"
    return (Sort.RATE in part.aspects) == ratio and not own.isdisjoint(candidate.profile.closure)

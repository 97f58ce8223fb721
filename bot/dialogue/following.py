"""Of equally good figures the one that is printed next, for who goes on about what was told."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.pairing import Asked
from bot.facts.query import Ambiguous, Found
from bot.knowledge import Knowledge
from intents.acceptance import TIED
from intents.models import Ranked
from intents.vocabulary import Sort

_TOLD = 5
"""So many are shown at once rather than asked back."""


def printed_next(asked: Asked, knowledge: Knowledge) -> Asked:
    """10家 were told, 给它们提了几条建议: of both counts of advice that of their own sentence part.

    A sentence tells its figures in turn: what is said of the first stands before the second.
    """
    outcome = asked.looked.outcome
    told = [f for key in sorted(asked.frame.told) if (f := knowledge.base.fact(key)) is not None]
    if not isinstance(outcome, Ambiguous):
        return asked
    if len(told) != 1:
        sort = knowledge.tongue.vocabulary.sort
        levelled = any(sort(c) is Sort.LEVEL for c in asked.frame.strong | asked.frame.soft)
        alike = not levelled and _counted_alike(outcome.ranked)
        found = replace(asked.looked, outcome=Found(outcome.ranked))
        return replace(asked, looked=found) if alike else asked
    behind: list[tuple[int, Ranked]] = []
    for ranked in outcome.ranked:
        fact = knowledge.base.fact(ranked.candidate.id)
        same = (
            fact is not None and fact.excerpt == told[0].excerpt and fact.report == told[0].report
        )
        if fact is not None and same and fact.start >= told[0].end:
            behind.append((fact.start, ranked))
    if not behind or behind[0][1].cost.doubt - outcome.ranked[0].cost.doubt >= TIED:
        return asked
    nearest = min(behind, key=lambda item: item[0])[1]
    return replace(asked, looked=replace(asked.looked, outcome=Found((nearest,))))


def _counted_alike(ranked: tuple[Ranked, ...]) -> bool:
    """True for figures of one sentence that count one thing: 市级、县级金牌调解室."""
    kinds = {(r.candidate.around, r.candidate.unit, r.candidate.profile.head) for r in ranked}
    return len(kinds) == 1 and len(ranked) <= _TOLD

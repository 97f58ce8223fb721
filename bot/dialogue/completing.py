"""Several things asked and fewer found: what else the same sentence counts stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.resolve import Resolved
from bot.dialogue.sentence import others_of
from bot.facts.model import Fact
from bot.knowledge import Knowledge

_MOST = 6
"""So many are set beside what was found; of a longer sentence those that stand nearest."""


def beside(found: Sequence[Fact], resolved: Resolved, knowledge: Knowledge) -> list[Fact]:
    """The other figures of the sentences of *found*, in print order, where a part was not found.

    Somebody who asks 救了几起、发了多少钱 gets both though only one was understood; they stand
    behind what answers, under their own names.
    """
    told = {f.id for f in found}
    enough = len(told) >= max(len(resolved.frames), resolved.question.counts)
    each_place = len(resolved.where.codes) > 1  # 两个都给我看看: of both, not all of one
    if enough and (each_place or "all" not in resolved.question.acts):
        return []
    gaps: dict[str, int] = {}
    others: dict[str, Fact] = {}
    for fact in found:
        for other in others_of(fact, knowledge):
            if other.id not in told:
                gap = abs(other.start - fact.start)
                gaps[other.id] = min(gap, gaps.get(other.id, gap))
                others[other.id] = other
    nearest = sorted(others, key=lambda key: gaps[key])[:_MOST]
    return [fact for key, fact in others.items() if key in nearest]

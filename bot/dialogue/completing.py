"""Several things asked and fewer found: what else the same sentence counts stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.resolve import Resolved
from bot.facts.model import Fact, Kind
from bot.knowledge import Knowledge
from intents.models import Candidate

_MOST = 6
"""So many are set beside what was found; of a longer sentence those that stand nearest."""


def beside(found: Sequence[Candidate], resolved: Resolved, knowledge: Knowledge) -> list[Candidate]:
    """The other figures of the sentences of *found*, in print order, where a part was not found.

    Somebody who asks 救了几起、发了多少钱 gets both though only one was understood; they stand
    behind what answers, under their own names.
    """
    enough = len({c.id for c in found}) >= max(len(resolved.frames), resolved.question.counts)
    if not found or (enough and "all" not in resolved.question.acts):
        return []
    told = [f for c in found if (f := knowledge.base.fact(c.id)) is not None]
    near: dict[str, tuple[int, Candidate]] = {}
    for fact in told:
        for candidate in knowledge.base.candidates(found[0].code, found[0].year):
            other = knowledge.base.fact(candidate.id)
            if other is not None and _of_one_sentence(fact, other):
                gap = abs(other.start - fact.start)
                near[other.id] = min(near.get(other.id, (gap, candidate)), (gap, candidate))
    nearest = sorted(near.values(), key=lambda item: item[0])[:_MOST]
    order = {c.id: n for n, c in enumerate(knowledge.base.candidates(found[0].code, found[0].year))}
    return sorted((c for _, c in nearest), key=lambda c: order[c.id])


def _of_one_sentence(fact: Fact, other: Fact) -> bool:
    same = other.report == fact.report and other.excerpt == fact.excerpt
    return same and other.id != fact.id and other.kind is not Kind.PLAN

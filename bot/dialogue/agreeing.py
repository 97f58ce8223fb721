"""What several places bear out: a figure that none of them would be sure of alone."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.lookup import LookedUp, readings
from bot.facts.query import Found
from bot.knowledge import Knowledge
from intents.acceptance import TRUSTED, trusted
from intents.models import Frame, Ranked

_DOUBT = 2.5
"""Log odds that may be wanting at each place where another one counts the same measure."""
_LEAST = 2


def borne_out(
    looked: Sequence[LookedUp], frame: Frame, knowledge: Knowledge, least: int = _LEAST
) -> list[Ranked | None]:
    """For each place its figure of the one measure that most of them give; none below *least*.

    Only canonical measures can be compared; where a place is sure already, it needs no other.
    """
    nothing: list[Ranked | None] = [None] * len(looked)
    if any(isinstance(one.outcome, Found) for one in looked):
        return nothing
    likely = [_likely(one, frame, knowledge) for one in looked]
    ids = sorted({i for place in likely for i in place})
    best = max(ids, key=lambda i: sum(_worth(place, i) for place in likely), default="")
    chosen = [place.get(best) for place in likely]
    return chosen if sum(c is not None for c in chosen) >= least else nothing


def _likely(looked: LookedUp, frame: Frame, knowledge: Knowledge) -> dict[str, Ranked]:
    """The likeliest figure of each measure, if it is likely at all."""
    found = trusted(
        looked.ranked, readings(frame, knowledge)[0], looked.measures, knowledge.base.shares,
        knowledge.tongue.vocabulary, TRUSTED - _DOUBT,
    )  # fmt: skip
    return {r.candidate.profile.intent: r for r in reversed(found) if r.candidate.profile.intent}


def _worth(place: dict[str, Ranked], intent: str) -> float:
    return place[intent].evidence.bits if intent in place else 0.0

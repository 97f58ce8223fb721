"""What was done with what is counted: cases that came in, those that were settled."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.knowledge import Knowledge
from intents.models import Frame, Profile, Ranked
from intents.vocabulary import Sort


def doing_asked(
    fit: list[Ranked], ranked: list[Ranked], frame: Frame, sort: Callable[[str], Sort]
) -> list[Ranked]:
    """办结了几起, where a sentence tells how many were found and how many of them were settled:
    the figure that itself says what was done, before one that tells of something else done."""
    acts = frozenset(c for c in frame.strong if sort(c) is Sort.ACT)
    best = fit[0].candidate if fit else None
    if best is None or not acts or _says_done(best.profile, acts):
        return fit
    own = (
        r for r in ranked
        if r.candidate.around == best.around and _says_done(r.candidate.profile, acts)
        and not r.cost.contradiction and frame.strong - acts <= r.candidate.profile.closure
        and r.candidate.profile.family in ("", best.profile.family)
    )  # fmt: skip
    found = next(own, None)
    return [found] if found is not None else fit


def _says_done(profile: Profile, acts: frozenset[str]) -> bool:
    return any(c in profile.closure or c in profile.plain for c in acts)


def lack_act(ranked: Sequence[Ranked], knowledge: Knowledge) -> bool:
    """True where none of several figures knows what was done with the thing that is asked."""
    sort = knowledge.tongue.vocabulary.sort
    return all(any(sort(c) is Sort.ACT for c in r.evidence.missing) for r in ranked)

"""Figures of one sort in different places: the same measure, its whole or its part."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.lookup import MAX_EQUAL, NEAR, LookedUp, ranked_by
from bot.facts.query import Found
from bot.knowledge import Knowledge
from intents.catalog import Catalog, passing_for
from intents.models import Candidate, Frame, Ranked

_ALIKE = 6.0
_WHOLE = 0.8
"""Bits for a figure that is set beside one of the same unit from another place."""


def look_up_like(
    guide: Candidate,
    frame: Frame,
    alone: LookedUp,
    code: str,
    year: int,
    knowledge: Knowledge,
    *,
    parts: bool = False,
) -> LookedUp:
    """The figure of another place that is of the same sort as *guide*; *alone* if there is none.

    With *parts* a part of what *guide* counts passes, too, where a place does not give the whole.
    """
    told = guide.profile.strong - frame.strong
    hinted = replace(frame, hints=frame.hints | told)
    measures, ranked = ranked_by(hinted, knowledge.base.candidates(code, year), knowledge)
    sound = [r for r in ranked if not r.cost.contradiction]
    if not sound:
        return alone
    catalog = knowledge.tongue.catalog
    meant = passing_for(measures)
    meant = meant if guide.profile.intent in meant else frozenset()
    passing = [
        r for r in sound if _passes(r, guide, catalog) or r.candidate.profile.intent in meant
    ]
    best = next((r for r in passing if r.evidence.bits >= NEAR), sound[0])
    own = best.candidate.profile
    same = best in passing
    whole = _is_whole_of(own.intent, guide.profile.intent, catalog)
    part = parts and _is_whole_of(guide.profile.intent, own.intent, catalog)
    if (
        ((same or part) and best.evidence.bits >= NEAR)
        or (whole and best.evidence.bits >= _WHOLE)
        or (own.family == guide.profile.family and best.evidence.bits >= _ALIKE)
    ):
        return LookedUp(Found((best,)), measures, tuple(ranked[:MAX_EQUAL]))
    return alone


def _passes(ranked: Ranked, guide: Candidate, catalog: Catalog) -> bool:
    return one_measure(ranked.candidate.profile.intent, guide.profile.intent, catalog)


def _is_whole_of(one: str | None, part: str | None, catalog: Catalog) -> bool:
    """True where a place reports the whole (合法性审查) and another one a part of it (上会的)."""
    return one is not None and part is not None and catalog.measures[part].parent == one


def one_measure(one: str | None, other: str | None, catalog: Catalog) -> bool:
    """True for figures of one canonical measure, or of two of which one passes for the other."""
    if one is None or other is None:
        return False
    measures = catalog.measures
    return one == other or one in measures[other].accepts or other in measures[one].accepts

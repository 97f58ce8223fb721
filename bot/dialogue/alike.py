"""Figures of one sort in different places: the same measure, its whole or its part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from bot.dialogue.lookup import MAX_EQUAL, NEAR, LookedUp, counted_alike, ranked_by
from bot.facts.query import Found
from bot.knowledge import Knowledge
from intents.catalog import Catalog, Measure, passing_for
from intents.fits import fits_unit
from intents.models import Candidate, Frame, Ranked
from intents.ruling_out import is_of_other_level
from intents.vocabulary import Sort

_ALIKE = 6.0
_SAME = -2.0
"""Bits for a figure of the very measure that was told of another place."""
_WORDED = -5.0
"""The same, where all that differs are words by which that measure is known."""
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
    sound = _sound(ranked, guide, frame, knowledge)
    if not sound:
        return alone
    catalog = knowledge.tongue.catalog
    passing = _passing(sound, guide, frame, measures, catalog)
    enough = [r for r in passing if _says_enough(r, guide, measures, catalog)]
    best = min(enough, key=lambda r: _passes_as(r, guide, catalog), default=sound[0])
    own = best.candidate.profile
    same = best in passing and _says_enough(best, guide, measures, catalog)
    counted_so = own.family == guide.profile.family  # 602场 is no whole of 份 that are handed out
    whole = counted_so and _is_whole_of(own.intent, guide.profile.intent, catalog)
    part = parts and counted_so and _is_whole_of(guide.profile.intent, own.intent, catalog)
    if (
        same
        or (part and best.evidence.bits >= NEAR)
        or (whole and best.evidence.bits >= _WHOLE)
        or (counted_so and best.evidence.bits >= _ALIKE and not _lacks(best, frame))
    ):
        return LookedUp(Found(_with_equals(best, sound)), measures, tuple(ranked[:MAX_EQUAL]))
    return alone


def _sound(
    ranked: Sequence[Ranked], guide: Candidate, frame: Frame, knowledge: Knowledge
) -> list[Ranked]:
    """Those that may be of one sort with *guide*: of its level, and of the things asked for."""
    vocabulary = knowledge.tongue.vocabulary
    things = frozenset(c for c in frame.strong if vocabulary.sort(c) is Sort.THING)
    return [
        r for r in ranked
        if not (r.cost.contradiction or is_of_other_level(r, frame, vocabulary))
        and not _lacks_thing(r, guide, things, knowledge.tongue.catalog)
    ]  # fmt: skip


def _lacks_thing(ranked: Ranked, guide: Candidate, asked: frozenset[str], catalog: Catalog) -> bool:
    """True for a figure that knows nothing of a thing that the one told is of: 非正常死亡的纠纷,
    and all of them. One measure may be worded otherwise elsewhere."""
    things = asked & guide.profile.strong
    if one_measure(ranked.candidate.profile.intent, guide.profile.intent, catalog):
        things -= _words_of(catalog.measures.get(guide.profile.intent or ""))
    return not things.isdisjoint(ranked.evidence.missing)


def _lacks(ranked: Ranked, frame: Frame) -> bool:
    """True for a figure that knows nothing of what was asked, though its words are like those of
    the figure that was told: 督促件数, of another matter."""
    return bool(frame.strong) and frame.strong <= set(ranked.evidence.missing)


def _passing(
    sound: Sequence[Ranked],
    guide: Candidate,
    frame: Frame,
    measures: Sequence[Measure],
    catalog: Catalog,
) -> list[Ranked]:
    """The figures of the measure that *guide* is of, else those of the very measure asked."""
    meant = passing_for(measures)
    meant = meant if guide.profile.intent in meant else frozenset()
    return [
        r for r in sound
        if one_measure(r.candidate.profile.intent, guide.profile.intent, catalog)
        or r.candidate.profile.intent in meant
    ] or [
        r for r in sound
        if _is_very_measure(r, measures) and fits_unit(frame, r.candidate)
    ]  # fmt: skip


def _passes_as(ranked: Ranked, guide: Candidate, catalog: Catalog) -> int:
    """How near a figure's measure is to that of *guide*: 0 for the same, then as the measure
    lists what passes for it: all disputes before those that were settled."""
    own = guide.profile.intent or ""
    passing = (own, *(catalog.measures[own].accepts if own in catalog.measures else ()))
    intent = ranked.candidate.profile.intent or ""
    return passing.index(intent) if intent in passing else len(passing)


def _with_equals(best: Ranked, sound: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """The best figure, with those of other levels that stand beside it and say as much."""
    equal = tuple(r for r in sound if r.cost == best.cost)
    return equal if len(equal) > 1 and counted_alike(equal) else (best,)


def _is_very_measure(ranked: Ranked, measures: Sequence[Measure]) -> bool:
    """True for a figure of the measure that was asked, which says neither more nor less."""
    asked = any(m.id == ranked.candidate.profile.intent for m in measures)
    return asked and not ranked.evidence.missing and not ranked.evidence.narrower


def _says_enough(
    ranked: Ranked, guide: Candidate, measures: Sequence[Measure], catalog: Catalog
) -> bool:
    """True where what a figure leaves unsaid is only how one of two places words one measure."""
    bits, evidence, intent = ranked.evidence.bits, ranked.evidence, ranked.candidate.profile.intent
    if bits >= NEAR:
        return True
    if intent == guide.profile.intent and not evidence.narrower:
        return bits >= _SAME  # 主动公开的信息, and where on the web they stand
    words = _words_of(*measures, catalog.measures.get(intent or ""))
    return bits >= _WORDED and words.issuperset((*evidence.narrower, *evidence.missing))


def _words_of(*measures: Measure | None) -> frozenset[str]:
    """The words by which measures are known."""
    return frozenset(c for m in measures if m for c in (*m.may, *chain(*m.needs)))


def _is_whole_of(one: str | None, part: str | None, catalog: Catalog) -> bool:
    """True where a place reports the whole (合法性审查) and another one a part of it (上会的)."""
    return one is not None and part is not None and catalog.measures[part].parent == one


def one_measure(one: str | None, other: str | None, catalog: Catalog) -> bool:
    """True for figures of one canonical measure, or of two of which one passes for the other."""
    if one is None or other is None:
        return False
    measures = catalog.measures
    return one == other or one in measures[other].accepts or other in measures[one].accepts

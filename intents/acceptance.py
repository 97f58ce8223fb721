"""Is the best figure an answer, or only the nearest neighbour of one that no report gives?

It is where the odds are for it (odds.py). What each threshold answers of the questions that have an
answer, and of those that have none: benchmarks/trust.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intents.catalog import Measure, passing_for
from intents.fits import in_unit, names_counted, says_fresh
from intents.models import Frame, Ranked
from intents.odds import FEW, FULL_LEAD, carries_name, names_all, odds, signs_of
from intents.ruling_out import counts_others, is_ruled_out
from intents.vocabulary import Sort, Vocabulary, nouns_of

TRUSTED = 0.3
_RIVAL = 2.5
"""Bits: what falls further behind the best figure is no answer, even where that one is none."""
TIED = 0.25
"""Bits within which two figures are as good as one another."""
_MEANT = 4.5
"""Bits by which the figure of the measure asked may fall behind one that counts otherwise."""


def trusted(
    ranked: Sequence[Ranked],
    frame: Frame,
    measures: tuple[Measure, ...],
    shares: Mapping[str, float],
    vocabulary: Vocabulary,
    threshold: float = TRUSTED,
) -> list[Ranked]:
    """Those of the ranked figures that may answer the frame, in order (threshold: log odds)."""

    def sound() -> Iterator[Ranked]:
        """Those that neither contradict the question nor are ruled out, looked at when needed."""
        for one in ranked:
            if not one.cost.contradiction and may(one):
                yield one

    def may(one: Ranked) -> bool:
        return not is_ruled_out(one, ranked, frame, measures, vocabulary)

    first = next(sound(), None)
    best = first.cost.doubt if first is not None else 0.0
    rivals = [r for r in ranked if not counts_others(r, frame)]
    found = []
    for one in ranked:
        near = not one.cost.contradiction and one.cost.doubt - best < _RIVAL
        if not (near or one.cost.unsaid == 0) or not may(one):
            continue
        exact = one.cost.unsaid == 0 and not _more_asked(frame, one)
        if exact and names_all(frame, one.candidate):
            found.append(one)
        elif near:
            lead = lead_of(one, rivals, frame, measures)
            signs = signs_of(one, lead, frame, measures, shares, vocabulary)
            if odds(signs) >= threshold:
                found.append(one)
    meant = _meant_first(_fresh_first(found, frame), sound(), frame, measures)
    return _whole_first(meant, first, nouns_of(frame.strong, vocabulary))


def _fresh_first(found: list[Ranked], frame: Frame) -> list[Ranked]:
    """A figure that is named by the word that goes on about what was spoken of comes before one
    that is not: 那免审的案件呢, after other 案件."""
    if not found or frame.strong <= found[0].candidate.profile.closure:
        return found
    own = frame.strong & found[0].candidate.profile.closure  # 检查人员 in 互联网监管的检查人员
    fresh = [
        r for r in found
        if own <= r.candidate.profile.closure and says_fresh(frame, r.candidate)
    ]  # fmt: skip
    if not fresh:
        return found
    return [fresh[0], *(r for r in found if r is not fresh[0])]


def _meant_first(
    found: list[Ranked], sound: Iterator[Ranked], frame: Frame, measures: tuple[Measure, ...]
) -> list[Ranked]:
    """The figure of the very measure and unit that are asked, before one of another measure that
    is only counted nearly so: 套餐办了多少件, of 500件 and 60项."""
    meant = passing_for(measures)
    best = found[0].candidate.profile if found else None
    if best is None or not frame.families or best.intent in meant:
        return found
    if in_unit(frame, best.family) or names_counted(frame, best):
        return found
    near = (r for r in sound if r.cost.doubt - found[0].cost.doubt < _MEANT)
    exact = (
        r for r in near
        if (r.candidate.profile.intent in meant or _says_as_much(r, found[0]))
        and not r.evidence.missing and in_unit(frame, r.candidate.profile.family)
    )  # fmt: skip
    first = next(exact, None)
    return [first, *(r for r in found if r is not first)] if first is not None else found


def _says_as_much(one: Ranked, other: Ranked) -> bool:
    """True for a figure of the same sentence for which no less speaks: 培训20场累计300人次."""
    beside = one.candidate.around == other.candidate.around
    return beside and one.cost.doubt <= other.cost.doubt


def _whole_first(found: list[Ranked], first: Ranked | None, nouns: frozenset[str]) -> list[Ranked]:
    """A part is no more to be trusted than the whole before it in its sentence, where the question
    says as much of that: 矛盾纠纷…件，其中民间纠纷…件. Not so where a noun is said of the part."""
    if not found or not found[0].candidate.part or first is None:
        return found
    part, best = found[0].candidate, first.candidate
    if not nouns & part.profile.closure <= best.profile.closure:
        return found
    whole = first is not found[0] and best.around == part.around
    return [first, *found] if whole and not best.part else found


def lead_of(
    best: Ranked, ranked: Sequence[Ranked], frame: Frame, measures: tuple[Measure, ...]
) -> float:
    """Bits between a figure and the next that is another thing.

    The same figure of another year is no other thing, nor is another figure of the measure asked;
    what is as good is asked back and takes no lead away, a part is no rival of its whole, and what
    does not carry a proper name that was said (“本周我普法”) is no rival of what does, nor is what
    is counted otherwise one of the measure that was asked in its own unit.
    """
    if len(ranked) < FEW:
        return FULL_LEAD / 2
    profile = best.candidate.profile
    wanted = passing_for(measures)
    alike = wanted if profile.intent in wanted else frozenset()
    named = carries_name(best.candidate, frame)
    counted = bool(frame.families & {profile.family}) and bool(alike)
    rivals = (
        r.cost.doubt - best.cost.doubt
        for r in ranked
        if r is not best
        and abs(r.cost.doubt - best.cost.doubt) >= TIED
        and not r.cost.contradiction
        and (not named or carries_name(r.candidate, frame))
        and r.candidate.profile.metric != profile.metric
        and r.candidate.profile.intent not in alike
        and not (counted and not in_unit(frame, r.candidate.profile.family))
        and not _is_part_of(r, best)
    )
    return next(rivals, FULL_LEAD)


def _is_part_of(one: Ranked, whole: Ranked) -> bool:
    """True for a kind that nobody asked for, told behind the whole in its sentence."""
    part, of = one.candidate, whole.candidate
    return part.part and not of.part and part.around == of.around and bool(one.evidence.narrower)


def _more_asked(frame: Frame, ranked: Ranked) -> bool:
    """True when behind the name of a figure its change, rank or rate is asked (纠错率排第几)."""
    profile = ranked.candidate.profile
    sides = ((Sort.GROWTH, "growth"), (Sort.RANK, "rank"))
    if any(side in frame.aspects and profile.kind != of for side, of in sides):
        return True
    return Sort.RATE in frame.aspects and not profile.is_rate

"""Is the best figure an answer, or only the nearest neighbour of one that no report gives?

It is where the odds are for it (odds.py). What each threshold answers of the questions that have an
answer, and of those that have none: benchmarks/trust.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intents.catalog import Measure, passing_for
from intents.clues import UNKNOWN_LETTERS
from intents.counting import HEADS
from intents.fits import fits_unit, in_unit, names_counted, says_fresh
from intents.models import Candidate, Frame, Ranked
from intents.odds import FULL_LEAD, carries_name, names_all, odds, signs_of
from intents.vocabulary import NOUNS, Sort, Vocabulary, nouns_of

TRUSTED = 0.3
_RIVAL = 2.5
"""Bits: what falls further behind the best figure is no answer, even where that one is none."""
TIED = 0.25
"""Bits within which two figures are as good as one another."""
_MEANT = 4.5
"""Bits by which the figure of the measure asked may fall behind one that counts otherwise."""
_FEW = 5
"""Of fewer figures a lead tells nothing; half of a full one is taken."""
_DONE = frozenset({Sort.STATE, Sort.ACT})
_NARROWING = frozenset({Sort.STATE, Sort.LEVEL, Sort.ACT})
"""What became of a thing, which who goes on may ask for next."""


def trusted(
    ranked: Sequence[Ranked],
    frame: Frame,
    measures: tuple[Measure, ...],
    shares: Mapping[str, float],
    vocabulary: Vocabulary,
    threshold: float = TRUSTED,
) -> list[Ranked]:
    """Those of the ranked figures that may answer the frame, in order (threshold: log odds)."""
    may = [r for r in ranked if not _is_ruled_out(r, ranked, frame, measures, vocabulary)]
    sound = [r for r in may if not r.cost.contradiction]
    best = sound[0].cost.doubt if sound else 0.0
    rivals = [r for r in ranked if not _counts_others(r, frame)]
    found = []
    for one in may:
        exact = one.cost.unsaid == 0 and not _more_asked(frame, one)
        if exact and names_all(frame, one.candidate):
            found.append(one)
        elif not one.cost.contradiction and one.cost.doubt - best < _RIVAL:
            lead = lead_of(one, rivals, frame, measures)
            signs = signs_of(one, lead, frame, measures, shares, vocabulary)
            if odds(signs) >= threshold:
                found.append(one)
    return _whole_first(_meant_first(_fresh_first(found, frame), sound, frame, measures), sound)


def _fresh_first(found: list[Ranked], frame: Frame) -> list[Ranked]:
    """A figure that is named by the word that goes on about what was spoken of comes before one
    that is not: 那免审的案件呢, after other 案件."""
    if not found or frame.strong <= found[0].candidate.profile.closure:
        return found
    fresh = [r for r in found if says_fresh(frame, r.candidate)]
    if not fresh:
        return found
    return [fresh[0], *(r for r in found if r is not fresh[0])]


def _meant_first(
    found: list[Ranked], sound: list[Ranked], frame: Frame, measures: tuple[Measure, ...]
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
        if r.candidate.profile.intent in meant and not r.evidence.missing
        and in_unit(frame, r.candidate.profile.family)
    )  # fmt: skip
    first = next(exact, None)
    return [first, *(r for r in found if r is not first)] if first is not None else found


def _is_ruled_out(
    one: Ranked,
    ranked: Sequence[Ranked],
    frame: Frame,
    measures: tuple[Measure, ...],
    vocabulary: Vocabulary,
) -> bool:
    """True for a figure that cannot be meant, whatever speaks for it."""
    told = one.candidate.id in frame.told
    return (
        (told and _asks_other(frame, one.candidate, ranked, vocabulary))
        or _is_rate_of_more(one, frame, vocabulary)
        or _counts_others(one, frame)
        or _is_other_rate(one, frame, measures, vocabulary)
        or _is_of_else(one, frame, vocabulary)
        or _lacks_part(one, frame, vocabulary)
        or _counts_beside(one, frame, measures, vocabulary)
        or is_of_other_level(one, frame, vocabulary)
    )


def _whole_first(found: list[Ranked], sound: list[Ranked]) -> list[Ranked]:
    """A part is no more to be trusted than the whole before it in its sentence, where the question
    says as much of that: 矛盾纠纷…件，其中民间纠纷…件."""
    if not found or not found[0].candidate.part:
        return found
    best, part = sound[0], found[0].candidate
    whole = best is not found[0] and best.candidate.around == part.around
    return [best, *found] if whole and not best.candidate.part else found


def _asks_other(
    frame: Frame, told: Candidate, ranked: Sequence[Ranked], vocabulary: Vocabulary
) -> bool:
    """True when who goes on counts otherwise, or names a thing that the figure just told is not.

    So does a word that no vocabulary knows (二级呢, after 一级) and another figure is named by.
    """
    said = [c.text for c in frame.clues]
    things = {c for c in said if vocabulary.sort(c) in _NARROWING} | nouns_of(said, vocabulary)
    acts = {c for c in things if vocabulary.sort(c) is Sort.ACT}
    things -= acts - frozenset().union(*(r.candidate.profile.closure for r in ranked))
    names = {r.candidate.profile.plain for r in ranked}
    strange = {c.text for c in frame.letters if c.weight == UNKNOWN_LETTERS}
    strange = {pair for pair in strange if any(pair in name for name in names)}
    if any(pair not in told.profile.plain for pair in strange):
        return True
    if any(says_fresh(frame, r.candidate) for r in ranked):
        return True
    return not in_unit(frame, told.profile.family) or not things <= told.profile.closure


def _counts_others(ranked: Ranked, frame: Frame) -> bool:
    """True for people where things or events are asked for: 多少场, printed 1000名."""
    people = ranked.candidate.profile.family in HEADS and Sort.PEOPLE not in frame.aspects
    return people and not fits_unit(frame, ranked.candidate)


def _is_of_else(ranked: Ranked, frame: Frame, vocabulary: Vocabulary) -> bool:
    """True where who goes on about another place names things or a state of which the figure
    knows none (合同平台…录了几份), or a kind of what it counts that it does not know."""
    if not frame.like:
        return False
    own = nouns_of(frame.strong - frame.hints, vocabulary)
    states = {c for c in frame.strong - frame.hints if vocabulary.sort(c) in _DONE}
    missing = set(ranked.evidence.missing)
    closure = ranked.candidate.profile.closure
    kinds = (c for c in own & missing if (vocabulary.upward(c) - {c}) & closure)
    return any(kinds) or (own <= missing and not (own | states).isdisjoint(missing))


def _lacks_part(ranked: Ranked, frame: Frame, vocabulary: Vocabulary) -> bool:
    """True where a part is asked for that the figure does not know: 报名的人中，合格的有多少."""
    if not frame.parted:
        return False
    missing = frame.parted & set(ranked.evidence.missing)
    things = frozenset(c for c in frame.parted if vocabulary.sort(c) in NOUNS)
    became = any(vocabulary.sort(c) is Sort.STATE for c in missing)
    return became or (bool(things) and things <= missing)


def _counts_beside(
    one: Ranked, frame: Frame, measures: tuple[Measure, ...], vocabulary: Vocabulary
) -> bool:
    """True for the people of another canonical measure, where only the sentence says those who
    are asked for: 宣讲团有几个人, printed 成立宣讲团，吸纳志愿者50名."""
    profile = one.candidate.profile
    meant = passing_for(measures)
    if profile.family not in HEADS or not meant or profile.intent in meant or not profile.intent:
        return False
    said = {c.text for c in frame.clues if vocabulary.sort(c.text) is not Sort.PEOPLE}
    named = any(c in frame.text for c in profile.closure)
    return bool(frame.core) and not named and said.isdisjoint(profile.closure)


def is_of_other_level(one: Ranked, frame: Frame, vocabulary: Vocabulary) -> bool:
    """True for a figure of the 镇街, where the 社区 are asked for."""
    profile = one.candidate.profile
    asked = {c for c in frame.strong - frame.hints if vocabulary.sort(c) is Sort.LEVEL}
    own = {c for c in profile.strong if vocabulary.sort(c) is Sort.LEVEL}
    return bool(asked and own) and asked.isdisjoint(profile.closure)


def _is_rate_of_more(ranked: Ranked, frame: Frame, vocabulary: Vocabulary) -> bool:
    """True for the rate of what became of a thing, where the thing alone is asked: 矛盾纠纷有多少
    is not answered by how many of a hundred were settled."""
    if not ranked.candidate.profile.is_rate or not ranked.evidence.narrower:
        return False
    asked = frame.hints or {Sort.RATE, Sort.GROWTH} & frame.aspects
    return not asked and any(vocabulary.sort(c) is Sort.STATE for c in ranked.evidence.narrower)


def _is_other_rate(
    ranked: Ranked, frame: Frame, measures: tuple[Measure, ...], vocabulary: Vocabulary
) -> bool:
    """True for the rate of something else that became of the same: 结案率, printed 纠错率."""
    profile = ranked.candidate.profile
    if profile.is_rate and frame.hints and ranked.evidence.bits < 0:
        return True  # 调解率呢, printed 败诉率
    meant = passing_for(measures)
    if not (meant and profile.intent and profile.is_rate and Sort.RATE in frame.aspects):
        return False
    if profile.intent in meant:
        return False
    asked = {c for c in frame.strong - frame.hints if vocabulary.sort(c) in _DONE}
    other = any(vocabulary.sort(c) is Sort.STATE for c in ranked.evidence.narrower)
    return other and bool(asked) and asked <= set(ranked.evidence.missing)


def lead_of(
    best: Ranked, ranked: Sequence[Ranked], frame: Frame, measures: tuple[Measure, ...]
) -> float:
    """Bits between a figure and the next that is another thing.

    The same figure of another year is no other thing, nor is another figure of the measure asked;
    what is as good is asked back and takes no lead away, a part is no rival of its whole, and what
    does not carry a proper name
    that was said (“本周我普法”) is no rival of what does.
    """
    if len(ranked) < _FEW:
        return FULL_LEAD / 2
    profile = best.candidate.profile
    wanted = passing_for(measures)
    alike = wanted if profile.intent in wanted else frozenset()
    named = carries_name(best.candidate, frame)
    rivals = (
        r.cost.doubt - best.cost.doubt
        for r in ranked
        if r is not best
        and abs(r.cost.doubt - best.cost.doubt) >= TIED
        and not r.cost.contradiction
        and (not named or carries_name(r.candidate, frame))
        and r.candidate.profile.metric != profile.metric
        and r.candidate.profile.intent not in alike
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

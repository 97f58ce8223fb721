"""Figures that cannot be meant, whatever speaks for them: of another kind, level, rate or part."""

from __future__ import annotations

from collections.abc import Sequence

from intents.catalog import Measure, passing_for
from intents.clues import UNKNOWN_LETTERS
from intents.counting import HEADS
from intents.cues import load_cues
from intents.fits import fits_unit, in_unit, says_fresh
from intents.models import Candidate, Frame, Ranked
from intents.text import is_han
from intents.vocabulary import NOUNS, Sort, Vocabulary, nouns_of

_DONE = frozenset({Sort.STATE, Sort.ACT})
_NARROWING = frozenset({Sort.STATE, Sort.LEVEL, Sort.ACT})
"""What became of a thing, which who goes on may ask for next."""


def is_ruled_out(
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
        or counts_others(one, frame)
        or _is_other_rate(one, frame, measures, vocabulary)
        or _is_of_else(one, frame, vocabulary)
        or _lacks_part(one, frame, vocabulary)
        or _counts_beside(one, frame, measures, vocabulary)
        or is_of_other_level(one, frame, vocabulary)
        or _is_of_other_kind(one, frame, vocabulary)
    )


def _asks_other(
    frame: Frame, told: Candidate, ranked: Sequence[Ranked], vocabulary: Vocabulary
) -> bool:
    """True when who goes on counts otherwise, or names a thing that the figure just told is not.

    So does a word that no vocabulary knows (二级呢, after 一级) and another figure is named by.
    """
    if says_only_unknown(frame):
        return True
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


def says_only_unknown(frame: Frame) -> bool:
    """True for 视频号的呢, where who goes on says nothing but a word that nobody knows."""
    bare = frame.text.rstrip("?!~. ").endswith(load_cues().elliptic)
    return bare and bool(frame.residual) and not frame.strong - frame.hints


def counts_others(ranked: Ranked, frame: Frame) -> bool:
    """True for people where things or events are asked for: 多少场, printed 1000名."""
    people = ranked.candidate.profile.family in HEADS and Sort.PEOPLE not in frame.aspects
    return people and not fits_unit(frame, ranked.candidate)


def _is_of_other_kind(ranked: Ranked, frame: Frame, vocabulary: Vocabulary) -> bool:
    """True for a figure of another kind of a thing that is asked for: 行政调解组织, not the
    人民调解组织 that are asked for by a name which ends alike and tells the kind."""
    profile = ranked.candidate.profile
    for thing in (c for c in frame.strong if vocabulary.sort(c) is Sort.THING):
        others = [o for o in profile.head if o != thing and o.endswith(thing)]
        others = [o for o in others if thing in vocabulary.upward(o)]
        kind = (
            _kind_in(_named_as(thing, frame.text, vocabulary), thing, vocabulary) if others else ""
        )
        if kind and kind not in profile.plain and any(kind not in o for o in others):
            return True
    return False


def _named_as(thing: str, text: str, vocabulary: Vocabulary) -> str:
    """The longest word of a text that means a thing; "" where none does."""
    ends = range(len(text) + 1)
    pieces = (text[start:end] for start in ends for end in ends[start + 2 :])
    words = ((piece, vocabulary.words.get(piece)) for piece in pieces)
    found = (w for w, entry in words if entry is not None and thing in entry.concepts)
    return max(found, key=len, default="")


def _kind_in(said: str, thing: str, vocabulary: Vocabulary) -> str:
    """What kind of a thing is said: 人民 of 人民调解委员会; "" for one of any kind."""
    for at in range(1, len(said) - 1) if is_han(said) else ():
        entry = vocabulary.words.get(said[at:])
        if entry is not None and thing in entry.concepts:
            return "" if said[:at] in load_cues().every_kind else said[:at]
    return ""


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

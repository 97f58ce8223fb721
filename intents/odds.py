"""The log of the odds (natural, 0 = one to one) that a figure is what is asked.

A sum of signs, each with its weight. The weights are those of a logistic regression over labelled
questions and over questions that the reports do not answer, rounded; `python -m benchmarks.fitting`
finds them again. What too few questions show (a special kind, names in quotes, what a dialogue goes
on about, states that another measure does not know) was set by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import mul
from typing import NamedTuple

from intents.catalog import Measure
from intents.fits import ANY, fits_unit, is_like, names_counted, near_unit, says_fresh
from intents.models import Candidate, Frame, Profile, Ranked
from intents.rarity import bits
from intents.text import pairs, share_said
from intents.vocabulary import NOUNS, Sort, Vocabulary

FULL_LEAD = 3.75
"""Bits; a longer lead says no more."""
FEW = 5
"""Over fewer figures a lead tells nothing; half of a full one is taken."""
_USUAL_SHARE = 0.35
"""What is said of a name where an English question or one that goes on cannot say it."""


_BARE = frozenset({"", "none"})
"""Families of numbers without a unit: they may count anything."""
_NAMED_LOSS = 0.5
"""Of what is lost, where a figure carries a proper name that was said and people tell the rest."""


class Signs(NamedTuple):
    """What speaks for a figure and against it; also the weight of each."""

    always: float = 0.0
    """1: the odds where nothing speaks for a figure and nothing against it."""
    evidence: float = 0.0
    """Bits (evidence.py)."""
    named: float = 0.0
    """Those of them that the figure's own name gives."""
    lead: float = 0.0
    """Bits before the next that is another thing, up to `FULL_LEAD`."""
    lost_state: float = 0.0
    """Bits of what was asked and the figure does not know, beside what its evidence lost."""
    lost_level: float = 0.0
    lost_topic: float = 0.0
    lost_thing: float = 0.0
    lost_weak: float = 0.0
    unread: float = 0.0
    """Pairs of characters that nothing knows."""
    residual: float = 0.0
    """Unknown words that narrow what is asked."""
    same_measure: float = 0.0
    """1 for the canonical measure that was asked for."""
    name_of_same: float = 0.0
    """The share of its name, character by character, that was said: it has many names."""
    name_said: float = 0.0
    """The same share for any other figure."""
    not_named: float = 0.0
    """1 where its name says nothing of what was asked."""
    no_measure: float = 0.0
    """1 where no canonical measure was asked for."""
    own_name: float = 0.0
    """1 where the question says a proper name of the figure (“本周我普法”)."""
    accepted: float = 0.0
    """1 for a measure that passes for the one asked for."""
    other_measure: float = 0.0
    """1 for any other, unless it stands in the sentence last spoken of."""
    other_state: float = 0.0
    """1 if it does not know what became of it, either: 败诉 asked, all cases printed."""
    other_noun: float = 0.0
    """1 if it does not know what is asked about."""
    long_tail: float = 0.0
    """1 for a figure of no canonical measure: few others say what it says."""
    goes_on: float = 0.0
    """1 where the question goes on about what was asked before."""
    measure_word: float = 0.0
    """1 for a measure word of its own that the question says: 支, 期."""
    in_focus: float = 0.0
    """1 for a figure of the sentence last spoken of."""
    other_unit: float = 0.0
    """1 where days were asked for and a percentage is printed."""
    fresh: float = 0.0
    """1 for a figure of what was spoken of whose name says what is newly said."""
    unheard_of: float = 0.0
    """Kinds of the noun that was asked for which no figure of any report knows."""
    special: float = 0.0
    """Kinds of what it counts that were asked for: 专职调解员, not 调解员."""
    other_name: float = 0.0
    """1 where a name in quotes was asked for that it does not carry."""


WEIGHTS = Signs(
    always=-4.1, evidence=0.19, named=0.02, lead=0.53, lost_state=-0.19, lost_level=-0.24,
    lost_topic=-0.31, lost_thing=-0.15, lost_weak=-0.1, unread=-0.24, residual=-0.34,
    same_measure=3.1, name_of_same=0.7, name_said=5.0, not_named=-1.7, no_measure=1.55,
    own_name=2.6, accepted=1.9, other_measure=-1.05, other_state=-2.5, other_noun=-1.2,
    long_tail=0.85, goes_on=0.5, measure_word=0.85, in_focus=0.5, other_unit=-0.85, fresh=3.5,
    unheard_of=-3.5, special=-0.8, other_name=-8.0,
)  # fmt: skip


def odds(signs: Signs) -> float:
    """The log of the odds that signs make."""
    total: float = sum(map(mul, WEIGHTS, signs))
    return total


def signs_of(
    ranked: Ranked,
    lead: float,
    frame: Frame,
    measures: tuple[Measure, ...],
    shares: Mapping[str, float],
    vocabulary: Vocabulary,
) -> Signs:
    """What speaks for and against one figure as the answer to a frame."""
    evidence, candidate = ranked.evidence, ranked.candidate
    profile = candidate.profile
    lost = _lost(ranked, frame, shares, vocabulary)
    known = profile.closure | candidate.context
    special = (c for c in frame.strong - known if (vocabulary.upward(c) - {c}) & profile.closure)
    bare = profile.family in _BARE or candidate.unit == ANY
    bare = bare and any(m.id == profile.intent for m in measures)
    fits = fits_unit(frame, candidate)
    return Signs(
        always=1.0,
        evidence=evidence.bits,
        named=evidence.named,
        lead=min(lead, FULL_LEAD),
        lost_state=lost.get(Sort.STATE, 0.0),
        lost_level=lost.get(Sort.LEVEL, 0.0),
        lost_topic=lost.get(Sort.TOPIC, 0.0),
        lost_thing=lost.get(Sort.THING, 0.0),
        lost_weak=lost.get(Sort.WEAK, 0.0),
        unread=evidence.unread,
        residual=len(frame.residual),
        long_tail=profile.intent is None,
        goes_on=bool(frame.hints),
        measure_word=candidate.unit in frame.measure_words,
        in_focus=candidate.around in frame.focus,
        other_unit=not (fits or bare or names_counted(frame, profile)),
        fresh=says_fresh(frame, candidate),
        unheard_of=_unheard_of(ranked, frame, measures, shares),
        special=sum(1 for _ in special),
        other_name=not names_all(frame, candidate),
        **_of_measures(ranked, frame, measures, vocabulary),
    )


def _unheard_of(
    ranked: Ranked, frame: Frame, measures: tuple[Measure, ...], shares: Mapping[str, float]
) -> int:
    """残疾人的 in 残疾人的法律援助, where all of it is printed; 1 for each such kind. What its
    measure may be worded with is none."""
    if carries_name(ranked.candidate, frame):
        return 0
    intent, missing = ranked.candidate.profile.intent, ranked.evidence.missing
    worded = {c for m in measures if m.id == intent for c in m.may}
    return sum(c in missing and not shares.get(c) for c in frame.kinds - worded)


def _lost(
    ranked: Ranked, frame: Frame, shares: Mapping[str, float], vocabulary: Vocabulary
) -> dict[Sort, float]:
    """The bits of what was asked and a figure does not know, by sort."""
    lost: dict[Sort, float] = {}
    share = _NAMED_LOSS if carries_name(ranked.candidate, frame) else 1.0
    for concept in ranked.evidence.missing:
        sort = vocabulary.sort(concept)
        lost[sort] = lost.get(sort, 0.0) + share * bits(shares.get(concept, 0.0))
    return lost


def _of_measures(
    ranked: Ranked, frame: Frame, measures: tuple[Measure, ...], vocabulary: Vocabulary
) -> dict[str, float]:
    """What it tells that the figure is of a canonical measure that was asked for, or of none."""
    candidate, profile = ranked.candidate, ranked.candidate.profile
    said = _share_of_name(profile, frame)
    if not any(_counts_like(m, frame) for m in measures):
        measures = ()  # 几家单位 asks for no 事项数
    if any(m.id == profile.intent for m in measures):
        return {"same_measure": 1.0, "name_of_same": said}
    told = {
        "name_said": said,
        "no_measure": float(not measures),
        "not_named": float(ranked.evidence.named <= 0),
    }
    if carries_name(candidate, frame):
        return told | {"own_name": 1.0}
    if is_like(frame, profile) or any(profile.intent in m.accepts for m in measures):
        return told | {"accepted": 1.0}
    if not measures or names_counted(frame, profile):
        return told
    unknown = {vocabulary.sort(c) for c in frame.strong - profile.closure}
    if candidate.around in frame.focus:
        return told | {"other_state": float(Sort.STATE in unknown)}
    return told | {
        "other_measure": 1.0,
        "other_state": float(Sort.STATE in unknown),
        "other_noun": float(not NOUNS.isdisjoint(unknown)),
    }


def _counts_like(measure: Measure, frame: Frame) -> bool:
    """True when people may ask for a measure in the units of the question."""
    exact = not frame.families or any(measure.counts_in(f) for f in frame.families)
    return exact or any(near_unit(frame, family, "") for family in measure.families)


def _share_of_name(profile: Profile, frame: Frame) -> float:
    """How much of the figure's name was said; an English or an elliptic question cannot say it."""
    if frame.hints or frame.text.isascii():
        return _USUAL_SHARE
    return share_said(profile.plain, pairs(frame.text))


def names_all(frame: Frame, candidate: Candidate) -> bool:
    """True when a figure's name or sentence holds what only its own figure may answer."""
    told = candidate.profile.plain + candidate.around
    return all(name in told for name in frame.quoted)


def carries_name(candidate: Candidate, frame: Frame) -> bool:
    """True when the question says a proper name of the figure (“本周我普法”)."""
    return any(name in frame.text for name in candidate.names)

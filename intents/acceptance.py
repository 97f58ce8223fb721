"""Is the best figure an answer, or only the nearest neighbour of one that no report gives?

Trust is the log of the odds (natural, 0 = one to one) that the figure is what is asked: what speaks
for it, what its own name says, how much of its name was said, how far it leads – less what was
asked and it does not know. The weights are those of a logistic regression over the questions of
tests/questions and over the same questions asked of places whose reports do not give the figure;
what too few of them show (a special kind, a name in quotes, what a dialogue goes on about) was set
by hand. What each threshold answers of both: benchmarks/trust.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intents.catalog import Measure
from intents.evidence import bits, in_unit, near_unit, pairs, share_said
from intents.models import Candidate, Frame, Profile, Ranked
from intents.vocabulary import NOUNS, Sort, Vocabulary, nouns_of

TRUSTED = 0.3
_RIVAL = 2.5
"""Bits: what falls further behind the best figure is no answer, even where that one is none."""
TIED = 0.25
"""Bits within which two figures are as good as one another."""
_FEW = 5
"""Of fewer figures a lead tells nothing; half of a full one is taken."""
_NOTHING = -4.1
"""Where nothing speaks for a figure and nothing against it."""
_BIT, _OWN_BIT = 0.19, 0.02
"""For each bit of the evidence, and once more for those that the figure's own name gives."""
_NOT_NAMED = 1.7
"""Against a figure of which the name says nothing of what was asked, unless its measure was."""
_LEAD, _LED = 3.75, 0.53
"""Bits of a full lead, a longer one says no more; for each of them."""
_LOST = {
    Sort.STATE: 0.19, Sort.LEVEL: 0.24, Sort.TOPIC: 0.31, Sort.THING: 0.15, Sort.WEAK: 0.1,
}  # fmt: skip
"""Of each bit of a concept that the figure does not know, beside what its evidence lost."""
_UNREAD, _RESIDUAL = 0.24, 0.34
"""Against each pair of characters, each unknown word that narrows, which neither knows."""
_SAME_MEASURE, _ACCEPTED_MEASURE = 3.1, 0.7
_OTHER_MEASURE = 1.05
"""A canonical measure was asked for, and the figure is none of it."""
_OTHER_STATE, _OTHER_NOUN = 2.5, 1.2
"""Nor does its name know what became of it (败诉 asked, all cases printed), or of what it is."""
_NO_MEASURE, _LONG_TAIL = 1.55, 0.85
"""None was asked for, and the figure is of none: few other figures say what it says."""
_OWN_NAME_SAID = 1.65
"""The question says a proper name of the figure (“本周我普法”)."""
_NAME_SAID, _NAME_OF_SAME = 5.0, 0.7
"""For the share of its name, character by character, that the question says (0 to 1); a canonical
measure has many names."""
_USUAL_SHARE = 0.35
"""What is said of it where an English question or one that goes on cannot say it."""
_GOES_ON = 0.5
"""For a question that goes on about what was asked before."""
_MEASURE_WORD = 0.85
"""For a measure word of its own that the question says: 支, 期."""
_IN_FOCUS = 0.5
"""The question goes on about the sentence of the figure."""
_OTHER_UNIT = 0.85
"""Days were asked for, and the figure is a percentage."""
_NARROWING = frozenset({Sort.STATE, Sort.LEVEL, Sort.ACT})
"""What became of a thing, which who goes on may ask for next."""
_SPECIAL = 0.8
"""A kind of what the figure counts was asked for: 专职调解员, not 调解员."""
_OTHER_NAME = 8.0
"""A name in quotes was asked for that the figure does not carry."""


def trusted(
    ranked: Sequence[Ranked],
    frame: Frame,
    measures: tuple[Measure, ...],
    shares: Mapping[str, float],
    vocabulary: Vocabulary,
    threshold: float = TRUSTED,
) -> list[Ranked]:
    """Those of the ranked figures that may answer the frame, in order (threshold: log odds)."""
    sound = [r for r in ranked if not r.cost.contradiction]
    best = sound[0].cost.doubt if sound else 0.0
    found = []
    for one in ranked:
        if one.candidate.id in frame.told and _asks_other(frame, one.candidate, vocabulary):
            continue
        exact = one.cost.unsaid == 0 and not _more_asked(frame, one)
        if exact and _names_all(frame, one.candidate):
            found.append(one)
        elif not one.cost.contradiction and one.cost.doubt - best < _RIVAL:
            lead = _lead(one, ranked, frame, measures)
            if trust(one, lead, frame, measures, shares, vocabulary) >= threshold:
                found.append(one)
    return found


def _asks_other(frame: Frame, told: Candidate, vocabulary: Vocabulary) -> bool:
    """True when who goes on counts otherwise, or names a thing that the figure just told is not."""
    said = [c.text for c in frame.clues]
    things = {c for c in said if vocabulary.sort(c) in _NARROWING} | nouns_of(said, vocabulary)
    return not in_unit(frame, told.profile.family) or not things <= told.profile.closure


def _lead(
    best: Ranked, ranked: Sequence[Ranked], frame: Frame, measures: tuple[Measure, ...]
) -> float:
    """Bits between a figure and the next that is another thing.

    The same figure of another year is no other thing, nor is another figure of the measure asked;
    what is as good is asked back and takes no lead away, and what does not carry a proper name
    that was said (狮慧办) is no rival of what does.
    """
    if len(ranked) < _FEW:
        return _LEAD / 2
    profile = best.candidate.profile
    wanted = {i for m in measures for i in (m.id, *m.accepts)}
    alike = wanted if profile.intent in wanted else set()
    named = _carries_name(best.candidate, frame)
    rivals = (
        r.cost.doubt - best.cost.doubt
        for r in ranked
        if r is not best
        and abs(r.cost.doubt - best.cost.doubt) >= TIED
        and not r.cost.contradiction
        and (not named or _carries_name(r.candidate, frame))
        and r.candidate.profile.metric != profile.metric
        and r.candidate.profile.intent not in alike
    )
    return next(rivals, _LEAD)


def trust(
    ranked: Ranked,
    lead: float,
    frame: Frame,
    measures: tuple[Measure, ...],
    shares: Mapping[str, float],
    vocabulary: Vocabulary,
) -> float:
    """How far a figure may be trusted to be what is asked: the log of the odds."""
    evidence, candidate = ranked.evidence, ranked.candidate
    profile = candidate.profile
    total = _NOTHING + _BIT * evidence.bits + _OWN_BIT * evidence.named + _LED * min(lead, _LEAD)
    for concept in evidence.missing:
        total -= _LOST.get(vocabulary.sort(concept), 0.0) * bits(shares.get(concept, 0.0))
    total -= _UNREAD * evidence.unread + _RESIDUAL * len(frame.residual)
    unnamed = evidence.named <= 0
    total += _of_measures(candidate, frame, measures, vocabulary, unnamed=unnamed)
    total += _GOES_ON * bool(frame.hints)
    total += _LONG_TAIL * (profile.intent is None)
    total += _MEASURE_WORD * (candidate.unit in frame.measure_words)
    known = profile.closure | candidate.context
    special = (c for c in frame.strong - known if (vocabulary.upward(c) - {c}) & profile.closure)
    total -= _SPECIAL * sum(1 for _ in special)
    total += _IN_FOCUS * (candidate.around in frame.focus)
    if not in_unit(frame, profile.family) and not near_unit(frame, profile.family, candidate.unit):
        total -= _OTHER_UNIT
    return total - _OTHER_NAME * (not _names_all(frame, candidate))


def _of_measures(
    candidate: Candidate,
    frame: Frame,
    measures: tuple[Measure, ...],
    vocabulary: Vocabulary,
    *,
    unnamed: bool,
) -> float:
    """What it tells that the figure is of a canonical measure that was asked for, or of none."""
    profile = candidate.profile
    said = _share_of_name(profile, frame)
    if any(m.id == profile.intent for m in measures):
        return _SAME_MEASURE + _NAME_OF_SAME * said
    told = _NAME_SAID * said + _NO_MEASURE * (not measures) - _NOT_NAMED * unnamed
    if _carries_name(candidate, frame):
        return told + _OWN_NAME_SAID
    if any(profile.intent in m.accepts for m in measures):
        return told + _ACCEPTED_MEASURE
    if not measures or candidate.around in frame.focus:
        return told
    unknown = {vocabulary.sort(c) for c in frame.strong - profile.closure}
    told -= _OTHER_STATE * (Sort.STATE in unknown) + _OTHER_NOUN * (not NOUNS.isdisjoint(unknown))
    return told - _OTHER_MEASURE


def _share_of_name(profile: Profile, frame: Frame) -> float:
    """How much of the figure's name was said; an English or an elliptic question cannot say it."""
    if frame.hints or frame.text.isascii():
        return _USUAL_SHARE
    return share_said(profile.plain, pairs(frame.text))


def _names_all(frame: Frame, candidate: Candidate) -> bool:
    """True when a figure's name or sentence holds what only its own figure may answer."""
    told = candidate.profile.plain + candidate.around
    return all(name in told for name in frame.quoted)


def _carries_name(candidate: Candidate, frame: Frame) -> bool:
    """True when the question says a proper name of the figure (“本周我普法”)."""
    return any(name in frame.text for name in candidate.names)


def _more_asked(frame: Frame, ranked: Ranked) -> bool:
    """True when behind the name of a figure its change, rank or rate is asked (纠错率排第几)."""
    profile = ranked.candidate.profile
    sides = ((Sort.GROWTH, "growth"), (Sort.RANK, "rank"))
    if any(side in frame.aspects and profile.kind != of for side, of in sides):
        return True
    return Sort.RATE in frame.aspects and profile.family not in ("ratio", "point")

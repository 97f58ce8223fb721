"""Is the best figure an answer, or only the nearest neighbour of one that no report gives?

Trust is counted in bits, like the evidence: what speaks for the figure, what its own name says, how
far it leads – less what was asked and it does not know. The weights began as those of
a logistic regression over right answers and over the same questions asked of places whose reports
do not give the figure; a few were then mended by hand on the labelled sets. What each threshold
answers of both: benchmarks/trust.py.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intents.catalog import Measure
from intents.evidence import bits, in_unit, near_unit
from intents.models import Candidate, Frame, Ranked
from intents.vocabulary import Sort, Vocabulary

TRUSTED = 8.0
_RIVAL = 2.5
"""Bits: what falls further behind the best figure is no answer, even where that one is none."""
_FEW = 5
"""Of fewer figures a lead tells nothing; half of a full one is taken."""
_LEAD, _LED = 3.75, 1.5
"""Of each bit of the lead; a lead longer than that says no more."""
_OWN_NAME = 0.26
_LOST = {
    Sort.STATE: 1.35, Sort.LEVEL: 1.1, Sort.TOPIC: 0.75, Sort.THING: 0.55, Sort.WEAK: 0.5,
    Sort.OFFICE: 0.5,
}  # fmt: skip
"""Of each bit of a concept that the figure does not know, beside what its evidence lost."""
_SAME_MEASURE, _ACCEPTED_MEASURE = 6.0, 2.5
_OTHER_MEASURE, _OTHER_EXACT = 11.0, 10.0
"""A canonical measure was asked for, and the figure is none of it."""
_OWN_NAME_SAID = 4.0
_IN_FOCUS = 3.0
"""The question goes on about the sentence of the figure."""
_OTHER_UNIT = 8.0
"""Days were asked for, and the figure is a percentage."""
_SPECIAL = 7.5
"""A kind of what the figure counts was asked for: 专职调解员, not 调解员."""
_OTHER_NAME = 20.0
"""A name in quotes was asked for that the figure does not carry."""


def trusted(
    ranked: Sequence[Ranked],
    frame: Frame,
    measures: tuple[Measure, ...],
    shares: Mapping[str, float],
    vocabulary: Vocabulary,
    threshold: float = TRUSTED,
) -> list[Ranked]:
    """Those of the ranked figures that may answer the frame, in their order (threshold: bits)."""
    sound = [r for r in ranked if not r.cost.contradiction]
    best = sound[0].cost.doubt if sound else 0.0
    found = []
    for one in ranked:
        if one.candidate.id in frame.told and not in_unit(frame, one.candidate.profile.family):
            continue
        exact = one.cost.unsaid == 0 and not _more_asked(frame, one)
        if exact and _names_all(frame, one.candidate):
            found.append(one)
        elif not one.cost.contradiction and one.cost.doubt - best < _RIVAL:
            lead = _lead(one, ranked, measures)
            if trust(one, lead, frame, measures, shares, vocabulary) >= threshold:
                found.append(one)
    return found


def _lead(best: Ranked, ranked: Sequence[Ranked], measures: tuple[Measure, ...]) -> float:
    """Bits between a figure and the next that is another thing.

    The same figure of another year is no other thing, nor is another figure of the measure asked.
    """
    if len(ranked) < _FEW:
        return _LEAD / 2
    profile = best.candidate.profile
    wanted = {i for m in measures for i in (m.id, *m.accepts)}
    alike = wanted if profile.intent in wanted else set()
    rivals = (
        r.cost.doubt - best.cost.doubt
        for r in ranked
        if r is not best
        and not r.cost.contradiction
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
    """How far a figure may be trusted to be what is asked, in bits."""
    evidence, candidate = ranked.evidence, ranked.candidate
    profile = candidate.profile
    total = evidence.bits + _OWN_NAME * evidence.named + _LED * min(lead, _LEAD)
    for concept in evidence.missing:
        total -= _LOST.get(vocabulary.sort(concept), 0.0) * bits(shares.get(concept, 0.0))
    if any(m.id == profile.intent for m in measures):
        total += _SAME_MEASURE
    elif _carries_name(candidate, frame):
        total += _OWN_NAME_SAID
    elif any(profile.intent in m.accepts for m in measures):
        total += _ACCEPTED_MEASURE
    elif measures and candidate.around not in frame.focus:
        exact = not evidence.missing and not evidence.narrower
        total -= _OTHER_EXACT if exact else _OTHER_MEASURE
    known = profile.closure | candidate.context
    special = (c for c in frame.strong - known if (vocabulary.upward(c) - {c}) & profile.closure)
    total -= _SPECIAL * sum(1 for _ in special)
    total += _IN_FOCUS * (candidate.around in frame.focus)
    if not in_unit(frame, profile.family) and not near_unit(frame, profile.family, candidate.unit):
        total -= _OTHER_UNIT
    return total - _OTHER_NAME * (not _names_all(frame, candidate))


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

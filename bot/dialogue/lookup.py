"""A frame at a place and year → Outcome; the same costs decide for measures and long tail."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.facts.query import Ambiguous, Found, Missing, Outcome, Reason
from bot.knowledge import Knowledge
from intents.catalog import Measure, is_firm
from intents.models import Candidate, Cost, Frame, Profile, Ranked
from intents.ranking import measures_of, rank
from intents.spelling import nearest_name
from intents.vocabulary import Sort

MAX_NEAREST = 3
_MAX_EQUAL = 6


@dataclass(frozen=True, slots=True)
class LookedUp:
    """An outcome with what it was decided by."""

    outcome: Outcome
    measures: tuple[Measure, ...]
    ranked: tuple[Ranked, ...]
    """The best candidates with their costs, for explain."""


def look_up(frame: Frame, code: str, year: int, knowledge: Knowledge) -> LookedUp:
    """The figures of one place and year that answer a frame.

    A frame without a noun of its own (审结多少) is first read with the nouns it hangs on.
    """
    candidates = knowledge.base.candidates(code, year)
    for reading in readings(frame, knowledge):
        looked = choose(reading, candidates, knowledge)
        if isinstance(looked.outcome, Found):
            return looked
    return choose(frame, candidates, knowledge)


_NOUNS = frozenset({Sort.TOPIC, Sort.THING})


def readings(frame: Frame, knowledge: Knowledge) -> list[Frame]:
    """The ways to read a frame, the fullest first."""
    sort = knowledge.tongue.vocabulary.sort
    if any(sort(c) in _NOUNS for c in frame.strong):
        if not frame.core or frame.core == frame.strong:
            return [frame]
        told = frame.hints | (frame.strong - frame.core)
        return [frame, replace(frame, strong=frame.core, hints=told)]
    nouns = frozenset(h for h in frame.hints if sort(h) in _NOUNS)
    if not nouns:
        return [frame]
    whole = knowledge.tongue.vocabulary.compose(frame.strong | nouns)
    return [replace(frame, strong=whole), frame]


def choose(frame: Frame, candidates: Iterable[Candidate], knowledge: Knowledge) -> LookedUp:
    """Rank candidates and decide: found, missing or ambiguous."""
    tongue = knowledge.tongue
    measures = measures_of(frame, tongue.catalog, tongue.vocabulary)
    ranked = rank(frame, candidates, measures, tongue.vocabulary)
    fit = [r for r in ranked if acceptable(r, frame, measures, knowledge)]
    outcome = _decide(fit or _children(ranked, measures, knowledge), ranked, frame)
    return LookedUp(outcome, measures, tuple(ranked[:_MAX_EQUAL]))


def _children(
    ranked: list[Ranked], measures: tuple[Measure, ...], knowledge: Knowledge
) -> list[Ranked]:
    """Of a measure that is not reported itself, its parts: they are asked back, all alike."""
    catalog = knowledge.tongue.catalog.measures
    ids = {m.id for m in measures}
    parts = [
        r
        for r in ranked
        if r.cost.contradiction == r.cost.unexplained == r.cost.unread == 0
        and (own := catalog.get(r.candidate.profile.intent or "")) is not None
        and own.parent in ids
    ]
    return [Ranked(parts[0].cost, r.candidate) for r in parts] if len(parts) > 1 else []


def _decide(fit: list[Ranked], ranked: list[Ranked], frame: Frame) -> Outcome:
    if not fit:
        near = tuple(r for r in ranked if _related(r.cost))[:MAX_NEAREST]
        close = [r for r in ranked if r.cost.unexplained == r.cost.unread == r.cost.indirect == 0]
        wrong_kind = bool(close) and all(r.cost.contradiction for r in close)
        return Missing(Reason.KIND_MISMATCH if wrong_kind and near else Reason.NOT_REPORTED, near)
    best = fit[0].cost
    equal = tuple(r for r in fit if r.cost == best)
    if len(equal) > 1:
        closest = nearest_name(frame.text, [r.candidate.profile.metric for r in equal])
        if closest is not None:
            return Found((equal[closest],))
        return Ambiguous(Reason.AMBIGUOUS_MEASURE, equal[:_MAX_EQUAL])
    return Found((fit[0],))


def _related(cost: Cost) -> bool:
    """Near enough to be offered as a related figure."""
    return cost.unexplained <= 1 and cost.unread == 0 and cost.contradiction <= 1


def acceptable(
    ranked: Ranked, frame: Frame, measures: tuple[Measure, ...], knowledge: Knowledge
) -> bool:
    """True when a figure is an answer and not just a neighbour."""
    cost, profile = ranked.cost, ranked.candidate.profile
    if cost.unsaid == 0 and not _more_asked(frame, profile):
        return True
    if cost.contradiction or cost.unexplained:
        return False
    named = cost.unnamed == cost.indirect == cost.topical == 0
    if any(m.id == profile.intent for m in measures) or named:
        return cost.unread == 0
    if cost.unread:
        return False
    if any(profile.intent in m.accepts for m in measures):
        return True
    if measures:
        # a canonical measure was asked for: a figure that is none of it must say just that
        exact = cost.indirect == cost.narrower == 0
        return exact and (cost.topical == 0 or _general(profile, frame, knowledge))
    return _names_it(ranked, frame, knowledge)


def _more_asked(frame: Frame, profile: Profile) -> bool:
    """True when behind the name of a figure its change or its rank is asked (纠错率排第几)."""
    sides = ((Sort.GROWTH, "growth"), (Sort.RANK, "rank"))
    return any(side in frame.aspects and profile.kind != kind for side, kind in sides)


def _general(profile: Profile, frame: Frame, knowledge: Knowledge) -> bool:
    """True when the figure's own measure is what was asked, less a topic that its sentence adds."""
    vocabulary = knowledge.tongue.vocabulary
    measure = knowledge.tongue.catalog.measures.get(profile.intent or "")
    asked = frozenset().union(*(vocabulary.upward(c) for c in frame.strong))
    return measure is not None and all(group & asked for group in measure.needs)


def _names_it(ranked: Ranked, frame: Frame, knowledge: Knowledge) -> bool:
    """True when the figure's own name says what is asked, and counts nothing narrower."""
    cost, profile = ranked.cost, ranked.candidate.profile
    vocabulary = knowledge.tongue.vocabulary
    direct = len(frame.strong) + len(frame.residual) - cost.indirect - cost.topical
    if direct <= 0:
        return False
    if not frame.residual and not any(is_firm(c, vocabulary) for c in frame.strong):
        # only acts: the name must say them all, in the unit asked for
        said = frame.strong <= profile.soft | profile.strong and cost.narrower == 0
        unit = profile.family in frame.families or (not frame.families and len(frame.strong) > 1)
        return said and unit
    asked = frozenset().union(*(vocabulary.upward(c) for c in frame.strong | frame.hints))
    if cost.narrower == 0 or (profile.head and profile.head <= asked):
        return True
    if ranked.candidate.part and cost.narrower == 1 and cost.indirect == 0:
        return True  # of a part only the whole was left unsaid
    kinds = frozenset().union(*(vocabulary.upward(c) for c in profile.head))
    return bool(kinds & asked) and len(frame.strong) > 1 and cost.indirect == 0

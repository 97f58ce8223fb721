"""Frame × figures → costs, compared in order: contradictions first, then lack of evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from intents.catalog import Catalog, Measure
from intents.counting import HEADS
from intents.evidence import Scales
from intents.fits import ANY
from intents.models import Candidate, Cost, Frame, Profile, Ranked
from intents.negation import load_denials
from intents.odds import FEW
from intents.vocabulary import Sort, Vocabulary

_RATIO = frozenset({"ratio", "point"})
_UNDONE = frozenset({"plan", "other"})
_RATIO_ASPECTS = frozenset({Sort.RATE, Sort.GROWTH})
_OTHERWISE = 2
_NO_COUNT = frozenset({"money", "time"})
_TIME = frozenset({"time"})
_VISITS = frozenset({"attendance"})
_PEOPLE = HEADS | frozenset({"none", "", "household", "case"})
_HEADS_OR_PIECES = HEADS | {"piece"}
_RESTRICTING = frozenset({Sort.TOPIC, Sort.THING, Sort.STATE, Sort.LEVEL})


def measures_of(frame: Frame, catalog: Catalog, vocabulary: Vocabulary) -> tuple[Measure, ...]:
    """The canonical measures a frame says, most specific first."""
    if not frame.strong:
        return ()
    named = catalog.named(frame.text)
    if named is not None and frame.strong & named.concepts:
        return (named,)
    every = catalog.fitting(frame.strong, vocabulary)
    fitting = [m for m in every if _asked_like(frame, m)]
    if not fitting and Sort.PEOPLE in frame.aspects:
        # 多少人申请了复议: where people are not counted, their cases are
        fitting = [m for m in every if m.counts_in("case")]
    if not fitting:
        return ()
    equal = [m for m in fitting if len(m.needs) == len(fitting[0].needs)]
    ordered = sorted(equal, key=lambda m: _unlike(frame, m))
    nearest = _unlike(frame, ordered[0])
    # 几项 asks for items: cases, counted otherwise, are another measure
    return tuple(m for m in ordered if nearest or _unlike(frame, m) < _OTHERWISE)


def _unlike(frame: Frame, measure: Measure) -> int:
    """0 for measures counted as the question counts, from `_OTHERWISE` on for those counted in
    another way; a plain question asks for a count first."""
    sides = ((Sort.GROWTH, "growth"), (Sort.RANK, "rank"))
    if any((side in frame.aspects) != (measure.kind == kind) for side, kind in sides):
        return 3
    if frame.families and not any(measure.counts_in(f) for f in frame.families):
        return _OTHERWISE
    return int(measure.families <= _RATIO and not _RATIO_ASPECTS & frame.aspects)


def _asked_like(frame: Frame, measure: Measure) -> bool:
    aspects = frame.aspects
    if Sort.GROWTH in aspects:
        return True  # the growth of this measure
    if Sort.RANK in aspects:
        return True
    if Sort.RATE in aspects:
        return bool(measure.families & _RATIO)
    if Sort.MONEY in aspects:
        return "money" in measure.families
    if frame.counted and measure.families <= _RATIO:
        return False
    if Sort.PEOPLE in aspects:
        return bool(measure.families & {"person", "attendance", "count"})
    return True


def rank(
    frame: Frame,
    candidates: Sequence[Candidate],
    measures: tuple[Measure, ...],
    shares: Mapping[str, float],
    vocabulary: Vocabulary,
    *,
    heard: bool = False,
) -> list[Ranked]:
    """The candidates that the question touches with their costs, the best first; all of them
    where it touches none. Equal costs keep the order given.

    *shares* says of each concept which share of all figures' names knows it (0 to 1).
    """
    scales = Scales(frame, candidates, measures, shares, vocabulary, heard=heard)
    touched = [c for c in candidates if scales.touches(c)]
    if len(touched) < FEW:  # a proper name that is misspelt may mean any figure that has one
        touched = [c for c in candidates if c.names or scales.touches(c)]
    touched = touched or list(candidates)
    said = frozenset().union(*(vocabulary.upward(c) for c in frame.strong))
    said |= frame.soft | frame.hints
    named = frozenset().union(*(c.profile.strong for c in touched)) - said
    question = _Question(
        frame,
        frozenset(c for c in frame.strong if _denies(c, vocabulary)),
        said,
        _restricting(named, said, vocabulary),
        {c: o for c in frame.strong | frame.soft if (o := vocabulary.opposites(c))},
        tuple((c, parts) for c in frame.strong if (parts := vocabulary.parts(c))),
        {m.id: m.concepts for m in measures},
        frozenset(m.id for m in measures if m.families & HEADS),
    )
    ranked = [_weighed(question, c, scales) for c in touched]
    return sorted(ranked, key=lambda r: r.cost)


@dataclass(frozen=True, slots=True)
class _Question:
    """A frame with what is the same for all figures."""

    frame: Frame
    denials: frozenset[str]
    """States that deny something: 不予受理. No figure that does not say so answers for them."""
    said: frozenset[str]
    """All that was said, wider concepts included."""
    restricting: frozenset[str]
    """Concepts that narrow what was asked."""
    opposites: Mapping[str, frozenset[str]]
    """Of what was said, where there are any."""
    compounds: tuple[tuple[str, frozenset[str]], ...]
    """What was said in one word and a figure may say in parts: 执法平台 by 执法 … 平台."""
    meant: Mapping[str | None, frozenset[str]]
    """The concepts of each measure that was asked for."""
    visits: frozenset[str | None]
    """The measures asked for that may count people, too."""


def _weighed(question: _Question, candidate: Candidate, scales: Scales) -> Ranked:
    """One figure as the answer to one frame."""
    frame, profile = question.frame, candidate.profile
    known, extra = profile.closure, profile.strong - question.said
    if profile.intent in question.meant:
        known |= question.meant[profile.intent]
        extra -= question.meant[profile.intent]
    left = frame.strong - known
    for concept, parts in question.compounds:
        if parts <= known:
            left -= {concept}
    narrower = tuple(sorted(extra & question.restricting)) if extra else ()
    beside = len(extra | (profile.soft - question.said)) - len(narrower)
    evidence = scales.weigh(candidate, narrower, beside)
    unsaid = int(not profile.plain or profile.plain not in frame.text)
    contradiction = _contradictions(question, candidate, left)
    part = int(candidate.part or profile.kind in _UNDONE) + _unasked(frame, profile)
    cost = Cost(unsaid, contradiction, -evidence.bits, part, frame.distance)
    return Ranked(cost, candidate, evidence)


def _denies(concept: str, vocabulary: Vocabulary) -> bool:
    return vocabulary.sort(concept) is Sort.STATE and concept.startswith(load_denials().before)


def _restricting(
    named: frozenset[str], said: frozenset[str], vocabulary: Vocabulary
) -> frozenset[str]:
    """Those concepts of the figures' names that narrow what was asked.

    企业调解组织 is no narrowing of 企业 + 调解组织: it says just both.
    """
    sides = _sides(vocabulary)
    return frozenset(c for c in named & sides.keys() if not sides[c] or not sides[c] <= said)


@lru_cache(maxsize=2)
def _sides(vocabulary: Vocabulary) -> dict[str, frozenset[str]]:
    """Every concept that can narrow another, with what it says side by side, if it does."""
    sides: dict[str, frozenset[str]] = {}
    for name, concept in vocabulary.concepts.items():
        if concept.sort in _RESTRICTING:
            broader = frozenset(concept.broader)
            apart = all(b not in vocabulary.upward(o) for b in broader for o in broader - {b})
            sides[name] = broader if len(broader) > 1 and apart else frozenset()
    return sides


def _contradictions(question: _Question, candidate: Candidate, left: frozenset[str]) -> int:
    frame, profile, opposed = question.frame, candidate.profile, 0
    family = "none" if candidate.unit == ANY else profile.family  # 15个 may be people
    visits = profile.intent in question.visits
    if question.opposites:
        said = left | (frame.soft - profile.soft - profile.closure)
        named = profile.strong | profile.soft
        opposed = sum(1 for c in said & question.opposites.keys() if question.opposites[c] & named)
    for ways in frame.denied:
        opposed += not any(w in profile.metric for w in ways)
    if question.denials:
        opposed += len(question.denials & left)
    return (
        opposed
        + (not frame.excluded.isdisjoint(profile.strong))
        + _kind_conflicts(
            frame.aspects, frame.families, family, profile.kind, frame.counted, visits
        )
    )


@lru_cache(maxsize=1 << 13)
def _kind_conflicts(
    aspects: frozenset[Sort],
    families: frozenset[str],
    family: str,
    kind: str,
    counted: bool,
    visits: bool,
) -> int:
    """*visits* is true for a figure of the measure asked where that may count people, too."""
    growth = kind == "growth"
    conflicts = int((Sort.GROWTH in aspects) != growth)
    conflicts += int((Sort.RANK in aspects) != (kind == "rank"))
    if growth or kind == "rank":
        return conflicts
    if Sort.RATE in aspects and family not in _RATIO:
        conflicts += 1
    if Sort.MONEY in aspects and family != "money":
        conflicts += 1
    # 多少人看过 and 多少人次看过, printed 20万次
    people = family in _PEOPLE or (family == "event" and (visits or families == _VISITS))
    people = people or (family == "piece" and families == _VISITS)  # 咨询多少人次, printed 300条
    if Sort.PEOPLE in aspects and not people:
        conflicts += 1
    if counted and family in _RATIO and Sort.RATE not in aspects:
        conflicts += 1
    if families == _TIME and family != "time":
        conflicts += 1  # 多久, not how many
    heads = bool(families & HEADS) and families <= _HEADS_OR_PIECES
    if heads and not people:
        conflicts += 1  # 多少个志愿者, printed 82场
    elif counted and family in _NO_COUNT and family not in families:
        conflicts += int(Sort.MONEY not in aspects)
    return conflicts


def _unasked(frame: Frame, profile: Profile) -> int:
    """A rate or a sum of money is second choice when neither was asked for."""
    if profile.family in _RATIO:
        return int(Sort.RATE not in frame.aspects)
    return int(profile.family == "money" and Sort.MONEY not in frame.aspects)

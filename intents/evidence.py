"""How much the words of a question speak for a figure, in bits.

A word that few figures know tells more than one that most know (rarity.py). What the figure's own
name says counts in full, what only its sentence or headings say in part, and what neither says
counts against it. The weights were found on the labelled sets of tests/questions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from intents.associations import heard_of
from intents.catalog import Measure
from intents.clues import weight_of
from intents.fits import ANY, TAIL, end_of, in_unit, is_like, names_counted, near_unit, says_fresh
from intents.models import Candidate, Clue, Evidence, Frame, Profile
from intents.rarity import bits, letters_met, worth_of_words
from intents.text import pairs
from intents.vocabulary import NOUNS, Sort, Vocabulary

_SURROUNDINGS = 0.39
"""What a sentence or a heading says, beside what the name says."""
_OF_PART = 0.0
"""The same of a whole, where only a part of it says so (其中商标纠纷): it tells nothing."""
_RECALLED = 0.5
"""What was spoken of before, not now."""
_NARROWER = 0.22
"""What the name says and nobody asked."""
_SAME_MEASURE, _ACCEPTED_MEASURE = 1.3, 1.2
_OTHER_UNIT, _NO_UNIT, _NEAR_UNIT = 6.5, 1.9, 1.95
_NAMED = 2.25
"""For a proper name of the figure (“本周我普法”) that the question says."""
_OTHER_YEAR = 1.5
"""Against a figure that the report prints of another year."""
_IN_FOCUS, _NEAR_FOCUS = 2.5, 1.0
"""For a figure of the sentence last spoken of; less where a topic is named anew."""
_FRESH = 3.0
"""For a figure whose name says what is newly said: 完成几项, after 多少条任务."""
_LIKE = 2.8
"""For a figure of the measure that was last told of another place."""
_TOLD, _TOLD_OTHERWISE = 4.0, 10.0
"""Against the figure just told, and where another unit is asked: 10家, then 多少条建议."""
_UNASKED = {
    "ratio": {Sort.RATE, Sort.GROWTH, Sort.RANK}, "point": {Sort.RATE, Sort.GROWTH, Sort.RANK},
    "money": {Sort.MONEY},
}  # fmt: skip
_UNASKED_SIDE = 1.0
"""A plain question asks for a count rather than for a rate or for money."""
_TARGET = 2.6
"""For a figure that counts the very noun behind 多少个, and against one that does not."""
_OTHER_TARGET = 5.5
_NO_ITEMS = frozenset({"organisation", "household", "person", "attendance"})
"""Who is counted so is no item: 几个项目, printed 10家."""
_TARGET_BEFORE = 2.0
_NOT_BEFORE = 1.0
"""For one that counts the noun before it, which is not always what is counted."""
_MEASURE_WORD = 0.65
"""Of each bit of a measure word that the question says and the figure prints: 支, 期, 册."""
_HEARD = 0.6
"""Of each bit by which people are known to ask for a measure in these words."""
_TOUCHED = 4.0
"""Bits by which they touch a figure that shares no word with the question."""
_UNSAID = 0.05
"""Against each pair of characters of the name that nobody said: the plainer name is meant."""
_BESIDE = 0.39
"""Of every further word of the name: of two figures that say the same the plainer one is meant."""


@lru_cache(maxsize=1 << 12)
def _pairs_of_name(name: str) -> frozenset[str]:
    return pairs(name)


def _worth_of_measures(measures: tuple[Measure, ...]) -> dict[str | None, float]:
    """What it tells that a figure is of a measure that was asked for, or of one it accepts."""
    worth: dict[str | None, float] = {}
    for measure in measures:
        for place, other in enumerate(measure.accepts):
            worth[other] = max(worth.get(other, 0.0), _ACCEPTED_MEASURE / (1 + place))
    return worth | {m.id: _SAME_MEASURE for m in measures}


def _recalled(frame: Frame, vocabulary: Vocabulary) -> list[Clue]:
    """What was spoken of before and is not said now."""
    said = {c.text for c in frame.clues}
    own = any(vocabulary.sort(c) in NOUNS for c in frame.strong)
    share = _RECALLED / 2 if own else _RECALLED
    left = sorted(frame.hints - said)
    return [Clue(h, share * weight_of(vocabulary.sort(h)), 0.0) for h in left]


def _claimed(
    concepts: frozenset[str], candidates: Sequence[Candidate]
) -> dict[str, frozenset[str]]:
    """The sentences in which only a part says a concept: it speaks for no whole beside it."""
    claimed: dict[str, set[str]] = {}
    for part in (c for c in candidates if c.part):
        for concept in concepts & part.profile.closure:
            claimed.setdefault(concept, set()).add(part.around)
    wholes = (c for c in candidates if not c.part and not c.profile.is_rate)
    for whole in wholes if claimed else ():
        for concept in claimed.keys() & whole.profile.closure:
            claimed[concept].discard(whole.around)
    return {concept: frozenset(around) for concept, around in claimed.items()}


class Scales:
    """Weighs figures against one frame; made for one list of candidates."""

    def __init__(
        self,
        frame: Frame,
        candidates: Sequence[Candidate],
        measures: tuple[Measure, ...],
        shares: Mapping[str, float],
        vocabulary: Vocabulary,
        *,
        heard: bool = False,
    ) -> None:
        self._frame = frame
        years = Counter(c.year for c in candidates)
        self._measure_words = worth_of_words(frame.measure_words, candidates)
        counts = frame.counts
        self._aims = bool(counts.strange or counts.behind or counts.before)
        self._goes_on = bool(frame.focus or frame.fresh or frame.told or frame.like)
        self._year = years.most_common(1)[0][0] if years else 0
        self._said = pairs(frame.text)
        self._heard, self._believed = heard_of(frame, candidates) if heard else ({}, {})
        self._shares = shares
        self._vocabulary = vocabulary
        self._clues = tuple(
            (c.text, c.weight * worth, c.weight * worth * c.missed)
            for c in (*frame.clues, *_recalled(frame, vocabulary))
            for worth in (self._bits(c.text),)
        )
        self._texts = frozenset(text for text, _, _ in self._clues)
        self._levels = frozenset(c for c in frame.strong if vocabulary.sort(c) is Sort.LEVEL)
        self._of_parts = _claimed(frozenset(c.text for c in frame.clues), candidates)
        self._of_measure: dict[str | None, frozenset[str]] = {
            m.id: frozenset().union(*m.needs) for m in measures
        }
        self._of_intent = _worth_of_measures(measures)
        self._counted_so = frozenset(m.id for m in measures if m.families & frame.families)
        self._of_unit: dict[tuple[str, str], float] = {}
        self._letters = tuple(letters_met(frame, candidates))
        self._named = {c.id for c in candidates for name in c.names if name in frame.text}
        self._lettered = frozenset().union(*(pair.known for pair in self._letters))

    def touches(self, candidate: Candidate) -> bool:
        """False for a figure of which the question says no word: nothing can speak for it."""
        texts, profile = self._texts, candidate.profile
        return (
            candidate.id in self._lettered
            or not texts.isdisjoint(candidate.context)
            or not texts.isdisjoint(profile.closure)
            or profile.intent in self._of_intent
            or candidate.id in self._named
            or self._heard.get(candidate.counts, 0.0) >= _TOUCHED
        )

    def _bits(self, concept: str) -> float:
        return bits(self._shares.get(concept, 0.0))

    def weigh(self, candidate: Candidate, narrower: tuple[str, ...], beside: int) -> Evidence:
        """The evidence for one figure; concepts of its name that nobody asked are *narrower* where
        they narrow what was asked; *beside* counts the others."""
        total, named, missing = self._of_concepts(candidate)
        name, around = candidate.profile.plain, candidate.around
        letters, unread = self._of_letters(name, around)
        total += letters
        for concept in narrower:
            total -= self._bits(concept) * _NARROWER
        total -= _BESIDE * beside
        total -= _UNSAID * len(_pairs_of_name(name) - self._said)
        if self._aims:
            total += self._target(candidate.profile)
        if candidate.year != self._year:
            total -= _OTHER_YEAR
        if self._goes_on:
            total += self._of_dialogue(candidate)
        if self._measure_words:
            total += _MEASURE_WORD * self._measure_words.get(candidate.unit, 0.0)
        if candidate.id in self._named:
            total += _NAMED
        unit = candidate.profile.family, candidate.unit
        if unit not in self._of_unit:
            self._of_unit[unit] = self._unit(*unit)
        total += self._of_intent.get(candidate.profile.intent, 0.0)
        other = self._of_unit[unit]
        heard = 0.0
        if self._heard and (other < _NEAR_UNIT or candidate.unit == ANY):
            heard = self._heard.get(candidate.counts, 0.0)
            total += _HEARD * self._believed.get(candidate.counts, heard)
        total -= min(other, _NEAR_UNIT) if self._may_count_so(candidate) else other
        return Evidence(round(total, 3), round(named, 3), unread, missing, narrower, heard)

    def _may_count_so(self, candidate: Candidate) -> bool:
        """True for 15个 of a measure that is counted as the question counts: 多少位."""
        return candidate.unit == ANY and candidate.profile.intent in self._counted_so

    def _of_concepts(self, candidate: Candidate) -> tuple[float, float, tuple[str, ...]]:
        """What the concepts say for a figure, for its name alone, and those it does not know."""
        total = named = 0.0
        missing: list[str] = []
        closure, context = candidate.profile.closure, candidate.context
        of_it = candidate.profile.intent in self._of_measure
        if of_it:
            closure = closure | self._of_measure[candidate.profile.intent]
        for concept, gain, loss in self._clues:
            if concept in closure:
                total += gain
                named += gain
            elif concept in context and not (
                concept in self._levels and self._has_level(candidate)
            ):
                theirs = not candidate.part and self._is_of_part(concept, candidate)
                total += gain * (_OF_PART if theirs else _SURROUNDINGS)
            elif loss and not (of_it and self._counted_in(concept, candidate.profile.family)):
                total -= loss
                missing.append(concept)
        return total, named, tuple(missing)

    def _counted_in(self, concept: str, family: str) -> bool:
        """True for 办件量 of a figure that is printed in 件."""
        return self._vocabulary.concepts[concept].family == family

    def _has_level(self, candidate: Candidate) -> bool:
        """True for a figure of a level of its own: 镇街 in its name is not the 村居 beside it."""
        sort = self._vocabulary.sort
        return any(sort(c) is Sort.LEVEL for c in candidate.profile.strong)

    def _is_of_part(self, concept: str, candidate: Candidate) -> bool:
        return candidate.around in self._of_parts.get(concept, ())

    def _of_dialogue(self, candidate: Candidate) -> float:
        """What it tells that a figure was told, stands beside one, or is named by a new word."""
        frame, total = self._frame, 0.0
        if candidate.around in frame.focus:
            total += _IN_FOCUS if frame.hints else _NEAR_FOCUS
        if frame.fresh:
            total += _FRESH * says_fresh(frame, candidate)
        if is_like(frame, candidate.profile):
            total += _LIKE
        if candidate.id in frame.told:
            total -= _TOLD if in_unit(frame, candidate.profile.family) else _TOLD_OTHERWISE
        return total

    def _of_letters(self, name: str, around: str) -> tuple[float, int]:
        """What the characters say for a figure, and how many unknown pairs it does not know."""
        total, unread = 0.0, 0
        for letters, inside, _, gain, unknown in self._letters:
            if letters in name:
                total += gain
            elif around in inside:
                total += gain * _SURROUNDINGS
            else:
                unread += unknown
        return total, unread

    def _target(self, profile: Profile) -> float:
        """The noun to be counted ends the name of the right figure: …的社区数量."""
        counts, tail = self._frame.counts, profile.plain[-TAIL:]
        if counts.strange and counts.strange in end_of(profile.plain):
            return _TARGET
        if not counts.behind:
            if not counts.before:
                return 0.0
            if counts.before in tail or not counts.nouns_before.isdisjoint(profile.head):
                return _TARGET_BEFORE
            return -self._not_so(counts.nouns_before, profile) if counts.nouns_before else 0.0
        if names_counted(self._frame, profile):
            return _TARGET
        return -_OTHER_TARGET if self._other_sort(counts.nouns, profile) else -_TARGET

    def _not_so(self, nouns: frozenset[str], profile: Profile) -> float:
        return _OTHER_TARGET if self._other_sort(nouns, profile) else _NOT_BEFORE

    def _other_sort(self, nouns: frozenset[str], profile: Profile) -> bool:
        """True where items are asked for (几个检查项目) and people or offices are counted."""
        sorts = {self._vocabulary.sort(c) for c in nouns} - {Sort.LIGHT}
        items = not self._frame.families or not self._frame.families <= _NO_ITEMS
        return sorts == {Sort.GENERIC} and items and profile.family in _NO_ITEMS

    def _unit(self, family: str, unit: str) -> float:
        unasked = family in _UNASKED and not _UNASKED[family] & self._frame.aspects
        if in_unit(self._frame, family):
            return _UNASKED_SIDE * unasked
        if not family:
            return _NO_UNIT
        return _NEAR_UNIT if near_unit(self._frame, family, unit) else _OTHER_UNIT

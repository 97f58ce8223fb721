"""The passages of a report that speak of what is asked, by the bits that their words are worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log2

from bot.facts.model import Passage, Report
from intents.models import Clue, Frame
from intents.rarity import bits
from intents.tagger import Tagger
from intents.text import normalise
from intents.vocabulary import Sort, Vocabulary

_HEADING = 0.4
"""What a heading says, beside what the passage says itself."""
_LETTERS = 2.5
"""Letters tell more of prose than of the short names of figures."""
_USUAL = 80
"""Characters of a usual sentence; a longer passage says much by mere length."""
ENOUGH = 3.5
"""Bits that make a passage an answer."""
_NEAR = 0.6
"""Passages this near to the best one answer, too."""
_SHORT = 60
"""Characters of a passage that hardly says more than a name."""
_THINGS = frozenset({Sort.TOPIC})
_PROSE = "。；，;,"


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage with what it says."""

    passage: Passage
    plain: str
    said: frozenset[str]
    """Its concepts, broader ones included."""
    headed: frozenset[str]
    """What the headings above it say, so too."""


@lru_cache(maxsize=64)
def _read_all(report: Report, vocabulary: Vocabulary) -> tuple[_Read, ...]:
    prose = (p for p in report.passages if any(mark in p.text for mark in _PROSE))
    return tuple(
        _Read(p, p.plain, _upward(p.said, vocabulary), _upward(p.headed, vocabulary)) for p in prose
    )


def said_in(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The concepts of a stretch of a report, broader ones included."""
    return _upward(Tagger.of(vocabulary).concepts_inside(normalise(text).plain), vocabulary)


def _upward(concepts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    return frozenset(up for c in concepts for up in vocabulary.upward(c))


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage and how much it speaks of what is asked."""

    passage: Passage
    plain: str
    """Its normalised text."""
    bits: float


def search(
    frames: Iterable[Frame],
    report: Report,
    vocabulary: Vocabulary,
    wanted: Sequence[Passage],
    marks: tuple[str, ...] = (),
) -> list[Hit]:
    """The *wanted* passages of a report, the best first; *marks* are words that one must hold."""
    reads = _read_all(report, vocabulary)
    concepts = {c.text: c for f in frames for c in f.clues}
    letters = {c.text: c for f in frames for c in f.letters}
    worth = _worth(concepts.values(), letters.values(), reads)
    allowed = {(p.start, p.end) for p in wanted}
    hits = [
        Hit(r.passage, r.plain, _score(r, worth))
        for r in reads
        if (r.passage.start, r.passage.end) in allowed
        and (not marks or any(m in r.passage.text for m in marks))
    ]
    return sorted(hits, key=lambda h: (-h.bits, h.passage.start))


def unspoken(frames: Iterable[Frame], report: Report, vocabulary: Vocabulary) -> float:
    """The bits of the topics and things of a question of which a report says nothing."""
    sure = {c.text: c for f in frames for c in f.clues if c.missed and c.text in f.strong}
    things = {c: clue for c, clue in sure.items() if vocabulary.sort(c) in _THINGS}
    if not things:
        return 0.0
    told = frozenset().union(*(r.said | r.headed for r in _read_all(report, vocabulary)))
    lost = (clue for c, clue in things.items() if vocabulary.upward(c).isdisjoint(told))
    return sum(clue.weight * bits(0.0) for clue in lost)


_Worth = tuple[tuple[tuple[str, float], ...], tuple[tuple[str, float], ...]]


def _worth(concepts: Iterable[Clue], letters: Iterable[Clue], reads: Sequence[_Read]) -> _Worth:
    size = max(1, len(reads))
    return (
        tuple((c.text, c.weight * bits(sum(c.text in r.said for r in reads) / size))
              for c in concepts),
        tuple((c.text, _LETTERS * c.weight * bits(sum(c.text in r.plain for r in reads) / size))
              for c in letters),
    )  # fmt: skip


def _score(read: _Read, worth: _Worth) -> float:
    concepts, letters = worth
    total = sum(w for c, w in concepts if c in read.said)
    total += _HEADING * sum(w for c, w in concepts if c in read.headed and c not in read.said)
    total += sum(w for pair, w in letters if pair in read.plain)
    return round(total / max(1.0, 1 + 0.2 * log2(len(read.plain) / _USUAL + 0.01)), 3)


def best(hits: Sequence[Hit]) -> list[Passage]:
    """The passages that answer: the best one, and those near it; none when none says enough."""
    if not hits or hits[0].bits < ENOUGH:
        return []
    return [h.passage for h in hits if h.bits >= _NEAR * hits[0].bits]


def with_sequel(passages: Sequence[Passage], report: Report) -> list[Passage]:
    """Passages with what follows a short one under the same heading: a name, then what it means."""
    found: list[Passage] = []
    every = report.passages
    for passage in passages:
        found += [passage] if passage not in found else []
        at = every.index(passage) + 1
        sequel = every[at] if at < len(every) else passage
        if len(passage.text) < _SHORT and sequel.heading == passage.heading:
            found += [sequel] if sequel not in found else []
    return found

"""What it tells to meet a word of a question in a figure: the fewer figures know it, the more.

Being rare is worth log2((1 + e) / (share + e)) bits (Shannon 1948), bounded by e.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import log2
from typing import NamedTuple

from intents.clues import UNKNOWN_LETTERS
from intents.models import Candidate, Frame

_FLOOR = 0.01


@lru_cache(maxsize=1 << 12)
def bits(share: float) -> float:
    """What it tells that a word known to this share of all figures (0 to 1) is there."""
    return log2((1 + _FLOOR) / (share + _FLOOR))


def worth_of_words(words: frozenset[str], candidates: Sequence[Candidate]) -> dict[str, float]:
    """What it tells that a figure is printed with a measure word that was said."""
    units = Counter(c.unit for c in candidates)
    return {word: bits(units[word] / max(1, len(candidates))) for word in words}


class Letters(NamedTuple):
    """A pair of characters of the question."""

    text: str
    around: frozenset[str]
    """The sentences and headings it stands in."""
    known: frozenset[str]
    """The figures it stands in the name of, or around."""
    gain: float
    """What it tells to meet it."""
    unknown: bool


def letters_met(frame: Frame, candidates: Sequence[Candidate]) -> Iterator[Letters]:
    """The characters of the question, looked for once in what surrounds many figures."""
    if not frame.letters:
        return
    names = [(c.id, c.profile.plain, c.around) for c in candidates]
    every = {around for _, _, around in names}
    for clue in frame.letters:
        text = clue.text
        inside = frozenset([around for around in every if text in around])
        known = frozenset([id_ for id_, name, a in names if a in inside or text in name])
        gain = clue.weight * bits(len(known) / max(1, len(candidates)))
        yield Letters(text, inside, known, gain, clue.weight == UNKNOWN_LETTERS)

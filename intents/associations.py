"""What people say when they ask for a measure: which words and characters go with which.

Learnt from labelled questions by `python -m benchmarks.associations`, written to associations.tsv:
a multinomial naive Bayes classifier whose weights are pointwise mutual information, in bits
(Manning, Raghavan, Schütze: Introduction to Information Retrieval, 13.2). It knows no place, year
or figure, only what is counted. It supports what the words of a figure say (evidence.py) and never
speaks against one: a measure that nobody has asked for yet is judged by its words alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import isfinite
from pathlib import Path
from types import MappingProxyType

from intents.errors import DataFileError
from intents.models import Candidate, Frame

ASSOCIATIONS_FILE = Path(__file__).with_name("associations.tsv")
FOREIGN = 1.0
"""Bits against a measure for each clue of the question that goes with others but not with it."""
FULL = 80.0
"""Bits; more say no more."""


def clues_said(frame: Frame) -> frozenset[str]:
    """The clues of what is asked: its concepts, pairs of characters and unit families."""
    return frozenset(c.text for c in (*frame.clues, *frame.letters)) | frame.families


class Associations:
    """Bits by clue and measure; immutable."""

    def __init__(self, bits: Mapping[str, Mapping[str, float]]) -> None:
        self._bits = MappingProxyType({clue: dict(of) for clue, of in bits.items()})
        self.measures = frozenset(measure for of in bits.values() for measure in of)
        """Those that people are known to have asked for."""

    def heard(self, clues: Iterable[str]) -> dict[str, float]:
        """What a question says for measures as they are written in `Candidate.counts`: from 0
        (left out) to `FULL` bits."""
        # in order, so that the sums are the same each time
        known = [of for clue in sorted(clues) if (of := self._bits.get(clue))]
        total: dict[str, float] = {}
        for of in known:
            for measure, bits in of.items():
                total[measure] = total.get(measure, 0.0) + bits + FOREIGN
        against = FOREIGN * len(known)
        return {m: min(b - against, FULL) for m, b in total.items() if b > against}


@lru_cache(maxsize=1)
def load_associations(path: Path = ASSOCIATIONS_FILE) -> Associations:
    """Read a table: on each line a clue, a measure and bits, parted by tabs; # begins a comment.

    DataFileError, with file and line, for what is no such line or stands there twice.
    """
    bits: dict[str, dict[str, float]] = {}
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        fields = line.split("\t")
        if len(fields) != 3 or not all(fields):
            raise DataFileError(path, n, "expected a clue, a measure and bits, parted by tabs")
        clue, measure, given = fields
        if measure in bits.setdefault(clue, {}):
            raise DataFileError(path, n, f"{clue} and {measure} stand here twice")
        bits[clue][measure] = _number(given, path, n)
    return Associations(bits)


def _number(given: str, path: Path, line: int) -> float:
    try:
        number = float(given)
    except ValueError:
        number = float("nan")
    if not (isfinite(number) and number > 0):
        raise DataFileError(path, line, f"{given}: bits are a number above 0")
    return number


def heard_of(
    frame: Frame, candidates: Sequence[Candidate]
) -> tuple[dict[str, float], dict[str, float]]:
    """Bits by which people are known to ask for what is counted, as in `Candidate.counts`, and
    those that are believed of what nobody is known to have asked for.

    That is as many as of the measure among the candidates that shares a concept with it, so that
    only their words tell them apart.
    """
    associations = load_associations()
    heard = associations.heard(clues_said(frame))
    near: dict[str, float] = {}
    for one in candidates if heard else ():
        for concept in one.profile.strong:
            near[concept] = max(near.get(concept, 0.0), heard.get(one.counts, 0.0))
    believed = {
        one.counts: max((near[c] for c in one.profile.strong), default=0.0)
        for one in candidates
        if heard and one.counts not in associations.measures
    }
    return heard, believed

"""What a sentence says there was none of: 败诉 in “办理行政诉讼13件，无败诉案件”."""

from __future__ import annotations

import re

from intents.negation import load_denials
from intents.tagger import Tagger
from intents.vocabulary import Sort, Vocabulary, WordKind

_CLAUSE = re.compile(r"[^，。；,;:：、（）()]+")
_BEFORE = 4
"""Characters that may stand before the denial in its clause: 全年均."""
_BEHIND = 10
"""Characters of what there was none of."""


def none_of(plain: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The states that a normalised text denies, one clause each; broader ones included."""
    denials = load_denials().none
    found: set[str] = set()
    for clause in _CLAUSE.finditer(plain):
        for denial in denials:
            at = clause[0].find(denial)
            rest = clause[0][at + len(denial) :]
            if 0 <= at <= _BEFORE and len(rest) <= _BEHIND:
                found |= said_in(rest, vocabulary)
                break
    return frozenset(c for c in found if vocabulary.sort(c) is Sort.STATE)


def said_in(plain: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The concepts of a normalised text, broader ones included."""
    tokens = Tagger.of(vocabulary).tag(plain)
    said = (c for t in tokens if t.kind is WordKind.CONCEPT for c in t.entry.concepts)
    return frozenset(up for c in said for up in vocabulary.upward(c))

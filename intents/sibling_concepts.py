"""二级, after 一级调解员: a word that takes the place of the first part of a concept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from intents.models import Frame
from intents.tagger import Token
from intents.vocabulary import Vocabulary, WordKind

_LEAST = 2
"""Characters of such a word, and of the part that stays."""


def sibling(word: str, concept: str, vocabulary: Vocabulary) -> str:
    """二级调解员, of 二级 and 一级调解员; "" if there is none."""
    if len(word) < _LEAST:
        return ""
    for cut in range(1, len(concept) - _LEAST + 1):
        entry = vocabulary.words.get(word + concept[cut:])
        if entry is not None and entry.kind is WordKind.CONCEPT and concept not in entry.concepts:
            return entry.concepts[0]
    return ""


def as_sibling(frame: Frame, concept: str, other: str) -> Frame:
    """A frame that asks for *other* in the place of *concept*."""
    clues = tuple(c._replace(text=other) if c.text == concept else c for c in frame.clues)
    strong = frame.strong - {concept} | {other}
    return replace(frame, strong=strong, core=frozenset(), clues=clues)


def turned_by(frame: Frame, tokens: Iterable[Token], vocabulary: Vocabulary) -> Frame:
    """What was named before, as an unknown word of the *tokens* that ask again turns it: 一级调解员
    几个，二级的几个."""
    said = [t.text for t in tokens if t.kind is WordKind.UNKNOWN]
    for concept in sorted(frame.strong):
        for other in (sibling(word, concept, vocabulary) for word in said):
            if other:
                return as_sibling(frame, concept, other)
    return frame

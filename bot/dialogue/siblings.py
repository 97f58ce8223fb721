"""二级呢, after 一级调解员: a word that takes the place of the first part of what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from intents.models import Frame, Question
from intents.vocabulary import Vocabulary, WordKind

_LEAST = 2
"""Characters of such a word, and of the part that stays."""


def with_sibling(before: Frame, question: Question, vocabulary: Vocabulary) -> Frame:
    """The frame asked before, with the concept that an unknown word turns one of it into."""
    said = list(_words(question))
    for concept in sorted(before.strong):
        for word in said:
            other = _sibling(word, concept, vocabulary)
            if other:
                clues = tuple(
                    c._replace(text=other) if c.text == concept else c for c in before.clues
                )
                strong = before.strong - {concept} | {other}
                return replace(before, strong=strong, core=frozenset(), clues=clues, quoted=())
    return before


def _words(question: Question) -> Iterator[str]:
    """The unknown words of a question, each also with the small word behind it: 省|内."""
    for token, behind in zip_longest(question.tokens, question.tokens[1:]):
        if token.kind is not WordKind.UNKNOWN:
            continue
        yield token.text
        if behind is not None and behind.kind is WordKind.NOISE and behind.start == token.end:
            yield token.text + behind.text


def _sibling(word: str, concept: str, vocabulary: Vocabulary) -> str:
    """二级调解员, of 二级 and 一级调解员; "" if there is none."""
    if len(word) < _LEAST:
        return ""
    for cut in range(1, len(concept) - _LEAST + 1):
        entry = vocabulary.words.get(word + concept[cut:])
        if entry is not None and entry.kind is WordKind.CONCEPT and concept not in entry.concepts:
            return entry.concepts[0]
    return ""

"""二级呢, after 一级调解员: a word that takes the place of the first part of what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest

from intents.models import Frame, Question
from intents.sibling_concepts import as_sibling, sibling
from intents.vocabulary import Vocabulary, WordKind


def with_sibling(before: Frame, question: Question, vocabulary: Vocabulary) -> Frame:
    """The frame asked before, with the concept that an unknown word turns one of it into."""
    said = list(_words(question))
    for concept in sorted(before.strong):
        for word in said:
            other = sibling(word, concept, vocabulary)
            if other:
                return replace(as_sibling(before, concept, other), quoted=())
    return before


def _words(question: Question) -> Iterator[str]:
    """The unknown words of a question, each also with the small word behind it: 省|内."""
    for token, behind in zip_longest(question.tokens, question.tokens[1:]):
        if token.kind is not WordKind.UNKNOWN:
            continue
        yield token.text
        if behind is not None and behind.kind is WordKind.NOISE and behind.start == token.end:
            yield token.text + behind.text

"""Text → tokens, spelt right, with phrases whose parts stand apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from intents.counting import UnitAsks
from intents.cues import load_cues
from intents.gapped import GappedPhrases
from intents.spelling import Speller
from intents.tagger import Lattice, Tagger, Token, free_of, respelt
from intents.vocabulary import Entry, Vocabulary, WordKind

_NOISE = Entry(WordKind.NOISE)
_Cover = Callable[[Iterable[Token]], tuple[Token, ...]]
"""Covers a text with words, some of which are given."""


class Tokeniser:
    """Cuts a text into words; immutable."""

    def __init__(self, vocabulary: Vocabulary, unit_asks: UnitAsks) -> None:
        self._unit_asks = unit_asks
        self._gapped = GappedPhrases(vocabulary)
        self._tagger = Tagger.of(vocabulary)
        self._speller = Speller(vocabulary)

    def tokens(self, lattice: Lattice, fixed: list[Token]) -> tuple[Token, ...]:
        """The words of a text, spelt right; *fixed* ones (places, years) are taken as they stand.

        Phrases whose parts stand apart are found also where one of the parts is misspelt.
        """
        return _as_results(self._spelt(lattice, fixed))

    def _spelt(self, lattice: Lattice, fixed: list[Token]) -> tuple[Token, ...]:
        text = lattice.text
        fixed = [*fixed, *self._apart(text, fixed, lattice.tokens)]
        fixed += free_of(self._unit_asks.merged(text), fixed)
        tokens = self._speller.mend(text, lattice.tokens(fixed))
        right = respelt(text, tokens)
        if right == text:
            return tokens
        parts = self._apart(right, fixed, partial(self._tagger.tag, right))
        if parts:
            slips = [_as_typed(p, text) for p in parts]
            return self._speller.mend(text, lattice.tokens([*fixed, *slips]))
        if not _leaves_rest(tokens):
            return tokens
        # 工做|室 as 工作室: what was mended makes a longer word with the rest beside it
        again = self._speller.mend(right, self._tagger.tag(right, fixed))
        better = _unknown(again) < _unknown(tokens)
        return tuple(_as_typed(t, text) for t in again) if better else tokens

    def _apart(self, text: str, fixed: list[Token], tag: _Cover) -> list[Token]:
        """The parts of phrases that stand apart, where nothing else is known to stand."""
        parts = self._gapped.find(text, lambda: tag(fixed))
        return parts if len(free_of(parts, fixed)) == len(parts) else []


def _as_results(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without what tells but the result of a verb nobody knows: 捏成了几个组 is no success."""
    return tuple(
        replace(t, entry=_NOISE) if before is not None and _is_result(before, t) else t
        for before, t in zip((None, *tokens), tokens, strict=False)
    )


def _is_result(before: Token, token: Token) -> bool:
    cues = load_cues()
    if token.text not in cues.results or before.end != token.start:
        return False
    verb = before.kind is WordKind.UNKNOWN and len(before.text) == 1
    return verb and before.text not in cues.succeeding


def _as_typed(token: Token, text: str) -> Token:
    """A token of the text as it should be spelt, with the characters that were typed."""
    typed = text[token.start : token.end]
    if typed == token.text:
        return token
    return replace(
        token, text=typed, distance=max(token.distance, 1), right=token.right or token.text
    )


def _unknown(tokens: Sequence[Token]) -> int:
    """How many characters no word covers."""
    return sum(len(t.text) for t in tokens if t.kind is WordKind.UNKNOWN)


def _leaves_rest(tokens: Sequence[Token]) -> bool:
    """True where something unknown stands right beside what was mended."""
    strange = [t for t in tokens if t.kind is WordKind.UNKNOWN]
    mended = [t for t in tokens if t.distance]
    return any(s.start == m.end or s.end == m.start for s in strange for m in mended)

"""Normalised text → tokens: the cheapest cover of the text by known words.

One automaton over all words, so the cost does not grow with the vocabulary. What no word covers is
an UNKNOWN token: proper names of reports, or misspellings (spelling.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from intents.automaton import Automaton
from intents.cues import load_cues
from intents.vocabulary import Entry, Vocabulary, WordKind

_UNKNOWN_COST = 10
_WORD_COST = 2
_SINGLE_COST = 5
"""A one-character word is dearer, so that it does not tear unknown words apart."""
_PARTED = 4
"""Only words this long are recognised with a 的 inside: 收的案 is no 收案."""
_ASCII_WORD = re.compile(r"[a-z0-9][a-z0-9'%+.-]*[a-z0-9%+]|[a-z0-9%]")
_BREAKS = frozenset(" ,，.。;；!！?？、:：\n()（）[]【】“”\"'‘’《》<>—-~～…·/\\|*#")


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the question with what it means."""

    start: int
    end: int
    text: str
    entry: Entry
    distance: int = 0
    """How far from its right spelling it was found (0 = exact)."""
    right: str = ""
    """The word it stands for, where it is misspelt."""
    kind: WordKind = field(init=False, compare=False, repr=False)
    """What the token does; kept, for it is asked far more often than a token is made."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "kind", self.entry.kind)


_Match = tuple[int, int, Entry]


class Tagger:
    """A compiled vocabulary; immutable after construction."""

    def __init__(self, words: Mapping[str, Entry]) -> None:
        self._automaton = Automaton(words.items())
        cues = load_cues()
        self._linking = cues.linking
        self._particles = frozenset((*cues.particles, *cues.linking))

    @staticmethod
    @lru_cache(maxsize=2)
    def of(vocabulary: Vocabulary) -> Tagger:
        """The tagger of a vocabulary; both never change, so it is made once."""
        return Tagger(vocabulary.words)

    def tag(self, text: str, fixed: Iterable[Token] = ()) -> tuple[Token, ...]:
        """Cover *text*; `fixed` tokens (places, years) are taken as they stand."""
        given = {token.start: token for token in fixed}
        blocked = {i for t in given.values() for i in range(t.start, t.end)}
        edges = _ascii_edges(text)
        matches: dict[int, list[tuple[int, Entry]]] = {}
        found = [*self._automaton.find(text), *self._parted(text)]
        for start, end, entry in self._clear_of(text, found):
            if blocked and not blocked.isdisjoint(range(start, end)):
                continue
            if _whole(text, start, end, edges):
                matches.setdefault(start, []).append((end, entry))
        return self._merge(text, self._cover(text, matches, given, edges), given)

    def _clear_of(self, text: str, found: Sequence[_Match]) -> Iterator[_Match]:
        """Without words over a particle that begin in a question word: 哪个地方的法律."""
        asking = {i for start, end, entry in found if entry.kind is WordKind.WHICH
                  for i in range(start + 1, end)}  # fmt: skip
        for start, end, entry in found:
            if start not in asking or not any(p in text[start:end] for p in self._linking):
                yield start, end, entry

    def _parted(self, text: str) -> Iterator[tuple[int, int, Entry]]:
        """Words with a particle inside: 上了云, 免费的律师."""
        kept = [i for i, char in enumerate(text) if char not in self._particles]
        if len(kept) == len(text):
            return
        for start, end, entry in self._automaton.find("".join(text[i] for i in kept)):
            first, behind = kept[start], kept[end - 1] + 1
            inside = text[first:behind]
            long = end - start >= _PARTED or not any(p in inside for p in self._linking)
            if len(inside) > end - start and long and entry.kind is WordKind.CONCEPT:
                yield first, behind, entry

    def inside(self, text: str) -> list[Token]:
        """Every known word of *text*, also those inside longer ones."""
        edges = _ascii_edges(text)
        return [
            Token(start, end, text[start:end], entry)
            for start, end, entry in self._automaton.find(text)
            if _whole(text, start, end, edges)
        ]

    def _cover(
        self,
        text: str,
        matches: dict[int, list[tuple[int, Entry]]],
        given: dict[int, Token],
        edges: dict[int, int],
    ) -> list[Token]:
        size = len(text)
        best: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        steps: list[tuple[int, Entry]] = [(0, _UNKNOWN)] * size
        for i in range(size - 1, -1, -1):
            if i in given:
                best[i] = best[given[i].end]
                continue
            end = edges.get(i, i + 1)
            known = text[i] in _BREAKS
            cost, length = best[end]
            best[i] = (cost + (0 if known else _UNKNOWN_COST), length)
            steps[i] = (end, _BREAK if known else _UNKNOWN)
            for stop, entry in matches.get(i, ()):
                price = _SINGLE_COST if stop - i == 1 else _WORD_COST
                rest = best[stop]
                # of equal covers the one with the longer first word
                option = (rest[0] + price, rest[1] - (stop - i) ** 2)
                if option < best[i]:
                    best[i] = option
                    steps[i] = (stop, entry)
        tokens, at = [], 0
        while at < size:
            end, entry = steps[at]
            token = given.get(at) or Token(at, end, text[at:end], entry)
            tokens.append(token)
            at = token.end
        return tokens

    def _merge(
        self, text: str, tokens: list[Token], given: Mapping[int, Token]
    ) -> tuple[Token, ...]:
        """Join neighbouring unknown characters to unknown words."""
        merged: list[Token] = []
        for n, token in enumerate(tokens):
            beside = tokens[n - 1 : n] + tokens[n + 1 : n + 2]
            if token.start not in given and _is_stray(token, beside):
                token = Token(token.start, token.end, token.text, _UNKNOWN)
            last = merged[-1] if merged else None
            if last and last.kind is token.kind is WordKind.UNKNOWN and last.end == token.start:
                merged[-1] = Token(last.start, token.end, text[last.start : token.end], _UNKNOWN)
            else:
                merged.append(token)
        return tuple(merged)


_UNKNOWN = Entry(WordKind.UNKNOWN)
_BREAK = Entry(WordKind.BREAK)


def _is_stray(token: Token, beside: list[Token]) -> bool:
    """True for a one-character word that is rather a part of an unknown one: 共 in 共享."""
    single = len(token.text) == 1 and token.kind is WordKind.CONCEPT
    touching = (t.end == token.start or token.end == t.start for t in beside
                if t.kind is WordKind.UNKNOWN and not t.text.isascii())  # fmt: skip
    return single and any(touching)


def _ascii_edges(text: str) -> dict[int, int]:
    """Start → end of each run of ASCII letters and digits."""
    return {m.start(): m.end() for m in _ASCII_WORD.finditer(text)}


def _whole(text: str, start: int, end: int, edges: dict[int, int]) -> bool:
    """False when an ASCII word would be cut (art in part)."""
    if text[start].isascii() and text[start].isalnum():
        before = text[start - 1] if start else " "
        if before.isascii() and before.isalnum():
            return False
    if text[end - 1].isascii() and text[end - 1].isalnum():
        after = text[end] if end < len(text) else " "
        if after.isascii() and after.isalnum():
            return False
    return True


def free_of(tokens: Iterable[Token], fixed: Iterable[Token]) -> list[Token]:
    """Those that stand where nothing else is known to stand."""
    taken = {i for t in fixed for i in range(t.start, t.end)}
    return [t for t in tokens if taken.isdisjoint(range(t.start, t.end))]


def respelt(text: str, tokens: Iterable[Token]) -> str:
    """The text as it should be spelt, where that is as long."""
    right = list(text)
    for token in tokens:
        if len(token.right) == token.end - token.start:
            right[token.start : token.end] = token.right
    return "".join(right)

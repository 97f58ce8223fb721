"""Normalised text → tokens: the cheapest cover of the text by known words.

One automaton over all words, so the cost does not grow with the vocabulary. What no word covers is
an UNKNOWN token: proper names of reports, or misspellings (spelling.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
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
_WORD = 2
"""Characters by which a word behind a particle is longer than what a parted one takes of it."""
_ASCII_WORD = re.compile(r"[a-z0-9][a-z0-9'%+.-]*[a-z0-9%+]|[a-z0-9%]")
_OPENING = frozenset("“‘「")
"""Quotes that may open inside a word: 合规“体检”."""
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


@dataclass(frozen=True, slots=True)
class Lattice:
    """All words with which a text may be covered."""

    text: str
    words: tuple[_Match, ...]
    edges: Mapping[int, int]
    """Start → end of each run of ASCII letters and digits, which is never cut."""

    def tokens(self, fixed: Iterable[Token] = ()) -> tuple[Token, ...]:
        """The cheapest cover; `fixed` tokens are taken as they stand."""
        given = {token.start: token for token in fixed}
        blocked = {i for t in given.values() for i in range(t.start, t.end)}
        matches: dict[int, list[tuple[int, Entry]]] = {}
        for start, end, entry in self.words:
            if not blocked or blocked.isdisjoint(range(start, end)):
                matches.setdefault(start, []).append((end, entry))
        return _merge(self._cover(matches, given), given)

    def _cover(
        self, matches: Mapping[int, list[tuple[int, Entry]]], given: Mapping[int, Token]
    ) -> list[Token]:
        text, edges, size = self.text, self.edges, len(self.text)
        best: list[tuple[int, int]] = [(0, 0)] * (size + 1)
        steps: list[tuple[int, Entry]] = [(0, _UNKNOWN)] * size
        for i in range(size - 1, -1, -1):
            if i in given:
                best[i] = best[given[i].end]
                continue
            end = edges.get(i, i + 1) if edges else i + 1
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


class Tagger:
    """A compiled vocabulary; immutable after construction."""

    def __init__(self, words: Mapping[str, Entry]) -> None:
        self._automaton = Automaton(words.items())
        cues = load_cues()
        self._linking = cues.linking
        self._particles = frozenset((*cues.particles, *cues.linking))
        self._inside = self._particles | _OPENING

    @staticmethod
    @lru_cache(maxsize=2)
    def of(vocabulary: Vocabulary) -> Tagger:
        """The tagger of a vocabulary; both never change, so it is made once."""
        return Tagger(vocabulary.words)

    def tag(self, text: str, fixed: Iterable[Token] = ()) -> tuple[Token, ...]:
        """Cover *text*; `fixed` tokens (places, years) are taken as they stand."""
        return self.lattice(text).tokens(fixed)

    def lattice(self, text: str) -> Lattice:
        """The known words of *text*, found once for all the ways to cover it."""
        edges = _ascii_edges(text)
        found = list(self._automaton.find(text))
        found += self._parted(text, found)
        words = self._clear_of(text, found)
        if edges:
            words = [w for w in words if _whole(text, w[0], w[1])]
        return Lattice(text, tuple(words), edges)

    def _clear_of(self, text: str, found: list[_Match]) -> list[_Match]:
        """Without words over a particle that begin in a question word: 哪个地方的法律."""
        asking = {i for start, end, entry in found if entry.kind is WordKind.WHICH
                  for i in range(start + 1, end)}  # fmt: skip
        if not asking:
            return found
        return [
            (start, end, entry) for start, end, entry in found
            if start not in asking or not any(p in text[start:end] for p in self._linking)
        ]  # fmt: skip

    def _parted(self, text: str, found: list[_Match]) -> Iterator[_Match]:
        """Words with a particle inside: 上了云, 免费的律师 – but not where what stands behind it
        begins a longer word: 公示的执法|单位."""
        kept = [i for i, char in enumerate(text) if char not in self._inside]
        if len(kept) == len(text):
            return
        for start, end, entry in self._automaton.find("".join(text[i] for i in kept)):
            first, behind = kept[start], kept[end - 1] + 1
            inside = text[first:behind]
            long = end - start >= _PARTED or not any(p in inside for p in self._linking)
            if len(inside) > end - start and long and entry.kind is WordKind.CONCEPT:
                after = first + max(n for n, c in enumerate(inside) if c in self._inside) + 1
                if not any(begin == after and stop - behind >= _WORD for begin, stop, _ in found):
                    yield first, behind, entry

    def inside(self, text: str) -> list[Token]:
        """Every known word of *text*, also those inside longer ones."""
        edges = _ascii_edges(text)
        return [
            Token(start, end, text[start:end], entry)
            for start, end, entry in self._automaton.find(text)
            if not edges or _whole(text, start, end)
        ]

    def concepts_inside(self, text: str) -> frozenset[str]:
        """The concepts of every known word of *text*, also of those inside longer ones."""
        words = (t for t in self.inside(text) if t.kind is WordKind.CONCEPT)
        return frozenset(c for t in words for c in t.entry.concepts)


_UNKNOWN = Entry(WordKind.UNKNOWN)
_BREAK = Entry(WordKind.BREAK)


def _merge(tokens: list[Token], given: Mapping[int, Token]) -> tuple[Token, ...]:
    """Join neighbouring unknown characters to unknown words."""
    merged: list[Token] = []
    for n, token in enumerate(tokens):
        single = len(token.text) == 1 and token.kind is WordKind.CONCEPT
        if single and token.start not in given and _is_stray(tokens, n):
            token = Token(token.start, token.end, token.text, _UNKNOWN)
        last = merged[-1] if merged else None
        if last and last.kind is token.kind is WordKind.UNKNOWN and last.end == token.start:
            merged[-1] = Token(last.start, token.end, last.text + token.text, _UNKNOWN)
        else:
            merged.append(token)
    return tuple(merged)


def _is_stray(tokens: list[Token], n: int) -> bool:
    """True for a one-character word that is rather a part of an unknown one: 共 in 共享."""
    token, beside = tokens[n], tokens[n - 1 : n] + tokens[n + 1 : n + 2]
    return any(
        t.end == token.start or token.end == t.start
        for t in beside
        if t.kind is WordKind.UNKNOWN and not t.text.isascii()
    )


def _ascii_edges(text: str) -> dict[int, int]:
    """Start → end of each run of ASCII letters and digits."""
    return {m.start(): m.end() for m in _ASCII_WORD.finditer(text)}


def _whole(text: str, start: int, end: int) -> bool:
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

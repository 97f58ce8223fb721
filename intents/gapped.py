"""Phrases with a gap: 手续…一次办 is a package of services, whatever stands between.

People who do not know the word for a thing tell what it does, in words that stand apart. The gaps
of a phrase are bounded and cross no end of a sentence; its parts are no pieces of longer words.
They stand in the order written, or in any (证明&承诺).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import permutations
from typing import NamedTuple

from intents.automaton import Automaton
from intents.cues import load_cues
from intents.tagger import Token
from intents.vocabulary import Entry, Gapped, Sort, Vocabulary, WordKind

_WIDEST = 12
"""Characters between two parts of a phrase."""
_WIDEST_ASCII = 30
"""The same in English."""
_COMMA = re.compile("[,，、]")
_CLAUSE_END = re.compile("[,，]")
_SENTENCE_END = re.compile("[。；;！!？?\n]")
_WHOLE = frozenset({WordKind.CONCEPT, WordKind.PLACE, WordKind.ASK})
_SAYING = frozenset({Sort.THING, Sort.TOPIC, Sort.STATE, Sort.ACT})
"""What a word of its own would ask for beside the phrase that it stands in."""
_DOINGS = frozenset({Sort.STATE, Sort.ACT})
_REST = Entry(WordKind.CONCEPT)
Span = tuple[int, int]


class _Part(NamedTuple):
    """Where a word belongs: the number of its phrase, and its place in it."""

    phrase: int
    place: int
    mark: int
    """A bit for the place; all bits of a phrase are set when all its places are filled."""


class GappedPhrases:
    """Finds them; immutable."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._phrases = vocabulary.gapped
        self._sort = vocabulary.sort
        self._linking = load_cues().linking
        parts: dict[str, list[_Part]] = {}
        for n, phrase in enumerate(self._phrases):
            for place, words in enumerate(phrase.parts):
                for word in words:
                    parts.setdefault(word, []).append(_Part(n, place, 1 << place))
        self._automaton = Automaton(parts.items())
        self._whole_of = [(1 << len(phrase.parts)) - 1 for phrase in self._phrases]

    def find(self, text: str, covered: Callable[[], Sequence[Token]]) -> list[Token]:
        """The first part of each phrase with its meaning; the others, which say no more.

        *covered* gives the tokens of the text as if there were no such phrases.
        """
        spans = [(start, end, parts) for start, end, parts in self._automaton.find(text)]
        if not any(True for _ in self._chains(text, spans)):
            return []
        tokens = covered()
        spans = [
            (*whole, parts)
            for start, end, parts in spans
            if (whole := self._whole(start, end, tokens)) is not None
        ]
        said = {c for t in tokens if t.kind is WordKind.CONCEPT for c in t.entry.concepts}
        found: list[Token] = []
        taken: set[int] = set()
        fuller: list[tuple[set[int], Entry | None]] = []
        for chain, phrase in sorted(self._chains(text, spans), key=lambda c: _fullest(text, c[0])):
            places = {i for start, end in chain for i in range(start, end)}
            if phrase.entry.kind is WordKind.CONCEPT and _inside_act(chain, tokens):
                continue  # 评上啥奖 asks for honours
            told = said.issuperset(phrase.entry.concepts)
            if told and not self._says_more(text, chain, phrase, tokens):
                # a phrase inside it is a piece of it: 申请 in 申请到
                fuller.append((places, phrase.entry if _parted(text, chain) else None))
            elif taken.isdisjoint(places) and not any(
                places <= inside and own != phrase.entry for inside, own in fuller
            ):
                taken |= places
                found += _tokens(text, chain, phrase)
        return found

    def _says_more(
        self, text: str, chain: Sequence[Span], phrase: Gapped, tokens: Sequence[Token]
    ) -> bool:
        """True where one part of a phrase is said by its own word already, and the others would be
        things of their own: 谁执法谁普法…责任清单."""
        own = phrase.entry.concepts
        inside = (t for t in tokens for s, e in chain if t.start < e and s < t.end)
        said = [t.entry.concepts for t in inside if t.kind is WordKind.CONCEPT]
        things = [s for s in said if any(self._sort(c) in _SAYING for c in s)]
        thing = any(self._sort(c) is Sort.THING for c in own)
        return thing and own in things and len(things) > 1 and not _parted(text, chain)

    def _whole(self, start: int, end: int, tokens: Sequence[Token]) -> Span | None:
        """The longer word whose noun a part is (道|手续).

        None for another piece (证 in 保证) and for what denies it or does more (不予公开).
        """
        for token in tokens:
            if token.kind is WordKind.PLACE and token.start < start < token.end < end:
                return None  # 余姚区|领导 names no 区领导
            longer = token.end - token.start > end - start
            if token.kind in _WHOLE and token.start <= start and end <= token.end and longer:
                if token.start == start and self._stands_apart(token, end):
                    continue
                states = any(self._sort(c) in _DOINGS for c in token.entry.concepts)
                ends = end == token.end and end - start > 1 and not states
                return (token.start, end) if ends else None
        return start, end

    def _stands_apart(self, token: Token, end: int) -> bool:
        """True for what ends before the particle inside a word: 检查 in 检查|的企业."""
        first = token.text[: end - token.start]
        inside, before = (any(link in t for link in self._linking) for t in (token.text, first))
        return inside and not before

    def _chains(
        self, text: str, spans: list[tuple[int, int, list[_Part]]]
    ) -> Iterator[tuple[tuple[Span, ...], Gapped]]:
        filled: dict[int, int] = {}
        for _, _, parts in spans:
            for number, _, mark in parts:
                filled[number] = filled.get(number, 0) | mark
        found: dict[int, list[list[Span]]] = {
            n: [[] for _ in self._phrases[n].parts]
            for n, marks in filled.items()
            if marks == self._whole_of[n]
        }
        for start, end, parts in spans if found else ():
            for number, place, _ in parts:
                if number in found:
                    found[number][place].append((start, end))
        for number, places in found.items():
            phrase = self._phrases[number]
            ways = [places] if phrase.in_order else permutations(places)
            rows = [row for way in ways for row in _rows(text, way)]
            if rows:
                yield rows[0] if phrase.in_order else min(rows, key=_loose), phrase


def _rows(text: str, places: Sequence[list[Span]]) -> Iterator[tuple[Span, ...]]:
    """Rows of one span of each part, one behind the other, by where they begin."""
    for first in places[0]:
        if row := _from(text, first, places[1:]):
            yield row


def _from(text: str, first: Span, places: Sequence[list[Span]]) -> tuple[Span, ...]:
    """The row that begins with a span: behind it the nearest of each part, the longest of these."""
    if not places:
        return (first,)
    end = first[1]
    widest = _WIDEST_ASCII if text[end - 1].isascii() else _WIDEST
    near = [s for s in places[0] if end <= s[0] <= end + widest]
    for span in sorted(near, key=lambda s: (s[0], -s[1])):
        if _SENTENCE_END.search(text, end, span[0]):
            break
        if rest := _from(text, span, places[1:]):
            return (first, *rest)
    return ()


def _loose(row: tuple[Span, ...]) -> tuple[int, int]:
    """The characters between the parts; where there are as many, the longer parts come first."""
    said = sum(end - start for start, end in row)
    return row[-1][1] - row[0][0] - said, -said


def _parted(text: str, chain: Sequence[Span]) -> bool:
    return _CLAUSE_END.search(text, chain[0][0], chain[-1][1]) is not None


def _inside_act(chain: Sequence[Span], tokens: Sequence[Token]) -> bool:
    """True where all parts of a phrase stand in one word that says what to do, or one of them is
    a piece of such a word: 新来 in 重新来."""
    start, end = chain[0][0], chain[-1][1]
    acts = [t for t in tokens if t.kind is WordKind.ACT]
    whole = any(t.start <= start and end <= t.end for t in acts)
    return whole or any(t.start < s and e <= t.end for t in acts for s, e in chain)


def _fullest(text: str, spans: tuple[Span, ...]) -> tuple[int, int, tuple[Span, ...]]:
    """The most characters first; of as many those that no comma parts."""
    parted = len(_COMMA.findall(text, spans[0][0], spans[-1][1]))
    return -sum(end - start for start, end in spans), parted, spans


def _tokens(text: str, spans: tuple[Span, ...], phrase: Gapped) -> Iterator[Token]:
    for n, (start, end) in enumerate(spans):
        yield Token(start, end, text[start:end], _REST if n else phrase.entry)

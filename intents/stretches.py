"""Stretches of a text that may be misspelt: where they begin and end, and what they may swallow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set

from intents.spelt import MAX_WORD
from intents.tagger import Token
from intents.text import is_han
from intents.vocabulary import WordKind

_SHORT = 2
_LONG = 4
"""Characters of the longest ordinary word that is looked for around an edge."""
_COUNTED = re.compile("[这那每几一两哪][件个次条份项家名位种场]")
"""Behind 这 a measure word begins no misspelling: 这件衣服."""
_DONE = re.compile(".[了过]")
"""A verb that may end the misspelt word before it (培寻了, 培寻过): the particle stands alone."""


def stretches(
    text: str, token: Token, tokens: list[Token], ordinary: Set[str]
) -> Iterator[tuple[int, int]]:
    """Where a misspelt word may stand that touches the unknown *token*, the longest first."""
    windows = _windows(text, token, tokens)
    split = _split_at(text, windows, ordinary)
    for start, end in windows:
        if _COUNTED.match(text, start - 1):
            continue
        if end - start == _SHORT and _tears(token, start, end):
            continue  # 专项检察, 专项里: a piece of a longer word is no word
        if start not in split and end not in split:  # not 向日葵|普法
            yield start, end


def _tears(token: Token, start: int, end: int) -> bool:
    """True for a stretch that begins or ends in the middle of a word and leaves the rest of it."""
    inside = token.start < start < token.end or token.start < end < token.end
    whole = token.start <= start and end <= token.end
    edge = start == token.start or end == token.end
    return inside and not (whole and edge)


def _split_at(text: str, windows: Iterable[tuple[int, int]], ordinary: Set[str]) -> set[int]:
    """The edges of windows on both sides of which an ordinary word of three or four characters
    stands."""
    edges = {edge for window in windows for edge in window}
    first, last = min(edges, default=0), max(edges, default=0)
    return {
        at
        for start in range(max(0, first - _LONG + 1), last)
        for end in (start + _LONG - 1, start + _LONG)
        if text[start:end] in ordinary
        for at in range(start + 1, end)
    } & edges


def fixed_at(tokens: list[Token]) -> set[int]:
    """Where nothing is mended: places, marks, and what was mended before."""
    return {
        i
        for t in tokens
        if t.kind in (WordKind.PLACE, WordKind.BREAK) or t.distance
        for i in range(t.start, t.end)
    }


def _windows(text: str, token: Token, tokens: list[Token]) -> list[tuple[int, int]]:
    """Stretches of two to eight characters that touch the unknown token, longest first."""
    fixed = fixed_at(tokens)
    edges = {t.start for t in tokens} | {t.end for t in tokens}
    edges |= {t.end - 1 for t in tokens if t.start == token.end and _DONE.fullmatch(t.text)}
    inside = set(range(token.start, token.end + 1))
    windows = []
    for start in range(max(0, token.start - 6), token.end):
        for end in range(max(start + 2, token.start + 1), min(len(text), start + MAX_WORD) + 1):
            free = not fixed & set(range(start, end))
            if free and start in edges | inside and end in edges | inside:
                windows.append((start, end))
    return sorted(windows, key=lambda w: (w[0] - w[1], w[0]))


def run(text: str, token: Token, fixed: set[int]) -> tuple[int, int]:
    """The Chinese characters around a token, as far as a word that touches it may reach."""
    start, end = token.start, token.end
    while start > token.start - MAX_WORD and is_han(text[start - 1 : start] or " "):
        if start - 1 in fixed:
            break
        start -= 1
    while end < token.end + MAX_WORD and is_han(text[end : end + 1] or " ") and end not in fixed:
        end += 1
    return start, end


def holds_word(tokens: list[Token], start: int, end: int) -> bool:
    """True when less than two characters of a window are unknown (法律援助|先)."""
    unknown = sum(
        min(t.end, end) - max(t.start, start)
        for t in tokens
        if t.kind is WordKind.UNKNOWN and t.start < end and start < t.end
    )
    return unknown < _SHORT


def keeps_words(tokens: list[Token], start: int, end: int, word: str) -> bool:
    """False when mending would swallow a known word that the mended word does not hold."""
    inside = [t for t in tokens if start <= t.start and t.end <= end]
    known = [t for t in inside if t.kind not in (WordKind.UNKNOWN, WordKind.NOISE)]
    if end - start <= _SHORT and (known or len(inside) > 1):
        return False
    asks = (t for t in known if t.kind is WordKind.ASK and len(t.text) == 1)
    slips = frozenset(asks)  # 随几, for 随机
    return all(t.text in word or t in slips for t in known)

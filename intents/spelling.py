"""Misspellings: homophones (行政复意, 石师市) and one wrong or missing character.

Only stretches that no known word covers are mended, and a mended word never outweighs a right one:
its distance is the last thing that costs are compared by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from intents.sounds import all_sounds, same_tones, soft, sounds_near, sounds_same, syllable
from intents.spelt import MAX_WORD, MIN_GAPPED, gap_index, soft_index, sound_index
from intents.tagger import Token
from intents.text import is_han
from intents.vocabulary import Entry, Vocabulary, WordKind

_MAX_RARE = 5
"""Only so many characters are tried with their rarer readings."""
_MAX_MENDS = 12
_SHORT = 2
_PARTICLES = "了的过着呢吗吧啊么"
_CLEAR = 12.0
"""So much nearer must a spelling be to break a tie."""
_ASKING = re.compile("多少|几[个件起家份条项次]")
"""A question word is never part of a misspelling."""
_PAIR = 2
_SMALL = frozenset({WordKind.NOISE, WordKind.UNKNOWN})
_LONG = 4
"""Characters that two right words may have and still sound like another one by accident."""
_NUMBERS = frozenset("一二两三几")
_COUNTED = re.compile("[这那每几一两哪][件个次条份项家名位种场]")
"""Behind 这 a measure word begins no misspelling: 这件衣服."""


def _is_likely(said: str, word: str) -> bool:
    """False for two others of which one is a number: 发一 is no slip for 法医."""
    if len(said) > _PAIR or len(word) != len(said) or any(map(str.__eq__, said, word)):
        return True
    return _NUMBERS.isdisjoint(said)


@lru_cache(maxsize=1 << 12)
def _other_sounds(said: str) -> tuple[tuple[str, ...], ...]:
    """The rarer ways to say a short stretch of three or more characters, after the usual one."""
    return tuple(all_sounds(said))[1:] if _SHORT < len(said) <= _MAX_RARE else ()


def _shares(said: str, word: str) -> bool:
    """True when a character other than a particle stands in both: 新曾了, 新增了."""
    return any(a == b and a not in _PARTICLES for a, b in zip(said, word, strict=False))


def nearest_name(said: str, names: list[str]) -> int | None:
    """Which of several equally good names is spelt clearly nearest to what was said, if any.

    Only ever used to break a tie between equal costs (rapidfuzz's ratio, 0 to 100).
    """
    scores = sorted(((fuzz.partial_ratio(said, n), -i) for i, n in enumerate(names)), reverse=True)
    clear = len(scores) > 1 and scores[0][0] - scores[1][0] >= _CLEAR
    return -scores[0][1] if clear else None


class Speller:
    """Finds the known word that a misspelling sounds or looks like."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    @property
    def _sounds(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        return sound_index(self._vocabulary)

    def _sounding(self, sounds: tuple[str, ...], said: str) -> str | None:
        """The word of these sounds that has most tones and characters of what was said."""
        words = self._sounds.get(sounds, ())
        return max(words, key=lambda w: same_tones(said, w), default=None)

    def mend(self, text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Replace misspelt stretches by the words they stand for."""
        mended = list(tokens)
        for _ in range(_MAX_MENDS):
            found = self._best(text, mended)
            if found is None:
                break
            start, end, word, distance = found
            mended = _spliced(text, mended, start, end, self._vocabulary.words[word], distance)
        return tuple(mended)

    def _best(self, text: str, tokens: list[Token]) -> tuple[int, int, str, int] | None:
        best: tuple[int, int, str, int] | None = None
        for token in tokens:
            if token.kind is not WordKind.UNKNOWN or not is_han(token.text):
                continue
            for start, end in _windows(text, token, tokens):
                if _COUNTED.match(text, start - 1):
                    continue
                if end - start == _PAIR and _tears(token, start, end):
                    continue  # 专项检察, 专项里: a piece of a longer word is no word
                hit = self._look_up(text[start:end])
                if hit is None:
                    continue
                wrong = hit[1] > 2 and len(hit[0]) == end - start
                if wrong and _holds_word(tokens, start, end):
                    continue
                if not _keeps_words(tokens, start, end, hit[0]):
                    continue
                better = best is None or (hit[1], start - end) < (best[3], best[0] - best[1])
                if better:
                    best = (start, end, *hit)
        of_words = self._of_small_words(text, tokens) or self._of_two_words(tokens)
        return best or of_words or self._across_words(text, tokens)

    def _of_small_words(self, text: str, tokens: list[Token]) -> tuple[int, int, str, int] | None:
        """和同 for 合同, 上匀 for 上云: two small words, or one and a character that means nothing,
        that together sound just like one that tells."""
        for one, other in pairwise(tokens):
            small = one.kind is WordKind.NOISE and other.kind in _SMALL and one.end == other.start
            if not small or len(one.text) + len(other.text) != _PAIR:
                continue
            said = one.text + other.text
            word = self._sounding((syllable(one.text), syllable(other.text)), said)
            if word is not None and sounds_same(said, word):
                return one.start, other.end, word, 1
        return None

    def _of_two_words(self, tokens: list[Token]) -> tuple[int, int, str, int] | None:
        """行政执法主题: two words that together sound just like one long word stand for it."""
        for one, other in pairwise(tokens):
            said = one.text + other.text
            told = one.kind is other.kind is WordKind.CONCEPT and one.end == other.start
            if not (told and is_han(said) and not one.distance + other.distance):
                continue
            word = self._sounding(tuple(map(syllable, said)), said) if len(said) > _LONG else None
            if word is not None and word != said and sum(map(str.__ne__, said, word)) <= _SHORT:
                return one.start, other.end, word, 1
        return None

    def _across_words(self, text: str, tokens: list[Token]) -> tuple[int, int, str, int] | None:
        """主动工开: so many characters that sound just like a word are that word, though other
        words (动工, 开的) begin or end inside."""
        solid = _solid(tokens)
        for token in tokens:
            if token.kind is not WordKind.UNKNOWN or not is_han(token.text):
                continue
            start, end = _run(text, token, solid)
            sounds = tuple(map(syllable, text[start:end]))
            for size in range(min(MAX_WORD, end - start), MIN_GAPPED - 1, -1):
                for at in range(max(start, token.start - size + 1), min(token.end, end - size + 1)):
                    word = self._sounding(
                        sounds[at - start : at - start + size], text[at : at + size]
                    )
                    if word is not None and word != text[at : at + size]:
                        return at, at + size, word, 1
        return None

    def _look_up(self, said: str) -> tuple[str, int] | None:
        """The word and the distance: 1 same sound, 2 nearly the same sound, 3 one character off."""
        known = said in self._vocabulary.words or said in self._vocabulary.ordinary
        if known or not is_han(said) or _ASKING.search(said):
            return None
        if len(said) == 2 and said[1] in _PARTICLES:
            return None
        sounds = tuple(syllable(c) for c in said)
        if (word := self._sounding(sounds, said)) is not None and _is_likely(said, word):
            return word, 1
        for way in _other_sounds(said):
            if (word := self._sounding(way, said)) is not None and _shares(said, word):
                return word, 1
        if len(said) > 2 and (word := soft_index(self._vocabulary).get(soft(sounds))) is not None:
            return word, 2
        return self._one_off(said)

    def _one_off(self, said: str) -> tuple[str, int] | None:
        """The word that has one character otherwise or one more, if any."""
        gapped = gap_index(self._vocabulary)
        for i in range(len(said)):
            word = gapped.get(said[:i] + "*" + said[i + 1 :]) if len(said) >= MIN_GAPPED else None
            if word is not None and (self._is_slip(said, i) or sounds_near(said[i], word[i])):
                return word, 3
        for i in range(1, len(said)):
            if len(said) >= MIN_GAPPED - 1 and (word := gapped.get(said[:i] + "*" + said[i:])):
                return word, 3
        return None

    def _is_slip(self, said: str, at: int) -> bool:
        """False where the wrong character makes another word: 政府门口 is no 政府门户."""
        if 0 < at < len(said) - 1:
            return True
        rest = said[1:] if at == 0 else said[:-1]
        if not any(part in self._vocabulary.words for part in _pieces(rest)):
            return False  # 上门来闹 is no 上门来查
        edge = said[:2] if at == 0 else said[-2:]
        return edge not in self._vocabulary.words and edge not in self._vocabulary.ordinary


def _tears(token: Token, start: int, end: int) -> bool:
    """True for a stretch that begins or ends in the middle of a word and leaves the rest of it."""
    inside = token.start < start < token.end or token.start < end < token.end
    whole = token.start <= start and end <= token.end
    edge = start == token.start or end == token.end
    return inside and not (whole and edge)


def _pieces(text: str) -> Iterator[str]:
    """Every stretch of two or more characters."""
    size = len(text)
    return (text[i:j] for i in range(size) for j in range(i + _PAIR, size + 1))


def _solid(tokens: list[Token]) -> set[int]:
    """Where nothing is mended: places, marks, and what was mended before."""
    return {
        i
        for t in tokens
        if t.kind in (WordKind.PLACE, WordKind.BREAK) or t.distance
        for i in range(t.start, t.end)
    }


def _windows(text: str, token: Token, tokens: list[Token]) -> list[tuple[int, int]]:
    """Stretches of two to eight characters that touch the unknown token, longest first."""
    solid = _solid(tokens)
    edges = {t.start for t in tokens} | {t.end for t in tokens}
    inside = set(range(token.start, token.end + 1))
    windows = []
    for start in range(max(0, token.start - 6), token.end):
        for end in range(max(start + 2, token.start + 1), min(len(text), start + MAX_WORD) + 1):
            free = not solid & set(range(start, end))
            if free and start in edges | inside and end in edges | inside:
                windows.append((start, end))
    return sorted(windows, key=lambda w: (w[0] - w[1], w[0]))


def _run(text: str, token: Token, solid: set[int]) -> tuple[int, int]:
    """The Chinese characters around a token, as far as a word that touches it may reach."""
    start, end = token.start, token.end
    while start > token.start - MAX_WORD and is_han(text[start - 1 : start] or " "):
        if start - 1 in solid:
            break
        start -= 1
    while end < token.end + MAX_WORD and is_han(text[end : end + 1] or " ") and end not in solid:
        end += 1
    return start, end


def _holds_word(tokens: list[Token], start: int, end: int) -> bool:
    """True when less than two characters of a window are unknown (法律援助|先)."""
    unknown = sum(
        min(t.end, end) - max(t.start, start)
        for t in tokens
        if t.kind is WordKind.UNKNOWN and t.start < end and start < t.end
    )
    return unknown < _SHORT


def _keeps_words(tokens: list[Token], start: int, end: int, word: str) -> bool:
    """False when mending would swallow a known word that the mended word does not hold."""
    inside = [t for t in tokens if start <= t.start and t.end <= end]
    known = [t for t in inside if t.kind not in (WordKind.UNKNOWN, WordKind.NOISE)]
    if end - start <= _SHORT and (known or len(inside) > 1):
        return False
    return all(t.text in word for t in known)


def _spliced(
    text: str, tokens: list[Token], start: int, end: int, entry: Entry, distance: int
) -> list[Token]:
    kept: list[Token] = []
    placed = False
    for token in tokens:
        if token.end <= start or token.start >= end:
            if token.start >= end and not placed:
                kept.append(Token(start, end, text[start:end], entry, distance))
                placed = True
            kept.append(token)
            continue
        if token.start < start:
            kept.append(Token(token.start, start, text[token.start : start], token.entry))
        if not placed:
            kept.append(Token(start, end, text[start:end], entry, distance))
            placed = True
        if token.end > end:
            kept.append(Token(end, token.end, text[end : token.end], token.entry))
    if not placed:
        kept.append(Token(start, end, text[start:end], entry, distance))
    return kept

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

from intents.shapes import load_shapes
from intents.sounds import all_sounds, same_tones, soft, sounds_near, sounds_same, syllable
from intents.spelt import MAX_WORD, MIN_GAPPED, gap_index, rare_index, soft_index, sound_index
from intents.stretches import fixed_at, holds_word, keeps_words, run, stretches
from intents.tagger import Token
from intents.text import is_han
from intents.vocabulary import Entry, Vocabulary, WordKind

_MAX_RARE = 5
"""Only so many characters are tried with their rarer readings."""
_MAX_MENDS = 12
_SHORT = 2
_PARTICLES = "了的过着呢吗吧啊么"
_LINK = "的"
"""Typed for no other character: 地方的法 is no slip for 地方立法."""
_CLEAR = 12.0
"""So much nearer must a spelling be to break a tie."""
_ASKING = re.compile("多少|几[个件起家份条项次]")
"""A question word is never part of a misspelling."""
_PAIR = 2
_PARTICLE = Entry(WordKind.NOISE)
_SMALL = frozenset({WordKind.NOISE, WordKind.UNKNOWN})
_LONG = 4
"""Characters that two right words may have and still sound like another one by accident."""
_NUMBERS = frozenset("一二两三几")


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
        self._sounds = sound_index(vocabulary)
        self._rarer = rare_index(vocabulary)
        self._softer = soft_index(vocabulary)
        self._gapped = gap_index(vocabulary)
        self._shapes = load_shapes()

    def _sounding(self, sounds: tuple[str, ...], said: str) -> str | None:
        """The word of these sounds that has most tones and characters of what was said."""
        words = self._sounds.get(sounds)
        return max(words, key=lambda w: same_tones(said, w)) if words else None

    def mend(self, text: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """Replace misspelt stretches by the words they stand for."""
        mended = list(tokens)
        looked: dict[str, tuple[str, int] | None] = {}
        for _ in range(_MAX_MENDS):
            found = self._best(text, mended, looked)
            if found is None:
                break
            start, end, word, distance = found
            entry = self._vocabulary.words[word]
            mended = _spliced(
                text, mended, Token(start, end, text[start:end], entry, distance, word)
            )
        return tuple(mended)

    def _best(
        self, text: str, tokens: list[Token], looked: dict[str, tuple[str, int] | None]
    ) -> tuple[int, int, str, int] | None:
        """The likeliest mend; what was *looked* up for one stays known for the next."""
        best: tuple[int, int, str, int] | None = None
        for token in tokens:
            if token.kind is not WordKind.UNKNOWN or not is_han(token.text):
                continue
            for start, end in stretches(text, token, tokens, self._vocabulary.ordinary):
                said = text[start:end]
                hit = looked[said] if said in looked else self._look_up(said)
                looked[said] = hit
                if hit is None and said == token.text:
                    hit = self._rare(said)
                if hit is None:
                    continue
                whole = len(hit[0]) == end - start or end - start > _LONG
                if hit[1] > 2 and whole and holds_word(tokens, start, end):
                    continue
                if not keeps_words(tokens, start, end, hit[0]):
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
            small = one.kind in _SMALL and other.kind in _SMALL and one.end == other.start
            if not small or len(one.text) + len(other.text) != _PAIR:
                continue
            if other.text in _PARTICLES:
                continue  # 麻烦你了
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
        fixed = fixed_at(tokens)
        for token in tokens:
            if token.kind is not WordKind.UNKNOWN or not is_han(token.text):
                continue
            start, end = run(text, token, fixed)
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
        """The word and its distance: 1 same sound or look, 2 nearly that sound, 3 a letter off."""
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
        if len(said) > 2 and (word := self._softer.get(soft(sounds))) is not None:
            return word, 2
        return self._looking_like(said) or self._one_off(said)

    def _rare(self, said: str) -> tuple[str, int] | None:
        """条解 for 调解: the word of two characters that has one of them, and its rarer sound."""
        rare = len(said) == _PAIR and said not in self._vocabulary.ordinary
        word = self._rarer.get(tuple(map(syllable, said))) if rare else None
        return (word, 1) if word is not None and _shares(said, word) else None

    def _looking_like(self, said: str) -> tuple[str, int] | None:
        """The word that has another character of the same look."""
        words, shapes = self._vocabulary.words, self._shapes
        for i, char in enumerate(said):
            for other in shapes.get(char, ""):
                if (word := said[:i] + other + said[i + 1 :]) in words:
                    return word, 1
        return None

    def _one_off(self, said: str) -> tuple[str, int] | None:
        """The word that has one character otherwise or one more, if any."""
        gapped = self._gapped
        for i in range(len(said)):
            long = len(said) >= MIN_GAPPED and said[i] != _LINK
            word = gapped.get(said[:i] + "*" + said[i + 1 :]) if long else None
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


def _pieces(text: str) -> Iterator[str]:
    """Every stretch of two or more characters."""
    size = len(text)
    return (text[i:j] for i in range(size) for j in range(i + _PAIR, size + 1))


def _spliced(text: str, tokens: list[Token], right: Token) -> list[Token]:
    """The tokens with the mended one in the place of what it covers."""
    start, end = right.start, right.end
    kept: list[Token] = []
    placed = False
    for token in tokens:
        if token.end <= start or token.start >= end:
            if token.start >= end and not placed:
                kept.append(right)
                placed = True
            kept.append(token)
            continue
        if token.start < start:
            kept.append(Token(token.start, start, text[token.start : start], token.entry))
        if not placed:
            kept.append(right)
            placed = True
        if token.end > end:
            rest = _PARTICLE if text[end : token.end] in _PARTICLES else token.entry
            kept.append(Token(end, token.end, text[end : token.end], rest))
    return kept if placed else [*kept, right]

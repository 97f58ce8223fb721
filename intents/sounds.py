"""How characters sound: syllables without tones, and what dialects take for one another."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product

_USUAL = 2
"""Readings of a character that people confuse it by."""
_MAX_SOUNDS = 8
_SOFTENED = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ang", "an"), ("eng", "en"), ("ing", "in"))


@cache
def _readings() -> dict[int, str]:
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # characters suffice; halves the import
    from pypinyin.constants import PINYIN_DICT

    readings: dict[int, str] = PINYIN_DICT
    return readings


_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")


@lru_cache(maxsize=20_000)
def syllable(char: str) -> str:
    """The toneless first reading of a character, or the character itself."""
    return toned(char).translate(_TONES)


def toned(char: str) -> str:
    """The first reading of a character with its tone, or the character itself."""
    return _readings().get(ord(char), char).split(",")[0]


@lru_cache(maxsize=20_000)
def _syllables(char: str) -> tuple[str, ...]:
    """The two most usual toneless readings of a character (调: diao, tiao), or itself."""
    said = _readings().get(ord(char), char).split(",")[:_USUAL]
    return tuple(dict.fromkeys(s.translate(_TONES) for s in said))


def all_sounds(word: str) -> Iterator[tuple[str, ...]]:
    """All ways to say a word, the usual one first; at most eight."""
    return islice(product(*map(_syllables, word)), _MAX_SOUNDS)


def soft(syllables: tuple[str, ...]) -> tuple[str, ...]:
    """Without the differences that many dialects do not make (zh/z, ang/an)."""
    return tuple(map(_softened, syllables))


@lru_cache(maxsize=2_000)
def _softened(one: str) -> str:
    for hard, easy in _SOFTENED:
        if one.startswith(hard) or (len(hard) == 3 and one.endswith(hard)):
            one = one.replace(hard, easy)
    return one


def sounds_near(one: str, other: str) -> bool:
    """True when two syllables begin or end alike: 食品 is no slip for 产品."""
    a, b = syllable(one), syllable(other)
    return a[0] == b[0] or a[-2:] == b[-2:]


def sounds_same(said: str, word: str) -> bool:
    return said != word and all(map(str.__eq__, map(toned, said), map(toned, word)))


def same_tones(said: str, word: str) -> int:
    """How many characters sound alike, tone and all; those that are the same count twice."""
    return sum((toned(a) == toned(b)) + (a == b) for a, b in zip(said, word, strict=False))

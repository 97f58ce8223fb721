"""The words that a misspelling may stand for, by how they sound and how they look."""

from __future__ import annotations

from functools import lru_cache

from intents.sounds import all_sounds, soft, syllable
from intents.text import is_han
from intents.vocabulary import ASPECTS, Entry, Vocabulary, WordKind

MAX_WORD = 8
"""Characters of the longest word that is mended."""
MIN_GAPPED = 4
"""A word this long is recognised with one character wrong or missing."""
_SHORT = 2
_LONG_ACT = 3
_ASKING = frozenset("哪什啥么咋谁几")
_DENYING = ("不", "没", "未", "无", "非")
"""Words that deny are never guessed, nor words for a side such as 人数."""


@lru_cache(maxsize=1)
def _mendable(vocabulary: Vocabulary) -> tuple[str, ...]:
    return tuple(
        word
        for word, entry in vocabulary.words.items()
        if 2 <= len(word) <= MAX_WORD
        and (entry.kind is WordKind.CONCEPT or _is_long_act(word, entry))
        and is_han(word)
        and not (word.startswith(_DENYING) and len(word) <= MIN_GAPPED)
        and (entry.kind is WordKind.ACT or not _only_aspects(entry, vocabulary))
    )


def _only_aspects(entry: Entry, vocabulary: Vocabulary) -> bool:
    return all(vocabulary.sort(c) in ASPECTS for c in entry.concepts)


def _is_long_act(word: str, entry: Entry) -> bool:
    """索引号 and 发布机构 are long enough to be known by their sound; 怎么办 and 有哪些 are not."""
    if entry.kind is not WordKind.ACT:
        return False
    return len(word) >= (_LONG_ACT if _ASKING.isdisjoint(word) else MIN_GAPPED)


@lru_cache(maxsize=4)
def sound_index(vocabulary: Vocabulary) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Words by their sounds, in their order; those that only a rarer reading gives stand behind."""
    words = _mendable(vocabulary)
    index: dict[tuple[str, ...], tuple[str, ...]] = {}
    for word in words:
        sounds = tuple(syllable(c) for c in word)
        index[sounds] = (*index.get(sounds, ()), word)
    rarer: dict[tuple[str, ...], tuple[str, ...]] = {}
    for word in (w for w in words if len(w) > _SHORT):
        for sounds in all_sounds(word):
            if sounds not in index:
                rarer[sounds] = (*rarer.get(sounds, ()), word)
    return rarer | index


@lru_cache(maxsize=4)
def rare_index(vocabulary: Vocabulary) -> dict[tuple[str, ...], str]:
    """Words of two characters by sounds that only a rarer reading gives: 调 of 调解."""
    pairs = [word for word in _mendable(vocabulary) if len(word) == _SHORT]
    usual = {tuple(map(syllable, word)) for word in pairs}
    rarer = ((sounds, word) for word in reversed(pairs) for sounds in all_sounds(word))
    return {sounds: word for sounds, word in rarer if sounds not in usual}


@lru_cache(maxsize=4)
def soft_index(vocabulary: Vocabulary) -> dict[tuple[str, ...], str]:
    """Concept words of three and more characters by sounds people mix up: n and l, s and sh."""
    return {
        soft(tuple(syllable(c) for c in word)): word
        for word in reversed(_mendable(vocabulary))
        if len(word) > 2 and vocabulary.words[word].kind is WordKind.CONCEPT
    }


@lru_cache(maxsize=4)
def gap_index(vocabulary: Vocabulary) -> dict[str, str]:
    """Long concept words by what is left of them with one character open, written as `*`."""
    index: dict[str, str] = {}
    for word in _mendable(vocabulary):
        if len(word) >= MIN_GAPPED and vocabulary.words[word].kind is WordKind.CONCEPT:
            for i in range(len(word)):
                index.setdefault(word[:i] + "*" + word[i + 1 :], word)
    return index

"""Words of a phrase: what is a verb, what only helps, what says something.

A greedy longest-first reading with the lists of reports.yaml; stretches in no list are content.
Quotations and titles (“…”, 《…》) are one token each.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import lru_cache

from bot.ingest.sentences import depths
from bot.ingest.wording import Wording


class Tag(IntEnum):
    """What a word does in the name of a measure."""

    VERB = auto()
    NOUN_VERB = auto()
    ATTRIBUTE = auto()
    VAGUE = auto()
    DOMAIN = auto()
    HELPER = auto()
    RATE = auto()
    DEED = auto()
    QUOTED = auto()
    CONTENT = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a phrase."""

    text: str
    start: int
    tags: frozenset[Tag]

    @property
    def end(self) -> int:
        """Where it ends in the phrase."""
        return self.start + len(self.text)

    def is_(self, *tags: Tag) -> bool:
        """True when it has one of *tags*."""
        return not self.tags.isdisjoint(tags)

    @property
    def opens_deed(self) -> bool:
        """True for words that begin what somebody does: verbs that are nothing else."""
        nouns = (Tag.DOMAIN, Tag.NOUN_VERB, Tag.ATTRIBUTE, Tag.VAGUE)
        return self.is_(Tag.DEED) or (self.is_(Tag.VERB) and not self.is_(*nouns))

    @property
    def says_something(self) -> bool:
        """True for words that name a thing by themselves."""
        return self.is_(Tag.CONTENT, Tag.DOMAIN, Tag.QUOTED)


_REMEMBERED = 2048
"""The phrases of a sentence are read many times over."""
_CONTENT = frozenset({Tag.CONTENT})
_QUOTED = frozenset({Tag.QUOTED})
_HELPER = frozenset({Tag.HELPER})
_QUOTES = "“”‘’《》「」"
_ANY_QUOTE = re.compile(f"[{_QUOTES}]")


class Lexicon:
    """The word lists, ready to read phrases with."""

    def __init__(self, wording: Wording) -> None:
        tags: dict[str, set[Tag]] = {}
        lists = {
            Tag.VERB: (*wording.verbs, *_changes(wording)),
            Tag.NOUN_VERB: wording.noun_verbs,
            Tag.ATTRIBUTE: wording.attributes,
            Tag.VAGUE: wording.vague_nouns,
            Tag.DOMAIN: wording.domains,
            Tag.HELPER: (*wording.leads, *wording.tails, *wording.prepositions),
            Tag.RATE: (*wording.rates, *wording.quantities),
            Tag.DEED: wording.structural,
        }
        for tag, words in lists.items():
            for word in words:
                tags.setdefault(word, set()).add(tag)
        for word in wording.whole_words:
            if tags.get(word, {Tag.HELPER}) == {Tag.HELPER}:
                tags[word] = {Tag.CONTENT}
        self._tags = {word: frozenset(found) for word, found in tags.items()}
        lengths: dict[str, set[int]] = {}
        for word in tags:
            lengths.setdefault(word[0], set()).add(len(word))
        self._lengths = {c: sorted(found, reverse=True) for c, found in lengths.items()}
        self._remembered = lru_cache(_REMEMBERED)(self._read)

    def tokens(self, text: str) -> tuple[Token, ...]:
        """The words of a phrase in order, without gaps."""
        return self._remembered(text)

    def _read(self, text: str) -> tuple[Token, ...]:
        quoted = _quoted(text)
        found: list[Token] = []
        at = 0
        while at < len(text):
            end, tags = self._next(text, at, quoted)
            last = found[-1] if found else None
            if last and tags is _CONTENT and last.tags is _CONTENT:
                found[-1] = Token(text[last.start : end], last.start, _CONTENT)
            else:
                found.append(Token(text[at:end], at, tags))
            at = end
        return tuple(found)

    def _next(self, text: str, at: int, quoted: list[bool]) -> tuple[int, frozenset[Tag]]:
        if quoted[at]:
            end = at + 1
            while end < len(text) and quoted[end]:
                end += 1
            return end, _QUOTED
        for size in self._lengths.get(text[at], ()):
            tags = self._tags.get(text[at : at + size])
            if tags is not None:
                return at + size, tags
        return at + 1, _CONTENT if text[at].isalnum() else _HELPER


def _changes(wording: Wording) -> list[str]:
    """下降, 降至, 增为 …: verbs of change as they stand between two figures."""
    ends = ("至", "到", "为", "了")
    plain = [w for w in (*wording.changes, *wording.growth) if len(w) > 1]
    return plain + [w + e for w in wording.changes for e in ends]


def _quoted(text: str) -> list[bool]:
    """For each character whether it stands in a quotation, its marks included."""
    if _ANY_QUOTE.search(text) is None:
        return [False] * len(text)
    level = depths("".join(" " if c in "（()）〔〕【】" else c for c in text))
    return [deep > 0 or c in _QUOTES for deep, c in zip(level, text, strict=True)]

"""What a sentence is about before its first figure: 持续推进“一件事”集成改革，精简材料104份."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from bot.ingest.lexicon import Tag, Token
from bot.ingest.phrases import Phrases

_ABOUT = re.compile(r"^(?:依托|运用|利用|借助|通过)(.{3,16})$")
_SIDE = re.compile(r"^(.{2,12})方面$")
_WITHIN = re.compile(r"^(.{2,16})中$")
_AFTER = re.compile(r"^.*(?:后|时|以来)$")
_VERSION = re.compile(r"[vV]?\d(?:\.\d)?版?$")
_MAX_THEME = 30


class Strength(IntEnum):
    """How sure it is that later measures belong to a theme."""

    WEAK = 0
    """The object of a clause: 建立裁前调解工作机制."""
    DOMAIN = 1
    """The object names a subject of the trade: 优化营商环境攻坚方案."""
    NAMED = 2
    """A thing with a proper name, or one that is said to frame the rest."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What later measures of a sentence may be named after."""

    text: str
    strength: Strength


def theme_of(clauses: Iterable[str], phrases: Phrases) -> Theme | None:
    """The theme of figureless clauses: the strongest, the nearest of equals."""
    found = [theme for clause in clauses if (theme := _theme(clause, phrases))]
    return max(reversed(found), key=lambda t: t.strength, default=None)


def _theme(clause: str, phrases: Phrases) -> Theme | None:
    clause = _VERSION.sub("", phrases.clean(clause))
    for pattern in (_SIDE, _WITHIN, _ABOUT):
        match = pattern.match(clause)
        if match:
            return Theme(match[1], Strength.NAMED)
    if _AFTER.match(clause):
        return None
    named = _named(clause, phrases)
    if named:
        return Theme(named, Strength.NAMED)
    framed = clause.startswith(phrases.wording.prepositions)
    subject = "" if framed else phrases.object(_subject(clause, phrases))
    noun = phrases.domain(clause) if framed else phrases.object(clause)
    if subject == clause:
        subject = phrases.domain(clause)
    for text in (_plain(subject, phrases), _plain(noun, phrases)):
        if phrases.domain(text) and len(text) <= _MAX_THEME:
            return Theme(text, Strength.DOMAIN)
    if len(noun) > _MAX_THEME:
        return None
    return Theme(noun, Strength.WEAK) if len(noun) > 3 else None


def _plain(noun: str, phrases: Phrases) -> str:
    """Of an abstract noun with several subjects the last: 规范性文件|合法性审核|机制."""
    subjects = [t for t in phrases.lexicon.tokens(noun) if t.is_(Tag.DOMAIN)]
    abstract = noun.endswith(phrases.wording.abstract_nouns)
    return subjects[-1].text if len(subjects) > 1 and abstract else noun


def _subject(clause: str, phrases: Phrases) -> str:
    """What stands before the first verb of a clause."""
    for token in phrases.lexicon.tokens(clause):
        if token.start and token.opens_deed:
            return clause[: token.start]
    return clause


def _named(clause: str, phrases: Phrases) -> str:
    """A quoted name with the kind of thing it is, or one that ends its clause as an object."""
    tokens = phrases.lexicon.tokens(clause)
    for i, token in enumerate(tokens):
        is_title = token.text.startswith("《") and token.end == len(clause)
        if is_title or not token.is_(Tag.QUOTED):
            continue
        before = "".join(t.text for t in tokens[:i])
        modifier = _modifier(tokens, i)
        anchor = phrases.anchor(clause[token.start :])
        after = clause[token.start + len(anchor) :]
        if anchor != token.text and _may_end(after, phrases):
            return modifier + anchor
        if token.end == len(clause) and before.endswith(phrases.wording.launches):
            return modifier + anchor
    return ""


def _may_end(after: str, phrases: Phrases) -> bool:
    """True when a name may end here: at the clause's end, or before a verb."""
    first = next(iter(phrases.lexicon.tokens(after)), None)
    return first is None or first.opens_deed or after.startswith(phrases.wording.uses)


def _modifier(tokens: tuple[Token, ...], i: int) -> str:
    """Plain words right before a quoted name that belong to it: 新生“入学一件事”."""
    before = tokens[i - 1] if i else None
    return before.text if before and before.tags == {Tag.CONTENT} and len(before.text) <= 4 else ""

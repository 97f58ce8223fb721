"""What only a figure that says it may answer: names in quotes, villages, 上半年, 女."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from intents.catalog import strong_of
from intents.cues import load_cues
from intents.tagger import Token
from intents.text import han_of
from intents.vocabulary import NOUNS, Sort, Vocabulary, WordKind

_FULL_STOPS = frozenset("。！!…~～")
_TRAILING = 4
"""Characters of what only trails behind a question."""
_TAIL = 3
"""Characters behind a place in a clause that says who lives or works there."""
_QUOTED = re.compile('[“《"「‘]([^“”《》"「」‘’]{2,20})[”》"」’]')
_SMALL_PLACE = re.compile("[\u4e00-\u9fff]{2,4}[镇乡村]|[\u4e00-\u9fff]{2,4}街道")
_PART_OF_YEAR = re.compile(
    r"[上下]半年|[前头第]?[一二三四1-4]个?季度"
    r"|(?<!\d)(?:1[0-2]|[1-9]|十?[一二三四五六七八九十])月份?(?![底末]|\d{1,2}[日号]|[一二三四五六七八九十]+[日号])"
)
_AS_PRINTED = str.maketrans("头1234", "前一二三四", "第个")
_UP_TO = re.compile(r"[至止到](?:\d{4}年)?$")


def binding_words(
    text: str, tokens: Sequence[Token], asked: Sequence[Token], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """As a figure must print them; *asked* are the tokens behind the words that lead in."""
    slips = [t for t in tokens if t.distance]
    quoted = [
        m[1]
        for m in _QUOTED.finditer(text)
        if not _is_known(m[1], vocabulary)
        and not any(m.start() <= t.start < m.end() for t in slips)
    ]
    quoted += [t.text for t in tokens if _is_small_place(t)]
    quoted += [_told_as(t.text) for t in asked if _is_kind(t)]
    return (*quoted, *_parts_of_year("".join(t.text for t in asked)))


def _is_known(quoted: str, vocabulary: Vocabulary) -> bool:
    """English, and words of the language, for which others are said (“谁执法谁普法”责任清单)."""
    entry = vocabulary.words.get(quoted)
    known = entry.concepts if entry and entry.kind is WordKind.CONCEPT else ()
    return quoted.isascii() or bool(strong_of(known, vocabulary))


def _is_small_place(token: Token) -> bool:
    """A town or village: only a figure whose words name it is its own."""
    return token.kind is WordKind.UNKNOWN and bool(_SMALL_PLACE.fullmatch(token.text))


def _parts_of_year(text: str) -> tuple[str, ...]:
    """上半年, 3月; not the month that a count goes up to: 截至2023年12月.

    As reports print them: 前三季度 for 头3个季度.
    """
    found = _PART_OF_YEAR.finditer(text)
    said = (m[0] for m in found if not _UP_TO.search(text[: m.start()]))
    return tuple(p.translate(_AS_PRINTED) if p.endswith("季度") else p for p in said)


def _is_kind(token: Token) -> bool:
    """女 in 女调解员, 女的: a kind of people that a figure must name."""
    return token.text in load_cues().kinds_of_people


def _told_as(text: str) -> str:
    """What a report writes of it in any case: 女 for 女的, 女同志."""
    return text[0] if text[0] in "女男" else text


def of_the_part(tokens: Sequence[Token]) -> list[Token]:
    """What stands behind 中，or 其中: the part of something that is asked for."""
    cues = load_cues()
    for n, token in reversed(list(enumerate(tokens))):
        ends = [t for t in tokens[n + 1 : n + 2] if t.text in _COMMAS]
        if token.text in cues.of_which or (token.text in cues.out_of and ends and n):
            return list(tokens[n + 1 :])
    return []


_COMMAS = frozenset(",，")


_STRANGE_WORDS = 2
"""Of a question that says nothing else: carbon credits issued."""


def foreign(residual: Sequence[str], text: str) -> tuple[str, ...]:
    """Words in Latin letters that nobody knows: what about xi'an? They are all that is asked, and
    no figure that does not say them answers."""
    words = tuple(word for word in residual if word.isascii())
    return words if text.startswith(load_cues().going_on) or len(words) >= _STRANGE_WORDS else ()


def last_of_opposites(concepts: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Of two opposites in one breath (放下去的，又收回来几项) the one said last is asked."""
    kept: list[str] = []
    for concept in concepts:
        opposites = vocabulary.opposites(concept)
        kept = [k for k in kept if k not in opposites]
        kept.append(concept)
    return kept


def without_speaker(tokens: Sequence[Token]) -> list[Token]:
    """Without the clauses in which people only say who they are: 我开店的，余姚…多少件.

    Of where they are the place alone is kept; a clause that asks something is no such clause.
    """
    kept = [_places_of(c) if _says_who(c) else c for c in _clauses(tokens)]
    return [t for clause in kept for t in clause] if any(kept) else list(tokens)


def without_complaints(tokens: Sequence[Token], vocabulary: Vocabulary) -> tuple[Token, ...]:
    """Without what stands idle beside a clause that asks: 最少的是哪家，我看不惯藏着的; 差一个数!!
    余姚…."""
    clauses = _clauses(tokens)
    asks = [any(t.kind in (WordKind.ASK, WordKind.WHICH) for t in c) for c in clauses]
    if not any(asks):
        return tuple(tokens)
    first = asks.index(True)
    kept = (
        clause
        for n, (clause, asked) in enumerate(zip(clauses, asks, strict=True))
        if asked
        or not (
            _complains(clause)
            or (n < first and _is_idle(clause, vocabulary))
            or (n > first and _trails(clause))
        )
    )
    return tuple(t for clause in kept for t in clause)


def _is_idle(clause: Sequence[Token], vocabulary: Vocabulary) -> bool:
    """True for a sentence of its own that names no place and nothing that is reported, and for
    one that tells who asks: 有位老人来问，…."""
    ends = bool(clause) and clause[-1].kind is WordKind.BREAK and clause[-1].text in _FULL_STOPS
    ends = ends or "".join(t.text for t in clause).rstrip(" ,，:：").endswith(load_cues().asked_by)
    place = any(t.kind in (WordKind.PLACE, WordKind.ACT) for t in clause)
    return ends and not place and not any(strong_of(t.entry.concepts, vocabulary) for t in clause)


def _trails(clause: Sequence[Token]) -> bool:
    """磨叽: a word or two behind the question that nothing knows; not 渔船的."""
    said = [t for t in clause if t.kind not in (WordKind.NOISE, WordKind.BREAK)]
    unknown = all(t.kind is WordKind.UNKNOWN for t in said)
    narrows = any(t.text in (*load_cues().linking, *load_cues().elliptic) for t in clause)
    return unknown and not narrows and sum(len(t.text) for t in said) <= _TRAILING


def _complains(clause: Sequence[Token]) -> bool:
    said = "".join(t.text for t in clause)
    return any(word in said for word in load_cues().complaints)


def of_speaker(tokens: Sequence[Token]) -> frozenset[int]:
    """Where the words begin with which people only say who they are."""
    return frozenset(t.start for c in _clauses(tokens) if _says_who(c) for t in c)


def _clauses(tokens: Sequence[Token]) -> list[list[Token]]:
    clauses: list[list[Token]] = [[]]
    for token in tokens:
        clauses[-1].append(token)
        if token.kind is WordKind.BREAK and token.text != " ":
            clauses.append([])
    return clauses


def without_heads(tokens: Sequence[Token], vocabulary: Vocabulary) -> list[Token]:
    """Without the nouns that only close a phrase which says what they are: 有资格执法的|单位."""
    return [t for n, t in enumerate(tokens) if not _is_head(tokens[:n], t, vocabulary)]


def _is_head(before: Sequence[Token], token: Token, vocabulary: Vocabulary) -> bool:
    """True for a weak noun right behind a phrase in 的 that means such a thing itself."""
    if token.kind is not WordKind.CONCEPT or not before or before[-1].end != token.start:
        return False
    if not before[-1].text.endswith(load_cues().linking):
        return False
    phrase = before[-1] if before[-1].kind is WordKind.CONCEPT else _described(before[:-1])
    weak = all(vocabulary.sort(c) is Sort.WEAK for c in token.entry.concepts)
    said = phrase.entry.concepts if phrase is not None else ()
    return weak and any(vocabulary.sort(c) in _ENTITIES for c in said)


def _described(before: Sequence[Token]) -> Token | None:
    """The first part of a phrase with gaps whose last part these tokens end in: 够格…罚人."""
    if not before or before[-1].kind is not WordKind.CONCEPT or before[-1].entry.concepts:
        return None
    said = (t for t in reversed(before) if t.kind is WordKind.CONCEPT and t.entry.concepts)
    return next(said, None)


_ENTITIES = NOUNS | {Sort.WEAK, Sort.OFFICE}
_ASKING = frozenset({WordKind.ASK, WordKind.WHICH, WordKind.ACT})


def _says_who(clause: Sequence[Token]) -> bool:
    """True for a clause that asks nothing and tells who asks; with a place only where it ends as
    such clauses do: 我在余姚卖茶的."""
    words = [t for t in clause if t.kind is not WordKind.BREAK]
    said = "".join(t.text for t in words)
    speaks = said.startswith(load_cues().speakers) and _ASKING.isdisjoint(t.kind for t in words)
    place = next((t for t in words if t.kind is WordKind.PLACE), None)
    if not speaks or place is None:
        return speaks
    before = "".join(t.text for t in words if t.end <= place.start)
    short = words[-1].end - place.end <= _TAIL
    lives = short and before.endswith(load_cues().living_in)  # 我在余姚打工
    return lives or said.endswith(load_cues().linking)


def _places_of(clause: Sequence[Token]) -> list[Token]:
    return [t for t in clause if t.kind is WordKind.PLACE]


def with_heard(segments: Sequence[Sequence[Token]]) -> list[list[Token]]:
    """听说有钱可以领？给多少起案子发过: what was only heard goes with what is asked behind it."""
    kept: list[list[Token]] = []
    heard: list[Token] = []
    for n, segment in enumerate(segments):
        tells = any(t.text in load_cues().hearsay for t in segment)
        asks = any(t.kind in (WordKind.ASK, WordKind.WHICH) for t in segment)
        if tells and not asks and n + 1 < len(segments):
            heard += segment
        else:
            kept.append([*heard, *segment])
            heard = []
    return kept


def concepts_of(tokens: Sequence[Token]) -> list[str]:
    """The concepts that the words mean, in their order."""
    return [c for t in tokens if t.kind is WordKind.CONCEPT for c in t.entry.concepts]


def _heads_last(tokens: Sequence[Token]) -> list[Token]:
    """The tokens in Chinese order, what narrows a noun before it: departments, duties for “duties
    of the departments”."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.text in load_cues().behind_head:
            parts.append([])
        else:
            parts[-1].append(token)
    return [token for part in reversed(parts) for token in part]


def strong_in(
    tokens: Sequence[Token], concepts: Sequence[str], vocabulary: Vocabulary
) -> frozenset[str]:
    """What must be explained; no compound is put together over an English preposition."""
    strong = strong_of(concepts, vocabulary)
    if strong <= set(concepts) or not any(t.text in load_cues().behind_head for t in tokens):
        return strong
    turned = [c for c in concepts_of(_heads_last(tokens)) if c in concepts]
    apart = strong_of(turned, vocabulary)
    return apart if apart <= set(concepts) else strong


def telling_part(text: str) -> str:
    """The telling part of an unknown word; "" for emoji, numbers and everyday characters."""
    if text.isascii():
        bare = text.replace("'", "")  # xi'an
        return text if len(bare) > 2 and bare.isalpha() else ""
    text = _PART_OF_YEAR.sub("", text)  # every figure must name that one
    bare = han_of(text).strip("".join(load_cues().everyday))
    return bare if len(bare) >= 2 else ""


def kinds_said(tokens: Sequence[Token], vocabulary: Vocabulary) -> frozenset[str]:
    """The things that stand right before a noun that they narrow: 残疾人的|法律援助."""
    said = [t for t in tokens if t.text not in load_cues().linking]
    kinds: set[str] = set()
    for one, other in pairwise(said):
        near = other.start - one.end <= 1 and one.kind is other.kind is WordKind.CONCEPT
        noun = near and any(vocabulary.sort(c) in NOUNS for c in other.entry.concepts)
        if noun:
            kinds.update(c for c in one.entry.concepts if vocabulary.sort(c) is Sort.THING)
    return frozenset(kinds)

"""Things that a question only strings together: 出台数、备案数以及废止数.

Whether they are several things or one that is said in several words, only the figures can tell.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from intents.cues import load_cues
from intents.question_words import ASK_UNIT
from intents.segments import Segmenter
from intents.tagger import Token
from intents.vocabulary import WordKind

_LEAST, _MOST = 2, 6
_BLANK = " "
_COMMAS = frozenset(",，")
_OPEN, _CLOSED = frozenset("(（"), frozenset(")）")


class Strung(NamedTuple):
    """Things strung together."""

    parts: list[list[Token]]
    """Each with the words that all share; empty, or two and more."""
    loosely: bool
    """True where nothing but blanks parts them and not each says what it counts: in
    体检 建议 条数 the first may only say what the second is about."""


def strung(tokens: Sequence[Token], cut: Segmenter) -> Strung:
    """What a question strings together, if it asks nothing in between.

    Nothing in 收案数呢，涨了多少, where the second is asked of the first.
    """
    topic = any(a.text in load_cues().elliptic and b.text in _COMMAS for a, b in pairwise(tokens))
    if topic or any(_asks_within(tokens, n) for n in range(len(tokens))):
        return Strung([], loosely=False)
    joints = set(load_cues().strings)
    marked = {t.text for t in tokens if t.text in joints} - {_BLANK}
    if not marked.isdisjoint(_COMMAS) and _ends_in_growth(tokens, cut):
        return Strung([], loosely=False)  # 收案数，比上年降了多少
    parts = _parts(tokens, (marked or {_BLANK}) - _COMMAS)
    if not marked:
        parts = _under_topic(_with_sides(parts, cut), cut)
    if len(_telling(parts, cut)) < _LEAST and not marked.isdisjoint(_COMMAS):
        parts = _telling(_parts(tokens, marked), cut)
        parts = parts if all(_counts(p, cut) for p in parts) else []  # else they part a sentence
    loosely = not marked and not all(_counts(p, cut) for p in parts)
    told = _telling(parts, cut)
    return Strung(told if _LEAST <= len(told) <= _MOST else [], loosely)


def _ends_in_growth(tokens: Sequence[Token], cut: Segmenter) -> bool:
    """True where the last clause names nothing of its own and asks for the change of what is
    named before it."""
    clauses = [
        list(g) for comma, g in groupby(tokens, key=lambda t: t.text in _COMMAS) if not comma
    ]
    last = clauses[-1] if len(clauses) > 1 else []
    return bool(last) and not cut.says(last) and cut.asks_for_growth(last)


def dealt_clauses(tokens: Sequence[Token], cut: Segmenter) -> list[list[Token]]:
    """自己出台的、报上来备案的、清理作废的文件各多少件: what was done each time, with what all
    share. Empty where fewer than two such clauses stand side by side."""
    linking, joints = load_cues().linking, {*load_cues().joining, _BLANK} - _COMMAS
    ends = [n for n, t in enumerate(tokens) if t.text.endswith(linking)]
    inner = [n for n in ends[:-1] if tokens[n + 1].text in joints]
    if not inner or not cut.deals(tokens):
        return []
    last = next(n for n in ends if n > inner[-1])
    first = next((n for n, t in enumerate(tokens) if t.kind is WordKind.CONCEPT), 0)
    apart = {*_COMMAS, _BLANK}
    begun = [n + 1 for n in range(first, inner[0]) if tokens[n].text in apart]
    first = max([first, *begun])  # 文件，自己出台的、…各多少件
    ends = [first - 1, *inner, last]
    items = [list(tokens[begin + 1 : end + 1]) for begin, end in pairwise(ends)]
    if first > inner[0] or not all(any(map(_tells_something, i)) for i in items):
        return []
    return [[*tokens[:first], *item, *tokens[last + 1 :]] for item in items]


def _tells_something(token: Token) -> bool:
    return token.kind is WordKind.CONCEPT


def strung_within(segments: Sequence[list[Token]], cut: Segmenter) -> list[list[Token]]:
    """The things asked one after the other, of which one strings several together: 办了几场，
    材料、礼品发了多少. Empty where none does."""
    if len(segments) < _LEAST:
        return []
    each = [strung(_trimmed(s), cut).parts for s in segments]
    parts = [p for own, whole in zip(each, segments, strict=True) for p in (own or [whole])]
    return parts if len(segments) < len(parts) <= _MOST else []


def _trimmed(segment: list[Token]) -> list[Token]:
    """Without the comma that a segment begins with."""
    begin = next((n for n, t in enumerate(segment) if t.kind is not WordKind.BREAK), 0)
    return segment[begin:]


def _parts(tokens: Sequence[Token], joints: Collection[str]) -> list[list[Token]]:
    """What stands between the joints, if it has content."""
    inside = _in_brackets(tokens)
    groups = groupby(tokens, key=lambda t: t.text in joints and t.start not in inside)
    return [part for joint, group in groups if not joint and _content(part := list(group))]


def _in_brackets(tokens: Sequence[Token]) -> frozenset[int]:
    """Where tokens stand that are in brackets: 县(市、区) strings nothing together."""
    inside: set[int] = set()
    depth = 0
    for token in tokens:
        depth += (token.text in _OPEN) - (token.text in _CLOSED)
        if depth > 0:
            inside.add(token.start)
    return frozenset(inside)


def _with_sides(parts: list[list[Token]], cut: Segmenter) -> list[list[Token]]:
    """Behind a mere blank, the name of a side belongs to what it is a side of: 收案数 同比."""
    joined: list[list[Token]] = []
    for part in parts:
        side = not cut.says(part) and any(cut.is_aspect(t) for t in part)
        if side and joined:
            joined[-1] += part
        else:
            joined.append(part)
    return joined


def _under_topic(parts: list[list[Token]], cut: Segmenter) -> list[list[Token]]:
    """What stands before several that all count is what the first is about: 平台 注册数 办件量."""
    begun = next((n for n, p in enumerate(parts) if _counts(p, cut)), 0)
    if not begun or len(parts) - begun < _LEAST or not all(_counts(p, cut) for p in parts[begun:]):
        return parts
    return [[t for p in parts[: begun + 1] for t in p], *parts[begun + 1 :]]


def _telling(parts: list[list[Token]], cut: Segmenter) -> list[list[Token]]:
    """Those that say or count something; a last word that counts them all goes to each."""
    begun = next((n for n, p in enumerate(parts) if cut.says(p)), len(parts))
    told = parts[begun:]
    if told and not cut.says(told[-1]) and not any(_counts(p, cut) for p in told[:-1]):
        told = [[*part, *told[-1]] for part in told[:-1]]  # 建议 提案 件数
    return [p for p in told if cut.says(p) or _counts(p, cut)]


def _asks_within(tokens: Sequence[Token], n: int) -> bool:
    """True for a question word with more behind it; one at the end asks for all."""
    if ASK_UNIT.match(tokens[n].text):
        return True  # 多少次 asks for one of them
    if tokens[n].kind not in (WordKind.ASK, WordKind.WHICH):
        return False
    behind = tokens[n + 1 :]
    if tokens[n].text not in load_cues().asking_all:
        return True
    return _content(behind) and not _joins_nouns(behind)


def _joins_nouns(behind: Sequence[Token]) -> bool:
    """True for 多少宣传单和手册: one question word may ask for both."""
    joints = set(load_cues().joining)
    small = (WordKind.NOISE, WordKind.BREAK)
    words = [t for t in behind if t.text in joints or t.kind not in small]
    nouns = {t.kind for t in words[::2]}
    several = len(words) > _LEAST and len(words) % 2 == 1
    return several and nouns == {WordKind.CONCEPT} and {t.text for t in words[1::2]} <= joints


def _content(tokens: Sequence[Token]) -> bool:
    return any(t.kind in (WordKind.CONCEPT, WordKind.UNKNOWN) for t in tokens)


def _counts(tokens: Sequence[Token], cut: Segmenter) -> bool:
    """True for words that end in a count or a side: 备案数, 化解率, 增长幅度."""
    last = next((t for t in reversed(tokens) if t.kind is WordKind.CONCEPT), None)
    ends = load_cues().count_ends
    return last is not None and (last.text.endswith(ends) or cut.is_aspect(last))

"""Lists whose members share words: 甲、乙分别为…, 国家级…村1家、省级4家, 第一批…、第二批…."""

from __future__ import annotations

import re

from bot.ingest.lexicon import Tag
from bot.ingest.phrases import Phrases, Standing

_ENUM = re.compile(r"、|以及|和|及|与|或")
_GRADE = re.compile(r"^[\u4e00-\u9fff]{1,9}(?:级|型|类|式|性|批|审|档|期|层)(?:以上)?$")
_BATCH = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:批|期|轮|次|阶段)")


def deal(text: str, count: int, phrases: Phrases, *, strict: bool) -> tuple[str, ...]:
    """The *count* things that figures are dealt to, each with the words they share.

    Without a 分别 (*strict*) only members that plainly share their head are (国家级、省级…).
    """
    if strict and not _plainly_listed(text, count, phrases):
        return ()
    for compound, parts in phrases.wording.compounds.items():
        if compound in text and len(parts) == count:
            return tuple(text.replace(compound, part, 1) for part in parts)
    items = _split(text, count)
    if len(items) < count:
        return ()
    head, front = _shared_head(items, phrases), _shared_front(items, phrases)
    dealt = [item + head for item in items[:-1]] + [items[-1]]
    return tuple(
        item if not i or item.startswith(front) else front + item for i, item in enumerate(dealt)
    )


def _plainly_listed(text: str, count: int, phrases: Phrases) -> bool:
    """True for members that share their head, or what they do, without any 分别."""
    members = text.split("、")
    if len(members) != count or count < 2:
        return False
    return bool(_GRADE.match(members[-2])) or 0 < _deed(members[-1], phrases) < len(members[-1])


def _split(text: str, count: int) -> list[str]:
    """The last *count* members of a list; joiners inside them stay when there are enough commas."""
    by_comma = text.split("、")
    if len(by_comma) == count:
        return by_comma
    return _ENUM.split(text)[-count:]


def _shared_head(items: list[str], phrases: Phrases) -> str:
    """What the last member says for all: 一审、二审|行政应诉案件."""
    last = items[-1]
    mark = items[0][-1:]
    at = last.rfind(mark) if mark else -1
    if 0 < at < len(last) - 1 and all(item.endswith(mark) for item in items[:-1]):
        return last[at + 1 :]
    frames = [at for word in phrases.wording.frames if (at := last.find(word)) > 0]
    if frames:
        return last[min(frames) :]
    return last[_deed(last, phrases) :]


def _deed(text: str, phrases: Phrases) -> int:
    """Where what all members do begins: 县委会议、县政府会议|研究法治工作; its end without one."""
    tokens = phrases.lexicon.tokens(text)
    verbs = (t.start for t in tokens if t.start and t.is_(Tag.VERB) and t.opens_deed)
    return next(verbs, len(text))


def _shared_front(items: list[str], phrases: Phrases) -> str:
    """What the first member says for all: a preposition, a verb, or what stands before 第一批."""
    first = items[0]
    for word in phrases.wording.prepositions:
        if first.startswith(word) and len(first) > len(word) + 1:
            return word
    batch = _BATCH.search(first)
    if batch and all(_BATCH.match(item) for item in items[1:]):
        return first[: batch.start()]
    extra = len(first) - len(items[1])
    if extra > 1 and first[-1] == items[1][-1] and first.endswith(phrases.wording.rates):
        noun = phrases.object(first)
        front = noun if first.startswith(noun) and len(noun) <= extra else first[:extra]
        return front if phrases.standing(items[1]) is not Standing.FULL else ""
    verb = phrases.verb(first)
    return verb if phrases.is_noun(first[len(verb) :]) else ""


def like_sibling(left: str, sibling: str) -> str:
    """A member that leaves its head to the one before: 省级 after 国家级示范村 → 省级示范村.

    Returns *left* unchanged when nothing is left out.
    """
    batch = _BATCH.match(left)
    other = _BATCH.search(sibling) if batch else None
    if other:
        return sibling[: other.start()] + left
    if not _GRADE.match(left):
        return left
    grade = re.search(rf"[\u4e00-\u9fff]{{1,3}}{left[-1]}(?!{left[-1]})", sibling)
    return left + sibling[grade.end() :] if grade else left

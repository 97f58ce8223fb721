"""Several things asked and fewer found: what else the same sentence counts stands beside them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.resolve import Resolved
from bot.dialogue.sentence import others_of
from bot.facts.model import Fact, Kind
from bot.knowledge import Knowledge
from intents.cues import load_cues
from intents.models import Question
from intents.vocabulary import NOUNS, WordKind, nouns_of

_MOST = 6
"""So many are set beside what was found; of a longer sentence those that stand nearest."""
_PAIR = 2
_PARTS = 3
"""Words or groups of words that stand apart where several things are strung together."""
_LETTER = {WordKind.BREAK: "|", WordKind.CONCEPT: "c"}
_SIDES = frozenset({Kind.GROWTH, Kind.RANK})


def beside(found: Sequence[Fact], resolved: Resolved, knowledge: Knowledge) -> list[Fact]:
    """The other figures of the sentences of *found*, in print order, where a part was not found.

    Somebody who asks 救了几起、发了多少钱 gets both though only one was understood; they stand
    behind what answers, under their own names.
    """
    told = {f.id for f in found}
    enough = len(told) >= max(len(resolved.frames), resolved.question.counts)
    each_place = len(resolved.where.codes) > 1  # 两个都给我看看: of both, not all of one
    if enough and (each_place or "all" not in resolved.question.acts):
        twins = _twins(found, resolved, knowledge)
        if twins or len(told) > 1:
            return twins or _things_left(found, resolved, knowledge)
        return _named_beside(found, resolved, knowledge)
    gaps: dict[str, int] = {}
    others: dict[str, Fact] = {}
    for fact in found:
        for other in others_of(fact, knowledge):
            if other.id not in told:
                gap = abs(other.start - fact.start)
                gaps[other.id] = min(gap, gaps.get(other.id, gap))
                others[other.id] = other
    nearest = sorted(others, key=lambda key: gaps[key])[:_MOST]
    return [fact for key, fact in others.items() if key in nearest]


def _twins(found: Sequence[Fact], resolved: Resolved, knowledge: Knowledge) -> list[Fact]:
    """进口和出口的通关时间: what the same sentence counts so of the other state that is said; two
    nouns may well name one thing (在网上做了合规检查的家数)."""
    sort = knowledge.tongue.vocabulary.sort
    said = {c.text for f in resolved.question.frames for c in f.clues}
    told = {f.id for f in found}
    twins: dict[str, Fact] = {}
    for fact in found:
        own = knowledge.base.candidate(fact.id)
        for other in others_of(fact, knowledge) if own is not None else ():
            its = knowledge.base.candidate(other.id)
            alike = other.kind is fact.kind and other.unit == fact.unit and other.id not in told
            if not alike or its is None or own is None:
                continue
            apart = own.profile.strong ^ its.profile.strong
            nouns = all(sort(c) in NOUNS for c in apart)
            if len(apart) == _PAIR and apart <= said and not nouns:
                twins[other.id] = other
    return list(twins.values())[:_MOST]


def _things_left(found: Sequence[Fact], resolved: Resolved, knowledge: Knowledge) -> list[Fact]:
    """改了几项机制，写了几份方案和意见: what a sentence of the figures found counts of a thing that
    is asked and that none of them is about."""
    vocabulary = knowledge.tongue.vocabulary
    asked = nouns_of([c for f in resolved.question.frames for c in f.strong], vocabulary)
    own = (knowledge.base.candidate(f.id) for f in found)
    left = asked.difference(*(c.profile.closure for c in own if c is not None))
    others = {o.id: o for f in found for o in others_of(f, knowledge)} if left else {}
    kinds, told = {f.kind for f in found}, {f.id for f in found}
    return [
        other
        for key, other in others.items()
        if key not in told and other.kind in kinds
        and (its := knowledge.base.candidate(key)) is not None and left & its.profile.strong
    ]  # fmt: skip


def _named_beside(found: Sequence[Fact], resolved: Resolved, knowledge: Knowledge) -> list[Fact]:
    """考试 次数 参加人数: words strung without a question name two figures of one sentence."""
    own = knowledge.base.candidate(found[0].id)
    if own is None or not _is_strung(resolved.question):
        return []
    said = {c.text for f in resolved.question.frames for c in f.clues}
    families = frozenset().union(*(f.families for f in resolved.question.frames))
    # 合规体检 管理建议 条数: what ends in a count asks for what is counted so
    alone = resolved.question.text.plain.rstrip().endswith(load_cues().number_ends)
    mine = own.profile
    named = []
    for other in others_of(found[0], knowledge):
        beside_it = knowledge.base.candidate(other.id)
        if beside_it is None or other.kind in _SIDES - {found[0].kind}:
            continue
        its = beside_it.profile
        counted = not alone or other.unit == found[0].unit or its.family in families
        counted = counted or bool(said & its.head)
        unit = its.family in families and mine.family not in families and said & its.closure
        things = (said - mine.closure) & its.strong or (said - mine.head) & its.head
        if unit or (counted and things):  # 民法典 场次 材料份数
            named.append(other)
    return named[:_MOST]


def _is_strung(question: Question) -> bool:
    """True for words with blanks between and no question word: 余姚 考试 次数 参加人数."""
    kinds = [t.kind for t in question.tokens]
    if WordKind.ASK in kinds or WordKind.WHICH in kinds:
        return False
    parts = "".join(_LETTER.get(kind, "") for kind in kinds).split("|")
    return sum("c" in part for part in parts) >= _PARTS

"""一共呢, 其余的呢, after a part: the whole, its other parts; 泉州级的: one of those told."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.dialogue.answer import Answer, Status
from bot.dialogue.comparing import cited_fact
from bot.dialogue.sentence import others_of
from bot.dialogue.session import Session
from bot.facts.model import Fact
from bot.knowledge import Knowledge
from intents.counting import HEADS
from intents.cues import load_cues
from intents.fits import end_of, in_unit, names_counted
from intents.models import Candidate, Question
from intents.text import pairs
from intents.vocabulary import Sort, WordKind


def one_of_told(question: Question, session: Session, knowledge: Knowledge) -> Answer | None:
    """宁波级的呢, after two counts were told: the one whose name alone holds what is said;
    成功率呢: the only rate of what was told."""
    told = [f for key in session.facts if (f := knowledge.base.fact(key)) is not None]
    if len(told) < _SEVERAL or any(c in knowledge.years for p in question.places for c in p.codes):
        return None
    sort = knowledge.tongue.vocabulary.sort
    said = pairs(question.text.plain)
    if question.frames and all(f.aspects == {Sort.RATE} for f in question.frames):
        rates = [f for f in told if _is_rate(f, knowledge)]
        meant = [f for f in rates if pairs(f.metric) & said and len(rates) == 1]  # 化解率呢
    elif any(sort(c) is not Sort.LEVEL for f in question.frames for c in f.strong):
        return None
    else:
        names = [pairs(f.metric) for f in told]
        others = (frozenset().union(*(n for n in names if n is not name)) for name in names)
        own = [(name - other) & said for name, other in zip(names, others, strict=True)]
        meant = [f for f, words in zip(told, own, strict=True) if words]
    if len(meant) != 1:
        return None
    return Answer(Status.ANSWERED, (), (cited_fact(meant[0], knowledge),), intent=meant[0].intent)


def _is_rate(fact: Fact, knowledge: Knowledge) -> bool:
    candidate = knowledge.base.candidate(fact.id)
    return candidate is not None and candidate.profile.is_rate


def told_there(question: Question, session: Session, knowledge: Knowledge) -> Answer | None:
    """余姚有多少次, after the figures of several places were told: the one of that place."""
    told = [f for key in session.facts if (f := knowledge.base.fact(key)) is not None]
    codes = {c for p in question.places for c in p.codes if c in knowledge.years}
    own = [f for f in told if f.area.code in codes]
    one = len(codes) == len(own) == 1 and len({f.area.code for f in told}) == len(told) > 1
    if not one or question.periods or question.acts:
        return None
    candidate = knowledge.base.candidate(own[0].id)
    for frame in question.frames:
        more = frame.strong or frame.residual or frame.aside or frame.aspects - {Sort.UNIT}
        if more or candidate is None or not in_unit(frame, candidate.profile.family):
            return None
    return Answer(Status.ANSWERED, (), (cited_fact(own[0], knowledge),), intent=own[0].intent)


def beside_part(question: Question, session: Session, knowledge: Knowledge) -> Answer | None:
    """The answer to a message that says nothing but that; None for any other."""
    whole, others, newer = _patterns()
    told = knowledge.base.fact(session.facts[0]) if len(session.facts) == 1 else None
    said = _bare(question, told, knowledge) if told is not None else ""
    wants_whole = bool(whole.fullmatch(said))
    wants_new = bool(newer.fullmatch(said))
    if told is None or not (wants_whole or wants_new or others.fullmatch(said)):
        return None
    find = _whole if wants_whole else _newer if wants_new else _others
    facts = find(told, knowledge)
    if not facts:
        return None
    cited = tuple(cited_fact(f, knowledge) for f in facts)
    return Answer(Status.ANSWERED, (), cited, intent=facts[0].intent)


def _bare(question: Question, told: Fact, knowledge: Knowledge) -> str:
    """What is said but for thanks, stops, what leads in to it (不对，我想知道的是), what was done
    with what was told (调好的总共呢), and the place and year that were told anyway."""
    plain = question.text.plain
    own, sort = knowledge.base.candidate(told.id), knowledge.tongue.vocabulary.sort
    known = own.profile.closure if own is not None else frozenset()
    done = frozenset(c for c in known if sort(c) in _OF_WHOLE)
    spent = {i for p in question.periods if p.year == told.year for i in range(p.start, p.end)}
    led = False
    for token in question.tokens:
        polite = token.kind is WordKind.ACT and not _POLITE.isdisjoint(token.entry.concepts)
        small = led and token.kind is WordKind.NOISE and token.text not in _wholes()
        led = polite or small or token.text in _leads()
        concept = token.kind is WordKind.CONCEPT and done.issuperset(token.entry.concepts)
        if led or token.kind is WordKind.BREAK or concept:
            spent.update(range(token.start, token.end))
    for place in question.places:
        if told.area.code in place.codes:
            spent.update(range(place.start, place.end))
    return "".join(c for n, c in enumerate(plain) if n not in spent)


def _whole(told: Fact, knowledge: Knowledge) -> list[Fact]:
    whole = knowledge.base.fact(told.parent) if told.parent else None
    return [whole] if whole is not None else _greater(told, knowledge)


def _greater(told: Fact, knowledge: Knowledge) -> list[Fact]:
    """Of a sentence that tells new ones and all of them the latter, if there is but one."""
    found = [f for f in _of_same_head(told, knowledge) if f.value > told.value]
    return found if len(found) == 1 else []


def _newer(told: Fact, knowledge: Knowledge) -> list[Fact]:
    """The new ones of those that were told all together, if the sentence counts them."""
    new = load_cues().newly
    found = [
        f for f in _of_same_head(told, knowledge)
        if f.value < told.value and any(word in f.metric for word in new)
    ]  # fmt: skip
    return found if len(found) == 1 else []


def _of_same_head(told: Fact, knowledge: Knowledge) -> list[Fact]:
    """What the sentence of a figure counts of the same thing in the same unit."""
    own = knowledge.base.candidate(told.id)
    return [
        f
        for f in others_of(told, knowledge)
        if f.unit == told.unit
        and (c := knowledge.base.candidate(f.id)) is not None and own is not None
        and c.profile.head & own.profile.head
    ]  # fmt: skip


def _others(told: Fact, knowledge: Knowledge) -> list[Fact]:
    """The other parts of the same whole, counted in the same unit."""
    if not told.parent:
        return []
    return [
        f
        for f in knowledge.base.facts(told.area.code, told.year)
        if f.parent == told.parent and f.id != told.id and f.unit == told.unit
    ]


def counted_as_asked(
    answer: Answer, question: Question, session: Session, knowledge: Knowledge
) -> Answer:
    """几项, or how many suggestions, after how many offices the list names: what its own sentence
    counts so, where the *answer* found is counted otherwise or there is none."""
    bare = not (question.places or question.periods or any(f.strong for f in question.frames))
    told = knowledge.base.fact(session.facts[0]) if len(session.facts) == 1 else None
    if told is None or not bare or answer.status is Status.OUT_OF_SCOPE or answer.quoted:
        return answer
    named = (
        names_counted(f, c.profile) for f in question.frames for c in _cited(answer, knowledge)
    )
    if any(named):
        return answer  # 多少个领域, printed 9大领域
    if not (_units(question) or _nouns(question)) or any(
        _counts_so(c.fact, question, knowledge) for c in answer.cited
    ):
        return answer
    beside = [
        f
        for f in others_of(told, knowledge)
        if f.kind is told.kind and _counts_so(f, question, knowledge)
    ]
    words = [t.text for t in question.tokens if t.kind in (WordKind.UNKNOWN, WordKind.CONCEPT)]
    meant = [f for f in beside if any(w in f.metric for w in words)] or beside
    if not meant:
        return answer
    nearest = min(meant, key=lambda f: (f.start < told.start, abs(f.start - told.start)))
    return Answer(Status.ANSWERED, (), (cited_fact(nearest, knowledge),), intent=nearest.intent)


def _cited(answer: Answer, knowledge: Knowledge) -> list[Candidate]:
    found = (knowledge.base.candidate(c.fact.id) for c in answer.cited)
    return [candidate for candidate in found if candidate is not None]


def _units(question: Question) -> frozenset[str]:
    return frozenset().union(*(f.measure_words | f.families for f in question.frames))


def _nouns(question: Question) -> frozenset[str]:
    """What is counted, where an English question tells it by a noun alone."""
    if not question.english:
        return frozenset()
    return frozenset().union(*(f.counts.nouns for f in question.frames))


def _counts_so(fact: Fact, question: Question, knowledge: Knowledge) -> bool:
    """True when a figure has the measure word asked for, or, where it tells nothing, the unit."""
    words = frozenset().union(*(f.measure_words for f in question.frames))
    families = frozenset().union(*(f.families for f in question.frames))
    candidate = knowledge.base.candidate(fact.id)
    family = candidate.profile.family if candidate is not None else ""
    nouns = _nouns(question)
    if nouns and not words:
        return any(noun in end_of(fact.metric) for noun in nouns)
    heads = HEADS if families & HEADS else frozenset()
    return fact.unit in words if words else family in families | heads


_SEVERAL = 2
_OF_WHOLE = frozenset({Sort.STATE, Sort.ACT, Sort.TOPIC, Sort.LIGHT})
"""What may be said of a whole as of its part."""
_POLITE = frozenset({"thanks", "correct"})


@lru_cache(maxsize=1)
def _leads() -> frozenset[str]:
    cues = load_cues()
    return frozenset((*cues.intros, *cues.sighs))


@lru_cache(maxsize=1)
def _wholes() -> frozenset[str]:
    cues = load_cues()
    return frozenset((*cues.in_all, *cues.the_rest))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    cues = load_cues()
    counted = "多少|几|个|件|项|本|份|名|人|家|数"
    ends = rf"(?:的|是|有|已经?|达到?|呢|嘞|{counted}|啊|呀|吧|什么|啥|了|[?？!！。~ ])*"
    several = "(?:这|那)?(?:[两三几]个|[两三几]项|[两三几]样|[两三几]者|俩)"
    before = "|".join((*cues.picking, *cues.all_of_place))
    start = f"(?:那|那么|它们|这些|里面|里头|{several}|{before})*"
    whole, rest = "|".join(cues.in_all), "|".join(cues.the_rest)
    new = f"{start}(?:其中)?(?:{'|'.join(cues.newly)}){ends}"
    every = (f"{start}(?:(?:{whole})的?)+{ends}", f"{start}(?:{rest}){ends}", new)
    whole_of, others, newer = map(re.compile, every)
    return whole_of, others, newer

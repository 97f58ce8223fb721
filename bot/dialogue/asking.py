"""What the words of a question ask for, whatever it is about: how many, which, whether."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import takewhile

from intents.cues import load_cues
from intents.models import Question
from intents.numerals import parse_han
from intents.question_words import asks_how_many
from intents.tagger import Token
from intents.vocabulary import Sort, WordKind

_SMALL = frozenset({WordKind.PLACE, WordKind.NOISE, WordKind.BREAK})
_REPORTED = re.compile(r"\d年报(?=[了给送过到去备请])")
"""2022年报了几件: a year and a verb, no 年报."""
PASSAGES = ("problems", "plans", "first", "honours", "practice", "rhythm")
"""What passages tell, as acts name it."""
_DONE = frozenset({"first", "practice"})
_CLAUSES = re.compile("[,，;；。.!！?？~～\n]")
_SHORT = 4
"""Characters beside a place, of a message that ends in 的 and goes on with what was said."""
_FEW_WORDS = 10
"""Characters."""
_NEAR = 3
"""Words from 各 to what it asks."""
_IN_PASSING = frozenset({Sort.MONEY, Sort.PEOPLE, Sort.UNIT})
"""Sides that are also spoken of where nothing is counted: 借钱, 找人."""


def names_report(question: Question) -> bool:
    """True when the report itself is spoken of: 那份报告, 年报."""
    said = _REPORTED.sub("", question.text.plain)
    return any(word in said for word in load_cues().own_document)


def only_small(question: Question) -> bool:
    """True for 有余姚的吗: nothing but a place and small words."""
    return all(t.kind in _SMALL for t in question.tokens)


def only_names(question: Question) -> bool:
    """True for 余姚 数字化 试点 应用: what it is about, and nothing that asks."""
    asking = any(t.kind in (WordKind.ASK, WordKind.WHICH, WordKind.ACT) for t in question.tokens)
    return not asking and not question.asks and not counts(question)


def is_elliptic(question: Question) -> bool:
    """八进发的呢: what is asked of it was said before."""
    said = question.text.plain.rstrip(" ?？!！。~～")
    own = len(said) - sum(p.end - p.start for p in question.places)
    short = own <= _SHORT and said.endswith(load_cues().linking)  # 部门的
    ends = short or said.endswith(load_cues().elliptic)
    begins = said.startswith(load_cues().going_on) and not counts(question)
    ends = ends or "correct" in question.acts  # 说错了，要进口的
    return (ends and not question.asks) or begins


def says_only_number(question: Question) -> bool:
    """数字各是多少, after figures: nothing is said but that the number is wanted."""
    cues = load_cues()
    small = (*cues.both_places, *cues.three_places)
    concepts = [t.text for t in question.tokens if t.kind is WordKind.CONCEPT]
    unknown = [t.text for t in question.tokens if t.kind is WordKind.UNKNOWN]
    more = [w for w in unknown if len(w) > 1 and not w.startswith(small)]
    return bool(concepts) and set(concepts) <= set(cues.the_number) and not more


def surely_said(question: Question) -> bool:
    """True when a concept stands there as it is written: no guess of the speller (吃东西, 食品)."""
    if any(f.strong and not f.distance and f.clues for f in question.frames):
        return True  # also what two words say together: 执法人员…考试
    strong = frozenset().union(*(f.strong for f in question.frames))
    exact = (t for t in question.tokens if t.kind is WordKind.CONCEPT and not t.distance)
    return any(strong & set(t.entry.concepts) for t in exact)


def names_no_county(question: Question) -> bool:
    """True when only larger places are named, whose codes end in 00 (GB/T 2260): 浙江, 宁波."""
    return all(code.endswith("00") for p in question.places for code in p.codes)


def counts(question: Question) -> bool:
    """True when a number is asked for."""
    return any(f.counted or f.aspects for f in question.frames)


def rank_asked(said: str) -> int:
    """2 for 排第二的, 第二多; 1 where no place in a ranking but the first is asked for."""
    match = _nth().search(said)
    digit = next(filter(None, match.groups())) if match else "1"
    return int(digit) if digit.isdigit() else int(parse_han(digit) or 1)


@cache
def _nth() -> re.Pattern[str]:
    """A place in a ranking: 排第二, 第二名; not 第二季度."""
    cues, digit = load_cues(), "([二三四五六七八九2-9])"
    before, behind = "|".join(cues.ranked_by), "|".join(cues.ranked_as)
    alone = f"^(?:那|那么)?第{digit}(?:呢|是谁|是哪|又是|[?？]|$)"
    return re.compile(f"(?:{before})第?{digit}(?![季批次])|第{digit}(?:{behind})|{alone}")


def words_asked(question: Question) -> bool:
    """True when words may answer where no figure does: 什么, 怎么, 有没有, and no 多少."""
    said, cues = question.text.plain, load_cues()
    if said.startswith(cues.going_on):
        return False  # how about Yuyao?
    asking = [t for t in question.tokens if t.kind is WordKind.ASK or _is_open(t)]
    if asking and _asks_what(asking[-1]) and asking[0].kind is WordKind.ASK:
        return len(asking) > 1 or not counts(question)  # 几家单位一起弄了个啥
    open_ = which_things(said) or may_be_yes(said) or any(_is_open(t) for t in asking)
    return bool(open_) and all(t.kind is not WordKind.ASK for t in asking) and not counts(question)


def _asks_what(token: Token) -> bool:
    """True for 什么, and for 弄了个什么 that asks what was done."""
    return token.text in load_cues().what or not _DONE.isdisjoint(token.entry.concepts)


def wants_all(question: Question) -> bool:
    """两地全给, 统统报来: a few words, of which one means all and one that they are to be told."""
    said, cues = bare(question.text.plain), load_cues()
    asks = any(t.kind in (WordKind.ASK, WordKind.WHICH) for t in question.tokens)
    every = min((said.find(w) for w in cues.everything if w in said), default=-1)
    told = any(w in said[every:] for w in cues.telling)
    declined = any(w in said for w in cues.declining)
    short = len(said) <= _FEW_WORDS and not (asks or question.places)
    return every >= 0 and told and short and not declined


def asks_what_they_are(question: Question) -> bool:
    """True for 那几个“一律”，都是啥: what is counted is to be named, and its number is known."""
    *before, last = _CLAUSES.split(bare(question.text.plain))
    cues, first = load_cues(), "".join(before)
    counted = any(t.kind is WordKind.ASK and t.text in first for t in question.tokens)
    return counted and last.strip().startswith(cues.all_are) and last.endswith(cues.named_ends)


def which_things(said: str) -> str:
    """What asks for things by name, as it is said: 哪些 in 有哪些部门; "" where nothing does."""
    asks = sorted(load_cues().which_several, key=len, reverse=True)
    return next((word for word in asks if word in said), "")


def goes_on_in_words(question: Question) -> bool:
    """False for what or who a thing is that is named: no plan or problem spoken of before."""
    named = any(f.strong for f in question.frames)
    return not (named and any(t.kind is WordKind.WHICH for t in question.tokens))


def asks_for_words(question: Question) -> bool:
    """什么, 哪个, 怎么 and nothing to be counted: words are asked for."""
    content = any(not f.empty for f in question.frames)
    said, cues = question.text.plain, load_cues()
    where = bool(question.places) and any(word in said for word in cues.where)
    about = said.startswith(cues.going_on)  # what about Yuyao
    open_ = any(_is_open(t) and not (about and t.text in cues.what) for t in question.tokens)
    which = open_ or where or bare(said).endswith(cues.name_ends)
    asked = any(
        asks_how_many(t) or (t.kind is WordKind.ASK and t.text not in cues.what)
        for t in question.tokens
    )  # 花了多少钱
    asks = which and not asked and content
    return asks and not any(f.counted or f.aspects - _IN_PASSING for f in question.frames)


def asks_in_words(question: Question) -> bool:
    """True for 余姚和海曙弄了个什么机制: words of both are asked for, not which has more."""
    open_ = [t for t in question.tokens if _is_open(t)]
    cues = load_cues()
    ones = (t.text for t in open_ if t.text not in cues.which_several)
    which_one = any(text.startswith(cues.which_one) for text in ones)
    return bool(open_) and not which_one and not counts(question)


def _is_open(token: Token) -> bool:
    """True for what asks for words: 什么, 有什么做法, 什么地方, what."""
    what = load_cues().what
    acts = {*PASSAGES, "coverage"} if any(w in token.text for w in what) else {*PASSAGES}
    open_ = token.kind is WordKind.ACT and not acts.isdisjoint(token.entry.concepts)
    return open_ or token.kind is WordKind.WHICH or token.text in what


def sets_beside(question: Question) -> bool:
    """跟余姚比呢; not 余姚比例."""
    ends = {p.end for p in question.places}
    behind = (t for t in question.tokens if t.start in ends and t.kind is not WordKind.CONCEPT)
    return any(t.text.startswith(load_cues().than) for t in behind)


def asks_who_more(question: Question) -> bool:
    """谁被告得多, 哪边更高: a comparison of what was spoken of."""
    cues = load_cues()
    which = [t for t in question.tokens if t.text.startswith(cues.which_one)]
    sure = [t.text for t in which if t.kind is WordKind.WHICH]
    *clauses, last = _CLAUSES.split(bare(question.text.plain))
    asking = [c for c in clauses if any(w in c for w in sure)] + ([last] if which else [])
    said = [_without(c, cues.somewhat) for c in asking]
    return any(c.endswith(cues.comparing_ends) and not c.endswith(cues.asking_ends) for c in said)


def _without(said: str, ends: tuple[str, ...]) -> str:
    return said.removesuffix(next((word for word in ends if said.endswith(word)), ""))


def may_be_yes(said: str) -> bool:
    """有没有…, …了没, …吗."""
    cues = load_cues()
    return any(w in said for w in cues.yes_no) or bare(said).endswith(cues.yes_no_ends)


def bare(said: str) -> str:
    """A message without what trails behind."""
    return said.rstrip(" ?？!！。~～啊呀呢")


def names_several(question: Question) -> bool:
    """True for 哪些, 哪几类, and 都干了啥，几场、几份: the things themselves are asked for, too."""
    cues, said = load_cues(), question.text.plain
    deeds = question.counts > 1 and any(deed in said for deed in cues.deeds)
    return deeds or any(t.text in cues.which_several for t in question.tokens)


def orders_list(question: Question) -> bool:
    """List all figures, 都列出来 – not how many cases under that list, nor 列出的任务, 都列了."""
    cues = load_cues()
    told = {*cues.linking, *cues.particles}
    behind = [t.text for t in question.tokens[1:]] + [""]
    lists = [
        n for n, t in enumerate(question.tokens)
        if "list" in t.entry.concepts and behind[n] not in told
    ]  # fmt: skip
    return any(
        question.tokens[n].text not in cues.list_nouns or _begins(question.tokens[:n])
        for n in lists
    )


def _begins(before: Sequence[Token]) -> bool:
    """True where nothing is said before that a noun could belong to."""
    said = [t.text for t in before if t.text.strip()]
    leads = bool(said) and said[-1] in load_cues().list_leads
    return not leads and all(t.kind not in (WordKind.CONCEPT, WordKind.UNKNOWN) for t in before)


def deals_out(question: Question) -> bool:
    """各多少, 分别是多少 – but not 各部门."""
    tokens, cues = question.tokens, load_cues()
    if any(word in question.text.plain for word in cues.each_kind):
        return True
    for n, token in enumerate(tokens):
        if token.text in cues.dealt_out:
            return True
        near = _NEAR if token.text in cues.each else int(token.text in cues.each_level)
        if near and _asked_behind(tokens[n + 1 :], near):
            return True
    return False


def _asked_behind(tokens: Sequence[Token], near: int) -> bool:
    """True where 各 is said of a question word at most so many words on: 各制定或修订了多少."""
    here = takewhile(lambda t: t.kind is not WordKind.BREAK, tokens)
    telling = [t for t in here if t.kind is not WordKind.NOISE]
    if telling and telling[0].text.endswith(load_cues().together):
        return False  # 各部门一块会审了几件
    return any(t.kind is WordKind.ASK for t in telling[:near])

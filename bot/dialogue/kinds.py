"""Which kind of turn a message is: for figures, for words, about the bot, or nothing here."""

import re
from enum import Enum

from bot.dialogue.about_reports import ENTRIES, about_reports, dated
from bot.dialogue.asking import (
    PASSAGES,
    asks_for_words,
    asks_in_words,
    asks_what_they_are,
    asks_who_more,
    counts,
    deals_out,
    is_elliptic,
    names_no_county,
    names_report,
    names_several,
    orders_list,
    rank_asked,
    sets_beside,
    surely_said,
)
from bot.dialogue.session import Session
from bot.dialogue.taking_leave import takes_leave, takes_note
from intents.binding import without_speaker
from intents.cues import load_cues
from intents.models import Question
from intents.numerals import HAN_NUMERAL
from intents.vocabulary import Sort, WordKind


class Turn(Enum):
    """Kinds of turns, each with its own form of answer."""

    FIGURE = "figure"
    LIST = "list"
    COMPARE = "compare"
    RANK = "rank"
    PASSAGE = "passage"
    ENTRY = "entry"
    """Particulars of a report: its number, signatory, dates."""
    SOURCE = "source"
    COVERAGE = "coverage"
    HELP = "help"
    GREET = "greet"
    THANKS = "thanks"
    RESET = "reset"
    REFUSE = "refuse"
    """Advice, other topics, orders to the bot."""


IN_WORDS = "words"
"""What a session remembers of a passage that was asked for without any of these words."""
DATES = frozenset({"which_day", "which_year"})
_NUMBERED = frozenset({"number", "index"})
"""Only a report has them: 哪个文件写的，文号发来 asks for no sentence."""
_DATED = frozenset({"written", "published"})
_AS_DATED = {"signed_off": "written", "released": "published"}
_COURTESY = frozenset({"thanks", "greet"})
_TWO = 2
_LONE_ACTS = {
    "coverage": Turn.COVERAGE, "help": Turn.HELP, "greet": Turn.GREET, "thanks": Turn.THANKS,
}  # fmt: skip


def kind_of(question: Question, session: Session) -> Turn:
    """The kind of a turn, the safest reading first."""
    acts = _acts_of(question, session)
    content = any(not frame.empty for frame in question.frames)
    strong = any(frame.strong for frame in question.frames)
    wordy = acts & set(PASSAGES)
    if takes_note(question) or takes_leave(question):
        return Turn.THANKS
    if _is_none_of_ours(question, acts, strong=strong, wordy=bool(wordy)):
        return Turn.REFUSE
    if _DATED & set(session.acts) and {"signed_off", "released"} & acts and not strong:
        return Turn.ENTRY
    other = acts - _COURTESY if question.places else acts  # 谢谢，余姚呢
    goes_on = _goes_on(question, content=content) and not _turns_away(question, session)
    if session.acts and not other and goes_on:
        return _kind_of_acts(session.acts)
    anew = bool(question.places) or (content and (strong or question.asks))  # 重来，我要问余姚
    if "reset" in acts and not anew:
        return Turn.RESET
    proof = _of_proof(question, acts, session, strong=strong)
    if proof is not None:
        return proof
    superlative = acts & {"most", "least"}
    if about_reports(question, acts, session, strong=strong) and not superlative:
        return Turn.COVERAGE
    entry = acts & set(ENTRIES) or dated(question, acts, strong=strong)
    weighs = superlative or "compare" in acts  # more … submitted to the government
    if entry and not counts(question) and not (weighs and strong):
        return Turn.ENTRY
    figure = _figure_kind(question, acts, session)
    goes_on = bool(session.frames) and counts(question)  # 哦哦，那总共办了几件
    asks = strong or question.places or question.periods or goes_on
    if figure is Turn.FIGURE and not asks:
        return next((t for a, t in _LONE_ACTS.items() if a in acts), Turn.FIGURE)
    return figure


_A_NUMBER = re.compile(rf"\d|[{HAN_NUMERAL}]{{2}}|[{HAN_NUMERAL}][成倍折]|百分(?!之[几多])")
"""Of Chinese numerals two: 两百万, not the 一 of 一件事; or 百分之百."""
_ASKING = frozenset({WordKind.ASK, WordKind.WHICH})
_NUMERALS = frozenset("0123456789一二两三四五六七八九十百千万亿")


def _of_proof(question: Question, acts: set[str], session: Session, *, strong: bool) -> Turn | None:
    """The words that were told once more, or the sentence of what was; None where none is asked."""
    if _wants_words_again(question, acts, session, strong=strong):
        return Turn.PASSAGE
    return Turn.SOURCE if session.facts and _wants_proof(question, acts, session) else None


def _wants_words_again(
    question: Question, acts: set[str], session: Session, *, strong: bool
) -> bool:
    """原文呢, behind a passage: it is the source, and no figure told before it."""
    told = {*PASSAGES, IN_WORDS} & set(session.acts)
    named = strong or question.places or acts & {*ENTRIES, "doubt", "alter", "correct"}
    return bool(told) and "source" in acts and not named and not counts(question)


def _wants_proof(question: Question, acts: set[str], session: Session) -> bool:
    """True where the sentence of what was told is asked for, or what was told is doubted."""
    content = any(not frame.empty for frame in question.frames)
    tokens = without_speaker(question.tokens)
    own = {c for t in tokens for c in t.entry.concepts}
    strong = any(frame.strong & own for frame in question.frames)  # not what others said
    entry = acts & _NUMBERED or (acts & set(ENTRIES) and names_report(question))
    if "source" in acts and not entry:
        return not (strong or question.places) or not counts(question)
    elsewhere = {c for p in question.places for c in p.codes} - set(session.places)
    turned = any(Sort.GROWTH in f.aspects for f in question.frames)  # 你改成上涨
    if "alter" in acts and (turned or not _NUMERALS.isdisjoint(question.text.plain)):
        asked = any(t.kind is WordKind.ASK for t in tokens)
        return not (elsewhere or (strong and asked))  # 你改成12%: what was told stands
    claims = not strong or any(word in question.text.plain for word in load_cues().claims)
    claimed = "doubt" in acts or ("correct" in acts and claims)
    claimed = claimed and _A_NUMBER.search(question.text.plain) is not None
    if claimed and not (question.periods or elsewhere or _asks(question)):
        return True  # 不对吧，邻居说有80项; 我们材料上写的是败诉率8%，请核对
    asks = question.asks and (bool(own) or any(t.kind in _ASKING for t in tokens))
    asked = asks and (content or counts(question))
    return "doubt" in acts and not (asked or strong or elsewhere)  # 我听说有三百件 asks nothing


def _asks(question: Question) -> bool:
    return any(t.kind in _ASKING for t in question.tokens)


def _turns_away(question: Question, session: Session) -> bool:
    """True where what was spoken of in words is not what is asked now."""
    if session.acts == ("coverage",):
        return bool(session.frames and question.places)
    if session.acts == (IN_WORDS,):
        return any(f.strong for f in question.frames) or counts(question)
    soft = any(f.soft for f in question.frames)  # 挂到网上呢, behind the day it was written
    return soft and bool(set(session.acts) & set(ENTRIES))


def _goes_on(question: Question, *, content: bool) -> bool:
    """余姚呢, or 数字政府那块呢: the same is asked of another place or matter."""
    elliptic = is_elliptic(question) and not counts(question)
    return elliptic or (not content and bool(question.places or question.periods))


def _acts_of(question: Question, session: Session) -> set[str]:
    """The acts; whose name is asked for is the report, where nothing else is named or was told."""
    acts = set(question.acts)
    if _asks_of_told(question, session):
        acts.discard("coverage")
    named = bool(session.facts) or any(not f.empty for f in question.frames)
    other = named and not names_report(question)
    return acts | {"title"} if "name" in acts and not other else acts


def _asks_of_told(question: Question, session: Session) -> bool:
    """余姚查得到吗, 2022年的能查到吗, behind a figure: whether the same is given there."""
    told = session.facts and session.answered and not session.acts
    bare = all(f.empty for f in question.frames)
    elsewhere = question.places or question.periods
    return bool(told and elsewhere) and bare and not names_report(question)


def _kind_of_acts(acts: tuple[str, ...]) -> Turn:
    if set(acts) & set(ENTRIES):
        return Turn.ENTRY
    return Turn.COVERAGE if "coverage" in acts else Turn.PASSAGE


def _is_none_of_ours(question: Question, acts: set[str], *, strong: bool, wordy: bool) -> bool:
    """Orders to the bot, advice, other topics."""
    asked = strong and bool(question.places) and counts(question)  # 余姚配了几个…？我该找谁
    told = "source" in acts or not acts.isdisjoint(ENTRIES)
    advice = "advice" in acts and not (wordy or asked or told)  # 原文怎么写, 索引号怎么写
    apart = asked and _asks_apart(question)  # 帮忙备个讲稿，余姚配了几个…
    beyond = "beyond" in acts and not (apart or ("source" in acts and not strong))
    if "injection" in acts or beyond or advice:
        return True
    if "correct" in acts and question.places:
        return False  # 口误，刚才分心看路况，是余姚
    if "coverage" in acts and question.places:
        return False  # 你这儿有余姚的资料不，我对象想回那边
    off = "offtopic" in acts and "source" not in acts  # 依据在哪里 is asked of what was told
    aside = off and not (question.places or counts(question))
    own = _of_the_family(question)
    if own and not (counts(question) or wordy):
        return True  # 我家稻子招虫，打哪种药
    return aside or ((off or own) and not surely_said(question))


def _asks_apart(question: Question) -> bool:
    """True where a clause asks how many and wants nothing that is beyond the reports."""
    clauses: list[set[str]] = [set()]
    for token in question.tokens:
        if token.kind is WordKind.BREAK and token.text.strip():
            clauses.append(set())
        asks = {"ask"} if token.kind is WordKind.ASK else set()
        clauses[-1] |= asks | set(token.entry.concepts)
    return any("ask" in c and "beyond" not in c for c in clauses)


def _of_the_family(question: Question) -> bool:
    """Of people's own matters, in words that no report knows."""
    own = any(word in question.text.plain for word in load_cues().kin)
    strange = sum(t.kind is WordKind.UNKNOWN for t in question.tokens)
    about_told = {"correct", "source", "doubt"} & set(question.acts)  # 不对吧，邻居说有80项
    goes_on = is_elliptic(question) and surely_said(question)  # 跟老板闹翻找上门的呢
    return own and strange > 1 and not (question.places or about_told or goes_on)


def _figure_kind(question: Question, acts: set[str], session: Session) -> Turn:
    superlative = bool(acts & {"most", "least"}) or rank_asked(question.text.plain) > 1
    years = {p.year for p in question.periods} if "correct" not in acts else set()
    places = {p.codes or (p.text,) for p in question.places}
    several = len(places) > 1 or len(years) > 1
    if several and not (len(years) < _TWO and asks_in_words(question)):
        return Turn.COMPARE
    ranked = any(Sort.RANK in f.aspects and f.strong for f in question.frames)
    larger = superlative and names_no_county(question)  # 宁波哪里最多
    here = bool((question.places and not larger) or (session.places and not superlative))
    if (superlative or ranked) and not here:
        return Turn.RANK
    if question.places and all(Sort.RANK in f.aspects and f.empty for f in question.frames):
        return Turn.LIST  # 余姚排省里第几: whatever it is ranked in
    more = "compare" in acts or asks_who_more(question) or sets_beside(question)
    two = max(len(session.facts), len(session.recent), len(session.shown)) > 1
    if more and (question.places or two):
        return Turn.COMPARE
    dated = acts & DATES and not superlative
    if (dated or acts & set(PASSAGES)) and not counts(question):
        return Turn.PASSAGE
    if "rhythm" in acts and here:
        return Turn.PASSAGE  # 多久分析一次、多久研判一次 counts no days
    if asks_what_they_are(question):
        return Turn.PASSAGE
    ordered = orders_list(question)
    if ordered or names_several(question) or "outcomes" in acts:
        listed = counts(question) or deals_out(question) or ordered or "outcomes" in acts
        return Turn.LIST if listed else Turn.PASSAGE
    words = "name" in acts or asks_for_words(question)  # 有个调解员…叫啥名字
    if words and (question.places or session.places):
        return Turn.PASSAGE
    return Turn.LIST if deals_out(question) else Turn.FIGURE


def entries_asked(question: Question, before: tuple[str, ...]) -> list[str]:
    """Which particulars of a report are asked for; those spoken of *before* when none is said."""
    acts = [a for a in question.acts if a not in _COURTESY] or before
    asked = ["title" if a == "name" else a for a in acts if a in (*ENTRIES, "name")]
    if not asked and _DATED & set(before):
        asked = [_AS_DATED[a] for a in acts if a in _AS_DATED][:1]  # 写成的那天，不是上网那天
    if "which_day" in acts and asked in ([], ["signatory"]):  # on what date was it signed?
        asked = ["written" if {"signed_off", "signatory"} & set(acts) else "published"]
    return asked

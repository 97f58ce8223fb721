"""Which kind of turn a message is: for figures, for words, about the bot, or nothing here."""

import re
from enum import Enum
from functools import cache

from bot.dialogue.session import Session
from intents.binding import without_speaker
from intents.cues import load_cues
from intents.models import Question
from intents.numerals import parse_han
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


ENTRIES = (
    "number", "signatory", "published", "written", "issuer", "printer", "title", "index",
    "addressee",
)  # fmt: skip
PASSAGES = ("problems", "plans", "first", "honours", "practice", "rhythm")
DATES = frozenset({"which_day", "which_year"})
_PARTICULARS = frozenset({*ENTRIES, "signed_off", "released"})
_DATED = frozenset({"written", "published"})
_AS_DATED = {"signed_off": "written", "released": "published"}
_LONE_ACTS = {
    "coverage": Turn.COVERAGE, "help": Turn.HELP, "greet": Turn.GREET, "thanks": Turn.THANKS,
}  # fmt: skip


def kind_of(question: Question, session: Session) -> Turn:
    """The kind of a turn, the safest reading first."""
    acts = set(question.acts)
    content = any(not frame.empty for frame in question.frames)
    strong = any(frame.strong for frame in question.frames)
    wordy = acts & set(PASSAGES)
    if question.text.plain.strip(" !！。.~～") in load_cues().taken_note:
        return Turn.THANKS
    if _is_none_of_ours(question, acts, strong=strong, wordy=bool(wordy)):
        return Turn.REFUSE
    if _DATED & set(session.acts) and {"signed_off", "released"} & acts and not strong:
        return Turn.ENTRY
    elsewhere = session.acts == ("coverage",) and session.frames and question.places
    if session.acts and not (acts or elsewhere) and _goes_on(question, content=content):
        return _kind_of_acts(session.acts)
    if "reset" in acts and not content:
        return Turn.RESET
    if session.facts and _wants_proof(question, acts, session):
        return Turn.SOURCE
    superlative = acts & {"most", "least"}
    if _about_reports(question, acts, session, strong=strong) and not superlative:
        return Turn.COVERAGE
    entry = acts & set(ENTRIES) or _dated(question, acts, strong=strong)
    if entry and not counts(question) and not (superlative and strong):
        return Turn.ENTRY
    figure = _figure_kind(question, acts, session)
    goes_on = bool(session.frames) and counts(question)  # 哦哦，那总共办了几件
    asks = strong or question.places or question.periods or goes_on
    if figure is Turn.FIGURE and not asks:
        return next((t for a, t in _LONE_ACTS.items() if a in acts), Turn.FIGURE)
    return figure


def _wants_proof(question: Question, acts: set[str], session: Session) -> bool:
    """True where the sentence of what was told is asked for, or what was told is doubted."""
    content = any(not frame.empty for frame in question.frames)
    own = {c for t in without_speaker(question.tokens) for c in t.entry.concepts}
    strong = any(frame.strong & own for frame in question.frames)  # not what others said
    if "source" in acts:
        return not (strong or question.places) or not counts(question)
    elsewhere = {c for p in question.places for c in p.codes} - set(session.places)
    asked = question.asks and (content or counts(question))
    return "doubt" in acts and not (asked or strong or elsewhere)  # 我听说有三百件 asks nothing


def _about_reports(question: Question, acts: set[str], session: Session, *, strong: bool) -> bool:
    """True when the reports themselves are asked about: which there are, of which years."""
    said = question.text.plain
    document = any(word in said for word in load_cues().own_document)
    if "which_year" in acts:
        document = document or any(word in said for word in load_cues().that_document)
    if not strong and document and acts <= {"coverage", "which_year", "list"}:
        return question.asks or bool(acts) or _may_be_yes(said)
    bare = only_small(question) and _may_be_yes(said)
    if bare and (not session.frames or _names_no_county(question)):
        return bool(question.places)  # 有余姚的吗
    named = "coverage" in acts and (_names_no_county(question) or not strong or document)
    return named and not acts & _PARTICULARS and not counts(question)


_SMALL = frozenset({WordKind.PLACE, WordKind.NOISE, WordKind.BREAK})


def only_small(question: Question) -> bool:
    """True for 有余姚的吗: nothing but a place and small words."""
    return all(t.kind in _SMALL for t in question.tokens)


def _goes_on(question: Question, *, content: bool) -> bool:
    """余姚呢, or 数字政府那块呢: the same is asked of another place or matter."""
    elliptic = is_elliptic(question) and not counts(question)
    return elliptic or (not content and bool(question.places or question.periods))


_SHORT = 4
"""Characters beside a place, of a message that ends in 的 and goes on with what was said."""


def is_elliptic(question: Question) -> bool:
    """八进发的呢: what is asked of it was said before."""
    said = question.text.plain.rstrip(" ?？!！。~～")
    own = len(said) - sum(p.end - p.start for p in question.places)
    short = own <= _SHORT and said.endswith(load_cues().linking)  # 部门的
    ends = short or said.endswith(load_cues().elliptic)
    begins = said.startswith(load_cues().going_on) and not counts(question)
    return (ends and not question.asks) or begins


def _kind_of_acts(acts: tuple[str, ...]) -> Turn:
    if set(acts) & set(ENTRIES):
        return Turn.ENTRY
    return Turn.COVERAGE if "coverage" in acts else Turn.PASSAGE


def _is_none_of_ours(question: Question, acts: set[str], *, strong: bool, wordy: bool) -> bool:
    """Orders to the bot, advice, other topics."""
    asked = strong and bool(question.places) and counts(question)  # 余姚配了几个…？我该找谁
    if {"injection", "beyond"} & acts or ("advice" in acts and not (wordy or asked)):
        return True
    told = strong if question.places else surely_said(question)
    return ("offtopic" in acts or _of_the_family(question)) and not told


def _of_the_family(question: Question) -> bool:
    """Of people's own matters, in words that no report knows."""
    own = any(word in question.text.plain for word in load_cues().kin)
    strange = sum(t.kind is WordKind.UNKNOWN for t in question.tokens)
    return own and strange > 1 and not question.places


def surely_said(question: Question) -> bool:
    """True when a concept stands there as it is written: no guess of the speller (吃东西, 食品)."""
    strong = frozenset().union(*(f.strong for f in question.frames))
    exact = (t for t in question.tokens if t.kind is WordKind.CONCEPT and not t.distance)
    return any(strong & set(t.entry.concepts) for t in exact)


def _names_no_county(question: Question) -> bool:
    """True when only larger places are named, whose codes end in 00 (GB/T 2260): 浙江, 宁波."""
    return all(code.endswith("00") for p in question.places for code in p.codes)


def counts(question: Question) -> bool:
    """True when a number is asked for."""
    return any(f.counted or f.aspects for f in question.frames)


def _figure_kind(question: Question, acts: set[str], session: Session) -> Turn:
    superlative = bool(acts & {"most", "least"}) or rank_asked(question.text.plain) > 1
    years = {p.year for p in question.periods} if "correct" not in acts else set()
    places = {p.codes or (p.text,) for p in question.places}
    several = len(places) > 1 or len(years) > 1
    if several:
        return Turn.COMPARE
    ranked = any(Sort.RANK in f.aspects and f.strong for f in question.frames)
    larger = superlative and _names_no_county(question)  # 宁波哪里最多
    here = bool((question.places and not larger) or (session.places and not superlative))
    if (superlative or ranked) and not here:
        return Turn.RANK
    more = "compare" in acts or _who_more(question) or _set_beside(question)
    two = max(len(session.facts), len(session.recent), len(session.shown)) > 1
    if more and (question.places or two):
        return Turn.COMPARE
    dated = acts & DATES and not superlative
    if (dated or acts & set(PASSAGES)) and not counts(question):
        return Turn.PASSAGE
    if "list" in acts or names_several(question) or "outcomes" in acts:
        listed = counts(question) or _dealt_out(question) or acts & {"list", "outcomes"}
        return Turn.LIST if listed else Turn.PASSAGE
    if _asks_for_words(question) and (question.places or session.places):
        return Turn.PASSAGE
    return Turn.LIST if _dealt_out(question) else Turn.FIGURE


def rank_asked(said: str) -> int:
    """2 for 排第二的, 第二多; 1 where no place in a ranking but the first is asked for."""
    match = _nth().search(said)
    digit = (match[1] or match[2]) if match else "1"
    return int(digit) if digit.isdigit() else int(parse_han(digit) or 1)


@cache
def _nth() -> re.Pattern[str]:
    """A place in a ranking: 排第二, 第二名; not 第二季度."""
    cues, digit = load_cues(), "([二三四五六七八九2-9])"
    before, behind = "|".join(cues.ranked_by), "|".join(cues.ranked_as)
    return re.compile(f"(?:{before})第?{digit}(?![季批次])|第{digit}(?:{behind})")


def _dated(question: Question, acts: set[str], *, strong: bool) -> bool:
    """True when the date of a report itself is asked for: 哪天 … 放到网上, 报告是几号的."""
    own = any(word in question.text.plain for word in load_cues().own_document)
    return "which_day" in acts and not strong and (own or bool(acts & _PARTICULARS))


def entries_asked(question: Question, before: tuple[str, ...]) -> list[str]:
    """Which particulars of a report are asked for; those spoken of *before* when none is said."""
    acts = question.acts or before
    asked = [a for a in acts if a in ENTRIES]
    if not asked and _DATED & set(before):
        asked = [_AS_DATED[a] for a in acts if a in _AS_DATED][:1]  # 写成的那天，不是上网那天
    if "which_day" in acts and asked in ([], ["signatory"]):  # on what date was it signed?
        asked = ["written" if {"signed_off", "signatory"} & set(acts) else "published"]
    return asked


def words_asked(question: Question) -> bool:
    """True when words may answer where no figure does: 什么, 怎么, 有没有, and no 多少."""
    kinds = {t.kind for t in question.tokens}
    open_ = WordKind.WHICH in kinds or _may_be_yes(question.text.plain)
    return open_ and WordKind.ASK not in kinds and not counts(question)


def _asks_for_words(question: Question) -> bool:
    """什么, 哪个, 怎么 and nothing to be counted: words are asked for."""
    kinds = {t.kind for t in question.tokens}
    content = any(not f.empty for f in question.frames)
    asks = WordKind.WHICH in kinds and WordKind.ASK not in kinds and content
    return asks and not any(f.counted or f.aspects - _IN_PASSING for f in question.frames)


_IN_PASSING = frozenset({Sort.MONEY, Sort.PEOPLE, Sort.UNIT})
"""Sides that are also spoken of where nothing is counted: 借钱, 找人."""


def _set_beside(question: Question) -> bool:
    """跟余姚比呢; not 余姚比例."""
    ends = {p.end for p in question.places}
    behind = (t for t in question.tokens if t.start in ends and t.kind is not WordKind.CONCEPT)
    return any(t.text.startswith(load_cues().than) for t in behind)


def _who_more(question: Question) -> bool:
    """谁被告得多, 哪边更高: a comparison of what was spoken of."""
    cues = load_cues()
    asks = any(t.text.startswith(cues.which_one) for t in question.tokens)
    said = _bare(question.text.plain)
    return asks and said.endswith(cues.comparing_ends) and not said.endswith(cues.asking_ends)


def _may_be_yes(said: str) -> bool:
    """有没有…, …了没, …吗."""
    cues = load_cues()
    return any(w in said for w in cues.yes_no) or _bare(said).endswith(cues.yes_no_ends)


def _bare(said: str) -> str:
    """Without what trails behind."""
    return said.rstrip(" ?？!！。~～啊呀呢")


def names_several(question: Question) -> bool:
    """True for 哪些, 哪几类: the things themselves are asked for, too."""
    return any(t.text in load_cues().which_several for t in question.tokens)


def _dealt_out(question: Question) -> bool:
    """各多少, 分别是多少 – but not 各部门."""
    tokens, cues = question.tokens, load_cues()
    if any(word in question.text.plain for word in cues.each_kind):
        return True
    for n, token in enumerate(tokens):
        if token.text in cues.dealt_out:
            return True
        behind = tokens[n + 1 : n + 4]
        if token.text in cues.each and any(t.kind is WordKind.ASK for t in behind):
            return True
    return False

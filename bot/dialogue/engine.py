"""One turn: message, session and knowledge in; reply, trace and the next session out. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.dialogue.answer import Answer, Note, Origin, Status
from bot.dialogue.asking import asks_who_more, goes_on_in_words, wants_all
from bot.dialogue.carrying import carried
from bot.dialogue.comparing import cited_fact, compared
from bot.dialogue.figures import answer_figures
from bot.dialogue.gate import GateError, check, numerals
from bot.dialogue.going_back import gone_back
from bot.dialogue.highest import answer_rank
from bot.dialogue.in_words import in_words, named_there, or_in_words
from bot.dialogue.kinds import Turn, kind_of
from bot.dialogue.listing import answer_list
from bot.dialogue.particulars import answer_coverage, answer_entry
from bot.dialogue.parts import beside_part, counted_as_asked, one_of_told, told_there
from bot.dialogue.passages import named_in_words
from bot.dialogue.picking import picked
from bot.dialogue.render import render
from bot.dialogue.resolve import Resolved, resolve
from bot.dialogue.session import Session
from bot.dialogue.tracing import traced
from bot.dialogue.wording import Wording, Wordings, language_of
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from bot.messages import Reply
from intents.cues import load_cues
from intents.models import Question
from intents.reader import MAX_TEXT
from intents.vocabulary import Sort

_LONE = {Turn.GREET: "greet", Turn.THANKS: "thanks", Turn.HELP: "help", Turn.RESET: "reset"}


@dataclass(frozen=True, slots=True)
class Trace:
    """How a turn was understood and decided."""

    question: Question
    kind: Turn
    resolved: Resolved
    answer: Answer


def turn(
    said: str,
    session: Session,
    knowledge: Knowledge,
    wordings: Wordings,
    today: date,
    language: str = "",
    kind: Turn | None = None,
) -> tuple[Reply, Trace, Session]:
    """Answer one message, in *language* or else in that of the message.

    *kind* is what is to be done with it, where that is known otherwise.
    """
    first, rest = amended(said)
    if first and kind is None:
        _, trace, before = turn(first, session, knowledge, wordings, today, language)
        if trace.answer.cited or trace.answer.options:
            return turn(rest, before, knowledge, wordings, today, language)
    meant = picked(said, session)
    text = corrected(meant.says[0])
    question = knowledge.reader.read(text, today)
    wording = wordings.of(language or language_of(question), knowledge.romanised)
    several = meant.says if len(meant.says) > 1 else ()
    bare = not any(f.strong for f in question.frames)
    everything = bool(session.pending) and bare and wants_all(question)
    if everything or "all" in question.acts or ("list" in question.acts and bare):
        offered = session.offered if session.picked and bare and not question.places else ()
        several = several or tuple(o.say for o in (session.pending or offered)[:_MAX_ALL])
    if several:
        return _each(several, said, session, knowledge, wording, today)
    reply, trace, after = _turn(question, text, said + text, session, knowledge, wording, kind)
    if meant.option:
        after = replace(after, offered=session.pending or session.offered, picked=meant.option)
    return reply, trace, after


def _turn(
    question: Question, text: str, said: str, session: Session, knowledge: Knowledge,
    wording: Wording, kind: Turn | None = None,
) -> tuple[Reply, Trace, Session]:  # fmt: skip
    """Answer *text*, what is meant by what was *said*, read as *question*."""
    session = gone_back(session, question, knowledge)
    kind = kind or kind_of(question, session)
    resolved = resolve(question, session, knowledge, compares=kind is Turn.COMPARE)
    beside = None
    if kind is Turn.COMPARE:
        beside = _side_by_side(resolved, session, knowledge)
    elif kind in (Turn.FIGURE, Turn.LIST):
        beside = beside_part(question, session, knowledge)
        beside = beside or one_of_told(question, session, knowledge)
        beside = beside or told_there(question, session, knowledge)
    beside = beside or traced(resolved, knowledge)
    answer = beside or _answer(kind, resolved, session, knowledge)
    if kind is Turn.FIGURE:
        answer = counted_as_asked(answer, question, session, knowledge)
    if len(text) > MAX_TEXT:
        answer = replace(answer, after=(*answer.after, Note("too_long")))
    trace = Trace(question, kind, resolved, answer)
    reply, trace = _gated(trace, said, knowledge, wording)
    return reply, trace, carried(session, kind, trace.resolved, trace.answer, knowledge)


def _gated(trace: Trace, said: str, knowledge: Knowledge, wording: Wording) -> tuple[Reply, Trace]:
    """The reply to a turn; one with a number that nothing vouches for is withheld."""
    reply = render(trace.answer, wording)
    try:
        check(reply, trace.answer, said, wording, _known(knowledge, trace.answer, trace.resolved))
    except GateError:
        failed = Answer(Status.NO_DATA, (Note("failed"),), reason=Reason.NOT_REPORTED)
        return render(failed, wording), replace(trace, answer=failed)
    return reply, trace


def _each(
    says: tuple[str, ...], said: str, session: Session, knowledge: Knowledge, wording: Wording,
    today: date,
) -> tuple[Reply, Trace, Session]:  # fmt: skip
    """都要: every option of the question asked back, in one answer."""
    clean = replace(session, pending=())
    turns = [
        _turn(knowledge.reader.read(say, today), say, say, clean, knowledge, wording)
        for say in says
    ]
    trace = turns[0][1]
    answers = [t[1].answer for t in turns]
    cited = tuple(dict.fromkeys(c for a in answers for c in a.cited))
    if not cited:
        return turns[0]
    answer = replace(answers[0], cited=cited, notes=())
    reply, trace = _gated(replace(trace, answer=answer), said, knowledge, wording)
    if not trace.answer.cited:
        return reply, trace, session
    places = tuple(dict.fromkeys(c.fact.area.code for c in cited))
    after = replace(
        turns[0][2], facts=tuple(c.fact.id for c in cited), places=places, recent=places
    )
    return reply, trace, after


_CORRECTION = re.compile(
    r"^(?:.{2,6}[，, ])?.{0,6}?(?:不是|不对|不不不?|错了|打错了|说错了|弄错了|搞错了)"
    r"[^，,。！!]{0,12}[，,。！! ]+"
    r"(?:我)?(?:是|而是|还是|说的?是?|问的?是?|要问的?是?|想问的?是?|指的?是?)(?P<meant>.+)$"
)
_BARE_WORD = re.compile(r"(?!.*(?:[几多哪谁啥么吗呢率比]|那[批些]$))[\u4e00-\u9fff\d.“”]{2,12}")
"""What is meant where it is one word and asks nothing: it replaces what was ruled out."""
_MAX_ALL = 6
_TWO = 2


@lru_cache(maxsize=1)
def _amendment() -> re.Pattern[str]:
    cues = load_cues()
    sighs, back = "|".join(cues.sighs), "|".join(cues.taking_back)
    stop = "[，,。！!？? ]"
    return re.compile(
        f"^(?P<first>.{{5,}}?){stop}+(?:{sighs})?[，, ]?(?:{back}){stop}+(?P<meant>.{{2,}})$"
    )


def amended(said: str) -> tuple[str, str]:
    """余姚新增了几个点，哦不对，我要总数: what was said first, which goes before, and what is
    meant; "" and all of it where nothing is taken back."""
    match = _amendment().match(said.strip()) if len(said) <= MAX_TEXT else None
    return (match["first"], match["meant"]) if match else ("", said)


def corrected(said: str) -> str:
    """What is meant in 不是调解，是复议: the second half only."""
    text = said.strip()
    while match := _CORRECTION.match(text):
        text = match["meant"]
    if text == said.strip():
        return said
    bare = text.rstrip("!！。~～ ")
    return f"{bare}呢" if _BARE_WORD.fullmatch(bare) else text


def _answer(kind: Turn, resolved: Resolved, session: Session, knowledge: Knowledge) -> Answer:
    if kind is Turn.REFUSE:
        return Answer(Status.OUT_OF_SCOPE, (Note("out_of_scope"),), reason=Reason.OUT_OF_SCOPE)
    if kind in _LONE:
        return Answer(Status.OUT_OF_SCOPE if kind is not Turn.HELP else Status.ANSWERED,
                      (Note(_LONE[kind]),))  # fmt: skip
    if kind is Turn.COVERAGE:
        return answer_coverage(resolved, knowledge)
    if kind is Turn.SOURCE:
        return _source(resolved, session, knowledge)
    if kind is Turn.ENTRY:
        return answer_entry(resolved, knowledge, session.acts)
    if kind is Turn.PASSAGE:
        acts = session.acts if goes_on_in_words(resolved.question) else ()
        return in_words(resolved, knowledge, acts)
    if kind is Turn.LIST:
        listed = or_in_words(answer_list(resolved, knowledge), resolved, knowledge)
        listed = named_there(listed, resolved, knowledge)
        return named_in_words(listed, resolved, knowledge)
    if kind is Turn.RANK:
        return answer_rank(resolved, knowledge, lowest="least" in resolved.question.acts)
    figures = answer_figures(resolved, knowledge)
    return figures if kind is Turn.COMPARE else or_in_words(figures, resolved, knowledge)


def _side_by_side(resolved: Resolved, session: Session, knowledge: Knowledge) -> Answer | None:
    """哪个多, after figures of two places: just those, the latest of each."""
    sort = knowledge.tongue.vocabulary.sort
    frames = resolved.question.frames  # 谁发得多 names nothing, either
    named = any(f.residual or any(sort(c) is not Sort.ACT for c in f.strong) for f in frames)
    if resolved.question.places or named:
        return None
    keys = session.facts if len(session.facts) == _TWO else [k for _, k in session.shown]
    shown = [f for key in keys if (f := knowledge.base.fact(key)) is not None]
    if not shown:
        return None
    last = shown[-1]
    others = [f for f in shown if f.area != last.area]
    same = [f for f in others if f.intent == last.intent and f.kind is last.kind]
    alike = [f for f in others if f.unit == last.unit]
    same = same or [f for f in alike if f.parent is None or last.parent] or alike
    asked = "compare" in resolved.question.acts or asks_who_more(resolved.question)
    if not same and asked:  # two figures of one place
        same = [f for f in shown[:-1] if f.id != last.id and f.unit == last.unit]
    if not same:
        return None
    facts = (same[-1], last)
    cited = tuple(cited_fact(f, knowledge) for f in facts)
    return compared(Answer(Status.ANSWERED, (), cited, intent=facts[0].intent))


def _source(resolved: Resolved, session: Session, knowledge: Knowledge) -> Answer:
    """The sentences of what was told; of several places those of the one that is named."""
    facts = [f for key in session.facts if (f := knowledge.base.fact(key)) is not None]
    named = resolved.where.codes if resolved.where.origin is Origin.SAID else ()
    facts = [f for f in facts if f.area.code in named] or facts
    if not facts:
        return Answer(Status.NO_DATA, (Note("no_source"),), reason=Reason.NOT_REPORTED)
    cited = tuple(cited_fact(f, knowledge) for f in facts)
    return Answer(Status.ANSWERED, (Note("source_of"),), cited, intent=facts[0].intent)


def _known(knowledge: Knowledge, answer: Answer, resolved: Resolved) -> list[str]:
    """Texts about the base itself whose numerals may be shown."""
    known = [*_of_base(knowledge)]
    known += [str(period.year) for period in resolved.question.periods]
    known += [str(resolved.year or "")]
    known += [slot.value for slot in answer.understood.values()]
    known += [option.label for option in answer.options]
    known += [str(len(answer.cited))]
    notes = (*answer.notes, *answer.after)
    shown = ("measure", "count", "words")
    known += [str(note.fields.get(key, "")) for note in notes for key in shown]
    return known


@lru_cache(maxsize=1)
def _of_base(knowledge: Knowledge) -> frozenset[str]:
    """The numerals of the base itself: its sizes, its years and the names of its places."""
    sizes = (knowledge.base.size, knowledge.base.report_count(), len(knowledge.years))
    years = {year for years in knowledge.years.values() for year in years}
    texts = (*(str(n) for n in (*sizes, *years)), *knowledge.names.values())
    return frozenset(n for text in texts for n in numerals(text))

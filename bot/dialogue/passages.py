"""Questions that words answer: verbatim passages of a report, or of each of several."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, takewhile
from typing import NamedTuple

from bot.dialogue.answer import Answer, Note, Origin, Quoted, Status
from bot.dialogue.asking import PASSAGES, bare, counts, which_things
from bot.dialogue.kinds import DATES
from bot.dialogue.naming import year_list
from bot.dialogue.refusals import MAX_OPTIONS, no_year, out_of_scope, place_trouble, unknown_place
from bot.dialogue.resolve import Resolved
from bot.dialogue.searching import ENOUGH, Hit, best, search, unspoken, with_sequel
from bot.facts.model import Fact, Passage, Report, Role
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from bot.messages import Option
from intents.clues import clues_of_places
from intents.cues import load_cues
from intents.models import Frame, Question
from intents.vocabulary import WordKind

MAX_PASSAGE = 600
_DATE = re.compile(r"\d{1,2}月|年[底初]|\d{4}年")
_FAR = 1.5
"""So many times as much a passage says of what is asked where it need not be marked."""
_SOME = 1.0
"""Bits that tell which sentences of a section speak of what is asked, if of little."""
_LITTLE = 0.6
"""Those with such a share of the most do."""
_UNSPOKEN = 0.66
"""Such a share of its bits may be worth what the report never speaks of."""
MAX_PLACES = 5
"""Places whose reports are told one under another."""
_NAMED_ONE_BY_ONE = "、"
_NOUN = 2
"""Characters of a noun that tell it: 领域 in 哪些领域."""
_ROLES = {"problems": (Role.PROBLEMS,), "plans": (Role.PLAN,)}


def answer_passage(resolved: Resolved, knowledge: Knowledge, acts: tuple[str, ...]) -> Answer:
    """The sentences of a report that speak of what is asked; *acts* are those spoken of before."""
    trouble = place_trouble(resolved, knowledge)
    if trouble is not None:
        return trouble
    dated = DATES & set(resolved.question.acts) and resolved.where.origin is not Origin.SAID
    if dated and _is_strange(resolved):
        return out_of_scope()
    act = next((a for a in (*_asked(resolved.question), *acts) if a in PASSAGES), "")
    text = resolved.question.text.plain
    if not act and any(m in text for m in load_cues().first):
        act = "first"
    if not act and DATES & set(resolved.question.acts):
        act = "which_day"
    if not resolved.where.codes or resolved.where.scope:
        return which_place(_speaking(act, resolved, knowledge), resolved, knowledge)
    told = {c: _told_of(c, act, resolved, knowledge) for c in resolved.where.codes[:MAX_PLACES]}
    if all(one.report is None for one in told.values()):
        return no_year(resolved, knowledge)
    year = resolved.year
    silent = tuple(_silent(c, one, year, knowledge) for c, one in told.items() if not one.quoted)
    quoted = tuple(q for one in told.values() for q in _share(one.quoted, len(told)))
    if not quoted:
        return Answer(Status.NO_DATA, silent, reason=Reason.NOT_REPORTED)
    return Answer(
        Status.ANSWERED, quoted=quoted, after=silent + beyond(resolved, quoted, knowledge)
    )


def _asked(question: Question) -> tuple[str, ...]:
    """The acts of a question, without the shortage for which a way is asked: 人手不足是怎么补的."""
    acts = question.acts
    if not {"problems", "practice"} <= set(acts):
        return acts
    before = takewhile(lambda t: "practice" not in t.entry.concepts, question.tokens)
    asked = any(t.kind is WordKind.WHICH or "list" in t.entry.concepts for t in before)
    return acts if asked else tuple(a for a in acts if a != "problems")


def beyond(
    resolved: Resolved, quoted: tuple[Quoted, ...], knowledge: Knowledge
) -> tuple[Note, ...]:
    """That there is no report of other places that were named, but for those which the passages
    name, too: what 甲县 did together with 余姚."""
    said = "".join(q.text for q in quoted)
    strange = [
        u for u in resolved.where.unknown
        if not any(c.text in said for c in clues_of_places({u: True}))
    ]  # fmt: skip
    return tuple(unknown_place(u, knowledge).notes[0] for u in strange)


class _Told(NamedTuple):
    """What the report of a place says of what is asked, if there is one."""

    report: Report | None
    quoted: tuple[Quoted, ...] = ()


def _share(quoted: tuple[Quoted, ...], places: int) -> tuple[Quoted, ...]:
    """As much of them as one of so many places may say; one at least."""
    sizes = accumulate(len(q.text) for q in quoted)
    within = sum(size <= MAX_PASSAGE // places for size in sizes)
    return quoted[: max(1, within)]


def _silent(code: str, told: _Told, year: int | None, knowledge: Knowledge) -> Note:
    """That the report of one of the places does not speak of it, or that there is none."""
    place, years = knowledge.names[code], knowledge.years[code]
    if told.report is None:
        return Note("unknown_year", {"place": place, "year": str(year), "years": year_list(years)})
    return Note("no_passage", {"place": place, "year": str(told.report.year)})


def _told_of(code: str, act: str, resolved: Resolved, knowledge: Knowledge) -> _Told:
    reports = knowledge.base.reports_of(code, resolved.year)
    if resolved.year is not None and not reports:
        # what is planned for a year stands in the report of the year before
        reports = knowledge.base.reports_of(code, resolved.year - 1)
        act = "plans"
    if not reports:
        return _Told(None)
    others = clues_of_places(dict.fromkeys(resolved.where.unknown, True))  # 与甲县联手
    frames = tuple(replace(f, letters=f.letters + others) for f in resolved.frames)
    return _Told(reports[0], _best(act, frames, reports[0], knowledge))


def named_in_words(answer: Answer, resolved: Resolved, knowledge: Knowledge) -> Answer:
    """有哪些部门…: where a figure only counts them, the words that name them."""
    said = resolved.question.text.plain
    which = which_things(said)
    if not which or counts(resolved.question):
        return answer
    before, _, behind = said.partition(which)
    leads = "".join(load_cues().which_leads)
    noun = bare(behind)[:_NOUN] or before.rstrip(leads)[-_NOUN:]
    told = [c for c in answer.cited if len(answer.cited) == 1 or noun in c.fact.metric]
    if len(told) != 1 or _NAMED_ONE_BY_ONE not in told[0].fact.excerpt:
        return answer
    quoted = _words_around(told[0].fact, knowledge)
    return Answer(Status.ANSWERED, quoted=quoted) if quoted else answer


def _words_around(fact: Fact, knowledge: Knowledge) -> tuple[Quoted, ...]:
    """The words in which a figure stands."""
    report = knowledge.base.report(fact.report)
    around = [p for p in report.passages if p.start <= fact.start < p.end]
    return _within_limit(around[:1], report)


def _is_strange(resolved: Resolved) -> bool:
    """True for words that nobody knows, and nothing that reports speak of: 庙会是哪天."""
    frames = resolved.question.frames
    acts = set(resolved.question.acts) & {*PASSAGES} - {"practice"}  # 有啥办法 is said of anything
    topical = acts or any(f.strong for f in frames)
    return not topical and any(f.residual or f.aside for f in frames)


def which_place(codes: list[str], resolved: Resolved, knowledge: Knowledge) -> Answer:
    """The question back which of the places is meant; out of scope where none speaks of it."""
    if _is_strange(resolved) or not codes:
        return out_of_scope()
    said = resolved.question.text.raw.strip()
    names = [knowledge.names[c] for c in codes[:MAX_OPTIONS]]
    options = tuple(Option(n, f"{n}{said}") for n in names)
    return Answer(
        Status.CLARIFY, (Note("which_place"),), options=options, reason=Reason.AMBIGUOUS_PLACE
    )


def _speaking(act: str, resolved: Resolved, knowledge: Knowledge) -> list[str]:
    """The places that may be asked for a passage; of few those whose report speaks of it."""
    codes = list(knowledge.names)
    if act or len(codes) > MAX_OPTIONS:
        return codes
    reports = {c: knowledge.base.reports_of(c, resolved.year) for c in codes}
    return [c for c in codes if reports[c] and _best("", resolved.frames, reports[c][0], knowledge)]


def _best(
    act: str, frames: tuple[Frame, ...], report: Report, knowledge: Knowledge
) -> tuple[Quoted, ...]:
    roles = _ROLES.get(act)
    pool = [p for p in report.passages if roles is None or p.role in roles]
    if act == "practice" and _asks_for_means(frames):
        pool = [p for p in pool if p.role is Role.WORK]  # what was done, not what is amiss
    pool = [p for p in pool if not p.text.endswith(("：", ":"))] or pool
    if act == "which_day":
        pool = [p for p in pool if _DATE.search(p.text)]
    marks = _marks(act, frames)
    vocabulary = knowledge.tongue.vocabulary
    hits = search(frames, report, vocabulary, pool, marks)
    if not hits and marks:
        hits = search(frames, report, vocabulary, pool)
    elif marks and not _bare(frames):
        others = search(frames, report, vocabulary, pool)
        hits = others if others[0].bits >= max(ENOUGH, _FAR * hits[0].bits) else hits
    if marks and _bare(frames) and (not hits or hits[0].bits < ENOUGH):
        marked = [p for p in pool if any(m in p.text for m in marks)]
        return _within_limit(marked, report)
    if roles is not None and (not hits or hits[0].bits < ENOUGH):
        if act == "plans" and hits and hits[0].bits >= _SOME:  # a long section
            hits = [h for h in hits if h.bits >= _LITTLE * hits[0].bits]
        return _within_limit([h.passage for h in sorted(hits, key=_in_order)] or pool, report)
    open_ = roles is None and act != "rhythm"
    if open_ and hits and unspoken(frames, report, vocabulary) > _UNSPOKEN * hits[0].bits:
        return ()
    return _within_limit(with_sequel(best(hits), report), report)


def _asks_for_means(frames: tuple[Frame, ...]) -> bool:
    """采取了什么办法; not what a report says of something (报告是怎么说的), nor 打算怎么做."""
    said = frames[0].text if frames else ""
    means, ahead = load_cues().means, load_cues().ahead
    return any(w in said for w in means) and not any(w in said for w in ahead)


def _marks(act: str, frames: tuple[Frame, ...]) -> tuple[str, ...]:
    """How reports tell what is asked; who asks what was done first wants nothing merely new."""
    cues = load_cues()
    if act != "first":
        return {"honours": cues.honours, "rhythm": cues.rhythms}.get(act, ())
    said = any(m in f.text for f in frames for m in cues.first)
    return cues.first if said else cues.first + cues.new


def _bare(frames: tuple[Frame, ...]) -> bool:
    """首创了什么: nothing else tells what it should be about."""
    firsts = frozenset(load_cues().first)
    return all(f.strong <= firsts and not (f.residual or f.aside or f.quoted) for f in frames)


def _in_order(hit: Hit) -> int:
    return hit.passage.start


def _within_limit(passages: list[Passage], report: Report) -> tuple[Quoted, ...]:
    quoted: list[Quoted] = []
    left = MAX_PASSAGE
    for passage in passages:
        if len(passage.text) > left:
            break
        quoted.append(Quoted(passage.text, passage.heading, passage.start, passage.end, report))
        left -= len(passage.text)
    if not quoted and passages:
        first = passages[0]
        cut = first.text[:MAX_PASSAGE]
        end = first.start + MAX_PASSAGE
        quoted.append(Quoted(cut, first.heading, first.start, end, report))
    return tuple(quoted)

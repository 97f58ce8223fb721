"""Questions that words answer: verbatim passages, a report's particulars, what is covered."""

from __future__ import annotations

import re

from bot.dialogue.answer import Answer, Note, Origin, Quoted, Status
from bot.dialogue.asking import counts, which_things
from bot.dialogue.kinds import DATES, PASSAGES, entries_asked
from bot.dialogue.naming import covered
from bot.dialogue.refusals import MAX_OPTIONS, no_year, out_of_scope, place_trouble, unknown_place
from bot.dialogue.resolve import Resolved
from bot.dialogue.searching import ENOUGH, Hit, best, search, with_sequel
from bot.facts.model import Fact, Passage, Report, Role
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from bot.messages import Option
from intents.cues import load_cues, ruled_out_at
from intents.models import Frame
from intents.text import pairs, share_said

MAX_PASSAGE = 600
_DATE = re.compile(r"\d{1,2}月|年[底初]|\d{4}年")
_CITED = re.compile(
    r"《([^《》]{4,40})》[（(][^（()）《》]{2,12}[〔\[]\d{4}[〕\]]第?\d{1,6}号[）)]"
)
_MAX_REPORTS = 5
_NAMED_ONE_BY_ONE = "、"
_NOUN = 2
"""Characters of a noun that tell it: 领域 in 哪些领域."""
_NAMED = 0.5
"""Such a share of a title must be said."""
_ROLES = {"problems": (Role.PROBLEMS,), "plans": (Role.PLAN,)}


def answer_passage(resolved: Resolved, knowledge: Knowledge, acts: tuple[str, ...]) -> Answer:
    """The sentences of a report that speak of what is asked; *acts* are those spoken of before."""
    trouble = place_trouble(resolved, knowledge)
    if trouble is not None:
        return trouble
    dated = DATES & set(resolved.question.acts) and resolved.where.origin is not Origin.SAID
    if dated and _is_strange(resolved):
        return out_of_scope()
    act = next((a for a in (*resolved.question.acts, *acts) if a in PASSAGES), "")
    text = resolved.question.text.plain
    if not act and any(m in text for m in load_cues().first):
        act = "first"
    if not act and DATES & set(resolved.question.acts):
        act = "which_day"
    if not resolved.where.codes or resolved.where.scope:
        return _which_place(_speaking(act, resolved, knowledge), resolved, knowledge)
    code = resolved.where.codes[0]
    reports = knowledge.base.reports_of(code, resolved.year)
    if resolved.year is not None and not reports:
        # what is planned for a year stands in the report of the year before
        reports = knowledge.base.reports_of(code, resolved.year - 1)
        act = "plans"
    if not reports:
        return no_year(resolved, knowledge)
    quoted = _best(act, resolved.frames, reports[0], knowledge)
    if not quoted:
        note = Note("no_passage", {"place": knowledge.names[code], "year": str(reports[0].year)})
        return Answer(Status.NO_DATA, (note,), reason=Reason.NOT_REPORTED)
    return Answer(Status.ANSWERED, quoted=quoted)


def named_in_words(answer: Answer, resolved: Resolved, knowledge: Knowledge) -> Answer:
    """有哪些部门…: where a figure only counts them, the words that name them."""
    said = resolved.question.text.plain
    which = which_things(said)
    if not which or counts(resolved.question):
        return answer
    noun = said.partition(which)[2][:_NOUN]
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


def _which_place(codes: list[str], resolved: Resolved, knowledge: Knowledge) -> Answer:
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
    pool = [p for p in pool if not p.text.endswith(("：", ":"))] or pool
    if act == "which_day":
        pool = [p for p in pool if _DATE.search(p.text)]
    marks = _marks(act, frames)
    vocabulary = knowledge.tongue.vocabulary
    hits = search(frames, report, vocabulary, pool, marks)
    if not hits and marks:
        hits = search(frames, report, vocabulary, pool)
    elif marks and hits[0].bits < ENOUGH and not _bare(frames):
        others = search(frames, report, vocabulary, pool)
        hits = others if others[0].bits >= ENOUGH else hits
    if marks and _bare(frames) and (not hits or hits[0].bits < ENOUGH):
        marked = [p for p in pool if any(m in p.text for m in marks)]
        return _within_limit(marked, report)
    if roles is not None and (not hits or hits[0].bits < ENOUGH):
        return _within_limit([h.passage for h in sorted(hits, key=_in_order)] or pool, report)
    return _within_limit(with_sequel(best(hits), report), report)


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


def answer_entry(resolved: Resolved, knowledge: Knowledge, acts: tuple[str, ...]) -> Answer:
    """A particular of a report: its number, signatory, dates, issuer, title."""
    trouble = place_trouble(resolved, knowledge)
    if trouble is not None:
        return trouble
    if not resolved.where.codes or resolved.where.scope:
        return _which_place(list(knowledge.names), resolved, knowledge)
    code = resolved.where.codes[0]
    reports = knowledge.base.reports_of(code, resolved.year)
    if not reports and any(f.strong for f in resolved.frames):
        reports = knowledge.base.reports_of(code)  # the year belongs to the document asked for
    if not reports:
        return no_year(resolved, knowledge)
    wanted = entries_asked(resolved.question, acts)
    report = reports[0]
    named = _document(wanted, resolved, report)
    if named:
        return Answer(Status.ANSWERED, quoted=named)
    if "number" in wanted and _of_another(resolved.question.text.plain):
        note = Note("no_entry", {"place": knowledge.names[code], "year": str(report.year)})
        return Answer(Status.NO_DATA, (note,), reason=Reason.NOT_REPORTED)
    entries = {e.name: e for e in report.entries}
    if wanted[0] == "published" and "published" not in entries:
        wanted.append("written")
    if wanted[0] == "printer" and "printer" not in entries:
        wanted.append("issuer")
    found = [entries[w] for w in dict.fromkeys(wanted) if w in entries]
    if not found:
        note = Note("no_entry", {"place": knowledge.names[code], "year": str(report.year)})
        return Answer(Status.NO_DATA, (note,), reason=Reason.NOT_REPORTED)
    notes = tuple(Note(f"entry_{e.name}", {"place": knowledge.names[code]}) for e in found[:1])
    quoted = tuple(Quoted(e.text, "", e.start, e.end, report) for e in found)
    return Answer(Status.ANSWERED, notes, quoted=quoted)


def _document(wanted: list[str], resolved: Resolved, report: Report) -> tuple[Quoted, ...]:
    """Where the number of another document is asked for: the words that print it."""
    if "number" not in wanted:
        return ()
    said = pairs(resolved.question.text.plain)
    cited = [(share_said(m[1], said), m) for m in _CITED.finditer(report.text)]
    likeness, match = max(cited, default=(0.0, None), key=lambda c: c[0])
    if match is None or likeness < _NAMED:
        return ()
    return (Quoted(match[0], "", match.start(), match.end(), report),)


def _of_another(said: str) -> bool:
    """普法规划的文号: not that of the report."""
    cues = load_cues()
    other = any(w in said for w in cues.documents)
    return other and not any(w in said for w in cues.own_document)


def places_named(resolved: Resolved) -> tuple[str, ...]:
    """The places whose reports are asked for by name; none in 不是余姚的，还有哪些."""
    said, places = resolved.question.text.plain, resolved.question.places
    others = bool(places) and all(ruled_out_at(said, p.start) for p in places)
    return resolved.where.codes if resolved.where.origin is Origin.SAID and not others else ()


def answer_coverage(resolved: Resolved, knowledge: Knowledge) -> Answer:
    """Which places and years there are; of a place that is named, the titles of its reports."""
    codes = places_named(resolved)
    if resolved.where.unknown and not codes:
        return unknown_place(resolved.where.unknown[0], knowledge)
    if codes:
        reports = [r for code in codes for r in knowledge.base.reports_of(code)][:_MAX_REPORTS]
        titles = ((r, {e.name: e for e in r.entries}["title"]) for r in reports)
        quoted = tuple(Quoted(e.text, "", e.start, e.end, r) for r, e in titles)
        years = tuple(
            f"{knowledge.names[c]} {'/'.join(map(str, knowledge.years[c]))}" for c in codes
        )
        return Answer(Status.ANSWERED, (Note("coverage_of", {"covered": years}),), quoted=quoted)
    if resolved.question.left_out and not resolved.where.codes:
        return Answer(Status.ANSWERED, (Note("none_left", {"covered": covered(knowledge, 40)}),))
    facts = str(knowledge.base.size)
    note = Note("coverage", {"covered": covered(knowledge, 40), "facts": facts})
    return Answer(Status.ANSWERED, (note,))

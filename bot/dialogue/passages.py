"""Questions that words answer: verbatim passages, a report's particulars, what is covered."""

from __future__ import annotations

from functools import lru_cache

from bot.dialogue.answer import Answer, Note, Quoted, Status
from bot.dialogue.kinds import ENTRIES, PASSAGES
from bot.dialogue.naming import covered
from bot.dialogue.refusals import MAX_OPTIONS, no_year, place_trouble
from bot.dialogue.resolve import Resolved
from bot.facts.model import Passage, Report, Role
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from bot.messages import Option
from intents.cues import load_cues
from intents.models import Frame
from intents.tagger import Tagger
from intents.text import normalise
from intents.vocabulary import STRONG, Vocabulary, WordKind

MAX_PASSAGE = 600
_ROLES = {"problems": (Role.PROBLEMS,), "plans": (Role.PLAN,)}


def answer_passage(resolved: Resolved, knowledge: Knowledge, acts: tuple[str, ...]) -> Answer:
    """The sentences of a report that speak of what is asked; *acts* are those spoken of before."""
    trouble = place_trouble(resolved, knowledge)
    if trouble is not None:
        return trouble
    act = next((a for a in (*resolved.question.acts, *acts) if a in PASSAGES), "")
    if not resolved.where.codes or resolved.where.scope:
        return _which_place(resolved, knowledge)
    code = resolved.where.codes[0]
    reports = knowledge.base.reports_of(code, resolved.year)
    if act == "plans" and resolved.year is not None and not reports:
        # what is planned for a year stands in the report of the year before
        reports = knowledge.base.reports_of(code, resolved.year - 1)
    if not reports:
        return no_year(resolved, knowledge)
    quoted = _best(act, resolved.frames, reports[0], knowledge)
    if not quoted:
        note = Note("no_passage", {"place": knowledge.names[code], "year": str(reports[0].year)})
        return Answer(Status.NO_DATA, (note,), reason=Reason.NOT_REPORTED)
    return Answer(Status.ANSWERED, quoted=quoted)


def _which_place(resolved: Resolved, knowledge: Knowledge) -> Answer:
    said = resolved.question.text.raw.strip()
    options = tuple(Option(n, f"{n}{said}") for n in list(knowledge.names.values())[:MAX_OPTIONS])
    return Answer(
        Status.CLARIFY, (Note("which_place"),), options=options, reason=Reason.AMBIGUOUS_PLACE
    )


def _best(
    act: str, frames: tuple[Frame, ...], report: Report, knowledge: Knowledge
) -> tuple[Quoted, ...]:
    roles = _ROLES.get(act)
    prose = (p for p in report.passages if any(mark in p.text for mark in "。；，;,"))
    pool = [p for p in prose if roles is None or p.role in roles]
    wanted = frozenset().union(*(f.strong for f in frames))
    residual = tuple(w for f in frames for w in f.residual)
    cues = load_cues()
    marks = {"first": cues.first, "honours": cues.honours}.get(act, ())
    scored = [(_score(p, wanted, residual, marks, knowledge), n) for n, p in enumerate(pool)]
    if roles is not None and not wanted and not residual:
        chosen = list(range(len(pool)))
    else:
        top = max((s for s, _ in scored), default=0)
        if top == 0 and roles is not None:
            return _within_limit(pool, report)
        needed = len(wanted) + len(residual) + (1 if marks else 0)
        if top == 0 or (roles is None and top * 2 < needed):
            return ()
        chosen = [n for s, n in scored if s == top]
    return _within_limit([pool[n] for n in chosen], report)


def _score(
    passage: Passage,
    wanted: frozenset[str],
    residual: tuple[str, ...],
    marks: tuple[str, ...],
    knowledge: Knowledge,
) -> int:
    said = _said(f"{passage.heading} {passage.text}", knowledge.tongue.vocabulary)
    score = len(wanted & said) + sum(w in passage.text for w in residual)
    if marks and not any(mark in passage.text for mark in marks):
        return 0
    return score + (1 if marks else 0)


@lru_cache(maxsize=4)
def _tagger(vocabulary: Vocabulary) -> Tagger:
    return Tagger.of(vocabulary)


@lru_cache(maxsize=20_000)
def _said(text: str, vocabulary: Vocabulary) -> frozenset[str]:
    """The strong concepts of a passage, broader ones included."""
    tokens = _tagger(vocabulary).tag(normalise(text).plain)
    names = {c for t in tokens if t.kind is WordKind.CONCEPT for c in t.entry.concepts}
    strong = (c for c in names if vocabulary.sort(c) in STRONG)
    return frozenset(up for c in strong for up in vocabulary.upward(c))


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
        return _which_place(resolved, knowledge)
    code = resolved.where.codes[0]
    reports = knowledge.base.reports_of(code, resolved.year)
    if not reports:
        return no_year(resolved, knowledge)
    wanted = [a for a in (resolved.question.acts or acts) if a in ENTRIES]
    report = reports[0]
    entries = {e.name: e for e in report.entries}
    if wanted[0] == "published" and "published" not in entries:
        wanted.append("written")
    found = [entries[w] for w in dict.fromkeys(wanted) if w in entries]
    if not found:
        note = Note("no_entry", {"place": knowledge.names[code], "year": str(report.year)})
        return Answer(Status.NO_DATA, (note,), reason=Reason.NOT_REPORTED)
    notes = tuple(Note(f"entry_{e.name}", {"place": knowledge.names[code]}) for e in found[:1])
    quoted = tuple(Quoted(e.text, "", e.start, e.end, report) for e in found)
    return Answer(Status.ANSWERED, notes, quoted=quoted)


def answer_coverage(knowledge: Knowledge) -> Answer:
    """Which places and years there are."""
    facts = str(knowledge.base.size)
    note = Note("coverage", {"covered": covered(knowledge, 40), "facts": facts})
    return Answer(Status.ANSWERED, (note,))

"""Questions about a report itself: its number, signatory and dates; which reports there are."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogue.answer import Answer, Note, Origin, Quoted, Status
from bot.dialogue.kinds import entries_asked
from bot.dialogue.naming import covered
from bot.dialogue.passages import MAX_PLACES, beyond, which_place
from bot.dialogue.refusals import no_year, place_trouble, unknown_place
from bot.dialogue.resolve import Resolved
from bot.facts.model import Report
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from intents.cues import load_cues, ruled_out_at
from intents.text import pairs, share_said

_CITED = re.compile(
    r"《([^《》]{4,40})》[（(][^（()）《》]{2,12}[〔\[]\d{4}[〕\]]第?\d{1,6}号[）)]"
)
_MAX_REPORTS = 5
_NAMED = 0.5
"""Such a share of a title must be said."""


def answer_entry(resolved: Resolved, knowledge: Knowledge, acts: tuple[str, ...]) -> Answer:
    """A particular of a report: its number, signatory, dates, issuer, title; of each of several
    places, one under another."""
    trouble = place_trouble(resolved, knowledge)
    if trouble is not None:
        return trouble
    if not resolved.where.codes or resolved.where.scope:
        return which_place(list(knowledge.names), resolved, knowledge)
    told = [
        _entry_of(replace(resolved, where=replace(resolved.where, codes=(code,))), knowledge, acts)
        for code in resolved.where.codes[:MAX_PLACES]
    ]
    quoted = tuple(q for one in told for q in one.quoted)
    if not quoted:
        return replace(told[0], notes=tuple(note for one in told for note in one.notes))
    others = beyond(resolved, quoted, knowledge)
    if len(told) == 1:
        return replace(told[0], after=others)
    lacking = tuple(note for one in told if not one.quoted for note in one.notes)
    return Answer(Status.ANSWERED, quoted=quoted, after=lacking + others)


def _entry_of(resolved: Resolved, knowledge: Knowledge, acts: tuple[str, ...]) -> Answer:
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

"""The sentence of a report that tells most of what is asked, and the figures that it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.dialogue.answer import Answer, Note, Status
from bot.dialogue.asking import deals_out, names_several
from bot.dialogue.comparing import cited_fact
from bot.dialogue.naming import understood_of
from bot.dialogue.resolve import Resolved
from bot.dialogue.searching import ENOUGH, Hit, said_in, search
from bot.dialogue.sentence import facts_of
from bot.facts.model import Fact, Kind, Report
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from intents.fits import in_unit
from intents.models import Frame
from intents.vocabulary import NOUNS, Sort, WordKind

MAX_LISTED = 12
_STANDS_OUT = 0.75
"""Sentences that say such a share of it are listed, too."""
_FEW = 2
"""More sentences that say as much are told only where one holds a figure found."""
_ELSEWHERE = 1.5
"""So many times as much it says where other figures make way for its own."""
_TELLING = frozenset({*NOUNS, Sort.STATE})
_SURELY = 5.0
"""Bits of a sentence that is listed where nothing else was found."""


@dataclass(frozen=True, slots=True)
class _Telling:
    """Figures of one sentence, or of a few that say as much."""

    facts: tuple[Fact, ...]
    bits: float
    """How much the best sentence says of what is asked."""
    others: float
    """How much those of the figures found say of it."""


def _telling(
    frames: tuple[Frame, ...], report: Report, found: set[str], knowledge: Knowledge
) -> _Telling | None:
    """The sentences with two figures or more that say most of what is asked.

    None where there is none, or so many say as much that those found must be of one of them.
    """
    hits = search(frames, report, knowledge.tongue.vocabulary, report.passages)
    known = facts_of(report.area.code, report.year, knowledge)
    within = _figures_within([h for h in hits if h.bits >= ENOUGH], known.values(), report)
    if not within:
        return None
    most = within[0][0].bits
    near = [facts for hit, facts in within if hit.bits >= _STANDS_OUT * most]
    told = tuple(f for facts in near for f in facts)
    if len(near) > _FEW and found.isdisjoint(f.id for f in told):
        return None
    own = (known[i].start for i in found if i in known)
    said = [h.bits for start in own for h in hits if h.passage.start <= start < h.passage.end]
    return _Telling(told, most, max(said, default=0.0))


def _figures_within(
    hits: Iterable[Hit], facts: Iterable[Fact], report: Report
) -> list[tuple[Hit, list[Fact]]]:
    """The sentences that tell two figures or more, with these."""
    own = [f for f in facts if f.report == report.sha256 and f.kind is not Kind.PLAN]
    told = ((h, [f for f in own if h.passage.start <= f.start < h.passage.end]) for h in hits)
    return [(hit, inside) for hit, inside in told if len(inside) > 1]


def with_sentence(answer: Answer, resolved: Resolved, knowledge: Knowledge) -> Answer:
    """A list with all that the sentence tells which says most of what is asked.

    Figures of other sentences make way where they say far less of it.
    """
    found = {c.fact.id: c.fact for c in answer.cited}
    reports = {f.report for f in found.values()}
    several = deals_out(resolved.question) or names_several(resolved.question)
    if answer.reason is Reason.NOT_REPORTED and several:
        return _told_instead(answer, resolved, knowledge)
    if len(reports) != 1 or (len(found) == 1 and not several):
        return answer  # 都列进目录了吗，比例是百分之几
    report = knowledge.base.report(reports.pop())
    told = _telling(resolved.frames, report, {*found}, knowledge)
    own = {f.id: f for f in told.facts if _counts_so(f, resolved, knowledge)} if told else {}
    shared = own.keys() & found.keys()
    if told is None or own.keys() <= found.keys():
        return answer
    if not shared and told.bits < _ELSEWHERE * max(told.others, ENOUGH):
        return answer
    facts = sorted((found | own if shared else own).values(), key=lambda f: f.start)
    return replace(answer, cited=tuple(cited_fact(f, knowledge) for f in facts[:MAX_LISTED]))


def _counts_so(fact: Fact, resolved: Resolved, knowledge: Knowledge) -> bool:
    """False for another unit where each thing is asked for in its own: 压缩比各多少, 各几小时."""
    candidate = knowledge.base.candidate(fact.id)
    frames = resolved.question.frames
    if names_several(resolved.question) or candidate is None:
        return True
    profile = candidate.profile
    if all(Sort.RATE in f.aspects for f in frames):
        return profile.is_rate
    counted = any(t.kind is WordKind.ASK for t in resolved.question.tokens)
    asked = counted and all(f.families for f in frames)
    return not asked or any(in_unit(f, profile.family) for f in frames)


def _told_instead(answer: Answer, resolved: Resolved, knowledge: Knowledge) -> Answer:
    """Where a list finds nothing: the figures of a sentence that surely speaks of it."""
    codes = resolved.where.codes
    reports = knowledge.base.reports_of(codes[0], resolved.year) if len(codes) == 1 else []
    if not reports or resolved.where.scope:
        return answer
    told = _telling(resolved.frames, reports[0], set(), knowledge)
    if told is None or told.bits < _SURELY or not _names_all(told, resolved, knowledge):
        return answer
    code, year = codes[0], reports[0].year
    note = Note("listed", {"place": knowledge.names[code], "year": str(year)})
    cited = tuple(cited_fact(f, knowledge) for f in told.facts[:MAX_LISTED])
    return Answer(
        Status.ANSWERED, (note,), cited, intent=cited[0].fact.intent,
        understood=understood_of(resolved, code, year, knowledge),
    )  # fmt: skip


def _names_all(told: _Telling, resolved: Resolved, knowledge: Knowledge) -> bool:
    """True for a sentence that names, with its headings, every thing and state that is asked."""
    vocabulary = knowledge.tongue.vocabulary
    fact = told.facts[0]
    said = said_in(fact.heading + fact.excerpt, vocabulary)
    things = {c for f in resolved.frames for c in f.strong if vocabulary.sort(c) in _TELLING}
    return things <= said

"""Lists (有哪些…各多少): the figures asked for, with those that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence

from bot.dialogue.answer import Answer, Note, Status
from bot.dialogue.asking import names_several
from bot.dialogue.best_sentence import MAX_LISTED, with_sentence
from bot.dialogue.comparing import cite
from bot.dialogue.figures import answer_figures
from bot.dialogue.joint import look_up_all
from bot.dialogue.lookup import ranked_by
from bot.dialogue.naming import understood_of
from bot.dialogue.refusals import place_trouble
from bot.dialogue.resolve import Resolved
from bot.dialogue.sentence import facts_of, others_of
from bot.dialogue.stringing import as_strung
from bot.facts.model import Fact
from bot.facts.query import Found
from bot.knowledge import Knowledge
from intents.models import Candidate, Frame, Ranked
from intents.text import pairs, share_said
from intents.vocabulary import NOUNS, Sort

_ENOUGH = 2.5
"""Bits of the best figure; parts are listed, too, where the whole is not given."""
_ENOUGH_SAID = 1.0
"""Bits of one that leaves no thing that was asked about unsaid."""
_AS_TELLING = 0.55
"""Figures with this share of the best one's bits belong to the list."""
_UNDER_HEADING = 0.25
"""The same for figures under the same heading."""
_HEADING_SAID = 0.4
"""Such a share of a heading must be said to mean all below it."""
_BELOW = "›"


def answer_list(resolved: Resolved, knowledge: Knowledge) -> Answer:
    """List the figures that are asked for at one place."""
    return with_sentence(_found(resolved, knowledge), resolved, knowledge)


def _found(resolved: Resolved, knowledge: Knowledge) -> Answer:
    trouble = place_trouble(resolved, knowledge)
    if trouble is not None:
        return trouble
    ranks = any(Sort.RANK in f.aspects for f in resolved.frames)
    nothing = all(f.empty for f in resolved.frames) and not ranks
    if len(resolved.where.codes) != 1 or resolved.where.scope or nothing:
        return answer_figures(resolved, knowledge)
    code = resolved.where.codes[0]
    year = resolved.year or knowledge.years[code][-1]
    if year not in knowledge.years[code]:
        return answer_figures(resolved, knowledge)
    strung = as_strung(resolved, code, year, knowledge)
    if len(strung.frames) > len(resolved.frames):
        return answer_figures(strung, knowledge)
    which = names_several(resolved.question)
    found = _listed(resolved.frames, code, year, knowledge, which=which)
    if len(found) < 2:
        found = _headed(resolved.question.text.plain, code, year, knowledge) or found
    if len(found) < 2:
        return answer_figures(resolved, knowledge)
    cited = cite(found[:MAX_LISTED], knowledge)
    note = Note("listed", {"place": knowledge.names[code], "year": str(year)})
    return Answer(
        Status.ANSWERED,
        (note,),
        cited,
        intent=cited[0].fact.intent,
        understood=understood_of(resolved, code, year, knowledge),
    )


def _listed(
    frames: tuple[Frame, ...], code: str, year: int, knowledge: Knowledge, *, which: bool
) -> list[Candidate]:
    candidates = knowledge.base.candidates(code, year)
    if len(frames) == 1 and frames[0].empty:
        return [c for c in candidates if c.profile.kind == "rank"]
    if len(frames) == 1 or which:
        about = [c for f in frames for c in _about(f, code, year, knowledge)]
        chosen = list(dict.fromkeys(about))
    else:
        looked = look_up_all(frames, code, year, knowledge)
        said = [o.outcome.ranked[0].candidate for o in looked if isinstance(o.outcome, Found)]
        chosen = _with_neighbours(list(dict.fromkeys(said)), code, year, knowledge)
        chosen += [c for c in _shared(frames, candidates, knowledge) if c not in chosen]
    order = {c.id: n for n, c in enumerate(candidates)}
    return sorted(chosen[:MAX_LISTED], key=lambda c: order[c.id])


def _headed(said: str, code: str, year: int, knowledge: Knowledge) -> list[Candidate]:
    """All figures under the heading that a question says: 数字政府建设方面有哪些数."""
    facts = facts_of(code, year, knowledge)
    told = pairs(said)
    alike = {f.heading: share_said(f.heading.split(_BELOW)[-1], told) for f in facts.values()}
    best = max(alike, key=lambda heading: alike[heading], default="")
    if alike.get(best, 0.0) < _HEADING_SAID:
        return []
    return [c for c in knowledge.base.candidates(code, year) if facts[c.id].heading == best]


def _shared(
    frames: tuple[Frame, ...], candidates: Sequence[Candidate], knowledge: Knowledge
) -> list[Candidate]:
    """What is counted of the thing that all parts of a list share: 规范性文件出台、清理各多少."""
    sort = knowledge.tongue.vocabulary.sort
    shared = frozenset.intersection(*(f.strong for f in frames))
    common = frozenset(c for c in shared if sort(c) in NOUNS)
    if not common:
        return []
    own = frozenset().union(*(f.strong for f in frames)) - common
    told = [c for c in candidates if common <= c.profile.closure and c.profile.kind == "result"]
    known = not own or any(own & c.profile.closure for c in told)
    return told if known else []  # 打赢、打输的官司各多少


def _about(frame: Frame, code: str, year: int, knowledge: Knowledge) -> list[Candidate]:
    """All that a report counts of one thing, what says most of it first."""
    candidates = knowledge.base.candidates(code, year)
    _, ranked = ranked_by(frame, candidates, knowledge)
    sound = [r for r in ranked if not r.cost.contradiction]
    sort = knowledge.tongue.vocabulary.sort
    unsaid = sound and any(sort(c) in NOUNS for c in sound[0].evidence.missing)
    if not sound or sound[0].evidence.bits < (_ENOUGH if unsaid else _ENOUGH_SAID):
        return []
    facts = facts_of(code, year, knowledge)
    best = facts[sound[0].candidate.id]
    parts = [r.candidate for r in sound if facts[r.candidate.id].parent == best.id]
    if len(parts) > 1 and not sound[0].evidence.narrower and frame.counted:
        return [sound[0].candidate, *parts]
    sentences = {facts[r.candidate.id].excerpt for r in sound if _belongs(r, sound[0], facts)}
    found = [r.candidate for r in ranked if facts[r.candidate.id].excerpt in sentences
             and (r in sound or _another_side(r, frame))]  # fmt: skip
    return found if len(found) > 1 else found + _under_heading(found, frame, sound, facts)


def _another_side(ranked: Ranked, frame: Frame) -> bool:
    """True for the growth or the rank of what is listed."""
    profile = ranked.candidate.profile
    known = profile.closure | ranked.candidate.context
    return profile.kind in ("growth", "rank") and frame.strong <= known and not frame.counted


def _under_heading(
    found: list[Candidate], frame: Frame, sound: list[Ranked], facts: dict[str, Fact]
) -> list[Candidate]:
    """Of a list of one: what else its heading counts of the same thing."""
    headings = {facts[c.id].heading for c in found}
    return [
        r.candidate
        for r in sound
        if facts[r.candidate.id].heading in headings
        and r.candidate not in found
        and frame.strong <= r.candidate.profile.closure | r.candidate.context
    ]


def _belongs(ranked: Ranked, best: Ranked, facts: dict[str, Fact]) -> bool:
    own, first = facts[ranked.candidate.id], facts[best.candidate.id]
    if own.excerpt == first.excerpt:
        return True
    share = _UNDER_HEADING if own.heading == first.heading else _AS_TELLING
    return ranked.evidence.bits >= share * best.evidence.bits


def _with_neighbours(
    said: list[Candidate], code: str, year: int, knowledge: Knowledge
) -> list[Candidate]:
    """Figures that were asked, then the others of their sentences; growth and rank stay apart."""
    facts = facts_of(code, year, knowledge)
    ids = {f.id for c in said for f in others_of(facts[c.id], knowledge)}
    beside = [c for c in knowledge.base.candidates(code, year) if c.id in ids and c not in said]
    return said + beside

"""What a turn leaves behind: the session of the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogue.about_reports import ENTRIES
from bot.dialogue.answer import Answer, Origin, Status
from bot.dialogue.asking import PASSAGES
from bot.dialogue.kinds import IN_WORDS, Turn, entries_asked
from bot.dialogue.particulars import places_named
from bot.dialogue.resolve import Resolved
from bot.dialogue.session import Session
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from intents.clues import borne_out
from intents.models import Frame
from intents.vocabulary import NOUNS

_UNDERSTOOD = frozenset(
    {Reason.UNKNOWN_PLACE, Reason.UNKNOWN_YEAR, Reason.NOT_REPORTED, Reason.KIND_MISMATCH}
)
_MAX_RECENT = 6
_MAX_SHOWN = 10
_MAX_ASKED = 4
"""Figures that a unit alone may go back to."""


def carried(
    session: Session, kind: Turn, resolved: Resolved, answer: Answer, knowledge: Knowledge
) -> Session:
    """The session behind a turn; a refused turn leaves it as it was."""
    if kind is Turn.RESET:
        return Session()
    if kind is Turn.SOURCE:
        return replace(session, pending=())
    if answer.status is Status.ANSWERED and kind not in (Turn.HELP, Turn.COVERAGE):
        after = _answered(session, resolved, answer, knowledge)
        if kind is Turn.ENTRY and not _wordy(resolved):  # 哪天发布的: goes on as its date
            after = replace(after, acts=tuple(entries_asked(resolved.question, session.acts)))
        bare = kind is Turn.PASSAGE and answer.quoted and not after.acts
        return replace(after, acts=(IN_WORDS,)) if bare else after
    if answer.status is Status.CLARIFY:
        frames = tuple(f for f in resolved.frames if not f.empty)
        return replace(
            session,
            places=resolved.where.codes or session.places,
            frames=frames or session.frames,
            year=resolved.year,
            pending=answer.options,
            offered=answer.options,
            picked="",
        )
    if kind is Turn.COVERAGE:
        named = () if resolved.where.scope else places_named(resolved)
        here = named if len(named) == 1 else session.places  # 那就查余姚的吧: of there from now on
        return replace(session, acts=("coverage",), places=here)
    if kind is Turn.HELP:
        return session
    said = resolved.where.codes if resolved.where.origin is Origin.SAID else ()
    if kind is Turn.ENTRY and said:
        session = replace(session, acts=_wordy(resolved) or session.acts)  # 余姚那份呢
    frames = tuple(f for f in resolved.frames if f.strong)
    if answer.reason in _UNDERSTOOD and frames and frames != session.frames:
        # what was asked is known, though no report gives it: 那余姚呢 goes on about it
        session = replace(session, frames=frames, answered=False, acts=())
    return replace(session, places=said or session.places)


def _answered(
    session: Session, resolved: Resolved, answer: Answer, knowledge: Knowledge
) -> Session:
    """What an answer leaves behind."""
    places = tuple(dict.fromkeys(c.fact.area.code for c in answer.cited)) or resolved.where.codes
    newest = tuple((c.fact.area.code, c.fact.id) for c in reversed(answer.cited))
    wordy = _wordy(resolved)
    recent = tuple(c for c in session.recent if c not in places) + places
    frames = _confirmed(resolved, session, answer, knowledge) or session.frames
    one = len(answer.cited) == len(frames) == 1
    asked = ((answer.cited[0].fact.id, frames[0]),) if one else ()
    return Session(
        places=places or session.places,
        year=resolved.year,
        frames=frames,
        asked=(*session.asked, *asked)[-_MAX_ASKED:],
        facts=tuple(c.fact.id for c in answer.cited) or session.facts,
        read=tuple(_read(answer, knowledge)),
        recent=recent[-_MAX_RECENT:],
        shown=(*session.shown, *newest)[-_MAX_SHOWN:],
        pair=_pair(session, resolved, places, recent),
        acts=(wordy or session.acts) if answer.quoted else (),
        offered=session.offered,
        picked=session.picked,
    )


def _wordy(resolved: Resolved) -> tuple[str, ...]:
    return tuple(a for a in resolved.question.acts if a in (*ENTRIES, *PASSAGES))


def _read(answer: Answer, knowledge: Knowledge) -> Iterator[str]:
    """The figures that stand in the quoted words."""
    for quoted in answer.quoted:
        yield from knowledge.base.inside(quoted.report.sha256, quoted.start, quoted.end)


def _confirmed(
    resolved: Resolved, session: Session, answer: Answer, knowledge: Knowledge
) -> tuple[Frame, ...]:
    """What was asked, with what was only remembered where the answer says it: 市级的呢 was
    answered with 金牌调解室, so that is what is spoken of; so is a thing that was misspelt."""
    frames = tuple(f for f in resolved.frames if not f.empty)
    keys = [c.fact.id for c in answer.cited]
    told = knowledge.base.candidate(keys[0]) if len(keys) == 1 else None
    if len(frames) != 1 or told is None:
        return frames
    sure = borne_out(frames[0].clues, told.profile.strong, knowledge.tongue.vocabulary)
    frame = replace(frames[0], clues=sure)
    if not session.frames:
        return (frame,)
    sort = knowledge.tongue.vocabulary.sort
    kept = frame.hints & told.profile.closure
    named = any(sort(c) in NOUNS for c in frame.strong | kept)
    if not named and told.profile.strong.isdisjoint(frame.strong):  # 几个部门参加, of the lists
        kept |= {c for c in frame.hints & told.context if sort(c) in NOUNS}
    recalled = tuple(c for c in session.frames[-1].clues if c.text in kept)
    return (replace(frame, strong=frame.strong | kept, clues=(*frame.clues, *recalled)),)


def _pair(
    session: Session, resolved: Resolved, places: tuple[str, ...], recent: tuple[str, ...]
) -> tuple[str, ...]:
    """The two places that 前者 and 后者 mean; who has just said one of them still means both."""
    if len(places) > 1:
        return places[:2]
    return session.pair if {"former", "latter"} & set(resolved.question.acts) else recent[-2:]

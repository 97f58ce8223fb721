"""Frames that know what was just told: who goes on asks about its sentence, for another figure."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from bot.dialogue.session import Session
from bot.knowledge import Knowledge
from intents.clues import UNKNOWN_LETTERS
from intents.counting import HEADS
from intents.models import Candidate, Frame, Question
from intents.tagger import Token
from intents.vocabulary import Sort, WordKind

_LISTED = 5
"""Of more figures than these, told at once, one may well be asked for again."""
_WORDS = frozenset({WordKind.CONCEPT, WordKind.NOISE, WordKind.UNKNOWN})


def going_on(
    frames: tuple[Frame, ...],
    question: Question,
    session: Session,
    knowledge: Knowledge,
    *,
    carried: bool,
    named: bool,
) -> tuple[Frame, ...]:
    """The frames of a question about the place spoken of, after what was told in a session.

    *carried*: they are those asked before, with what is new. *named*: the place is said again.
    """
    last = tuple(_figures(session.facts, knowledge))
    short = len(frames) == 1 and (carried or not question.asks)
    fresh = _fresh(question, frames[0], last, knowledge) if short else ()
    further = not named and (bool(fresh) or any(_says_more(f) for f in question.frames))
    again = [f.strong for f in frames] == [f.strong for f in session.frames]
    counted = [f.families for f in frames] == [f.families for f in session.frames]
    again = again and (counted or named)  # 参加的有多少人次, then 考了几回, is not the same again
    if again and not (further and carried):
        return frames
    around = frozenset(c.around for c in (*last, *_figures(session.read, knowledge)))
    asked = last[: len(session.frames)] if len(session.places) == 1 else last  # not what stood by
    told = frozenset(c.id for c in asked if further and len(last) <= _LISTED)
    return tuple(replace(f, focus=around, told=told, fresh=fresh if told else ()) for f in frames)


def shown_of(codes: tuple[str, ...], session: Session) -> Session:
    """With the figure last shown of each of several places, for who goes on about all of them."""
    last = dict(session.shown)
    if not all(code in last for code in codes):
        return session
    return replace(session, facts=tuple(last[code] for code in codes))


def told_of(
    codes: tuple[str, ...], last: Candidate | None, session: Session, knowledge: Knowledge
) -> tuple[Candidate, ...]:
    """The figure last told, and before it those last told of each of the places: of people beside
    people, of rates beside rates."""
    shown = dict(session.shown)
    keys = [shown[code] for code in codes if code in shown]
    found = [c for key in keys if (c := knowledge.base.candidate(key)) is not None and c != last]
    if last is None:
        return tuple(found)
    return (*(c for c in found if _sort_of(c) == _sort_of(last)), last)


def _sort_of(candidate: Candidate) -> tuple[bool, bool]:
    return candidate.profile.family in HEADS, candidate.profile.is_rate


def _figures(keys: Iterable[str], knowledge: Knowledge) -> Iterable[Candidate]:
    return (c for key in keys if (c := knowledge.base.candidate(key)) is not None)


def _fresh(
    question: Question, frame: Frame, last: tuple[Candidate, ...], knowledge: Knowledge
) -> tuple[str, ...]:
    """The words of a question that name another figure of what was spoken of: 完成 in 完成几项."""
    if not last:
        return ()
    sort = knowledge.tongue.vocabulary.sort
    telling = [t for t in question.tokens if t.kind in _WORDS and not _is_general(t, sort)]
    general = [t for t in question.tokens if t.kind in _WORDS and _is_general(t, sort)]
    words = {w for t in telling for w in _tails(t)} or {w for t in general for w in _tails(t)}
    words = {w for w in words if not any(w in c.profile.plain for c in last)}
    names = [
        c.profile.plain
        for c in knowledge.base.candidates(last[0].code, last[0].year)
        if words and frame.strong <= c.profile.closure | c.context
    ]
    return tuple(sorted(w for w in words if any(w in name for name in names)))


def _is_general(token: Token, sort: Callable[[str], Sort]) -> bool:
    """True for 案件, which names one figure of many where something else is said."""
    concepts = token.entry.concepts if token.kind is WordKind.CONCEPT else ()
    return bool(concepts) and all(sort(c) is Sort.GENERIC for c in concepts)


def _tails(token: Token) -> Iterable[str]:
    """A word and, where nobody knows it, its ends: 二级 in 评二级."""
    ends = len(token.text) - 1 if token.kind is WordKind.UNKNOWN else min(1, len(token.text) - 1)
    return (token.text[n:] for n in range(ends))


def _says_more(frame: Frame) -> bool:
    """True when something is said, be it a word that no vocabulary knows."""
    return bool(frame.clues) or any(c.weight == UNKNOWN_LETTERS for c in frame.letters)

"""A turn → what is remembered of it: the question without its particulars, and how it ended."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.answer import Status
from bot.dialogue.engine import Trace
from bot.knowledge import Knowledge
from intents.catalog import Measure
from intents.models import Frame
from intents.ranking import measures_of

LONGEST = 60
_PRIVATE = re.compile(r"\d{6,}x?|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
"""Telephone and identity numbers, addresses: nobody needs them to learn a word."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one question came to."""

    text: str
    """Normalised, without long numbers and addresses, cut where it gets long."""
    status: str
    reason: str
    """"" for an answer."""
    measure: str
    """Id of the measure asked for, or of the nearest one; "" when there is none."""
    place: str
    """Code of the place asked about; "" when none was said."""
    facts: tuple[str, ...] = ()
    """Ids of the figures that were cited; kept in memory only, for thumbs."""

    @property
    def missed(self) -> bool:
        """True when it was refused or asked back."""
        return bool(self.reason) and self.status != Status.ANSWERED.value


def hear(trace: Trace, knowledge: Knowledge) -> Heard:
    """What is remembered of a turn."""
    answer = trace.answer
    measure = answer.intent or (_nearest(trace, knowledge) if answer.reason else "")
    places = [c.fact.area.code for c in answer.cited] or list(trace.resolved.where.codes)
    return Heard(
        text=plain(trace.question.text.plain),
        status=answer.status.value,
        reason=answer.reason.value if answer.reason else "",
        measure=measure,
        place=places[0] if places else "",
        facts=tuple(c.fact.id for c in answer.cited),
    )


def plain(text: str) -> str:
    """A question as it is kept."""
    return _PRIVATE.sub("#", text).strip(" ?？。.!！")[:LONGEST]


def _nearest(trace: Trace, knowledge: Knowledge) -> str:
    near = [m for frame in trace.question.frames for m in nearest(frame, knowledge)]
    return near[0].id if near else ""


def nearest(frame: Frame, knowledge: Knowledge) -> list[Measure]:
    """The measures that a frame may mean, the nearest first."""
    tongue = knowledge.tongue
    said = measures_of(frame, tongue.catalog, tongue.vocabulary)
    if said or not frame.strong:
        return list(said)
    upward = frozenset().union(*(tongue.vocabulary.upward(c) for c in frame.strong))
    shared = [(len(m.concepts & upward), m) for m in tongue.catalog.measures.values()]
    close = [(n, m) for n, m in shared if n]
    return [m for _, m in sorted(close, key=lambda p: (-p[0], len(p[1].needs), p[1].id))]

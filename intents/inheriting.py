"""What one of several questions asks of what was named before it: 收了几件，增长多少."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from intents.models import Frame
from intents.vocabulary import Sort, Vocabulary


def inherited(frames: Iterable[Frame], vocabulary: Vocabulary) -> list[Frame]:
    """The frames, of which one that names nothing asks another side of what was named before."""
    kept: list[Frame] = []
    for frame in frames:
        if frame.strong or not kept:
            kept.append(frame)
        elif frame.aspects or frame.families or frame.counted or frame.soft:
            kept.append(_beside(frame, _of_all(kept[-1], frame, vocabulary)))
    return kept


def _of_all(before: Frame, frame: Frame, vocabulary: Vocabulary) -> Frame:
    """搞安全的，册子几本、活动几次: what counts a noun of its own is of the field of work that
    was named before, not of the thing."""
    sort = vocabulary.sort
    own = any(sort(c) is Sort.GENERIC for c in frame.soft - before.soft)
    field = frozenset(c for c in before.strong if sort(c) is Sort.TOPIC)
    if not (own and field and frame.families):
        return before
    clues = tuple(c for c in before.clues if c.text in field or c.text not in before.strong)
    return replace(before, strong=field, clues=clues)


def _beside(frame: Frame, before: Frame) -> Frame:
    """What names nothing of its own, about what was named before."""
    own = {c.text for c in (*frame.clues, *frame.letters)}
    return replace(
        frame,
        strong=before.strong,
        residual=before.residual,
        clues=(*frame.clues, *(c for c in before.clues if c.text not in own)),
        letters=(*frame.letters, *(c for c in before.letters if c.text not in own)),
    )


def without(frame: Frame, gone: frozenset[str], instead: frozenset[str] = frozenset()) -> Frame:
    """A frame that does not ask for some of its concepts; left as it is where nothing remains."""
    kept = frame.strong - gone or instead
    if not kept:
        return frame
    clues = tuple(c for c in frame.clues if c.text not in gone)
    return replace(frame, strong=kept, clues=clues)

"""Which words, and which measure before it, belong to one figure of a clause.

`甲、乙分别为27件、15件` deals its members out in order; `满意率分别为98%、99%` goes back to the two
measures before it; `办复率均为100%` speaks of all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.ingest.changes import base_of
from bot.ingest.clauses import Cut
from bot.ingest.phrases import EDGE, Phrases, Standing
from bot.ingest.scene import JOINERS, Named, Scene, Sort
from bot.ingest.sharing import deal

_ALL = re.compile(r"(?<![平人日户村月年件])均")
_LEVEL = re.compile(r"^[、和及与]{1,2}(?:基本)?持平")
_MAX_DEALT = 12
"""分别 deals to no more figures than this."""
_MAX_TOGETHER = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What a figure's clause says of it."""

    left: str
    """Its left words, not yet cleaned."""
    lean: Named | None
    """The measure before it that it may borrow from."""
    dealt: bool = False
    """True when the words were said of a list."""


def told_of(scene: Scene, phrases: Phrases) -> Told:
    """The words on a figure's left, and the measure before it that it belongs to."""
    cut, last = scene.cut, scene.last() or scene.before
    if cut.bracket and cut.lead_in and "其中" not in cut.left:
        return Told(cut.lead_in[-1] + cut.left, last)
    if 1 < scene.count <= _MAX_DEALT and _is_list(scene.run):
        told = _dealt(scene, last, phrases)
        if told:
            return told
    if _ALL.search(cut.left) and _is_bare(cut.left, phrases):
        return Told(cut.left, _together(scene) or last)
    return Told(cut.left, last)


def _dealt(scene: Scene, last: Named | None, phrases: Phrases) -> Told | None:
    left, count = scene.head.left, scene.count
    head, dealt, tail = left.partition("分别")
    items = deal(phrases.clean(head), count, phrases, strict=not dealt)
    if items:
        return Told(items[scene.position] + tail, last, dealt=True)
    level = 1 if _LEVEL.match(scene.run[-1].right) else 0
    leans = scene.earlier(count + level)[:count]
    if leans and _is_bare(left, phrases):
        return Told(left.replace("分别", ""), leans[scene.position])
    return None


def _is_list(run: list[Cut]) -> bool:
    """True when figures follow each other with nothing but joiners between: A、B和C."""
    return all(not c.left.strip(EDGE + JOINERS) for c in run[1:]) and all(
        not c.right.strip(EDGE + JOINERS) for c in run[:-1]
    )


def _is_bare(left: str, phrases: Phrases) -> bool:
    plain = base_of(left.replace("分别", ""), phrases)
    return phrases.standing(plain) is Standing.BARE


def _together(scene: Scene) -> Named | None:
    """The measures that 均 speaks of, as one."""
    start = scene.runs[scene.i].start
    span = range(0) if start == 0 else scene.runs[start - 1]
    if not 1 < len(span) <= _MAX_TOGETHER:
        return None
    objects = list(dict.fromkeys(scene.named[j].object for j in span))
    if not all(objects):
        return None
    return replace(scene.named[start - 1], object="和".join(objects), sort=Sort.COUNT)

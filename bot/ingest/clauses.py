"""The words around a figure: its clause cut into what stands left and right of it.

`由2023年的412件增至518件`, `其中…`, `…分别…A、B` and brackets are recognised here; how they make a
name is decided in naming.py.
"""

import re
from dataclasses import dataclass

from bot.ingest.figures import Figure
from bot.ingest.sentences import Sentence, depths
from bot.ingest.wording import Wording

_CLAUSE_MARKS = "，,；;：:。！？!?"
_LIST_MARKS = "、"
_JOINERS = ("以及", "和", "及", "与", "并", "、")
_OPEN, _CLOSE = "（(", "）)"


@dataclass(frozen=True, slots=True)
class Cut:
    """A figure with its words."""

    figure: Figure
    printed: str
    """The figure itself, folded."""
    left: str
    """From the clause's beginning (or the figure before) to the figure."""
    right: str
    """From the figure to the end of its noun or clause."""
    rest: str
    """What follows `right` in the clause, figures left out."""
    clause: str
    """The whole clause, for finding it again."""
    bracket: bool
    """True when the figure stands in a bracket behind another one."""
    first: bool
    """True when no other figure of the same clause stands before it."""
    gap: str
    """What stands between the clause before and this one ("、", "，", "。" …)."""


def _limits(text: str) -> list[int]:
    """Offsets of the marks that end a clause, outside quotes; brackets end one too."""
    level = depths(re.sub(r"[（）()]", " ", text))
    return [
        i
        for i, char in enumerate(text)
        if (char in _CLAUSE_MARKS and level[i] == 0) or (char in _OPEN + _CLOSE and level[i] == 0)
    ]


def _holds_figure(text: str, figures: list[tuple[int, int]], opening: int) -> bool:
    close = min((i for i in range(opening, len(text)) if text[i] in _CLOSE), default=len(text))
    return any(opening < start < close for start, _ in figures)


def cut(text: str, sentence: Sentence, figures: list[Figure], wording: Wording) -> list[Cut]:
    """Cut one sentence at its figures; *text* is the folded logical text of the report."""
    body = text[sentence.start : sentence.end]
    spans = [(f.start - sentence.start, f.end - sentence.start) for f in figures]
    limits = [
        i
        for i in _limits(body)
        if body[i] not in _OPEN + _CLOSE or _bracketed(body, spans, i)
    ]
    cuts: list[Cut] = []
    left_from = 0
    for n, (start, end) in enumerate(spans):
        before = max((i + 1 for i in limits if i < start), default=0)
        after = min((i for i in limits if i >= end), default=len(body))
        begin = max(before, left_from)
        first = not any(before <= s < start for s, _ in spans)
        following = spans[n + 1][0] if n + 1 < len(spans) and spans[n + 1][0] < after else None
        right_end = _right_end(body, end, after, following, wording)
        cuts.append(
            Cut(
                figures[n],
                body[start:end],
                body[begin:start].strip(),
                body[end:right_end].strip(),
                _without(body, right_end, after, spans),
                body[before:after].strip(),
                before > 0 and body[before - 1] in _OPEN,
                first,
                body[begin - 1] if begin else "",
            )
        )
        left_from = right_end + (1 if body[right_end : right_end + 1] in _LIST_MARKS else 0)
    return cuts


def _bracketed(body: str, spans: list[tuple[int, int]], at: int) -> bool:
    """A bracket limits a clause only when a figure stands in it."""
    opening = at if body[at] in _OPEN else max(body.rfind(c, 0, at) for c in _OPEN)
    return opening >= 0 and _holds_figure(body, spans, opening)


def _without(body: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """A stretch with its figures left out."""
    kept = [c for i, c in enumerate(body[start:end], start) if not any(s <= i < e for s, e in spans)]
    return "".join(kept).strip()


def _right_end(body: str, end: int, after: int, following: int | None, wording: Wording) -> int:
    """Where the words that belong to the figure's right end."""
    if following is None:
        return after
    between = body[end:following]
    level = depths(between)
    for i, char in enumerate(between):
        if char in _LIST_MARKS and level[i] == 0:
            return end + i
    joined = next((between.find(j) for j in _JOINERS if j in between), -1)
    if joined >= 0:
        return end + joined
    verb = _first_verb(between, wording)
    return end + verb if verb >= 0 else following


def _first_verb(between: str, wording: Wording) -> int:
    level = depths(between)
    found = [at for word in wording.structural if (at := between.find(word)) >= 0 and not level[at]]
    return min(found, default=-1)

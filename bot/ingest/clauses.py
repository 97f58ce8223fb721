"""The words around a figure: its clause cut into what stands left and right of it.

How the words make a name is decided in naming.py.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from bot.ingest.figures import Figure
from bot.ingest.lexicon import Lexicon, Tag
from bot.ingest.sentences import Sentence, depths

_CLAUSE_MARKS = frozenset("，,；;：:。！？!?")
_JOINERS = ("以及", "、", "和", "及", "与", "并")
_JOINED = re.compile(r"以及|、|和(?![谐解睦])|及(?![时格])|与(?![会时民])")
_STOPS = frozenset("；;。！？!?")
_OPEN, _CLOSE = "（(", "）)"
_PLAIN = str.maketrans("（）()", "    ")
_MAX_SIDE = 120
"""No more characters than this of either side of a figure are looked at."""
_MAX_ONWARD = 30
"""Nor more than this for a set that a figure counts (12个县市中…)."""
_MAX_LEAD_IN = 3
"""No more clauses than this in front of a figure are looked at."""

Span = tuple[int, int]


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
    onward: str
    """What follows the figure in its clause, other figures too."""
    clause: str
    """The whole clause, for finding it again."""
    bracket: bool
    """True when the figure stands in a bracket."""
    run: int
    """Number of the clause: figures of one clause share it."""
    gap: str
    """The mark before `left` ("、", "，", "。" …), or "" at the sentence's beginning."""
    lead_in: tuple[str, ...]
    """The clauses without figures in front of this one, since the figure before."""

    @property
    def joined(self) -> bool:
        """True when it is a further member of a list."""
        return self.gap in ("、", "和", "及", "与") or bool(_JOINED.match(self.left))

    @property
    def unit(self) -> str:
        """The unit of the figure."""
        return self.figure.measured.quantity.unit


@dataclass(frozen=True, slots=True)
class _Body:
    """A sentence with the offsets that cutting needs."""

    text: str
    spans: list[Span]
    """The figures."""
    starts: list[int]
    """Their beginnings."""
    limits: list[int]
    """The marks that end a clause."""

    def before(self, at: int) -> int:
        """Where the clause of *at* begins."""
        i = bisect_left(self.limits, at)
        return self.limits[i - 1] + 1 if i else 0

    def after(self, at: int) -> int:
        """Where the clause of *at* ends."""
        i = bisect_left(self.limits, at)
        return self.limits[i] if i < len(self.limits) else len(self.text)

    def without_figures(self, start: int, end: int) -> str:
        """A stretch with its figures left out."""
        kept, at = [], start
        for i in range(bisect_left(self.starts, start), bisect_left(self.starts, end)):
            begin, stop = self.spans[i]
            kept.append(self.text[at:begin])
            at = stop
        return "".join([*kept, self.text[at:end]]).strip()


def cut(text: str, sentence: Sentence, figures: list[Figure], lexicon: Lexicon) -> list[Cut]:
    """Cut one sentence at its figures; *text* is the folded logical text of the report."""
    body = _body(text[sentence.start : sentence.end], sentence.start, figures)
    cuts: list[Cut] = []
    left_from, clause_from, run = 0, -1, -1
    for n, (start, end) in enumerate(body.spans):
        before, after = body.before(start), body.after(end)
        first = before != clause_from
        lead_in = _lead_in(body, left_from if n else 0, before) if first else ()
        run, clause_from = run + first, before
        begin = max(before, left_from)
        following = body.starts[n + 1] if n + 1 < len(body.starts) else after
        right_end = _right_end(body.text, end, min(following, after), following < after, lexicon)
        window = max(before, start - _MAX_SIDE), min(after, end + _MAX_SIDE)
        cuts.append(
            Cut(
                figure=figures[n],
                printed=body.text[start:end],
                left=body.text[max(begin, start - _MAX_SIDE) : start].strip(),
                right=body.text[end : min(right_end, end + _MAX_SIDE)].strip(),
                rest=body.without_figures(right_end, window[1]),
                onward=body.text[end : min(after, end + _MAX_ONWARD)],
                clause=body.text[window[0] : window[1]].strip(),
                bracket=before > 0 and body.text[before - 1] in _OPEN,
                run=run,
                gap=body.text[begin - 1] if begin else "",
                lead_in=lead_in,
            )
        )
        left_from = right_end + (1 if body.text[right_end : right_end + 1] == "、" else 0)
    return cuts


def _body(text: str, offset: int, figures: list[Figure]) -> _Body:
    spans = [(f.start - offset, f.end - offset) for f in figures]
    starts = [start for start, _ in spans]
    inside = {i for start, end in spans for i in range(start, end)}
    limits = {*_marks(text), *_brackets(text, starts)} - inside
    return _Body(text, spans, starts, sorted(limits))


def _marks(text: str) -> Iterable[int]:
    """Marks that end a clause, outside quotations."""
    level = depths(text.translate(_PLAIN))
    return (i for i, char in enumerate(text) if char in _CLAUSE_MARKS and level[i] == 0)


def _brackets(text: str, starts: list[int]) -> Iterable[int]:
    """Round brackets with a figure in them, which end a clause too."""
    opened: list[int] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            opened.append(i)
        elif char in _CLOSE and opened:
            begin = opened.pop()
            if bisect_right(starts, begin) < bisect_left(starts, i):
                yield from (begin, i)


def _lead_in(body: _Body, start: int, end: int) -> tuple[str, ...]:
    """The clauses between two offsets, nearest last; a semicolon ends what they frame."""
    low, high = bisect_left(body.limits, start), bisect_left(body.limits, end)
    marks = [start - 1, *body.limits[low:high]][-_MAX_LEAD_IN - 1 :]
    stop = max((n for n, at in enumerate(marks[1:], 1) if body.text[at] in _STOPS), default=0)
    marks = marks[stop:]
    found = (body.text[a + 1 : b].strip() for a, b in pairwise(marks))
    return tuple(clause[-_MAX_SIDE:] for clause in found if clause)


def _right_end(text: str, end: int, stop: int, shared: bool, lexicon: Lexicon) -> int:
    """Where the words that belong to a figure's right end; *shared* with a figure behind them."""
    if not shared:
        return stop
    between = text[end:stop]
    level = depths(between)
    at = between.find("、")
    while at >= 0 and level[at]:
        at = between.find("、", at + 1)
    if at >= 0:
        return end + at
    tokens = lexicon.tokens(between)
    if tokens and tokens[0].is_(Tag.VERB) and tokens[0].opens_deed:
        return end
    for token in tokens:
        if token.text in _JOINERS and token.start and not level[token.start]:
            return end + token.start
    inner = [t for t in tokens if t.start and not t.is_(Tag.DOMAIN)]
    first = next((t for t in inner if t.opens_deed), None)
    weak = (t for t in inner if t.is_(Tag.VERB) and t.end < len(between))
    first = first or next(weak, None)
    return end + first.start if first else stop

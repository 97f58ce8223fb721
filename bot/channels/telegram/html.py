"""What a reply looks like in Telegram: its HTML, in pages or made to fit.

Pure text work; knows Telegram's limits but not its library. A long reply becomes pages. Where there
is only one (captions, results of a search) it loses its excerpts first, the longest most, each cut
after a whole sentence and marked with “…”; only when the rest alone is too long is the end left
off. A cut never falls inside a figure: half of 1524万 is a number that no report says.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Line, Reply, Run, Style

MAX_TEXT = 4096
"""Characters (code points) of a message once its HTML is parsed."""
MAX_ENTITIES = 100
"""Telegram silently drops the formatting of what comes after this many."""

_TAGS = {
    Style.STRONG: ("<b>", "</b>"),
    Style.QUOTE: ("<blockquote expandable>", "</blockquote>"),
}
_MARK = "…"
_ENDS = (
    re.compile(r"[。！？；!?\n][”’」』）]*"),  # sentences
    re.compile(r"[，、：,][”’」』）]*(?![0-9０-９])"),  # clauses; 1,524 is one figure
    # Anywhere but inside a figure with what belongs to it (近, 余, 万, %).
    re.compile(r"(?![0-9０-９.．,，一二三四五六七八九十百千万亿零〇两余多几近约%％‰])(?s:.)"),
)
"""Where a text may be cut, best first; the cut falls after the match."""


def pages(lines: Sequence[Line], limit: int = MAX_TEXT) -> list[tuple[Line, ...]]:
    """The lines in as many pages as they need; nothing is left out.

    A page ends before a line that opens with a figure, if one is in its second half: so that a
    figure keeps its place, its excerpt and its source beside it.
    """
    if _length(lines) <= limit and _entities(lines) <= MAX_ENTITIES:
        return [tuple(lines)]
    done: list[tuple[Line, ...]] = []
    page: list[Line] = []
    for whole in lines:
        rest = whole
        while not _fits(page, rest, limit):
            room = limit - _length(page) - bool(page)
            if len(_text(rest)) > limit // 2 < room:
                head, rest = _split(rest, room)
                done.append((*page, head))
                page = []
            else:
                block = 0 if _opens(rest) else _last_block(page)
                kept = page[:block] if 2 * _length(page[:block]) > _length(page) else page
                done.append(tuple(kept))
                page = page[len(kept) :]
        page.append(rest)
    return [*done, tuple(page)]


def _fits(page: Sequence[Line], line: Line, limit: int) -> bool:
    if not page and len(_text(line)) <= limit:
        return True  # formatting beyond the limit is left out
    together = (*page, line)
    return _length(together) <= limit and _entities(together) <= MAX_ENTITIES


def _split(line: Line, room: int) -> tuple[Line, Line]:
    """A long line in two, the first of them not longer than the room."""
    head: list[Run] = []
    for n, run in enumerate(line):
        if len(run.text) > room:
            at = _cut(run.text, room) or room
            parts = replace(run, text=run.text[:at]), replace(run, text=run.text[at:])
            return (*head, parts[0]), (parts[1], *line[n + 1 :])
        head.append(run)
        room -= len(run.text)
    return tuple(head), ()


def _last_block(page: Sequence[Line]) -> int:
    """Where the last figure of a page begins; 0 when it is the first line."""
    return next((i for i in range(len(page) - 1, 0, -1) if _opens(page[i])), 0)


def _opens(line: Line) -> bool:
    return any(run.style is Style.STRONG for run in line[:1])


def _entities(lines: Sequence[Line]) -> int:
    return sum(run.style in _TAGS for line in lines for run in line)


def to_html(reply: Reply, limit: int = MAX_TEXT) -> str:
    """The reply as the HTML of one message within Telegram's limits."""
    return written(fit(reply.lines, limit))


def written(page: Sequence[Line]) -> str:
    """Lines as HTML."""
    left = MAX_ENTITIES
    lines = []
    for line in page:
        text = ""
        for run in line:
            opening, closing = _TAGS.get(run.style, ("", "")) if run.text and left else ("", "")
            left -= bool(opening)
            text += opening + html.escape(run.text, quote=False) + closing
        lines.append(text)
    return "\n".join(lines)


def fit(lines: tuple[Line, ...], limit: int = MAX_TEXT) -> tuple[Line, ...]:
    """The lines as they are if short enough, otherwise with quotes shortened, then the end off."""
    length = _length(lines)
    if length <= limit:
        return lines
    quotes = [len(run.text) for line in lines for run in line if run.style is Style.QUOTE]
    longest = _share(quotes, limit - length + sum(quotes))
    shorter = (tuple(_shorten_quote(run, longest) for run in line) for line in lines)
    # A quote that vanished takes its line with it; an empty line the reply had stays.
    kept = tuple(
        new for new, old in zip(shorter, lines, strict=True) if _text(new) or not _text(old)
    )
    return kept if _length(kept) <= limit else _cut_end(kept, limit)


def shorten(text: str, limit: int) -> str:
    """The text within `limit` characters, cut after a sentence if it can be, marked with “…”."""
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    return text[: _cut(text, limit)].rstrip() + _MARK


def _cut(text: str, limit: int) -> int:
    """Where a text may be cut so that less than `limit` characters stand before it; 0: nowhere."""
    for end in _ENDS:
        # The lookahead of a pattern must see what follows the cut, so the text is not sliced first.
        cuts = [m.end() for m in end.finditer(text, 0, limit + 1) if m.end() < limit]
        if cuts:
            return cuts[-1]
    return 0


def _text(line: Line) -> str:
    return "".join(run.text for run in line)


def _length(lines: Sequence[Line]) -> int:
    return sum(len(_text(line)) for line in lines) + max(len(lines) - 1, 0)


def _share(lengths: Sequence[int], room: int) -> int:
    """The greatest length such that, none being longer, all lengths together fit into the room."""
    waiting = sorted(lengths)
    while waiting:
        share = max(room, 0) // len(waiting)
        if waiting[0] > share:
            return share
        room -= waiting.pop(0)
    return 0


def _shorten_quote(run: Run, limit: int) -> Run:
    return replace(run, text=shorten(run.text, limit)) if run.style is Style.QUOTE else run


def _cut_end(lines: tuple[Line, ...], limit: int) -> tuple[Line, ...]:
    """The first lines, as many as fit; the one that does not is cut, or stands as a bare “…”."""
    kept: list[Line] = []
    room = limit
    rest = iter(lines)  # not exhausted: together they do not fit
    while len(text := _text(line := next(rest))) + len("\n" + _MARK) <= room:
        kept.append(line)
        room -= len(text) + len("\n")
    # The cut line's styles go: cut run by run, a figure could lose the 万 that follows it.
    return (*kept, (Run(shorten(text + "\n" + _MARK, room)),))

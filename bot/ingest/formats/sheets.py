"""Pages → paragraphs and rows: lines put together, wraps and page breaks healed, furniture gone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from bot.errors import ReportError
from bot.ingest.formats.extracted import Extracted
from bot.ingest.formats.pdf import Char, Sheet, open_pdf
from bot.ingest.formats.ruled import Ruled, ruled_tables
from bot.ingest.formats.tables import is_marked, lines_of

_PAGE = re.compile(
    r"^[\s—–\-_·]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/／共]\s*(?:共\s*)?\d{1,4}\s*页?)?[\s—–\-_·]*$"
)
_EDGE = 0.09
"""The part of a page, at its top and at its bottom, where page numbers and running heads stand."""
_WIDE = 0.75
"""A gap between words of a line that sets columns apart, in heights of its type."""
_HEADLINE = re.compile(r"^[^，。；：]{8,60}(?:报告|通报|公告|总结|年报|汇报)$")
"""A title is whole, whatever follows it."""
_LARGE = 1.15
_ASKEW = 1.2
_NEAR = 0.4
_INDENT = 1.2
_HANGING = 3
_LONG = 0.9
"""Of the usual number of characters: lines cut at a number of characters have no even margin."""
_MAX_LABELLED = 40
_SHORT = 2.2
"""A line that ends so far from the margin ends its paragraph."""
_TERMINAL = "。！？；：!?;:"
_LABELLED = re.compile(r"^[^，。；]{2,9}[:：][^，。；]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line."""

    text: str
    parts: tuple[str, ...]
    """Its stretches between wide gaps."""
    spans: tuple[tuple[float, float], ...]
    """Where they begin and end."""
    chars: tuple[Char, ...]
    """What is printed, blanks aside."""
    left: float
    right: float
    middle: float
    size: float
    page: int
    edge: bool
    """True at the very top or bottom of its page."""


def read_pdf(data: bytes) -> Extracted:
    """The text of a PDF; ReportError when it is damaged, encrypted, or only pictures."""
    opened = open_pdf(data)
    content = [part for n, sheet in enumerate(opened.sheets) for part in _content(sheet, n)]
    lines = _without_furniture(content, len(opened.sheets))
    if not any(isinstance(part, Ruled) or part.text.strip() for part in lines):
        raise ReportError("PDF 里没有文字（多半是扫描件）；请放文字版，或先做文字识别")
    title = opened.title.strip()
    return Extracted("\n".join(_paragraphs(lines)), (title,) if title else ())


# -- a page ----------------------------------------------------------------------------------


def _content(sheet: Sheet, page: int) -> list[Line | Ruled]:
    """Lines and ruled tables of a page from top to bottom."""
    tables = [t for t in ruled_tables(sheet.rules, sheet.chars, _said) if any(map(any, t.rows))]
    outside = [c for c in sheet.chars if not any(_inside(c, t) for t in tables)]
    lines = [_line(row, sheet, page) for row in _rows(outside)]
    placed = [(line.middle, line) for line in lines if line.text] + [(t.top, t) for t in tables]
    return [part for _, part in sorted(placed, key=lambda p: -p[0])]


def _inside(char: Char, table: Ruled) -> bool:
    level = table.left <= (char.left + char.right) / 2 <= table.right
    return level and table.bottom <= char.middle <= table.top


def _rows(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters by line, from top to bottom, each from left to right."""
    rows: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda c: (-c.middle, c.left)):
        if rows and abs(char.middle - middle) <= max(rows[-1][0].size, char.size) * 0.45:
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = char.middle
    return [sorted(row, key=lambda c: c.left) for row in rows]


def _said(chars: list[Char]) -> str:
    """What the characters of one cell say."""
    return "".join("".join(_words(row)) for row in _rows(chars)).strip()


def _words(row: list[Char]) -> Iterator[str]:
    """The characters of a line, with a blank where words of Latin letters part."""
    for i, char in enumerate(row):
        before = row[i - 1] if i else None
        gap = char.left - before.right if before else 0.0
        apart = before and gap > char.size * 0.25 and before.text.isascii() and char.text.isascii()
        yield (" " if apart and before and before.text != " " else "") + char.text


def _line(row: list[Char], sheet: Sheet, page: int) -> Line:
    seen = [char for char in row if not char.text.isspace()]
    parts: list[list[Char]] = []
    for char in seen:
        if parts and char.left - parts[-1][-1].right <= char.size * _WIDE:
            parts[-1].append(char)
        else:
            parts.append([char])
    texts = tuple("".join(_words(_with_blanks(part, row))).strip() for part in parts)
    first = seen[0] if seen else row[0]
    last = seen[-1] if seen else row[-1]
    edge = not _EDGE < first.middle / sheet.height < 1 - _EDGE
    size = median(char.size for char in row)
    text = "  ".join(texts)
    spans = tuple((part[0].left, part[-1].right) for part in parts)
    return Line(
        text, texts, spans, tuple(seen), first.left, last.right, first.middle, size, page, edge
    )


def _with_blanks(part: list[Char], row: list[Char]) -> list[Char]:
    """A stretch with the blanks that are printed inside it."""
    return [c for c in row if part[0].left <= c.left <= part[-1].left]


# -- the whole document ----------------------------------------------------------------------


def _without_furniture(content: list[Line | Ruled], pages: int) -> list[Line | Ruled]:
    """Without page numbers and without heads and feet that come on page after page."""
    at_edges = [part for part in content if isinstance(part, Line) and part.edge]
    often = Counter(_pattern(line.text) for line in at_edges)
    least = 2 if pages < 4 else 3
    return [
        part
        for part in content
        if not (isinstance(part, Line) and part.edge)
        or not (_PAGE.match(part.text) or (often[_pattern(part.text)] >= least and pages > 1))
    ]


def _pattern(text: str) -> str:
    return re.sub(r"\d+", "0", text)


def _paragraphs(content: list[Line | Ruled]) -> Iterator[str]:
    """Logical lines: wrapped lines joined, rows of tables one by one."""
    lines = [part for part in content if isinstance(part, Line)]
    margins = _margins(lines)
    rows = _gapped(content)
    text, last = "", None
    for n, part in enumerate(content):
        if isinstance(part, Line) and n not in rows:
            if last is not None and _goes_on(last, part, text, margins):
                text = _joined(text, part.text)
            else:
                yield from (text,) if text else ()
                text = part.text
            last = part
            continue
        yield from (text,) if text else ()
        text, last = "", None
        yield from lines_of(part.rows if isinstance(part, Ruled) else [list(rows[n])])
    yield from (text,) if text else ()


@dataclass(frozen=True, slots=True)
class _Margins:
    """The edges of running text, and how many characters its lines have."""

    left: float
    right: float
    length: int
    size: float


def _margins(lines: list[Line]) -> _Margins:
    wide = sorted(lines, key=lambda line: line.right - line.left)[len(lines) // 2 :]
    lefts = Counter(round(line.left) for line in wide)
    rights = sorted(line.right for line in wide)
    left = lefts.most_common(1)[0][0] if lefts else 0
    lengths = sorted(len(line.text) for line in wide)
    right = rights[len(rights) * 3 // 4] if rights else 0.0
    length = lengths[len(lengths) // 2] if lengths else 0
    return _Margins(float(left), right, length, median(x.size for x in lines) if lines else 0.0)


def _goes_on(last: Line, line: Line, text: str, margins: _Margins) -> bool:
    """True when a line goes on with the paragraph before it."""
    left, right = margins.left, margins.right
    if _HEADLINE.match(text):
        return False
    large = min(last.size, line.size) > margins.size * _LARGE
    if large or (_centred(last, left, right) and _centred(line, left, right)):
        return abs(last.size - line.size) < 1 and text[-1] not in _TERMINAL
    if is_marked(line.text) and text[-1] in _TERMINAL:
        return False
    if abs(last.size - line.size) > max(last.size, line.size) * 0.2:
        return False
    ended = text[-1] in _TERMINAL
    full = last.right >= right - last.size * _SHORT
    if not full and (ended or len(last.text) < margins.length * _LONG):
        return False
    if not full and bool(_LABELLED.match(text)) and len(text) < _MAX_LABELLED:
        return False
    if ended and line.right < right - line.size * _SHORT and line.text[-1] not in _TERMINAL:
        return False
    hanging = last.left > left + line.size * _HANGING
    return hanging or not line.left > left + line.size * _INDENT


def _centred(line: Line, left: float, right: float) -> bool:
    """True for a line of a title: clear of both margins, as far from one as from the other."""
    clear = line.left > left + line.size and line.right < right - line.size
    return clear and abs((line.left - left) - (right - line.right)) < line.size


def _joined(text: str, more: str) -> str:
    latin = text[-1].isascii() and text[-1].isalpha() and more[0].isascii() and more[0].isalpha()
    return f"{text} {more}" if latin else text + more


def _gapped(content: list[Line | Ruled]) -> dict[int, tuple[str, ...]]:
    """The cells of lines that are rows of a table without rules, by number.

    Rows have as many stretches, one under the other; a line next to them whose stretches touch is
    cut where their columns begin.
    """
    rows: dict[int, tuple[str, ...]] = {}
    for run in _runs(content):
        lines = [part for n in run if isinstance(part := content[n], Line)]
        rows |= {n: line.parts for n, line in zip(run, lines, strict=True)}
        lefts = [min(line.spans[j][0] for line in lines) for j in range(len(lines[0].parts))]
        for step, n in ((-1, run.start - 1), (1, run.stop)):
            while 0 <= n < len(content) and n not in rows:
                cells = _cut(content[n], lefts)
                if not cells:
                    break
                rows[n] = cells
                n += step
    return rows


def _runs(content: list[Line | Ruled]) -> Iterator[range]:
    begin = 0
    while begin < len(content):
        end = begin
        while end < len(content) and _alike(content[begin], content[end]):
            end += 1
        if end - begin > 1:
            yield range(begin, end)
        begin = max(end, begin + 1)


def _cut(part: Line | Ruled, lefts: list[float]) -> tuple[str, ...]:
    """A line cut where columns begin; () when it does not fill them all."""
    if isinstance(part, Ruled) or not 1 < len(part.parts) < len(lefts):
        return ()
    near = part.size * _NEAR
    starts = [
        next((n for n, c in enumerate(part.chars) if abs(c.left - x) < near), -1) for x in lefts
    ]
    if min(starts) < 0 or starts != sorted(set(starts)) or starts[0]:
        return ()
    ends = [*starts[1:], len(part.chars)]
    return tuple("".join(_words(list(part.chars[a:b]))) for a, b in zip(starts, ends, strict=True))


def _alike(one: Line | Ruled, other: Line | Ruled) -> bool:
    if isinstance(one, Ruled) or isinstance(other, Ruled) or len(one.parts) < 2:
        return False
    if len(one.parts) != len(other.parts):
        return False
    pairs = zip(one.spans[1:], other.spans[1:], strict=True)
    return all(_aligned(a, b, one.size * _ASKEW) for a, b in pairs)


def _aligned(one: tuple[float, float], other: tuple[float, float], near: float) -> bool:
    """True for stretches in one column: flush left, flush right, or centred."""
    flush = abs(one[0] - other[0]) < near or abs(one[1] - other[1]) < near
    return flush or abs(sum(one) - sum(other)) < near * 2

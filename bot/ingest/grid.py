"""The tables of a report: which rows belong together, which cells head them, which hold figures.

Nothing here says what a figure means; see tables.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.ingest.layout import Layout, Paragraph
from intents.quantities import Form, Grammar, Measured

Span = tuple[int, int]

_YEAR = re.compile(r"^(?:19|20)\d{2}\s*年?(?:度)?$")
_SERIAL = re.compile(r"^(?:序号|编号|No\.?|№)$", re.IGNORECASE)
_UNIT_HEAD = re.compile(r"^(?:计量)?单位$")
_PLUS = re.compile(r"[+↑↓]\d")
_MINUS = re.compile(r"[-−]\d")
_NOTHING = re.compile(r"^[-—–－/／\s]*$|^(?:无|不适用)$")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    start: int
    end: int
    """Offsets in the logical text."""
    text: str
    """Folded."""
    measured: Measured | None
    """The quantity that it is, when it is nothing else; offsets in the logical text."""

    @property
    def empty(self) -> bool:
        """True when it says nothing."""
        return bool(_NOTHING.match(self.text))

    @property
    def is_year(self) -> bool:
        """True for a year that heads a column or a row."""
        return bool(_YEAR.match(self.text))


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its parts told apart."""

    first: int
    """Index of its first paragraph."""
    heads: tuple[Row, ...]
    """The rows that say what columns hold."""
    body: tuple[Row, ...]
    labels: frozenset[int]
    """Columns that say what rows hold."""
    serials: frozenset[int]
    """Columns of running numbers."""
    units: frozenset[int]
    """Columns that say the unit of their row."""

    def figures(self) -> Iterator[tuple[int, int]]:
        """Row and column of every cell of the body that holds a figure."""
        aside = self.labels | self.serials | self.units
        for i, row in enumerate(self.body):
            for j, cell in enumerate(row):
                if j not in aside and cell.measured is not None and not cell.is_year:
                    yield i, j


def grids(layout: Layout, grammar: Grammar) -> Iterator[Grid]:
    """The tables of a report, in order."""
    rows: list[Row] = []
    first = 0
    for n, paragraph in enumerate(layout.paragraphs):
        if rows and len(paragraph.cells) != len(rows[0]):
            yield _grid(first, tuple(rows), grammar)
            rows = []
        if paragraph.cells:
            first = first if rows else n
            rows.append(_row(layout, paragraph, grammar))
    if rows:
        yield _grid(first, tuple(rows), grammar)


def _row(layout: Layout, paragraph: Paragraph, grammar: Grammar) -> Row:
    cells = []
    for start, end in paragraph.cells:
        text = layout.folded[start:end]
        cells.append(Cell(start, end, text.strip(), _whole(text, start, grammar)))
    return tuple(cells)


def _whole(text: str, start: int, grammar: Grammar) -> Measured | None:
    """The quantity that fills a cell, moved to where the cell stands."""
    if _PLUS.match(text):
        return _whole(text[1:], start + 1, grammar)
    if _MINUS.match(text):
        less = _whole(text[1:], start + 1, grammar)
        return less and replace(
            less, start=start, quantity=replace(less.quantity, value=-less.quantity.value)
        )
    if text.startswith("第") and (place := grammar.parse(text)):
        span = (start, start + len(text))
        return Measured(*span, place, Form.RANK, span, False)
    found = grammar.find(text)
    if len(found) != 1 or text[: found[0].start].strip() or text[found[0].end :].strip():
        return None
    one = found[0]
    if one.han and one.form is Form.PLAIN and not one.quantity.unit:
        return None
    number = (start + one.number[0], start + one.number[1])
    return Measured(start + one.start, start + one.end, one.quantity, one.form, number, one.han)


def _grid(first: int, rows: tuple[Row, ...], grammar: Grammar) -> Grid:
    depth = _depth(rows)
    heads, body = rows[:depth], rows[depth:]
    width = len(rows[0])
    serials = frozenset(j for j in range(width) if _is_serial(heads, body, j))
    units = frozenset(
        j
        for j in range(width)
        if heads and _UNIT_HEAD.match(heads[-1][j].text) and _are_units(body, j, grammar)
    )
    labels = frozenset(
        j for j in range(width) if j not in serials | units and _is_label([row[j] for row in body])
    )
    return Grid(first, heads, body, labels, serials, units)


def _are_units(body: tuple[Row, ...], j: int, grammar: Grammar) -> bool:
    """True for a column of units; 单位 heads a column of offices as well."""
    told = [row[j].text for row in body if not row[j].empty]
    return sum(grammar.parse("1" + text) is not None for text in told) * 2 > len(told)


def _depth(rows: tuple[Row, ...]) -> int:
    """How many rows head the table: those before the first that holds a figure."""
    for n, row in enumerate(rows):
        told = [cell for cell in row[1:] if not cell.empty]
        if any(cell.measured is not None and not cell.is_year for cell in told):
            return n
    return len(rows)


def _is_serial(heads: tuple[Row, ...], body: tuple[Row, ...], j: int) -> bool:
    named = bool(heads) and bool(_SERIAL.match(heads[-1][j].text))
    counted = [row[j].text for row in body] == [str(n + 1) for n in range(len(body))]
    return named or (j == 0 and counted and len(body) > 2)


def _is_label(cells: list[Cell]) -> bool:
    """True for a column of words or of years."""
    told = [cell for cell in cells if not cell.empty]
    words = sum(cell.measured is None or cell.is_year for cell in told)
    return bool(told) and words * 2 > len(told)

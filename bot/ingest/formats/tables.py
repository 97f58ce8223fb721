"""Cells of a table → lines that a reader of text can tell: 甲 | 12 | 30."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

_MAX_SPAN = 60
_MAX_COLUMNS = 80
_MAX_CELL = 80
_NUMBER = re.compile(r"^[-−]?[\d０-９][\d０-９,，.．\s]*[%％‰\u4e00-\u9fff]{0,4}$")
EMPTY = "—"
_MARKED = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[、.．]|第[一二三四五六七八九十]{1,3})"
)


def is_marked(text: str) -> bool:
    """True for a line that begins with the number of a heading or of an item."""
    return bool(_MARKED.match(text))


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as a file has it."""

    text: str
    across: int = 1
    down: int = 1


def spread(rows: Sequence[Sequence[Cell]]) -> list[list[str]]:
    """Rows of equal length; what spans several columns or rows is said in each of them."""
    hanging: dict[int, tuple[str, int]] = {}
    table = []
    for row in rows:
        line: list[str] = []
        cells = iter(row)
        while len(line) < _MAX_COLUMNS:
            text, left = hanging.get(len(line), ("", 0))
            if left:
                hanging[len(line)] = (text, left - 1)
                line.append(text)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            for _ in range(min(max(cell.across, 1), _MAX_SPAN)):
                hanging[len(line)] = (cell.text, min(max(cell.down, 1), _MAX_SPAN) - 1)
                line.append(cell.text)
        table.append(line)
    width = max((len(line) for line in table), default=0)
    return [line + [""] * (width - len(line)) for line in table]


def is_data(table: list[list[str]]) -> bool:
    """True for a table of figures; others only arrange words on a page."""
    if len(table) < 2 or len(table[0]) < 2:
        return False
    cells = [cell for row in table for cell in row if cell]
    short = sum(len(cell) <= _MAX_CELL for cell in cells)
    return short == len(cells) and any(_NUMBER.match(cell) for cell in cells)


def lines_of(table: list[list[str]]) -> list[str]:
    """A line for each row that says something."""
    return [" | ".join(_plain(cell) for cell in row) for row in table if any(row)]


def _plain(cell: str) -> str:
    return re.sub(r"[|｜\s]+", " ", cell).strip() or EMPTY

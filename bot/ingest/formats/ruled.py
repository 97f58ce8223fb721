"""Ruled tables of a page: which characters stand in which cell.

What no line parts is one cell; it is said in each row and column that it spans.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.ingest.formats.pdf import Char, Rule

_NEAR = 3.0
"""Points; lines that are no farther apart are one."""
_MAX_LINES = 400


@dataclass(frozen=True, slots=True)
class Ruled:
    """A table with its cells filled."""

    top: float
    bottom: float
    left: float
    right: float
    rows: list[list[str]]


def ruled_tables(
    rules: Sequence[Rule], chars: Sequence[Char], said: Callable[[list[Char]], str]
) -> list[Ruled]:
    """The tables that lines are drawn around; *said* puts the characters of a cell in order."""
    found = []
    for group in _touching(rules[: _MAX_LINES * 4]):
        columns = _places(rule.left for rule in group if not rule.level)
        rows = _places(rule.top for rule in group if rule.level)[::-1]
        if len(columns) > 2 and len(rows) > 2:
            found.append(_filled(group, rows, columns, chars, said))
    return found


def _touching(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Lines that meet, group by group."""
    groups: list[list[Rule]] = []
    for rule in rules:
        met = [group for group in groups if any(_meet(rule, other) for other in group)]
        joined = [rule, *(r for group in met for r in group)]
        groups = [group for group in groups if group not in met]
        groups.append(joined)
    return groups


def _meet(one: Rule, other: Rule) -> bool:
    across = one.left - _NEAR <= other.right and other.left - _NEAR <= one.right
    return across and one.bottom - _NEAR <= other.top and other.bottom - _NEAR <= one.top


def _places(values: Iterable[float]) -> list[float]:
    """Where lines stand, in order, near ones once."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > _NEAR:
            kept.append(value)
    return kept


def _filled(
    group: list[Rule],
    rows: list[float],
    columns: list[float],
    chars: Sequence[Char],
    said: Callable[[list[Char]], str],
) -> Ruled:
    cells: dict[tuple[int, int], list[Char]] = {}
    for char in chars:
        i = next((n for n in range(len(rows) - 1) if rows[n] >= char.middle > rows[n + 1]), None)
        middle = (char.left + char.right) / 2
        j = next(
            (n for n in range(len(columns) - 1) if columns[n] <= middle < columns[n + 1]), None
        )
        if i is not None and j is not None:
            cells.setdefault((i, j), []).append(char)
    owner = _owners(group, rows, columns)
    merged: dict[tuple[int, int], list[Char]] = {}
    for place, found in cells.items():
        merged.setdefault(owner[place], []).extend(found)
    texts = {place: said(found) for place, found in merged.items()}
    table = [
        [texts.get(owner[i, j], "") for j in range(len(columns) - 1)] for i in range(len(rows) - 1)
    ]
    return Ruled(rows[0], rows[-1], columns[0], columns[-1], table)


def _owners(
    group: list[Rule], rows: list[float], columns: list[float]
) -> dict[tuple[int, int], tuple[int, int]]:
    """For each cell the first cell of those that no line parts from it."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(len(rows) - 1):
        for j in range(len(columns) - 1):
            own = (i, j)
            if j and not _parted(group, columns[j], rows[i + 1], rows[i], level=False):
                own = owner[i, j - 1]
            elif i and not _parted(group, rows[i], columns[j], columns[j + 1], level=True):
                own = owner[i - 1, j]
            owner[i, j] = own
    return owner


def _parted(group: list[Rule], at: float, low: float, high: float, *, level: bool) -> bool:
    """True when a line runs at *at* over the middle of a cell's side."""
    middle = (low + high) / 2
    for rule in group:
        if rule.level != level:
            continue
        where = rule.top if level else rule.left
        begin, end = (rule.left, rule.right) if level else (rule.bottom, rule.top)
        if abs(where - at) <= _NEAR and begin - _NEAR <= middle <= end + _NEAR:
            return True
    return False

"""Which lines of a text are rows of a table, and where their cells are.

Cells are set apart by bars, by tabs, or by wide gaps; one such line alone is no table.
"""

import re

Span = tuple[int, int]

_BAR = re.compile(r"[|｜│]")
_TAB = re.compile(r"\t")
_GAP = re.compile(r"[ \u3000\u00a0]{2,}")
_NUMBER = re.compile(r"^[-−]?[\d０-９][\d０-９,，.．% ％]*[^\d\s]{0,4}$")
_LABEL = re.compile(r"^[^:：]{2,9}[:：]")
_RULED = re.compile(r"^[\s|｜│:+\-—–=]+$")
_MAX_CELL = 40
_MAX_BARRED = 200
"""Cells between bars may hold a remark, those between gaps hardly a word."""


def cells_of(line: str) -> tuple[Span, ...]:
    """The cells of a line that could be a row, empty ones too; () for other lines."""
    if len(_BAR.findall(line)) >= 1:
        return _between(line.strip("\t "), line, _BAR, _MAX_BARRED)
    for mark in (_TAB, _GAP):
        cells = _between(line, line, mark, _MAX_CELL) if mark.search(line) else ()
        told = [line[a:b] for a, b in cells if b > a]
        if _LABEL.match(line) and not any(_NUMBER.match(cell) for cell in told[1:]):
            continue
        if len(told) > 2 or (mark is _TAB and len(told) > 1):
            return cells
    return ()


def _between(shown: str, line: str, mark: re.Pattern[str], longest: int) -> tuple[Span, ...]:
    begin = line.index(shown[0]) if shown else 0
    cells, at = [], begin
    for match in mark.finditer(line):
        cells.append(_trimmed(line, at, match.start()))
        at = match.end()
    cells.append(_trimmed(line, at, len(line)))
    if mark is _BAR:
        cells = cells[1:] if _BAR.match(shown) else cells
        cells = cells[:-1] if _BAR.match(shown[-1]) else cells
    return tuple(cells) if all(b - a <= longest for a, b in cells) else ()


def _trimmed(line: str, start: int, end: int) -> Span:
    text = line[start:end]
    left = len(text) - len(text.lstrip())
    kept = text.strip()
    return start + left, start + left + len(kept)


def is_ruled(line: str) -> bool:
    """True for the line under a heading row: |---|---|."""
    return bool(_RULED.match(line)) and "-" in line


def rows_among(cells: list[tuple[Span, ...]]) -> list[bool]:
    """Which lines are rows: two or more that follow each other, with as many cells."""
    rows = [False] * len(cells)
    begin = 0
    while begin < len(cells):
        end = begin
        while end < len(cells) and _alike(cells[begin], cells[end]):
            end += 1
        if end - begin > 1:
            rows[begin:end] = [True] * (end - begin)
        begin = max(end, begin + 1)
    return rows


def _alike(first: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    return len(first) > 1 and len(first) == len(other)

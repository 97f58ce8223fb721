"""Tables → figures: row and column headings make the metric, the year, the place and the unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.facts.model import Area, Kind
from bot.ingest.attributes import Home
from bot.ingest.figures import Figure, Numerals, Rejected
from bot.ingest.grid import Cell, Grid, Span, grids
from bot.ingest.labels import Label, is_unit, read_label
from bot.ingest.layout import Layout
from bot.ingest.suffixes import Suffixes
from intents.quantities import Form, Grammar

_CAPTION = re.compile(r"^(?:附?[表图]|附件)\s*[\d一二三四五六七八九十]{0,3}\s*[:：、.]?\s*")
_FOR_ALL = re.compile(r"单位\s*[:：]\s*([^\s（）()。；]{1,20})")
_COMPLETE = re.compile(r"(?:排名|位次|名次|增幅|降幅|涨幅|增速|增减|同比)$")
_MONEY = re.compile(r"额|资金|款|费|损失|投入|经费|收入|支出|债|薪|元")
_NO_SUBJECT = re.compile(
    r"(?:19|20)\d{2}\s*年?(?:度)?|[—–\-~至]+|单位\s*[:：].*$|(?:情况|统计|汇总|一览|明细|数据|分类|主要指标|如下)"
    r"|[见详]?[下上附]表|[（(][^（）()]*[）)]|表$|[:：。，]|具体|近三年|近年来"
)
_VAGUE = re.compile(
    r"^(?:数量|金额|件数|人数|数值|总数|完成数|指标值|本年|占比|比例|比重|同比|增长|增幅|增减|案件数|办结数|结案数"
    r"|收案数|立案数|受理数|次数|户数|家数|数|值|合计|完成值|实际值)?(?:增长|增减|变化)?$"
)
_MAX_CAPTION = 60
_RESTATED = 5
_MAX_EXCERPT = 240
_MAX_CLAUSE = 120
_DASHES = "—–-"


@dataclass(frozen=True, slots=True)
class Entry:
    """A figure of a table with all that its headings say."""

    figure: Figure
    metric: str
    core: str
    """The metric without the end that names its unit."""
    year: int
    area: Area
    kind: Kind
    excerpt: Span
    """Its row, with the heading rows where these are near."""
    clause: str
    """Headings and caption; helps to find it."""
    paragraph: int
    """Index of its table's first paragraph."""
    parent: Span | None = None
    """The figure that it is a part of (其中：…)."""


@dataclass(frozen=True, slots=True)
class _Caption:
    """What stands above a table."""

    text: str
    subject: str
    units: tuple[Span, ...]
    """What the whole table counts in; several where it says 单位：件、万元."""
    year: int | None


class Tables:
    """Reads the tables of one report."""

    def __init__(self, layout: Layout, grammar: Grammar, home: Home) -> None:
        self._layout = layout
        self._grammar = grammar
        self._home = home
        self._suffixes = Suffixes(home.wording)

    def entries(self) -> Iterator[Entry]:
        """The figures of all tables, in order."""
        for grid in grids(self._layout, self._grammar):
            caption = self._caption(grid)
            wholes: dict[int, Entry] = {}
            for i, j in grid.figures():
                entry = self._entry(grid, i, j, caption, wholes)
                if entry is not None:
                    yield entry

    # -- one figure --------------------------------------------------------------------------

    def _entry(
        self, grid: Grid, i: int, j: int, caption: _Caption, wholes: dict[int, Entry]
    ) -> Entry | None:
        cell = grid.body[i][j]
        row = read_label(_beside(grid, i, j), self._home, self._grammar)
        column = self._column(grid, j)
        figure = self._figure(cell, self._unit(grid, i, row, column, caption))
        if figure is None:
            return None
        whole = wholes.get(j) if row.among else None
        core = self._core(row, column, caption, whole)
        entry = Entry(
            figure=figure,
            metric=self._suffixes.fit(self._ended(core, figure.measured.quantity.unit)),
            core=core,
            year=row.year or column.year or caption.year or self._home.year,
            area=row.area or column.area or self._home.area,
            kind=_kind(row, column, figure, caption),
            excerpt=self._excerpt(grid, i),
            clause=_clause(grid, i, j, caption),
            paragraph=grid.first,
            parent=(whole.figure.start, whole.figure.end) if whole else None,
        )
        if not row.among:
            wholes[j] = entry
        return entry

    def _column(self, grid: Grid, j: int) -> Label:
        """What heads a column; parts (其中：…) count in the unit of the column before them."""
        label = read_label(tuple(head[j] for head in grid.heads), self._home, self._grammar)
        if not label.among or label.unit is not None or j == 0:
            return label
        return replace(label, unit=self._column(grid, j - 1).unit)

    def _ended(self, core: str, unit: str) -> str:
        if _COMPLETE.search(core):
            return core
        return self._suffixes.rate(core) if unit == "%" else core + self._suffixes.of(core, unit)

    def _unit(
        self, grid: Grid, i: int, row: Label, column: Label, caption: _Caption
    ) -> Span | None:
        """Where the unit of a figure without one is printed, the nearest heading first."""
        if column.rank or (column.unit and column.growth):
            return column.unit
        for j in grid.units:
            cell = grid.body[i][j]
            if is_unit(cell.text, self._grammar):
                return cell.start, cell.end
        return row.unit or column.unit or self._of_all(row, column, caption)

    def _of_all(self, row: Label, column: Label, caption: _Caption) -> Span | None:
        """The unit over the table: of several the one for money goes to what is money."""
        said = {span: self._layout.folded[slice(*span)] for span in caption.units}
        rate = _is_rate(row, column)
        money = bool(_MONEY.search(column.words + row.words))
        for span, unit in said.items():
            if ("%" in unit) == rate and (rate or len(said) == 1 or ("元" in unit) == money):
                return span
        return None

    def _figure(self, cell: Cell, unit: Span | None) -> Figure | None:
        measured = cell.measured
        if measured is None:
            return None
        if measured.quantity.unit or unit is None or measured.form is not Form.PLAIN:
            return Figure(measured.start, measured.end, measured)
        printed = self._layout.folded[measured.start : measured.end]
        quantity = self._grammar.parse(printed + self._layout.folded[slice(*unit)])
        if quantity is None:
            return Figure(measured.start, measured.end, measured)
        return Figure(measured.start, measured.end, replace(measured, quantity=quantity), unit)

    def _core(self, row: Label, column: Label, caption: _Caption, whole: Entry | None) -> str:
        words = f"{whole.core}中{row.words}" if whole else row.words
        name = words if column.words in words else words + column.words
        if _VAGUE.match(name) or (row.area and _VAGUE.match(column.words)):
            name = caption.subject + name
        return name or caption.subject

    # -- around it ---------------------------------------------------------------------------

    def _caption(self, grid: Grid) -> _Caption:
        """The line or two above a table that name it, and a unit that holds for all of it."""
        text, year = "", None
        units: tuple[Span, ...] = ()
        for n in range(grid.first - 1, max(-1, grid.first - 3), -1):
            paragraph = self._layout.paragraphs[n]
            line = self._layout.folded[paragraph.start : paragraph.end]
            if paragraph.cells or (text and len(line) > _MAX_CAPTION):
                break
            units = units or self._units_in(line, paragraph.start)
            last = line.rstrip("。：:").rsplit("。", 1)[-1]
            text = text or ("" if _FOR_ALL.fullmatch(line.strip("（）() ")) else last)
        for head in grid.heads:
            units = units or self._units_in(head[0].text, head[0].start)
        years = re.findall(r"(?<!\d)((?:19|20)\d{2})\s*年", text)
        if len(years) == 1 and not re.search(r"[-—–~至]", text):
            said = int(years[0])
            year = said if self._home.year - _RESTATED <= said <= self._home.year else None
        subject = _NO_SUBJECT.sub("", _CAPTION.sub("", text[-_MAX_CAPTION:])).strip(" 、的表")
        for name in self._names():
            subject = subject.removeprefix(name)
        return _Caption(text[-_MAX_CAPTION:], subject[-20:], units, year)

    def _units_in(self, line: str, at: int) -> tuple[Span, ...]:
        """The units that a line says for a whole table."""
        match = _FOR_ALL.search(line)
        parts = re.finditer(r"[^、，,/／]+", match[1]) if match else ()
        start = at + match.start(1) if match else 0
        return tuple(
            (start + p.start(), start + p.end()) for p in parts if is_unit(p[0], self._grammar)
        )

    def _names(self) -> tuple[str, ...]:
        place = self._home.gazetteer.places.get(self._home.area.code)
        kind = self._home.area.name[-1:]
        return (*(place.names if place else ()), f"全{kind}", f"我{kind}", f"本{kind}")

    def _excerpt(self, grid: Grid, i: int) -> Span:
        end = grid.body[i][-1].end
        first = (grid.heads or grid.body)[0][0].start
        start = first if end - first <= _MAX_EXCERPT else grid.body[i][0].start
        return start, end


def _beside(grid: Grid, i: int, j: int) -> tuple[Cell, ...]:
    """The labels of a row: the nearest columns of words left of a figure."""
    at = j - 1
    while at >= 0 and at not in grid.labels:
        at -= 1
    begin = at
    while begin > 0 and begin - 1 in grid.labels:
        begin -= 1
    return tuple(grid.body[i][n] for n in range(begin, at + 1)) if at >= 0 else ()


def _clause(grid: Grid, i: int, j: int, caption: _Caption) -> str:
    said = [caption.text, *(c.text for c in _beside(grid, i, j)), *(h[j].text for h in grid.heads)]
    return " ".join(dict.fromkeys(s for s in said if s))[:_MAX_CLAUSE]


def _is_rate(row: Label, column: Label) -> bool:
    """True for a share or growth, which the unit over the whole table does not count."""
    words = column.words + row.words
    return (
        row.growth
        or column.growth
        or row.rank
        or column.rank
        or words.endswith(("率", "占比", "比例", "比重"))
    )


def _kind(row: Label, column: Label, figure: Figure, caption: _Caption) -> Kind:
    words = row.words + column.words
    if re.search(r"目标|计划|任务数", words) and "完成" not in words:
        return Kind.PLAN
    if row.rank or column.rank or figure.measured.form is Form.RANK:
        return Kind.RANK
    if row.growth or column.growth:
        return Kind.GROWTH
    return Kind.SHARE if figure.measured.quantity.unit == "%" else Kind.RESULT


def inside_tables(numerals: Numerals, entries: tuple[Entry, ...], layout: Layout) -> Numerals:
    """The numerals once tables are read: figures of rows give way to what tables say of them."""
    taken = {i for e in entries for i in range(e.figure.start, e.figure.end)}
    rows = [(p.start, p.end) for p in layout.paragraphs if p.cells]
    inside = {i for start, end in rows for i in range(start, end)}
    kept = tuple(f for f in numerals.figures if f.start not in inside)
    lost = (f.measured.number for f in numerals.figures if f.start in inside)
    rejected = [r for r in numerals.rejected if not any(i in taken for i in range(r.start, r.end))]
    rejected += [Rejected(*n, "table_label") for n in lost if n[0] not in taken]
    return Numerals(kept, tuple(sorted(rejected, key=lambda r: r.start)))

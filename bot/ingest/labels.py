"""What a heading of a table's row or column says: a thing, a unit, a year, a place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.facts.model import Area
from bot.ingest.attributes import Home
from bot.ingest.grid import Cell
from intents.quantities import Grammar

Span = tuple[int, int]

_BRACKETED = re.compile(r"[（(\[【](?:(?:计量)?单位\s*[:：]\s*)?([^（）()\[\]【】]{1,8})[）)\]】]")
_BEHIND = re.compile(r"(?:[/／,，:：]|单位\s*[:：])\s*([^/／,，:：（）()]{1,6})$")
_COUNTED = re.compile(
    r"(人次|场次|件次|户次|家次|批次|人(?=员数$)|[件人户次家项起份条场个名宗])(?:员?数)$|(人次|场次|批次)$"
)
_YEAR = re.compile(r"((?:19|20)\d{2})\s*年?(?:度)?(?:全年|1[-—至]12月)?")
_SPAN_OF_YEARS = re.compile(r"(?:19|20)\d{2}\s*年?\s*[-—–~至]\s*(?:19|20)?\d{2,4}\s*年?")
_LAST = re.compile(r"上年|去年|上一年|上年同期|去年同期")
_THIS = re.compile(r"(?:本年|今年|当年|本期|本年度|年度)(?:数|值)?")
_GROWTH = re.compile(r"同比|环比|增长|增减|增幅|降幅|涨幅|升降|变化|[较比]上年|[较比]去年|增速")
_RANK = re.compile(r"排名|位次|名次")
_TOTAL = re.compile(r"^(?:合\s*计|总\s*计|小\s*计|共\s*计|总数|全[市县区州省旗盟](?:合计|总计)?)$")
_AMONG = re.compile(r"^(?:其中)\s*[:：,，]?\s*")
_TOWN = re.compile(r"^[\u4e00-\u9fff]{1,8}(?:镇|乡|街道|苏木)(?:办事处)?$")
_NUMBERED = re.compile(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．](?!\d)|[（(][一二三四五六七八九十\d]{1,3}[)）])\s*"
)
_GENERIC = re.compile(r"^(?:数值|指标值|完成值|完成情况|完成数|实际值|实际完成|实际|数量|数|全年)$")
"""Headings that say no more than that figures stand below."""
_EDGE = " \t:：,，、-—–（）()"


@dataclass(frozen=True, slots=True)
class Label:
    """A heading, read."""

    words: str
    """What is left when unit, year and place are taken out."""
    unit: Span | None = None
    """Where the unit stands in the logical text."""
    year: int | None = None
    area: Area | None = None
    growth: bool = False
    rank: bool = False
    total: bool = False
    among: bool = False
    """True for 其中：…"""


def read_label(cells: tuple[Cell, ...], home: Home, grammar: Grammar) -> Label:
    """The headings above or beside a cell, outermost first, as one."""
    words: list[str] = []
    unit: Span | None = None
    year: int | None = None
    area: Area | None = None
    text = ""
    for cell in cells:
        text = cell.text
        if cell.empty:
            continue
        own = unit_in(text, cell.start, grammar)
        unit = own or unit
        year = _year(text, home.year) or year
        area = place_in(text, home) or area
        plain = _plain(text, grammar) if place_in(text, home) is None else ""
        if plain and plain not in words:
            words.append(plain)
    whole = "".join(cell.text for cell in cells)
    return Label(
        "".join(words), unit, year, area, bool(_GROWTH.search(whole)), bool(_RANK.search(whole)),
        bool(_TOTAL.match(text)), bool(_AMONG.match(text)),
    )  # fmt: skip


def unit_in(text: str, at: int, grammar: Grammar) -> Span | None:
    """Where a heading says its unit: 罚没金额（万元）, 立案数/件, 结案件数."""
    for pattern in (_BRACKETED, _BEHIND, _COUNTED):
        for match in pattern.finditer(text):
            group = 1 if match[1] else 2
            if is_unit(match[group].strip(), grammar):
                start = at + match.start(group)
                return start, start + len(match[group].rstrip())
    return None


def is_unit(text: str, grammar: Grammar) -> bool:
    """True for what can stand behind a number: 万元, 件, %."""
    quantity = grammar.parse("1" + text)
    return quantity is not None and (bool(quantity.unit) or text in ("万", "亿"))


def place_in(text: str, home: Home) -> Area | None:
    """The place inside the report's that a heading is, or None."""
    plain = text.strip(_EDGE)
    for mention in home.gazetteer.find(plain):
        if (mention.start, mention.end) == (0, len(plain)):
            for code in mention.codes:
                if home.area.code in (code, *home.gazetteer.lineage(code)):
                    place = home.gazetteer.places[code]
                    return Area(code, place.name, home.gazetteer.full(code))
    if _TOWN.match(plain):
        return Area(home.area.code, plain, home.area.full + plain)
    return None


def _year(text: str, reported: int) -> int | None:
    bare = _SPAN_OF_YEARS.sub("", text)
    if match := _YEAR.search(bare):
        return int(match[1])
    if _LAST.search(bare) and not _GROWTH.search(bare):
        return reported - 1
    return None


def _plain(text: str, grammar: Grammar) -> str:
    """The words of a heading that name a thing."""
    text = _AMONG.sub("", _NUMBERED.sub("", text))
    text = _SPAN_OF_YEARS.sub("", text)
    for pattern in (_BRACKETED, _BEHIND):
        text = pattern.sub(lambda m: "" if is_unit(m[1].strip(), grammar) else m[0], text)
    text = _GENERIC.sub("", _YEAR.sub("", text))
    text = _THIS.sub("", _LAST.sub("", text)) if not _GROWTH.search(text) else text
    return "" if _TOTAL.match(text.strip()) else "".join(text.split()).strip(_EDGE)

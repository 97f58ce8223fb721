"""Year, place and kind of a figure.

Year: the report's, unless the words say otherwise (由2021年的…, 上年, a plan section's heading).
Place: the report's, one inside it that the clause is about (inside.py), or the wider place whose
members are counted.
Kinds are never mixed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.facts.model import Area, Kind, Role
from bot.ingest.clauses import Cut
from bot.ingest.scene import Named, Sort
from bot.ingest.sentences import Sentence, outside_quotes
from bot.ingest.wording import Wording
from intents.gazetteer import Gazetteer
from intents.quantities import Form

_YEAR = re.compile(r"((?:19|20)\d{2})年(?!\d{1,2}月\d)(?:度)?(?P<since>以来|至今|起)?")
_EVENT_YEAR = re.compile(r"((?:19|20)\d{2})年度")
_OPENING = re.compile(
    r"^\W{0,3}(?P<by>力?争?到|至)?((?:19|20)\d{2})年(?:度)?(?P<since>以来|至今|起)?"
    r"(?:[，,]|(?=拟|将|计划|力争|确保|预计|打算|继续))"
)
_LAST_YEAR = re.compile(
    r"(?:上年|去年|上一年|前一年|上一年度)(?:度)?(?:同期|年底|年末|末|底)?(?:的|为|是|仅为|只有|共|有|仅)?$"
    r"|(?:同比|[较比](?:上|去)年(?:同期)?)[^，,]{0,8}[由从]$"
    r"|[由从](?:上年|去年|上一年)(?:度)?[^，,]{0,8}$"
)
_YEAR_BEFORE_LAST = re.compile(r"(?<!大)前年(?:度)?(?:同期)?(?:的|为|是)?$")
_THAT_YEAR = re.compile(r"((?:19|20)\d{2})年(?:度)?(?:同期|年?底|年?末)?(?:的|为|是|仅为|只有)?$")
_OF_LAST_YEAR = re.compile(
    r"(?:上年|去年)(?:度|全年|共)?(?!结转|相比|同期|基础|增|减)[\u4e00-\u9fff]{2}"
)
_COMPARED = re.compile(
    r"(?:较|比|同|与|相比|对比)\s*(?:(?:19|20)\d{2}年(?:度)?(?:同期)?[、和及与]?){1,6}"
)
"""Years that a figure is only compared with: 比2022年、2021年分别多12件、31件."""
_WIDER = re.compile(r"(?:全|被|由)(省|市|州|国|盟)")
_NEAR_PLAN = 2
_FAR_PLAN = 6
"""“到2025年” may lie farther ahead than the plan for the next year."""
_RESTATED = 5
"""A report speaks of figures up to so many years back."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """When, where and what sort."""

    year: int
    area: Area
    kind: Kind


@dataclass(frozen=True, slots=True)
class Home:
    """What a report says of itself, and what its figures fall back on."""

    year: int
    area: Area
    gazetteer: Gazetteer
    wording: Wording


def attributes(cut: Cut, sentence: Sentence, opening: str, named: Named, home: Home) -> Attributes:
    """Attributes of one figure; *opening* is the beginning of its sentence."""
    kind = _kind(cut, sentence, opening, named, home)
    area = _area(cut, named, home)
    return Attributes(_year(cut, sentence, opening, kind, home), area, kind)


def _kind(cut: Cut, sentence: Sentence, opening: str, named: Named, home: Home) -> Kind:
    measured = cut.figure.measured
    planned = any(mark in cut.clause for mark in home.wording.plan_marks)
    if planned or sentence.section.role is Role.PLAN or _coming(opening, home.year):
        return Kind.PLAN
    if measured.form is Form.RANK:
        return Kind.RANK
    if named.sort in (Sort.WIDER, Sort.GAP):
        return Kind.OTHER
    if named.growth:
        return Kind.GROWTH
    if measured.quantity.unit == "%" or measured.form in (Form.FRACTION, Form.SHARE):
        return Kind.SHARE
    return Kind.RESULT


def _coming(opening: str, year: int) -> int:
    """The coming year that a sentence opens with, or 0."""
    match = _OPENING.match(opening)
    said = int(match[2]) if match and not match["since"] else 0
    reach = _FAR_PLAN if match and match["by"] else _NEAR_PLAN
    return said if year < said <= year + reach else 0


def _year(cut: Cut, sentence: Sentence, opening: str, kind: Kind, home: Home) -> int:
    year = home.year
    if kind is Kind.PLAN and (coming := _planned(sentence, opening, year)):
        return coming
    if kind is Kind.GROWTH:
        return year
    if _LAST_YEAR.search(cut.left) or _OF_LAST_YEAR.match(cut.left):
        return year - 1
    if _YEAR_BEFORE_LAST.search(cut.left):
        return year - 2
    if that := _THAT_YEAR.search(cut.left):
        return _plausible(int(that[1]), year)
    told = list(_YEAR.finditer(_COMPARED.sub("", cut.left)))
    if told and not told[-1]["since"]:
        return _plausible(int(told[-1][1]), year)
    match = _OPENING.match(opening)
    if match and not match["since"]:
        return _plausible(int(match[2]), year)
    event = _EVENT_YEAR.search(outside_quotes(cut.lead_in[-1])) if cut.lead_in else None
    return _plausible(int(event[1]), year) if event else year


def _planned(sentence: Sentence, opening: str, year: int) -> int:
    """The year a plan is for, 0 when it is no section of plans."""
    coming = _coming(opening, year)
    if coming or sentence.section.role is not Role.PLAN:
        return coming
    named = [int(y) for h in sentence.section.path[:1] for y, _ in _YEAR.findall(h)]
    return next((y for y in named if year < y <= year + 2), year + 1)


def _plausible(said: int, year: int) -> int:
    return said if year - _RESTATED <= said <= year else year


def _area(cut: Cut, named: Named, home: Home) -> Area:
    if named.sort is Sort.WIDER:
        return _wider(cut, home) or home.area
    return named.place or home.area


def _wider(cut: Cut, home: Home) -> Area | None:
    """The place above the report's whose members a figure counts (在全州12个县市中)."""
    match = _WIDER.search(cut.left)
    for code in home.gazetteer.lineage(home.area.code) if match else ():
        place = home.gazetteer.places[code]
        if match and (place.name.endswith(match[1]) or (match[1], place.level) in _LEVELS):
            return Area(code, place.name, home.gazetteer.full(code))
    return None


_LEVELS = {("省", "province"), ("市", "city"), ("州", "city"), ("盟", "city")}

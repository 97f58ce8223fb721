"""Year, place and kind of a figure.

Year: the report's, unless the words say otherwise (由2021年的…, 上年, a plan section's heading).
Place: the report's, or the town the clause is about. Kinds are never mixed.
"""

import re
from dataclasses import dataclass

from bot.facts.model import Area, Kind, Role
from bot.ingest.clauses import Cut
from bot.ingest.sentences import Sentence
from bot.ingest.wording import Wording
from intents.quantities import Form

_YEAR = re.compile(r"((?:19|20)\d{2})年(?:度)?(?P<since>以来|至今|起)?")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年|前一年)(?:度)?(?:同期)?的?$")
_COMPARED = re.compile(r"(?:较|比|同|与|相比|对比)\s*$")
_TOWN = re.compile(r"^(?:其中)?[，,]?([\u4e00-\u9fff]{2,4}(?:镇|乡|街道))(?!（|\(|、|和|级|村|街|、)")
_NOT_TOWNS = ("各镇", "各乡", "全镇", "乡镇", "村镇", "市镇", "城镇", "个镇", "个乡", "街镇", "区镇", "级乡", "级镇")
_WIDER = re.compile(r"(?:全|在全)(省|市|州|国)(?:各)?$")


@dataclass(frozen=True, slots=True)
class Attributes:
    """When, where and what sort."""

    year: int
    area: Area
    kind: Kind


def attributes(
    cut: Cut, sentence: Sentence, text: str, year: int, area: Area, growth: bool, wording: Wording
) -> Attributes:
    """Attributes of one figure; *text* is the folded logical text, *year* and *area* the report's."""
    kind = _kind(cut, sentence, area, growth, wording)
    return Attributes(_year(cut, sentence, text, year, kind), _area(cut, area, wording), kind)


def _kind(cut: Cut, sentence: Sentence, area: Area, growth: bool, wording: Wording) -> Kind:
    measured = cut.figure.measured
    if sentence.section.role is Role.PLAN or any(m in cut.clause for m in wording.plan_marks):
        return Kind.PLAN
    if measured.form is Form.RANK:
        return Kind.RANK
    if growth:
        return Kind.GROWTH
    if measured.quantity.unit == "%" or measured.form in (Form.FRACTION, Form.SHARE):
        return Kind.SHARE
    wider = _WIDER.search(cut.left)
    return Kind.OTHER if wider and not area.name.endswith(wider[1]) else Kind.RESULT


def _year(cut: Cut, sentence: Sentence, text: str, year: int, kind: Kind) -> int:
    if kind is Kind.PLAN and sentence.section.role is Role.PLAN:
        named = [int(y) for h in sentence.section.path[:1] for y, _ in _YEAR.findall(h)]
        return next((y for y in named if year < y <= year + 2), year + 1)
    if kind is Kind.GROWTH:
        return year
    if _LAST_YEAR.search(cut.left):
        return year - 1
    told = list(_YEAR.finditer(cut.left))
    if told and not told[-1]["since"] and not _COMPARED.search(cut.left[: told[-1].start()]):
        return _plausible(int(told[-1][1]), year)
    opening = _YEAR.match(text, sentence.start, sentence.end)
    if opening and not opening["since"] and text[opening.end() : opening.end() + 1] in "，,":
        return _plausible(int(opening[1]), year)
    return year


def _plausible(said: int, year: int) -> int:
    return said if year - 5 <= said <= year else year


def _area(cut: Cut, area: Area, wording: Wording) -> Area:
    match = _TOWN.match(cut.left)
    if not match or match[1].endswith(_NOT_TOWNS) or match[1][0] in "各全该每":
        return area
    if any(word in match[1] for word in (*wording.verbs, *wording.structural)):
        return area
    return Area(area.code, match[1], area.full + match[1])

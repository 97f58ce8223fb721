"""Years as citizens write them: 2022年, 22年, 二〇二二年, 去年 – relative to a given day."""

import re
from dataclasses import dataclass
from datetime import date

from intents.numerals import parse_han

_HAN_YEAR = "[一二两][零〇○o0九][零〇○一二三四五六七八九][零〇○一二三四五六七八九]"
_PATTERN = re.compile(
    rf"(?P<full>(?<!\d)(?:19|20)\d{{2}})(?!\d)(?:\s*年(?:度)?(?!前|后))?"
    rf"|(?P<short>(?<![\d.])\d{{2}})\s*年(?:度)?(?!前|后|来|间|代|之|以)"
    rf"|(?P<han>{_HAN_YEAR})\s*年?(?:度)?"
    rf"|(?P<han2>(?<![一二三四五六七八九十])[一二三][零〇一二三四五六七八九])年(?:度)?"
    r"|(?P<word>大前年|前年|去年|上年度|上一年度|(?<![会网线台场路面街])上一年"  # not 会上|一年
    r"|今年|本年度|本年|last year|this year)"
    r"(?!比|相比|同期|增|多|少)"
)
_SHIFTS = {
    "大前年": -3, "前年": -2, "去年": -1, "上年度": -1, "上一年度": -1, "上一年": -1,
    "last year": -1,
    "今年": 0, "本年度": 0, "本年": 0, "this year": 0,
}  # fmt: skip
_COMPARING = re.compile(r"(?:比|较|同|compared with|than|over)\s*$")


@dataclass(frozen=True, slots=True)
class Period:
    """A year that a question names."""

    start: int
    end: int
    """Where it stands in the normalised text."""
    year: int
    relative: bool
    """True for 去年 and its like: the reply says which year was meant."""


def find_periods(text: str, today: date) -> tuple[Period, ...]:
    """Every year of a normalised text; 去年 is relative to *today*, 比去年 is not a period."""
    found = []
    for match in _PATTERN.finditer(text):
        year = _year(match, today)
        if match["word"] and _COMPARING.search(text[: match.start()]):
            continue
        if year is not None:
            found.append(Period(*match.span(), year, bool(match["word"])))
    return tuple(found)


def _year(match: re.Match[str], today: date) -> int | None:
    if match["full"]:
        return int(match["full"])
    if match["short"]:
        return 2000 + int(match["short"])
    if match["word"]:
        return today.year + _SHIFTS[match["word"]]
    han = (match["han"] or match["han2"]).replace("○", "〇").replace("o", "〇").replace("0", "〇")
    if match["han2"]:
        han = f"二〇{han}"
    value = parse_han(han)
    return int(value) if value is not None else None

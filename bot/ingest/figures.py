"""Which numerals of a report count something.

Every numeral (digits and Chinese) ends either as a :class:`Figure` or excluded by a named rule;
nothing is dropped silently. The rules know the grammar of numerals, no report.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from bot.ingest.layout import Layout
from bot.ingest.sentences import depths, is_title
from bot.ingest.wording import Wording
from intents.numerals import ARABIC_PATTERN, HAN_NUMERAL, HAN_PATTERN
from intents.quantities import Form, Grammar, Measured, Qualifier

Span = tuple[int, int]

_YEAR_HAN = "[一二][零〇○九十][零〇○一二三四五六七八九十][零〇○一二三四五六七八九十]?"
_MASKS: tuple[tuple[str, str], ...] = (
    (
        "document_number",
        r"[\u4e00-\u9fff]*[〔\[【(]\d{4}[〕\]】)]\s*第?\s*\d+\s*号|第?\s*\d+\s*号(?![召码])",
    ),
    ("metadata", r"(?:浏览|点击|阅读|访问)(?:次数|量|数)\s*[:：]\s*\d+"),
    ("document_number", r"[A-Z]{1,4}\d[\w-]*\d|ICP备\d+"),
    (
        "date",
        r"(?:19|20)\d{2}\s*[-—–~至/.]\s*(?:19|20)?\d{1,4}\s*(?:[-/.]\s*\d{1,2})?(?:\s*年)?(?![%\d件项次])",
    ),
    (
        "date",
        r"(?:19|20)\d{2}\s*年(?:\s*\d{1,2}\s*月)?(?:\s*\d{1,2}\s*日)?|(?:19|20)\d{2}(?=年度|版|届|以来)",
    ),
    ("date", rf"{_YEAR_HAN}年(?:[一二三四五六七八九十]+月)?(?:[一二三四五六七八九十]+日)?"),
    (
        "date",
        r"\d{1,2}\s*月\s*(?:\d{1,2}\s*日|[份底初末起中]|至)|\d{1,2}\s*月(?=[，,。、])|[“\"]\d{1,2}[·.]\d{1,2}[”\"]",
    ),
    ("date", r"[前第]?[一二三四1-4]\s*季度|[上下]半年|半年|\d{1,2}\s*[:：]\s*\d{2}|世纪\d+年代"),
    (
        "version",
        r"[vV]\d+(?:\.\d+)*|\d+\.0(?=版|[，,。、；;“”’》）)]|[\u4e00-\u9fff])(?!个|万|亿|%|元|小时)|\d\.\d版",
    ),
    ("formula", r"\d+\s*[×xX*]\s*\d+|[\dXNxn]+\s*(?:\+\s*[\dXNxn]+)+|\d+\s*\+|\+\s*\d+"),
    ("name", r"[“\"《‘][^”\"》’]*[”\"》’]"),
    (
        "name",
        r"[一二三四五六七八九十]五(?=普法|规划|期间|时期|”|收官|开局)|[一二三四五六七八九十]+中全会",
    ),
    (
        "name",
        r"[一二三四五六七八九十]+大(?=精神|以来|报告|召开|、|和|$)|[一二三四五六七八九十百]+届",
    ),
    ("name", r"[一二三四五六七八九十]+次(?:全体)?(?:会议|全会|代表大会)|[A-Z]\d+(?:高速|国道)?"),
    (
        "list_number",
        r"[一二三四五六七八九十]+是|其[一二三四五六七八九]|[一二三四五六七八九十]+来(?=[，,])",
    ),
    (
        "grade",
        r"[一二三四五六七八九]级(?!以上)|[1-5]A级?|\d级|[三二一]甲|[一二三四五六七八九]星级?|\dG|[一二]等奖",
    ),
)
_NAME_MAX = 40
_ORDINAL = re.compile(r"第\s*$")
_FREQUENCY = re.compile(r"每\s*$")
_BARE_BEFORE = re.compile(r"[\u4e00-\u9fff”）)》A-Za-z]\s*$")
_BARE_AFTER = re.compile(r"\s*(?:[，,。；;！!？?）)\n]|、|和|及|$)")
_RUN_OF_CODES = re.compile(r"\s*(?:[、和及]\s*\d+\s*)+[\u4e00-\u9fff]")
_ZERO = re.compile(
    r"(?:为|是|降至|降为|实现|保持)(零)(?=[，,。；;、）)]|投诉|差错|事故|发生|复议|诉讼|败诉)"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeral that counts something."""

    start: int
    end: int
    """Offsets in the logical text."""
    measured: Measured


@dataclass(frozen=True, slots=True)
class Rejected:
    """A numeral that counts nothing a citizen could ask about."""

    start: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Numerals:
    """All numerals of a report, decided."""

    figures: tuple[Figure, ...]
    rejected: tuple[Rejected, ...]


@cache
def _masks() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(pattern)) for rule, pattern in _MASKS)


@cache
def _fixed(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))


def _masked(text: str, wording: Wording) -> list[tuple[int, int, str]]:
    """Stretches in which no numeral counts, with the rule."""
    found = [
        (m.start(), m.end(), rule)
        for rule, pattern in _masks()
        for m in pattern.finditer(text)
        if rule != "name" or m.end() - m.start() <= _NAME_MAX or text[m.start()] == "《"
    ]
    found += [
        (m.start(), m.end(), "fixed_word")
        for m in _fixed(wording.fixed_words).finditer(text)
        if not _cuts_numeral(text, m.start(), m.end())
    ]
    return sorted(found)


def _cuts_numeral(text: str, start: int, end: int) -> bool:
    """True when a fixed word would bite into a longer Chinese numeral (六|千万)."""
    return any(
        outside in HAN_NUMERAL and inside in HAN_NUMERAL
        for outside, inside in (
            (text[start - 1 : start] or " ", text[start]),
            (text[end : end + 1] or " ", text[end - 1]),
        )
    )


def _numeral_spans(text: str) -> list[Span]:
    spans = [m.span() for m in ARABIC_PATTERN.finditer(text)]
    return sorted(spans + [m.span() for m in HAN_PATTERN.finditer(text)])


def _headings(layout: Layout) -> list[Span]:
    """Unpunctuated marked lines: titles of sections."""
    return [(p.start, p.end) for p in layout.paragraphs if is_title(layout, p)]


def _covering(spans: Iterable[tuple[int, int, str]], size: int) -> list[str]:
    """For each character the first rule that masks it, or ""."""
    cover = [""] * size
    for start, end, rule in spans:
        for i in range(start, end):
            cover[i] = cover[i] or rule
    return cover


def decide(layout: Layout, grammar: Grammar, wording: Wording) -> Numerals:
    """Decide every numeral of the logical text."""
    text = layout.folded
    cover = _covering(_masked(text, wording), len(text))
    for start, end in _headings(layout):
        cover[start:end] = [c or "heading" for c in cover[start:end]]
    level = depths(text)
    figures: list[Figure] = []
    reasons: dict[int, str] = {}
    for measured in grammar.find(text):
        rule = _rule(text, measured, cover, level, wording)
        if rule:
            reasons |= dict.fromkeys(range(*measured.number), rule)
        else:
            figures.append(Figure(measured.start, measured.end, measured))
    taken = {i for f in figures for i in range(f.start, f.end)}
    rejected = tuple(
        Rejected(start, end, cover[start] or reasons.get(start, "no_count"))
        for start, end in _numeral_spans(text)
        if start not in taken
    )
    return Numerals(tuple(figures), rejected)


def _rule(
    text: str, measured: Measured, cover: list[str], level: list[int], wording: Wording
) -> str:
    """The rule that excludes a quantity, or "" when it is a figure."""
    begin, finish = measured.number
    masked = next((cover[i] for i in range(begin, finish) if cover[i]), "")
    if masked and not (measured.form is Form.RANK and masked == "fixed_word"):
        return masked
    if measured.form is not Form.PLAIN:
        return ""
    checks: tuple[Callable[[str, Measured, Wording], str], ...] = (
        _ordinal_rule,
        _context_rule,
        _time_rule,
        _han_rule,
        _bare_rule,
    )
    return next((rule for check in checks if (rule := check(text, measured, wording))), "")


def _ordinal_rule(text: str, measured: Measured, wording: Wording) -> str:
    before = text[max(0, measured.start - 4) : measured.start]
    if _ORDINAL.search(before) or text[measured.start] == "第":
        return "ordinal"
    if _FREQUENCY.search(before) and measured.quantity.unit in (
        "周",
        "日",
        "天",
        "年",
        "个月",
        "半月",
    ):
        return "frequency"
    return ""


def _context_rule(text: str, measured: Measured, wording: Wording) -> str:
    after = text[measured.end : measured.end + 8].lstrip()
    unit = measured.quantity.unit
    if not unit and any(after.startswith(noun) for noun in wording.code_nouns):
        return "code"
    if measured.han and any(after.startswith(noun) for noun in wording.aspect_nouns):
        return "aspect"
    return ""


def _time_rule(text: str, measured: Measured, wording: Wording) -> str:
    unit, value = measured.quantity.unit, measured.quantity.value
    if unit in ("月份", "日", "秒") or (unit == "年" and (value >= 1900 or measured.han)):
        return "date"
    if unit not in _TIME_UNITS:
        return ""
    after = text[measured.end : measured.end + 8]
    if any(noun in after[:6] for noun in wording.circle_nouns):
        return "name"
    before = text[max(0, measured.start - 24) : measured.start]
    clause = re.split(r"[。；;]", before)[-1] + after[:4]
    if any(word in clause for word in wording.time_context):
        return ""
    return "period"


_TIME_UNITS = {
    "个工作日", "工作日", "个月", "个小时", "小时", "分钟", "天", "周", "个星期", "星期", "年",
    "个季度", "岁", "周岁", "个自然日", "自然日",
}  # fmt: skip


def _han_rule(text: str, measured: Measured, wording: Wording) -> str:
    if not measured.han:
        return ""
    quantity = measured.quantity
    number = text[measured.number[0] : measured.number[1]]
    if number == "零":
        told = _ZERO.search(text, max(0, measured.start - 3), measured.end + 4)
        return "" if told and told.start(1) == measured.number[0] else "no_count"
    scaled = measured.end - measured.number[1] > len(quantity.unit)
    if not quantity.unit and not scaled:
        return "no_count"
    if number == "一" and quantity.unit not in ("倍", "番", "%") and not scaled:
        return "indefinite"
    return ""


def _bare_rule(text: str, measured: Measured, wording: Wording) -> str:
    printed = text[measured.start : measured.end]
    if measured.quantity.unit or measured.han or printed.endswith("大"):
        return ""
    if measured.quantity.qualifier is not Qualifier.EXACT or any(s in printed for s in "万亿"):
        return ""
    if _RUN_OF_CODES.match(text, measured.end):
        return "code"
    if not _BARE_BEFORE.search(text[max(0, measured.start - 3) : measured.start]):
        return "code"
    return "" if _BARE_AFTER.match(text, measured.end) else "code"

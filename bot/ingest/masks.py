"""Stretches of a report in which no numeral counts anything: dates, document numbers, names.

Each pattern is bounded on every side, so that reading stays linear whatever the text holds.
"""

import re
from functools import cache

from bot.ingest.wording import Wording
from intents.numerals import HAN_NUMERAL

_HAN = "一二三四五六七八九十"
_YEAR_HAN = "[一二][零〇○九十][零〇○一二三四五六七八九十][零〇○一二三四五六七八九十]?"
_YEAR = "(?<!\\d)(?:19|20)\\d{2}"
_MASKS: tuple[tuple[str, str], ...] = (
    (
        "document_number",
        r"[〔\[【(]\d{4}[〕\]】)]\s{0,3}第?\s{0,3}\d{1,6}\s{0,3}号"
        r"|第?\s{0,3}(?<!\d)\d{1,8}\s{0,3}号(?![召码])",
    ),
    ("metadata", r"(?:浏览|点击|阅读|访问)(?:次数|量|数)\s{0,3}[:：]\s{0,3}\d{1,9}"),
    ("document_number", r"(?<![A-Za-z0-9])[A-Z]{1,4}\d[A-Za-z0-9_-]{0,30}\d|ICP备\d{1,12}"),
    (
        "date",
        rf"{_YEAR}\s{{0,3}}[-—–~至/.]\s{{0,3}}(?:19|20)?\d{{1,4}}\s{{0,3}}"
        r"(?:[-/.]\s{0,3}\d{1,2})?(?:\s{0,3}年)?(?![%\d件项次])",
    ),
    (
        "date",
        rf"{_YEAR}\s{{0,3}}年(?:\s{{0,3}}\d{{1,2}}\s{{0,3}}月)?(?:\s{{0,3}}\d{{1,2}}\s{{0,3}}日)?"
        rf"|{_YEAR}(?=年度|版|届|以来)",
    ),
    ("date", rf"{_YEAR_HAN}年(?:[{_HAN}]{{1,3}}月)?(?:[{_HAN}]{{1,3}}日)?"),
    (
        "date",
        r"(?<!\d)\d{1,2}\s{0,3}月\s{0,3}(?:\d{1,2}\s{0,3}日|[份底初末起中]|至)"
        r"|(?<!\d)\d{1,2}\s{0,3}月(?=[，,。、])|[“\"]\d{1,2}[·.]\d{1,2}[”\"]",
    ),
    (
        "date",
        r"[前第]?[一二三四1-4]\s{0,3}季度|[上下]半年|半年|(?<!\d)\d{1,2}\s{0,3}[:：]\s{0,3}\d{2}(?!\d)"
        r"|世纪\d{2}年代",
    ),
    (
        "list_number",
        r"(?:(?:(?<![\u4e00-\u9fff])|(?<=[见如下附详]))[表图]|附件|专栏)\s{0,3}(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?![\d个份张件项条户家])",
    ),
    (
        "version",
        r"[vV]\d{1,3}(?:\.\d{1,3}){0,3}|(?<![\d.])\d{1,3}\.0"
        r"(?=版|[，,。、；;“”’》）)]|[\u4e00-\u9fff])(?!个|万|亿|%|元|小时)|(?<!\d)\d\.\d版",
    ),
    (
        "formula",
        r"(?<![\dXNxn])\d{1,4}\s{0,2}[×xX*]\s{0,2}\d{1,4}"
        r"|(?<![\dXNxn])[\dXNxn]{1,6}\s{0,2}(?:\+\s{0,2}[\dXNxn]{1,6}){1,6}"
        r"|(?<!\d)\d{1,6}\s{0,2}\+|\+\s{0,2}\d{1,6}",
    ),
    ("name", r"[“\"《‘][^”\"》’“《]{0,120}[”\"》’]"),
    (
        "name",
        rf"[{_HAN}]五(?=普法|规划|期间|时期|”|收官|开局)|(?<![{_HAN}])[{_HAN}]{{1,3}}中全会",
    ),
    (
        "name",
        rf"(?<![{_HAN}])[{_HAN}]{{1,3}}大(?=精神|以来|报告|召开|、|和|$)"
        rf"|(?<![{_HAN}百])[{_HAN}百]{{1,5}}届",
    ),
    (
        "name",
        rf"(?<![{_HAN}])[{_HAN}]{{1,3}}次(?:全体)?(?:会议|全会|代表大会)"
        r"|(?<![A-Za-z0-9])[A-Z]\d{1,4}(?:高速|国道)?",
    ),
    (
        "list_number",
        rf"(?m)^\s{{0,3}}(?:[{_HAN}]{{1,3}}[、.．]|[（(](?:[{_HAN}]{{1,3}}|\d{{1,2}})[)）]"
        r"|\d{1,2}[、.．](?!\d))",
    ),
    (
        "list_number",
        rf"(?<![{_HAN}])[{_HAN}]{{1,3}}是|其[{_HAN}]|(?<![{_HAN}])[{_HAN}]{{1,3}}来(?=[，,])",
    ),
    (
        "grade",
        r"[一二三四五六七八九]级(?!以上)|(?<!\d)[1-5]A级?|(?<!\d)\d级|[三二一]甲"
        r"|[一二三四五六七八九]星级?|(?<!\d)\dG(?![A-Za-z])|[一二]等奖",
    ),
)
_INSIDE = HAN_NUMERAL + "点"
_NAME_MAX = 40
"""A quotation longer than this is no name; titles (《…》) may be."""

Mask = tuple[int, int, str]


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(pattern)) for rule, pattern in _MASKS)


@cache
def _fixed(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(word) for word in words))


def masks(text: str, wording: Wording) -> list[Mask]:
    """Stretches in which no numeral counts, in order, each with its rule."""
    found = [
        (match.start(), match.end(), rule)
        for rule, pattern in _patterns()
        for match in pattern.finditer(text)
        if rule != "name" or len(match[0]) <= _NAME_MAX or match[0][0] == "《"
    ]
    found += [
        (match.start(), match.end(), "fixed_word")
        for match in _fixed(wording.fixed_words).finditer(text)
        if not _cuts_numeral(text, match.start(), match.end())
    ]
    return sorted(found)


def _cuts_numeral(text: str, start: int, end: int) -> bool:
    """True when a fixed word would bite into a longer Chinese numeral (六|千万)."""
    return any(
        outside in _INSIDE and inside in HAN_NUMERAL
        for outside, inside in (
            (text[start - 1 : start] or " ", text[start]),
            (text[end : end + 1] or " ", text[end - 1]),
        )
    )

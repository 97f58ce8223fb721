"""Numbers as they are written."""

from decimal import Decimal

import pytest

from intents.numerals import ARABIC_PATTERN, HAN_PATTERN, parse_arabic, parse_han, parse_scale

HAN = {
    "零": 0, "〇": 0, "一": 1, "两": 2, "九": 9, "十": 10, "十一": 11, "二十": 20, "九十九": 99,
    "一百": 100, "一百零五": 105, "一百二": 120, "一百一十二": 112, "二百五十": 250, "一千": 1000,
    "一千二": 1200, "一千零二": 1002, "一千零二十": 1020, "两千零三十": 2030,
    "一千五百二十四": 1524,
    "一万": 10_000, "三万五": 35_000, "三万五千": 35_000, "三万零五": 30_005,
    "一万二千三百": 12_300,
    "十二万": 120_000, "一千五百二十四万": 15_240_000, "一亿": 100_000_000, "一亿二": 120_000_000,
    "一亿二千三百万": 123_000_000, "二十八亿六千万": 2_860_000_000, "一万亿": 10**12,
    "二〇二二": 2022, "二○二三": 2023, "百": 100, "千": 1000, "万": 10_000,
}  # fmt: skip


@pytest.mark.parametrize("text", HAN)
def test_chinese_numerals_of_every_size(text: str) -> None:
    assert parse_han(text) == HAN[text]


@pytest.mark.parametrize(
    ("text", "value"),
    [("三点五", "3.5"), ("零点五", "0.5"), ("九十八点七五", "98.75"), ("一百零三点二", "103.2")],
)
def test_chinese_decimals(text: str, value: str) -> None:
    assert parse_han(text) == Decimal(value)


@pytest.mark.parametrize(
    "text", ["", "点五", "二三", "两三", "十百", "百百", "件", "一二千", "1百"]
)
def test_no_chinese_numeral(text: str) -> None:
    assert parse_han(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("1524", "1524"), ("3,256", "3256"), ("1,234,567.8", "1234567.8")]
)
def test_digits(text: str, value: str) -> None:
    assert ARABIC_PATTERN.fullmatch(text)
    assert parse_arabic(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "first"),
    [("1,2345", "1"), ("12,345,67", "12,345"), ("3.1.4", "3.1"), ("1,234件", "1,234")],
)
def test_separators_bind_three_digits_only(text: str, first: str) -> None:
    found = ARABIC_PATTERN.search(text)
    assert found
    assert found[0] == first


@pytest.mark.parametrize(
    ("text", "factor"),
    [("万", 10**4), ("亿", 10**8), ("千万", 10**7), ("百万", 10**6), ("十万", 10**5), ("千", 1000)],
)
def test_scales(text: str, factor: int) -> None:
    assert parse_scale(text) == factor


@pytest.mark.parametrize("text", ["9" * 31, "1" * 200_000])
def test_absurdly_long_digits_are_no_number(text: str) -> None:
    assert parse_arabic(text) is None


@pytest.mark.parametrize("text", ["亿" * 40, "一千" * 20_000, "零" * 200_000])
def test_absurdly_long_numerals_are_no_number(text: str) -> None:
    assert HAN_PATTERN.fullmatch(text)
    assert parse_han(text) is None

"""Numbers as they are written: 1524, 3,256, 3.1, 一千五百二十四, 百余, 两.

Pure grammar; which numbers count something is decided elsewhere. All functions take folded text
(:func:`intents.text.fold`).
"""

import re
from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_SCALES = {"万": 10**4, "亿": 10**8}
_MAX_LENGTH = 30
"""A longer run of numerals is no number (and must not cost the time of one)."""
FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")
"""The numerals of cheques, which cannot be altered."""
HAN_NUMERAL = "零〇○一二两三四五六七八九十百千万亿"

_GROUPED = (
    r"\d{1,3}(?:,\d{3}(?!\d))+"
    r"|(?<![\d第.,，])[1-9]\d{0,2}(?:，\d{3}(?![\d%]))+"
    r"|(?<![\d第.,，])[1-9]\d{0,2}(?:[ \u202f]\d{3}(?!\d))+(?!\s?\d)"
)
ARABIC = rf"(?:{_GROUPED})(?:\.\d+)?|\d+(?:\.\d+)?"
"""Digits with optional thousands separators (3,256; 3，256; 3 256) and decimals."""

ARABIC_PATTERN = re.compile(ARABIC)
_SEPARATORS = re.compile(r"[,， \u202f]")
HAN_PATTERN = re.compile(f"[{HAN_NUMERAL}]+(?:点[零〇一二三四五六七八九]+)?")


def parse_arabic(text: str) -> Decimal | None:
    """The value of a digit string that matches :data:`ARABIC`; None for absurdly long ones."""
    return Decimal(ungrouped(text)) if len(text) <= _MAX_LENGTH else None


def ungrouped(text: str) -> str:
    """A digit string without its thousands separators."""
    return _SEPARATORS.sub("", text)


def parse_han(text: str) -> Decimal | None:
    """The value of a Chinese numeral, or None when the characters form none.

    >>> parse_han("一千五百二十四万")
    Decimal('15240000')
    >>> parse_han("二〇二二")
    Decimal('2022')
    """
    whole, _, decimals = text.translate(FORMAL).partition("点")
    if not whole or len(text) > _MAX_LENGTH or any(c not in HAN_NUMERAL for c in whole):
        return None
    if decimals:
        value = parse_han(whole)
        part = Decimal("0." + "".join(str(DIGITS[c]) for c in decimals))
        return None if value is None else value + part
    if all(c in DIGITS for c in whole):
        plain = len(whole) == 1 or (len(whole) >= 4 and "两" not in whole)  # 二〇二二, not 两三
        return Decimal("".join(str(DIGITS[c]) for c in whole)) if plain else None
    return _parse_positional(whole)


def _parse_positional(text: str) -> Decimal | None:
    total = section = digit = 0
    last_power = 10**9
    for char in text:
        if char in _SCALES:
            section += digit
            if section == 0 and total == 0:
                section = 1
            total = (total + section) * _SCALES[char] if char == "亿" else total + section * 10**4
            section, digit, last_power = 0, 0, 10**9
        elif char in _POWERS:
            if _POWERS[char] >= last_power:
                return None
            section += (digit or 1) * _POWERS[char]
            digit, last_power = 0, _POWERS[char]
        else:
            if digit:
                return None
            digit = DIGITS[char]
    return Decimal(total + section + digit * _left_out(text))


def _left_out(text: str) -> int:
    """The power that a last digit leaves out: 一千二 is 1200, 三万五 is 35000."""
    before = text[-2:-1]
    if before in ("百", "千"):
        return _POWERS[before] // 10
    return _SCALES[before] // 10 if before in _SCALES else 1


def parse_scale(text: str) -> int:
    """The factor of 万, 亿, 千万, 百万, 十万, 千 … written after digits."""
    factor = 1
    for char in text:
        factor *= _POWERS.get(char) or _SCALES[char]
    return factor

"""Quantities: a number with its unit and the words that make it inexact.

The words come from units.yaml, the syntax from quantity_syntax.py. `Grammar.find` reads every
quantity of a text, `Grammar.parse` reads exactly one and is what a fact's proof is checked with.
Conventions (the contract's): 万/亿 multiplied out; money in 元; ‰, 成, 百分之…, 一半 and 翻番 in %;
of a range (3至5天) the upper bound, as “at most”.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from pathlib import Path

from intents.numerals import parse_arabic, parse_han, parse_scale
from intents.quantity_syntax import amount, any_of, place, rank
from intents.text import fold
from intents.units import UNITS_FILE, Qualifier, UnitWords, read_units

__all__ = ["Form", "Grammar", "Measured", "Qualifier", "Quantity", "load_grammar"]


class Form(Enum):
    """The grammatical form a quantity was written in."""

    PLAIN = "plain"
    FRACTION = "fraction"
    SHARE = "share"
    RANK = "rank"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, what it counts in, and how exact it is."""

    value: Decimal
    """The number in base units (元, single cases, per cent)."""
    unit: str
    """The unit as printed after the number (without 万/亿), or "" where none is printed."""
    qualifier: Qualifier


@dataclass(frozen=True, slots=True)
class Measured:
    """A quantity found in a text, with its place there."""

    start: int
    """Where it begins, approximator included."""
    end: int
    """Where it ends, unit and approximator included."""
    quantity: Quantity
    """What it says."""
    form: Form
    """How it is written."""
    number: tuple[int, int]
    """Where the bare numeral stands."""
    han: bool
    """True when the bare numeral is written in Chinese."""


_Number = tuple[Decimal, str, int, int]
"""Value, unit, and where the bare numeral stands."""

_TOO_MUCH = Decimal(10) ** 18
"""No report counts so far; a longer run of digits is a code."""
_HALF = Decimal("0.5")
_DOUBLED = {Decimal(n): Decimal(100 * (2**n - 1)) for n in range(1, 8)}
"""翻一番 is 100 % more, 翻两番 300 %."""
_SCOPED = re.compile(r"\s*[、和及与]\s*[\u4e00-\u9fff]{2,8}?(?=第)")
"""The scope of a further place: 居全省第四|、苏北|第一."""
_ENDS = re.compile(r"\s*(?:[，,。；;、）)和及\n]|$)")
_MINUS_SIGNS = ("-", "−")
_PARTS = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}


class Grammar:
    """The compiled number grammar of one units file; build it once, share it freely."""

    def __init__(self, words: UnitWords) -> None:
        self._words = words
        self._pattern = re.compile(f"{rank(words)}|{amount(words)}")
        self._place = re.compile(place(words))
        self._rank = re.compile(rank(words))
        moves = f"(?:{any_of(words.rank_moves)})(?:至|到|为)?"
        self._moved = re.compile(f"{place(words)}(?={moves})")
        self.families = words.families
        """Unit → family; figures are comparable inside a family only."""

    def find(self, folded: str) -> tuple[Measured, ...]:
        """Every quantity of a folded text, in order, not overlapping."""
        found: list[Measured] = []
        at = 0
        while match := self._pattern.search(folded, at):
            at = max(match.end(), at + 1)
            measured = self._read(match)
            if measured is None:
                continue
            found.append(measured)
            if measured.form is Form.RANK:
                more = self._more_places(folded, measured.end)
                found += more
                at = more[-1].end if more else at
        return tuple(self._with_places_left(folded, found))

    def _with_places_left(self, folded: str, found: list[Measured]) -> list[Measured]:
        """With the places that were left for better ones: 由|第8位|升至第5位."""
        ranks = {m.number[0] for m in found if m.form is Form.RANK}
        left = (self._ranked(m) for m in self._moved.finditer(folded))
        more = {m.number[0]: m for m in left if m is not None and m.number[0] not in ranks}
        kept = [m for m in found if m.number[0] not in more]
        return sorted([*kept, *more.values()], key=lambda m: m.start) if more else found

    def _more_places(self, folded: str, at: int) -> list[Measured]:
        """The further places of a list of ranks: 居全省第2|、第3位."""
        found = []
        while match := self._next_place(folded, at):
            found.append(match)
            at = match.end
        return found

    def _next_place(self, folded: str, at: int) -> Measured | None:
        joiner = re.match(r"\s*[、和及与]\s*", folded[at : at + 4])
        match = self._place.match(folded, at + joiner.end()) if joiner else None
        whole = joiner and self._rank.match(folded, at + joiner.end())
        if match is None and not whole and (scoped := _SCOPED.match(folded, at)):
            match = self._place.match(folded, scoped.end())
            match = match if match and _ENDS.match(folded, match.end()) else None
        return self._ranked(match) if match else None

    def parse(self, text: str) -> Quantity | None:
        """The quantity that *text* is, white space aside; None when it is not exactly one."""
        folded = fold("".join(text.split()))
        if folded[:1] in _MINUS_SIGNS and (less := self.parse(folded[1:])):
            return replace(less, value=-less.value)
        match = self._pattern.fullmatch(folded)
        measured = self._read(match) if match else None
        if measured is None:
            place = self._place.fullmatch(folded)
            measured = self._ranked(place) if place else None
        return measured.quantity if measured else None

    # -- reading a match ---------------------------------------------------------------------

    def _read(self, match: re.Match[str]) -> Measured | None:
        group = match.group
        if group("rank"):
            return self._ranked(match)
        if group("den"):
            number, form = _fraction(match), Form.FRACTION
        elif group("share") or group("double") or group("tenths"):
            number, form = self._share(match), Form.SHARE
        else:
            number, form = self._plain(match), Form.PLAIN
        if number is None:
            return None
        value, unit, start, end = number
        quantity = Quantity(value, unit, self._qualifier(match))
        return Measured(*match.span(), quantity, form, (start, end), bool(group("han")))

    def _ranked(self, match: re.Match[str]) -> Measured | None:
        place = match.group("place")
        value = parse_arabic(place) if place.isdigit() else parse_han(place)
        if value is None:
            return None
        quantity = Quantity(value, match.group("place_unit") or "", Qualifier.EXACT)
        han = not place.isdigit()
        return Measured(*match.span(), quantity, Form.RANK, match.span("place"), han)

    def _share(self, match: re.Match[str]) -> _Number:
        if match.group("tenths"):
            half = match.group("half")
            ones = Decimal(5) if half == "半" else parse_han(half) or Decimal(0)
            tens = parse_han(match.group("tenths")) or Decimal(0)
            return tens * 10 + ones, "%", match.start("tenths"), match.end("half")
        name = "share" if match.group("share") else "double"
        table = self._words.shares if name == "share" else self._words.doublings
        return Decimal(table[match.group(name)]), "%", match.start(name), match.end(name)

    def _plain(self, match: re.Match[str]) -> _Number | None:
        digits, han, scale = match.group("digits"), match.group("han"), match.group("scale")
        value = parse_arabic(digits) if digits else _HALF if han == "半" else parse_han(han)
        if value is None:
            return None
        value *= parse_scale(scale) if scale else 1
        if match.group("low_digits"):
            value += Decimal(match.group("low_digits")) * parse_scale(match.group("low_scale"))
        value += Decimal(match.group("low_rest") or 0)
        if match.group("and_half"):
            value += _HALF
        if value >= _TOO_MUCH:
            return None
        unit, value = self._unit(match, -value if match.group("minus") else value)
        return (_short(value), unit, *(match.span("digits") if digits else match.span("han")))

    def _unit(self, match: re.Match[str], value: Decimal) -> tuple[str, Decimal]:
        """The unit in its usual name, and the value in it (成 and ‰ become %)."""
        if match.group("and_half"):
            return self._words.halves[match.group("and_half")], value
        unit = match.group("unit") or match.group("odd") or ""
        if unit == "成":
            return "%", value * 10
        if unit == "‰":
            return "%", value / 10
        if unit == "番" and value in _DOUBLED:
            return "%", _DOUBLED[value]
        if self.families.get(unit) == "none":
            return "", value
        return self._words.same_as.get(unit, unit), value

    def _qualifier(self, match: re.Match[str]) -> Qualifier:
        words, group = self._words, match.group
        for word, table in ((group("pre"), words.prefixes), (group("post"), words.suffixes)):
            if word:
                return table[word]
        more = group("more1") or group("more2") or group("more3")
        if more:
            return words.infixes[more]
        if group("range"):
            return Qualifier.AT_MOST
        return words.share_qualifiers.get(group("share") or "", Qualifier.EXACT)


def _fraction(match: re.Match[str]) -> _Number | None:
    den, num = match.group("den"), match.group("num")
    denominator = _PARTS.get(den) or (parse_arabic(den) if den.isdigit() else parse_han(den))
    numerator = parse_arabic(num) if num[0].isdigit() else parse_han(num)
    if not denominator or numerator is None or numerator >= _TOO_MUCH:
        return None
    return _short(numerator * 100 / denominator), "%", match.start("den"), match.end("num")


def _short(value: Decimal) -> Decimal:
    """Without trailing zeros and exponent (15000000, not 1.5E+7); thirds end after six places."""
    return Decimal(f"{round(value, 6).normalize():f}")


def load_grammar(path: Path = UNITS_FILE) -> Grammar:
    """Compile a units file; its faults are DataFileErrors with file and line."""
    return Grammar(read_units(path))

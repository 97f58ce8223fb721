"""Quantities: a number with its unit and the words that make it inexact.

The words come from units.yaml; the syntax is here. `Grammar.find` reads every quantity of a text,
`Grammar.parse` reads exactly one and is what a fact's proof is checked with.
Conventions (the contract's): 万/亿 multiplied out; money in 元; ‰, 成, 百分之…, 一半 and 翻番 in %.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path

from intents.numerals import ARABIC, parse_arabic, parse_han, parse_scale
from intents.text import fold
from intents.yamlfile import Node, read

UNITS_FILE = Path(__file__).with_name("units.yaml")


class Qualifier(Enum):
    """How exact a printed figure is."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


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


@dataclass(frozen=True, slots=True)
class _Words:
    """units.yaml, as read."""

    families: dict[str, str]
    not_before: dict[str, tuple[str, ...]]
    prefixes: dict[str, Qualifier]
    not_after: dict[str, tuple[str, ...]]
    only_before: dict[str, tuple[str, ...]]
    infixes: dict[str, Qualifier]
    suffixes: dict[str, Qualifier]
    shares: dict[str, int]
    share_qualifiers: dict[str, Qualifier]
    doublings: dict[str, int]
    rank_verbs: tuple[str, ...]
    rank_scopes: tuple[str, ...]
    rank_peers: tuple[str, ...]
    rank_units: tuple[str, ...]


def _qualifiers(node: Node) -> dict[str, Qualifier]:
    allowed = {"at_least", "at_most", "about"}
    found = node.record(set(), allowed)
    return {word: Qualifier(name) for name, words in found.items() for word in words.texts()}


def _read_words(path: Path) -> _Words:
    names = {f for f in _Words.__dataclass_fields__}
    top = read(path).record(names)
    families: dict[str, str] = {}
    for family, units in top["families"].pairs():
        for item in units.items():
            if families.setdefault(item.text(), family) != family:
                raise item.fail(f"unit {item.text()!r} is in two families")
    return _Words(
        families=families,
        not_before={unit: words.texts() for unit, words in top["not_before"].pairs()},
        prefixes=_qualifiers(top["prefixes"]),
        not_after={word: before.texts() for word, before in top["not_after"].pairs()},
        only_before={word: after.texts() for word, after in top["only_before"].pairs()},
        infixes=_qualifiers(top["infixes"]),
        suffixes=_qualifiers(top["suffixes"]),
        shares={word: value.integer() for word, value in top["shares"].pairs()},
        share_qualifiers={w: Qualifier(q.text()) for w, q in top["share_qualifiers"].pairs()},
        doublings={word: value.integer() for word, value in top["doublings"].pairs()},
        rank_verbs=top["rank_verbs"].texts(),
        rank_scopes=top["rank_scopes"].texts(),
        rank_peers=top["rank_peers"].texts(),
        rank_units=top["rank_units"].texts(),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _guarded(words: Iterable[str], guards: dict[str, tuple[str, ...]]) -> str:
    """Alternatives, each refused in front of the words listed for it."""
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w) + _not_before(guards.get(w, ())) for w in ordered)


def _not_before(words: tuple[str, ...]) -> str:
    return f"(?!{_any_of(words)})" if words else ""


def _prefixes(words: _Words) -> str:
    """Approximators before a number, each with what may not precede and must follow it."""
    parts = []
    for word in sorted(words.prefixes, key=lambda w: (-len(w), w)):
        behind = "".join(f"(?<!{re.escape(c)})" for c in words.not_after.get(word, ()))
        needed = words.only_before.get(word)
        parts.append(behind + re.escape(word) + (f"(?={_any_of(needed)})" if needed else ""))
    return "|".join(parts)


_HAN_NUMBER = (
    "半(?=个|天|小时)|[零〇一二两三四五六七八九十百千][零〇○一二两三四五六七八九十百千万亿]*"
    "(?:点[零〇一二三四五六七八九]+)?"
)
_HALF = Decimal("0.5")
_SCALE = "[十百千]?[万亿]"


class Grammar:
    """The compiled number grammar of one units file; build it once, share it freely."""

    def __init__(self, words: _Words) -> None:
        self._words = words
        self._pattern = re.compile(self._source())
        self.families = words.families
        """Unit → family; figures are comparable inside a family only."""

    def _source(self) -> str:
        w = self._words
        pre = f"(?:(?P<pre>{_prefixes(w)})\\s*)?"
        post = f"(?:\\s*(?P<post>{_any_of(w.suffixes)}))?"
        unit = f"(?P<unit>{_guarded(w.families, w.not_before)})"
        infix = _any_of(w.infixes)
        number = f"(?P<digits>{ARABIC})|(?P<han>{_HAN_NUMBER})"
        verbs, peers = _any_of(w.rank_verbs), _any_of(w.rank_peers)
        scope = f"(?:(?:{_any_of(w.rank_scopes)})(?:{peers})*|(?:{peers})+)"
        rank = (
            f"(?P<rank>(?:(?:{verbs}){scope}?|{scope})(?:{verbs})?\\s*第"
            f"(?P<place>\\d+|[一二三四五六七八九十]+)(?:(?P<place_unit>{_any_of(w.rank_units)})"
            f"|(?!{_any_of(w.families)})))"
        )
        fraction = f"(?P<den>[百千万]|[二三四五六七八九十]|\\d+)分之(?P<num>{ARABIC}|{_HAN_NUMBER})"
        words = f"(?P<share>{_any_of(w.shares)})|(?P<double>{_any_of(w.doublings)})"
        tenths = "(?P<tenths>[一二三四五六七八九])成(?P<half>[一二三四五六七八九半])(?!立|功|效)"
        plain = (
            f"(?:{number})(?:\\s*(?P<more1>{infix})(?=[十百千万亿]))?"
            f"(?:\\s*(?P<scale>{_SCALE}))?"
            f"(?:\\s*(?P<more2>{infix}))?(?:\\s*{unit}(?P<more3>[多余](?![^\\W\\d_]))?)?"
        )
        return f"{rank}|{pre}(?:{fraction}|{words}|{tenths}|{plain}){post}"

    def find(self, folded: str) -> tuple[Measured, ...]:
        """Every quantity of a folded text, in order, not overlapping."""
        found = []
        for match in self._pattern.finditer(folded):
            measured = self._read(match)
            if measured is not None:
                found.append(measured)
        return tuple(found)

    def parse(self, text: str) -> Quantity | None:
        """The quantity that *text* is, white space aside; None when it is not exactly one."""
        folded = fold("".join(text.split()))
        match = self._pattern.fullmatch(folded)
        measured = self._read(match) if match else None
        return measured.quantity if measured else None

    def _read(self, match: re.Match[str]) -> Measured | None:
        group = match.group
        if group("rank"):
            return self._rank(match)
        if group("den"):
            number, form = self._fraction(match), Form.FRACTION
        elif group("share") or group("double") or group("tenths"):
            number, form = self._share(match), Form.SHARE
        else:
            number, form = self._plain(match), Form.PLAIN
        if number is None:
            return None
        value, unit, start, end = number
        quantity = Quantity(value, unit, self._qualifier(match))
        return Measured(*match.span(), quantity, form, (start, end), bool(group("han")))

    def _rank(self, match: re.Match[str]) -> Measured | None:
        place = match.group("place")
        value = Decimal(place) if place.isdigit() else parse_han(place)
        if value is None:
            return None
        quantity = Quantity(value, match.group("place_unit") or "", Qualifier.EXACT)
        han = not place.isdigit()
        return Measured(*match.span(), quantity, Form.RANK, match.span("place"), han)

    def _fraction(self, match: re.Match[str]) -> tuple[Decimal, str, int, int] | None:
        parts = {"百": Decimal(100), "千": Decimal(1000), "万": Decimal(10000)}
        den, num = match.group("den"), match.group("num")
        denominator = parts.get(den) or (Decimal(den) if den.isdigit() else parse_han(den))
        numerator = parse_arabic(num) if num[0].isdigit() else parse_han(num)
        if not denominator or numerator is None:
            return None
        value = (numerator * 100 / denominator).normalize()
        return _short(value), "%", match.start("den"), match.end("num")

    def _share(self, match: re.Match[str]) -> tuple[Decimal, str, int, int]:
        if match.group("tenths"):
            half = match.group("half")
            ones = Decimal(5) if half == "半" else parse_han(half) or Decimal(0)
            tens = parse_han(match.group("tenths")) or Decimal(0)
            return tens * 10 + ones, "%", match.start("tenths"), match.end("half")
        name = "share" if match.group("share") else "double"
        table = self._words.shares if name == "share" else self._words.doublings
        return Decimal(table[match.group(name)]), "%", match.start(name), match.end(name)

    def _plain(self, match: re.Match[str]) -> tuple[Decimal, str, int, int] | None:
        digits, han = match.group("digits"), match.group("han")
        value = parse_arabic(digits) if digits else _HALF if han == "半" else parse_han(han)
        if value is None:
            return None
        scale = match.group("scale")
        start, end = match.span("digits") if digits else match.span("han")
        value *= parse_scale(scale) if scale else 1
        unit = match.group("unit") or ""
        if self.families.get(unit) == "none":
            unit = ""
        if unit in ("成", "‰"):
            return _short(value * 10 if unit == "成" else value / 10), "%", start, end
        return _short(value), "元" if unit == "元人民币" else unit, start, end

    def _qualifier(self, match: re.Match[str]) -> Qualifier:
        words = self._words
        group = match.group
        for word, table in ((group("pre"), words.prefixes), (group("post"), words.suffixes)):
            if word:
                return table[word]
        more = group("more1") or group("more2") or group("more3")
        if more:
            return words.infixes[more]
        return words.share_qualifiers.get(group("share") or "", Qualifier.EXACT)


def _short(value: Decimal) -> Decimal:
    """Without trailing zeros and exponent (15000000, not 1.5E+7); thirds end after six places."""
    whole = value.to_integral_value()
    return whole if whole == value else Decimal(f"{round(value, 6).normalize():f}")


def load_grammar(path: Path = UNITS_FILE) -> Grammar:
    """Compile a units file; its faults are DataFileErrors with file and line."""
    return Grammar(_read_words(path))

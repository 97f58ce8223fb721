"""Which numerals of a report count something.

Every numeral (digits and Chinese) ends either as a :class:`Figure` or excluded by a named rule;
nothing is dropped silently. The rules know the grammar of numerals, no report.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bot.ingest.layout import Layout
from bot.ingest.masks import masks
from bot.ingest.sentences import is_title
from bot.ingest.units import with_shared_units
from bot.ingest.wording import Wording
from intents.numerals import ARABIC_PATTERN, HAN_PATTERN
from intents.quantities import Form, Grammar, Measured, Qualifier

Span = tuple[int, int]

_FIRST_YEAR = 1900
_BARE_BEFORE = re.compile(r"[\u4e00-\u9fff”）)》A-Za-z]\s*$")
_BARE_AFTER = re.compile(r"\s{0,9}(?:[，,。；;！!？?）)\n]|、|和|及|$)")
_RUN_OF_CODES = re.compile(r"\s{0,3}(?:[、和及]\s{0,3}\d{1,9}\s{0,3}){1,9}[\u4e00-\u9fff]")
_ZERO = re.compile(
    r"(?:为|是|降至|降为|实现了?|保持|归|[、。，年])(零)"
    r"(?=[，,。；;、）)]|投诉|差错|事故|发生|复议|诉讼|败诉|案件|上访|进京|越级|信访|发案|纠错|违规|起|件|例|人|次)"
)
_COUNTED_BEHIND = re.compile(r"[\u4e00-\u9fff”）)](?<![每第另到某任同逐配部])$")
_COUNTED_ENDS = re.compile(r"[，,。；;、）)\n]|$")
_PARTS = re.compile(r"(?<![诉过议案销纠])零件")
"""Parts of a machine; 不予通过|零件 counts."""
_LISTED = 40
"""How far away a figure in the same unit shows that 一件 is a count (议案一件、建议八十三件)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A numeral that counts something."""

    start: int
    end: int
    """Offsets in the logical text."""
    measured: Measured
    apart: Span | None = None
    """Where its unit stands when it is printed apart (分别为98、95、91|件, a column's heading)."""


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


def decide(layout: Layout, grammar: Grammar, wording: Wording) -> Numerals:
    """Decide every numeral of the logical text."""
    text = layout.folded
    cover = _covering(masks(text, wording), len(text))
    for start, end in _headings(layout, wording):
        cover[start:end] = [c or "heading" for c in cover[start:end]]
    figures: list[Figure] = []
    reasons: dict[int, str] = {}
    taken: set[int] = set()
    for measured, apart in with_shared_units(text, grammar):
        rule = _rule(text, measured, cover, wording)
        if rule:
            reasons |= dict.fromkeys(range(measured.start, measured.end), rule)
        else:
            figures.append(Figure(measured.start, measured.end, measured, apart))
            taken.update(range(measured.start, measured.end))
    rejected = tuple(
        Rejected(start, end, cover[start] or reasons.get(start, "no_count"))
        for start, end in _left(_numeral_spans(text), taken)
    )
    return Numerals(tuple(figures), rejected)


def _left(spans: list[Span], taken: set[int]) -> Iterator[Span]:
    """The numerals, or the ends of numerals, that no figure has taken."""
    for start, end in spans:
        free = next((i for i in range(start, end) if i not in taken), end)
        if free < end:
            yield free, end


def _covering(spans: Iterable[tuple[int, int, str]], size: int) -> list[str]:
    """For each character the first rule that masks it, or ""."""
    cover = [""] * size
    for start, end, rule in spans:
        for i in range(start, end):
            cover[i] = cover[i] or rule
    return cover


def _headings(layout: Layout, wording: Wording) -> list[Span]:
    """Unpunctuated marked lines: titles of sections."""
    return [(p.start, p.end) for p in layout.paragraphs if is_title(layout, p, wording)]


def _numeral_spans(text: str) -> list[Span]:
    spans = [m.span() for m in ARABIC_PATTERN.finditer(text)]
    return sorted(spans + [m.span() for m in HAN_PATTERN.finditer(text)])


# -- the rules -----------------------------------------------------------------------------------


def _rule(text: str, measured: Measured, cover: list[str], wording: Wording) -> str:
    """The rule that excludes a quantity, or "" when it is a figure."""
    begin, finish = measured.number
    masked = next((cover[i] for i in range(begin, finish) if cover[i]), "")
    if masked and not (masked == "fixed_word" and _stands_out(text, measured, cover)):
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


def _stands_out(text: str, measured: Measured, cover: list[str]) -> bool:
    """True for a number that only looks like a set phrase: 三分|之一, 超|千万|次."""
    if measured.form is not Form.PLAIN:
        return True
    begin, finish = measured.number
    alone = "fixed_word" not in (
        cover[begin - 1] if begin else "",
        "".join(cover[finish : finish + 1]),
    )
    quantity = measured.quantity
    return alone and bool(quantity.unit or quantity.qualifier is not Qualifier.EXACT)


def _ordinal_rule(text: str, measured: Measured, wording: Wording) -> str:
    before = text[max(0, measured.start - 4) : measured.start].rstrip()
    if before.endswith("第") or text[measured.start] == "第":
        return "ordinal"
    return "frequency" if before.endswith("每") else ""


def _context_rule(text: str, measured: Measured, wording: Wording) -> str:
    after = text[measured.end : measured.end + 8].lstrip()
    if not measured.quantity.unit and after.startswith(wording.code_nouns):
        return "code"
    return "aspect" if measured.han and after.startswith(wording.aspect_nouns) else ""


def _time_rule(text: str, measured: Measured, wording: Wording) -> str:
    unit, value = measured.quantity.unit, measured.quantity.value
    if unit in wording.date_units or (unit == "年" and (value >= _FIRST_YEAR or measured.han)):
        return "date"
    if unit not in wording.time_units:
        return ""
    after = text[measured.end : measured.end + 8]
    if any(noun in after[:6] for noun in wording.circle_nouns):
        return "name"
    before = text[max(0, measured.start - 24) : measured.start]
    clause = re.split(r"[。；;]", before)[-1] + after[:4]
    return "" if any(word in clause for word in wording.time_context) else "period"


def _han_rule(text: str, measured: Measured, wording: Wording) -> str:
    if not measured.han:
        return ""
    quantity = measured.quantity
    number = text[measured.number[0] : measured.number[1]]
    if number == "零":
        told = _ZERO.search(text, max(0, measured.start - 3), measured.end + 4)
        plain = told and told.start(1) == measured.number[0]
        counted = quantity.unit and _behind(text, measured)
        parts = _PARTS.match(text, measured.start)
        return "" if plain or (counted and not parts) else "no_count"
    scaled = measured.end - measured.number[1] > len(quantity.unit)
    scaled = scaled or (quantity.qualifier is not Qualifier.EXACT and number[-1] in "百千万亿")
    if not quantity.unit and not scaled:
        return "no_count"
    single = number == "一" and quantity.unit not in wording.growth_units and not scaled
    counted = single and _behind(text, measured) and _listed(text, measured)
    return "indefinite" if single and not counted else ""


def _behind(text: str, measured: Measured) -> bool:
    """True for a count that ends its clause, behind what is counted: 被投诉|零起|。"""
    before = text[max(0, measured.start - 2) : measured.start]
    return bool(_COUNTED_BEHIND.search(before) and _COUNTED_ENDS.match(text, measured.end))


def _listed(text: str, measured: Measured) -> bool:
    """True when a figure in the same unit stands near in the sentence."""
    unit = re.escape(measured.quantity.unit)
    other = re.compile(rf"(?:\d|[二两三四五六七八九十百千万]){unit}")
    before = text[max(0, measured.start - _LISTED) : measured.start].rpartition("。")[2]
    after = text[measured.end : measured.end + _LISTED].partition("。")[0]
    return bool(other.search(before) or other.search(after))


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

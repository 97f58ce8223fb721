"""Numbers that share the unit of another: 分别为986、954、911件, 由58降至41天."""

import re
from collections.abc import Iterator
from dataclasses import replace

from intents.quantities import Form, Grammar, Measured, Qualifier

Span = tuple[int, int]

_JOINED = re.compile(r"\s*(?:、|和|及|与|以及)\s*$")
_CHANGED = re.compile(
    r"\s*(?:上升|提升|提高|增加|增长|扩大|下降|降低|减少|压缩|压减|缩短|缩减|增|升|降|减|精简)?[至到为]\s*$"
)
_DEALT = re.compile(r"(?:分别|依次|各)[\u4e00-\u9fff]{0,4}$")
_FROM = re.compile(r"[由从](?:[\u4e00-\u9fff\d]{0,8}的)?$")
_MOST = 12
"""No longer list is dealt out."""


def with_shared_units(text: str, grammar: Grammar) -> Iterator[tuple[Measured, Span | None]]:
    """Every quantity of a folded text, and where its unit stands when that is not behind it."""
    found = tuple(m for m in grammar.find(text) if _reads_back(text[m.start : m.end], m, grammar))
    for i, measured in enumerate(found):
        lender = _lender(text, found, i) if _is_bare(measured) else None
        shared = _sharing(text, measured, lender, grammar) if lender else None
        yield shared or (measured, None)


def _reads_back(printed: str, measured: Measured, grammar: Grammar) -> bool:
    """False for numerals that only look like one figure when blanks are left out (千 百)."""
    if not any(char.isspace() for char in printed):
        return True
    return grammar.parse(printed) == measured.quantity


def _is_bare(measured: Measured) -> bool:
    quantity = measured.quantity
    plain = measured.form is Form.PLAIN and not measured.han and not quantity.unit
    return plain and quantity.qualifier is Qualifier.EXACT and measured.end == measured.number[1]


def _lender(text: str, found: tuple[Measured, ...], i: int) -> Measured | None:
    """The quantity whose unit the bare number *i* shares."""
    before = text[max(0, found[i].start - 12) : found[i].start].rstrip()
    after = found[i + 1 : i + 2]
    if after and _CHANGED.fullmatch(text[found[i].end : after[0].start]) and _FROM.search(before):
        return after[0] if after[0].quantity.unit else None
    first = i
    while first and i - first < _MOST and _between(text, found, first - 1):
        first -= 1
    opening = text[max(0, found[first].start - 12) : found[first].start].rstrip()
    if not _DEALT.search(opening):
        return None
    for j in range(i, min(i + _MOST, len(found) - 1)):
        if not _between(text, found, j):
            return None
        if found[j + 1].quantity.unit:
            return found[j + 1]
    return None


def _between(text: str, found: tuple[Measured, ...], i: int) -> bool:
    """True when two neighbouring quantities are members of one list."""
    return bool(_JOINED.fullmatch(text[found[i].end : found[i + 1].start]))


def _sharing(
    text: str, measured: Measured, lender: Measured, grammar: Grammar
) -> tuple[Measured, Span] | None:
    span = (lender.number[1], lender.end)
    quantity = grammar.parse(text[measured.start : measured.end] + text[slice(*span)])
    return (replace(measured, quantity=quantity), span) if quantity else None

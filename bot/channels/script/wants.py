"""Expectations of a turn: read, and refused when they could never fail."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from bot.channels.script.model import Want
from bot.facts.query import Reason
from intents.yamlfile import Node

STATUSES = ("answered", "clarify", "no_data", "out_of_scope")
REFUSED = "refused"
"""Short for no_data or out_of_scope."""
PATTERNS = ("metric~", "excerpt~", "reply~")
LISTS = ("figure", "value", "place", "year", "options", "source")
"""Keys that take several values: all of them must be shown."""
WANTS = frozenset(
    {"figure", "value", "unit", "place", "year", "source", "status", "reason", "options",
     "buttons", "chart", "silent", "same_as", "count", *PATTERNS}
)  # fmt: skip
NOTS = WANTS - {"same_as", "count", "silent", "chart", "buttons", "status", "options"}
TOLD = "told"


@dataclass(frozen=True, slots=True)
class Checks:
    """What is known outside of a file."""

    is_place: Callable[[str], bool]
    """Whether a place of that name exists."""
    fill: Callable[[Node], str]
    """The text of a node with the columns of a table filled in."""


def read_want(key: str, pair: tuple[Node, Node], number: int, checks: Checks) -> Want:
    """One expectation; DataFileError names file and line of what is wrong with it."""
    name, node = pair
    values = _values(key, node, checks)
    _CHECKS.get(key, _anything)(node, values, number, checks)
    span = (name.span[0], node.span[1])
    return Want(key, values, name.line, span, node.span)


def read_nots(node: Node, number: int, checks: Checks) -> tuple[Want, ...]:
    """What must not be shown: texts, or expectations of which none may hold."""
    if not node.is_mapping:
        texts = [checks.fill(n) for n in (node.items() if node.is_list else (node,))]
        if not texts or not all(t.strip() for t in texts):
            raise node.fail("an empty `not` can never fail")
        return tuple(Want(TOLD, (t,), node.line) for t in texts)
    wants = []
    for key, value in node.keyed():
        name = key.text()
        if name not in NOTS:
            raise key.fail(f"{name!r} cannot stand in `not`; known: {', '.join(sorted(NOTS))}")
        wants.append(read_want(name, (key, value), number, checks))
    if not wants:
        raise node.fail("an empty `not` can never fail")
    return tuple(wants)


def _values(key: str, node: Node, checks: Checks) -> tuple[str, ...]:
    several = key in (*LISTS, "status", "reason", "buttons")
    nodes = node.items() if several and node.is_list else (node,)
    if not nodes:
        if key == "buttons":
            return ()
        raise node.fail(f"an empty {key!r} can never fail")
    values = tuple(checks.fill(n).strip() for n in nodes)
    if not all(values):
        raise node.fail(f"an empty {key!r} can never fail")
    return values


def _anything(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    """Every text will do."""


def _pattern(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    try:
        matches_nothing = re.search(values[0], "")
    except re.error as error:
        raise node.fail(f"not a regular expression: {error}") from None
    if matches_nothing:
        raise node.fail(f"{values[0]!r} fits every text: it can never fail")


def _status(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    _one_of(node, values, (*STATUSES, REFUSED))
    wide = set(values) | ({"no_data", "out_of_scope"} if REFUSED in values else set())
    if wide >= set(STATUSES):
        raise node.fail("every status is allowed: it can never fail")


def _reason(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    _one_of(node, values, tuple(r.value for r in Reason))


def _one_of(node: Node, values: tuple[str, ...], known: tuple[str, ...]) -> None:
    for value in values:
        if value not in known:
            raise node.fail(f"unknown {value!r}; known: {', '.join(known)}")


def _place(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    for value in values:
        if not checks.is_place(value):
            raise node.fail(f"unknown place {value!r}: no division of that name in the place list")


def _number(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    for value in values:
        try:
            Decimal(value)
        except InvalidOperation:
            raise node.fail(f"expected a number without unit, got {value!r}") from None


def _year(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    for value in values:
        if not re.fullmatch(r"(?:19|20)\d\d", value):
            raise node.fail(f"expected a year such as 2024, got {value!r}")


def _flag(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    if values[0] not in ("true", "false"):
        raise node.fail(f"expected true or false, got {values[0]!r}")


def _count(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    if not re.fullmatch(r"\d{1,3}", values[0]):
        raise node.fail(f"expected a whole number, got {values[0]!r}")


def _earlier(node: Node, values: tuple[str, ...], number: int, checks: Checks) -> None:
    _count(node, values, number, checks)
    if not 1 <= int(values[0]) < number:
        raise node.fail(f"turn {values[0]} is no earlier turn of this dialogue")


_CHECKS: dict[str, Callable[[Node, tuple[str, ...], int, Checks], None]] = {
    **dict.fromkeys(PATTERNS, _pattern),
    "status": _status,
    "reason": _reason,
    "place": _place,
    "value": _number,
    "year": _year,
    "chart": _flag,
    "silent": _flag,
    "count": _count,
    "same_as": _earlier,
}

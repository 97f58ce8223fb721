"""Which dialogues to play: `-k` expressions as pytest has them, and tags."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.channels.script.model import Script
from bot.errors import BotError

_TOKEN = re.compile(r"\s*(\(|\)|[^\s()]+)")
Chosen = Callable[[Script], bool]


class SelectionError(BotError):
    """A `-k` expression cannot be read."""


def by_tags(tags: tuple[str, ...]) -> Chosen:
    """Dialogues with any of these tags; all when none is named."""
    return lambda script: not tags or bool(script.tags.intersection(tags))


def by_words(expression: str) -> Chosen:
    """Dialogues whose file, series, name or tags hold the words, with `and`, `or`, `not`, `()`."""
    if not expression.strip():
        return lambda script: True
    tokens = _TOKEN.findall(expression)
    chosen, rest = _either(tokens)
    if rest:
        raise SelectionError(f"-k {expression!r}: cannot be read from {rest[0]!r} on")
    return chosen


def _either(tokens: list[str]) -> tuple[Chosen, list[str]]:
    one, rest = _both(tokens)
    while rest[:1] == ["or"]:
        other, rest = _both(rest[1:])
        one = _joined(any, one, other)
    return one, rest


def _both(tokens: list[str]) -> tuple[Chosen, list[str]]:
    one, rest = _single(tokens)
    while rest[:1] == ["and"]:
        other, rest = _single(rest[1:])
        one = _joined(all, one, other)
    return one, rest


def _joined(how: Callable[[tuple[bool, bool]], bool], one: Chosen, other: Chosen) -> Chosen:
    return lambda script: how((one(script), other(script)))


def _single(tokens: list[str]) -> tuple[Chosen, list[str]]:
    if not tokens or tokens[0] in ("and", "or", ")"):
        raise SelectionError(f"-k: a word is missing before {tokens[0] if tokens else 'the end'!r}")
    word, rest = tokens[0], tokens[1:]
    if word == "not":
        inner, rest = _single(rest)
        return (lambda script: not inner(script)), rest
    if word == "(":
        inner, rest = _either(rest)
        if rest[:1] != [")"]:
            raise SelectionError("-k: a ) is missing")
        return inner, rest[1:]
    return (lambda script: word.lower() in _all_words(script)), rest


def _all_words(script: Script) -> str:
    return " ".join((script.id, script.series, *script.tags)).lower()

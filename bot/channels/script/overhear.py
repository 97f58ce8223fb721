"""A message of the bot, as a user sees it → the contract's record, as far as it can be seen.

For bots in another process: what they mean is told from what they say – bold is a figure, a quote
its excerpt, and every other line was made from a template of config/replies*.yaml.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from bot.channels.script.model import Record
from bot.facts.query import Reason

_FIELD = re.compile(r"\{(\w+)\}")
_ASKS = {
    "which_place": Reason.AMBIGUOUS_PLACE, "which_place_for": Reason.AMBIGUOUS_PLACE,
    "parts_only": Reason.AMBIGUOUS_PLACE, "which_figure": Reason.AMBIGUOUS_MEASURE,
    "which_measure": Reason.NO_MEASURE,
}  # fmt: skip
_REFUSES = {
    "unknown_place": Reason.UNKNOWN_PLACE, "unknown_year": Reason.UNKNOWN_YEAR,
    "not_reported": None, "reported_nowhere": Reason.NOT_REPORTED,
    "reported_nowhere_there": Reason.NOT_REPORTED, "none_left": Reason.NOT_REPORTED,
    "no_passage": None,
    "no_entry": None, "no_source": None, "failed": None,
}  # fmt: skip
"""None: more than one reason is worded so."""
_APART = ("out_of_scope", "greet", "thanks", "reset")

Number = Callable[[str], tuple[object, str] | None]
"""Value and unit of a printed figure."""


@dataclass(frozen=True, slots=True)
class Message:
    """What is seen of one message."""

    text: str
    bold: tuple[str, ...]
    quotes: tuple[str, ...]
    buttons: tuple[str, ...]


def record_of(message: Message, templates: Iterable[Mapping[str, str]], number: Number) -> Record:
    """The record of a message; fields that nobody can see are left out."""
    languages = list(templates)
    keys = {k for t in languages for k in _keys(message.text, t)}
    facts = [f for t in languages for f in _facts(message, t, number)]
    record: Record = {
        "facts": facts,
        "passages": [] if facts else [{"text": q} for q in message.quotes],
        "options": [{"label": b} for b in message.buttons],
    }
    return record | _verdict(keys, answered=bool(facts or message.quotes))


def _verdict(keys: set[str], *, answered: bool) -> Record:
    asked = [k for k in _ASKS if k in keys]
    if asked:
        return {"status": "clarify", "reason": _ASKS[asked[0]].value}
    refused = [k for k in _REFUSES if k in keys]
    if refused:
        reason = _REFUSES[refused[0]]
        return {"status": "no_data", "reason": reason.value} if reason else {"status": "no_data"}
    if not answered and any(k in keys for k in _APART):
        return {"status": "out_of_scope"}
    return {"status": "answered", "reason": None}


def pattern(template: str) -> re.Pattern[str]:
    """What a filled template looks like; its fields are groups."""
    made, seen = "", set()
    parts = _FIELD.split(template.strip())
    for index, part in enumerate(parts):
        if index % 2 == 0:
            made += re.escape(part)
        else:
            what = r"\d{4}" if part == "year" else "(?s:.*?)"
            made += what if part in seen else f"(?P<{part}>{what})"
            seen.add(part)
    return re.compile(made)


def _keys(text: str, templates: Mapping[str, str]) -> Iterator[str]:
    """The verdicts that a message words."""
    for key in (*_ASKS, *_REFUSES, *_APART):
        if key in templates:
            made = pattern(templates[key])
            if made.fullmatch(text) or any(made.fullmatch(line) for line in text.split("\n")):
                yield key


def _facts(message: Message, templates: Mapping[str, str], number: Number) -> Iterator[Record]:
    lines = message.text.split("\n")
    figure, where = pattern(templates["figure"]), pattern(templates["where"])
    bold, quotes = list(message.bold), list(message.quotes)
    for line, below in pairwise(lines):
        named, placed = figure.fullmatch(line), where.fullmatch(below)
        if not bold or not named or not placed or named["figure"] != bold[0]:
            continue
        printed = bold.pop(0)
        fact: Record = {
            "text": printed, "metric": named["metric"],
            "jurisdiction": placed["place"].partition(" (")[0],  # 余姚市 (Yuyao)
            "year": placed["year"], "source": {},
        }  # fmt: skip
        if read := number(printed):
            fact |= {"value": read[0], "unit": read[1]}
        if quotes:
            fact["excerpt"] = quotes.pop(0)
        yield fact

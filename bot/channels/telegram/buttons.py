"""The buttons under a reply: how they are drawn, and what a tap on one of them stands for.

A tap brings back only what was drawn, and anybody can forge that. So a button carries no words,
just a place among the buttons of its message and a check; the words are looked up in memory, and a
button of a forgotten message is stale.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.channels.telegram.memory import Content
from bot.messages import Option

MAX_BUTTONS = 8
MAX_LABEL = 60
"""Characters of a button; phones show hardly more."""
_RATINGS = (("👍", "r1:+"), ("👎", "r1:-"))
_ABREAST = 2
"""Actions side by side; more would be cut on a phone."""
_ARROWS = ("‹", "›")


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message."""

    label: str
    """What it shows."""
    data: str
    """What Telegram sends back when it is tapped; at most 64 bytes."""


@dataclass(frozen=True, slots=True)
class Rating:
    """A tap that says whether an answer was good."""

    good: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A tap that turns to another page."""

    number: int


Row = tuple[Button, ...]
Tapped = Option | Rating | Page


def keyboard(content: Content) -> tuple[Row, ...]:
    """The rows of buttons of a message; one without a word on it is not drawn."""
    drawn = [(o, b) for o, b in _drawn("o", content.options)]
    rows: list[Row] = [(button,) for option, button in drawn if not option.in_place]
    turning = tuple(button for option, button in drawn if option.in_place)
    rows += [turning, _pager(content)]
    asking = [button for _, button in _drawn("a", content.actions)]
    rows += [tuple(asking[n : n + _ABREAST]) for n in range(0, len(asking), _ABREAST)]
    if content.rated:
        rows.append(tuple(Button(label, data) for label, data in _RATINGS))
    return tuple(row for row in rows if row)


def tapped(content: Content | None, data: str | None) -> Tapped | None:
    """What a tap stands for; None when this message never drew such a button."""
    if content is None or data is None:
        return None
    for letter, options in (("o", content.options), ("a", content.actions)):
        for option, button in _drawn(letter, options):
            if button.data == data:
                return option
    if content.rated and (rating := dict((d, label) for label, d in _RATINGS).get(data)):
        return Rating(rating == _RATINGS[0][0])
    if match := re.fullmatch(r"p1:(\d{1,3})", data):
        number = int(match[1])
        return Page(number) if number < len(content.pages) else None
    return None


def _drawn(letter: str, options: Sequence[Option]) -> list[tuple[Option, Button]]:
    return [
        (option, Button(_short(label), _data(letter, i, option)))
        for i, option in enumerate(options[:MAX_BUTTONS])
        if (label := option.label.strip() or option.say.strip())
    ]


def _pager(content: Content) -> Row:
    last = len(content.pages) - 1
    row = []
    if last > 0 and content.page > 0:
        label = f"{_ARROWS[0]} {content.page}/{last + 1}"
        row.append(Button(label, f"p1:{content.page - 1}"))
    if content.page < last:
        label = f"{content.page + 2}/{last + 1} {_ARROWS[1]}"
        row.append(Button(label, f"p1:{content.page + 1}"))
    return tuple(row)


def _short(label: str) -> str:
    return label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"


def _data(letter: str, index: int, option: Option) -> str:
    # “o1” is the version of this form: an older bot's buttons are recognised as stale.
    return f"{letter}1:{index}:{hashlib.sha256(option.say.encode()).hexdigest()[:6]}"

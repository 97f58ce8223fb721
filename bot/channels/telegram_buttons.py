"""The buttons under a reply: how they are drawn, and what a tap on one of them stands for.

A tap brings back only what was drawn, and anybody can forge that. So a button carries no words,
just a place among the options of its message and a check; the words are looked up here, in memory,
and a button of a forgotten message is stale.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.messages import Option

MAX_BUTTONS = 8
MAX_LABEL = 60
"""Characters of a button; phones show hardly more."""


@dataclass(frozen=True, slots=True)
class Button:
    """One button under a message."""

    label: str
    """What it shows."""
    data: str
    """What Telegram sends back when it is tapped; at most 64 bytes."""


class Shown:
    """The options under the last messages sent; the least recently used are forgotten first."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._options: OrderedDict[tuple[int, int], tuple[Option, ...]] = OrderedDict()

    def put(self, chat: int, message: int, options: tuple[Option, ...]) -> None:
        """Remember what the buttons of a message stand for."""
        self._options[chat, message] = options
        if len(self._options) > self._limit:
            self._options.popitem(last=False)

    def get(self, chat: int, message: int) -> tuple[Option, ...]:
        """The options of a message; none when they are forgotten or were never shown."""
        if (chat, message) not in self._options:
            return ()
        self._options.move_to_end((chat, message))
        return self._options[chat, message]


def buttons(options: Sequence[Option]) -> tuple[Button, ...]:
    """The buttons of the first options; one without a word on it is not drawn."""
    return tuple(
        Button(label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…", _data(i, option))
        for i, option in enumerate(options[:MAX_BUTTONS])
        if (label := option.label.strip() or option.say.strip())
    )


def tapped(options: Sequence[Option], data: str | None) -> Option | None:
    """The option a tap stands for; None when these options never drew such a button."""
    drawn = enumerate(options[:MAX_BUTTONS])
    return next((option for i, option in drawn if _data(i, option) == data), None)


def _data(index: int, option: Option) -> str:
    # “o1” is the version of this form: an older bot's buttons are recognised as stale.
    return f"o1:{index}:{hashlib.sha256(option.say.encode()).hexdigest()[:6]}"

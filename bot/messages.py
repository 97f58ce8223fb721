"""What comes in and what goes out, the same for every channel.

A reply is lines of styled runs; each channel writes them its own way (plain text on the console,
HTML in Telegram). The plain form is the contract's `reply`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum


class Style(Enum):
    """How a run of text is set."""

    PLAIN = "plain"
    STRONG = "strong"
    """The figure itself: bold."""
    QUOTE = "quote"
    """A verbatim excerpt of a report: an (expandable) block quotation, alone on its line."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    style: Style = Style.PLAIN


Line = tuple[Run, ...]
"""Runs that stand on one line; a QUOTE run is always alone on its line."""


@dataclass(frozen=True, slots=True)
class Option:
    """Something the user may pick instead of typing."""

    label: str
    """What the button shows."""
    say: str
    """What picking it says, as if the user had typed it."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one user, whatever the channel."""

    text: str
    """What was typed, untouched."""
    session: str
    """Whom the dialogue belongs to: channel, chat and user in one key."""
    user: str = ""
    """The user's id in the channel; admins are named by it."""
    language: str = ""
    """What to answer in, if the user has chosen: zh-Hans, zh-Hant, en; "" as the message is."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: lines to read and options to pick."""

    lines: tuple[Line, ...]
    options: tuple[Option, ...] = ()

    @property
    def plain(self) -> str:
        """The reply as plain text, one line a line."""
        return "\n".join("".join(run.text for run in line) for line in self.lines)


Handler = Callable[[Message], Awaitable[Reply]]
"""What a channel needs of the rest of the program."""


def text_reply(text: str, options: tuple[Option, ...] = ()) -> Reply:
    """A reply of plain lines."""
    return Reply(tuple((Run(line),) for line in text.split("\n")), options)

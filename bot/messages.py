"""What comes in and what goes out, the same for every channel.

A reply is lines of styled runs; each channel writes them its own way (plain text on the console,
HTML in Telegram). The plain form is the contract's `reply`.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Protocol


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
    in_place: bool = False
    """Whether what it leads to stands in place of the message it is picked from: turning pages."""


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
    locale: str = ""
    """What the user's own program speaks, of the same three: for commands, which are in none."""
    group: bool = False
    """True where others read along; admins command in private only."""
    second_hand: bool = False
    """True when it was forwarded, edited or sent in another's name: nobody commands that way."""
    told: Callable[[str], None] | None = field(default=None, compare=False, repr=False)
    """Hears from any thread, in words, how far long work has come."""


@dataclass(frozen=True, slots=True)
class About:
    """What an answer was: for metrics, logs and ratings. None of it is the user's words."""

    status: str
    """answered | clarify | no_data | out_of_scope; of commands answered | refused | failed."""
    reason: str = ""
    """Why there was no answer."""
    intent: str = ""
    """The canonical measure, or the command with its slash."""
    facts: tuple[str, ...] = ()
    """Ids of the figures that were cited."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of a chart."""

    label: str
    value: Decimal
    printed: str
    """The figure as the report prints it."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures of one measure side by side."""

    title: str
    bars: tuple[Bar, ...]
    over_years: bool = False
    """Whether the figures are of one place over the years."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer: lines to read and options to pick."""

    lines: tuple[Line, ...]
    options: tuple[Option, ...] = ()
    actions: tuple[Option, ...] = ()
    """What may be asked about the answer itself; short labels, side by side."""
    about: About | None = None
    rated: bool = False
    """Whether the user may say that it was good or bad."""
    chart: Chart | None = None
    language: str = ""
    """The user's new choice of language."""
    forget: bool = False
    """The channel deletes whatever it keeps of the user."""
    feedback: str = ""
    """What the user tells the people who run the bot."""

    @property
    def plain(self) -> str:
        """The reply as plain text, one line a line."""
        return "\n".join("".join(run.text for run in line) for line in self.lines)


@dataclass(frozen=True, slots=True)
class Hit:
    """One result of a search, complete in itself."""

    id: str
    title: str
    description: str
    reply: Reply


@dataclass(frozen=True, slots=True)
class Pulse:
    """How the knowledge stands, for those who watch the bot."""

    version: str
    reports: int
    facts: int


Handler = Callable[[Message], Awaitable[Reply]]
"""What a simple channel needs of the rest of the program."""


class Talker(Protocol):
    """What a channel with menus, searches and a voice of its own needs of the program."""

    async def handle(self, message: Message) -> Reply:
        """Answer one message."""
        ...

    async def receive(self, message: Message, name: str, data: bytes) -> Reply:
        """Take a document; its name is hostile, and so is what it holds."""
        ...

    def rate(self, message: Message, facts: tuple[str, ...], *, good: bool) -> None:
        """Take what somebody thinks of an answer that cited these facts."""
        ...

    def search(self, message: Message) -> tuple[Hit, ...]:
        """Figures for words that are still being typed; popular ones for none."""
        ...

    def say(self, key: str, language: str, /, **fields: str) -> str:
        """A sentence that the channel itself has to say; "" is the usual language."""
        ...

    def pulse(self) -> Pulse:
        """How the knowledge stands now."""
        ...


def text_reply(text: str, options: tuple[Option, ...] = ()) -> Reply:
    """A reply of plain lines."""
    return Reply(tuple((Run(line),) for line in text.split("\n")), options)

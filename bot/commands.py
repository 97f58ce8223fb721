"""Slash commands: one table, admin-only ones marked. What they do is composed in app.py."""

from dataclasses import dataclass
from enum import Enum


class Name(Enum):
    """The commands there are."""

    START = "start"
    HELP = "help"
    PLACES = "places"
    RESET = "reset"
    RELOAD = "reload"


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a user."""

    name: Name | None
    """None for an unknown one."""
    argument: str


ADMIN_ONLY = frozenset({Name.RELOAD})
PUBLIC = (Name.START, Name.HELP, Name.PLACES)
"""Listed in the menu of the channel."""


def parse(text: str) -> Command | None:
    """The command of a message, or None when it is none. `/help@somebot x` is /help with x."""
    word, *rest = text.split(maxsplit=1) or [""]
    if not word.startswith("/") or len(word) < 2:
        return None
    name = word[1:].partition("@")[0].lower()
    known = {command.value: command for command in Name}
    return Command(known.get(name), "".join(rest).strip())

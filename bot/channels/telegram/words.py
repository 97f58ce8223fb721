"""The words of the Telegram channel: what it has to say, and which words are meant for it."""

import re
from dataclasses import dataclass
from enum import Enum

_COMMAND = re.compile(r"(/[A-Za-z0-9_]+)(@[A-Za-z0-9_]+)?")


class Scope(Enum):
    """Who sees a command in the menu."""

    EVERYWHERE = "everywhere"
    PRIVATE = "private"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of the menu of commands."""

    name: str
    """Without the slash; a-z, 0-9 and _."""
    scope: Scope = Scope.EVERYWHERE


def locale_of(code: str | None) -> str:
    """The language of ours that is nearest to a user's program; "" when nothing is known."""
    if not code:
        return ""
    tongue, _, rest = code.lower().replace("_", "-").partition("-")
    if tongue == "zh":
        parts = set(rest.split("-"))
        return "zh-Hant" if parts & {"hant", "tw", "hk", "mo"} else "zh-Hans"
    return "en"


def said_to(name: str, text: str, *, addressed: bool, alone: bool) -> str | None:
    """What a text says to the bot called `name`, without the name; None when it is for others.

    `alone`: in a private chat, where everything is for the bot. `addressed`: the message is for it
    anyhow, as a reply to it is – but for a command that is given to another bot by name.
    """
    if command := _COMMAND.match(text):
        mine = alone or command[2] is None or command[2].lower() == f"@{name}".lower()
        return command[1] + text[command.end() :] if mine else None
    words, mentions = re.subn(rf"\s*(?<!\w)@{name}(?!\w)\s*", " ", text, flags=re.ASCII | re.I)
    if mentions:
        return words.strip()
    return text if alone or addressed else None

"""The words of the Telegram channel: those it is handed to say, and those that are meant for it."""

import re
from dataclasses import dataclass

_COMMAND = re.compile(r"(/[A-Za-z0-9_]+)(@[A-Za-z0-9_]+)?")


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of the menu of commands."""

    name: str
    """Without the slash; a-z, 0-9 and _."""
    description: str


@dataclass(frozen=True, slots=True)
class Texts:
    """What the channel itself has to say."""

    only_text: str
    """To a photo, a sticker, a voice message."""
    failed: str
    """When answering broke."""
    stale_button: str
    """To a tap on a button whose options are forgotten; 200 characters are shown."""


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

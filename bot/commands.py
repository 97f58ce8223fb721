"""Slash commands: one table, admin-only ones marked. What they do is composed in bot.app."""

import base64
import binascii
import re
from dataclasses import dataclass
from enum import Enum


class Name(Enum):
    """The commands there are."""

    START = "start"
    HELP = "help"
    PLACES = "places"
    TOPICS = "topics"
    SOURCE = "source"
    COMPARE = "compare"
    RELATED = "related"
    RESET = "reset"
    LANGUAGE = "language"
    FEEDBACK = "feedback"
    PRIVACY = "privacy"
    DELETE_ME = "delete_me"
    ABOUT = "about"
    RELOAD = "reload"
    PLAN = "plan"
    PUBLISH = "publish"
    CANCEL = "cancel"
    ROLLBACK = "rollback"
    AUDIT = "audit"
    WITHDRAW = "withdraw"
    UNANSWERED = "unanswered"
    STATS = "stats"
    ALIAS = "alias"
    UNALIAS = "unalias"
    CORRECT = "correct"


@dataclass(frozen=True, slots=True)
class Command:
    """A command of a user."""

    name: Name | None
    """None for an unknown one."""
    argument: str


PUBLIC = (Name.START, Name.HELP, Name.PLACES, Name.TOPICS, Name.SOURCE, Name.RESET, Name.LANGUAGE,
          Name.FEEDBACK, Name.PRIVACY, Name.DELETE_ME, Name.ABOUT)  # fmt: skip
ADMIN_ONLY = frozenset(Name) - {*PUBLIC, Name.COMPARE, Name.RELATED}
"""Listed in the menu of the channel."""
ALONE = frozenset({Name.FEEDBACK, Name.PRIVACY, Name.DELETE_ME, Name.LANGUAGE})
"""Listed where nobody else talks only."""

_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def parse(text: str) -> Command | None:
    """The command of a message, or None when it is none. `/help@somebot x` is /help with x."""
    word, *rest = text.split(maxsplit=1) or [""]
    if not word.startswith("/") or len(word) < 2:
        return None
    name = word[1:].partition("@")[0].lower()
    known = {command.value: command for command in Name}
    return Command(known.get(name), "".join(rest).strip())


def link(text: str) -> str:
    """The payload of a deep link (`t.me/bot?start=…`) that asks something; "" when too long."""
    payload = "q_" + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return payload if _PAYLOAD.fullmatch(payload) else ""


def linked(payload: str) -> str:
    """What the payload of a deep link asks; "" when it is no question."""
    if not payload.startswith("q_") or not _PAYLOAD.fullmatch(payload):
        return ""
    code = payload[2:]
    try:
        return base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode().strip()
    except (binascii.Error, UnicodeDecodeError):
        return ""

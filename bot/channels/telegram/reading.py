"""What an update says, read from Telegram's JSON: just what this bot needs, at a tenth of the cost.

Anything that is missing or of another type than promised is a KeyError or TypeError: such an update
fails like any other that cannot be answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

_MEDIA = frozenset(
    {
        "animation", "audio", "checklist", "contact", "dice", "document", "game", "invoice",
        "location", "paid_media", "photo", "poll", "sticker", "story", "venue", "video",
        "video_note", "voice",
    }
)  # fmt: skip

_SECOND_HAND = frozenset({"forward_origin", "forward_date", "forward_from", "via_bot"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who sent something."""

    id: int
    is_bot: bool = False
    code: str = ""
    """The language of the person's program, as Telegram tells it."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer goes."""

    chat: int
    person: int | None = None
    topic: int | None = None
    asked: int | None = None
    """The message that is answered."""
    alone: bool = True
    """Whether nobody else talks there; otherwise answers point at what they answer."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file that was sent."""

    id: str
    name: str
    """As its sender calls it: hostile."""
    size: int


@dataclass(frozen=True, slots=True)
class Said:
    """A message."""

    place: Place
    person: Person
    text: str | None
    """None for what is no text."""
    media: bool
    """Whether it is something that a person sends instead of text."""
    album: str | None
    answers: int | None
    """Whose message it replies to."""
    moved_to: int | None
    """The group has become this chat."""
    document: Document | None = None
    second_hand: bool = False
    """True for what was forwarded, or sent through another bot."""


@dataclass(frozen=True, slots=True)
class Tap:
    """A tap on a button."""

    id: str
    person: Person
    place: Place | None
    """Where the button is; None for a message that was sent inline."""
    data: str | None


@dataclass(frozen=True, slots=True)
class Search:
    """An inline query."""

    id: str
    person: Person
    text: str


def read_person(user: Json) -> Person:
    """Somebody."""
    return Person(_number(user["id"]), bool(user.get("is_bot")), str(user.get("language_code", "")))


def read_message(message: Json) -> Said | None:
    """A message; None for one without an author, or by another bot.

    Of two bots neither would ever stop; who writes in the name of a group is no bot.
    """
    user = message.get("from")
    if user is None:
        return None
    person = read_person(user)
    if person.is_bot and "sender_chat" not in message:
        return None
    text = message.get("text")
    if text is not None and not isinstance(text, str):
        raise TypeError("the text of a message is a text")
    replied = message.get("reply_to_message") or {}
    return Said(
        place_of(message, person),
        person,
        text,
        not _MEDIA.isdisjoint(message),
        message.get("media_group_id"),
        (replied.get("from") or {}).get("id"),
        message.get("migrate_to_chat_id"),
        _document(message.get("document")),
        not _SECOND_HAND.isdisjoint(message),
    )


def _document(document: Json | None) -> Document | None:
    if document is None:
        return None
    name, size = document.get("file_name") or "", document.get("file_size") or 0
    return Document(str(document["file_id"]), str(name), _number(size))


def place_of(message: Json, person: Person) -> Place:
    """Beside a message."""
    chat = message["chat"]
    topic = message.get("message_thread_id") if message.get("is_topic_message") else None
    alone = chat["type"] == "private"
    return Place(_number(chat["id"]), person.id, topic, _number(message["message_id"]), alone)


def read_tap(query: Json) -> Tap:
    """A tap; its message may be too old for Telegram to show."""
    person, message = read_person(query["from"]), query.get("message")
    place = place_of(message, person) if message else None
    return Tap(str(query["id"]), person, place, query.get("data"))


def read_search(query: Json) -> Search:
    """An inline query."""
    return Search(str(query["id"]), read_person(query["from"]), str(query["query"]))


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError("a number is a number")
    return value

"""What goes through the fake Bot API: a message of the bot as it is seen, and waiting for it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.channels.fake_bot_api import FakeBotApi, SentMessage
from bot.channels.fake_bot_html import parse
from bot.channels.script.overhear import Message

WAIT = 10.0
"""Seconds an answer may take."""
_SENTINEL = "/help"
"""Asked in a group behind each message, so that silence is known without waiting for it."""
_THUMBS = "r1:"
"""How the data of 👍 and 👎 begin: they rate, and say nothing."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message of the bot."""

    chat: int
    number: int
    text: str
    bold: tuple[str, ...]
    quotes: tuple[str, ...]
    buttons: tuple[tuple[str, str], ...]
    """Label and data."""
    reply_to: int | None = None

    @property
    def labels(self) -> tuple[str, ...]:
        """What the buttons show."""
        return tuple(label for label, _ in self.buttons)

    @property
    def overheard(self) -> Message:
        """The message for those who only see it."""
        return Message(self.text, self.bold, self.quotes, self.labels)


def _of_sent(sent: SentMessage) -> Letter:
    buttons = tuple((b.label, b.data) for b in sent.buttons if not b.data.startswith(_THUMBS))
    bold, quotes = tuple(sent.styled("bold")), tuple(sent.styled("expandable_blockquote"))
    where = sent.chat_id, sent.message_id
    return Letter(*where, sent.plain_text, bold, quotes, buttons, sent.reply_to)


def _of_edited(body: Mapping[str, Any]) -> Letter:
    text = str(body.get("text", ""))

    def styled(kind: str) -> tuple[str, ...]:
        units = text.encode("utf-16-le")
        return tuple(
            units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in body.get("entities", ())
            if e["type"] == kind
        )

    rows = body.get("reply_markup", {}).get("inline_keyboard", ())
    buttons = tuple(
        (b["text"], b["callback_data"])
        for row in rows
        for b in row
        if not b["callback_data"].startswith(_THUMBS)
    )
    where = int(body["chat"]["id"]), int(body["message_id"])
    return Letter(*where, text, styled("bold"), styled("expandable_blockquote"), buttons)


async def following(api: FakeBotApi, chat: int) -> Letter:
    """The next message of a chat, sent or edited; pictures belong to the text before them."""
    while True:
        sent = asyncio.ensure_future(api.next_message(chat, WAIT))
        edited = asyncio.ensure_future(api.next_edit(chat, WAIT))
        done, rest = await asyncio.wait((sent, edited), return_when=asyncio.FIRST_COMPLETED)
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
        if edited in done and edited.exception() is None:
            return _of_edited(edited.result())
        message = await sent
        if message.photo is None:
            return _of_sent(message)


async def answer(api: FakeBotApi, chat: int, sentinel: int) -> Letter | None:
    """What the bot says next in a chat; in a group None when it says nothing.

    `sentinel`: the user who asks for help in a group, to see that nothing came before.
    """
    if chat > 0:
        return await following(api, chat)
    asked = api.user_says(_SENTINEL, sentinel, chat) - 1  # the message comes before its update
    first = await following(api, chat)
    if first.reply_to == asked:
        return None
    await following(api, chat)
    return first


async def tap(api: FakeBotApi, letter: Letter, number: int, user: int) -> None:
    """Tap a button; it must be acknowledged."""
    shown = SentMessage(letter.chat, letter.number, "", "", (), (), None, None, False)
    query = api.tap_data(shown, letter.buttons[number][1], user)
    await api.answer_to(query, WAIT)


async def inline(api: FakeBotApi, words: str, user: int) -> list[Letter]:
    """What an inline query finds: a message for each result."""
    query = api.user_types(words, user)
    answered = await api.results_of(query, WAIT)
    letters = []
    for result in answered["results"]:
        content = result["input_message_content"]
        text, entities = parse(content["message_text"])
        bold = tuple(e.text for e in entities if e.type == "bold")
        quotes = tuple(e.text for e in entities if e.type == "expandable_blockquote")
        letters.append(Letter(0, 0, text, bold, quotes, ((result["title"], ""),)))
    return letters

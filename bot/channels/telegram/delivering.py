"""From a reply to a message in a chat: pages, buttons, pictures, and what cannot be delivered."""

from __future__ import annotations

import contextlib
import logging
from dataclasses import replace
from typing import Any

from telegram import error

from bot.channels.telegram.buttons import keyboard
from bot.channels.telegram.client import Api
from bot.channels.telegram.html import pages, written
from bot.channels.telegram.log import kind
from bot.channels.telegram.memory import Content, Memory
from bot.channels.telegram.reading import Place
from bot.channels.telegram.sending import LASTING, Sender, Unsure
from bot.messages import Reply

_LOG = logging.getLogger(__name__)
_NO_PREVIEW = {"is_disabled": True}
Markup = dict[str, object]


def markup(content: Content) -> Markup | None:
    """The buttons of a message."""
    rows = [
        [{"text": button.label, "callback_data": button.data} for button in row]
        for row in keyboard(content)
    ]
    return {"inline_keyboard": rows} if rows else None


class Delivery:
    """Sends and edits messages, and remembers what stands behind them."""

    def __init__(self, api: Api, sender: Sender, memory: Memory) -> None:
        self.api = api
        self._sender = sender
        self._memory = memory

    async def send(
        self, place: Place, reply: Reply, *, remember: bool = True, lasting: float = LASTING
    ) -> int | None:
        """Send a reply as one message; its number, or None when it did not or may not arrive.

        It is tried for *lasting* seconds. Raises BadRequest when Telegram refuses what is sent.
        """
        content = _content(reply)
        first = content.pages[0] if content.pages else _only_page(reply)
        message = await self._insist(place, first, markup(content), lasting)
        if message is None:
            return None
        if remember:
            self._memory.show(message[0], message[1], place.person, place.asked, content)
        return message[1]

    async def _insist(
        self, place: Place, text: str, buttons: Markup | None, lasting: float
    ) -> tuple[int, int] | None:
        try:
            return await self._sender.call(
                "sendMessage", lambda: self._post(place, text, buttons), lasting=lasting
            )
        except error.ChatMigrated as moved:
            self._memory.migrate(place.chat, moved.new_chat_id)
            there = replace(place, chat=moved.new_chat_id, topic=None, asked=None)
            return await self._insist(there, text, buttons, lasting)
        except error.Forbidden:
            _LOG.info("not sent: the user has blocked the bot, or the group has removed it")
            if place.alone and place.person is not None:
                self._memory.block(place.person, True)
        except Unsure:
            _LOG.warning("sent, but Telegram did not say whether it arrived")
        except error.BadRequest as failure:
            if place.topic is None or "thread" not in failure.message.lower():
                raise
            return await self._insist(replace(place, topic=None), text, buttons, lasting)
        except error.TelegramError as failure:
            _LOG.error("not sent, given up: %s", kind(failure))
        return None

    async def _post(self, place: Place, text: str, buttons: Markup | None) -> tuple[int, int]:
        message = await self.api.call(
            "sendMessage",
            chat_id=place.chat,
            text=text,
            parse_mode="HTML",
            message_thread_id=place.topic,
            link_preview_options=_NO_PREVIEW,
            reply_parameters=pointing(place),
            reply_markup=buttons,
        )
        return int(message["chat"]["id"]), int(message["message_id"])

    async def edit(self, chat: int, message: int, reply: Reply) -> bool:
        """Let a reply stand in place of an earlier one; False when that cannot be edited."""
        old = await self._memory.content(chat, message)
        content = replace(_content(reply), picture=old.picture if old else None)
        first = content.pages[0] if content.pages else _only_page(reply)
        edited = await self._edit(chat, message, first, content)
        if edited:
            self._memory.change(chat, message, content)
        return edited

    async def turn(self, chat: int, message: int, content: Content, page: int) -> None:
        """Show another page of a message."""
        turned = replace(content, page=page)
        if await self._edit(chat, message, content.pages[page], turned):
            self._memory.change(chat, message, turned)

    async def unrate(self, chat: int, message: int, content: Content) -> None:
        """Take the buttons for rating away."""
        rated = replace(content, rated=False)
        self._memory.change(chat, message, rated)
        await self.gently(
            "editMessageReplyMarkup", chat_id=chat, message_id=message, reply_markup=markup(rated)
        )

    async def _edit(self, chat: int, message: int, text: str, content: Content) -> bool:
        try:
            await self._sender.call(
                "editMessageText",
                lambda: self.api.call(
                    "editMessageText",
                    chat_id=chat,
                    message_id=message,
                    text=text,
                    parse_mode="HTML",
                    link_preview_options=_NO_PREVIEW,
                    reply_markup=markup(content),
                ),
            )
        except error.BadRequest as failure:
            return "not modified" in failure.message.lower()
        except Unsure:
            pass
        except error.Forbidden:
            _LOG.info("not edited: the user has blocked the bot, or the group has removed it")
        return True

    async def gently(self, method: str, **parameters: Any) -> None:
        """A call that is good to have: tried for seconds, and nothing is lost without it."""
        with contextlib.suppress(error.TelegramError, Unsure):
            await self._sender.call(
                method, lambda: self.api.call(method, **parameters), lasting=3.0
            )


def _content(reply: Reply) -> Content:
    split = pages(reply.lines)
    return Content(
        reply.options,
        reply.actions,
        reply.rated,
        reply.about,
        tuple(written(page) for page in split) if len(split) > 1 else (),
    )


def _only_page(reply: Reply) -> str:
    return written(reply.lines)


def pointing(place: Place) -> dict[str, object] | None:
    """In groups, where others talk in between: what a message answers."""
    if place.alone or place.asked is None:
        return None
    return {"message_id": place.asked, "allow_sending_without_reply": True}

"""Long work and documents: progress in one edited message, and files fetched within bounds."""

from __future__ import annotations

import asyncio
import contextlib

from telegram import error

from bot.channels.telegram.client import Api, TooLarge
from bot.channels.telegram.delivering import Delivery
from bot.channels.telegram.reading import Document, Place
from bot.channels.telegram.sending import GoingDown
from bot.messages import Message, Reply, Talker, text_reply

MOST = 20_000_000
"""Bytes; what the Bot API hands out, and what a report may have."""
PATIENCE, EVERY = 1.0, 1.5
"""Seconds: what takes no longer needs no telling; between two edits of one message."""


class Progress:
    """Tells how far long work has come, by editing one message; called from any thread."""

    def __init__(self, delivery: Delivery, place: Place) -> None:
        self._delivery = delivery
        self._place = place
        self._loop = asyncio.get_running_loop()
        self._next = self._loop.time() + PATIENCE
        self._task: asyncio.Task[None] | None = None
        self.message: int | None = None
        """The message that tells; the answer takes its place."""

    def __call__(self, text: str) -> None:
        """Show how far it is, unless that was shown a moment ago."""
        with contextlib.suppress(RuntimeError):  # the program ends; the work goes on to its end
            self._loop.call_soon_threadsafe(self._begin, text)

    def _begin(self, text: str) -> None:
        busy = self._task is not None and not self._task.done()
        if not busy and self._loop.time() >= self._next:
            self._next = self._loop.time() + EVERY
            self._task = self._loop.create_task(self._show(text_reply(text)))

    async def _show(self, reply: Reply) -> None:
        with contextlib.suppress(error.TelegramError, GoingDown):
            if self.message is None:
                self.message = await self._delivery.send(self._place, reply, lasting=EVERY)
            else:
                await self._delivery.edit(self._place.chat, self.message, reply)

    async def end(self) -> int | None:
        """Wait for the last word; the message that tells, or None when none was sent."""
        if self._task is not None:
            await asyncio.wait([self._task])
        return self.message


async def received(api: Api, talker: Talker, message: Message, document: Document) -> Reply:
    """What the talker says to a document; one that is too large is not fetched to its end."""
    try:
        if document.size > MOST:
            raise TooLarge
        data = await api.download(document.id, MOST)
    except TooLarge:
        return text_reply(talker.say("file_too_large", message.language or message.locale))
    return await talker.receive(message, document.name, data)

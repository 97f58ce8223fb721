"""Manners: who has asked too much, that an answer is under way, and words to the admins."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from telegram import error

from bot.channels.telegram.delivering import Delivery
from bot.channels.telegram.limits import Limits, Rate, Verdict
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.reading import Person, Place
from bot.channels.telegram.sending import GoingDown
from bot.channels.telegram.words import locale_of
from bot.messages import Talker, text_reply

_LOG = logging.getLogger(__name__)
_TYPING_AFTER, _TYPING_AGAIN = 0.8, 4.5
"""Seconds; the action fades after five."""
_SHORTLY = 60.0
"""Seconds for which words that are no answer are worth sending."""
_PRIVATE, _GROUP = Rate(30, 60), Rate(20, 20)


@dataclass(frozen=True, slots=True)
class Manners:
    """What the settings say about talking."""

    admins: frozenset[str] = frozenset()
    private: Rate = _PRIVATE
    group: Rate = _GROUP
    longest: int = 4096
    """Characters of a question; the rest is not read."""
    log_texts: bool = False
    retries: tuple[float, ...] = (0.2, 1.0)
    """Seconds before answering is tried again when it broke."""


class Courtesy:
    """Keeps the manners."""

    def __init__(
        self, talker: Talker, memory: Memory, delivery: Delivery, manners: Manners
    ) -> None:
        self._talker = talker
        self._memory = memory
        self._delivery = delivery
        self._manners = manners
        self._limits = Limits()

    def language(self, person: Person) -> str:
        """What to speak with somebody."""
        return self._memory.language(person.id) or locale_of(person.code)

    async def is_fair(self, at: float, place: Place, person: Person) -> bool:
        """Whether it is this person's, and this group's, turn to ask; who goes too far is told."""
        verdicts = {self._limits.take(("person", person.id), self._manners.private, at)}
        if not place.alone:
            verdicts.add(self._limits.take(("group", place.chat), self._manners.group, at))
        if verdicts == {Verdict.FINE}:
            return True
        if Verdict.TELL in verdicts:
            await self.mention(place, self._talker.say("too_fast", self.language(person)))
        return False

    async def mention(self, place: Place, words: str) -> None:
        """Say something that is no answer."""
        await self._delivery.send(place, text_reply(words), remember=False, lasting=_SHORTLY)

    @asynccontextmanager
    async def typing(self, place: Place) -> AsyncIterator[None]:
        """Shows that an answer is under way, when it takes long."""
        task: asyncio.Task[None] | None = None

        def begin() -> None:
            nonlocal task
            task = asyncio.get_running_loop().create_task(self._show_typing(place))

        timer = asyncio.get_running_loop().call_later(_TYPING_AFTER, begin)
        try:
            yield
        finally:
            timer.cancel()
            if task is not None:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError, GoingDown):
                    await task

    async def _show_typing(self, place: Place) -> None:
        while True:
            await self._delivery.gently(
                "sendChatAction",
                chat_id=place.chat,
                action="typing",
                message_thread_id=place.topic,
            )
            await asyncio.sleep(_TYPING_AGAIN)

    async def tell_admins(self, key: str, **fields: str) -> None:
        """Tell those who run the bot."""
        for admin in sorted(int(admin) for admin in self._manners.admins):
            words = self._talker.say(key, self._memory.language(admin), **fields)
            with contextlib.suppress(error.TelegramError):
                await self.mention(Place(admin, admin), words)

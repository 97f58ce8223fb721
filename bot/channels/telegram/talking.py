"""What is done with an update: whom the bot listens to, what is answered, and when it is done.

Everything typed, commands too, goes to the talker as a `Message`; what to answer is decided there.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import telegram
from telegram import Update, error
from telegram.constants import ChatAction, ChatMemberStatus, ChatType

from bot.channels.telegram.delivering import Delivery, Place
from bot.channels.telegram.inbox import Inbox, Letter, now
from bot.channels.telegram.limits import Limits, Rate, Verdict
from bot.channels.telegram.log import kind, told, whereabouts
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.metrics import Metrics
from bot.channels.telegram.sending import GoingDown
from bot.channels.telegram.store import StoreError
from bot.channels.telegram.words import locale_of, said_to
from bot.messages import Message, Reply, Talker, text_reply

_LOG = logging.getLogger(__name__)
_TYPING_AFTER, _TYPING_AGAIN = 0.8, 4.5
"""Seconds; the action fades after five."""
_DISK_PATIENCE = 1.0
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


class Talking:
    """Handles letters, one of a lane at a time."""

    def __init__(
        self, talker: Talker, inbox: Inbox, memory: Memory, delivery: Delivery,
        metrics: Metrics, manners: Manners,
    ) -> None:  # fmt: skip
        self.talker = talker
        self.inbox = inbox
        self.memory = memory
        self.delivery = delivery
        self.metrics = metrics
        self.manners = manners
        self.others: dict[str, Callable[[Letter, Update], Awaitable[None]]] = {}
        """Who handles the other kinds of updates."""
        self._limits = Limits()
        self._album: str | None = None

    # -- one letter --------------------------------------------------------------------------

    async def take(self, letter: Letter) -> None:
        """Handle a letter until it is done or put aside; at the end of the program it stays."""
        try:
            if letter.is_stale(now()):
                self.settle(letter, "stale")
                return
            while not letter.settled:
                await self._try(letter)
        except GoingDown:
            pass

    async def _try(self, letter: Letter) -> None:
        try:
            await self._handle(letter)
        except StoreError:
            await asyncio.sleep(_DISK_PATIENCE)
        except Exception as failure:
            # Its text may hold what a user wrote.
            where = f"{kind(failure)} at {whereabouts(failure)}"
            _LOG.error("update %s failed: %s", letter.id, where)
            if letter.settled:
                return
            if not self.inbox.failed(letter, where):
                waits = self.manners.retries
                await asyncio.sleep(waits[min(letter.attempts, len(waits)) - 1] if waits else 0)
                return
            letter.settled = True
            self.metrics.settled.labels("aside").inc()
            await self._own_up(letter)
            await self.tell_admins("put_aside", update=str(letter.id), reason=where)
        else:
            if not letter.settled:
                self.settle(letter, "ignored")

    def settle(self, letter: Letter, outcome: str, reply: Reply | None = None) -> None:
        """It is done with: erase it, count it, log it."""
        letter.settled = True
        self.inbox.done(letter)
        self.metrics.settled.labels(outcome).inc()
        seconds = now() - letter.at
        about = reply.about if reply is not None else None
        if reply is not None:
            self.metrics.latency.observe(seconds)
            self.metrics.answered(about)
        _LOG.info(outcome, extra=told(letter.id, letter.kind, seconds, about))

    async def _handle(self, letter: Letter) -> None:
        update = Update.de_json(letter.body, self.delivery.bot)
        if update.edited_message:
            await self._on_edit(letter, update)
        elif update.message:
            await self._on_message(letter, update)
        elif update.my_chat_member:
            self._on_membership(update.my_chat_member)
        elif letter.kind in self.others:
            await self.others[letter.kind](letter, update)

    # -- messages ----------------------------------------------------------------------------

    async def _on_message(self, letter: Letter, update: Update) -> None:
        message, user, place = update.message, update.effective_user, Place.of(update)
        if message and message.migrate_to_chat_id:
            self.memory.migrate(message.chat.id, message.migrate_to_chat_id)
        # Of two bots neither would ever stop; who writes in the name of a group is no bot.
        if not (message and user and place) or (user.is_bot and not message.sender_chat):
            return
        if place.alone:
            self.memory.block(user.id, False)
        said = self._heard(message)
        if said is None and not (place.alone and self._is_said(message)):
            return
        if not await self.is_fair(letter, place, user):
            return
        async with self.typing(place):
            reply = await self.reply(letter, place, user, said)
            await self.deliver(letter, place, reply)

    def _heard(self, message: telegram.Message) -> str | None:
        """What a message says to the bot; None for nothing."""
        if message.text is None:
            return None
        bot = self.delivery.bot
        answered = message.reply_to_message and message.reply_to_message.from_user
        addressed = answered is not None and answered.id == bot.id
        alone = message.chat.type == ChatType.PRIVATE
        return said_to(bot.username, message.text, addressed=addressed, alone=alone)

    def _is_said(self, message: telegram.Message) -> bool:
        """Whether a message without text was sent by a person, and is the first of its album.

        Status updates (“joined”, “pinned”) are said by Telegram, not by a person.
        """
        if message.effective_attachment is None:
            return False
        album = message.media_group_id
        again = album is not None and album == self._album
        self._album = album
        return not again

    async def reply(
        self, letter: Letter, place: Place, user: telegram.User, said: str | None
    ) -> Reply:
        """What the talker answers; whatever it wants done with the user is done."""
        if said is None:
            return text_reply(self.talker.say("only_text", self.language(user)))
        self.inbox.begin(letter)
        try:
            reply = await self.talker.handle(self.message(place, user, said))
        finally:
            self.inbox.end()
        await self._obey(user, reply)
        return reply

    def language(self, user: telegram.User) -> str:
        """What to speak with somebody."""
        return self.memory.language(user.id) or locale_of(user.language_code)

    def message(self, place: Place, user: telegram.User, said: str) -> Message:
        """A message as the talker knows it."""
        return Message(
            said[: self.manners.longest],
            session=f"telegram:{place.chat}:{user.id}",
            user=str(user.id),
            language=self.memory.language(user.id),
            locale=locale_of(user.language_code),
        )

    async def _obey(self, user: telegram.User, reply: Reply) -> None:
        if reply.language:
            self.memory.choose(user.id, reply.language)
        if reply.forget:
            await self.memory.forget(user.id)
        if reply.feedback:
            self.memory.feedback(user.id, reply.feedback)
            await self.tell_admins("feedback_came", words=reply.feedback)

    async def deliver(self, letter: Letter, place: Place, reply: Reply) -> None:
        """Send the answer; from then on the letter is done."""
        try:
            sent = await self.delivery.send(place, reply, remember=not reply.forget)
        except error.BadRequest as failure:
            _LOG.error("update %s: Telegram refuses the answer: %s", letter.id, kind(failure))
            await self._own_up(letter)
            self.settle(letter, "refused", reply)
            return
        self.settle(letter, "answered" if sent else "unsent", reply)

    async def _on_edit(self, letter: Letter, update: Update) -> None:
        """An edited question edits its answer."""
        message, user, place = update.edited_message, update.effective_user, Place.of(update)
        if not (message and user and place) or user.is_bot or message.text is None:
            return
        said = self._heard(message)
        answer = await self.memory.answer_to(place.chat, message.message_id)
        if said is None or not await self.is_fair(letter, place, user):
            return
        reply = await self.reply(letter, place, user, said)
        if answer is not None and await self.delivery.edit(place.chat, answer, reply):
            self.settle(letter, "edited", reply)
        else:
            await self.deliver(letter, place, reply)

    def _on_membership(self, change: telegram.ChatMemberUpdated) -> None:
        if change.chat.type == ChatType.PRIVATE:
            gone = change.new_chat_member.status == ChatMemberStatus.BANNED
            self.memory.block(change.chat.id, gone)

    # -- manners -----------------------------------------------------------------------------

    async def is_fair(self, letter: Letter, place: Place, user: telegram.User) -> bool:
        """Whether it is this person's, and this group's, turn to ask; who goes too far is told."""
        verdicts = {self._limits.take(("person", user.id), self.manners.private, letter.at)}
        if not place.alone:
            verdicts.add(self._limits.take(("group", place.chat), self.manners.group, letter.at))
        if verdicts == {Verdict.FINE}:
            return True
        if Verdict.TELL in verdicts:
            reply = text_reply(self.talker.say("too_fast", self.language(user)))
            await self.delivery.send(place, reply, remember=False, lasting=_SHORTLY)
        self.settle(letter, "limited")
        return False

    @asynccontextmanager
    async def typing(self, place: Place) -> AsyncIterator[None]:
        """Shows that an answer is under way, when it takes long."""

        async def show() -> None:
            await asyncio.sleep(_TYPING_AFTER)
            while True:
                await self.delivery.gently(
                    "sendChatAction",
                    lambda: self.delivery.bot.send_chat_action(
                        place.chat, ChatAction.TYPING, message_thread_id=place.topic
                    ),
                )
                await asyncio.sleep(_TYPING_AGAIN)

        task = asyncio.get_running_loop().create_task(show())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, GoingDown):
                await task

    async def _own_up(self, letter: Letter) -> None:
        """Tell the user that it went wrong."""
        try:
            update = Update.de_json(letter.body, self.delivery.bot)
            place, user = Place.of(update), update.effective_user
            if place is not None and user is not None:
                reply = text_reply(self.talker.say("failed", self.language(user)))
                await self.delivery.send(place, reply, remember=False, lasting=_SHORTLY)
        except Exception as failure:
            _LOG.warning("update %s: nobody could be told: %s", letter.id, kind(failure))

    async def tell_admins(self, key: str, **fields: str) -> None:
        """Tell those who run the bot."""
        for admin in sorted(int(admin) for admin in self.manners.admins):
            reply = text_reply(self.talker.say(key, self.memory.language(admin), **fields))
            with contextlib.suppress(error.TelegramError):
                place = Place(admin, admin)
                await self.delivery.send(place, reply, remember=False, lasting=_SHORTLY)

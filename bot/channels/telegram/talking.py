"""What is done with an update: whom the bot listens to, what is answered, and when it is done.

Everything typed, commands too, goes to the talker as a `Message`; what to answer is decided there.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import error

from bot.channels.telegram.courtesy import Courtesy, Manners
from bot.channels.telegram.delivering import Delivery
from bot.channels.telegram.inbox import Inbox, Letter, now
from bot.channels.telegram.log import kind, told, whereabouts
from bot.channels.telegram.memory import Content, Memory
from bot.channels.telegram.metrics import Metrics
from bot.channels.telegram.picturing import Picturing
from bot.channels.telegram.reading import Json, Person, Place, Said, read_message, read_tap
from bot.channels.telegram.receiving import Progress, received
from bot.channels.telegram.sending import GoingDown
from bot.channels.telegram.store import StoreError
from bot.channels.telegram.words import locale_of, said_to
from bot.messages import Message, Reply, Talker, text_reply

_LOG = logging.getLogger(__name__)
_DISK_PATIENCE = 1.0
Handling = Callable[[Letter, Json], Awaitable[None]]


@dataclass(slots=True)
class Me:
    """Who the bot is; known once Telegram has said so."""

    id: int = 0
    name: str = ""


class Talking:
    """Handles letters, one of a lane at a time."""

    def __init__(
        self, talker: Talker, inbox: Inbox, memory: Memory, delivery: Delivery,
        picturing: Picturing, metrics: Metrics, manners: Manners,
    ) -> None:  # fmt: skip
        self.me = Me()
        self.talker = talker
        self.inbox = inbox
        self.memory = memory
        self.delivery = delivery
        self._picturing = picturing
        self.metrics = metrics
        self.courtesy = Courtesy(talker, memory, delivery, manners)
        self._manners = manners
        self.kinds: dict[str, Handling] = {
            "message": self._on_message,
            "edited_message": self._on_edit,
            "my_chat_member": self._on_membership,
        }
        """Who handles which kind of update; others are ignored."""
        self._album: str | None = None
        self._thinking = asyncio.Lock()

    # -- one letter --------------------------------------------------------------------------

    async def take(self, letter: Letter) -> None:
        """Handle a letter until it is done or put aside; at the end of the program it stays."""
        try:
            if letter.is_stale(now()):
                self.settle(letter, "stale")
            while not letter.settled:
                await self._try(letter)
        except GoingDown:
            pass
        except Exception as failure:
            _LOG.error("update %s: %s at %s", letter.id, kind(failure), whereabouts(failure))

    async def _try(self, letter: Letter) -> None:
        try:
            if (handling := self.kinds.get(letter.kind)) is not None:
                await handling(letter, letter.body[letter.kind])
        except StoreError:
            await asyncio.sleep(_DISK_PATIENCE)
        except Exception as failure:
            # Its text may hold what a user wrote.
            where = f"{kind(failure)} at {whereabouts(failure)}"
            _LOG.error("update %s failed: %s", letter.id, where)
            if not letter.settled:
                await self._failed(letter, where)
        else:
            if not letter.settled:
                self.settle(letter, "ignored")

    async def _failed(self, letter: Letter, where: str) -> None:
        """Try again in a moment, or put it aside and own up to it."""
        if not self.inbox.failed(letter, where):
            waits = self._manners.retries
            await asyncio.sleep(waits[min(letter.attempts, len(waits)) - 1] if waits else 0)
            return
        letter.settled = True
        self.metrics.settled.labels("aside").inc()
        await self._own_up(letter)
        await self.courtesy.tell_admins("put_aside", update=str(letter.id), reason=where)

    async def _own_up(self, letter: Letter) -> None:
        """Tell the user that it went wrong."""
        try:
            content = letter.body[letter.kind]
            read = read_tap(content) if letter.kind == "callback_query" else read_message(content)
            if read is not None and read.place is not None:
                words = self.talker.say("failed", self.courtesy.language(read.person))
                await self.courtesy.mention(read.place, words)
        except Exception as failure:
            _LOG.warning("update %s: nobody could be told: %s", letter.id, kind(failure))

    def settle(
        self, letter: Letter, outcome: str, reply: Reply | None = None, text: str = ""
    ) -> None:
        """It is done with: erase it, count it, log it."""
        letter.settled = True
        self.inbox.done(letter)
        self.metrics.settled.labels(outcome).inc()
        seconds = now() - letter.at
        about = reply.about if reply is not None else None
        if reply is not None:
            self.metrics.latency.observe(seconds)
            self.metrics.answered(about)
        shown = text if self._manners.log_texts else ""
        _LOG.info(outcome, extra=told(letter.id, letter.kind, seconds, about, shown))

    # -- messages ----------------------------------------------------------------------------

    async def _on_message(self, letter: Letter, content: Json) -> None:
        said = read_message(content)
        if said is None:
            return
        if said.moved_to is not None:
            self.memory.migrate(said.place.chat, said.moved_to)
        if said.place.alone:
            self.memory.block(said.person.id, False)
        text = self._heard(said)
        if text is None and not (said.place.alone and self._is_new_media(said)):
            return
        if await self.may_ask(letter, said.place, said.person):
            async with self.courtesy.typing(said.place):
                progress = Progress(self.delivery, said.place)
                reply = await self._reply_to(said, text, letter, progress)
                await self.deliver(letter, said.place, reply, text or "", await progress.end())

    async def _reply_to(
        self, said: Said, text: str | None, letter: Letter, progress: Progress
    ) -> Reply:
        """A reply to a message; a document is for admins only."""
        second_hand, person = said.second_hand, said.person
        if said.document is None or str(person.id) not in self._manners.admins:
            return await self.reply(
                said.place, person, text, letter, second_hand=second_hand, told=progress
            )
        # A report may well be forwarded: it is shown, and somebody has to agree.
        message = self._message(said.place, person, text or "", False, progress)
        return await received(self.delivery.api, self.talker, message, said.document)

    def _heard(self, said: Said) -> str | None:
        """What a message says to the bot; None for nothing."""
        if said.text is None:
            return None
        addressed = said.answers == self.me.id
        return said_to(self.me.name, said.text, addressed=addressed, alone=said.place.alone)

    def _is_new_media(self, said: Said) -> bool:
        """Whether it is something other than text, and the first of its album."""
        again = said.album is not None and said.album == self._album
        self._album = said.album
        return said.media and not again

    async def may_ask(self, letter: Letter, place: Place, person: Person) -> bool:
        """Whether somebody has not asked too much; then the letter is done with."""
        if await self.courtesy.is_fair(letter.at, place, person):
            return True
        self.settle(letter, "limited")
        return False

    def _message(
        self, place: Place, person: Person, text: str, second_hand: bool,
        told: Callable[[str], None] | None = None,
    ) -> Message:  # fmt: skip
        return Message(
            text[: self._manners.longest],
            session=f"telegram:{place.chat}:{person.id}",
            user=str(person.id),
            language=self.memory.language(person.id),
            locale=locale_of(person.code),
            group=not place.alone,
            second_hand=second_hand,
            told=told,
        )

    async def reply(
        self, place: Place, person: Person, text: str | None, letter: Letter, *,
        second_hand: bool = False, told: Callable[[str], None] | None = None,
    ) -> Reply:  # fmt: skip
        """What the talker answers; whatever it wants done with the user is done."""
        if text is None:
            return text_reply(self.talker.say("only_text", self.courtesy.language(person)))
        message = self._message(place, person, text, second_hand, told)
        async with self._thinking:
            # One thought between two looks at the network: what was sent is noted as soon as
            # Telegram says so, however many others are waiting for their answers.
            await asyncio.sleep(0)
        self.inbox.begin(letter)
        try:
            reply = await self.talker.handle(message)
        finally:
            self.inbox.end()
        await self._obey(person, reply)
        return reply

    def rate(self, place: Place, person: Person, content: Content, *, good: bool) -> None:
        """Tell the talker what somebody thinks of an answer."""
        facts = content.about.facts if content.about else ()
        self.talker.rate(self._message(place, person, "", False), facts, good=good)

    async def _obey(self, person: Person, reply: Reply) -> None:
        if reply.language:
            self.memory.choose(person.id, reply.language)
        if reply.forget:
            await self.memory.forget(person.id)
        if reply.feedback:
            self.memory.feedback(person.id, reply.feedback)
            await self.courtesy.tell_admins("feedback_came", words=reply.feedback)

    async def deliver(
        self, letter: Letter, place: Place, reply: Reply, text: str = "", over: int | None = None
    ) -> None:
        """Send the answer, in place of the message *over*; from then on the letter is done."""
        try:
            sent = over if over and await self.delivery.edit(place.chat, over, reply) else None
            sent = sent or await self.delivery.send(place, reply, remember=not reply.forget)
        except error.BadRequest as failure:
            _LOG.error("update %s: Telegram refuses the answer: %s", letter.id, kind(failure))
            await self._own_up(letter)
            self.settle(letter, "refused", reply, text)
            return
        self.settle(letter, "answered" if sent else "unsent", reply, text)
        if sent:
            await self._picturing.follow(place, sent, reply.chart)

    async def _on_edit(self, letter: Letter, content: Json) -> None:
        """An edited question edits its answer."""
        said = read_message(content)
        text = self._heard(said) if said is not None else None
        if said is None or text is None or said.place.asked is None:
            return
        place = said.place
        answer = await self.memory.answer_to(place.chat, said.place.asked)
        if not await self.may_ask(letter, place, said.person):
            return
        async with self.courtesy.typing(place):
            reply = await self.reply(place, said.person, text, letter, second_hand=True)
            if answer is not None and await self.delivery.edit(place.chat, answer, reply):
                self.settle(letter, "edited", reply, text)
                await self._picturing.follow(place, answer, reply.chart)
            else:
                await self.deliver(letter, place, reply, text)

    async def _on_membership(self, _: Letter, change: Json) -> None:
        """Somebody has blocked the bot, or lets it in again."""
        if change["chat"]["type"] == "private":
            gone = change["new_chat_member"]["status"] == "kicked"
            self.memory.block(change["chat"]["id"], gone)

"""Taps on buttons: each is acknowledged, and then taken as if its option had been typed."""

from __future__ import annotations

from telegram import CallbackQuery, Update

from bot.channels.telegram.buttons import Page, Rating, tapped
from bot.channels.telegram.delivering import Place
from bot.channels.telegram.inbox import Letter
from bot.channels.telegram.memory import Content
from bot.channels.telegram.talking import Talking
from bot.messages import Option

_MAX_NOTICE = 200


class Tapping:
    """Handles callback queries."""

    def __init__(self, talking: Talking) -> None:
        self._talking = talking
        self._memory = talking.memory
        self._delivery = talking.delivery

    async def on_tap(self, letter: Letter, update: Update) -> None:
        """Do what a button stands for; one that nothing is known of is stale."""
        query, place = update.callback_query, Place.of(update)
        if query is None:
            return
        content = None
        if query.message is not None:
            shown = query.message
            content = await self._memory.content(shown.chat.id, shown.message_id)
        tap = tapped(content, query.data)
        if tap is None or content is None or place is None or place.asked is None:
            await self._acknowledge(query, "stale_button")
            self._talking.settle(letter, "stale")
        elif isinstance(tap, Rating):
            await self._rate(letter, query, place, content, tap)
        elif isinstance(tap, Page):
            await self._acknowledge(query)
            await self._delivery.turn(place.chat, place.asked, content, tap.number)
            self._talking.settle(letter, "turned")
        else:
            await self._acknowledge(query)
            await self._say(letter, query, place, tap)

    async def _say(
        self, letter: Letter, query: CallbackQuery, place: Place, option: Option
    ) -> None:
        talking, user = self._talking, query.from_user
        if not await talking.is_fair(letter, place, user):
            return
        async with talking.typing(place):
            reply = await talking.reply(letter, place, user, option.say)
            here = place.asked
            if (
                option.in_place
                and here is not None
                and await self._delivery.edit(place.chat, here, reply)
            ):
                talking.settle(letter, "edited", reply)
            else:
                await talking.deliver(letter, place, reply)

    async def _rate(
        self, letter: Letter, query: CallbackQuery, place: Place, content: Content, tap: Rating
    ) -> None:
        assert place.asked is not None
        person = query.from_user.id
        self._memory.rate(person, place.chat, place.asked, tap.good, content.about)
        self._talking.metrics.ratings.labels("good" if tap.good else "bad").inc()
        await self._acknowledge(query, "rated_good" if tap.good else "rated_bad")
        await self._delivery.unrate(place.chat, place.asked, content)
        self._talking.settle(letter, "rated")

    async def _acknowledge(self, query: CallbackQuery, key: str = "") -> None:
        """End the waiting that the tapper sees; too late to do so is not too late to answer."""
        text = self._talking.talker.say(key, self._talking.language(query.from_user)) if key else ""
        notice = text[:_MAX_NOTICE] or None
        await self._delivery.gently("answerCallbackQuery", lambda: query.answer(notice))

"""Taps on buttons: each is acknowledged, and then taken as if its option had been typed."""

from __future__ import annotations

from bot.channels.telegram.buttons import Page, Rating, tapped
from bot.channels.telegram.inbox import Letter
from bot.channels.telegram.memory import Content
from bot.channels.telegram.reading import Json, Place, Tap, read_tap
from bot.channels.telegram.receiving import Progress
from bot.channels.telegram.talking import Talking
from bot.messages import Option

_MAX_NOTICE = 200


class Tapping:
    """Handles callback queries."""

    def __init__(self, talking: Talking) -> None:
        self._talking = talking
        self._memory = talking.memory
        self._delivery = talking.delivery

    async def on_tap(self, letter: Letter, content: Json) -> None:
        """Do what a button stands for; one that nothing is known of is stale."""
        tap = read_tap(content)
        place, shown = tap.place, None
        if place is not None and place.asked is not None:
            shown = await self._memory.content(place.chat, place.asked)
        meant = tapped(shown, tap.data)
        if meant is None or shown is None or place is None or place.asked is None:
            await self._acknowledge(tap, "stale_button")
            self._talking.settle(letter, "stale")
        elif isinstance(meant, Rating):
            await self._rate(letter, tap, place, shown, meant)
        elif isinstance(meant, Page):
            await self._acknowledge(tap)
            await self._delivery.turn(place.chat, place.asked, shown, meant.number)
            self._talking.settle(letter, "turned")
        else:
            await self._acknowledge(tap)
            await self._say(letter, tap, place, meant)

    async def _say(self, letter: Letter, tap: Tap, place: Place, option: Option) -> None:
        talking = self._talking
        if not await talking.may_ask(letter, place, tap.person):
            return
        async with talking.courtesy.typing(place):
            progress = Progress(self._delivery, place)
            reply = await talking.reply(place, tap.person, option.say, letter, told=progress)
            over, here = await progress.end(), place.asked
            if option.in_place and here and await self._delivery.edit(place.chat, here, reply):
                talking.settle(letter, "edited", reply, option.say)
            else:
                await talking.deliver(letter, place, reply, option.say, over)

    async def _rate(
        self, letter: Letter, tap: Tap, place: Place, content: Content, rating: Rating
    ) -> None:
        assert place.asked is not None
        self._memory.rate(tap.person.id, place.chat, place.asked, rating.good, content.about)
        self._talking.rate(place, tap.person, content, good=rating.good)
        self._talking.metrics.ratings.labels("good" if rating.good else "bad").inc()
        await self._acknowledge(tap, "rated_good" if rating.good else "rated_bad")
        await self._delivery.unrate(place.chat, place.asked, content)
        self._talking.settle(letter, "rated")

    async def _acknowledge(self, tap: Tap, key: str = "") -> None:
        """End the waiting that the tapper sees; too late to do so is not too late to answer."""
        talking = self._talking
        words = talking.talker.say(key, talking.courtesy.language(tap.person)) if key else ""
        await self._delivery.gently(
            "answerCallbackQuery", callback_query_id=tap.id, text=words[:_MAX_NOTICE] or None
        )

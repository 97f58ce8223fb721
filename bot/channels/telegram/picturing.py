"""A chart behind an answer: a picture of its own, with the figures as caption."""

from __future__ import annotations

import contextlib
from dataclasses import replace

from telegram import error

from bot.channels.telegram.client import Api
from bot.channels.telegram.delivering import pointing
from bot.channels.telegram.drawing import Drawing
from bot.channels.telegram.html import to_html
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.reading import Place
from bot.channels.telegram.sending import Sender, Unsure
from bot.messages import Chart, Reply, Run, Style

_MAX_CAPTION = 1024
_LASTING = 30.0
"""Seconds for which a picture is worth sending: the answer is there without it."""


class Picturing:
    """Sends charts; does nothing where none can be drawn."""

    def __init__(self, api: Api, sender: Sender, memory: Memory, drawing: Drawing | None) -> None:
        self._api = api
        self._sender = sender
        self._memory = memory
        self._drawing = drawing

    async def follow(self, place: Place, answer: int, chart: Chart | None) -> None:
        """Let the chart of an answer follow it; the one of an earlier answer there goes."""
        content = await self._memory.content(place.chat, answer)
        if content is not None and content.picture is not None:
            await self._remove(place.chat, content.picture)
            content = replace(content, picture=None)
            self._memory.change(place.chat, answer, content)
        if chart is None or self._drawing is None or content is None:
            return
        png = await self._drawing.draw(chart)
        sent = png and await self._send(place, png, chart)
        if sent:
            self._memory.change(place.chat, answer, replace(content, picture=sent))

    async def _send(self, place: Place, png: bytes, chart: Chart) -> int | None:
        try:
            message = await self._sender.call(
                "sendPhoto",
                lambda: self._api.call(
                    "sendPhoto",
                    files={"photo": png},
                    chat_id=place.chat,
                    caption=to_html(caption(chart), _MAX_CAPTION),
                    parse_mode="HTML",
                    message_thread_id=place.topic,
                    reply_parameters=pointing(place),
                ),
                lasting=_LASTING,
            )
        except (error.TelegramError, Unsure):
            return None
        return int(message["message_id"])

    async def _remove(self, chat: int, message: int) -> None:
        with contextlib.suppress(error.TelegramError, Unsure):
            await self._sender.call(
                "deleteMessage",
                lambda: self._api.call("deleteMessage", chat_id=chat, message_id=message),
                lasting=_LASTING,
            )


def caption(chart: Chart) -> Reply:
    """The figures of a chart, each with its place and year."""
    bars = ((Run(f"{bar.label}　"), Run(bar.printed, Style.STRONG)) for bar in chart.bars)
    return Reply(((Run(chart.title),), *bars))

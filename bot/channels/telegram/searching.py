"""Inline mode: `@bot 石狮 调解` in any chat gives figures to choose from.

Each key that is pressed is a query, so a query waits a moment, and one that was typed over by then
is not answered at all.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ParseMode

from bot.channels.telegram.html import to_html
from bot.channels.telegram.inbox import Letter
from bot.channels.telegram.talking import Talking
from bot.channels.telegram.words import locale_of
from bot.messages import Hit, Message

MAX_RESULTS = 10
_PAUSE = 0.25
"""Seconds of silence after which a query counts as typed."""
_CACHED = timedelta(seconds=60)


class Searching:
    """Handles inline queries."""

    def __init__(self, talking: Talking) -> None:
        self._talking = talking
        self._latest: dict[int, int] = {}

    def expect(self, letter: Letter) -> None:
        """A query has come: what the same person typed before it is typed over."""
        if letter.person is not None:
            self._latest[letter.person] = letter.id

    async def on_query(self, letter: Letter, update: Update) -> None:
        """Answer a query, unless there is a newer one."""
        query, talking = update.inline_query, self._talking
        if query is None:
            return
        user = query.from_user
        if self._latest.get(user.id, letter.id) == letter.id:
            await asyncio.sleep(_PAUSE)
        if self._latest.get(user.id, letter.id) != letter.id:
            talking.settle(letter, "typed over")
            return
        self._latest.pop(user.id, None)
        message = Message(
            query.query, f"search:{user.id}", str(user.id),
            talking.memory.language(user.id), locale_of(user.language_code),
        )  # fmt: skip
        talking.inbox.begin(letter)
        try:
            hits = talking.talker.search(message)
        finally:
            talking.inbox.end()
        label = talking.talker.say("inline_button", talking.language(user))
        results = [_article(hit) for hit in hits[:MAX_RESULTS]]
        await talking.delivery.gently(
            "answerInlineQuery",
            lambda: query.answer(
                results,
                cache_time=_CACHED,
                is_personal=True,
                button=InlineQueryResultsButton(label, start_parameter="inline"),
            ),
        )
        talking.settle(letter, "searched")


def _article(hit: Hit) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        hit.id,
        hit.title,
        InputTextMessageContent(
            to_html(hit.reply),
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        ),
        description=hit.description,
    )

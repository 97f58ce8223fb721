"""Inline mode: `@bot 余姚 调解` in any chat gives figures to choose from.

Each key that is pressed is a query, so a query waits a moment, and one that was typed over by then
is not answered at all.
"""

from __future__ import annotations

import asyncio

from bot.channels.telegram.html import to_html
from bot.channels.telegram.inbox import Letter
from bot.channels.telegram.reading import Json, read_search
from bot.channels.telegram.talking import Talking
from bot.channels.telegram.words import locale_of
from bot.messages import Hit, Message

MAX_RESULTS = 10
_PAUSE = 0.25
"""Seconds of silence after which a query counts as typed."""
_CACHED = 60
"""Seconds for which Telegram may answer the same query of the same person itself."""


class Searching:
    """Handles inline queries."""

    def __init__(self, talking: Talking) -> None:
        self._talking = talking
        self._latest: dict[int, int] = {}

    def expect(self, letter: Letter) -> None:
        """A query has come: what the same person typed before it is typed over."""
        if letter.person is not None:
            self._latest[letter.person] = letter.id

    async def on_query(self, letter: Letter, content: Json) -> None:
        """Answer a query, unless there is a newer one."""
        query, talking = read_search(content), self._talking
        person = query.person
        if self._latest.get(person.id, letter.id) == letter.id:
            await asyncio.sleep(_PAUSE)
        if self._latest.get(person.id, letter.id) != letter.id:
            talking.settle(letter, "typed over")
            return
        self._latest.pop(person.id, None)
        message = Message(
            query.text, f"search:{person.id}", str(person.id),
            talking.memory.language(person.id), locale_of(person.code),
        )  # fmt: skip
        talking.inbox.begin(letter)
        try:
            hits = talking.talker.search(message)
        finally:
            talking.inbox.end()
        label = talking.talker.say("inline_button", talking.courtesy.language(person))
        await talking.delivery.gently(
            "answerInlineQuery",
            inline_query_id=query.id,
            results=[_article(hit) for hit in hits[:MAX_RESULTS]],
            cache_time=_CACHED,
            is_personal=True,
            button={"text": label, "start_parameter": "inline"},
        )
        talking.settle(letter, "searched")


def _article(hit: Hit) -> dict[str, object]:
    content = {
        "message_text": to_html(hit.reply),
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    return {
        "type": "article",
        "id": hit.id,
        "title": hit.title,
        "description": hit.description,
        "input_message_content": content,
    }

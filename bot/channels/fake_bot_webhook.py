"""Deliveries of the fake Bot API: one update of a chat at a time, again until it is taken."""

import asyncio
import contextlib
from collections import defaultdict
from typing import Any

import aiohttp

from bot.channels.fake_bot_calls import Json
from bot.channels.fake_bot_chats import Chats

HEADER = "X-Telegram-Bot-Api-Secret-Token"


class Deliveries:
    """Delivers the updates of a server to the webhook it was given."""

    def __init__(self, chats: Chats, pause: float = 0.2) -> None:
        self._chats = chats
        self._pause = pause
        """Seconds before a refused update is delivered again."""
        self.statuses: list[int] = []
        """What each delivery was answered with; 0 when it was not."""
        self._lanes: dict[Any, asyncio.Queue[Json]] = {}
        self._taken: list[Json] = []
        self._tasks: list[asyncio.Task[None]] = []
        self._failed: defaultdict[int, int] = defaultdict(int)

    async def run(self) -> None:
        """Deliver until it is cancelled."""
        async with aiohttp.ClientSession() as session:
            try:
                while True:
                    for update in [*self._chats.updates] if self._chats.webhook else []:
                        if not any(update is taken for taken in self._taken):
                            self._taken.append(update)
                            self._line_up(session, update)
                    await asyncio.sleep(0.005)
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def _line_up(self, session: aiohttp.ClientSession, update: Json) -> None:
        kind = next(k for k in update if k != "update_id")
        body = update[kind]
        lane = body["chat"]["id"] if "chat" in body else (kind, body["from"]["id"])
        if lane not in self._lanes:
            self._lanes[lane] = asyncio.Queue()
            self._tasks.append(asyncio.create_task(self._serve(session, self._lanes[lane])))
        self._lanes[lane].put_nowait(update)

    async def _serve(self, session: aiohttp.ClientSession, queue: asyncio.Queue[Json]) -> None:
        while True:
            update = await queue.get()
            while not 200 <= await self.deliver(session, update) < 300:  # noqa: ASYNC110
                await asyncio.sleep(self._pause)
            self._taken = [taken for taken in self._taken if taken is not update]
            self._chats.updates = [kept for kept in self._chats.updates if kept is not update]

    async def deliver(
        self, session: aiohttp.ClientSession, update: Json, secret: str | None = None
    ) -> int:
        """Deliver once; the status, 0 when there was none."""
        webhook = self._chats.webhook
        given = webhook.get("secret_token", "") if secret is None else secret
        status = 0
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            limit = aiohttp.ClientTimeout(total=10)
            headers = {HEADER: given} if given else {}
            async with session.post(
                webhook["url"], json=update, headers=headers, timeout=limit
            ) as response:
                status = response.status
        self.statuses.append(status)
        return status

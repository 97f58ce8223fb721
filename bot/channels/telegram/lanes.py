"""Lanes: what belongs to one chat is done one after another, chats side by side."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

_T = TypeVar("_T")


class Lanes(Generic[_T]):
    """Takes things in order and hands each to *work*, which must not raise."""

    def __init__(self, work: Callable[[_T], Awaitable[None]]) -> None:
        self._work = work
        self._queues: dict[Hashable, deque[_T]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.depth = 0
        """How many are waiting or in work."""

    def put(self, lane: Hashable, thing: _T) -> None:
        """Line up."""
        self.depth += 1
        queue = self._queues.get(lane)
        if queue is not None:
            queue.append(thing)
            return
        self._queues[lane] = deque((thing,))
        task = asyncio.get_running_loop().create_task(self._serve(lane))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, lane: Hashable) -> None:
        queue = self._queues[lane]
        try:
            while queue:
                try:
                    await self._work(queue.popleft())
                finally:
                    self.depth -= 1
        finally:
            self.depth -= len(queue)
            del self._queues[lane]

    async def wait(self, seconds: float) -> bool:
        """Wait for all to be done; False when that takes longer."""
        if self._tasks:
            await asyncio.wait(set(self._tasks), timeout=seconds)
        return not self._tasks

    async def drain(self, seconds: float) -> bool:
        """The same, and break off what takes longer."""
        done = await self.wait(seconds)
        for task in set(self._tasks):
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        return done

"""Calls of the Bot API that must succeed: what is tried again, for how long, and what never is.

Flood control holds up the chat it is about and no other, since each chat waits in its own lane. A
call that may have arrived is not repeated; one that has not is, until it is too late to matter.
"""

from __future__ import annotations

import asyncio
import contextlib
import datetime
import logging
import random
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar, cast

from telegram import error

from bot.channels.telegram.client import Unreached
from bot.channels.telegram.log import Novelty, kind
from bot.channels.telegram.metrics import Metrics

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")

LASTING = 24 * 3600.0
"""Seconds for which an answer is worth sending."""
_FIRST_WAIT, _LONGEST_WAIT = 0.25, 30.0


class Unsure(Exception):
    """The call may have arrived, or not."""


class GoingDown(Exception):
    """The program ends before the call could succeed."""


class Sender:
    """Calls with patience."""

    def __init__(self, metrics: Metrics, first_wait: float = _FIRST_WAIT) -> None:
        self._metrics = metrics
        self._first_wait = first_wait
        self._closing = asyncio.Event()
        self._trouble = Novelty(lasting=60.0)

    def close(self) -> None:
        """Wait for nothing any more: what is not sent by now stays in the inbox."""
        self._closing.set()

    async def call(
        self, method: str, attempt: Callable[[], Awaitable[_T]], *, lasting: float = LASTING
    ) -> _T:
        """Try for *lasting* seconds.

        Raises Forbidden, BadRequest and ChatMigrated as they come, `Unsure` for a call that may
        have arrived, `GoingDown` at the end of the program, and the last failure when time is up.
        """
        deadline = time.monotonic() + lasting
        wait = self._first_wait
        while True:
            try:
                result = await attempt()
            except error.TelegramError as failure:
                self._count(method, failure)
                pause = self._pause(failure, wait)
                if time.monotonic() + pause > deadline:
                    raise
                self._tell(method, failure)
            else:
                self._metrics.requests.labels(method, "ok").inc()
                return result
            await self._sleep(pause)
            wait = min(2 * wait, _LONGEST_WAIT)

    def _pause(self, failure: error.TelegramError, wait: float) -> float:
        """Seconds until the next try; raises when there must be none."""
        if isinstance(failure, error.RetryAfter):
            return cast(datetime.timedelta, failure.retry_after).total_seconds()
        if isinstance(failure, error.TimedOut):
            raise Unsure from None
        if isinstance(failure, error.BadRequest | error.Forbidden | error.ChatMigrated):
            raise failure
        # The network, a 5xx; a 401 or 404 of a proxy during maintenance.
        return wait * random.uniform(0.5, 1.5)  # not all chats at the same moment

    def _count(self, method: str, failure: error.TelegramError) -> None:
        outcome = "unreached" if isinstance(failure, Unreached) else type(failure).__name__
        self._metrics.requests.labels(method, outcome).inc()

    def _tell(self, method: str, failure: error.TelegramError) -> None:
        if self._trouble.is_new(f"{method} {kind(failure)}"):
            _LOG.warning("%s failed, trying on: %s", method, kind(failure))

    async def _sleep(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()
            raise GoingDown

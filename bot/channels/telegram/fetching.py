"""Where updates come from: fetched by long polling, or delivered to a webhook.

Both hand what came to `accept`, which returns once it is on disk. Only then is Telegram told.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast
from urllib.parse import urlsplit

from aiohttp import web
from telegram import error

from bot.channels.telegram.client import Api
from bot.channels.telegram.inbox import ALLOWED, MAX_NUMBER
from bot.channels.telegram.log import Novelty, kind
from bot.channels.telegram.metrics import Metrics
from bot.channels.telegram.store import StoreError
from bot.messages import Pulse

_LOG = logging.getLogger(__name__)

Accept = Callable[[list[dict[str, Any]]], Awaitable[None]]
"""Keeps updates; StoreError or Full when it cannot, so that Telegram sends them again.

ValueError for what is no update.
"""
POLL_SECONDS = 30
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_MAX_BYTES = 1 << 20
_RETRY_SECONDS = "2"


class Full(Exception):
    """So much is waiting that no more is taken for now."""


class Polling:
    """Fetches updates until it is cancelled."""

    def __init__(self, api: Api, accept: Accept) -> None:
        self._api = api
        self._accept = accept
        self._offset = 0
        self._trouble = Novelty(lasting=600.0)
        self.fetched_at = 0.0
        """When Telegram last answered, by the clock of the event loop."""

    async def run(self) -> None:
        """Fetch, keep, confirm; a failure is waited out."""
        wait = 1.0
        while True:
            try:
                updates = await self._fetch(POLL_SECONDS)
                self.fetched_at = asyncio.get_running_loop().time()
                if updates:
                    await self._keep(updates)
            except Exception as failure:  # whatever it is: a bot that does not fetch is dead
                if self._trouble.is_new(kind(failure)):
                    _LOG.warning("no updates from Telegram, trying on: %s", kind(failure))
                pause = wait
                if isinstance(failure, error.RetryAfter):
                    pause = cast(Any, failure.retry_after).total_seconds()
                await asyncio.sleep(pause)
                wait = min(2 * wait, 30.0)
            else:
                wait = 1.0

    async def _keep(self, updates: list[dict[str, Any]]) -> None:
        numbers = [u["update_id"] for u in updates if isinstance(u.get("update_id"), int)]
        known = [number for number in numbers if number < MAX_NUMBER]
        if known:
            await self._accept(updates)
            self._offset = max(known) + 1

    async def confirm(self) -> None:
        """Tell Telegram what was kept, so that another machine does not get it again."""
        if self._offset:
            try:
                await self._fetch(0)
            except error.TelegramError as failure:
                _LOG.info("the last updates are not confirmed: %s", kind(failure))

    async def _fetch(self, seconds: int) -> list[dict[str, Any]]:
        # Raw: an update that the library cannot read must not stop those behind it.
        found = await self._api.call(
            "getUpdates",
            read_timeout=seconds + 10,
            timeout=seconds,
            offset=self._offset or None,
            limit=None if seconds else 1,
            allowed_updates=ALLOWED,
        )
        return cast(list[dict[str, Any]], found)


class Webhook:
    """Takes deliveries from whoever knows the secret."""

    def __init__(self, accept: Accept, secret: str, metrics: Metrics) -> None:
        self._accept = accept
        self._secret = secret.encode()
        self._metrics = metrics

    async def deliver(self, delivery: web.Request) -> web.Response:
        """Answer 200 once the update is on disk."""
        given = delivery.headers.get(_HEADER, "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return self._refuse(403, "secret")
        try:
            body = json.loads(await delivery.read())
            if not isinstance(body, dict):
                return self._refuse(400, "malformed")
            await self._accept([body])
        except ValueError:
            return self._refuse(400, "malformed")
        except (StoreError, Full) as failure:
            return self._refuse(503, "full" if isinstance(failure, Full) else "disk")
        return web.Response()

    def _refuse(self, status: int, why: str) -> web.Response:
        self._metrics.refused.labels(why).inc()
        headers = {"Retry-After": _RETRY_SECONDS} if status == 503 else {}
        return web.Response(status=status, headers=headers)


class Watch:
    """What the admin port shows."""

    def __init__(
        self, metrics: Metrics, pulse: Callable[[], Pulse], ready: Callable[[], bool]
    ) -> None:
        self._metrics = metrics
        self._pulse = pulse
        self._ready = ready

    async def health(self, _: web.Request) -> web.Response:
        """Alive is who answers; ready who can keep and answer questions, else 503."""
        ready, pulse = self._ready(), self._pulse()
        told = {
            "live": True, "ready": ready, "version": pulse.version,
            "reports": pulse.reports, "facts": pulse.facts,
        }  # fmt: skip
        return web.json_response(told, status=200 if ready else 503)

    async def metrics(self, _: web.Request) -> web.Response:
        """Everything that is counted, in Prometheus' form."""
        text = self._metrics.text(self._pulse())
        return web.Response(body=text, headers={"Content-Type": "text/plain; version=0.0.4"})


def path_of(url: str) -> str:
    """The path under which a public URL reaches the webhook."""
    return urlsplit(url).path or "/"


async def listen(address: str, routes: list[web.RouteDef]) -> web.AppRunner:
    """Serve on host:port; OSError when that is taken."""
    host, _, port = address.rpartition(":")
    application = web.Application(client_max_size=_MAX_BYTES)
    application.add_routes(routes)
    # No access log: the secret path and who asks are nobody's business.
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=5.0)
    await runner.setup()
    await web.TCPSite(runner, host.strip("[]") or None, int(port)).start()
    return runner

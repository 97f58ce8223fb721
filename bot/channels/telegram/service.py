"""The running channel: from the first request to Telegram to the last answer before the end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import re
from collections.abc import Sequence
from typing import Any

from aiohttp import web
from telegram import Bot, error

from bot.channels.telegram.client import AioRequest, Api
from bot.channels.telegram.delivering import Delivery
from bot.channels.telegram.drawing import Drawing, find_font
from bot.channels.telegram.fetching import Full, Polling, Watch, Webhook, listen, path_of
from bot.channels.telegram.inbox import ALLOWED, Inbox, Letter, now, readable
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.log import hush_libraries, kind
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.menu import Menu
from bot.channels.telegram.metrics import Metrics
from bot.channels.telegram.picturing import Picturing
from bot.channels.telegram.searching import Searching
from bot.channels.telegram.sending import GoingDown, Sender, Unsure
from bot.channels.telegram.setup import Setup
from bot.channels.telegram.store import Store, StoreError
from bot.channels.telegram.talking import Me, Talking
from bot.channels.telegram.tapping import Tapping
from bot.channels.telegram.words import Command
from bot.errors import ChannelError
from bot.messages import Talker

_LOG = logging.getLogger(__name__)
_TIDY_AFTER = 1.0
"""Seconds of quiet after which what was erased is overwritten in the file's log, too."""
_PURGE_EVERY = 600.0
_LOOPBACK = re.compile(r"https?://(?:localhost|127\.[\d.]+|\[::1\])(?::|/|$)")
_STALLED = 120.0
"""Seconds without an answer to a poll after which the bot is not ready."""


def _drawing(setup: Setup) -> Drawing | None:
    """What draws charts; without a Chinese font that is said once, and texts go alone."""
    if not setup.charts:
        return None
    font = find_font(setup.chart_font)
    if font is None:
        where = setup.chart_font or "on this machine (Debian: apt install fonts-wqy-zenhei)"
        _LOG.warning("answers come without charts: there is no Chinese font %s", where)
        return None
    return Drawing(font)


async def end(task: asyncio.Task[Any]) -> None:
    """Break a task off and wait until it has ended."""
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task


class Service:
    """One bot, served. Use as an async context manager."""

    def __init__(self, setup: Setup, talker: Talker, commands: Sequence[Command]) -> None:
        if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", setup.token):
            raise ChannelError(
                "the bot token is malformed: one looks like 123456:AbCdEf-GhIjKl_MnOp"
            )
        hush_libraries()
        # Otherwise the library warns at each 429 that `retry_after` is going to be a timedelta.
        os.environ["PTB_TIMEDELTA"] = "1"
        self._setup = setup
        self._talker = talker
        root = setup.api_root.rstrip("/")
        proxied = not _LOOPBACK.match(root)
        self._door = AioRequest(connections=2, proxied=proxied)
        request = AioRequest(read=setup.read_timeout, proxied=proxied)
        self.bot = Bot(setup.token, f"{root}/bot", f"{root}/file/bot", request, self._door)
        self.metrics = Metrics()
        self._store = Store(setup.folder / "telegram.sqlite")
        self._inbox = Inbox(self._store, setup.folder / "telegram.busy")
        self._memory = Memory(self._store)
        self._sender = Sender(self.metrics)
        self._drawing = _drawing(setup)
        self._talking = self._assembled(Api(request, self.bot.base_url, self.bot.base_file_url))
        self._searching = Searching(self._talking)
        self._talking.kinds |= {
            "callback_query": Tapping(self._talking).on_tap,
            "inline_query": self._searching.on_query,
        }
        self.lanes: Lanes[Letter] = Lanes(self._talking.take)
        self.metrics.watch(lambda: self.lanes.depth)
        admins = sorted(map(int, setup.manners.admins))
        self._menu = Menu(self.bot, root, talker, commands, admins)
        self._polling: Polling | None = None
        self._runners: list[web.AppRunner] = []
        self._tasks: list[asyncio.Task[Any]] = []
        self._fetching: asyncio.Task[None] | None = None
        self._serving = False

    def _assembled(self, api: Api) -> Talking:
        sender, memory = self._sender, self._memory
        delivery = Delivery(api, sender, memory)
        picturing = Picturing(api, sender, memory, self._drawing)
        return Talking(
            self._talker, self._inbox, memory, delivery, picturing, self.metrics,
            self._setup.manners,
        )  # fmt: skip

    # -- life --------------------------------------------------------------------------------

    async def __aenter__(self) -> Service:
        """Serve; what the last process left behind is answered first."""
        await self._inbox.claim()
        await self._store.open()
        await self._memory.load()
        await self._inbox.purge(now())
        if self._setup.http_listen:
            watch = Watch(self.metrics, self._talker.pulse, self.is_ready)
            await self._listen(
                self._setup.http_listen,
                [web.get("/healthz", watch.health), web.get("/metrics", watch.metrics)],
            )
        await self._log_in()
        await self._replay()
        await (self._deliver if self._setup.webhook_url else self._fetch)()
        self._serving = True
        self._spawn(self._set_menu())
        self._spawn(self._housekeeping())
        _LOG.info("serving as @%s", self.bot.username)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Take nothing more, answer what is there, close."""
        self._serving = False
        if self._fetching is not None:
            await end(self._fetching)
        for runner in self._runners[::-1]:
            await runner.cleanup()
        for task in self._tasks:
            await end(task)
        drained = await self._drain()
        if self._polling is not None:
            await self._polling.confirm()
        await self._store.tidy()
        await self._store.close()
        self._inbox.close()
        if self._drawing is not None:
            self._drawing.close()
        with contextlib.suppress(error.TelegramError):
            await self.bot.shutdown()
        _LOG.info("stopped" if drained else "stopped; what is left is answered at the next start")

    async def _drain(self) -> bool:
        """Give answers under way their time; waits for Telegram are cut short half-way."""
        if await self.lanes.wait(self._setup.drain / 2):
            return True
        self._sender.close()
        return await self.lanes.drain(self._setup.drain / 2)

    def is_ready(self) -> bool:
        """Whether questions are kept and answered."""
        if not self._serving or self._store.failing:
            return False
        if self._polling is None:
            return True
        return asyncio.get_running_loop().time() - self._polling.fetched_at < _STALLED

    def _spawn(self, work: Any) -> None:
        self._tasks.append(asyncio.get_running_loop().create_task(work))

    async def _listen(self, address: str, routes: list[web.RouteDef]) -> None:
        try:
            self._runners.append(await listen(address, routes))
        except OSError as failure:
            raise ChannelError(f"cannot listen on {address}: {failure.strerror}") from None

    # -- the start ---------------------------------------------------------------------------

    async def _log_in(self) -> None:
        """Reach Telegram at last: a name server that is late at boot must not kill the bot."""
        wait = 1.0
        while True:
            try:
                await self.bot.initialize()
                self._talking.me = Me(self.bot.id, self.bot.username)
                return
            except error.InvalidToken:
                break  # it quotes the token: ours is raised where this one is not its context
            except error.TelegramError as failure:
                _LOG.warning("Telegram cannot be reached, trying on: %s", kind(failure))
                await asyncio.sleep(wait)
                wait = min(2 * wait, 30.0)
        raise ChannelError("Telegram refuses the bot token; @BotFather tells the right one")

    async def _replay(self) -> None:
        letters, deadly = await self._inbox.waiting()
        if letters:
            _LOG.info("%d updates were left unanswered and are answered now", len(letters))
        for letter in letters:
            self._line_up(letter)
        for number in deadly:
            _LOG.error("update %s is put aside: the process died of it", number)
            reason = "the process died of it"
            self._spawn(
                self._talking.courtesy.tell_admins("put_aside", update=str(number), reason=reason)
            )

    async def _fetch(self) -> None:
        await self._insist("deleteWebhook", lambda: self.bot.delete_webhook(False))
        self._polling = Polling(Api(self._door, self.bot.base_url), self.accept)
        self._polling.fetched_at = asyncio.get_running_loop().time()
        self._fetching = asyncio.get_running_loop().create_task(self._polling.run())

    async def _deliver(self) -> None:
        setup = self._setup
        webhook = Webhook(self.accept, setup.webhook_secret, self.metrics)
        path = setup.webhook_path or path_of(setup.webhook_url)
        await self._listen(setup.webhook_listen, [web.post(path, webhook.deliver)])
        await self._insist(
            "setWebhook",
            lambda: self.bot.set_webhook(
                setup.webhook_url,
                allowed_updates=ALLOWED,
                drop_pending_updates=False,
                secret_token=setup.webhook_secret,
                max_connections=100,
            ),
        )

    async def _insist(self, method: str, attempt: Any) -> None:
        while True:
            try:
                await self._sender.call(method, attempt, lasting=float("inf"))
                return
            except Unsure:
                continue  # said twice, it is the same
            except error.TelegramError as failure:
                text = failure.message.replace(self._setup.token, "[secret]")
                raise ChannelError(f"Telegram refuses {method}: {text}") from None

    async def _set_menu(self) -> None:
        with contextlib.suppress(GoingDown, StoreError):
            await self._menu.set(self._sender, self._memory)

    # -- updates -----------------------------------------------------------------------------

    async def accept(self, bodies: list[dict[str, Any]]) -> None:
        """Keep updates and line up those that are new.

        Full or StoreError when that fails, ValueError when there is no update among them.
        """
        if self.lanes.depth >= self._setup.most_waiting:
            raise Full
        at = now()
        letters = readable(bodies, at)
        new = await self._inbox.put(letters)
        self.metrics.repeated.inc(len(letters) - len(new))
        for letter in new:
            self.metrics.received.labels(letter.kind if letter.kind in ALLOWED else "other").inc()
            self._line_up(letter)

    def _line_up(self, letter: Letter) -> None:
        if letter.kind == "inline_query":
            self._searching.expect(letter)
        self.lanes.put(letter.lane, letter)

    async def _housekeeping(self) -> None:
        """Overwrite what was erased once it is quiet; purge from time to time."""
        loop = asyncio.get_running_loop()
        purged, tidied = loop.time(), -1
        while True:
            await asyncio.sleep(_TIDY_AFTER)
            if not self.lanes.depth and self._store.commits != tidied:
                with contextlib.suppress(StoreError):
                    await self._inbox.settle()
                await self._store.tidy()
                tidied = self._store.commits
            if loop.time() - purged > _PURGE_EVERY:
                purged = loop.time()
                with contextlib.suppress(StoreError):
                    await self._inbox.purge(now())

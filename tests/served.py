"""`fazhibot run` in a process of its own, against a Bot API on loopback."""

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fake_bot_api import TOKEN, FakeBotApi

from bot.channels.fake_bot_webhook import Deliveries
from bot.settings import ROOT

SECRET = "a-secret_123"
READY = "serving as @"


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Process:
    """A bot that was started; its log is kept."""

    running: asyncio.subprocess.Process
    log: list[str] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    async def read(self) -> None:
        """Keep the log."""
        assert self.running.stderr is not None
        async for line in self.running.stderr:
            self.log.append(line.decode())
            if READY in self.log[-1]:
                self.ready.set()

    def kill(self) -> None:
        """As a power cut would."""
        self.running.send_signal(signal.SIGKILL)

    async def end(self) -> int:
        """As an orderly stop does; the exit status."""
        if self.running.returncode is None:
            self.running.send_signal(signal.SIGTERM)
        async with asyncio.timeout(30):
            return await self.running.wait()


class Home:
    """Where a bot lives: its settings stay the same from one process to the next."""

    def __init__(self, api: FakeBotApi, seeds: Path, data: Path, mode: str, **more: str) -> None:
        self.api = api
        self.port, self.watch = free_port(), free_port()
        webhook = {
            "MODE": "webhook",
            "WEBHOOK_URL": f"http://127.0.0.1:{self.port}/hook",
            "WEBHOOK_LISTEN": f"127.0.0.1:{self.port}",
            "WEBHOOK_SECRET": SECRET,
        }
        given = {
            "SEEDS": str(seeds), "DATA_DIR": str(data), "API_ROOT": api.root, "LOG": "json",
            "HTTP_LISTEN": f"127.0.0.1:{self.watch}", "ADMINS": "7",
            **(webhook if mode == "webhook" else {}), **more,
        }  # fmt: skip
        self.environment = {
            **os.environ, "TELEGRAM_BOT_TOKEN": TOKEN, "PYTHONUNBUFFERED": "1",
            **{f"FAZHIBOT_{name}": value for name, value in given.items()},
        }  # fmt: skip
        self._processes: list[Process] = []
        self._tasks: list[asyncio.Task[Any]] = []

    async def start(self, *, ready: bool = True) -> Process:
        """Start a process; by default, wait until it serves."""
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", cwd=ROOT, env=self.environment,
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        process = Process(running)
        self._processes.append(process)
        self._tasks.append(asyncio.create_task(process.read()))
        if ready:
            async with asyncio.timeout(20):
                await process.ready.wait()
        return process

    async def clear(self) -> None:
        """End what was started here."""
        for process in self._processes:
            if process.running.returncode is None:
                process.kill()
            await process.running.wait()
        await asyncio.gather(*self._tasks)


@asynccontextmanager
async def home(seeds: Path, data: Path, mode: str, **more: str) -> AsyncIterator[Home]:
    """A Bot API, with deliveries where there is a webhook, and a place for a bot."""
    async with FakeBotApi() as api:
        place = Home(api, seeds, data, mode, **more)
        delivering = asyncio.create_task(Deliveries(api.chats).run())
        try:
            yield place
        finally:
            await place.clear()
            delivering.cancel()
            await asyncio.gather(delivering, return_exceptions=True)

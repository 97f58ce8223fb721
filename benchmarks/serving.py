"""The whole bot behind a webhook – durable inbox, real questions – beside a bare echo bot."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web

from benchmarks.report import Row, Section, Target
from benchmarks.timing import percentile
from bot.channels.fake_bot_api import TOKEN
from bot.settings import ROOT

IN_FLIGHT = 32
_WARM_UP, _UPDATES, _MANY = 200, 2000, 10_000
_FIRST = 100_000
"""The number of the first update that is measured."""
_ME = {"id": 4242, "is_bot": True, "first_name": "f", "username": "FazhiBot"}
_HEADERS = {
    "X-Telegram-Bot-Api-Secret-Token": "secret",
    "Content-Type": "application/json",
}


@dataclass(frozen=True, slots=True)
class Served:
    """What a bot did under load."""

    per_second: float
    p50: float
    p99: float
    """Milliseconds from the delivery of an update to its answer."""
    cpu: float
    """Milliseconds of CPU an update: tells more than the clock when others share the machine."""
    rss: tuple[float, ...]
    """Megabytes: before the load, then after each part of it."""


class _Api:
    """A Bot API that takes everything, and knows when a chat is answered."""

    def __init__(self) -> None:
        self.hooked = asyncio.Event()
        self.answered: dict[str, asyncio.Future[None]] = {}
        self._numbers = 0

    async def serve(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        result: Any = True
        if method == "getMe":
            result = _ME
        elif method == "setWebhook":
            self.hooked.set()
        elif method == "sendMessage":
            form = await request.post()
            chat = str(form["chat_id"])
            self._numbers += 1
            talk = {"id": int(chat), "type": "private"}
            result = {"message_id": self._numbers, "date": 1, "chat": talk, "text": "x"}
            waiting = self.answered.pop(chat, None)
            if waiting is not None and not waiting.done():
                waiting.set_result(None)
        return web.json_response({"ok": True, "result": result})


def _update(number: int, text: str) -> dict[str, object]:
    user = {"id": number, "is_bot": False, "first_name": "u", "language_code": "zh-hans"}
    chat = {"id": number, "type": "private", "first_name": "u"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": user, "text": text}
    return {"update_id": number, "message": message}


async def _load(
    api: _Api, url: str, questions: Sequence[str], numbers: range
) -> tuple[float, list[float]]:
    """Keep so many updates in flight till all are answered: seconds, and milliseconds of each."""
    waits: list[float] = []
    todo = iter(numbers)
    loop = asyncio.get_running_loop()
    async with aiohttp.ClientSession(headers=_HEADERS) as session:

        async def work() -> None:
            for number in todo:
                answered = api.answered[str(number)] = loop.create_future()
                begun = time.perf_counter()
                body = json.dumps(_update(number, questions[number % len(questions)]))
                async with session.post(url, data=body) as response:
                    assert response.status == 200, response.status
                await answered
                waits.append((time.perf_counter() - begun) * 1000)

        begun = time.perf_counter()
        await asyncio.gather(*(work() for _ in range(IN_FLIGHT)))
        return time.perf_counter() - begun, waits


@asynccontextmanager
async def _bot(command: list[str], env: dict[str, str]) -> AsyncIterator[int]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *command, cwd=ROOT, env=os.environ | env,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process.pid
    finally:
        process.terminate()
        await process.wait()


async def _listening(port: int) -> None:
    """Wait for a server; the library sets its webhook before it listens."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.05)
        else:
            writer.close()
            return


def _rss(pid: int) -> float:
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def _cpu(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _measure(
    command: list[str], questions: Sequence[str], env: dict[str, str], many: int
) -> Served:
    api = _Api()
    application = web.Application()
    application.router.add_route("*", "/bot{token}/{method}", api.serve)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    root, port = f"http://127.0.0.1:{runner.addresses[0][1]}", _free_port()
    url = f"http://127.0.0.1:{port}/hook"
    given = [part.format(root=root, port=port) for part in command]
    env = {k: v.format(root=root, port=port) for k, v in env.items()}
    try:
        async with _bot(given, env) as pid:
            await asyncio.wait_for(api.hooked.wait(), 30)
            await _listening(port)
            warm_up = max(_WARM_UP, 0 if many else len(questions))
            await _load(api, url, questions, range(1, 1 + warm_up))
            rss, cpu = [_rss(pid)], _cpu(pid)
            seconds, waits = await _load(api, url, questions, range(_FIRST, _FIRST + _UPDATES))
            cpu = (_cpu(pid) - cpu) * 1000 / _UPDATES
            rss.append(_rss(pid))
            for part in range(5 if many else 0):
                first = 2 * _FIRST + part * many // 5
                await _load(api, url, questions, range(first, first + many // 5))
                rss.append(_rss(pid))
    finally:
        await runner.cleanup()
    p50, p99 = percentile(waits, 50), percentile(waits, 99)
    return Served(len(waits) / seconds, p50, p99, cpu, tuple(rss))


def measure_bot(questions: Sequence[str], data: Path, seeds: Path, many: int) -> Served:
    """The whole bot."""
    with tempfile.TemporaryDirectory(prefix="fazhibot-inbox-") as folder:
        Path(folder, "bases").symlink_to(data / "bases")
        env = {
            "TELEGRAM_BOT_TOKEN": TOKEN, "FAZHIBOT_API_ROOT": "{root}", "FAZHIBOT_LOG": "json",
            "FAZHIBOT_MODE": "webhook", "FAZHIBOT_WEBHOOK_SECRET": "secret",
            "FAZHIBOT_WEBHOOK_URL": "http://127.0.0.1:{port}/hook",
            "FAZHIBOT_WEBHOOK_LISTEN": "127.0.0.1:{port}", "FAZHIBOT_DATA_DIR": folder,
            "FAZHIBOT_SEEDS": str(seeds), "FAZHIBOT_CHARTS": "no",
        }  # fmt: skip
        return asyncio.run(_measure(["bot", "run"], questions, env, many))


def measure_echo(questions: Sequence[str]) -> Served:
    """The bare echo bot."""
    return asyncio.run(_measure(["benchmarks.echo", "{root}", "{port}"], questions, {}, 0))


def serving(questions: Sequence[str], data: Path, seeds: Path, many: int = _MANY) -> Section:
    """Updates a second, latencies and memory at 32 in flight.

    Asked again, a question is answered from memory; so the bot is measured with questions that
    repeat, as people's do, and with each text new.
    """
    new = [
        f"{said}{' ' * (n + 1)}" for n in range(1 + many // len(questions)) for said in questions
    ]
    echo = measure_echo(questions)
    whole = measure_bot(questions, data, seeds, 0)
    fresh = measure_bot(new, data, seeds, many)
    all3 = (whole, fresh, echo)
    times = tuple(one.per_second / echo.per_second for one in all3)
    rows = (
        Row("updates", "1/s", tuple(one.per_second for one in all3)),
        Row("÷ bare echo", "", times, Target(2.5, at_most=False)),
        Row("p50", "ms", tuple(one.p50 for one in all3)),
        Row("p99", "ms", tuple(one.p99 for one in all3), Target(round(echo.p99, 1))),
        Row("CPU an update", "ms", tuple(one.cpu for one in all3)),
    )
    memory = (
        Row(f"memory after {_UPDATES + many:,}", "MB", (fresh.rss[-1],) * 3, Target(150.0)),
        Row("growth over the last half", "MB", (fresh.rss[-1] - fresh.rss[-3],) * 3, Target(3.0)),
    )
    title = f"Serving Telegram: webhook, durable inbox, {IN_FLIGHT} in flight, {_UPDATES} updates"
    note = "charts off; memory: with each text new"
    return Section(title, ("repeating", "each text new", "bare echo"), (*rows, *memory), (note,))

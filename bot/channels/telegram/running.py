"""Serving in the foreground, until a signal."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Sequence

from bot.channels.telegram.log import guard_log
from bot.channels.telegram.service import Service, end
from bot.channels.telegram.setup import Setup
from bot.channels.telegram.words import Command
from bot.messages import Talker


async def serve(setup: Setup, talker: Talker, commands: Sequence[Command]) -> None:
    """Serve until SIGTERM or SIGINT; a second one does not wait for the answers under way."""
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    service = Service(setup, talker, commands)
    starting = loop.create_task(service.__aenter__())
    stopping = loop.create_task(stop.wait())
    try:
        await asyncio.wait((starting, stopping), return_when=asyncio.FIRST_COMPLETED)
        if not starting.done():
            return
        await starting
        # What is loaded by now stays: looking through it for garbage again and again would cost
        # tens of milliseconds each time.
        gc.collect()
        gc.freeze()
        await stopping
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)
        if not starting.done():
            await end(starting)
        await service.__aexit__(*sys.exc_info())


def run(setup: Setup, talker: Talker, commands: Sequence[Command]) -> None:
    """Serve in the foreground."""
    guard_log(setup.token, setup.webhook_secret)
    asyncio.run(serve(setup, talker, commands))

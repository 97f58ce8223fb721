"""Commands that serve: Telegram in the foreground, or whatever the settings ask for."""

from __future__ import annotations

import ctypes
import gc
from typing import TYPE_CHECKING

from bot import commands, logs
from bot.app import Bot
from bot.app.watching import watch
from bot.cli.ask import chat_with
from bot.cli.bots import serving
from bot.cli.root import main
from bot.errors import SettingsError
from bot.settings import Settings, load_settings

if TYPE_CHECKING:
    from bot.channels import telegram


@main.command()
def run() -> None:
    """Run the Telegram bot in the foreground."""
    settings = load_settings()
    if not settings.token:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set")
    _telegram(settings, serving(settings))


def _telegram(settings: Settings, bot: Bot) -> None:
    from bot.channels import telegram

    logs.set_up(settings.log)
    watch(bot)
    _give_back_memory()
    telegram.run(_setup(settings), bot, _menu())


_M_ARENA_MAX = -8
"""glibc's malloc.h; the bot's few threads hardly allocate and need no heap of their own."""


def _give_back_memory() -> None:
    """What only the start needed goes back to the system, where the C library is glibc."""
    gc.collect()
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.mallopt(_M_ARENA_MAX, 1)
        library.malloc_trim(0)


def _menu() -> list[telegram.Command]:
    from bot.channels.telegram import Command, Scope

    public = [
        Command(name.value, Scope.PRIVATE if name in commands.ALONE else Scope.EVERYWHERE)
        for name in commands.PUBLIC
    ]
    admin = sorted(name.value for name in commands.ADMIN_ONLY)
    return [*public, *(Command(name, Scope.ADMIN) for name in admin)]


def _setup(settings: Settings) -> telegram.Setup:
    from bot.channels.telegram import Manners, Rate, Setup

    webhook = settings.mode == "webhook"
    return Setup(
        token=settings.token.value,
        api_root=settings.api_root,
        folder=settings.data_dir,
        webhook_url=settings.webhook_url if webhook else "",
        webhook_path=settings.webhook_path,
        webhook_listen=settings.webhook_listen,
        webhook_secret=settings.webhook_secret.value,
        http_listen=settings.http_listen,
        charts=settings.charts,
        chart_font=settings.chart_font,
        manners=Manners(
            admins=settings.admins,
            private=Rate(settings.user_burst, settings.user_per_minute),
            group=Rate(settings.group_burst, settings.group_per_minute),
            log_texts=settings.log_texts,
        ),
    )


@main.command()
def start() -> None:
    """Build the base when needed; Telegram with a token, else a console chat."""
    settings = load_settings()
    bot = serving(settings)
    if settings.token:
        _telegram(settings, bot)
    else:
        chat_with(bot)

"""Commands that serve: Telegram in the foreground, or whatever the settings ask for."""

from __future__ import annotations

import logging

from bot import commands
from bot.app import Bot, make_bot
from bot.cli.ask import chat_with
from bot.cli.root import main, progress_bar
from bot.errors import SettingsError
from bot.settings import Settings, load_settings


@main.command()
def run() -> None:
    """Run the Telegram bot in the foreground."""
    settings = load_settings()
    if not settings.token:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set")
    _telegram(settings, make_bot(settings, progress_bar()))


def _telegram(settings: Settings, bot: Bot) -> None:
    from bot.channels import telegram

    say = bot.wording.say
    menu = tuple(
        telegram.Command(name.value, say(f"command_{name.value}")) for name in commands.PUBLIC
    )
    texts = telegram.Texts(
        only_text=say("only_text"), failed=say("failed"), stale_button=say("stale_button")
    )
    logging.getLogger().setLevel(logging.INFO)
    telegram.run(settings.token.value, bot.handle, menu, texts, api_root=settings.api_root)


@main.command()
def start() -> None:
    """Build the base when needed; Telegram with a token, else a console chat."""
    settings = load_settings()
    bot = make_bot(settings, progress_bar())
    if settings.token:
        _telegram(settings, bot)
    else:
        chat_with(bot)

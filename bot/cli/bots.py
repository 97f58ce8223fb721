"""The bots that commands work with: one that serves people, one for whoever keeps the base."""

from __future__ import annotations

from datetime import date

from bot.app import Bot, make_bot
from bot.building import open_current
from bot.cli.root import progress_bar
from bot.settings import Settings


def serving(settings: Settings) -> Bot:
    """A bot for people: what they ask is counted, and releases play the deployment's scripts."""
    from bot.playing.releasing import scripts_player  # loads Telegram, which `ask` does without

    play = scripts_player(settings, date.today)
    return make_bot(settings, progress_bar(), play, counts=True)


def keeping(settings: Settings) -> Bot:
    """A bot over the base that answers now, however old it looks."""
    from bot.playing.releasing import scripts_player

    knowledge = open_current(settings, progress_bar())
    return Bot(settings, knowledge, play=scripts_player(settings, date.today))

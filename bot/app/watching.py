"""What a serving bot heeds beside its channel: SIGHUP, and bases that another process publishes."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable

from bot.app.bot import Bot
from bot.release.plan import Change
from bot.release.releaser import ELSEWHERE

logger = logging.getLogger(__name__)
EVERY = 1.0
"""Seconds between two looks at the pointer."""
HANGUP = "SIGHUP"


def watch(bot: Bot) -> Callable[[], None]:
    """Take up what others publish, and reload on SIGHUP; call what is returned to end that."""
    bot.desk.counter.releaser.catch_up(ELSEWHERE)
    over = threading.Event()
    follower = threading.Thread(target=_follow, args=(bot, over), name="follow", daemon=True)
    follower.start()
    signal.signal(signal.SIGHUP, lambda *_: _reload_aside(bot))

    def stop() -> None:
        over.set()
        follower.join()
        bot.learning.flush()

    return stop


def _follow(bot: Bot, over: threading.Event) -> None:
    while not over.wait(EVERY):
        follow(bot)
        bot.learning.flush()


def follow(bot: Bot) -> None:
    """Look once; what cannot be taken up is logged, and what answers goes on."""
    try:
        if bot.desk.counter.releaser.follow():
            logger.info("another process has published %s", bot.knowledge.version)
    except Exception:
        logger.exception("what another process has published cannot be taken up")


def _reload_aside(bot: Bot) -> None:
    # A signal handler must return at once, and a release takes its time.
    threading.Thread(target=reload, args=(bot,), name="reload", daemon=True).start()


def reload(bot: Bot) -> None:
    """A release that nobody watches: published when it is harmless, else it waits for an admin."""
    reply = bot.desk.counter.release(Change("reload"), HANGUP)
    logger.info("%s", reply.plain)

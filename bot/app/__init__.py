"""Composition root: settings → base → bot. The only place where all parts meet."""

from bot.app.bot import Bot, Turned, make_bot
from bot.app.introducing import MAX_EXAMPLES
from bot.building import build_base, language_fingerprint, ledgers, open_knowledge

__all__ = [
    "MAX_EXAMPLES",
    "Bot",
    "Turned",
    "build_base",
    "language_fingerprint",
    "ledgers",
    "make_bot",
    "open_knowledge",
]

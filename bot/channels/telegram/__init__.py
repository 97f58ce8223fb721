"""The Telegram channel: updates in, kept on disk, answered once, in order.

service.py      how the parts hang together          fetching.py   polling, webhook, health
inbox.py        updates on disk                      lanes.py      one chat in order, chats at once
talking.py      messages → answers                   tapping.py, searching.py   buttons, inline mode
delivering.py   replies → messages                   sending.py    what is tried again
memory.py       what was shown, who chose what       store.py      the file behind both
"""

from bot.channels.telegram.courtesy import Manners
from bot.channels.telegram.limits import Rate
from bot.channels.telegram.log import redacting_filter
from bot.channels.telegram.running import run, serve
from bot.channels.telegram.service import Service
from bot.channels.telegram.setup import Setup
from bot.channels.telegram.words import Command, Scope

__all__ = [
    "Command",
    "Manners",
    "Rate",
    "Scope",
    "Service",
    "Setup",
    "redacting_filter",
    "run",
    "serve",
]

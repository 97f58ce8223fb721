"""What Telegram shows of the bot: commands by scope and language, and its descriptions.

Set after the start and only where it differs from what was set last; the bot works without it.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScope,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    error,
)

from bot.channels.telegram.log import kind
from bot.channels.telegram.memory import Memory
from bot.channels.telegram.sending import Sender, Unsure
from bot.channels.telegram.words import Command, Scope
from bot.messages import Talker

_LOG = logging.getLogger(__name__)
_LANGUAGES = (("", ""), ("zh", "zh-Hans"), ("en", "en"))
"""Telegram's two-letter code, "" for everybody else, and the language of ours."""
_LASTING = 300.0
_Step = tuple[str, object, Callable[[], Awaitable[object]]]


class Menu:
    """Sets commands and descriptions."""

    def __init__(
        self, bot: Bot, root: str, talker: Talker, commands: Sequence[Command],
        admins: Sequence[int],
    ) -> None:  # fmt: skip
        self._bot = bot
        self._root = root
        self._talker = talker
        self._commands = commands
        self._admins = admins

    async def set(self, sender: Sender, memory: Memory) -> None:
        """Set what has changed; what fails is tried at the next start."""
        known = await memory.menu()
        for name, told, attempt in self._steps():
            hashed = hashlib.sha256(
                json.dumps([self._root, self._bot.id, told]).encode()
            ).hexdigest()[:16]
            if known.get(name) == hashed:
                continue
            try:
                await sender.call(name.partition(":")[0], attempt, lasting=_LASTING)
            except (error.TelegramError, Unsure) as failure:
                _LOG.warning("the menu is not set: %s: %s", name, kind(failure))
            else:
                memory.menu_is_set(name, hashed)

    def _steps(self) -> Iterator[_Step]:
        for code, language in _LANGUAGES:
            for where, scope, shown in self._scopes():
                listed = [
                    (c.name, self._talker.say(f"command_{c.name}", language))
                    for c in self._commands
                    if c.scope in shown
                ]
                yield f"setMyCommands:{where}:{code}", listed, self._setting(listed, scope, code)
            yield from self._descriptions(code, language)

    def _scopes(self) -> Iterator[tuple[str, BotCommandScope, tuple[Scope, ...]]]:
        yield "groups", BotCommandScopeAllGroupChats(), (Scope.EVERYWHERE,)
        everyday = (Scope.EVERYWHERE, Scope.PRIVATE)
        yield "private", BotCommandScopeAllPrivateChats(), everyday
        for admin in self._admins:
            yield f"admin{admin}", BotCommandScopeChat(admin), (*everyday, Scope.ADMIN)

    def _setting(
        self, listed: list[tuple[str, str]], scope: BotCommandScope, code: str
    ) -> Callable[[], Awaitable[object]]:
        commands = [BotCommand(name, description) for name, description in listed]
        return lambda: self._bot.set_my_commands(commands, scope, code or None)

    def _descriptions(self, code: str, language: str) -> Iterator[_Step]:
        long, short = (self._talker.say(k, language) for k in ("bot_description", "bot_short"))
        yield (
            f"setMyDescription:{code}",
            long,
            lambda: self._bot.set_my_description(long, code or None),
        )
        yield (
            f"setMyShortDescription:{code}",
            short,
            lambda: self._bot.set_my_short_description(short, code or None),
        )

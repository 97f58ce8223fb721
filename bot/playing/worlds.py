"""A bot for each set of reports that scripts are about, with a clock that scripts set."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.app import Bot, build_base
from bot.channels.script.model import ADMIN, World
from bot.errors import BotError
from bot.knowledge import Knowledge, load_knowledge
from bot.settings import Settings

BOT_NAME = "FazhiBot"
AT_BOT = "@bot"
"""How a script addresses the bot in a group."""
_ADMINS, _CITIZENS = 900_001, 1_000_001
_MAX_ADMINS = 20


def user_id(name: str, dialogue: int = 0) -> int:
    """A number for a user of a dialogue, so that no two dialogues share a chat."""
    spread = int.from_bytes(name.encode(), "big")
    if name.startswith(ADMIN):
        return _ADMINS + (10 * dialogue + spread % 10) % _MAX_ADMINS
    return _CITIZENS + 1000 * dialogue + spread % 1000


def admin_ids() -> frozenset[str]:
    """Whom the bot of a script takes for an admin."""
    return frozenset(str(_ADMINS + n) for n in range(_MAX_ADMINS))


class Worlds:
    """A bot for each set of reports; what has to be built is built once, in a folder that goes."""

    def __init__(self, settings: Settings, knowledge: Knowledge, today: date) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fazhibot-play-")
        # A /reload in a script must never touch the base that serves.
        data = Path(self._folder.name)
        self._settings = replace(settings, data_dir=data / "served", admins=admin_ids())
        self.day = self.today = today
        self.now = 0.0
        self.tongue = knowledge.tongue
        self._given: dict[World, Knowledge] = {World(): knowledge}
        self._bots: dict[World, Bot] = {World(): self._bot(self._settings, knowledge)}
        self._refused: dict[World, BotError] = {}
        self._touched: set[World] = set()
        self._folders = 0

    def _bot(self, settings: Settings, knowledge: Knowledge) -> Bot:
        day, now = (lambda: self.day), (lambda: self.now)
        return Bot(settings, knowledge, today=day, clock=now, lent=True)

    def bot(self, world: World) -> Bot:
        """The bot of a world; BotError when its reports cannot be taken."""
        if world in self._refused:
            raise self._refused[world]
        if world not in self._bots:
            try:
                self._bots[world] = self._built(world)
            except BotError as error:
                self._refused[world] = error
                raise
        return self._bots[world]

    def touch(self, world: World) -> None:
        """An admin acts: what the bot of a world keeps may not be what it was."""
        self._touched.add(world)

    def renew(self) -> None:
        """Begin a dialogue: every world is as it was set up, whatever admins have done to it."""
        for world in self._touched & self._bots.keys():
            old, given = self._bots[world], self._given[world]
            if old.knowledge is not given:
                old.knowledge.base.close()
            self._bots[world] = self._bot(replace(old.settings, data_dir=self._new()), given)
        self._touched.clear()

    def _new(self) -> Path:
        self._folders += 1
        return Path(self._folder.name, str(self._folders))

    def _built(self, world: World) -> Bot:
        data = self._new()
        seeds = world.folder or data / "reports"
        if world.folder is None:
            seeds.mkdir(parents=True)
            for name, text in world.texts:
                Path(seeds, name).write_text(text, encoding="utf-8")
        settings = replace(self._settings, seeds=seeds, data_dir=data / "var")
        build_base(settings, self.tongue)
        knowledge = load_knowledge(settings.bases, self.tongue)
        self._given[world] = knowledge
        return self._bot(settings, knowledge)

    def close(self) -> None:
        """Remove everything that was built."""
        self.renew()
        for world, knowledge in self._given.items():
            if world != World():
                knowledge.base.close()
        self._folder.cleanup()


def at_bot(text: str) -> str:
    """The text with the bot's real name."""
    return text.replace(AT_BOT, f"@{BOT_NAME}")


def picked(wanted: str, shown: Sequence[tuple[str, ...]]) -> tuple[int, int] | None:
    """The message and the button that are meant; *shown*: the buttons of messages, oldest first.

    A label, or a part of only one label, of the latest message that has it; else the number, from
    1, of a button of the latest message.
    """
    for number, labels in reversed(list(enumerate(shown))):
        if wanted in labels:
            return number, labels.index(wanted)
        near = [n for n, label in enumerate(labels) if wanted in label]
        if len(near) == 1 and not wanted.isdigit():
            return number, near[0]
    if shown and wanted.isdigit() and 1 <= int(wanted) <= len(shown[-1]):
        return len(shown) - 1, int(wanted) - 1
    return None


def no_button(wanted: str, shown: Sequence[tuple[str, ...]]) -> str:
    """Why a button cannot be tapped."""
    labels = shown[-1] if shown else ()
    return f"no button {wanted!r}; there are: {' | '.join(labels) or 'none'}"


def unusable(error: Exception) -> str:
    """Why a dialogue cannot be played at all."""
    return f"the reports of `setup` cannot be used: {error}"

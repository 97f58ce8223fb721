"""Scripts played in this process: the engine behind the script channel's player.

`check_scripts` is for a release: it plays the deployment's own scripts against a base that does not
serve yet and tells failures with file and line.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.app import Bot, Turned, open_knowledge
from bot.channels.script.model import ADMIN, GROUP, Record, Script, Seen, Turn, World
from bot.channels.script.play import Result, play
from bot.channels.telegram_buttons import buttons
from bot.channels.telegram_words import said_to
from bot.dialogue.explain import explain_lines
from bot.errors import BotError
from bot.knowledge import Knowledge
from bot.messages import Message, Option
from bot.records import turn_record
from bot.settings import Settings
from intents.gazetteer import Gazetteer

BOT_NAME = "FazhiBot"
AT_BOT = "@bot"
"""How a script addresses the bot in a group."""
ADMIN_ID, CITIZEN_ID = 900_001, 100_001
MAX_ADMINS = 50


def knows_place(gazetteer: Gazetteer, name: str) -> bool:
    """True for the name of a place, alone or behind its parents."""
    return any(m.start == 0 and m.end == len(name) for m in gazetteer.find(name))


def user_id(name: str) -> int:
    """A number for a user of a script: the same name gives the same number."""
    spread = int.from_bytes(name.encode(), "big")
    if name.startswith(ADMIN):
        return ADMIN_ID + spread % MAX_ADMINS
    return CITIZEN_ID + spread % 700_000


def admin_ids() -> frozenset[str]:
    """Whom the bot of a script takes for an admin."""
    return frozenset(str(ADMIN_ID + n) for n in range(MAX_ADMINS))


class Worlds:
    """A bot for each set of reports; what has to be built is built once, in a folder that goes."""

    def __init__(self, settings: Settings, knowledge: Knowledge, today: date) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="fazhibot-play-")
        # A /reload in a script must never touch the base that serves.
        data = Path(self._folder.name)
        self._settings = replace(settings, data_dir=data / "served", admins=admin_ids())
        self.day = self.today = today
        self.now = 0.0
        self.gazetteer = knowledge.tongue.gazetteer
        self._bots: dict[World, Bot] = {World(): self._bot(self._settings, knowledge)}
        self._opened: list[Knowledge] = []

    def _bot(self, settings: Settings, knowledge: Knowledge) -> Bot:
        return Bot(settings, knowledge, today=lambda: self.day, clock=lambda: self.now)

    def bot(self, world: World) -> Bot:
        """The bot of a world; ReportError when its reports cannot be taken."""
        if world not in self._bots:
            data = Path(self._folder.name, str(len(self._bots)))
            seeds = world.folder or data / "reports"
            if world.folder is None:
                seeds.mkdir(parents=True)
                for name, text in world.texts:
                    Path(seeds, name).write_text(text, encoding="utf-8")
            settings = replace(self._settings, seeds=seeds, data_dir=data / "var")
            knowledge = open_knowledge(settings)
            self._opened.append(knowledge)
            self._bots[world] = self._bot(settings, knowledge)
        return self._bots[world]

    def close(self) -> None:
        """Remove everything that was built."""
        for knowledge in self._opened:
            knowledge.base.close()
        self._folder.cleanup()


class Engine:
    """The player in this process: the very path that answers citizens, thousands of turns a s."""

    def __init__(self, settings: Settings, knowledge: Knowledge, today: date) -> None:
        self.worlds = Worlds(settings, knowledge, today)
        self._shown: dict[str, tuple[Option, ...]] = {}
        self._script = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.worlds.close()

    def begin(self, script: Script) -> str:
        """A clean session for everybody."""
        self._script += 1
        self._shown = {}
        return ""

    def act(self, script: Script, turn: Turn) -> Seen:
        """Make one turn."""
        worlds = self.worlds
        try:
            bot = worlds.bot(script.world)
        except BotError as error:
            return Seen({}, "", trouble=f"the reports of `setup` cannot be used: {error}")
        worlds.day = turn.at or worlds.today
        worlds.now += turn.wait
        session = f"script:{self._script}:{turn.chat}:{turn.user}"
        if turn.does == "inline":
            session += f":inline:{turn.number}"
        return self._acted(bot, script, turn, session)

    def _acted(self, bot: Bot, script: Script, turn: Turn, session: str) -> Seen:
        said: str | None = turn.what
        if turn.does == "send_file":
            return _sent_file(bot, script, turn)
        if turn.does == "tap":
            options = self._shown.get(session, ())
            label = picked(turn.what, tuple(b.label for b in buttons(options)))
            if label is None:
                drawn = " | ".join(b.label for b in buttons(options)) or "none"
                return Seen({}, "", trouble=f"no button {turn.what!r}; there are: {drawn}")
            said = options[label].say
        elif turn.chat == GROUP and turn.does != "inline":
            said = said_to(BOT_NAME, at_bot(turn.what), addressed=False, alone=False)
        if said is None:
            return Seen({"status": "silent"}, "", silent=True)
        turned = bot.answer(Message(said, session, user=str(user_id(turn.user))))
        if turned.reply.options:
            self._shown[session] = turned.reply.options
        return seen(said, turned, bot.knowledge)


def at_bot(text: str) -> str:
    """The text with the bot's real name."""
    return text.replace(AT_BOT, f"@{BOT_NAME}")


def picked(wanted: str, labels: tuple[str, ...]) -> int | None:
    """The button meant by its label, a part of only one label, or its number from 1."""
    if wanted in labels:
        return labels.index(wanted)
    near = [n for n, label in enumerate(labels) if wanted in label]
    if len(near) == 1:
        return near[0]
    if wanted.isdigit() and 1 <= int(wanted) <= len(labels):
        return int(wanted) - 1
    return None


def seen(said: str, turned: Turned, knowledge: Knowledge) -> Seen:
    """What a turn of the engine showed."""
    record: Record = turn_record(said, turned, knowledge)
    trace = turned.trace

    def why() -> tuple[str, ...]:
        return tuple(explain_lines(trace, knowledge)) if trace else ()

    drawn = tuple(b.label for b in buttons(turned.reply.options))
    return Seen(record, turned.reply.plain, buttons=drawn, why=why)


def _sent_file(bot: Bot, script: Script, turn: Turn) -> Seen:
    path = script.path.parent / turn.what
    if not path.is_file():
        return Seen({}, "", trouble=f"no file {path}")
    if turn.chat == GROUP:
        return Seen({"status": "silent"}, "", silent=True)
    return Seen({"status": "answered", "facts": []}, bot.wording.say("only_text"))


def check_scripts(
    knowledge: Knowledge, settings: Settings, paths: Iterable[Path], today: date
) -> Result:
    """Play the scripts of files and folders against a base, served or not.

    The result's `faults` and the `told` of its failed dialogues name file and line.
    """
    gazetteer = knowledge.tongue.gazetteer
    with Engine(settings, knowledge, today) as engine:
        return play(paths, engine, lambda name: knows_place(gazetteer, name))

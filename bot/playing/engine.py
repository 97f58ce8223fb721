"""Scripts played in this process: the very path that answers citizens, thousands of turns a s."""

from __future__ import annotations

from datetime import date
from types import TracebackType
from typing import Self

from bot.app import Bot, Turned
from bot.channels.script.model import GROUP, Record, Script, Seen, Turn
from bot.channels.telegram_buttons import buttons
from bot.channels.telegram_words import said_to
from bot.dialogue.explain import explain_lines
from bot.errors import BotError
from bot.knowledge import Knowledge
from bot.messages import Message, Option
from bot.playing.worlds import BOT_NAME, Worlds, at_bot, picked, user_id
from bot.records import turn_record
from bot.settings import Settings


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
        turned = bot.answer(Message(said, session, user=str(user_id(turn.user, self._script))))
        if turned.reply.options:
            self._shown[session] = turned.reply.options
        return seen(said, turned, bot.knowledge)


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

"""Scripts played in this process: the very path that answers citizens, a thousand turns a s."""

from __future__ import annotations

from datetime import date
from types import TracebackType
from typing import Self

from bot.app import Bot
from bot.channels.script.model import ADMIN, GROUP, Script, Seen, Turn
from bot.channels.telegram.words import said_to
from bot.errors import BotError
from bot.knowledge import Knowledge
from bot.messages import Message, Option, Reply
from bot.playing.drawn import drawn, found, seen
from bot.playing.worlds import BOT_NAME, Worlds, at_bot, no_button, picked, unusable, user_id
from bot.settings import Settings


class Engine:
    """The player in this process."""

    def __init__(self, settings: Settings, knowledge: Knowledge, today: date) -> None:
        self.worlds = Worlds(settings, knowledge, today)
        self._shown: dict[str, list[tuple[tuple[str, Option], ...]]] = {}
        """The buttons of replies, by session."""
        self._languages: dict[str, str] = {}
        """What users have chosen."""
        self._dialogue = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self.worlds.close()

    def begin(self, script: Script) -> str:
        """A clean session for everybody."""
        self._dialogue += 1
        self.worlds.renew()
        self._shown, self._languages = {}, {}
        return ""

    def act(self, script: Script, turn: Turn) -> Seen:
        """Make one turn."""
        worlds = self.worlds
        try:
            bot = worlds.bot(script.world)
        except BotError as error:
            return Seen({}, "", trouble=unusable(error), broken=True)
        if turn.user.startswith(ADMIN):
            worlds.touch(script.world)
        worlds.day = turn.at or worlds.today
        worlds.now += turn.wait
        session = f"script:{self._dialogue}:{turn.chat}:{turn.user}"
        if turn.does == "send_file":
            return self._sent_file(bot, script, turn, session)
        if turn.does == "inline":
            return found(bot.search(self._message(turn, turn.what, session)), bot.knowledge)
        return self._said(bot, turn, session)

    def _message(self, turn: Turn, said: str, session: str) -> Message:
        user = str(user_id(turn.user, self._dialogue))
        return Message(
            said, session, user=user, language=self._languages.get(user, ""),
            group=turn.chat == GROUP, second_hand=turn.does == "edit",
        )  # fmt: skip

    def _said(self, bot: Bot, turn: Turn, session: str) -> Seen:
        said: str | None = turn.what
        if turn.does == "tap":
            shown = self._shown.get(session, [])
            labels = [tuple(label for label, _ in buttons) for buttons in shown]
            meant = picked(turn.what, labels)
            if meant is None:
                return Seen({}, "", trouble=no_button(turn.what, labels))
            said = shown[meant[0]][meant[1]][1].say
        elif turn.chat == GROUP:
            said = said_to(BOT_NAME, at_bot(turn.what), addressed=False, alone=False)
        if said is None:
            return Seen({"status": "silent"}, "", silent=True)
        message = self._message(turn, said, session)
        turned = bot.answer(message)
        if buttons := drawn(turned.reply):
            self._shown.setdefault(session, []).append(buttons)
        if turned.reply.language:
            self._languages[message.user] = turned.reply.language
        return seen(said, turned, bot.knowledge)

    def _sent_file(self, bot: Bot, script: Script, turn: Turn, session: str) -> Seen:
        path = script.path.parent / turn.what
        if not path.is_file():
            return Seen({}, "", trouble=f"no file {path}", broken=True)
        if turn.chat == GROUP:
            return Seen({"status": "silent"}, "", silent=True)
        reply = bot.receive_document(self._message(turn, "", session), path.name, path.read_bytes())
        return self._shown_by(reply, session)

    def _shown_by(self, reply: Reply, session: str) -> Seen:
        """What a reply without a trace showed."""
        buttons = drawn(reply)
        if buttons:
            self._shown.setdefault(session, []).append(buttons)
        labels = tuple(label for label, _ in buttons)
        return Seen({"status": "answered", "facts": []}, reply.plain, labels)

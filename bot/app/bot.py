"""The bot: one message in, one reply out, the same for every channel."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import commands
from bot.app.building import open_knowledge, rebuild, silent
from bot.app.introducing import examples
from bot.dialogue.engine import Trace, turn
from bot.dialogue.naming import covered
from bot.dialogue.session import Session, SessionStore
from bot.dialogue.wording import SIMPLIFIED, Wording, load_wordings
from bot.errors import BotError
from bot.ingest.build import Progress
from bot.knowledge import Knowledge
from bot.messages import Message, Reply, Run
from bot.settings import Settings
from intents.errors import IntentsError


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn with everything that led to it."""

    reply: Reply
    trace: Trace | None
    """None for commands."""
    elapsed_ms: float


class Bot:
    """Answers messages; shared by all channels. The knowledge is replaced, never changed."""

    def __init__(
        self,
        settings: Settings,
        knowledge: Knowledge,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self._wordings = load_wordings()
        self.wording: Wording = self._wordings.of(SIMPLIFIED, {})
        self._knowledge = knowledge
        self._sessions = SessionStore()
        self._today = today
        self._clock = clock
        self._reloading = threading.Lock()

    @property
    def knowledge(self) -> Knowledge:
        """The snapshot that answers now."""
        return self._knowledge

    async def handle(self, message: Message) -> Reply:
        """Answer one message; a reload runs beside the answers."""
        command = commands.parse(message.text)
        if command is not None and command.name is commands.Name.RELOAD:
            return await asyncio.to_thread(self._command, command, message)
        return self.answer(message).reply

    def answer(self, message: Message) -> Turned:
        """Answer one message at once."""
        begun = time.perf_counter()
        command = commands.parse(message.text)
        if command is not None:
            return Turned(self._command(command, message), None, _elapsed(begun))
        knowledge = self._knowledge
        now = self._clock()
        session = self._sessions.get(message.session, now)
        reply, trace, after = turn(
            message.text, session, knowledge, self._wordings, self._today(), message.language
        )
        self._sessions.put(message.session, after, now)
        return Turned(reply, trace, _elapsed(begun))

    def _command(self, command: commands.Command, message: Message) -> Reply:
        if command.name in commands.ADMIN_ONLY and message.user not in self.settings.admins:
            return self._say("admin_only")
        if command.name is commands.Name.RELOAD:
            return self.reload()
        if command.name is commands.Name.START:
            return self._start()
        if command.name is commands.Name.HELP:
            return self._say("help")
        if command.name is commands.Name.PLACES:
            return self._say("places", covered=covered(self._knowledge, 60))
        if command.name is commands.Name.RESET:
            self._sessions.put(message.session, Session(), self._clock())
            return self._say("reset")
        return self._say("unknown_command")

    def _say(self, key: str, **fields: str | tuple[str, ...]) -> Reply:
        return Reply(((Run(self.wording.say(key, **fields)),),))

    def _start(self) -> Reply:
        knowledge = self._knowledge
        text = self.wording.say(
            "start",
            places=str(len(knowledge.years)),
            reports=str(knowledge.base.report_count()),
            facts=str(knowledge.base.size),
        )
        return Reply(((Run(text),),), examples(knowledge))

    def reload(self) -> Reply:
        """Rebuild from the seeds, verify, swap one reference; on failure the old base goes on."""
        if not self._reloading.acquire(blocking=False):
            return self._say("reload_busy")
        try:
            return self._reload()
        except (BotError, IntentsError, OSError) as error:
            version = self._knowledge.version
            return self._say("reload_failed", version=version, reason=str(error))
        finally:
            self._reloading.release()

    def _reload(self) -> Reply:
        built, self._knowledge = rebuild(self.settings)
        fields = {"reports": str(built.reports), "facts": str(built.facts)}
        done = self.wording.say("reload_done", version=self._knowledge.version, **fields)
        refused = [
            self.wording.say("reload_refused", file=Path(r.file).name, reason=r.reason)
            for r in built.refused
        ]
        return Reply(tuple((Run(line),) for line in (done, *refused)))


def _elapsed(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 3)


def make_bot(settings: Settings, progress: Progress = silent) -> Bot:
    """A bot that is ready to answer."""
    return Bot(settings, open_knowledge(settings, progress))

"""The bot: one message in, one reply out, the same for every channel."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bot import commands
from bot.app.building import open_knowledge, rebuild, silent
from bot.app.charting import chart_of
from bot.app.commanding import DEEDS, Asked
from bot.app.figures import actions
from bot.app.remembering import Turns
from bot.app.searching import search
from bot.dialogue.answer import Status
from bot.dialogue.engine import Trace
from bot.dialogue.session import SessionStore
from bot.dialogue.wording import SIMPLIFIED, Wording, language_of, load_wordings
from bot.errors import BotError
from bot.ingest.build import Progress
from bot.knowledge import Knowledge
from bot.messages import About, Hit, Message, Pulse, Reply, Run, text_reply
from bot.settings import Settings
from intents.errors import IntentsError

_DIALOGUES = 4_000
"""So many are remembered; the least recent ones go first. Each takes some 2.5 kB."""


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
        self._turns = Turns(self._wordings)
        self._sessions = SessionStore(_DIALOGUES)
        self._today = today
        self._clock = clock
        self._reloading = threading.Lock()
        self._reports = knowledge.base.report_count()

    @property
    def knowledge(self) -> Knowledge:
        """The snapshot that answers now."""
        return self._knowledge

    async def handle(self, message: Message) -> Reply:
        """Answer one message; a reload runs beside the answers."""
        command = commands.parse(message.text)
        if command is not None and command.name is commands.Name.RELOAD:
            return (await asyncio.to_thread(self.answer, message)).reply
        return self.answer(message).reply

    def answer(self, message: Message) -> Turned:
        """Answer one message at once."""
        begun = time.perf_counter()
        command = commands.parse(message.text)
        if command is not None and (asked := commands.linked(command.argument)):
            command = command if command.name is not commands.Name.START else None
            message = replace(message, text=asked) if command is None else message
        if command is not None:
            return self._command(command, message, begun)
        knowledge = self._knowledge
        now = self._clock()
        session = self._sessions.get(message.session, now)
        reply, trace, after = self._turns.make(
            message.text, session, knowledge, self._today(), message.language
        )
        self._sessions.put(message.session, after, now)
        return Turned(self._furnished(reply, trace, message), trace, _elapsed(begun))

    def _furnished(self, reply: Reply, trace: Trace, message: Message) -> Reply:
        """A reply to a question with all that a rich channel shows beside it."""
        answer, knowledge = trace.answer, self._knowledge
        language = message.language or language_of(trace.question)
        told = About(
            answer.status.value,
            answer.reason.value if answer.reason else "",
            answer.intent or "",
            tuple(c.fact.id for c in answer.cited),
        )
        return replace(
            reply,
            actions=actions(answer.cited, knowledge, self._worded(language)),
            about=told,
            rated=answer.status is not Status.CLARIFY,
            chart=chart_of(answer),
        )

    def _worded(self, language: str) -> Wording:
        return self._wordings.of(language or SIMPLIFIED, self._knowledge.romanised)

    def search(self, message: Message) -> tuple[Hit, ...]:
        """Figures for words that are still being typed."""
        language = message.language or message.locale or SIMPLIFIED
        return search(message.text, self._knowledge, self._wordings, self._today(), language)

    def say(self, key: str, language: str, /, **fields: str) -> str:
        """A sentence of the channel's own."""
        return self._worded(language).say(key, **fields)

    def pulse(self) -> Pulse:
        """How the knowledge stands now."""
        base = self._knowledge.base
        return Pulse(self._knowledge.version, self._reports, base.size)

    def _command(self, command: commands.Command, message: Message, begun: float) -> Turned:
        name, now = command.name, self._clock()
        told = About("answered", intent=f"/{name.value}" if name else "")
        if name in commands.ADMIN_ONLY and message.user not in self.settings.admins:
            refused = replace(self._say("admin_only"), about=replace(told, status="refused"))
            return Turned(refused, None, _elapsed(begun))
        if name is commands.Name.RELOAD:
            reply = self.reload()
            return Turned(reply, None, _elapsed(begun))
        language = message.language or message.locale or SIMPLIFIED
        if name is None:
            reply = text_reply(self.say("unknown_command", language))
            unknown = replace(told, status="out_of_scope")
            return Turned(replace(reply, about=unknown), None, _elapsed(begun))
        session = self._sessions.get(message.session, now)
        done = DEEDS[name](
            Asked(command.argument, session, self._knowledge, self._wordings,
                  self._worded(language), language, self._today())
        )  # fmt: skip
        if done.reply.forget:
            self._sessions.forget(message.user)
        self._sessions.put(message.session, done.session, now)
        if done.trace is not None:
            spoken = replace(message, language=language)
            return Turned(self._furnished(done.reply, done.trace, spoken), None, _elapsed(begun))
        return Turned(replace(done.reply, about=done.reply.about or told), None, _elapsed(begun))

    def _say(self, key: str, **fields: str) -> Reply:
        return text_reply(self.wording.say(key, **fields))

    def reload(self) -> Reply:
        """Rebuild from the seeds, verify, swap one reference; on failure the old base goes on."""
        told = About("answered", intent="/reload")
        failed = replace(told, status="failed")
        if not self._reloading.acquire(blocking=False):
            return replace(self._say("reload_busy"), about=replace(told, status="refused"))
        try:
            return replace(self._reload(), about=told)
        except (BotError, IntentsError, OSError) as error:
            version = self._knowledge.version
            reply = self._say("reload_failed", version=version, reason=str(error))
            return replace(reply, about=failed)
        finally:
            self._reloading.release()

    def _reload(self) -> Reply:
        built, self._knowledge = rebuild(self.settings)
        self._reports = self._knowledge.base.report_count()
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

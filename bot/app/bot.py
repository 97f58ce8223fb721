"""The bot: one message in, one reply out, the same for every channel."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot import commands
from bot.app.charting import chart_of
from bot.app.commanding import DEEDS, Asked
from bot.app.desk import make_desk, unplayed
from bot.app.figures import actions
from bot.app.remembering import Turns
from bot.app.searching import search
from bot.building import open_knowledge, silent
from bot.dialogue.answer import Status
from bot.dialogue.engine import Trace
from bot.dialogue.session import SessionStore
from bot.dialogue.wording import SIMPLIFIED, Wording, language_of, load_wordings
from bot.ingest.build import Progress
from bot.knowledge import Knowledge, Live
from bot.learning.hearing import hear
from bot.learning.store import Learning
from bot.messages import About, Hit, Message, Pulse, Reply, text_reply
from bot.release.scripts import Play
from bot.settings import Settings

_DIALOGUES = 2_000
"""So many are remembered; the least recent ones go first. Each takes some 2.5 kB."""


@dataclass(frozen=True, slots=True)
class Turned:
    """A turn with everything that led to it."""

    reply: Reply
    trace: Trace | None
    """None for commands."""
    elapsed_ms: float
    seal: str = ""
    """The hash of the base that answered; its first twelve digits are the version."""


class Bot:
    """Answers messages; shared by all channels. The knowledge is replaced, never changed."""

    def __init__(
        self,
        settings: Settings,
        knowledge: Knowledge,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = time.monotonic,
        play: Play = unplayed,
        *,
        counts: bool = False,
        lent: bool = False,
    ) -> None:
        self.settings = settings
        self._wordings = load_wordings()
        self.wording: Wording = self._wordings.of(SIMPLIFIED, {})
        self._live = Live(knowledge, lent=lent)
        self._turns = Turns(self._wordings)
        self._sessions = SessionStore(_DIALOGUES)
        self._today = today
        self._clock = clock
        self.learning = Learning(settings.data_dir, settings.keep_days, today)
        self._counts = counts
        self.desk = make_desk(settings, self._live, self.learning, self._wordings, today, play)

    @property
    def knowledge(self) -> Knowledge:
        """The snapshot that answers now."""
        return self._live.current

    async def handle(self, message: Message) -> Reply:
        """Answer one message; what admins do runs beside the answers."""
        command = commands.parse(message.text)
        if command is not None and command.name in commands.ADMIN_ONLY:
            return (await asyncio.to_thread(self.answer, message)).reply
        return self.answer(message).reply

    async def receive(self, message: Message, name: str, data: bytes) -> Reply:
        """Take a document that was sent: from admins a report, staged and shown before it counts.

        *name* and *data* are as hostile as they may be; the message is the caption.
        """
        return await asyncio.to_thread(self.receive_document, message, name, data)

    def receive_document(self, message: Message, name: str, data: bytes) -> Reply:
        """As `receive`, at once."""
        language = message.language or message.locale
        if message.user not in self.settings.admins:
            return text_reply(self.say("only_text", language))
        refused = self.desk.refusal(message, self._worded(language))
        return refused or self.desk.inbox.receive(message, name, data)

    def rate(self, message: Message, facts: tuple[str, ...] = (), *, good: bool) -> None:
        """Count a thumb for the answer of a dialogue that cited these facts, else for the last."""
        if self._counts:
            self.learning.rate(message.user, message.session, facts, good=good)

    def answer(self, message: Message) -> Turned:
        """Answer one message at once."""
        begun = time.perf_counter()
        command = commands.parse(message.text)
        if command is not None and (asked := commands.linked(command.argument)):
            command = command if command.name is not commands.Name.START else None
            message = replace(message, text=asked) if command is None else message
        if command is not None:
            return self._command(command, message, begun)
        now = self._clock()
        session = self._sessions.get(message.session, now)
        with self._live.borrowed() as knowledge:
            reply, trace, after = self._turns.make(
                message.text, session, knowledge, self._today(), message.language
            )
            reply = self._furnished(reply, trace, message, knowledge)
            if self._counts:
                self.learning.note(hear(trace, knowledge), message.user, message.session)
        self._sessions.put(message.session, after, now)
        return Turned(reply, trace, _elapsed(begun), knowledge.seal)

    def _furnished(
        self, reply: Reply, trace: Trace, message: Message, knowledge: Knowledge
    ) -> Reply:
        """A reply to a question with all that a rich channel shows beside it."""
        answer = trace.answer
        language = message.language or language_of(trace.question)
        told = About(
            answer.status.value,
            answer.reason.value if answer.reason else "",
            answer.intent or "",
            tuple(c.fact.id for c in answer.cited),
        )
        measure = knowledge.tongue.catalog.measures.get(answer.intent or "")
        return replace(
            reply,
            actions=actions(answer.cited, knowledge, self._worded(language)),
            about=told,
            rated=bool(answer.cited or answer.quoted) or answer.status is Status.NO_DATA,
            chart=chart_of(answer, measure.name if measure else ""),
        )

    def _worded(self, language: str) -> Wording:
        return self._wordings.of(language or SIMPLIFIED, self.knowledge.romanised)

    def search(self, message: Message) -> tuple[Hit, ...]:
        """Figures for words that are still being typed."""
        language = message.language or message.locale or SIMPLIFIED
        with self._live.borrowed() as knowledge:
            return search(message.text, knowledge, self._wordings, self._today(), language)

    def say(self, key: str, language: str, /, **fields: str) -> str:
        """A sentence of the channel's own."""
        return self._worded(language).say(key, **fields)

    def pulse(self) -> Pulse:
        """How the knowledge stands now."""
        with self._live.borrowed() as knowledge:
            base = knowledge.base
            return Pulse(base.version, base.report_count(), base.size)

    def _command(self, command: commands.Command, message: Message, begun: float) -> Turned:
        with self._live.borrowed() as knowledge:
            if command.name in commands.ADMIN_ONLY:
                reply, trace = self._admin(command, message), None
            else:
                reply, trace = self._deed(command, message, knowledge)
            told = About("answered", intent=f"/{command.name.value}" if command.name else "")
            if trace is None and (reply.about is None or not reply.about.intent):
                status = reply.about.status if reply.about else told.status
                reply = replace(reply, about=replace(told, status=status))
        return Turned(reply, None, _elapsed(begun), knowledge.seal)

    def _admin(self, command: commands.Command, message: Message) -> Reply:
        refused = self.desk.refusal(message, self._worded(message.language or message.locale))
        if refused:
            return replace(refused, about=About("refused"))
        return self.desk.handle(command, message)

    def _deed(
        self, command: commands.Command, message: Message, knowledge: Knowledge
    ) -> tuple[Reply, Trace | None]:
        """What a command for everybody does."""
        language = message.language or message.locale or SIMPLIFIED
        if command.name is None:
            reply = text_reply(self.say("unknown_command", language))
            return replace(reply, about=About("out_of_scope")), None
        now = self._clock()
        session = self._sessions.get(message.session, now)
        done = DEEDS[command.name](
            Asked(command.argument, session, knowledge, self._wordings,
                  self._worded(language), language, self._today())
        )  # fmt: skip
        if done.reply.forget:
            self._sessions.forget(message.user)
            self.learning.forget(message.user, message.session)
        self._sessions.put(message.session, done.session, now)
        if done.trace is None:
            return done.reply, None
        spoken = replace(message, language=language)
        return self._furnished(done.reply, done.trace, spoken, knowledge), done.trace


def _elapsed(begun: float) -> float:
    return round((time.perf_counter() - begun) * 1000, 3)


def make_bot(
    settings: Settings,
    progress: Progress = silent,
    play: Play = unplayed,
    *,
    counts: bool = False,
) -> Bot:
    """A bot that is ready to answer.

    *play* plays the deployment's scripts before a release; *counts*: what is asked is counted.
    """
    knowledge = open_knowledge(settings, progress)
    knowledge.make_ready()
    return Bot(settings, knowledge, play=play, counts=counts)

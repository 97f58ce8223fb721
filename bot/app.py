"""Composition root: settings → base → bot. The only place where all parts meet."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot import commands
from bot.dialogue.engine import Trace, turn
from bot.dialogue.naming import covered
from bot.dialogue.session import Session, SessionStore
from bot.dialogue.wording import SIMPLIFIED, Wording, load_wordings
from bot.errors import BaseError, BotError, ReportError
from bot.facts.base import FactBase
from bot.facts.model import Ledger
from bot.ingest import wording as report_wording
from bot.ingest.build import Built, Progress, build, fingerprint, report_files
from bot.ingest.extract import Language
from bot.ingest.profiles import Profiler
from bot.knowledge import PLACES_FILE, Knowledge, Tongue, load_knowledge, load_tongue
from bot.messages import Message, Option, Reply, Run
from bot.settings import ROOT, Settings
from intents.errors import IntentsError

logger = logging.getLogger(__name__)
_INTENTS = ROOT / "intents"
MAX_EXAMPLES = 3


def silent(done: int, total: int, name: str) -> None:
    """A progress that shows nothing."""


def language_fingerprint() -> str:
    """A hash over everything that decides how reports are read."""
    files = [*_INTENTS.rglob("*.yaml"), PLACES_FILE, *(ROOT / "bot" / "ingest").glob("*.py")]
    files += [ROOT / "bot" / "facts" / "schema.sql", *_INTENTS.glob("*.py")]
    return fingerprint(sorted(files))


def _language(tongue: Tongue) -> tuple[Language, Profiler]:
    language = Language(tongue.grammar, report_wording.load_wording(), tongue.gazetteer)
    return language, Profiler(tongue.vocabulary, tongue.catalog, tongue.grammar)


def build_base(settings: Settings, tongue: Tongue, progress: Progress = silent) -> Built:
    """Build a base from the seeds; ReportError when no report can be taken."""
    language, profiler = _language(tongue)
    seeds = settings.seeds
    meta = {
        "language": language_fingerprint(),
        "seeds": str(seeds.resolve()),
        "reports": fingerprint(report_files(seeds)),
    }
    return build(seeds, settings.bases, ROOT, language, profiler, meta, progress)


def _stale(knowledge: Knowledge, settings: Settings) -> str:
    """Why a base should be rebuilt, or ""."""
    meta = knowledge.base.meta
    if meta.get("language") != language_fingerprint():
        return "the program's language files have changed"
    if meta.get("seeds") != str(settings.seeds.resolve()):
        return ""
    if meta.get("reports") != fingerprint(report_files(settings.seeds)):
        return "the reports have changed"
    return ""


def open_knowledge(settings: Settings, progress: Progress = silent) -> Knowledge:
    """The current knowledge; a missing, damaged or stale base is rebuilt from its seeds."""
    tongue = load_tongue()
    try:
        knowledge = load_knowledge(settings.bases, tongue)
    except BaseError as error:
        if not report_files(settings.seeds):
            raise
        logger.warning("%s（正在用 %s 重建）", error, settings.seeds)
        build_base(settings, tongue, progress)
        return load_knowledge(settings.bases, tongue)
    reason = _stale(knowledge, settings)
    source = Path(knowledge.base.meta.get("seeds", ""))
    if not reason or source != settings.seeds.resolve():
        return knowledge
    try:
        build_base(settings, tongue, progress)
    except (OSError, ReportError) as error:
        logger.warning("%s, but it could not be rebuilt: %s", reason, error)
        return knowledge
    knowledge.base.close()
    return load_knowledge(settings.bases, tongue)


def ledgers(base: FactBase) -> list[Ledger]:
    """The ledger of every report of a base."""
    facts = base.facts()
    return [
        Ledger(r.file, sum(f.report == r.sha256 for f in facts), base.excluded(r.sha256))
        for r in base.reports()
    ]


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
        return Reply(((Run(text),),), self._examples(knowledge))

    def _examples(self, knowledge: Knowledge) -> tuple[Option, ...]:
        """Questions that the base answers, one a place."""
        options = []
        used: set[str] = set()
        for code, years in knowledge.years.items():
            for candidate in knowledge.base.candidates(code, years[-1]):
                intent = candidate.profile.intent
                if intent is not None and intent not in used and not candidate.part:
                    used.add(intent)
                    measure = knowledge.tongue.catalog.measures[intent].name
                    say = f"{knowledge.names[code]} {years[-1]}年 {measure}"
                    options.append(Option(say, say))
                    break
        return tuple(options[:MAX_EXAMPLES])

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
        tongue = load_tongue()
        built = build_base(self.settings, tongue)
        self._knowledge = load_knowledge(self.settings.bases, tongue)
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

"""The current base: found, verified, and built anew from the seeds when it is missing or stale."""

from __future__ import annotations

import logging
from pathlib import Path

from bot.errors import BaseError, ReportError
from bot.facts.base import FactBase
from bot.facts.model import Ledger
from bot.ingest import wording as report_wording
from bot.ingest.build import Built, Progress, build, fingerprint, report_files
from bot.ingest.extract import Language
from bot.ingest.profiles import Profiler
from bot.knowledge import PLACES_FILE, Knowledge, Tongue, load_knowledge, load_tongue
from bot.settings import ROOT, Settings

logger = logging.getLogger(__name__)
_INTENTS = ROOT / "intents"


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


def rebuild(settings: Settings) -> tuple[Built, Knowledge]:
    """Read the language and the seeds anew; raises when the result cannot be trusted."""
    tongue = load_tongue()
    built = build_base(settings, tongue)
    return built, load_knowledge(settings.bases, tongue)

"""The base of a deployment: what it is built from, built, found, and built anew when it is stale.

A base carries everything that decides its answers, the aliases of the deployment too. So one
pointer says all of what answers now, and going back is going back whole.
"""

from __future__ import annotations

import gc
import json
import logging
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path

from bot.errors import BaseError, ReportError
from bot.facts.base import FactBase
from bot.facts.model import Ledger
from bot.facts.pointer import is_pinned
from bot.facts.whole import batch
from bot.facts.writer import publish
from bot.ingest import wording as report_wording
from bot.ingest.build import Built, Order, Progress, build, fingerprint, read_reports, report_files
from bot.ingest.corrections import load_corrections
from bot.ingest.extract import Extraction, Language
from bot.ingest.profiles import Profiler
from bot.knowledge import (
    PLACES_FILE,
    Knowledge,
    Tongue,
    know,
    load_knowledge,
    load_tongue,
    speaking,
)
from bot.settings import ROOT, Settings
from intents.errors import IntentsError

logger = logging.getLogger(__name__)
_INTENTS = ROOT / "intents"
ALIASES, CORRECTIONS = "aliases.yaml", "corrections.yaml"
"""Files of the deployment, in config/ below the data folder."""
UPLOADS = "reports"
"""Where reports lie that were sent to the bot, below the data folder."""
REMOVED = "removed"
"""A file in the staging folder: names of files that go when it is published."""
CORRECTIONS_FILE = ROOT / "config" / CORRECTIONS


def silent(done: int, total: int, name: str) -> None:
    """A progress that shows nothing."""


def language_fingerprint() -> str:
    """A hash over everything that decides how reports are read."""
    files = [*_INTENTS.rglob("*.yaml"), PLACES_FILE, *(ROOT / "bot" / "ingest").rglob("*.py")]
    files += [ROOT / "bot" / "facts" / "schema.sql", *_INTENTS.glob("*.py")]
    return fingerprint(sorted(files))


def tongue_now() -> Tongue:
    """The language as its files are now; read again only when one of them has changed."""
    return _tongue(language_fingerprint())


@lru_cache(maxsize=1)
def _tongue(fingerprint: str) -> Tongue:
    # nothing of it is garbage: looking through it costs a third of reading it, and later as much
    if gc.get_freeze_count():
        gc.unfreeze()
        gc.collect()  # the language before the last one, if its files changed while the bot runs
    gc.disable()
    try:
        return load_tongue()
    finally:
        gc.freeze()
        gc.enable()


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that a base is built from."""

    seeds: Path
    """The folder of reports."""
    reports: tuple[Path, ...]
    """The reports, those that were sent to the bot at the end."""
    aliases: Path
    corrections: tuple[Path, ...]
    """The later file's stands where two speak of one fact."""
    moved: tuple[str, str] = ("", "")
    """Where staged reports lie, and where they are going to lie."""

    @property
    def overlay(self) -> str:
        """The aliases as they are written."""
        return _text(self.aliases)

    def meta(self) -> dict[str, str]:
        """What a base says of what it was built from."""
        own = "".join(map(_text, self.corrections))
        return {
            "seeds": str(self.seeds.resolve()),
            "reports": fingerprint(self.reports),
            "corrected": sha256(own.encode()).hexdigest() if own else "",
            "aliases": self.overlay,
        }


def _text(path: Path) -> str:
    """What a file says; one that is not UTF-8 is refused when it is parsed, not when compared."""
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def sources_of(settings: Settings, staged: Path | None = None) -> Sources:
    """What a base is built from now, with what is staged in place of what it would replace."""
    folders = [settings.data_dir, *([staged] if staged else [])]
    uploads = {p.name: p for folder in folders for p in report_files(folder / UPLOADS)}
    for name in _removed(staged) if staged else ():
        uploads.pop(Path(name).name, None)
    below = [folder / "config" for folder in folders]
    aliases = [p / ALIASES for p in below if (p / ALIASES).is_file()] or [below[0] / ALIASES]
    corrections = [p / CORRECTIONS for p in below if (p / CORRECTIONS).is_file()]
    reports = (*report_files(settings.seeds), *uploads.values())
    moved = (f"{staged.name}/{UPLOADS}/", f"{UPLOADS}/") if staged else ("", "")
    own = (CORRECTIONS_FILE, *corrections[-1:])
    return Sources(settings.seeds, reports, aliases[-1], own, moved)


def _removed(staged: Path) -> list[str]:
    file = staged / REMOVED
    return file.read_text(encoding="utf-8").splitlines() if file.is_file() else []


def stage_base(
    sources: Sources,
    folder: Path,
    tongue: Tongue,
    progress: Progress = silent,
    earlier: FactBase | None = None,
) -> Built:
    """Build a base into a folder; nothing points to it. What *earlier* holds is not read again.

    ReportError when no report can be taken, DataFileError for a broken overlay.
    """
    speaking(tongue, sources.overlay, sources.aliases)
    # Aliases are words of questions: what reports say means what it meant before.
    profiler = Profiler(tongue.vocabulary, tongue.catalog, tongue.grammar)
    meta = sources.meta() | {"language": language_fingerprint()}
    corrections = load_corrections(sources.corrections)
    order = Order(sources.reports, folder, ROOT, meta, corrections, sources.moved)
    if earlier is not None and earlier.meta.get("language") == meta["language"]:
        mended = frozenset(json.loads(earlier.meta.get("corrections") or "{}"))
        order = replace(order, known=partial(batch, earlier), mended=mended)
    try:
        return build(order, _language(tongue), profiler, progress)
    except ReportError as error:
        raise ReportError(f"{sources.seeds}：{error}") from error


def examine(path: Path, tongue: Tongue) -> Extraction:
    """What one report gives, before anything is built; ReportError says why it cannot be taken."""
    taken, refused = read_reports([path], ROOT, _language(tongue), silent)
    if refused:
        raise ReportError(refused[0].reason)
    if not taken[0].facts:
        raise ReportError("里面没有读出任何数")
    return taken[0]


def _language(tongue: Tongue) -> Language:
    return Language(tongue.grammar, report_wording.load_wording(), tongue.gazetteer)


def build_base(
    settings: Settings,
    tongue: Tongue,
    progress: Progress = silent,
    earlier: FactBase | None = None,
) -> Built:
    """Build a base and make it the current one; ReportError when no report can be taken."""
    built = stage_base(sources_of(settings), settings.bases, tongue, progress, earlier)
    publish(built.path, settings.bases)
    return built


def _stale(knowledge: Knowledge, settings: Settings) -> str:
    """Why a base should be rebuilt, or ""."""
    meta = knowledge.base.meta
    if is_pinned(settings.bases):
        return ""
    if meta.get("language") != language_fingerprint():
        return "the program's language files have changed"
    if meta.get("seeds") != str(settings.seeds.resolve()):
        return ""
    now = sources_of(settings).meta()
    if any(meta.get(name) != now[name] for name in ("reports", "corrected", "aliases")):
        return "the reports have changed"
    return ""


def open_knowledge(settings: Settings, progress: Progress = silent) -> Knowledge:
    """The current knowledge; a missing, damaged or stale base is rebuilt from its seeds."""
    tongue = tongue_now()
    try:
        knowledge = load_knowledge(settings.bases, tongue)
    except (BaseError, IntentsError) as error:
        if not report_files(settings.seeds):
            raise
        logger.warning("%s（正在用 %s 重建）", error, settings.seeds)
        _build_somehow(settings, tongue, progress)
        return load_knowledge(settings.bases, tongue)
    reason = _stale(knowledge, settings)
    source = Path(knowledge.base.meta.get("seeds", ""))
    if not reason or source != settings.seeds.resolve():
        return knowledge
    try:
        build_base(settings, tongue, progress, knowledge.base)
    except (OSError, ReportError, IntentsError) as error:
        logger.warning("%s, but it could not be rebuilt: %s", reason, error)
        return knowledge
    knowledge.base.close()
    return load_knowledge(settings.bases, tongue)


def open_current(settings: Settings, progress: Progress = silent) -> Knowledge:
    """The current knowledge as it is, stale or not; built only where there is none to open."""
    try:
        return load_knowledge(settings.bases, tongue_now())
    except (BaseError, IntentsError):
        return open_knowledge(settings, progress)


def _build_somehow(settings: Settings, tongue: Tongue, progress: Progress) -> None:
    """Build even when the deployment's own files are broken: then without them."""
    with suppress(IntentsError):
        build_base(settings, tongue, progress)
        return
    bare = Sources(settings.seeds, sources_of(settings).reports, Path(), ())
    logger.warning("config/ below %s is broken and left out", settings.data_dir)
    publish(stage_base(bare, settings.bases, tongue, progress).path, settings.bases)


def ledgers(base: FactBase) -> list[Ledger]:
    """The ledger of every report of a base."""
    facts = base.facts()
    return [
        Ledger(r.file, sum(f.report == r.sha256 for f in facts), base.excluded(r.sha256))
        for r in base.reports()
    ]


def stage_knowledge(
    settings: Settings, staged: Path, progress: Progress, earlier: FactBase
) -> tuple[Built, Knowledge]:
    """Read the language and all sources, with what is staged, and build into that folder.

    Reports that *earlier* holds just so are taken over from it.

    Raises when a staged report cannot be taken or the result cannot be trusted; nothing points to
    it.
    """
    tongue = tongue_now()
    for path in report_files(staged / UPLOADS):
        examine(path, tongue)
    built = stage_base(sources_of(settings, staged), staged, tongue, progress, earlier)
    return built, know(built.path, tongue)


def reopen(path: Path) -> Knowledge:
    """Open and verify one base, with the language as it is now."""
    return know(path, tongue_now())

"""A folder of reports → a new base. One bad report never stops the others."""

import json
import logging
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from bot.errors import ReportError
from bot.facts.writer import Batch, seal_base
from bot.ingest.corrections import Correction, correct
from bot.ingest.extract import Extraction, Language, extract
from bot.ingest.formats.sandbox import Sandbox
from bot.ingest.profiles import Profiler
from bot.ingest.reading import MAX_BYTES, read_document, shown
from bot.ingest.reusing import Kept, Known, kept

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".docx", ".pdf"})
"""Usual ends of names; what a file is its content tells."""
logger = logging.getLogger(__name__)
Progress = Callable[[int, int, str], None]
"""Called with done, total and the name of the file at hand."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A report that could not be taken."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    path: Path
    reports: int
    facts: int
    refused: tuple[Refused, ...]
    stale: tuple[str, ...] = ()
    """Corrections that no longer apply: file, line and why."""


def report_files(folder: Path) -> list[Path]:
    """The files of a folder that could be reports, by name; what they are their content tells."""
    if not folder.is_dir():
        return []
    found = (p for p in folder.rglob("*") if p.is_symlink() or p.is_file())
    return sorted(p for p in found if not _is_aside(p.name))


def _is_aside(name: str) -> bool:
    """True for hidden files, what editors leave beside an open file, and the folder's README."""
    return name.startswith((".", "~$")) or name.endswith("~") or name.lower() == "readme.md"


def read_reports(
    files: Iterable[Path], root: Path, language: Language, progress: Progress
) -> tuple[list[Extraction], list[Refused]]:
    """Extract every report that can be taken; the others are named with the reason."""
    files = list(files)
    taken: list[Extraction] = []
    refused: list[Refused] = []
    seen: dict[str, str] = {}
    with Sandbox() as sandbox:
        for done, path in enumerate(files):
            progress(done, len(files), shown(path.name))
            try:
                document = read_document(path, root, sandbox)
                if document.sha256 in seen:
                    raise ReportError(f"与 {seen[document.sha256]} 内容完全相同")
                taken.append(extract(document, language))
                seen[document.sha256] = document.name
            except ReportError as error:
                refused.append(Refused(shown(str(path)), str(error)))
            except Exception as error:  # a fault of ours in one report must not cost the others
                logger.exception("%s", shown(str(path)))
                why = f"程序没能读懂这份报告（{type(error).__name__}）；请把它发给维护者"
                refused.append(Refused(shown(str(path)), why))
    progress(len(files), len(files), "")
    return taken, refused


def _unknown(sha: str) -> Batch | None:
    """Nothing is held."""
    return None


@dataclass(frozen=True, slots=True)
class Order:
    """What a base is to be built from, and where it is to lie."""

    files: tuple[Path, ...]
    """The reports."""
    folder: Path
    """Where the base is written; nothing points to it yet."""
    root: Path
    """Reports below it are cited relative to it."""
    meta: dict[str, str]
    """What the base is to say of itself."""
    corrections: tuple[Correction, ...] = ()
    moved: tuple[str, str] = ("", "")
    """A part of the names of staged reports, and what it is once they are published."""
    known: Known = _unknown
    """What an earlier base holds of a report; only where the same language made it."""
    mended: frozenset[str] = frozenset()
    """Ids of the facts that were corrected there."""


def build(order: Order, language: Language, profiler: Profiler, progress: Progress) -> Built:
    """Build a base; it is sealed and not yet the current one.

    ReportError when no report at all can be taken: an empty base serves nobody.
    """
    held = _held(order)
    fresh = [path for path in order.files if path not in held.batches]
    taken, refused = read_reports(fresh, order.root, language, progress)
    if not taken and not held.batches:
        reasons = "".join(f"\n{r.file}: {r.reason}" for r in refused)
        raise ReportError(f"没有可用的报告{reasons}")
    cited = [_cited(extraction, order.moved) for extraction in taken]
    corrected = correct(cited, order.corrections, language)
    meta = order.meta | {"corrections": _notes(corrected.applied)}
    batches = [_batch(extraction, profiler) for extraction in corrected.extractions]
    batches += held.batches.values()
    batches.sort(key=lambda batch: held.place(batch.report.sha256, order.files))
    path = seal_base(order.folder, batches, meta)
    facts = sum(len(b.entered) for b in batches)
    return Built(path, len(batches), facts, tuple(refused), corrected.stale)


def _held(order: Order) -> Kept:
    """The reports that need not be read again, and no correction has changed or is to change."""
    corrected = order.mended | {c.fact for c in order.corrections}

    def names(path: Path) -> set[str]:
        base, resolved = order.root.resolve(), path.resolve()
        inside = resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else ""
        return {_renamed(name, order.moved) for name in (inside or str(path),)}

    return kept(order.files, names, order.known, corrected)


def _renamed(file: str, moved: tuple[str, str]) -> str:
    return file.replace(*moved) if moved[0] else file


def _cited(extraction: Extraction, moved: tuple[str, str]) -> Extraction:
    report = replace(extraction.report, file=_renamed(extraction.report.file, moved))
    return replace(extraction, report=report)


def _notes(applied: Iterable[Correction]) -> str:
    """The corrections in a base, fact by fact, with their notes."""
    return json.dumps({c.fact: c.note for c in applied}, ensure_ascii=False, sort_keys=True)


def _batch(extraction: Extraction, profiler: Profiler) -> Batch:
    before = extraction.told_before
    entered = tuple(profiler.enter(fact, before.get(fact.id, "")) for fact in extraction.facts)
    named = tuple(replace(e, fact=replace(e.fact, intent=e.profile.intent)) for e in entered)
    report = extraction.report
    report = replace(report, passages=tuple(map(profiler.read, report.passages)))
    return Batch(report, extraction.ledger.excluded, named)


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash over files, to know whether a base is still built from them.

    What is never read (links, huge or forbidden files) counts by its name, size and time.
    """
    digest = sha256()
    for path in paths:
        digest.update(os.fsencode(path.name))
        digest.update(_state(path))
    return digest.hexdigest()


def _state(path: Path) -> bytes:
    try:
        state = path.lstat()
        if path.is_symlink() or state.st_size > MAX_BYTES:
            return f"{state.st_size} {state.st_mtime_ns}".encode()
        return sha256(path.read_bytes()).digest()
    except OSError as error:
        return str(error.errno).encode()

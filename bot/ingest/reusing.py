"""Reports that an earlier base holds already: taken over as they are, so that a release is quick.

A report is taken over only when nothing that decides its facts has changed: its bytes, its name,
the program's language, the corrections of its facts. The base that comes out is the same.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.facts.writer import Batch
from bot.ingest.corrections import HIDDEN

_MOST = 20_000_000
Known = Callable[[str], Batch | None]
"""What an earlier base holds of a report, by the sha256 of its bytes."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Which files need not be read again."""

    batches: dict[Path, Batch]
    shas: dict[Path, str]
    """Of every file that can be read, kept or not."""

    def place(self, sha: str, files: tuple[Path, ...]) -> int:
        """Where the report of these bytes stands among the files."""
        return next((n for n, path in enumerate(files) if self.shas.get(path) == sha), len(files))


def kept(
    files: Iterable[Path], names: Callable[[Path], Set[str]], known: Known, corrected: Set[str]
) -> Kept:
    """The files whose reports are held already, under one of their names, and are not corrected."""
    shas = {path: sha for path in files if (sha := _sha(path))}
    often = Counter(shas.values())
    batches = {}
    for path, sha in shas.items():
        batch = known(sha) if often[sha] == 1 else None
        if batch is not None and batch.report.file in names(path) and _as_is(batch, corrected):
            batches[path] = batch
    return Kept(batches, shas)


def _as_is(batch: Batch, corrected: Set[str]) -> bool:
    mended = any(entered.fact.id in corrected for entered in batch.entered)
    return not mended and not any(x.rule == HIDDEN for x in batch.excluded)


def _sha(path: Path) -> str:
    """Of a plain file of sensible size; "" for anything else."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(number, "rb") as file:
            data = file.read(_MOST + 1)
    except OSError:
        return ""
    return sha256(data).hexdigest() if len(data) <= _MOST else ""

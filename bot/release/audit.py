"""The audit log: who changed what answers, when, from which version to which. It is only added to.

One JSON record a line, on disk before the change goes on. A line that a crash has cut off is
skipped when read and closed when the next one is written.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, or one step of it."""

    at: str
    """ISO time with its zone."""
    who: str
    """The admin's id, or the name of what started it: console, SIGHUP."""
    what: str
    """publish (begun) | published | rollback | cancelled | failed"""
    before: str
    """The version that answered."""
    after: str
    """The version that was to answer, or answers now."""
    detail: str
    """What was changed: a report, an alias, a correction; or why it failed."""


class AuditLog:
    """The log of one deployment; safe to share between threads."""

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._lock = threading.Lock()

    def record(self, what: str, who: str, before: str, after: str, detail: str = "") -> Entry:
        """Add a line; it is on disk when this returns."""
        at = self._now().isoformat(timespec="seconds")
        entry = Entry(at, who, what, before, after, detail)
        line = json.dumps(asdict(entry), ensure_ascii=False) + "\n"
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab+") as file:
                file.write((b"\n" if _is_cut(self._path) else b"") + line.encode())
                file.flush()
                os.fsync(file.fileno())
        return entry

    def entries(self, limit: int = 1_000_000) -> list[Entry]:
        """The last entries, the newest first."""
        try:
            lines = self._path.read_bytes().splitlines()
        except OSError:
            return []
        found: list[Entry] = []
        for line in reversed(lines):
            if len(found) == limit:
                break
            try:
                found.append(Entry(**json.loads(line)))
            except (ValueError, TypeError):
                continue
        return found


def _is_cut(path: Path) -> bool:
    """True when the last line was never finished."""
    with path.open("rb") as file:
        if file.seek(0, os.SEEK_END) == 0:
            return False
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"

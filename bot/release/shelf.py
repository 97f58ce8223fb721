"""The files of a release: the lock, the staging folder, and the versions that are kept.

A release is staged in a folder that mirrors the data folder. Publishing moves the staged reports
and settings into place and then one pointer; whatever interrupts it, a whole base is pointed to.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.building import REMOVED
from bot.errors import BotError
from bot.facts.pointer import current_base
from bot.facts.writer import bases, point_to, publish
from bot.release.asking import Stored

STAGED = "staged"
_LOCK = "release.lock"
_MOVED = ("reports", "config")


class Busy(BotError):
    """Another release is under way."""


@dataclass(frozen=True, slots=True)
class Version:
    """A base that can be gone back to."""

    path: Path
    name: str
    """As people say it: the short hash."""
    at: datetime
    """When it was built."""
    current: bool


class Shelf:
    """The data folder as releases use it."""

    def __init__(self, data: Path, bases_folder: Path) -> None:
        self._data = data
        self._bases = bases_folder
        self._lock: int | None = None
        self.staged = data / STAGED
        """What is to be published, laid out as in the data folder."""

    def take(self) -> None:
        """Take the lock, which ends with the process at the latest; Busy when it is taken."""
        self._data.mkdir(parents=True, exist_ok=True)
        lock = os.open(self._data / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise Busy("另一个进程正在更换知识库") from None
        self._lock = lock

    def give_back(self) -> None:
        """Drop what is staged and the lock."""
        shutil.rmtree(self.staged, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def stage(self, files: Mapping[str, bytes], removed: Iterable[str] = ()) -> None:
        """Stage files, named relative to the data folder, and the removal of others.

        What was staged before is dropped.
        """
        shutil.rmtree(self.staged, ignore_errors=True)
        self.staged.mkdir(parents=True)
        for name, data in files.items():
            path = self.staged / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        (self.staged / REMOVED).write_text("\n".join(removed), encoding="utf-8")

    def publish(self, base: Path) -> Path:
        """Move everything staged into place, the pointer last."""
        for folder in _MOVED:
            for path in sorted((self.staged / folder).rglob("*")):
                if path.is_file():
                    final = self._data / path.relative_to(self.staged)
                    final.parent.mkdir(parents=True, exist_ok=True)
                    path.replace(final)
        for name in (self.staged / REMOVED).read_text(encoding="utf-8").splitlines():
            (self._data / name).unlink(missing_ok=True)
        return publish(base, self._bases)

    def store(self, base: Path, answers: Sequence[Stored]) -> None:
        """Keep the answers of a version beside it, to be compared when it is replaced."""
        lines = (json.dumps(asdict(answer), ensure_ascii=False) + "\n" for answer in answers)
        self._bases.mkdir(parents=True, exist_ok=True)
        (self._bases / f"{base.stem}.answers").write_text("".join(lines), encoding="utf-8")

    def stored(self, version: str) -> tuple[Stored, ...]:
        """The kept answers of a version; none when they were not kept, or cannot be read."""
        for path in self._bases.glob(f"{version}*.answers"):
            with suppress(OSError, ValueError, TypeError):
                lines = path.read_text(encoding="utf-8").splitlines()
                return tuple(_stored(json.loads(line)) for line in lines)
        return ()

    def go_back(self, version: Version) -> None:
        """Point to a kept version, and keep to it until the next release."""
        point_to(version.path, pinned=True)

    def pointed(self) -> Path:
        """The base that is pointed to; BaseError when there is none."""
        return current_base(self._bases)

    def versions(self) -> tuple[Version, ...]:
        """The versions that are kept, newest first."""
        now = self.pointed().name
        return tuple(
            Version(
                path,
                path.stem[:12],
                datetime.fromtimestamp(path.stat().st_mtime).astimezone(),
                path.name == now,
            )
            for path in bases(self._bases)
        )


def _stored(record: dict[str, Any]) -> Stored:
    lists = {name: tuple(record[name]) for name in ("facts", "reports")}
    return Stored(**(record | lists))

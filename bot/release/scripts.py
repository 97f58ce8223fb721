"""The dialogue scripts of a deployment: whoever plays them is handed in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge import Knowledge

SUFFIX = ".dialogue.yaml"


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation of a script that a base does not meet, or a script that cannot be read."""

    file: str
    line: int
    text: str
    """What was expected and what was said."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


@dataclass(frozen=True, slots=True)
class Played:
    """What playing scripts came to."""

    turns: int
    failures: tuple[Failure, ...]


Play = Callable[[Sequence[Path], Knowledge], Played]
"""Plays scripts against a base, each dialogue from a clean session."""


def script_files(*folders: Path) -> tuple[Path, ...]:
    """The scripts of folders, by name; of two with one relative name the later folder's."""
    found = {
        path.relative_to(folder): path
        for folder in folders
        for path in sorted(folder.rglob(f"*{SUFFIX}"))
        if path.is_file()
    }
    return tuple(found[name] for name in sorted(found))

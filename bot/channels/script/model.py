"""The values of a script: dialogues, turns, wants – and what a turn showed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

Record = dict[str, object]
"""A turn as the contract has it; a channel that cannot see a field leaves it out."""

PRIVATE, GROUP = "private", "group"
ADMIN = "admin"
"""Users whose name begins with it are admins."""


@dataclass(frozen=True, slots=True)
class Want:
    """One expectation."""

    key: str
    """figure, place, reply~ …; `told` in a `not:` is a bare text that must not be said."""
    values: tuple[str, ...]
    line: int
    pair: tuple[int, int] = (0, 0)
    """Offsets of key and value in the file; (0, 0) when it is written nowhere."""
    span: tuple[int, int] = (0, 0)
    """Offsets of the value."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing a user does, and what should come of it."""

    number: int
    """From 1."""
    line: int
    does: str
    """say | tap | send_file | edit | inline"""
    what: str
    user: str
    chat: str
    """private | group"""
    at: date | None
    """The day it is played on; None for the day of the run."""
    wait: float
    """Seconds that pass before."""
    wants: tuple[Want, ...]
    nots: tuple[Want, ...]
    """None of these may hold."""
    known_failure: str = ""
    """Why this turn is known to fail; it must."""
    known_pair: tuple[int, int] = (0, 0)
    """Offsets of the key and the reason."""


@dataclass(frozen=True, slots=True)
class World:
    """The reports a dialogue is about; empty for the base of the settings."""

    folder: Path | None = None
    texts: tuple[tuple[str, str], ...] = ()
    """Small reports: file name and text."""


DEFAULT_WORLD = World()


@dataclass(frozen=True, slots=True)
class Script:
    """One dialogue: what pytest counts as one test."""

    path: Path
    line: int
    series: str
    name: str
    """Unique in its file; rows of a table carry their number."""
    refusal: bool
    tags: frozenset[str]
    skip: str
    """Why it is not played; "" when it is."""
    known_failure: str
    """Why it is known to fail; it must."""
    world: World
    turns: tuple[Turn, ...]
    known_pair: tuple[int, int] = (0, 0)
    """Offsets of `known_failure` and its reason."""

    @property
    def id(self) -> str:
        """File and name."""
        return f"{self.path.as_posix()}::{self.name}"


@dataclass(frozen=True, slots=True)
class Fault:
    """Something in a file that makes it unplayable."""

    path: Path
    line: int | None
    why: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.why}" if self.line else f"{self.path}: {self.why}"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a turn showed."""

    record: Record
    text: str
    """What the user reads."""
    buttons: tuple[str, ...] = ()
    """As drawn, in order."""
    chart: bool = False
    silent: bool = False
    """True when the bot rightly or wrongly said nothing."""
    trouble: str = ""
    """Why the turn could not be made: no such button, no answer in time."""
    broken: bool = False
    """True when that is no fault of an answer – and so never a known failure."""
    why: Callable[[], tuple[str, ...]] = tuple
    """What was understood, the rivals and the deciding cost; asked only for what fails."""

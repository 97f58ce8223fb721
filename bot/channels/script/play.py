"""Playing dialogues: turn by turn through a player, each turn judged. One loop for all players."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bot.channels.script.judge import Complaint, judge
from bot.channels.script.load import Loaded, load
from bot.channels.script.model import Fault, Record, Script, Seen, Turn

Progress = Callable[[int, int, str], None]
"""Called with done, total, name."""


class Player(Protocol):
    """Whoever makes the turns: the engine in this process, or a bot behind a Bot API."""

    def begin(self, script: Script) -> str:
        """Get ready for a dialogue; a reason when it cannot be played here."""

    def act(self, script: Script, turn: Turn) -> Seen:
        """Make one turn and tell what it showed."""


@dataclass(frozen=True, slots=True)
class TurnResult:
    """One played turn."""

    turn: Turn
    record: Record
    text: str
    """What the user read."""
    complaints: tuple[Complaint, ...]
    trouble: str
    """Why it could not be made, if it could not."""
    why: tuple[str, ...]
    """Of a failed turn: what was understood, the rivals, the deciding cost."""
    broken: bool = False
    """True when it failed for a reason that no known failure excuses."""

    @property
    def accepted(self) -> bool:
        """True for an answer where none should be."""
        statuses = {w.key: w for w in self.turn.wants}.get("status")
        answered = self.record.get("status") == "answered"
        return answered and statuses is not None and "answered" not in statuses.values

    @property
    def wrong_figure(self) -> bool:
        """True for another figure than the one that was wanted."""
        failed = {c.want.key for c in self.complaints}
        return bool(self.record.get("facts")) and not self.accepted and "figure" in failed

    @property
    def elapsed_ms(self) -> float:
        """How long the bot took."""
        return float(str(self.record.get("elapsed_ms", 0.0)))

    @property
    def failed(self) -> bool:
        """True when something is not as expected."""
        return bool(self.complaints or self.trouble)


@dataclass(frozen=True, slots=True)
class Played:
    """One played dialogue."""

    script: Script
    turns: tuple[TurnResult, ...] = ()
    skipped: str = ""
    """Why it was not played."""

    @property
    def wrong(self) -> tuple[TurnResult, ...]:
        """The turns to look at: they failed, or are known to fail and did not, or broke."""
        if self.script.known_failure:
            return tuple(t for t in self.turns if t.broken)
        return tuple(t for t in self.turns if t.broken or t.failed != bool(t.turn.known_failure))

    @property
    def mended(self) -> bool:
        """True when everything passes although it is known to fail."""
        known = self.script.known_failure
        return bool(known and self.turns) and not any(t.failed for t in self.turns)

    @property
    def known(self) -> bool:
        """True when it fails as it is known to."""
        if self.script.known_failure:
            return any(t.failed for t in self.turns)
        return not self.wrong and any(t.failed for t in self.turns)

    @property
    def reason(self) -> str:
        """Why it is known to fail."""
        known = (self.script.known_failure, *(t.turn.known_failure for t in self.turns))
        return next((r for r in known if r), "")

    @property
    def seconds(self) -> float:
        """How long the bot took for all turns."""
        return sum(t.elapsed_ms for t in self.turns) / 1000

    @property
    def ok(self) -> bool:
        """True when nothing is to be done."""
        return not self.wrong and not self.mended


@dataclass(frozen=True, slots=True)
class Result:
    """Everything that was played."""

    played: tuple[Played, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def failed(self) -> tuple[Played, ...]:
        """The dialogues that are not as they should be."""
        return tuple(p for p in self.played if not p.ok)

    @property
    def ok(self) -> bool:
        """True when every file can be read and every dialogue is as it should be."""
        return not self.faults and not self.failed


def play_one(script: Script, player: Player) -> Played:
    """Play one dialogue to its end: a failed turn does not hide the later ones."""
    if script.skip:
        return Played(script, skipped=script.skip)
    if reason := player.begin(script):
        return Played(script, skipped=reason)
    shown: list[Seen] = []
    results: list[TurnResult] = []
    for turn in script.turns:
        seen = player.act(script, turn)
        results.append(_judged(turn, seen, shown))
        shown.append(seen)
    return Played(script, tuple(results))


def _judged(turn: Turn, seen: Seen, earlier: list[Seen]) -> TurnResult:
    complaints = () if seen.trouble else judge(turn, seen, earlier)
    why = seen.why() if complaints else ()
    return TurnResult(turn, seen.record, seen.text, complaints, seen.trouble, why, seen.broken)


def play_all(
    scripts: Iterable[Script], player: Player, progress: Progress = lambda done, total, name: None
) -> tuple[Played, ...]:
    """Play dialogues one after the other."""
    todo = tuple(scripts)
    played = []
    for number, script in enumerate(todo):
        progress(number, len(todo), script.name)
        played.append(play_one(script, player))
    progress(len(todo), len(todo), "")
    return tuple(played)


def play(
    paths: Iterable[Path], player: Player, is_place: Callable[[str], bool],
    wanted: Callable[[Script], bool] = lambda script: True,
) -> Result:  # fmt: skip
    """Load and play files and folders."""
    loaded: Loaded = load(paths, is_place)
    chosen = [s for s in loaded.scripts if wanted(s)]
    return Result(play_all(chosen, player), loaded.faults)

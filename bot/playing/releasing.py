"""The scripts of a deployment, played against a base that does not serve yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from bot.channels.script.play import Played as Dialogue
from bot.channels.script.told import near
from bot.knowledge import Knowledge
from bot.playing import check_scripts
from bot.release.scripts import Failure, Play, Played
from bot.settings import Settings


def scripts_player(settings: Settings, day: Callable[[], date]) -> Play:
    """What plays scripts before a release; it never touches the data of the deployment."""

    def play(scripts: Sequence[Path], knowledge: Knowledge) -> Played:
        if not scripts:
            return Played(0, ())
        result = check_scripts(knowledge, settings, scripts, day())
        broken = [Failure(near(f.path), f.line or 1, f.why) for f in result.faults]
        failed = [failure for dialogue in result.failed for failure in _failures(dialogue)]
        return Played(sum(len(p.turns) for p in result.played), (*broken, *failed))

    return play


def _failures(dialogue: Dialogue) -> Iterator[Failure]:
    """The turns of a dialogue that are not as they should be; what passes at last is no failure."""
    for result in dialogue.wrong:
        wanted = "；".join(f"{c.wanted} ≠ {c.got}" for c in result.complaints) or result.trouble
        if wanted:
            where = near(dialogue.script.path)
            yield Failure(where, result.turn.line, f"{result.turn.what} → {wanted}")

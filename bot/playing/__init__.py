"""Scripts played: by the engine in this process, or through Telegram's API.

`check_scripts` is for a release: it plays the deployment's own scripts against a base that does not
serve yet and tells failures with file and line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from bot.channels.script.exercised import Universe
from bot.channels.script.judge import flat
from bot.channels.script.play import Result, play
from bot.dialogue.wording import load_wordings
from bot.knowledge import Knowledge
from bot.playing.engine import Engine
from bot.playing.worlds import admin_ids, picked, user_id
from bot.settings import Settings
from intents.gazetteer import Gazetteer

__all__ = [
    "Engine", "admin_ids", "check_scripts", "knows_place", "picked", "universe_of", "user_id",
]  # fmt: skip


def knows_place(gazetteer: Gazetteer, name: str) -> bool:
    """True for the name of a place, alone or behind its parents."""
    return any(m.start == 0 and m.end == len(name) for m in gazetteer.find(name))


def check_scripts(
    knowledge: Knowledge, settings: Settings, paths: Iterable[Path], today: date
) -> Result:
    """Play the scripts of files and folders against a base, served or not.

    The result's `faults` and the `told` of its failed dialogues name file and line.
    """
    gazetteer = knowledge.tongue.gazetteer
    with Engine(settings, knowledge, today) as engine:
        return play(paths, engine, lambda name: knows_place(gazetteer, name))


def universe_of(knowledge: Knowledge) -> Universe:
    """Everything a base could be asked for."""
    facts = knowledge.base.facts()
    measures = knowledge.tongue.catalog.measures
    reported = sorted({f.intent for f in facts if f.intent})

    def measure_of(figure: str, place: str | None, year: str | None) -> str | None:
        found = [
            f.intent
            for f in facts
            if flat(f.text) in (flat(figure), flat(figure) + flat(f.unit))
            and (place is None or place in f.area.full)
            and (year is None or str(f.year) == year)
        ]
        return found[0] if len(set(found)) == 1 else None

    return Universe(
        intents={i: measures[i].name for i in reported},
        places=tuple(dict.fromkeys(c.name for c in knowledge.base.covered)),
        templates=tuple(w.templates for w in load_wordings().by_language.values()),
        measure_of=measure_of,
    )

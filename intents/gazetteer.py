"""Names of places: every official and everyday name → the codes it may mean.

One automaton over all names, so a look-up does not depend on how many there are. Ambiguity is
kept: 鼓楼区 means four districts until a parent (南京市鼓楼区) or the caller decides.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from intents.automaton import Automaton
from intents.errors import DataFileError

_FIELDS = ["code", "name", "short", "level", "parent", "pinyin", "aliases"]


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative division at county level or above."""

    code: str
    name: str
    """Official: 余姚市."""
    short: str
    """Everyday: 余姚."""
    level: str
    """province | city | county"""
    parent: str
    """Code of the division above, "" for provinces."""
    pinyin: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All written names, official first."""
        return tuple(dict.fromkeys((self.name, self.short, *self.aliases)))


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name found in a text."""

    start: int
    end: int
    codes: tuple[str, ...]
    """What it may mean, in code order."""
    official: bool
    """True when the official name (with 区/市/县) was written."""


class Gazetteer:
    """All places; immutable after construction."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.places: dict[str, Place] = {place.code: place for place in places}
        names: dict[str, list[tuple[str, bool]]] = {}
        for place in self.places.values():
            for name in place.names:
                names.setdefault(name, []).append((place.code, name == place.name))
        self._names = {name: tuple(sorted(codes)) for name, codes in names.items()}

    @cached_property
    def _automaton(self) -> Automaton[str]:
        return Automaton((name, name) for name in self._names)

    @property
    def names(self) -> dict[str, tuple[str, ...]]:
        """Each name with the codes it may mean."""
        return {name: tuple(code for code, _ in codes) for name, codes in self._names.items()}

    def lineage(self, code: str) -> tuple[str, ...]:
        """The codes above a place, nearest first."""
        above = []
        while (place := self.places.get(code)) and place.parent:
            code = place.parent
            above.append(code)
        return tuple(above)

    def full(self, code: str) -> str:
        """The name with its parents: 浙江省宁波市余姚市."""
        chain = (code, *self.lineage(code))
        return "".join(self.places[c].name for c in reversed(chain))

    def children(self, code: str) -> tuple[str, ...]:
        """Codes of everything inside a place."""
        return tuple(c for c in self.places if code in self.lineage(c))

    def find(self, text: str) -> list[Mention]:
        """Leftmost-longest names of a text, parents joined to their children (宁波市余姚市)."""
        return self.join(text, self._longest(text))

    def _longest(self, text: str) -> Iterator[Mention]:
        spans: dict[int, tuple[int, str]] = {}
        for start, end, name in self._automaton.find(text):
            if start not in spans or spans[start][0] < end:
                spans[start] = (end, name)
        at = 0
        for start in sorted(spans):
            end, name = spans[start]
            if start >= at:
                at = end
                yield self.mention(name, start, end)

    def mention(self, name: str, start: int, end: int) -> Mention:
        """The mention of a known name."""
        codes = self._names[name]
        return Mention(start, end, tuple(c for c, _ in codes), any(o for _, o in codes))

    def join(self, text: str, mentions: Iterable[Mention]) -> list[Mention]:
        """Join a parent to the child that follows it at once; the child keeps fewer codes."""
        joined: list[Mention] = []
        for mention in mentions:
            last = joined[-1] if joined else None
            inside = self._inside(mention, last) if last else ()
            if last and inside and text[last.end : mention.start].strip(" 的·,，") == "":
                joined[-1] = Mention(last.start, mention.end, inside, mention.official)
            else:
                joined.append(mention)
        return joined

    def _inside(self, mention: Mention, parent: Mention) -> tuple[str, ...]:
        return tuple(c for c in mention.codes if set(self.lineage(c)) & set(parent.codes))


def load_gazetteer(path: Path) -> Gazetteer:
    """Read the place list (CSV); its faults are DataFileErrors with file and line."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            if next(reader, None) != _FIELDS:
                raise DataFileError(path, 1, f"expected the columns {','.join(_FIELDS)}")
            return Gazetteer(_place(row, path, number) for number, row in enumerate(reader, 2))
    except OSError as error:
        raise DataFileError(path, None, f"cannot be read: {error}") from error


def _place(row: list[str], path: Path, number: int) -> Place:
    if len(row) != len(_FIELDS) or not row[0].isdigit() or not row[1]:
        raise DataFileError(path, number, f"not a place: {','.join(row)}")
    code, name, short, level, parent, pinyin, aliases = row
    return Place(
        code, name, short, level, parent, pinyin, tuple(a for a in aliases.split("|") if a)
    )

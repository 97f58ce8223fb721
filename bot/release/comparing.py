"""Two bases side by side: reports and figures added, removed and changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.model import Line
from bot.facts.whole import lines, titles


@dataclass(frozen=True, slots=True)
class Named:
    """What a report is called."""

    file: str
    title: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure that another base gives otherwise."""

    what: str
    """Place, year and name."""
    before: str
    """The old figures, or "" for a new one."""
    after: str
    """The new figures, or "" for one that is gone."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How a base differs from the one before."""

    reports_added: tuple[Named, ...] = ()
    reports_removed: tuple[Named, ...] = ()
    reports_changed: tuple[Named, ...] = ()
    facts_added: tuple[Changed, ...] = ()
    facts_removed: tuple[Changed, ...] = ()
    facts_changed: tuple[Changed, ...] = ()

    @property
    def empty(self) -> bool:
        """True when reports and figures are the same."""
        return self == Difference()


_Key = tuple[str, int, str, str]


def difference(before: FactBase, after: FactBase) -> Difference:
    """What changes for the figures and reports when *after* takes the place of *before*."""
    old, new = _figures(lines(before)), _figures(lines(after))
    changed = [_change(key, old, new) for key in sorted(old.keys() | new.keys())
               if _texts(old, key) != _texts(new, key)]  # fmt: skip
    return Difference(
        *_reports(before, after),
        facts_added=tuple(c for c in changed if not c.before),
        facts_removed=tuple(c for c in changed if not c.after),
        facts_changed=tuple(c for c in changed if c.before and c.after),
    )


def _figures(lines: Iterable[Line]) -> dict[_Key, list[Line]]:
    found: dict[_Key, list[Line]] = {}
    for line in lines:
        found.setdefault((line.full, line.year, line.metric, line.kind), []).append(line)
    return found


def _texts(figures: Mapping[_Key, list[Line]], key: _Key) -> Counter[str]:
    return Counter(line.text for line in figures.get(key, ()))


def _change(key: _Key, old: Mapping[_Key, list[Line]], new: Mapping[_Key, list[Line]]) -> Changed:
    line = (old.get(key) or new[key])[0]
    told = ("、".join(one.text for one in side.get(key, ())) for side in (old, new))
    return Changed(f"{line.place} {line.year}年 {line.metric}", *told)


def _reports(
    before: FactBase, after: FactBase
) -> tuple[tuple[Named, ...], tuple[Named, ...], tuple[Named, ...]]:
    """Reports added, removed and changed: a report is known by file, a moved one by its text."""
    old, new = titles(before), titles(after)
    olds, news = {t.sha256 for t in old}, {t.sha256 for t in new}
    gone = {t.file: t for t in old if t.sha256 not in news}
    come = {t.file: t for t in new if t.sha256 not in olds}
    both = sorted(gone.keys() & come.keys())
    named = {t.file: Named(t.file, t.title) for t in (*old, *new)}
    return (
        tuple(named[file] for file in sorted(come.keys() - gone.keys())),
        tuple(named[file] for file in sorted(gone.keys() - come.keys())),
        tuple(named[file] for file in both),
    )

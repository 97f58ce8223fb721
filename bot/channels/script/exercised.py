"""What a run has exercised, and what it never touched; what passes and what fails apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from bot.channels.script.judge import entries
from bot.channels.script.model import Record
from bot.channels.script.play import Result, TurnResult
from bot.facts.query import Reason

_ORIGINS = ("said", "carried", "default")
_FIELD = re.compile(r"\{\w+\}")
_BARE, _TELLING = 2, 3
"""With fewer characters of its own a template is told from nothing, or only from a whole line."""


@dataclass(frozen=True, slots=True)
class Universe:
    """What there is to be exercised."""

    intents: Mapping[str, str]
    """Measures that the base reports: id → name."""
    places: tuple[str, ...]
    templates: tuple[Mapping[str, str], ...]
    """What the bot says, by key, in each language."""
    measure_of: Callable[[str, str | None, str | None], str | None]
    """The measure of a printed figure, with place and year where they are known."""


@dataclass(frozen=True, slots=True)
class Exercised:
    """One kind of thing: how often in turns that pass, how often in turns that fail."""

    title: str
    passing: Counter[str]
    failing: Counter[str]
    never: tuple[str, ...]
    """What no turn has touched."""

    @property
    def total(self) -> int:
        """How many there are."""
        return len({*self.passing, *self.failing, *self.never})

    @property
    def only_failing(self) -> tuple[str, ...]:
        """What only failing turns have touched."""
        return tuple(sorted(self.failing.keys() - self.passing.keys()))


def exercised(result: Result, universe: Universe) -> tuple[Exercised, ...]:
    """Measures, combinations of slots, reasons, reply keys and places."""
    turns = [t for p in result.played for t in p.turns]
    keys = _KeyFinder(universe.templates)
    combinations = ["/".join(c) for c in product(_ORIGINS, repeat=3)]
    return (
        _count("measures", turns, _intents, universe.intents),
        _count("place/year/measure slots", turns, _slots, combinations),
        _count("reasons", turns, _reasons, [r.value for r in Reason]),
        _count("reply keys", turns, keys.found, sorted({k for t in universe.templates for k in t})),
        _count("places", turns, _places, universe.places),
    )


def _count(
    title: str, turns: Iterable[TurnResult], what: Callable[[TurnResult], Iterable[str]],
    all_of: Iterable[str],
) -> Exercised:  # fmt: skip
    known = list(all_of)
    passing: Counter[str] = Counter()
    failing: Counter[str] = Counter()
    for turn in turns:
        (failing if turn.failed else passing).update(w for w in set(what(turn)) if w in known)
    never = tuple(k for k in known if k not in passing and k not in failing)
    return Exercised(title, passing, failing, never)


def _intents(turn: TurnResult) -> Iterator[str]:
    yield str(turn.record.get("intent"))
    yield from (str(f.get("intent")) for f in entries(turn.record, "facts"))


def _slots(turn: TurnResult) -> Iterator[str]:
    understood = turn.record.get("understood")
    if isinstance(understood, dict) and {"place", "year", "measure"} <= understood.keys():
        yield "/".join(str(understood[n]["origin"]) for n in ("place", "year", "measure"))


def _reasons(turn: TurnResult) -> Iterator[str]:
    yield str(turn.record.get("reason"))


def _places(turn: TurnResult) -> Iterator[str]:
    yield from (str(f.get("jurisdiction")) for f in entries(turn.record, "facts"))
    for passage in entries(turn.record, "passages"):
        source = passage.get("source")
        yield str(source.get("jurisdiction")) if isinstance(source, dict) else ""
    understood = turn.record.get("understood")
    if isinstance(understood, dict) and "place" in understood:
        yield str(understood["place"]["value"])


class _KeyFinder:
    """Tells from a reply which templates it was made of."""

    def __init__(self, templates: Iterable[Mapping[str, str]]) -> None:
        self._patterns = [
            (key, re.compile(_pattern(template)), len(_FIELD.sub("", template).strip()))
            for by_key in templates
            for key, template in by_key.items()
        ]

    def found(self, turn: TurnResult) -> Iterator[str]:
        """The keys of the templates that a line of the reply fits."""
        texts = [*turn.text.split("\n"), turn.text]
        for key, pattern, own in self._patterns:
            whole = own >= _BARE or key == "figure"
            if (own >= _TELLING and pattern.search(turn.text)) or (
                whole and any(pattern.fullmatch(text) for text in texts)
            ):
                yield key


def _pattern(template: str) -> str:
    return "(?s:.*?)".join(map(re.escape, _FIELD.split(template.strip())))


def confusion(result: Result, universe: Universe) -> Counter[tuple[str, str]]:
    """Measures that were answered where others were wanted, by name."""
    pairs: Counter[tuple[str, str]] = Counter()
    for turn in (t for p in result.played for t in p.turns):
        if not (turn.accepted or turn.wrong_figure):
            continue
        wanted = "a refusal" if turn.accepted else _wanted(turn, universe)
        pairs[wanted, _name(_got(turn.record), universe)] += 1
    return pairs


def _wanted(turn: TurnResult, universe: Universe) -> str:
    said = {w.key: w.values[0] for w in turn.turn.wants}
    found = universe.measure_of(said["figure"], said.get("place"), said.get("year"))
    return _name(found, universe)


def _got(record: Record) -> str | None:
    facts = entries(record, "facts")
    intent = facts[0].get("intent") if facts else record.get("intent")
    return str(intent) if intent else None


def _name(intent: str | None, universe: Universe) -> str:
    return universe.intents.get(intent or "", intent or "no canonical measure")


def coverage_lines(found: Iterable[Exercised], shown: int = 12) -> Iterator[str]:
    """The report for the terminal."""
    for kind in found:
        touched = kind.total - len(kind.never)
        yield f"{kind.title}: {touched} of {kind.total} exercised"
        if kind.only_failing:
            yield f"  only in turns that fail: {', '.join(kind.only_failing[:shown])}"
        if kind.never:
            more = f" … and {len(kind.never) - shown} more" if len(kind.never) > shown else ""
            yield f"  never: {', '.join(kind.never[:shown])}{more}"

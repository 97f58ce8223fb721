"""Extraction against figures marked by hand, in five real and four invented reports."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from invented import LANGUAGE, ROOT

from bot.facts.model import Fact
from bot.ingest.extract import Extraction, extract
from bot.ingest.reading import read_document

GOLD = ROOT / "tests" / "gold"
SEEDS = tuple(sorted((ROOT / "seeds").glob("*.txt")))
INVENTED = tuple(sorted((GOLD / "reports").glob("*.txt")))

Marked = dict[str, object]
ATTRIBUTES = ("value", "unit", "place", "year")


@dataclass(frozen=True, slots=True)
class Match:
    """A marked figure and the fact that covers it."""

    marked: Marked
    fact: Fact | None


@cache
def extraction(path: Path) -> Extraction:
    return extract(read_document(path, ROOT), LANGUAGE)


@cache
def matches(path: Path) -> tuple[Match, ...]:
    lines = (GOLD / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_match(json.loads(line), extraction(path).facts) for line in lines)


def _match(marked: Marked, facts: tuple[Fact, ...]) -> Match:
    start, end = int(str(marked["start"])), int(str(marked["end"]))
    covering = (f for f in facts if f.start < end and start < f.end)
    return Match(marked, next(covering, None))


def found(paths: tuple[Path, ...]) -> Iterator[tuple[Marked, Fact]]:
    for path in paths:
        for match in matches(path):
            if match.fact is not None:
                yield match.marked, match.fact


def is_place(marked: Marked, fact: Fact) -> bool:
    """A place may be marked by any of its names (大理州)."""
    place = LANGUAGE.gazetteer.places.get(fact.area.code)
    names = {fact.area.name, *(place.names if place else ())}
    return str(marked["place"]) in names


def right(name: str, marked: Marked, fact: Fact) -> bool:
    """Whether an attribute is as it was marked."""
    if name == "value":
        return float(fact.value) == float(str(marked["value"]))
    if name == "place":
        return is_place(marked, fact)
    got = {
        "unit": fact.unit,
        "year": fact.year,
        "kind": fact.kind.value,
        "qualifier": fact.qualifier.value,
    }
    return got[name] == marked[name]


def recall(paths: tuple[Path, ...]) -> float:
    every = [match for path in paths for match in matches(path)]
    return sum(match.fact is not None for match in every) / len(every)


def precision(paths: tuple[Path, ...]) -> float:
    """A fact that no reader marked counts against it."""
    facts = {fact.id for path in paths for fact in extraction(path).facts}
    marked = {fact.id for _, fact in found(paths)}
    return len(marked) / len(facts)


def wholly_right(paths: tuple[Path, ...]) -> float:
    """Found with value, unit, place and year all right, of what was marked."""
    good = sum(
        all(right(name, marked, fact) for name in ATTRIBUTES) for marked, fact in found(paths)
    )
    return good / sum(len(matches(path)) for path in paths)


def missed(paths: tuple[Path, ...]) -> list[str]:
    return [
        f"{path.stem}: {match.marked['text']} {match.marked['metric']}"
        for path in paths
        for match in matches(path)
        if match.fact is None
    ]


def unmarked(paths: tuple[Path, ...]) -> list[str]:
    marked = {fact.id for _, fact in found(paths)}
    every = ((path.stem, fact) for path in paths for fact in extraction(path).facts)
    return [f"{stem}: {fact.text} {fact.metric}" for stem, fact in every if fact.id not in marked]


def wrong(paths: tuple[Path, ...], *names: str) -> list[str]:
    return [
        f"{fact.text} {fact.metric}: {name} {marked[name]} was marked"
        for marked, fact in found(paths)
        for name in names
        if not right(name, marked, fact)
    ]


def test_nearly_all_figures_of_the_seeds_are_found_and_little_else() -> None:
    assert recall(SEEDS) >= 0.97, missed(SEEDS)
    assert precision(SEEDS) >= 0.95, unmarked(SEEDS)


@pytest.mark.parametrize("name", [*ATTRIBUTES, "kind", "qualifier"])
def test_attributes_of_the_seeds(name: str) -> None:
    assert len(wrong(SEEDS, name)) / len(list(found(SEEDS))) <= 0.02, wrong(SEEDS, name)


def test_figures_of_the_invented_reports_are_found_with_all_attributes() -> None:
    assert recall(INVENTED) >= 0.93, missed(INVENTED)
    assert precision(INVENTED) >= 0.90, unmarked(INVENTED)
    assert wholly_right(INVENTED) >= 0.93, wrong(INVENTED, *ATTRIBUTES)


@pytest.mark.parametrize("name", ["kind", "qualifier"])
def test_kinds_of_the_invented_reports(name: str) -> None:
    assert len(wrong(INVENTED, name)) / len(list(found(INVENTED))) <= 0.02, wrong(INVENTED, name)


@pytest.mark.parametrize("path", [*SEEDS, *INVENTED], ids=lambda path: path.stem)
def test_no_report_falls_behind(path: Path) -> None:
    assert recall((path,)) >= 0.95, missed((path,))
    assert precision((path,)) >= 0.93, unmarked((path,))
    assert wholly_right((path,)) >= 0.95, wrong((path,), *ATTRIBUTES)


# -- names ---------------------------------------------------------------------------------------

ENDS = (
    *("数量", "件数", "人数", "家数", "份数", "项数", "条数", "场次", "次数", "金额"),
    *("比例", "占比", "幅度", "目标", "率", "数", "量"),
)


def pairs_of(name: str) -> set[str]:
    """The pairs of characters of a name without its unit."""
    plain = "".join(c for c in name if c.isalnum())
    while plain.endswith(ENDS) and len(plain) > 2:
        plain = plain.removesuffix(next(end for end in ENDS if plain.endswith(end)))
    return {plain[i : i + 2] for i in range(len(plain) - 1)} or {plain}


def likeness(paths: tuple[Path, ...]) -> tuple[float, float]:
    """How much of the readers' names is in ours, and of ours in the readers', on average."""
    shared = [
        (len(ours & theirs) / len(theirs), len(ours & theirs) / len(ours))
        for marked, fact in found(paths)
        for ours, theirs in [(pairs_of(fact.metric), pairs_of(str(marked["metric"])))]
    ]
    return sum(a for a, _ in shared) / len(shared), sum(b for _, b in shared) / len(shared)


@pytest.mark.parametrize(
    ("paths", "kept", "plain"),
    [(SEEDS, 0.78, 0.76), (INVENTED, 0.70, 0.75)],
    ids=["seeds", "invented"],
)
def test_names_say_what_readers_say(paths: tuple[Path, ...], kept: float, plain: float) -> None:
    completeness, plainness = likeness(paths)
    assert completeness >= kept
    assert plainness >= plain

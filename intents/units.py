"""What figures are counted in, and the words around them: units.yaml as a typed value."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from pathlib import Path

from intents.yamlfile import Node, read

UNITS_FILE = Path(__file__).with_name("units.yaml")

Words = tuple[str, ...]


class Qualifier(Enum):
    """How exact a printed figure is."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


@dataclass(frozen=True, slots=True)
class UnitWords:
    """units.yaml, as read; each list is explained there."""

    families: dict[str, str]
    """Unit → family."""
    same_as: dict[str, str]
    halves: dict[str, str]
    not_before: dict[str, Words]
    prefixes: dict[str, Qualifier]
    not_after: dict[str, Words]
    only_before: dict[str, Words]
    infixes: dict[str, Qualifier]
    suffixes: dict[str, Qualifier]
    shares: dict[str, int]
    share_qualifiers: dict[str, Qualifier]
    doublings: dict[str, int]
    rank_verbs: Words
    rank_scopes: Words
    rank_peers: Words
    rank_units: Words
    rank_moves: Words


def read_units(path: Path = UNITS_FILE) -> UnitWords:
    """Read the file; its faults are DataFileErrors with file and line."""
    top = read(path).record({field.name for field in fields(UnitWords)})
    families = _families(top["families"])
    for printed, unit in top["same_as"].pairs():
        if unit.text() not in families:
            raise unit.fail(f"{printed!r} stands for an unknown unit {unit.text()!r}")
        families.setdefault(printed, families[unit.text()])
    return UnitWords(
        families=families,
        same_as=_texts(top["same_as"]),
        halves=_texts(top["halves"]),
        not_before=_lists(top["not_before"]),
        prefixes=_qualifiers(top["prefixes"]),
        not_after=_lists(top["not_after"]),
        only_before=_lists(top["only_before"]),
        infixes=_qualifiers(top["infixes"]),
        suffixes=_qualifiers(top["suffixes"]),
        shares={word: value.integer() for word, value in top["shares"].pairs()},
        share_qualifiers={w: Qualifier(q) for w, q in _texts(top["share_qualifiers"]).items()},
        doublings={word: value.integer() for word, value in top["doublings"].pairs()},
        rank_verbs=top["rank_verbs"].texts(),
        rank_scopes=top["rank_scopes"].texts(),
        rank_peers=top["rank_peers"].texts(),
        rank_units=top["rank_units"].texts(),
        rank_moves=top["rank_moves"].texts(),
    )


def _families(node: Node) -> dict[str, str]:
    families: dict[str, str] = {}
    for family, units in node.pairs():
        for item in units.items():
            if families.setdefault(item.text(), family) != family:
                raise item.fail(f"unit {item.text()!r} is in two families")
    return families


def _qualifiers(node: Node) -> dict[str, Qualifier]:
    found = node.record(set(), {"at_least", "at_most", "about"})
    return {word: Qualifier(name) for name, words in found.items() for word in words.texts()}


def _texts(node: Node) -> dict[str, str]:
    return {word: value.text() for word, value in node.pairs()}


def _lists(node: Node) -> dict[str, Words]:
    return {word: words.texts() for word, words in node.pairs()}

"""The canonical measures: what such reports regularly count, comparable across places.

A measure is a pattern over concepts. The same pattern is held against the name of a figure (is this
figure an instance?) and against a question (is this measure asked?), so both always agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType

from intents.automaton import Automaton
from intents.text import normalise
from intents.vocabulary import ASPECTS, STRONG, Sort, Vocabulary
from intents.yamlfile import Node, read

MEASURES = Path(__file__).with_name("measures")

FAMILIES = (
    "case", "person", "attendance", "piece", "event", "organisation", "household", "place",
    "money", "ratio", "point", "time", "rank", "data", "count",
)  # fmt: skip
"""Unit families a measure may be counted in; `count` takes every family that counts things."""
KINDS = ("result", "share", "growth", "rank")
"""Sorts of figures a measure may have."""
_COUNTING = frozenset(
    {"case", "person", "attendance", "piece", "event", "organisation", "household", "place",
     "data", "none", ""}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measure:
    """A canonical measure."""

    id: str
    name: str
    """What citizens see: 行政复议收案数."""
    needs: tuple[frozenset[str], ...]
    """For each group at least one concept must be there."""
    may: frozenset[str]
    """Further concepts that do not make it another measure."""
    families: frozenset[str]
    """Unit families of its figures."""
    kind: str
    """result | share | growth | rank"""
    parent: str | None
    """The measure it is a part of."""
    accepts: tuple[str, ...]
    """Measures whose figures answer when a report gives none of this one."""
    examples: tuple[str, ...]
    """Questions that must find it."""
    negatives: tuple[str, ...]
    """Questions that must not."""

    @property
    def concepts(self) -> frozenset[str]:
        """Everything it may say."""
        return self.may.union(*self.needs)

    def fits(self, strong: Iterable[str], vocabulary: Vocabulary) -> bool:
        """True when these strong concepts say this measure and nothing else.

        A word that the name of another one holds says no more: 调解 beside 调解组织.
        """
        said = strong_of(strong, vocabulary)
        closure = frozenset().union(*(vocabulary.upward(c) for c in strong))
        own = said & self.concepts
        rest = (c for c in said - own if not any(c in name for name in own))
        return not any(rest) and all(group & closure for group in self.needs)

    def counts_in(self, family: str) -> bool:
        """True when a figure of this unit family can be one of it."""
        return family in self.families or ("count" in self.families and family in _COUNTING)


class Catalog:
    """All measures; immutable."""

    def __init__(
        self, measures: Iterable[Measure], aliases: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        self.measures = {m.id: m for m in measures}
        names = {normalise(m.name).plain: m for m in self.measures.values()}
        names |= {said: self.measures[id_] for said, id_ in aliases.items()}
        self._names = Automaton(names.items())
        self._by_concept: dict[str, list[Measure]] = {}
        for measure in self.measures.values():
            for concept in measure.needs[0]:
                self._by_concept.setdefault(concept, []).append(measure)
        self.fitting = lru_cache(maxsize=4096)(self._fitting)
        """Asked many times a turn with the same concepts."""

    def named(self, text: str) -> Measure | None:
        """The measure that *text*, normalised, says by its full name, as a picked option does."""
        said = [(end - start, measure) for start, end, measure in self._names.find(text)]
        return max(said, key=itemgetter(0))[1] if said else None

    def _fitting(self, strong: frozenset[str], vocabulary: Vocabulary) -> tuple[Measure, ...]:
        """Measures that these concepts say, the most specific first."""
        near = {
            m.id: m
            for concept in strong
            for up in vocabulary.upward(concept)
            for m in self._by_concept.get(up, ())
        }
        found = [m for m in near.values() if m.fits(strong, vocabulary)]
        return tuple(sorted(found, key=lambda m: (-len(m.needs), len(m.may), m.id)))


_REQUIRED = {"name", "needs", "family", "examples"}
_OPTIONAL = {"may", "kind", "parent", "negatives", "accepts"}


def _groups(node: Node, vocabulary: Vocabulary) -> tuple[frozenset[str], ...]:
    if not node.items():
        raise node.fail("the list is empty: a measure needs at least one concept")
    groups = tuple(_known(item, item.text().split("|"), vocabulary) for item in node.items())
    for item, group in zip(node.items(), groups, strict=True):
        for name in sorted(group):
            if vocabulary.sort(name) not in STRONG:
                sort = vocabulary.sort(name).value
                raise item.fail(f"{name!r} is {sort}: it never needs explaining")
    return groups


def _known(node: Node, names: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    found = frozenset(names)
    for name in sorted(found):
        if name not in vocabulary.concepts:
            raise node.fail(f"unknown concept {name!r}")
    return found


def _measure(id_: str, node: Node, vocabulary: Vocabulary) -> Measure:
    record = node.record(_REQUIRED, _OPTIONAL)
    families = frozenset(record["family"].text().split("|"))
    unknown = sorted(families - set(FAMILIES))
    if unknown:
        raise record["family"].fail(f"unknown family {unknown[0]!r}; known: {', '.join(FAMILIES)}")
    may = record.get("may")
    optional = {k: record[k].texts() if k in record else () for k in ("negatives", "accepts")}
    kind = record["kind"].text() if "kind" in record else "result"
    if kind not in KINDS:
        raise record["kind"].fail(f"unknown kind {kind!r}; known: {', '.join(KINDS)}")
    return Measure(
        id=id_,
        name=record["name"].text(),
        needs=_groups(record["needs"], vocabulary),
        may=_known(may, may.texts(), vocabulary) if may else frozenset(),
        families=families,
        kind=kind,
        parent=record["parent"].text() if "parent" in record else None,
        accepts=optional["accepts"],
        examples=record["examples"].texts(),
        negatives=optional["negatives"],
    )


def load_catalog(vocabulary: Vocabulary, folder: Path = MEASURES) -> Catalog:
    """Read all measures; faults are DataFileErrors with file and line."""
    measures: dict[str, Measure] = {}
    nodes: dict[str, Node] = {}
    for path in sorted(folder.glob("*.yaml")):
        for id_, node in read(path).pairs():
            if id_ in measures:
                raise node.fail(f"measure {id_!r} is defined twice")
            measures[id_], nodes[id_] = _measure(id_, node, vocabulary), node
    for measure in measures.values():
        for named in (*measure.accepts, *([measure.parent] if measure.parent else [])):
            if named not in measures:
                raise nodes[measure.id].fail(f"unknown measure {named!r}")
    return Catalog(measures.values())


def strong_of(concepts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """The concepts that must be explained.

    Acts without an opposite and weak concepts count only when nothing stronger is said.
    """
    order = tuple(concepts) if isinstance(concepts, Sequence) else ()  # a set has none
    return _strong(frozenset(concepts), order, vocabulary)


@lru_cache(maxsize=4096)
def _strong(said: frozenset[str], order: tuple[str, ...], vocabulary: Vocabulary) -> frozenset[str]:
    """Asked many times a turn of the same words."""
    said = frozenset(c for c in said if vocabulary.sort(c) in STRONG)
    said = vocabulary.compose(said, order)
    firm = frozenset(c for c in said if is_firm(c, vocabulary))
    return firm or said


def is_firm(concept: str, vocabulary: Vocabulary) -> bool:
    """True for what always needs explaining: topics, things, states, levels and polar acts."""
    sort = vocabulary.sort(concept)
    if sort is Sort.ACT:
        return bool(vocabulary.opposites(concept))
    return sort in STRONG and sort not in (Sort.WEAK, Sort.OFFICE)


def aspects_of(concepts: Iterable[str], vocabulary: Vocabulary) -> frozenset[Sort]:
    """Which sides of a measure are named."""
    return frozenset(vocabulary.sort(c) for c in concepts) & ASPECTS


def passing_for(measures: Iterable[Measure]) -> frozenset[str]:
    """The ids of measures, and of those that people take for them."""
    return frozenset(i for m in measures for i in (m.id, *m.accepts))

"""The words of the language: what citizens and reports say → the concepts they mean.

A concept is named by its most usual Chinese word. Its class says how much it weighs in a question:
topics, things, states and acts must be explained by an answer, light and generic words need not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """How a concept takes part in a question."""

    TOPIC = "topic"
    """A field of work: 行政复议, 法律援助."""
    THING = "thing"
    """Something that is counted: 调解组织, 合同."""
    STATE = "state"
    """What narrows it: 一审, 成功, 专职."""
    LEVEL = "level"
    """An administrative level: 省级, 镇街."""
    ACT = "act"
    """What was done, where it matters: 收案, 办结, 发放."""
    WEAK = "weak"
    """Who acts or is served, or what nearly every report speaks of: it must be explained only when
    the question names nothing stronger (企业, 公安, 执法人员)."""
    OFFICE = "office"
    """An authority (公安); as weak as `WEAK`, but a reply says when its figure is not its own."""
    LIGHT = "light"
    """A verb that hardly says anything: 开展, 办理."""
    GENERIC = "generic"
    """A noun that hardly says anything: 案件, 事项, 群众."""
    RATE = "rate"
    MONEY = "money"
    PEOPLE = "people"
    GROWTH = "growth"
    RANK = "rank"
    UNIT = "unit"


STRONG = frozenset(
    {Sort.TOPIC, Sort.THING, Sort.STATE, Sort.LEVEL, Sort.ACT, Sort.WEAK, Sort.OFFICE}
)
"""Sorts that an answer must explain."""
ASPECTS = frozenset({Sort.RATE, Sort.MONEY, Sort.PEOPLE, Sort.GROWTH, Sort.RANK, Sort.UNIT})
"""Sorts that say which side of a measure is asked for."""
NOUNS = frozenset({Sort.TOPIC, Sort.THING})
"""Sorts that say what is counted."""
_COUNTABLE = NOUNS | {Sort.WEAK, Sort.OFFICE, Sort.GENERIC}


@dataclass(frozen=True, slots=True)
class Concept:
    """A meaning."""

    name: str
    sort: Sort
    words: tuple[str, ...]
    """Every way to say it, the name first."""
    broader: tuple[str, ...] = ()
    """Concepts of which this is a kind: 专职调解员 → 调解员."""
    opposite: tuple[str, ...] = ()
    """Concepts that it must never be taken for: 收案 ↔ 办结."""
    family: str = ""
    """The unit family that a unit word asks for: 人次 → attendance."""


class WordKind(StrEnum):
    """What a word does in a question."""

    CONCEPT = "concept"
    NOISE = "noise"
    ASK = "ask"
    WHICH = "which"
    ACT = "act"
    PLACE = "place"
    UNKNOWN = "unknown"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Entry:
    """What one written word means."""

    kind: WordKind
    concepts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Gapped:
    """A phrase of parts that stand apart (手续…一次办), each with its other wordings."""

    parts: tuple[tuple[str, ...], ...]
    entry: Entry
    in_order: bool = True
    """False for parts that may stand in any order (证明&承诺)."""


class Vocabulary:
    """All concepts and words; immutable after construction."""

    def __init__(
        self,
        concepts: dict[str, Concept],
        words: dict[str, Entry],
        ordinary: frozenset[str] = frozenset(),
        gapped: tuple[Gapped, ...] = (),
    ) -> None:
        self.concepts = concepts
        self.words = words
        self.ordinary = ordinary
        """Words that sound like known ones and are no misspellings of them (一体, not 议题)."""
        self.gapped = gapped
        self._up = {name: frozenset(self._above(name)) for name in concepts}
        self._opposites = self._mirror()
        self._heads: dict[str, frozenset[str]] = {}
        self._parts = {name: parts for name in concepts if (parts := self._composed_of(name))}
        self._compounds: dict[str, list[str]] = {}
        for name, parts in self._parts.items():
            for part in parts:
                self._compounds.setdefault(part, []).append(name)

    def _above(self, name: str) -> Iterator[str]:
        yield name
        for parent in self.concepts[name].broader:
            yield from self._above(parent)

    def _mirror(self) -> dict[str, frozenset[str]]:
        pairs: dict[str, set[str]] = {}
        for concept in self.concepts.values():
            for other in concept.opposite:
                pairs.setdefault(concept.name, set()).add(other)
                pairs.setdefault(other, set()).add(concept.name)
        return {name: frozenset(others) for name, others in pairs.items()}

    def _composed_of(self, name: str) -> frozenset[str]:
        """The concepts that a compound spells out side by side: 企业 + 调解组织."""
        for cut in range(2, len(name) - 1):
            entries = (self.words.get(name[:cut]), self.words.get(name[cut:]))
            if all(e is not None and e.kind is WordKind.CONCEPT for e in entries):
                parts = frozenset(c for e in entries if e is not None for c in e.concepts)
                if len(parts) > 1 and name not in parts:
                    self._heads[name] = frozenset(entries[1].concepts) if entries[1] else parts
                    return parts
        return frozenset()

    def compose(self, said: frozenset[str], order: Sequence[str] = ()) -> frozenset[str]:
        """What was said in parts, put together: 专职 + 的 + 人民调解员 → 专职调解员.

        Said in the other *order* it is another thing: 各单位的普法责任 is no 普法责任单位.
        """
        known = frozenset().union(*(self._up[c] for c in said))
        near = {name for part in known for name in self._compounds.get(part, ())}
        for name in sorted(near - said):
            parts = self._parts[name]
            if not parts <= known:
                continue
            used = {c for c in said if self._up[c] & parts}
            apart = not any(self.opposites(c) & said for c in used)
            apart = apart and self._in_order(name, used, order)
            if parts <= frozenset().union(*(self._up[c] for c in used)) and apart:
                said = (said - used) | {name}
                known |= self._up[name]
        return said

    def _in_order(self, name: str, used: set[str], order: Sequence[str]) -> bool:
        """True unless the noun of a compound was said before all that narrows it."""
        heads = {c for c in used if self._up[c] & self._heads[name]}
        last = max((n for n, c in enumerate(order) if c in heads), default=0)
        first = min((n for n, c in enumerate(order) if c in used - heads), default=0)
        return not order or first <= last

    def parts(self, name: str) -> frozenset[str]:
        """What a compound says side by side (执法 + 平台 for 执法平台); empty for no compound."""
        return self._parts.get(name, frozenset())

    def upward(self, name: str) -> frozenset[str]:
        """A concept with everything it is a kind of."""
        return self._up[name]

    def opposites(self, name: str) -> frozenset[str]:
        """Concepts that contradict this one."""
        return self._opposites.get(name, frozenset())

    def sort(self, name: str) -> Sort:
        """The sort of a concept."""
        return self.concepts[name].sort


def nouns_of(concepts: Iterable[str], vocabulary: Vocabulary) -> frozenset[str]:
    """Those of the concepts that can be counted, the general ones (案件, 单位) included."""
    return frozenset(c for c in concepts if vocabulary.sort(c) in _COUNTABLE)

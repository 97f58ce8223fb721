"""The words of the language: what citizens and reports say → the concepts they mean.

A concept is named by its most usual Chinese word. Its class says how much it weighs in a question:
topics, things, states and acts must be explained by an answer, light and generic words need not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from intents.errors import DataFileError
from intents.text import simplify
from intents.yamlfile import Node, read

LEXICON = Path(__file__).with_name("lexicon")
QUESTIONS_FILE = Path(__file__).with_name("questions.yaml")
ACTS_FILE = Path(__file__).with_name("acts.yaml")
COMMON_FILE = Path(__file__).with_name("common.yaml")


class Sort(Enum):
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


class WordKind(Enum):
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


class Vocabulary:
    """All concepts and words; immutable after construction."""

    def __init__(
        self,
        concepts: dict[str, Concept],
        words: dict[str, Entry],
        ordinary: frozenset[str] = frozenset(),
    ) -> None:
        self.concepts = concepts
        self.words = words
        self.ordinary = ordinary
        """Words that sound like known ones and are no misspellings of them (一体, not 议题)."""
        self._up = {name: frozenset(self._above(name)) for name in concepts}
        self._opposites = self._mirror()
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
                    return parts
        return frozenset()

    def compose(self, said: frozenset[str]) -> frozenset[str]:
        """What was said in parts, put together: 专职 + 的 + 人民调解员 → 专职调解员."""
        known = frozenset().union(*(self._up[c] for c in said))
        near = {name for part in known for name in self._compounds.get(part, ())}
        for name in sorted(near - said):
            parts = self._parts[name]
            used = {c for c in said if self._up[c] & parts}
            apart = not any(self.opposites(c) & said for c in used)
            if parts <= frozenset().union(*(self._up[c] for c in used)) and apart:
                said = (said - used) | {name}
        return said

    def spelt_out(self, name: str, known: frozenset[str]) -> bool:
        """True when the parts of a compound are all known: 执法平台 by 执法 … 平台."""
        parts = self._parts.get(name)
        return parts is not None and parts <= known

    def upward(self, name: str) -> frozenset[str]:
        """A concept with everything it is a kind of."""
        return self._up[name]

    def opposites(self, name: str) -> frozenset[str]:
        """Concepts that contradict this one."""
        return self._opposites.get(name, frozenset())

    def sort(self, name: str) -> Sort:
        """The sort of a concept."""
        return self.concepts[name].sort


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    entry: Entry
    node: Node


_KEYS = {"class", "words", "say", "en", "broader", "opposite", "family"}


def _read_concept(name: str, node: Node) -> tuple[Concept, list[_Word]]:
    record = node.record({"class"}, _KEYS)
    texts = [(name, node)]
    for key in ("words", "say", "en"):
        if key in record:
            texts += [(item.text(), item) for item in record[key].items()]
    try:
        sort = Sort(record["class"].text())
    except ValueError:
        known = ", ".join(s.value for s in Sort)
        raise record["class"].fail(f"unknown class; known: {known}") from None
    links = {k: record[k].texts() if k in record else () for k in ("broader", "opposite")}
    entry = Entry(WordKind.CONCEPT, (name,))
    words = [_Word(_key(text), entry, where) for text, where in texts]
    spelled = tuple(dict.fromkeys(word.text for word in words))
    family = record["family"].text() if "family" in record else ""
    return Concept(name, sort, spelled, links["broader"], links["opposite"], family), words


def _key(text: str) -> str:
    return simplify(text.lower())


def _collect(words: dict[str, _Word], new: list[_Word]) -> None:
    for word in new:
        known = words.get(word.text)
        if known is not None and known.entry != word.entry:
            first = f"{known.node.path.name}:{known.node.line}"
            raise word.node.fail(f"{word.text!r} is already said to mean something else in {first}")
        words[word.text] = word


def _read_lexicon(folder: Path) -> tuple[dict[str, Concept], dict[str, _Word], dict[str, Node]]:
    concepts: dict[str, Concept] = {}
    words: dict[str, _Word] = {}
    nodes: dict[str, Node] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "phrases.yaml":
            continue
        for name, node in read(path).pairs():
            if name in concepts:
                raise node.fail(f"concept {name!r} is defined twice")
            concepts[name], new = _read_concept(name, node)
            nodes[name] = node
            _collect(words, new)
    return concepts, words, nodes


def _read_phrases(path: Path, concepts: dict[str, Concept]) -> list[_Word]:
    phrases = []
    for text, node in read(path).pairs():
        parts = node.texts()
        for part in parts:
            if part not in concepts:
                raise node.fail(f"{text!r} names an unknown concept {part!r}")
        phrases.append(_Word(_key(text), Entry(WordKind.CONCEPT, parts), node))
    return phrases


def _read_questions(path: Path) -> list[_Word]:
    top = read(path).record({"noise", "ask", "which"})
    return [
        _Word(_key(item.text()), Entry(WordKind(name)), item)
        for name, node in top.items()
        for item in node.items()
    ]


def _read_acts(path: Path) -> list[_Word]:
    return [
        _Word(_key(item.text()), Entry(WordKind.ACT, (name,)), item)
        for name, node in read(path).pairs()
        for item in node.items()
    ]


def _read_common(path: Path) -> tuple[list[str], frozenset[str]]:
    top = read(path).record(set(), {"function", "verbs", "english", "ordinary"})
    ordinary = frozenset(top.pop("ordinary").texts()) if "ordinary" in top else frozenset()
    return [word for node in top.values() for word in node.texts()], ordinary


def load_vocabulary(
    lexicon: Path = LEXICON,
    questions: Path = QUESTIONS_FILE,
    acts: Path = ACTS_FILE,
    common: Path = COMMON_FILE,
) -> Vocabulary:
    """Read and check all words; faults are DataFileErrors with file and line."""
    concepts, words, nodes = _read_lexicon(lexicon)
    for concept in concepts.values():
        for other in (*concept.broader, *concept.opposite):
            if other not in concepts:
                raise nodes[concept.name].fail(f"unknown concept {other!r}")
    _check_circles(concepts, nodes)
    _collect(words, _read_phrases(lexicon / "phrases.yaml", concepts))
    _collect(words, _read_questions(questions))
    _collect(words, _read_acts(acts))
    function, ordinary = _read_common(common)
    entries = {text: Entry(WordKind.NOISE) for text in function}
    entries |= {text: word.entry for text, word in words.items()}
    return Vocabulary(concepts, entries, ordinary)


def _check_circles(concepts: dict[str, Concept], nodes: dict[str, Node]) -> None:
    for name in concepts:
        seen, level = {name}, list(concepts[name].broader)
        while level:
            parent = level.pop()
            if parent == name:
                node = nodes[name]
                raise DataFileError(node.path, node.line, f"{name!r} is broader than itself")
            if parent not in seen:
                seen.add(parent)
                level += concepts[parent].broader

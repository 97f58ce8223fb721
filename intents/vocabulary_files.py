"""lexicon/*.yaml, questions.yaml, acts.yaml and common.yaml → Vocabulary, checked.

Words of one meaning only: two files that claim a word for different meanings are an error with file
and line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import prod
from pathlib import Path

from intents.errors import DataFileError
from intents.text import plain_of
from intents.vocabulary import Concept, Entry, Gapped, Sort, Vocabulary, WordKind
from intents.yamlfile import Node, read

LEXICON = Path(__file__).with_name("lexicon")
QUESTIONS_FILE = Path(__file__).with_name("questions.yaml")
ACTS_FILE = Path(__file__).with_name("acts.yaml")
_COMMON = {"function", "idioms", "talk", "verbs", "english", "ordinary", "confused"}
COMMON_FILE = Path(__file__).with_name("common.yaml")


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    entry: Entry
    node: Node


_CHOICE = re.compile(r"\((?P<one>[^()\[\]]+\|[^()\[\]]+)\)|\[(?P<may>[^()\[\]]+)\]")
_GAP, _WITH, _OR, _PARTS = "…", "&", "|", 2
MOST_TEXTS = 40_000
"""Texts that one template may stand for."""
_KEYS = {"class", "words", "say", "en", "broader", "opposite", "family", "gapped"}


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
    words = [_Word(said, entry, where) for text, where in texts for said in _keys(text, where)]
    spelled = tuple(dict.fromkeys(word.text for word in words))
    family = record["family"].text() if "family" in record else ""
    return Concept(name, sort, spelled, links["broader"], links["opposite"], family), words


def _key(text: str) -> str:
    """As a message is made comparable (text.normalise)."""
    return plain_of(text)


def _keys(template: str, node: Node) -> list[str]:
    """What a template stands for, each as a key; made comparable once, before it unfolds.

    DataFileError, with file and line, for one that stands for too many: they are all kept.
    """
    key = _key(template)
    many = prod(
        len(m["one"].split(_OR)) if m["one"] else 1 + len(m["may"].split(_OR))
        for m in _CHOICE.finditer(key)
    )
    if many > MOST_TEXTS:
        why = f"stands for {many} texts, more than {MOST_TEXTS}: leave words out, or use a gap (…)"
        raise node.fail(why)
    return expanded(key)


def _collect(words: dict[str, _Word], new: list[_Word]) -> None:
    for word in new:
        known = words.get(word.text)
        if known is not None and known.entry != word.entry:
            first = f"{known.node.path.name}:{known.node.line}"
            raise word.node.fail(f"{word.text!r} is already said to mean something else in {first}")
        words[word.text] = word


def _apart(text: str) -> bool:
    return _GAP in text or _WITH in text


def _read_gapped(text: str, entry: Entry, node: Node) -> Gapped:
    """手续|步骤…一次办 as its parts with their wordings; those of 证明&承诺 in any order."""
    between = _WITH if _WITH in text else _GAP
    parts = tuple(
        tuple(_key(word.strip()) for word in part.split(_OR)) for part in text.split(between)
    )
    if between is _WITH and _GAP in text:
        raise node.fail(f"a phrase has {_GAP!r} or {_WITH!r} between its parts, not both")
    if len(parts) < _PARTS or not all(word for part in parts for word in part):
        raise node.fail(f"a phrase with a gap needs words on both sides of {between!r}")
    return Gapped(parts, entry, in_order=between is _GAP)


@dataclass(frozen=True, slots=True)
class _Lexicon:
    concepts: dict[str, Concept]
    words: dict[str, _Word]
    nodes: dict[str, Node]
    gapped: list[Gapped]


def _read_lexicon(folder: Path) -> _Lexicon:
    concepts: dict[str, Concept] = {}
    words: dict[str, _Word] = {}
    nodes: dict[str, Node] = {}
    gapped: list[Gapped] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name == "phrases.yaml":
            continue
        for name, node in read(path).pairs():
            if name in concepts:
                raise node.fail(f"concept {name!r} is defined twice")
            concepts[name], new = _read_concept(name, node)
            nodes[name] = node
            apart = node.record({"class"}, _KEYS).get("gapped")
            gapped += (
                [
                    _read_gapped(item.text(), Entry(WordKind.CONCEPT, (name,)), item)
                    for item in apart.items()
                ]
                if apart
                else []
            )
            _collect(words, new)
    return _Lexicon(concepts, words, nodes, gapped)


def _read_phrases(path: Path, lexicon: _Lexicon) -> list[_Word]:
    """The words that say several things; those with a gap go to the lexicon's gapped ones."""
    phrases, concepts = [], lexicon.concepts
    for text, node in read(path).pairs():
        parts = node.texts()
        for part in parts:
            if part not in concepts:
                raise node.fail(f"{text!r} names an unknown concept {part!r}")
        entry = Entry(WordKind.CONCEPT, parts)
        if _apart(text):
            lexicon.gapped.append(_read_gapped(text, entry, node))
        else:
            phrases.append(_Word(_key(text), entry, node))
    return phrases


def _read_questions(path: Path) -> list[_Word]:
    top = read(path).record({"noise", "ask", "which"})
    return [
        _Word(text, Entry(WordKind(name)), item)
        for name, node in top.items()
        for item in node.items()
        for text in _keys(item.text(), item)
    ]


def _read_acts(path: Path, lexicon: _Lexicon) -> list[_Word]:
    """The words of each act; those with a gap go to the lexicon's gapped ones."""
    words = []
    for name, node in read(path).pairs():
        entry = Entry(WordKind.ACT, (name,))
        for item in node.items():
            if _apart(item.text()):
                lexicon.gapped.append(_read_gapped(item.text(), entry, item))
            else:
                words += [_Word(text, entry, item) for text in _keys(item.text(), item)]
    return words


def expanded(template: str) -> list[str]:
    """Every text that a template stands for: (帮我|给我)写[个] is four.

    The notation is that of hassil: (a|b) is one of several, [a] may be left out.
    """
    match = _CHOICE.search(template)
    if match is None:
        return [template]
    before, behind = template[: match.start()], template[match.end() :]
    ways = match["one"].split(_OR) if match["one"] else [*match["may"].split(_OR), ""]
    return [text for way in ways for text in expanded(before + way + behind)]


def _read_common(path: Path) -> tuple[list[str], frozenset[str], list[tuple[str, str]]]:
    """Words that say nothing, words that are no misspellings, and pairs written for each other."""
    top = read(path).record(set(), _COMMON)
    ordinary = frozenset(top.pop("ordinary").texts()) if "ordinary" in top else frozenset()
    written = top.pop("confused").texts() if "confused" in top else ()
    pairs = [(w.partition("|")[0], w.partition("|")[2]) for w in written]
    return [word for node in top.values() for word in node.texts()], ordinary, pairs


def load_vocabulary(
    lexicon: Path = LEXICON,
    questions: Path = QUESTIONS_FILE,
    acts: Path = ACTS_FILE,
    common: Path = COMMON_FILE,
) -> Vocabulary:
    """Read and check all words; faults are DataFileErrors with file and line."""
    read_words = _read_lexicon(lexicon)
    concepts, words, nodes = read_words.concepts, read_words.words, read_words.nodes
    for concept in concepts.values():
        for other in (*concept.broader, *concept.opposite):
            if other not in concepts:
                raise nodes[concept.name].fail(f"unknown concept {other!r}")
    _check_circles(concepts, nodes)
    _collect(words, _read_phrases(lexicon / "phrases.yaml", read_words))
    _collect(words, _read_questions(questions))
    _collect(words, _read_acts(acts, read_words))
    function, ordinary, confused = _read_common(common)
    entries = {text: Entry(WordKind.NOISE) for text in function}
    entries |= {text: word.entry for text, word in words.items()}
    for text, word in words.items():
        if text.isascii() and word.entry.kind is WordKind.CONCEPT:
            entries.setdefault(_other_number(text), word.entry)
    for one, other in confused:
        for text, entry in [pair for pair in entries.items() if one in pair[0]]:
            entries.setdefault(text.replace(one, other), entry)
    return Vocabulary(concepts, entries, ordinary, tuple(read_words.gapped))


def _other_number(english: str) -> str:
    """The plural of a singular, the singular of a plural: by rule, good enough for what it is."""
    if english.endswith("ies"):
        return english[:-3] + "y"
    if english.endswith("s"):
        return english[:-1]
    ends = english.endswith("y") and english[-2:-1] not in set("aeiou")
    return english[:-1] + "ies" if ends else english + "s"


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

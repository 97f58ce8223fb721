"""Aliases: what citizens call a measure here, kept in an overlay beside the shipped lexicon.

    劝架成了的:
      measure: mediation.succeeded
      note: asked for 14 times in November

An alias is a word of the language with the concepts of its measure, and a further name of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from intents.catalog import Catalog, Measure, aspects_of
from intents.tagger import Tagger
from intents.text import normalise
from intents.vocabulary import Entry, Vocabulary, WordKind
from intents.yamlfile import Node, parse

_LANGUAGE = Path(__file__).parent
MIN_LENGTH, MAX_LENGTH = 2, 20


@dataclass(frozen=True, slots=True)
class Alias:
    """A further name of a canonical measure."""

    text: str
    """As citizens say it, normalised."""
    measure: str
    """Id of the measure."""
    node: Node
    """Where it stands, for messages."""
    note: str = ""


def parse_aliases(text: str, path: Path) -> tuple[Alias, ...]:
    """The aliases of an overlay; DataFileError with file and line for what is wrong in it.

    An empty text, or one of comments alone, holds none.
    """
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        return ()
    found: dict[str, Alias] = {}
    for said, node in parse(text, path).pairs():
        record = node.record({"measure"}, {"note"})
        plain = normalise(said).plain.strip()
        letters = [c for c in plain if c.isalpha()]
        if not MIN_LENGTH <= len(plain) <= MAX_LENGTH or len(letters) < MIN_LENGTH:
            raise node.fail(f"{said!r}: an alias has {MIN_LENGTH} to {MAX_LENGTH} letters")
        if plain in found:
            raise node.fail(f"{said!r} is already given in line {found[plain].node.line}")
        note = record["note"].text() if "note" in record else ""
        found[plain] = Alias(plain, record["measure"].text(), record["measure"], note)
    return tuple(found.values())


def with_aliases(
    vocabulary: Vocabulary, catalog: Catalog, aliases: Iterable[Alias]
) -> tuple[Vocabulary, Catalog]:
    """Vocabulary and catalogue with the aliases added; the given ones stay as they are.

    DataFileError for an unknown measure and for a word that already means something else.
    """
    tagger = Tagger.of(vocabulary)
    words: dict[str, Entry] = {}
    names: dict[str, str] = {}
    for alias in aliases:
        measure = catalog.measures.get(alias.measure)
        if measure is None:
            raise alias.node.fail(f"unknown measure {alias.measure!r}")
        entry = Entry(WordKind.CONCEPT, _concepts(measure, tagger, vocabulary))
        known = vocabulary.words.get(alias.text)
        if known is not None and known != entry:
            raise alias.node.fail(
                f"{alias.text!r} already means something else{_first(alias.text)}"
            )
        words[alias.text], names[alias.text] = entry, measure.id
    if not words:
        return vocabulary, catalog
    extended = Vocabulary(vocabulary.concepts, vocabulary.words | words, vocabulary.ordinary)
    return extended, Catalog(catalog.measures.values(), names)


def _concepts(measure: Measure, tagger: Tagger, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What the measure's name says; where that is not enough, what the measure needs."""
    tokens = tagger.tag(normalise(measure.name).plain)
    said = [c for t in tokens if t.kind is WordKind.CONCEPT for c in t.entry.concepts]
    if measure.fits(said, vocabulary):
        return tuple(dict.fromkeys(said))
    aspects = [c for c in said if aspects_of([c], vocabulary)]
    return tuple(dict.fromkeys([*(min(group) for group in measure.needs), *aspects]))


def _first(word: str) -> str:
    """Where the shipped language says a word, as far as that is told."""
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    for path in sorted(_LANGUAGE.rglob("*.yaml")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if not line.lstrip().startswith("#") and whole.search(line):
                return f" in {path.name}:{number}"
    return ""

"""Knowledge: one immutable snapshot of language and facts, loaded whole and verified whole.

A turn takes the snapshot once at its start; a reload makes a new one and swaps one reference, so a
question is never answered from two bases.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path

from bot.facts.base import FactBase
from bot.facts.pointer import current_base
from bot.settings import ROOT
from intents.aliases import parse_aliases, with_aliases
from intents.associations import load_associations
from intents.catalog import Catalog, load_catalog
from intents.errors import DataFileError
from intents.gazetteer import Gazetteer, load_gazetteer
from intents.quantities import Grammar, load_grammar
from intents.reader import Reader
from intents.vocabulary import Vocabulary
from intents.vocabulary_files import load_vocabulary

PLACES_FILE = ROOT / "config" / "places.csv"


@dataclass(frozen=True)
class Tongue:
    """Everything that is known of the language, whatever the facts."""

    vocabulary: Vocabulary
    catalog: Catalog
    gazetteer: Gazetteer
    grammar: Grammar


def load_tongue() -> Tongue:
    """Read all language files; faults are DataFileErrors with file and line."""
    vocabulary = load_vocabulary()
    return Tongue(vocabulary, load_catalog(vocabulary), load_gazetteer(PLACES_FILE), load_grammar())


@dataclass(frozen=True)
class Knowledge:
    """A base together with the language it is asked in."""

    tongue: Tongue
    base: FactBase

    @property
    def version(self) -> str:
        """Short hash of the base."""
        return self.base.version

    @property
    def seal(self) -> str:
        """The whole hash of the base."""
        return self.base.path.stem

    def make_ready(self) -> None:
        """Build what the first question would else have to wait for: the reader, whatever it
        builds when it first reads, and what people are known to ask for."""
        self.reader.read("请问", date.min)
        load_associations()

    @cached_property
    def reader(self) -> Reader:
        """Reads questions, with the base's places preferred."""
        tongue = self.tongue
        codes = {c.code for c in self.base.covered}
        return Reader(tongue.vocabulary, tongue.gazetteer, tongue.grammar, codes)

    @cached_property
    def years(self) -> dict[str, tuple[int, ...]]:
        """Covered place → its years, oldest first."""
        found: dict[str, list[int]] = {}
        for covered in self.base.covered:
            found.setdefault(covered.code, []).append(covered.year)
        return {code: tuple(years) for code, years in found.items()}

    @cached_property
    def names(self) -> dict[str, str]:
        """Covered place → its name, with the parent where two covered places share it."""
        plain = {c.code: c.name for c in self.base.covered}
        often = Counter(plain.values())
        full = {c.code: c.full for c in self.base.covered}
        return {code: full[code] if often[name] > 1 else name for code, name in plain.items()}

    @cached_property
    def romanised(self) -> dict[str, str]:
        """Name of a covered place → the name with its Latin letters: 余姚市 (Yuyao)."""
        places = self.tongue.gazetteer.places
        return {
            name: f"{name} ({places[code].pinyin.capitalize()})"
            for code, name in self.names.items()
            if code in places and places[code].pinyin
        }

    @cached_property
    def reporting(self) -> Callable[[str], frozenset[str]]:
        """Measure → the places that report it; of many, some. Remembered as long as this is."""
        base = self.base
        return lru_cache(4096)(lambda intent: frozenset(c.code for c in base.of_measure(intent)))

    @cached_property
    def inside(self) -> dict[str, tuple[str, ...]]:
        """Larger place → the covered places inside it, in code order."""
        found: dict[str, list[str]] = {}
        for code in self.years:
            for above in self.tongue.gazetteer.lineage(code):
                found.setdefault(above, []).append(code)
        return {above: tuple(codes) for above, codes in found.items()}


class Live:
    """The knowledge that answers now; replaced as a whole while it is being read.

    Each turn borrows it once. A base that was replaced is closed when its last turn is over.
    """

    def __init__(self, knowledge: Knowledge, *, lent: bool = False) -> None:
        self._current = knowledge
        self._lent = knowledge if lent else None
        """Whoever lent it closes it."""
        self._borrowed: Counter[int] = Counter()
        self._lock = threading.Lock()

    @property
    def current(self) -> Knowledge:
        """What answers now; to answer with it, borrow it."""
        return self._current

    @contextmanager
    def borrowed(self) -> Iterator[Knowledge]:
        """The knowledge of one turn, from its beginning to its end."""
        with self._lock:
            knowledge = self._current
            self._borrowed[id(knowledge)] += 1
        try:
            yield knowledge
        finally:
            with self._lock:
                self._borrowed[id(knowledge)] -= 1
                unused = self._unused(knowledge)
            if unused:
                knowledge.base.close()

    def swap(self, knowledge: Knowledge) -> None:
        """Answer with another knowledge from now on."""
        with self._lock:
            old, self._current = self._current, knowledge
            unused = old is not knowledge and self._unused(old)
        if unused:
            old.base.close()

    def _unused(self, knowledge: Knowledge) -> bool:
        if self._borrowed[id(knowledge)]:
            return False
        del self._borrowed[id(knowledge)]
        return knowledge is not self._current and knowledge is not self._lent


def load_knowledge(folder: Path, tongue: Tongue) -> Knowledge:
    """Open and verify the current base of a folder; BaseError when it cannot be trusted."""
    return know(current_base(folder), tongue)


def know(path: Path, tongue: Tongue) -> Knowledge:
    """Open and verify one base; it is asked in the language with its own aliases."""
    base = FactBase(path, tongue.grammar)
    try:
        return Knowledge(speaking(tongue, base.meta.get("aliases", ""), path), base)
    except DataFileError:
        base.close()
        raise


@lru_cache(maxsize=2)
def speaking(tongue: Tongue, overlay: str, path: Path) -> Tongue:
    """The language with the aliases of an overlay; DataFileError for what is wrong in it."""
    aliases = parse_aliases(overlay, path)
    if not aliases:
        return tongue
    vocabulary, catalog = with_aliases(tongue.vocabulary, tongue.catalog, aliases)
    return replace(tongue, vocabulary=vocabulary, catalog=catalog)

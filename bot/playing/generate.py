"""Dialogues written from the base itself: every figure back, every neighbour refused.

Paraphrases ask for a figure by its own name and by everyday wordings of its measure; contrasts ask
for the same in a year or a place without it, or for a sibling that the report does not give. The
choice is spread over the base and the same for the same base.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from bot.channels.script.words import load_words
from bot.channels.script.written import Written, scalar
from bot.facts.model import Fact
from bot.knowledge import Knowledge
from intents.catalog import Measure


@dataclass(frozen=True, slots=True)
class Generated:
    """What was written."""

    dialogues: tuple[Written, ...]
    refusals: tuple[Written, ...]


def generate(knowledge: Knowledge, count: int) -> Generated:
    """Paraphrases and contrasts of about that many figures."""
    writer = _Writer(knowledge)
    chosen = sorted(writer.tellable(), key=lambda f: sha256(f.id.encode()).hexdigest())[:count]
    refusals = {c.name: c for fact in chosen for c in writer.contrasts(fact)}
    return Generated(tuple(writer.paraphrases(fact) for fact in chosen), tuple(refusals.values()))


class _Writer:
    """Knows which figures can be told apart by a question."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._facts = knowledge.base.facts()
        self._named = Counter((f.area.code, f.year, f.metric) for f in self._facts)
        self._measured = Counter((f.area.code, f.year, f.intent or "") for f in self._facts)
        self._told = {(f.area.code, f.year) for f in self._facts}
        self._told |= {(c, y) for c, years in knowledge.years.items() for y in years}
        self._measures = knowledge.tongue.catalog.measures
        self._phrases = load_words().phrases

    def tellable(self) -> Iterator[Fact]:
        """Figures with a name of their own, at places that are covered themselves."""
        for fact in self._facts:
            alone = self._named[fact.area.code, fact.year, fact.metric] == 1
            if alone and self._covers(fact.area.code, fact.year):
                yield fact

    def _covers(self, code: str, year: int) -> bool:
        return year in self._knowledge.years.get(code, ())

    def paraphrases(self, fact: Fact) -> Written:
        """The figure asked for in several ways; each must bring it first."""
        place = self._knowledge.names[fact.area.code]
        fields = {"place": place, "year": str(fact.year), "measure": fact.metric}
        said = [phrase.format(**fields) for phrase in self._phrases]
        measure = self._measures.get(fact.intent or "")
        if measure and self._measured[fact.area.code, fact.year, measure.id] == 1:
            said += [f"{place}{fact.year}年{e}" for e in (measure.name, *measure.examples[:2])]
        wanted = [f"figure: {scalar(fact.printed)}", f"place: {scalar(fact.area.name)}"]
        turns = tuple((text, [*wanted, f"year: {fact.year}"]) for text in dict.fromkeys(said))
        return Written(f"{place} {fact.year} {fact.metric}", turns, ("generated", "paraphrase"))

    def contrasts(self, fact: Fact) -> Iterator[Written]:
        """The same question where nothing may come."""
        place = self._knowledge.names[fact.area.code]
        gone = next(y for y in range(fact.year - 1, 0, -1) if (fact.area.code, y) not in self._told)
        measure = self._measures.get(fact.intent or "")
        name = measure.name if measure else fact.metric
        yield self._refused("year", f"{place}{gone}年{name}是多少", fact, "unknown_year")
        if measure is None:
            return
        if (other := self._silent_place(fact)) is not None:
            code, year = other
            said = f"{self._knowledge.names[code]}{year}年{name}是多少"
            yield self._refused("place", said, fact)
        if (sibling := self._sibling(measure, fact)) is not None:
            said = f"{place}{fact.year}年{sibling.name}是多少"
            yield self._refused("sibling", said, fact)

    def _refused(self, what: str, said: str, fact: Fact, reason: str = "") -> Written:
        wanted = [f"reason: {reason}"] if reason else []
        wanted += ["status: refused", f"not: {{figure: {scalar(fact.printed)}}}"]
        return Written(said, ((said, wanted),), ("generated", f"contrast-{what}"))

    def _reports(self, code: str, year: int, measure: Measure) -> bool:
        parts = (m.id for m in self._measures.values() if m.parent == measure.id)
        ids = (measure.id, *measure.accepts, *parts)
        return any(self._measured[code, year, i] for i in ids)

    def _silent_place(self, fact: Fact) -> tuple[str, int] | None:
        """A covered place whose report gives none of this measure."""
        measure = self._measures[fact.intent or ""]
        for code, years in self._knowledge.years.items():
            if code != fact.area.code and not self._reports(code, years[-1], measure):
                return code, years[-1]
        return None

    def _sibling(self, measure: Measure, fact: Fact) -> Measure | None:
        """A measure of the same matter that this report does not give."""
        for other in self._measures.values():
            near = other.id != measure.id and other.needs[0] == measure.needs[0]
            if near and not self._reports(fact.area.code, fact.year, other):
                return other
        return None

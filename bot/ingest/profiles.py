"""Facts → profiles: the concepts of a figure's name, of what it counts, and of its surroundings."""

from bot.facts.model import Fact, Kind
from bot.facts.writer import Entered
from intents.catalog import Catalog, Measure, strong_of
from intents.models import Profile
from intents.quantities import Grammar
from intents.tagger import Tagger, Token
from intents.text import normalise
from intents.vocabulary import Sort, Vocabulary, WordKind

_COMPARABLE = {Kind.SHARE: "share", Kind.GROWTH: "growth", Kind.RANK: "rank", Kind.RESULT: "result"}
_NOUNS = frozenset({Sort.TOPIC, Sort.THING})


class Profiler:
    """Reads names of figures with the same vocabulary that reads questions."""

    def __init__(self, vocabulary: Vocabulary, catalog: Catalog, grammar: Grammar) -> None:
        self._vocabulary = vocabulary
        self._catalog = catalog
        self._families = grammar.families
        self._tagger = Tagger.of(vocabulary)

    def enter(self, fact: Fact) -> Entered:
        """A fact with everything the base keeps for finding it."""
        around = normalise(f"{fact.heading} {fact.excerpt}").plain
        context = self._closure(self._concepts(around))
        return Entered(fact, self._profile(fact), context, around)

    def _tokens(self, plain: str) -> tuple[Token, ...]:
        return tuple(t for t in self._tagger.tag(plain) if t.kind is WordKind.CONCEPT)

    def _concepts(self, plain: str) -> frozenset[str]:
        return frozenset(c for t in self._tokens(plain) for c in t.entry.concepts)

    def _closure(self, concepts: frozenset[str]) -> frozenset[str]:
        return frozenset(up for c in concepts for up in self._vocabulary.upward(c))

    def _profile(self, fact: Fact) -> Profile:
        metric = normalise(fact.metric).plain
        tokens = self._tokens(metric)
        said = frozenset(c for t in tokens for c in t.entry.concepts)
        strong = strong_of(said, self._vocabulary)
        family = self._families.get(fact.unit, "")
        measure = self._measure(strong, family, fact)
        return Profile(
            strong=strong,
            soft=said - strong,
            head=self._head(tokens),
            closure=self._closure(strong),
            metric=fact.metric,
            family="rank" if fact.kind is Kind.RANK else family,
            kind=fact.kind.value,
            intent=measure.id if measure else None,
        )

    def _head(self, tokens: tuple[Token, ...]) -> frozenset[str]:
        """The last thing or topic of the name: what is counted."""
        for token in reversed(tokens):
            nouns = {c for c in token.entry.concepts if self._vocabulary.sort(c) in _NOUNS}
            if nouns:
                return frozenset(nouns)
        return frozenset()

    def _measure(self, strong: frozenset[str], family: str, fact: Fact) -> Measure | None:
        kind = _COMPARABLE.get(fact.kind)
        if kind is None:
            return None
        for measure in self._catalog.fitting(strong, self._vocabulary):
            counted = kind in ("rank", "growth") or measure.counts_in(family)
            if measure.kind == kind and counted:
                return measure
        return None

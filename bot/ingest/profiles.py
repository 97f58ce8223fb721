"""Facts → profiles: the concepts of a figure's name, of what it counts, and of its surroundings."""

import re
from dataclasses import replace

from bot.facts.model import Fact, Kind, Passage
from bot.facts.writer import Entered
from intents.absence import none_of
from intents.catalog import Catalog, Measure, strong_of
from intents.models import Profile
from intents.quantities import Grammar
from intents.tagger import Tagger, Token
from intents.text import normalise
from intents.vocabulary import Sort, Vocabulary, WordKind, nouns_of

_COMPARABLE = {Kind.SHARE: "share", Kind.GROWTH: "growth", Kind.RANK: "rank", Kind.RESULT: "result"}
_MIN_INSIDE = 2
_EXAMPLES = re.compile("等(?:各类|多种|系列|各种|各项)")
_QUOTED = re.compile("[“《][^”》]*[”》]")
_OF_ANY = ("growth", "rank")


class Profiler:
    """Reads names of figures with the same vocabulary that reads questions."""

    def __init__(self, vocabulary: Vocabulary, catalog: Catalog, grammar: Grammar) -> None:
        self._vocabulary = vocabulary
        self._catalog = catalog
        self._families = grammar.families
        self._tagger = Tagger.of(vocabulary)

    def enter(self, fact: Fact, before: str = "") -> Entered:
        """A fact with everything the base keeps for finding it.

        *before* is the sentence that its own refers back to, if any.
        """
        around = normalise(f"{fact.heading} {before}{fact.excerpt}").plain
        context = self._known(around) - none_of(around, self._vocabulary)
        return Entered(fact, self._profile(fact), context, around)

    def read(self, passage: Passage) -> Passage:
        """A passage with everything the base keeps for finding it."""
        plain, heading = normalise(passage.text).plain, normalise(passage.heading).plain
        said, headed = map(self._tagger.concepts_inside, (plain, heading))
        return replace(passage, plain=plain, said=said, headed=headed)

    def _tokens(self, plain: str) -> tuple[Token, ...]:
        return tuple(t for t in self._tagger.tag(plain) if t.kind is WordKind.CONCEPT)

    def _known(self, plain: str) -> frozenset[str]:
        """All that a text says, words inside longer words and broader concepts included."""
        covering = self._tokens(plain)
        said = {c for t in covering for c in t.entry.concepts}
        for token in self._tagger.inside(plain):
            if token.kind is not WordKind.CONCEPT or len(token.text) < _MIN_INSIDE:
                continue
            over = (t for t in covering if t.start <= token.start and token.end <= t.end)
            denied = {
                o for t in over for c in t.entry.concepts for o in self._vocabulary.opposites(c)
            }
            said |= set(token.entry.concepts) - denied
        return self._closure(frozenset(said))

    def _closure(self, concepts: frozenset[str]) -> frozenset[str]:
        return frozenset(up for c in concepts for up in self._vocabulary.upward(c))

    def _profile(self, fact: Fact) -> Profile:
        metric = normalise(fact.metric).plain
        tokens = _outside_names(metric, self._tokens(metric))
        said = frozenset(c for t in tokens for c in t.entry.concepts)
        strong = strong_of(said, self._vocabulary)
        family = self._families.get(fact.unit, "")
        measure = self._measure(strong, family, fact)
        return Profile(
            strong=strong,
            soft=said - strong,
            head=self._head(tokens),
            closure=self._known(metric),
            metric=fact.metric,
            plain=metric,
            family="rank" if fact.kind is Kind.RANK else family,
            kind=fact.kind.value,
            intent=measure.id if measure else None,
        )

    def _head(self, tokens: tuple[Token, ...]) -> frozenset[str]:
        """What is counted: the last noun of the name, and the general ones behind it (件数)."""
        heads: set[str] = set()
        for token in reversed(tokens):
            own = nouns_of(token.entry.concepts, self._vocabulary)
            heads |= own
            if any(self._vocabulary.sort(c) is not Sort.GENERIC for c in own):
                break
        return self._closure(frozenset(heads))

    def _measure(self, strong: frozenset[str], family: str, fact: Fact) -> Measure | None:
        """The canonical measure; growth and ranks belong to the measure they are of."""
        kind = _COMPARABLE.get(fact.kind)
        if kind is None:
            return None
        fitting = self._catalog.fitting(strong, self._vocabulary)
        same = (m for m in fitting if m.kind == kind and (kind in _OF_ANY or m.counts_in(family)))
        of_any = (m for m in fitting if kind in _OF_ANY)
        return next(same, None) or next(of_any, None)


def _outside_names(metric: str, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Tokens that are no part of a proper name or of examples.

    “法律顾问全覆盖”活动 is no 法律顾问; in 法律进社区活动等各类普法活动 only 普法活动 counts.
    """
    examples = _EXAMPLES.search(metric)
    if examples:
        tokens = tuple(t for t in tokens if t.start >= examples.end())
    names = [m.span() for m in _QUOTED.finditer(metric)]
    covered = {n for n in names for t in tokens if t.start <= n[0] + 1 and n[1] - 1 <= t.end}
    return tuple(
        t
        for t in tokens
        if not any(s <= t.start and t.end <= e for s, e in names if (s, e) not in covered)
    )

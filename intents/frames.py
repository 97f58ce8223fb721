"""Tokens → frames: what is asked for, one frame for each thing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from intents.binding import (
    binding_words,
    concepts_of,
    foreign,
    kinds_said,
    last_of_opposites,
    of_the_part,
    strong_in,
    telling_part,
    with_heard,
    without_complaints,
    without_heads,
    without_speaker,
)
from intents.catalog import aspects_of, strong_of
from intents.clues import clues_of, clues_of_places, letters_of
from intents.counting import (
    HEADS,
    SCALES,
    STAFF,
    Counted,
    cases_behind,
    counted_by,
    people_behind,
    says_count,
)
from intents.cues import load_cues
from intents.enumerating import dealt_clauses, strung, strung_within
from intents.excluding import without_excluded
from intents.inheriting import inherited
from intents.models import Frame
from intents.money import counts_money, only_names_money
from intents.negation import load_denials
from intents.question_words import ASK_UNIT
from intents.segments import Segmenter
from intents.sibling_concepts import turned_by
from intents.tagger import Token, respelt
from intents.vocabulary import ASPECTS, NOUNS, Sort, Vocabulary, WordKind

_COUNTED_BY = {
    Sort.MONEY: frozenset({"money"}),
    Sort.PEOPLE: HEADS,
    Sort.RATE: frozenset({"ratio", "point"}),
}
_THINGS_AND_PEOPLE = frozenset({"piece", "organisation", "household", "place", "person"})
"""What 多少个 may count; cases and events have measure words of their own."""
_SAID_ALIKE = frozenset({"case", "event", "person", "attendance", "time", "money", "ratio"})
"""Where people take any measure word for any other: 几件 and 几起, 几名 and 几人."""
_SENTENCE_ENDS = frozenset(".。;；!！?？\n…~～")
_CLAUSE_ENDS = frozenset(" ,，.。;；!！?？\n…~～")
_NOWHERE: Mapping[str, bool] = {}


def _repeats(frame: Frame, other: Frame) -> bool:
    """True for 我问的是办了几件, behind 办了多少单: the same is asked once more."""
    same = frame.strong == other.strong and frame.soft == other.soft
    same = same and frame.counted and frame.families == other.families
    more = frame.residual or frame.aside or frame.aspects != other.aspects
    return bool(frame.strong) and same and not more and frame.counts.nouns == other.counts.nouns


class FrameMaker:
    """Cuts a question into what it asks for; immutable."""

    def __init__(self, vocabulary: Vocabulary, families: Mapping[str, str]) -> None:
        self._vocabulary = vocabulary
        self._cut = Segmenter(vocabulary)
        self._families = families
        self._denials = load_denials()
        self._cues = load_cues()
        self.is_aspect = self._cut.is_aspect
        self._light = frozenset(
            c for c in vocabulary.concepts
            if vocabulary.sort(c) in (Sort.LIGHT, Sort.GENERIC) or vocabulary.sort(c) in ASPECTS
        )  # fmt: skip

    def frames(
        self, tokens: tuple[Token, ...], text: str, above: Mapping[str, bool] = _NOWHERE
    ) -> tuple[Frame, ...]:
        """The frames of a question, at least one; each keeps its whole *text*, spelt right.

        *above* are larger places that it names (宁波 in 余姚的宁波市级): are they meant?
        """
        tokens, excluded = without_excluded(
            without_complaints(tokens, self._vocabulary), text, self._vocabulary
        )
        whole = [frame for way in self._cut.paired(tokens) for frame in self._asked(way)]
        shared = frozenset().union(*(f.strong for f in whole))
        asked = without_speaker(self._behind_intro(list(tokens)))
        quoted = binding_words(text, tokens, asked, self._vocabulary)
        given_by = clues_of_places(above)
        right = respelt(text, (t for t in tokens if t.distance <= 1))
        return tuple(
            replace(
                f,
                text=right,
                quoted=quoted if f.strong else quoted + foreign(f.residual, text),
                excluded=excluded,
                letters=f.letters + given_by,
                hints=shared - f.strong if len(whole) > 1 else f.hints,
            )
            for f in whole
        )

    def counts(self, tokens: tuple[Token, ...], text: str) -> int:
        """How many question words count something; not 几项 in 别说几项."""
        return self._cut.counts(without_excluded(tokens, text, self._vocabulary)[0])

    def _asked(self, tokens: tuple[Token, ...]) -> list[Frame]:
        """What is asked one after the other, or dealt out to several things."""
        segments = with_heard(self._cut.segments(tokens))
        dealt = dealt_clauses(tokens, self._cut) or self._cut.dealt(tokens)
        dealt = dealt if len(segments) == 1 else []
        parts = [self._frame(part) for part in dealt]
        asked = inherited([self._frame(segment) for segment in segments], self._vocabulary)
        if len(asked) == len(segments):
            pairs = zip(asked[1:], segments[1:], strict=True)
            asked[1:] = [turned_by(f, segment, self._vocabulary) for f, segment in pairs]
        again = [any(_repeats(f, o) for o in asked[:n]) for n, f in enumerate(asked)]
        return parts or [f for f, repeats in zip(asked, again, strict=True) if not repeats]

    def strung(self, tokens: tuple[Token, ...], text: str) -> tuple[Frame, ...]:
        """The frames of what is only strung together; empty unless there are two or more."""
        tokens, _ = without_excluded(tokens, text, self._vocabulary)
        parts, loose = strung(tokens, self._cut)
        parts = parts or strung_within(self._cut.segments(tokens), self._cut)
        parted = [self._frame(part) for part in self._cut.with_rank(parts)]
        frames = inherited(parted, self._vocabulary)
        if len(frames) == 1:
            return ()
        shared = frozenset().union(*(f.strong for f in frames))
        return tuple(replace(f, text=text, hints=shared - f.strong, loose=loose) for f in frames)

    def _core(self, tokens: list[Token]) -> frozenset[str]:
        """The strong concepts of the sentence that asks, up to its question, if it names a noun.

        Other sentences and what trails behind may be talk (气死了！…多少件，我要投诉).
        """
        sentences: list[list[Token]] = [[]]
        asked = False
        for token in self._behind_intro(tokens):
            ends = token.text in _SENTENCE_ENDS or (asked and token.text in _CLAUSE_ENDS)
            if token.kind is WordKind.BREAK and ends:
                sentences.append([])
                asked = False
            else:
                sentences[-1].append(token)
                asked = asked or token.kind is WordKind.ASK or self._cut.is_aspect(token)
        asking = [
            s for s in sentences if any(t.kind is WordKind.ASK or self._cut.is_aspect(t) for t in s)
        ]
        if len(asking) != 1:
            return frozenset()
        concepts = (c for t in asking[0] if t.kind is WordKind.CONCEPT for c in t.entry.concepts)
        strong = strong_of(concepts, self._vocabulary)
        nouns = any(self._vocabulary.sort(c) in NOUNS for c in strong)
        return strong if nouns else frozenset()

    def _behind_intro(self, tokens: list[Token]) -> list[Token]:
        """What stands behind 我想知道, if a question does; what comes before it is talk."""
        intros = [n for n, t in enumerate(tokens) if t.text in self._cues.intros]
        intros += self._begun_at_place(tokens)
        rest = tokens[intros[-1] + 1 :] if intros else tokens
        asks = any(t.kind is WordKind.ASK or self._cut.is_aspect(t) for t in rest)
        return rest if asks else tokens

    def _begun_at_place(self, tokens: list[Token]) -> list[int]:
        """The break before the clause that names a place: the question begins there, as a rule."""
        named = [n for n, t in enumerate(tokens) if t.kind is WordKind.PLACE]
        if not named:
            return []
        breaks = [n for n, t in enumerate(tokens[: named[-1]]) if t.text in _CLAUSE_ENDS - {" "}]
        return breaks[-1:]

    def _frame(self, tokens: list[Token]) -> Frame:
        tokens = without_heads(self._cut.without_several(tuple(tokens)), self._vocabulary)
        told = without_speaker(tokens)
        nouns = any(self._vocabulary.sort(c) in NOUNS for c in concepts_of(told))
        concepts = concepts_of(told if nouns else tokens)
        concepts = last_of_opposites(concepts, self._vocabulary)
        strong = strong_in(tokens, concepts, self._vocabulary)
        soft = {c for c in concepts if self._vocabulary.sort(c) not in ASPECTS} - strong
        loose = [t.text for t in tokens if self._cut.asks_for_any(t)]
        counts = counted_by(tokens, self._vocabulary)
        families = self._asked_families(tokens, loose)
        aspects = self._asked_sides(tokens, concepts, families, counts)
        families |= {f for c in concepts if (f := self._vocabulary.concepts[c].family)}
        families = self._families_counted(families, counts)
        binding, aside = self._unknown(told)
        core = self._core(tokens)
        return Frame(
            strong=strong,
            core=core,
            clues=clues_of(tokens, core, self._vocabulary),
            letters=letters_of(told),
            measure_words=self._measure_words(tokens),
            counts=counts,
            places=tuple(t.text for t in tokens if t.kind is WordKind.PLACE),
            parted=strong & frozenset(concepts_of(of_the_part(tokens))),
            soft=frozenset(soft),
            aspects=aspects,
            families=frozenset(families),
            residual=binding if strong else binding + aside,
            aside=aside if strong else (),
            offices=tuple(self._offices(tokens, strong)),
            kinds=strong & kinds_said(tokens, self._vocabulary),
            counted=bool(loose or families - {"ratio", "money", "time"} or says_count(tokens)),
            denied=self._denials.denied(tokens, self._light),
            distance=sum(t.distance for t in tokens),
        )

    def _asked_families(self, tokens: list[Token], loose: list[str]) -> set[str]:
        """The units that question words ask for."""
        families = {f for t in tokens if (f := self._asked_family(t))}
        families |= {f for pair in pairwise(tokens) if (f := self._unit_behind(*pair))}
        families |= people_behind(tokens, self._vocabulary) | cases_behind(tokens)
        anything = not families and any(ASK_UNIT.match(text) for text in loose)
        return set(_THINGS_AND_PEOPLE) if anything else families

    def _asked_sides(
        self, tokens: list[Token], concepts: list[str], families: set[str], counts: Counted
    ) -> frozenset[Sort]:
        """The sides that are named and asked for."""
        aspects = aspects_of(concepts, self._vocabulary)
        if families:  # 拿不到钱的 … 多少起: what the question word counts is asked, not the money
            return aspects - {s for s, f in _COUNTED_BY.items() if not families & f}
        if counts_money(tokens):
            return aspects | {Sort.MONEY}  # 发了多少救助金
        if counts.nouns:  # how many cases … relief money
            return aspects - {Sort.MONEY}
        return aspects | {Sort.MONEY} if only_names_money(tokens) else aspects

    def _families_counted(self, families: set[str], counts: Counted) -> set[str]:
        """The units asked for, as far as the noun that is counted tells them."""
        anything, noun = families == _THINGS_AND_PEOPLE, counts.behind
        if anything and noun.endswith(self._cues.people_ends):
            return {*_COUNTED_BY[Sort.PEOPLE], "piece"}  # 多少个明白人
        if anything and noun.endswith(self._cues.case_ends):
            return {*families, "case"}  # 几个案子
        if anything and (noun or counts.strange).endswith(self._cues.item_ends):
            return {"piece"}  # 多少个方面: nobody, and no office
        people = counts.before.endswith(self._cues.people_ends) or STAFF in counts.nouns_before
        if not families and people:  # 来看过的人有多少, 下沉的人员总量是多少
            return set(_COUNTED_BY[Sort.PEOPLE])
        return families

    def _offices(self, tokens: list[Token], strong: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Authorities that stand beside what is asked for."""
        for token in tokens:
            concepts = token.entry.concepts if token.kind is WordKind.CONCEPT else ()
            for concept in concepts:
                if self._vocabulary.sort(concept) is Sort.OFFICE and concept not in strong:
                    yield token.text, concept

    def _measure_words(self, tokens: list[Token]) -> frozenset[str]:
        """Those that tell one thing from another: 支 in 几支队伍."""
        said = {self._measure_word(t) for t in tokens} - {""}
        return frozenset(w for w in said if self._families.get(w) not in _SAID_ALIKE)

    def _unknown(self, tokens: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Unknown words: those that narrow the noun behind them, and those that stand aside."""
        binding: list[str] = []
        aside: list[str] = []
        for n, token in enumerate(tokens):
            word = telling_part(token.text) if token.kind is WordKind.UNKNOWN else ""
            if not word:
                continue
            behind = [t for t in tokens[n + 1 : n + 3] if t.text not in (*self._cues.linking, " ")]
            narrows = (
                bool(behind) and behind[0].start - token.end <= 1 and self._cut.says(behind[:1])
            )
            (binding if narrows and not word.isascii() else aside).append(word)
        return tuple(binding), tuple(aside)

    def _unit_behind(self, ask: Token, noun: Token) -> str:
        """The unit at the head of the noun behind a bare question word: 多少|起案件."""
        bare = ask.kind is WordKind.ASK and not ASK_UNIT.match(ask.text)
        rest = noun.text[1:]
        if not bare or ask.end != noun.start or len(rest) < 2 or rest not in self._vocabulary.words:
            return ""
        return self._families.get(noun.text[0], "")

    def _asked_family(self, token: Token) -> str:
        return self._families.get(self._measure_word(token), "")

    def _measure_word(self, token: Token) -> str:
        """支 in 几支; "" for 个, which counts whatever there is."""
        match = ASK_UNIT.match(token.text)
        if token.kind not in (WordKind.ASK, WordKind.CONCEPT) or not match:
            return ""
        word = match[1].lstrip(SCALES) if token.kind is WordKind.ASK else match[1]
        return "" if word in self._cues.any_counter else word

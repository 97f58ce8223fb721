"""Tokens → frames: what is asked for, one frame for each thing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from intents.catalog import aspects_of, strong_of
from intents.cues import load_cues
from intents.models import Frame
from intents.negation import load_denials
from intents.tagger import Token
from intents.vocabulary import ASPECTS, Sort, Vocabulary, WordKind

_HAN = re.compile(r"[\u4e00-\u9fff]")
_ASK_UNIT = re.compile(r"^(?:有)?(?:多少|几|好多)(.+)$")
_MAX_FRAMES = 6
_SENTENCE_ENDS = frozenset(".。;；!！?？\n…~～")
_CLAUSE_ENDS = frozenset(" ,，.。;；!！?？\n…~～")
_SPLIT = frozenset((*",，;；?？。!！、 和又跟与及\n", "and"))


class FrameMaker:
    """Cuts a question into what it asks for; immutable."""

    def __init__(self, vocabulary: Vocabulary, families: Mapping[str, str]) -> None:
        self._vocabulary = vocabulary
        self._families = families
        self._denials = load_denials()
        self._cues = load_cues()

    def is_aspect(self, token: Token) -> bool:
        return token.kind is WordKind.CONCEPT and any(
            self._vocabulary.sort(c) in ASPECTS for c in token.entry.concepts
        )

    def frames(self, tokens: tuple[Token, ...], text: str) -> tuple[Frame, ...]:
        """The frames of a question, at least one; *text* is the whole of it, normalised."""
        segments = self._segments(tokens)
        dealt = self._dealt(tokens) if len(segments) == 1 else []
        whole = dealt or self._inherited([self._frame(segment) for segment in segments])
        shared = frozenset().union(*(f.strong for f in whole))
        several = len(whole) > 1
        return tuple(
            replace(f, text=text, hints=shared - f.strong if several else f.hints) for f in whole
        )

    def _inherited(self, frames: list[Frame]) -> list[Frame]:
        """收了几件，增长多少: what names nothing asks another side of what was named before."""
        kept: list[Frame] = []
        for frame in frames:
            if frame.strong or not kept:
                kept.append(frame)
            elif frame.aspects or frame.families:
                kept.append(replace(frame, strong=kept[-1].strong, residual=kept[-1].residual))
        return kept

    def _asks(self, tokens: tuple[Token, ...]) -> list[tuple[int, int]]:
        """Runs of question words (占比 … 多少) as first and last index."""
        runs: list[tuple[int, int]] = []
        for n, token in enumerate(tokens):
            if token.kind is not WordKind.ASK and not self.is_aspect(token):
                continue
            if runs and all(self._silent(t) for t in tokens[runs[-1][1] + 1 : n]):
                runs[-1] = (runs[-1][0], n)
            else:
                runs.append((n, n))
        return runs

    def _silent(self, token: Token) -> bool:
        """True for words that do not part two question words."""
        if token.kind is WordKind.CONCEPT:
            return self._is_generic(token)
        return token.kind is WordKind.NOISE or token.text in (" ", "(", ")")

    def _segments(self, tokens: tuple[Token, ...]) -> list[list[Token]]:
        """Cut between asked clauses, so that each part asks for one thing."""
        asks = self._asks(tokens)
        segments: list[list[Token]] = []
        begin = 0
        for (first, last), (following, _) in pairwise(asks):
            between = range(last + 1, following)
            cut = next((n for n in between if tokens[n].text in _SPLIT), None)
            if cut is None:
                named = any(self._says([t]) for t in tokens[begin:first])
                cut = last + 1 if named else following
            segments.append(list(tokens[begin:cut]))
            begin = cut
        segments.append(list(tokens[begin:]))
        while len(segments) > 1 and not self._says(segments[0]):
            segments[:2] = [segments[0] + segments[1]]
        return segments[:_MAX_FRAMES]

    def _says(self, segment: list[Token]) -> bool:
        return any(
            t.kind is WordKind.CONCEPT and strong_of(t.entry.concepts, self._vocabulary)
            for t in segment
        )

    def _dealt(self, tokens: tuple[Token, ...]) -> list[Frame]:
        """甲、乙、丙各多少 → one frame for each of them, with what they share."""
        if not any(t.text in self._cues.dealt for t in tokens):
            return []
        runs: list[list[Token]] = [[]]
        joined = False
        marked = any(t.text == "、" for t in tokens)
        joiners = set(self._cues.joining) - ({",", "，"} if marked else set())
        for token in tokens:
            if self._says([token]):
                if runs[-1] and not joined and not self._alike(runs[-1][-1], token):
                    runs.append([])
                runs[-1].append(token)
                joined = False
            elif token.text in joiners and runs[-1]:
                joined = True
            elif token.kind not in (WordKind.NOISE, WordKind.BREAK) and not self._is_generic(token):
                joined = False
        longest = max(runs, key=len)
        if len(longest) < 2:
            return []
        shared = [t for t in tokens if t not in longest]
        return [self._frame([*shared, item]) for item in longest]

    def _target(self, tokens: list[Token]) -> frozenset[str]:
        """The weak noun right behind the question word: what is to be counted."""
        for one, other in pairwise(tokens):
            if one.kind is WordKind.ASK and other.kind is WordKind.CONCEPT:
                concepts = other.entry.concepts
                return frozenset(
                    c for c in concepts if self._vocabulary.sort(c) in (Sort.WEAK, Sort.OFFICE)
                )
        return frozenset()

    def _core(self, tokens: list[Token]) -> frozenset[str]:
        """The strong concepts of the sentence that asks, up to its question, if it names a noun.

        Other sentences and what trails behind may be talk (气死了！…多少件，我要投诉).
        """
        sentences: list[list[Token]] = [[]]
        asked = False
        for token in tokens:
            ends = token.text in _SENTENCE_ENDS or (asked and token.text in _CLAUSE_ENDS)
            if token.kind is WordKind.BREAK and ends:
                sentences.append([])
                asked = False
            else:
                sentences[-1].append(token)
                asked = asked or token.kind is WordKind.ASK or self.is_aspect(token)
        asking = [
            s for s in sentences if any(t.kind is WordKind.ASK or self.is_aspect(t) for t in s)
        ]
        if len(asking) != 1:
            return frozenset()
        concepts = (c for t in asking[0] if t.kind is WordKind.CONCEPT for c in t.entry.concepts)
        strong = strong_of(concepts, self._vocabulary)
        nouns = any(self._vocabulary.sort(c) in (Sort.TOPIC, Sort.THING) for c in strong)
        return strong if nouns else frozenset()

    def _alike(self, one: Token, other: Token) -> bool:
        """True for neighbours of one sort: 一审二审, 国家级省级."""
        sorts = [
            {self._vocabulary.sort(c) for c in t.entry.concepts} & {Sort.STATE, Sort.LEVEL}
            for t in (one, other)
        ]
        return bool(sorts[0] & sorts[1])

    def _is_generic(self, token: Token) -> bool:
        if token.kind is not WordKind.CONCEPT:
            return False
        return {self._vocabulary.sort(c) for c in token.entry.concepts} <= {
            Sort.GENERIC,
            Sort.LIGHT,
        }

    def _frame(self, tokens: list[Token]) -> Frame:
        concepts = [c for t in tokens if t.kind is WordKind.CONCEPT for c in t.entry.concepts]
        concepts = self._last_of_opposites(concepts)
        strong = strong_of(concepts, self._vocabulary)
        soft = {c for c in concepts if self._vocabulary.sort(c) not in ASPECTS} - strong
        families = {f for t in tokens if (f := self._asked_family(t))}
        families |= {f for c in concepts if (f := self._vocabulary.concepts[c].family)}
        binding, aside = self._unknown(tokens)
        return Frame(
            strong=strong,
            core=self._core(tokens),
            target=self._target(tokens),
            soft=frozenset(soft),
            aspects=aspects_of(concepts, self._vocabulary),
            families=frozenset(families),
            residual=binding if strong else binding + aside,
            aside=aside if strong else (),
            offices=tuple(
                (t.text, c)
                for t in tokens
                if t.kind is WordKind.CONCEPT
                for c in t.entry.concepts
                if self._vocabulary.sort(c) is Sort.OFFICE and c not in strong
            ),
            counted=bool(families - {"ratio", "money", "time"}),
            denied=self._denials.denied(tokens),
            distance=sum(t.distance for t in tokens),
        )

    def _unknown(self, tokens: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Unknown words: those that narrow the noun behind them, and those that stand aside."""
        binding: list[str] = []
        aside: list[str] = []
        for n, token in enumerate(tokens):
            word = self._telling(token.text) if token.kind is WordKind.UNKNOWN else ""
            if not word:
                continue
            behind = [t for t in tokens[n + 1 : n + 3] if t.text not in (*self._cues.linking, " ")]
            narrows = bool(behind) and behind[0].start - token.end <= 1 and self._says(behind[:1])
            (binding if narrows and not word.isascii() else aside).append(word)
        return tuple(binding), tuple(aside)

    def _last_of_opposites(self, concepts: list[str]) -> list[str]:
        """Of two opposites in one breath (放下去的，又收回来几项) the one said last is asked."""
        kept: list[str] = []
        for concept in concepts:
            opposites = self._vocabulary.opposites(concept)
            kept = [k for k in kept if k not in opposites]
            kept.append(concept)
        return kept

    def _asked_family(self, token: Token) -> str:
        match = _ASK_UNIT.match(token.text)
        if token.kind not in (WordKind.ASK, WordKind.CONCEPT) or not match:
            return ""
        return self._families.get(match[1], "")

    def _telling(self, text: str) -> str:
        """The telling part of an unknown word; "" for emoji, numbers and everyday characters."""
        if text.isascii():
            return text if len(text) > 2 and text.isalpha() else ""
        bare = "".join(_HAN.findall(text)).strip("".join(self._cues.everyday))
        return bare if len(bare) >= 2 else ""

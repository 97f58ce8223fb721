"""Message → Question: places, years, words, and the frames of what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from intents.catalog import aspects_of, strong_of
from intents.gazetteer import Gazetteer, Mention
from intents.models import Frame, PlaceSpan, Question
from intents.periods import Period, find_periods
from intents.quantities import Grammar
from intents.spelling import Speller
from intents.tagger import Tagger, Token
from intents.text import Text, normalise
from intents.vocabulary import Entry, Sort, Vocabulary, WordKind

_PLACE = Entry(WordKind.PLACE)
_NOISE = Entry(WordKind.NOISE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ASK_UNIT = re.compile(r"^(?:有)?(?:多少|几|好多)(.+)$")
_ASPECT_SORTS = {Sort.RATE, Sort.MONEY, Sort.PEOPLE, Sort.GROWTH, Sort.RANK, Sort.UNIT}
_MAX_TEXT = 600
"""Longer messages are read to here; no citizen asks a longer question."""
_SPLIT = frozenset((*",，;；?？。!！和又跟与及\n", "and"))
_COORDINATE = frozenset("、,，和与及跟")
_DEALT = ("各", "分别", "各有", "各自")


class Reader:
    """Reads messages; immutable, built once per knowledge."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        gazetteer: Gazetteer,
        grammar: Grammar,
        covered: Iterable[str],
    ) -> None:
        self._vocabulary = vocabulary
        self._gazetteer = gazetteer
        self._families = grammar.families
        self._covered = frozenset(covered)
        self._tagger = Tagger.of(vocabulary)
        self._speller = Speller(vocabulary, gazetteer, self._covered)
        self._pinyin = _by_pinyin(gazetteer)

    def read(self, raw: str, today: date) -> Question:
        """Read one message; *today* says which year 去年 is."""
        text = normalise(raw[:_MAX_TEXT])
        periods = find_periods(text.plain, today)
        first = self._tagger.tag(text.plain, _year_tokens(text.plain, periods))
        places = self._places(text.plain, first)
        places += self._speller.places(text.plain, first, places)
        fixed = [*_year_tokens(text.plain, periods), *_place_tokens(places)]
        tokens = self._speller.mend(text.plain, self._tagger.tag(text.plain, fixed))
        return self._question(text, tokens, places, periods)

    def _question(
        self,
        text: Text,
        tokens: tuple[Token, ...],
        places: list[PlaceSpan],
        periods: tuple[Period, ...],
    ) -> Question:
        letters = sum(c.isascii() and c.isalpha() for c in text.plain)
        return Question(
            text=text,
            tokens=tokens,
            places=tuple(sorted(places, key=lambda p: p.start)),
            periods=periods,
            acts=tuple(c for t in tokens if t.kind is WordKind.ACT for c in t.entry.concepts),
            frames=self._frames(tokens),
            asks=any(t.kind in (WordKind.ASK, WordKind.WHICH) or self._is_aspect(t) for t in tokens),
            english=letters > 2 * len(_HAN.findall(text.plain)),
        )

    # -- places ------------------------------------------------------------------------------

    def _places(self, text: str, tokens: tuple[Token, ...]) -> list[PlaceSpan]:
        found = [m for m in self._gazetteer.find(text) if self._plausible(m, text, tokens)]
        spans = [PlaceSpan(m.start, m.end, text[m.start : m.end], m.codes) for m in found]
        taken = {i for s in spans for i in range(s.start, s.end)}
        for token in tokens:
            codes = self._pinyin.get(token.text)
            if codes and token.kind is WordKind.UNKNOWN and token.start not in taken:
                near = tuple(c for c in codes if c in self._covered) or codes
                spans.append(PlaceSpan(token.start, token.end, token.text, near))
        return self._joined_english(spans)

    def _joined_english(self, spans: list[PlaceSpan]) -> list[PlaceSpan]:
        """Lucheng, Wenzhou: the parent that follows only says which Lucheng."""
        kept: list[PlaceSpan] = []
        for span in sorted(spans, key=lambda s: s.start):
            last = kept[-1] if kept else None
            if last and span.text.isascii() and last.text.isascii():
                inside = [c for c in last.codes if set(self._gazetteer.lineage(c)) & set(span.codes)]
                if inside:
                    kept[-1] = PlaceSpan(last.start, span.end, last.text, tuple(inside))
                    continue
            kept.append(span)
        return kept

    def _plausible(self, mention: Mention, text: str, tokens: tuple[Token, ...]) -> bool:
        """No place where a longer word stands (大安 in 重大安全) or an ordinary word is meant."""
        if text[mention.end : mention.end + 1] == "级":
            return False  # 泉州市级: a level
        if mention.end - mention.start < 2 or text[mention.start].isascii():
            return _whole_word(text, mention) and mention.end - mention.start > 2
        covered = bool(self._covered & self._related(mention.codes))
        if mention.official and mention.end - mention.start > 2 and (covered or _bounded(text, mention)):
            return True
        for token in tokens:
            if token.end <= mention.start or token.start >= mention.end:
                continue
            inside = token.start <= mention.start and mention.end <= token.end
            if token.kind is WordKind.UNKNOWN:
                free = covered or token.start == mention.start or not inside
                return free
            if token.kind is not WordKind.NOISE and len(token.text) > 1:
                return False
        return True

    def _related(self, codes: Iterable[str]) -> frozenset[str]:
        """The covered places among *codes* and inside them."""
        wanted = frozenset(codes)
        return frozenset(
            c for c in self._covered if c in wanted or wanted & set(self._gazetteer.lineage(c))
        )

    # -- frames ------------------------------------------------------------------------------

    def _is_aspect(self, token: Token) -> bool:
        return token.kind is WordKind.CONCEPT and any(
            self._vocabulary.sort(c) in _ASPECT_SORTS for c in token.entry.concepts
        )

    def _frames(self, tokens: tuple[Token, ...]) -> tuple[Frame, ...]:
        segments = self._segments(tokens)
        dealt = self._dealt(tokens) if len(segments) == 1 else []
        whole = dealt or [self._frame(segment) for segment in segments]
        shared = frozenset().union(*(f.strong for f in whole))
        return tuple(self._with_hints(f, shared) if len(whole) > 1 else f for f in whole)

    def _with_hints(self, frame: Frame, hints: frozenset[str]) -> Frame:
        return replace(frame, hints=hints - frame.strong)

    def _segments(self, tokens: tuple[Token, ...]) -> list[list[Token]]:
        """Cut behind each asked clause, so that each part asks for one thing."""
        segments: list[list[Token]] = [[]]
        for token in tokens:
            segment = segments[-1]
            asked = any(t.kind is WordKind.ASK or self._is_aspect(t) for t in segment)
            if asked and token.text in _SPLIT and self._says(segment):
                segments.append([])
                continue
            segment.append(token)
        full = [s for s in segments if self._says(s)]
        loose = [t for s in segments if not self._says(s) for t in s]
        if not full:
            return [list(tokens)]
        asking = [s for s in full if any(t.kind is WordKind.ASK or self._is_aspect(t) for t in s)]
        if len(asking) < 2:
            return [list(tokens)]
        rest = [t for s in full if s not in asking for t in s]
        asking[0] = rest + asking[0] + [t for t in loose if t.kind is WordKind.UNKNOWN]
        return asking

    def _says(self, segment: list[Token]) -> bool:
        return any(
            t.kind is WordKind.CONCEPT and strong_of(t.entry.concepts, self._vocabulary)
            for t in segment
        )

    def _dealt(self, tokens: tuple[Token, ...]) -> list[Frame]:
        """甲、乙、丙各多少 → one frame for each of them, with what they share."""
        if not any(t.text in _DEALT for t in tokens):
            return []
        runs: list[list[Token]] = [[]]
        joined = False
        for token in tokens:
            if self._says([token]):
                if runs[-1] and not joined and not self._alike(runs[-1][-1], token):
                    runs.append([])
                runs[-1].append(token)
                joined = False
            elif token.text in _COORDINATE and runs[-1]:
                joined = True
            elif token.kind not in (WordKind.NOISE, WordKind.BREAK) and not self._is_generic(token):
                joined = False
        longest = max(runs, key=len)
        if len(longest) < 2:
            return []
        shared = [t for t in tokens if t not in longest]
        return [self._frame([*shared, item]) for item in longest]

    def _alike(self, one: Token, other: Token) -> bool:
        """True for neighbours of one sort: 一审二审, 国家级省级."""
        sorts = [
            {self._vocabulary.sort(c) for c in t.entry.concepts} & {Sort.STATE, Sort.LEVEL}
            for t in (one, other)
        ]
        return bool(sorts[0] & sorts[1])

    def _is_generic(self, token: Token) -> bool:
        sorts = {self._vocabulary.sort(c) for c in token.entry.concepts}
        return token.kind is WordKind.CONCEPT and sorts <= {Sort.GENERIC, Sort.LIGHT}

    def _frame(self, tokens: list[Token]) -> Frame:
        concepts = [c for t in tokens if t.kind is WordKind.CONCEPT for c in t.entry.concepts]
        concepts = self._last_of_opposites(concepts)
        strong = strong_of(concepts, self._vocabulary)
        soft = {c for c in concepts if self._vocabulary.sort(c) not in _ASPECT_SORTS} - strong
        families = {f for t in tokens if (f := self._asked_family(t))}
        binding, aside = self._unknown(tokens)
        return Frame(
            strong=strong,
            soft=frozenset(soft),
            aspects=aspects_of(concepts, self._vocabulary),
            families=frozenset(families),
            residual=binding if strong else binding + aside,
            aside=aside if strong else (),
            counted=bool(families - {"ratio", "money", "time"}),
            distance=sum(t.distance for t in tokens),
        )

    def _unknown(self, tokens: list[Token]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Unknown words: those that narrow the noun behind them, and those that stand aside."""
        binding: list[str] = []
        aside: list[str] = []
        for n, token in enumerate(tokens):
            word = _telling(token.text) if token.kind is WordKind.UNKNOWN else ""
            if not word:
                continue
            behind = [t for t in tokens[n + 1 : n + 3] if t.text not in ("的", "之", " ")]
            narrows = bool(behind) and behind[0].start - token.end <= 1 and self._says(behind[:1])
            (binding if narrows or token.text.isascii() else aside).append(word)
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


def _telling(text: str) -> str:
    """The telling part of an unknown word; "" for emoji, numbers and everyday characters."""
    if text.isascii():
        return text if len(text) > 2 and text.isalpha() else ""
    bare = "".join(_HAN.findall(text)).strip(_EVERYDAY)
    return bare if len(bare) >= 2 else ""


_EVERYDAY = (
    "人去来个家想要有没不是的了在和就都还也很多少大小好坏上下里外前后中间每当该让把被给对为从到向用以于与或"
    "但而且若如则因所之其此这那哪谁什么怎几两三一二年月日时天点些样种次回做办搞弄打开走看说讲问听写算又再才只"
    "能会可行吃喝住过着得地吗呢吧啊呀哦嘛咱俺俩们您你我他她它自己老新旧真假全各某本另别"
)


def _by_pinyin(gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for place in gazetteer.places.values():
        if len(place.pinyin) > 3:
            found.setdefault(place.pinyin, []).append(place.code)
    return {pinyin: tuple(codes) for pinyin, codes in found.items()}


def _bounded(text: str, mention: Mention) -> bool:
    return mention.end - mention.start > 2


def _whole_word(text: str, mention: Mention) -> bool:
    before = text[mention.start - 1 : mention.start]
    after = text[mention.end : mention.end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _year_tokens(text: str, periods: Iterable[Period]) -> list[Token]:
    return [Token(p.start, p.end, text[p.start : p.end], _NOISE) for p in periods]


def _place_tokens(places: Iterable[PlaceSpan]) -> list[Token]:
    return [Token(p.start, p.end, p.text, _PLACE) for p in places]

"""Message → Question: places, years, words, and the frames of what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar

from intents.binding import of_speaker, without_speaker
from intents.counting import UnitAsks
from intents.cues import load_cues, ruled_out_at
from intents.english_places import by_pinyin, joined
from intents.frames import FrameMaker
from intents.gazetteer import Gazetteer, Mention
from intents.left_out import left_out
from intents.levels import level_tokens, levels_behind, levels_named
from intents.models import PlaceSpan, Question
from intents.periods import Period, find_periods
from intents.place_spelling import PlaceSpeller
from intents.quantities import Grammar
from intents.separable import Separable
from intents.tagger import Lattice, Tagger, Token, free_of
from intents.text import Text, han_of, normalise
from intents.tokenising import Tokeniser
from intents.vocabulary import Entry, Vocabulary, WordKind

_PLACE = Entry(WordKind.PLACE)
_NOISE = Entry(WordKind.NOISE)
_NAME = Entry(WordKind.UNKNOWN)
_QUOTED = re.compile('[“《"「]([^“”《》"「」]{2,20})[”》"」]')
_LIKE_A_PLACE = re.compile("[\u4e00-\u9fff]{2,4}?[市区县](?=(?!级)[的\u4e00-\u9fff0-9 ])")
_TENTHS = re.compile(r"[一二两三四五六七八九\d]成")
_DATED = frozenset({"written", "signed_off", "published", "released"})
"""Acts that ask for one of two days: of the report itself, or when it was made public."""
_PAIR = 2
_LEVEL = "级"
_Span = TypeVar("_Span", PlaceSpan, Period)
MAX_TEXT = 600
"""Longer messages are read to here; no citizen asks a longer question."""


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
        self._maker = FrameMaker(vocabulary, grammar.families)
        self._covered = frozenset(covered)
        above = (up for code in self._covered for up in gazetteer.lineage(code))
        self._near = self._covered.union(above)
        """The covered places and everything above them."""
        self._unit_asks = UnitAsks(grammar.families)
        self._separable = Separable(vocabulary, grammar.families)
        self._tagger = Tagger.of(vocabulary)
        self._tokeniser = Tokeniser(vocabulary, self._unit_asks)
        self._place_speller = PlaceSpeller(gazetteer, self._covered)
        self._pinyin = by_pinyin(gazetteer)

    def read(self, raw: str, today: date) -> Question:
        """Read one message; *today* says which year 去年 is."""
        text = normalise(raw[:MAX_TEXT])
        periods = find_periods(text.plain, today)
        lattice = self._tagger.lattice(text.plain)
        first = lattice.tokens(_year_tokens(text.plain, periods))
        places = self._places(text.plain, first)
        places = self._place_speller.places(text.plain, first, places)
        places += self._unheard_of(text.plain, first, places)
        places = [p for p in places if not self._only_about(p, text.plain)]
        fixed = [*_year_tokens(text.plain, periods), *_place_tokens(places)]
        levels = levels_named(text.plain, self._gazetteer, self._near)
        fixed += level_tokens(text.plain, levels, self._gazetteer, self._vocabulary)
        fixed += free_of(levels_behind(text.plain, places, self._vocabulary), fixed)
        fixed += self._quoted(lattice, fixed)
        fixed += self._unit_asks.find(text.plain)
        fixed += free_of(self._separable.find(text.plain), fixed)
        apart = left_out(sorted(places, key=lambda p: p.start), text.plain)
        said = [Token(start, end, text.plain[start:end], _NOISE) for start, end in apart.words]
        fixed += free_of(said, fixed)
        tokens = self._tokeniser.tokens(lattice, fixed)
        asked = [p for p in places if p not in apart.places]
        kept = self._without_parents(asked)
        above = [p for p in asked if p not in kept and not _adjoining(p, kept)]
        above += levels + [p for p in kept if _that_level().match(text.plain, p.end)]
        meant = self._ruled_in(above, text.plain)
        return self._question(text, tokens, kept, apart.places, periods, meant)

    def _question(
        self,
        text: Text,
        tokens: tuple[Token, ...],
        places: list[PlaceSpan],
        apart: tuple[PlaceSpan, ...],
        periods: tuple[Period, ...],
        above: Mapping[str, bool],
    ) -> Question:
        letters = sum(c.isascii() and c.isalpha() for c in text.plain)
        return Question(
            text=text,
            tokens=tokens,
            places=_asked_of(_meant(sorted(places, key=lambda p: p.start), text.plain), tokens),
            left_out=apart,
            periods=_asked_for(_meant(periods, text.plain), tokens),
            acts=tuple(_acts(tokens, text.plain)),
            frames=self._maker.frames(tokens, text.plain, above),
            strung=self._maker.strung(tokens, text.plain),
            asks=any(
                t.kind in (WordKind.ASK, WordKind.WHICH) or self._maker.is_aspect(t) for t in tokens
            ),
            counts=self._maker.counts(tokens, text.plain),
            english=letters > 2 * len(han_of(text.plain)),
            traditional=_is_traditional(text),
        )

    def _quoted(self, lattice: Lattice, fixed: list[Token]) -> list[Token]:
        """Proper names in quotes (“本周我普法”) are no words of the language; the second half of
        one is (合规“体检”)."""
        taken = {i for t in fixed for i in range(t.start, t.end)}
        names = []
        for match in _QUOTED.finditer(lattice.text):
            start, end = match.span(1)
            if any(first < start and end <= last for first, last, _ in lattice.words):
                continue
            inside = self._tagger.tag(match[1])
            known = not any(t.kind is WordKind.UNKNOWN for t in inside)
            if not known and taken.isdisjoint(range(start, end)):
                names.append(Token(start, end, match[1], _NAME))
        return names

    def _unheard_of(
        self, text: str, tokens: tuple[Token, ...], known: list[PlaceSpan]
    ) -> list[PlaceSpan]:
        """What looks like a place at the beginning and is none that there is: 花果山市."""
        if known:
            return []
        match = _LIKE_A_PLACE.match(text)
        unknown = match and any(
            t.kind is WordKind.UNKNOWN and t.start == 0 and t.end >= 2 for t in tokens
        )
        return [PlaceSpan(0, match.end(), match[0], ())] if match and unknown else []

    # -- places ------------------------------------------------------------------------------

    def _places(self, text: str, tokens: tuple[Token, ...]) -> list[PlaceSpan]:
        quoted = [m.span(1) for m in _QUOTED.finditer(text)]
        plausible = [m for m in self._gazetteer.find(text) if self._plausible(m, text, tokens)]
        found = [
            m
            for m in plausible
            if not any(s <= m.start and m.end <= e and e - s > m.end - m.start for s, e in quoted)
        ] or [m for m in plausible if not self._covered.isdisjoint(m.codes)]
        found = found or [m for m in self._gazetteer.find(text) if self._own_level(m, text)]
        torn = {t.start + 1 for t in tokens if t.kind is WordKind.CONCEPT and len(t.text) > _PAIR}
        torn |= {m.end for m in found if text[m.end : m.end + 1] == _LEVEL}
        ends = [(m, m.end - (m.end in torn)) for m in found]  # 余姚|市场监管局, 余姚|市级
        spans = [PlaceSpan(m.start, end, text[m.start : end], m.codes) for m, end in ends]
        taken = {i for s in spans for i in range(s.start, s.end)}
        for token in tokens:
            codes = self._pinyin.get(token.text)
            if codes and token.kind is WordKind.UNKNOWN and token.start not in taken:
                near = tuple(c for c in codes if c in self._covered) or codes
                spans.append(PlaceSpan(token.start, token.end, token.text, near))
        return joined(spans, text, self._gazetteer)

    def _without_parents(self, spans: list[PlaceSpan]) -> list[PlaceSpan]:
        """Without larger places that only tell where a covered one lies or to whom it reports:
        宁波市余姚市, 余姚…向宁波市政府报备."""
        said = {c for s in spans for c in s.codes if c in self._covered}
        above = {parent for code in said for parent in self._gazetteer.lineage(code)}
        return [s for s in spans if not said.isdisjoint(s.codes) or above.isdisjoint(s.codes)]

    def _only_about(self, span: PlaceSpan, text: str) -> bool:
        """True for 上海 in 跟上海有关的: no report is of it, and it only tells what is meant."""
        near = not self._near.isdisjoint(span.codes)
        return not near and text.startswith(load_cues().about_ends, span.end)

    def _ruled_in(self, places: Iterable[PlaceSpan], text: str) -> dict[str, bool]:
        """Their names as reports print them, and whether they are meant: False in 不是宁波评的."""
        meant = {}
        for place in places:
            known = self._gazetteer.places.get(place.codes[0]) if place.codes else None
            name = known.short if known is not None and place.text.isascii() else place.text
            meant[name] = not ruled_out_at(text, place.start)
        return meant

    def _own_level(self, mention: Mention, text: str) -> bool:
        """余姚市级: where no other place is named, a covered one is meant as well as its level."""
        level = text[mention.end : mention.end + 1] == _LEVEL
        return level and mention.official and not self._covered.isdisjoint(mention.codes)

    def _plausible(self, mention: Mention, text: str, tokens: tuple[Token, ...]) -> bool:
        """No place where a longer word stands (大安 in 重大安全) or an ordinary word is meant."""
        if text[mention.end : mention.end + 1] == _LEVEL:
            return False  # 宁波市级: a level
        if _TENTHS.match(text, mention.start - 1):
            return False  # 九|成都不到
        if mention.end - mention.start < 2 or text[mention.start].isascii():
            return _whole_word(text, mention) and mention.end - mention.start > 2
        covered = not self._near.isdisjoint(mention.codes)
        if (
            mention.official
            and mention.end - mention.start > 2
            and (covered or _bounded(text, mention))
        ):
            return True
        over = [t for t in tokens if t.start < mention.end and mention.start < t.end]
        if covered and over[-1].kind is WordKind.UNKNOWN and over[0].start < mention.start:
            return True  # the word that begins before it leaves a rest that means nothing
        for token in over:
            inside = token.start <= mention.start and mention.end <= token.end
            if token.kind is WordKind.UNKNOWN:
                free = covered or token.start == mention.start or not inside
                return free
            longer = inside and len(token.text) > mention.end - mention.start  # 最太平
            if (token.kind is not WordKind.NOISE or longer) and len(token.text) > 1:
                return False
        return True


def _acts(tokens: Iterable[Token], text: str) -> Iterator[str]:
    """What a message does; not 上网时间 in 成文于何时，并非上网时间."""
    said = [t for t in tokens if t.kind is WordKind.ACT]
    for token in said:
        dated = _DATED.intersection(token.entry.concepts)
        other = any(_DATED.intersection(t.entry.concepts) for t in said if t is not token)
        if not (dated and other and ruled_out_at(text, token.start)):
            yield from token.entry.concepts


def _is_traditional(text: Text) -> bool:
    """True when more than a stray character had to be simplified."""
    changed = sum(text.raw[o] != c for c, o in zip(text.plain, text.origin, strict=True)
                  if han_of(c))  # fmt: skip
    return changed > 1


@lru_cache(maxsize=1)
def _that_level() -> re.Pattern[str]:
    """余姚|市级, 余姚市那一级."""
    said = "|".join(load_cues().that_level)
    return re.compile(f"[市省区县]{_LEVEL}|[市省区县]?(?:{said})")


def _meant(named: Sequence[_Span], text: str) -> tuple[_Span, ...]:
    """Places or years without those that are ruled out beside others: 慈溪…不是余姚哦."""
    kept = tuple(one for one in named if not ruled_out_at(text, one.start))
    leaving = load_cues().leaving
    return kept or tuple(one for one in named if not text[: one.start].endswith(leaving))


def _asked_of(places: tuple[PlaceSpan, ...], tokens: tuple[Token, ...]) -> tuple[PlaceSpan, ...]:
    """Without where the asker is from, where another place is named: 我是慈溪人，余姚有多少…."""
    own = of_speaker(tokens)
    return tuple(p for p in places if p.start not in own) or places


def _bounded(text: str, mention: Mention) -> bool:
    return mention.end - mention.start > 2


def _whole_word(text: str, mention: Mention) -> bool:
    before = text[mention.start - 1 : mention.start]
    after = text[mention.end : mention.end + 1]
    return not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())


def _year_tokens(text: str, periods: Iterable[Period]) -> list[Token]:
    return [Token(p.start, p.end, text[p.start : p.end], _NOISE) for p in periods]


def _adjoining(place: PlaceSpan, others: Iterable[PlaceSpan]) -> bool:
    """True for 宁波 in 宁波余姚, which only tells where that lies."""
    return any(0 <= p.start - place.end <= 1 or 0 <= place.start - p.end <= 1 for p in others)


def _place_tokens(places: Iterable[PlaceSpan]) -> list[Token]:
    return [Token(p.start, p.end, p.text, _PLACE) for p in places]


def _asked_for(periods: tuple[Period, ...], tokens: tuple[Token, ...]) -> tuple[Period, ...]:
    """Without 今年 where people only tell of themselves: 我家老二今年要上学，…."""
    told = {t.start for t in without_speaker(tokens)}
    own = [(t.start, t.end) for t in tokens if t.start not in told]
    return tuple(p for p in periods if not p.relative or not any(s <= p.start < e for s, e in own))

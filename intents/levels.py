"""Levels that are named by a place: 宁波级, as people say for 宁波市级."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache

from intents.cues import load_cues
from intents.gazetteer import Gazetteer
from intents.models import PlaceSpan
from intents.tagger import Token
from intents.text import any_of
from intents.vocabulary import Entry, Vocabulary, WordKind

_LEVEL = "级"
_PLACE = Entry(WordKind.PLACE)


@lru_cache(maxsize=1)
def _named_so() -> re.Pattern[str]:
    """宁波级, 宁波那一级, 宁波自己这级, 宁波自己评的."""
    cues = load_cues()
    return re.compile(f"{any_of(cues.before_level)}?{_LEVEL}|{any_of(cues.awarded_itself)}")


def levels_named(text: str, gazetteer: Gazetteer, near: Set[str]) -> list[PlaceSpan]:
    """The everyday names right before 级 of places that matter; each is no place asked about."""
    named = ((m, _named_so().match(text, m.end)) for m in gazetteer.find(text))
    return [
        PlaceSpan(m.start, m.end, text[m.start : m.end], m.codes)
        for m, level in named
        if level is not None
        and not (m.official and level[0].endswith(_LEVEL))
        and not near.isdisjoint(m.codes)
    ]


def level_tokens(
    text: str, levels: Iterable[PlaceSpan], gazetteer: Gazetteer, vocabulary: Vocabulary
) -> list[Token]:
    """Each as a name and its level: that of 宁波级 is 市级, after the official name 宁波市."""
    tokens = []
    for span in levels:
        level = gazetteer.places[span.codes[0]].name[-1] + _LEVEL
        entry = vocabulary.words.get(level)
        behind = _named_so().match(text, span.end)
        if entry is not None and behind is not None:
            tokens.append(Token(span.start, span.end, span.text, _PLACE))
            tokens.append(Token(span.end, behind.end(), level, entry))
    return tokens


def levels_behind(
    text: str, places: Iterable[PlaceSpan], vocabulary: Vocabulary
) -> Iterator[Token]:
    """The levels that stand behind places whose names were misspelt: 宁皮市|级."""
    for place in places:
        level = text[place.end - 1 : place.end] + _LEVEL
        entry, behind = vocabulary.words.get(level), _named_so().match(text, place.end)
        if entry is not None and behind is not None:
            yield Token(place.end, behind.end(), level, entry)

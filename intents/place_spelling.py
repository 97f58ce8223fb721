"""Misspelt names of covered places, by their sound and look: 余桃市 for 余姚市."""

from __future__ import annotations

import re
from functools import lru_cache

from intents.gazetteer import Gazetteer
from intents.models import PlaceSpan
from intents.shapes import load_shapes
from intents.sounds import syllable
from intents.tagger import Token
from intents.text import is_han
from intents.vocabulary import WordKind

_LONGEST = 3
_SHORT = 2
_SUFFIXES = ("区", "市", "县")
_OPENING = re.compile("(?:那么?|和|跟|同|与|请问|哦|噢|嗯|还有|换成|改成)+")
_ENDING = re.compile("的|呢|那|这|区|市|县|有|多|几|20|二|[ ,，?？]|$")
"""What stands behind a name at the beginning of a question."""
_NAMING = re.compile("(?:是|换成|改成|改为|换|问|说|查|看看|看|和|跟|与|同|比)$")
"""What stands before a name that is all of its clause: 搞错了，是余桃，…"""


class PlaceSpeller:
    """Finds the covered place that a misspelt name sounds or looks like."""

    def __init__(self, gazetteer: Gazetteer, covered: frozenset[str]) -> None:
        self._gazetteer = gazetteer
        self._covered = covered

    def places(
        self, text: str, tokens: tuple[Token, ...], known: list[PlaceSpan]
    ) -> list[PlaceSpan]:
        """The *known* names with the misspelt ones of covered places: 余桃市 for 余姚市."""
        known = [p for p in known if not self._sounds_whole(text, p)]
        taken = {i for p in known for i in range(p.start, p.end)}
        found = known + self._opening(text, tokens, taken)
        taken |= {i for p in found for i in range(p.start, p.end)}
        for token in tokens:
            if token.kind is WordKind.UNKNOWN and len(token.text) > 1:
                found += self._inside(text, token, taken)
        return found

    def _meant(self, said: str) -> tuple[str, str] | None:
        """The name and code of the covered place that sounds or looks like what was said."""
        heard = _place_sounds(self._gazetteer, self._covered).get(tuple(map(syllable, said)))
        return heard or _place_looks(self._gazetteer, self._covered).get(said)

    def _sounds_whole(self, text: str, place: PlaceSpan) -> bool:
        """True for the name of another place in one that as a whole only sounds like a covered
        place: a known 余瑶区, where 余瑶市 is said for 余姚市."""
        said = text[place.start : place.end + 1]
        names = _place_sounds(self._gazetteer, self._covered)
        whole = said.endswith(_SUFFIXES) and is_han(said)
        heard = names.get(tuple(syllable(c) for c in said)) if whole else None
        own = {self._gazetteer.places[c].name for c in place.codes if c in self._gazetteer.places}
        return heard is not None and len(said) > _SHORT and said not in own and said[:-1] not in own

    def _opening(self, text: str, tokens: tuple[Token, ...], taken: set[int]) -> list[PlaceSpan]:
        """A name at the very beginning, even of known characters: 余桃的呢 for 余姚的呢."""
        begun = _OPENING.match(text)
        start = begun.end() if begun else 0
        words = {(t.start, t.end) for t in tokens if t.kind is WordKind.CONCEPT}
        for end in range(min(start + _LONGEST, len(text)), start + 1, -1):
            said = text[start:end]
            names = self._meant(said) if len(said) > 1 else None
            free = taken.isdisjoint(range(start, end)) and (start, end) not in words
            if names and names[0] != said and free and is_han(said):
                shared = sum(a == b for a, b in zip(said, names[0], strict=False))
                if shared and (end - start > _SHORT or _ENDING.match(text, end)):
                    return [PlaceSpan(start, end, said, (names[1],), 1)]
        return []

    def _inside(self, text: str, token: Token, taken: set[int]) -> list[PlaceSpan]:
        found: list[PlaceSpan] = []
        for start in range(max(0, token.start - 1), token.end - 1):
            for end in range(min(len(text), start + 5), start + 1, -1):
                if taken & set(range(start, end)) or not is_han(text[start:end]):
                    continue
                names = self._meant(text[start:end])
                if (
                    names
                    and names[0] != text[start:end]
                    and self._spelt(text, start, end, token, names)
                ):
                    found.append(PlaceSpan(start, end, text[start:end], (names[1],), 1))
                    taken |= set(range(start, end))
                    break
        return found

    def _spelt(self, text: str, start: int, end: int, token: Token, names: tuple[str, str]) -> bool:
        """Official forms anywhere; a bare short form only where a name would stand."""
        if end - start > 2:
            return True
        begun = _OPENING.match(text)
        first = start == (begun.end() if begun else 0)  # 那石师一年…
        opens = first or not is_han(text[start - 1])
        alone = end == len(text) or not is_han(text[end])
        opens = opens or (alone and _NAMING.search(text, 0, start) is not None)
        shared = sum(a == b for a, b in zip(text[start:end], names[0], strict=False))
        return opens and start == token.start and shared >= 1


@lru_cache(maxsize=8)
def _place_sounds(
    gazetteer: Gazetteer, covered: frozenset[str]
) -> dict[tuple[str, ...], tuple[str, str]]:
    return {
        tuple(syllable(c) for c in name): (name, code)
        for code in sorted(covered)
        for name in (gazetteer.places[code].name, gazetteer.places[code].short)
        if code in gazetteer.places
    }


@lru_cache(maxsize=8)
def _place_looks(gazetteer: Gazetteer, covered: frozenset[str]) -> dict[str, tuple[str, str]]:
    """The names of covered places with one character of the same look: 余娆 for 余姚."""
    known = {name for place in gazetteer.places.values() for name in (place.name, place.short)}
    shapes = load_shapes()
    return {
        said: (name, code)
        for name, code in sorted(_place_sounds(gazetteer, covered).values())
        for at, char in enumerate(name)
        for other in shapes.get(char, "")
        if (said := name[:at] + other + name[at + 1 :]) not in known
    }

"""Places inside a report's own place, told by the words that a clause begins with.

A city's report speaks of its counties (利通区“板桥”模式化解158起), a county's of its towns. What
follows in the same sentence is about the same place until the whole, or another place, is named.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.facts.model import Area
from bot.ingest.wording import Wording
from intents.gazetteer import Gazetteer

_TOWN = re.compile(r"^(?:其中)?[，,]?([\u4e00-\u9fff]{2,4}(?:镇|乡|街道|苏木))(?![（(、和级村街])")
_NOT_ALONE = re.compile(r"^[、和与及等（(级]")
_WHOLE = re.compile(r"[全我本各][市县区州省旗盟镇乡]|各地|市级|县级|区级|省级|累计|共计|全年|总")


@dataclass(frozen=True, slots=True)
class Found:
    """A place inside, and the words that named it."""

    area: Area
    words: str


class Inside:
    """Knows the places inside one place."""

    def __init__(self, area: Area, gazetteer: Gazetteer, wording: Wording) -> None:
        self._area = area
        self._wording = wording
        self._children = {
            gazetteer.places[code].name: Area(
                code, gazetteer.places[code].name, gazetteer.full(code)
            )
            for code in gazetteer.children(area.code)
        }
        self._names = sorted(self._children, key=len, reverse=True)

    def of(self, left: str) -> Found | None:
        """The place that a clause begins with, or None."""
        plain = left.removeprefix("其中").lstrip("，,")
        for name in self._names:
            if plain.startswith(name) and not _NOT_ALONE.match(plain[len(name) :]):
                return Found(self._children[name], left[: len(left) - len(plain)] + name)
        return self._town(left)

    def _town(self, left: str) -> Found | None:
        words = self._wording
        match = _TOWN.match(left)
        if not match or match[1].endswith(words.no_towns) or match[1][0] in "各全该每":
            return None
        lists = (words.verbs, words.noun_verbs, words.structural, words.causatives)
        known = (word for some in (*lists, words.no_town_words) for word in some)
        if any(word in match[1] for word in known):
            return None
        area = self._area
        return Found(Area(area.code, match[1], area.full + match[1]), match[1])

    def goes_on(self, left: str) -> bool:
        """True when a clause does not turn to the whole place or to another one."""
        return not _WHOLE.search(left) and not any(name in left for name in self._names)

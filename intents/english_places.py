"""Names of places in English questions: Yuyao, Ningbo."""

from __future__ import annotations

import re
from collections.abc import Iterable

from intents.gazetteer import Gazetteer
from intents.models import PlaceSpan

_NEXT = re.compile(r"[ ,]*(?:(?:district|city|county|province|municipality)[ ,]*)?(?:(?:of|in) )?")
_SHORTEST = 4
"""Letters of a name that is known without its tones; shorter ones are English words, too."""


def by_pinyin(gazetteer: Gazetteer) -> dict[str, tuple[str, ...]]:
    """The codes of the places that are written so in Latin letters."""
    found: dict[str, list[str]] = {}
    for place in gazetteer.places.values():
        if len(place.pinyin) >= _SHORTEST:
            found.setdefault(place.pinyin, []).append(place.code)
    return {pinyin: tuple(codes) for pinyin, codes in found.items()}


def joined(spans: Iterable[PlaceSpan], text: str, gazetteer: Gazetteer) -> list[PlaceSpan]:
    """Yuyao, Ningbo: the parent right behind a place only says which Yuyao."""
    kept: list[PlaceSpan] = []
    for span in sorted(spans, key=lambda s: s.start):
        last = kept[-1] if kept else None
        english = last is not None and span.text.isascii() and last.text.isascii()
        if last and english and _NEXT.fullmatch(text, last.end, span.start):
            inside = [c for c in last.codes if set(gazetteer.lineage(c)) & set(span.codes)]
            if inside:
                kept[-1] = PlaceSpan(last.start, span.end, last.text, tuple(inside))
                continue
        kept.append(span)
    return kept

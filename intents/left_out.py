"""Places that a question names only to leave them out: 除了余姚和慈溪，哪里最多; 余姚以外的."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from intents.cues import load_cues
from intents.models import PlaceSpan
from intents.text import any_of

_YEAR = r"\d{2,4}年度?的?"
_STOP = r"(?=[,，。.？?！!；;：:）)”\"…~～\n ]|$)"
_NO_WORD = "(?![出来地商国卖籍])"
"""余姚除|外出, 余姚以|外来: another word begins with 外."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Places that are left out, and the words that say so (start, end)."""

    places: tuple[PlaceSpan, ...] = ()
    words: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Patterns:
    before: re.Pattern[str]
    """What leaves a place out from before it; group 1 is the word itself."""
    alone: re.Pattern[str]
    """What does so from behind it, where nothing stands before it."""
    behind: re.Pattern[str]
    """What may stand behind it, where something does."""
    joining: re.Pattern[str]
    """Between two places that are left out together."""
    listing: re.Pattern[str]
    """So, where nothing stands before the first of them."""


def left_out(places: Sequence[PlaceSpan], text: str) -> LeftOut:
    """The places, in order, that are only left out; none in 为什么不算余姚."""
    found: list[PlaceSpan] = []
    words: list[tuple[int, int]] = []
    for chain, opened in _chains(places, text):
        closed = _last_closed(chain, text, opened=opened is not None)
        if opened is not None and chain[0].text.isascii():
            closed = closed or (len(chain) - 1, (chain[-1].end, chain[-1].end))
        if closed is not None:
            last, word = closed
            found += chain[: last + 1]
            words += [w for w in (opened, word) if w is not None and w[0] < w[1]]
    return LeftOut(tuple(found), tuple(words))


def _chains(
    places: Sequence[PlaceSpan], text: str
) -> list[tuple[list[PlaceSpan], tuple[int, int] | None]]:
    """Places that are strung together, each row with the word before it that leaves out."""
    rows: list[tuple[list[PlaceSpan], tuple[int, int] | None]] = []
    for place in places:
        if rows:
            row, opened = rows[-1]
            between = _patterns().joining if opened is not None else _patterns().listing
            if between.fullmatch(text, row[-1].end, place.start):
                row.append(place)
                continue
        rows.append(([place], _opened(text, place.start)))
    return rows


def _opened(text: str, start: int) -> tuple[int, int] | None:
    match = _patterns().before.search(text[:start])
    if match is None:
        return None
    head, word = text[: match.end(1)], match[1]
    before = head[: -len(word)]
    asked = word.startswith("不") and before.endswith(word[1:2])  # 包不包括余姚
    cues = load_cues()
    verb = word not in cues.apart_words and head.endswith(cues.apart_words)  # 解除余姚的
    if asked or verb or before.endswith(cues.asking_why):
        return None
    return match.span(1)


def _last_closed(
    chain: Sequence[PlaceSpan], text: str, *, opened: bool
) -> tuple[int, tuple[int, int]] | None:
    """The last place of a row behind which it ends, and the word that ends it."""
    pattern = _patterns().behind if opened else _patterns().alone
    ends = ((n, pattern.match(text, place.end)) for n, place in enumerate(chain))
    closed = [(n, match.span()) for n, match in ends if match is not None]
    return closed[-1] if closed else None


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    cues = load_cues()
    fillers = f"(?:{any_of(cues.apart_fillers)}|{_YEAR})*?"
    particles = f"{any_of(cues.apart_particles)}*"
    ends = f"{any_of(cues.apart_ends)}{_NO_WORD}"
    clause_ends = f"{any_of(cues.apart_clauses)}[的了吧哈呢]?{_STOP}"
    alone = f"{fillers}(?:{ends}|{clause_ends})"
    open_end = f"{fillers}(?:外{_NO_WORD}|{particles}{_STOP}|(?={any_of(cues.apart_behind)}))"
    speakers = f"{any_of(cues.apart_speakers)}?"
    return _Patterns(
        re.compile(f'({any_of(cues.apart_places)}){speakers}(?:{_YEAR})?[“"「（(]?$'),
        re.compile(alone),
        re.compile(f'[”"」）)]?(?:{alone}|{open_end})'),
        re.compile(any_of((*cues.joining, *cues.apart_joining))),
        re.compile(any_of([w for w in cues.joining if w not in (",", "，")])),
    )

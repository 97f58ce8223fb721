"""Years that figures are dealt to in order: 2021年、2022年、2023年分别为35件、47件、58件。"""

from __future__ import annotations

import re

from bot.ingest.clauses import Cut
from bot.ingest.scene import runs_of
from intents.numerals import parse_han

_LISTED = re.compile(r"(?:(?:19|20)\d{2}年?(?:度)?[、和及与]\s*){1,9}(?:19|20)\d{2}年")
_RANGE = re.compile(r"((?:19|20)\d{2})年?(?:度)?\s*(?:至|到|[-—–~]{1,2})\s*((?:19|20)\d{2})年")
_LAST = re.compile(
    r"(?:[近过最]去?近?|前)([二两三四五六七八九十2-9])年|([二两三四五六七八九2-9])年来"
)
_DEALT = re.compile(r"分别|依次|各为")
_COMPARED = re.compile(r"[较比同与]\s*$")
_YEAR = re.compile(r"(?:19|20)\d{2}")


def dealt_years(cuts: list[Cut], year: int) -> dict[int, int]:
    """The year of each figure of a sentence that is dealt one; *year* is the report's."""
    found: dict[int, int] = {}
    for span in set(runs_of(cuts)):
        head = cuts[span.start]
        said = "，".join((*head.lead_in[-1:], head.left))
        if len(span) > 1 and _DEALT.search(head.left):
            found |= dict(zip(span, _years(said, len(span), year), strict=False))
    return found


def _years(said: str, count: int, year: int) -> list[int]:
    """As many years as there are figures, or []."""
    listed = _LISTED.search(said)
    if listed and not _COMPARED.search(said[: listed.start()]):
        years = [int(y) for y in _YEAR.findall(listed[0])]
        return years if len(years) == count else []
    if span := _RANGE.search(said):
        years = list(range(int(span[1]), int(span[2]) + 1))
        return years if len(years) == count else []
    last = _LAST.search(said)
    number = (last[1] or last[2]) if last else ""
    if number and (int(number) if number.isdigit() else parse_han(number)) == count:
        return list(range(year - count + 1, year + 1))
    return []

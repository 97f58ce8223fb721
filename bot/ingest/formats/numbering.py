"""The numbers of lists and headings in a Word document, counted as Word shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

_DIGITS = "零一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_OUTLINE = re.compile(r"(?:heading|标题)\s*([1-4])", re.IGNORECASE)
_MAX_LEVEL = 9


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    """decimal, chineseCounting …"""
    text: str
    """第%1章, %1.%2."""
    start: int


class Numbering:
    """Counts through one document; made from its numbering and styles parts."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._levels = dict(_all_levels(numbering))
        self._lists = dict(_all_lists(numbering))
        self._styles = dict(_all_styles(styles))
        self._counts: dict[str, dict[int, int]] = {}

    def marker(self, properties: Element | None) -> str:
        """The number in front of the next paragraph, "" without one."""
        number, depth = self._list(properties)
        abstract = self._lists.get(number, "")
        level = self._levels.get((abstract, depth))
        if level is None:
            return ""
        counts = self._counts.setdefault(abstract, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [d for d in counts if d > depth]:
            del counts[deeper]
        if level.form in ("bullet", "none"):
            return ""
        return re.sub(r"%([1-9])", lambda m: self._shown(abstract, int(m[1]) - 1), level.text)

    def level(self, properties: Element | None) -> int:
        """1 … 4 for a paragraph with the style of a heading, else 0."""
        outline = _value(_find(properties, "outlineLvl"))
        if outline.isdigit() and int(outline) < 4:
            return int(outline) + 1
        return self._styles.get(_value(_find(properties, "pStyle")), ("", 0, 0))[2]

    def _list(self, properties: Element | None) -> tuple[str, int]:
        """The list of a paragraph and how deep in it; its style's when it names none."""
        own = _find(properties, "numPr")
        style = self._styles.get(_value(_find(properties, "pStyle")), ("", 0, 0))
        number = _value(_find(own, "numId")) if own is not None else style[0]
        depth = _value(_find(own, "ilvl"))
        return number or style[0], int(depth) if depth.isdigit() else style[1]

    def _shown(self, abstract: str, depth: int) -> str:
        level = self._levels.get((abstract, depth), _Level("decimal", "", 1))
        count = self._counts[abstract].get(depth, level.start)
        return _written(count, level.form)


def _written(count: int, form: str) -> str:
    lower = form.lower()
    if "chinese" in lower or "japanese" in lower or form == "ideographDigital":
        return _han(count)
    if form == "ideographTraditional" and 0 < count <= len(_STEMS):
        return _STEMS[count - 1]
    if lower.endswith("letter") and 0 < count <= 26:
        return chr((65 if lower.startswith("upper") else 97) + count - 1)
    return f"{count:02}" if form == "decimalZero" else str(count)


def _han(count: int) -> str:
    tens, ones = divmod(count, 10)
    if not 0 < count < 100:
        return str(count)
    front = "" if not tens else ("十" if tens == 1 else _DIGITS[tens] + "十")
    return front + (_DIGITS[ones] if ones else "")


# -- reading the parts -----------------------------------------------------------------------


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _find(element: Element | None, name: str) -> Element | None:
    return next((c for c in element if _local(c) == name), None) if element is not None else None


def _value(element: Element | None, name: str = "val") -> str:
    if element is None:
        return ""
    return next((v for k, v in element.attrib.items() if k.rpartition("}")[2] == name), "")


def _all_levels(numbering: Element | None) -> Iterator[tuple[tuple[str, int], _Level]]:
    for abstract in numbering if numbering is not None else ():
        if _local(abstract) != "abstractNum":
            continue
        for level in abstract:
            depth = _value(level, "ilvl")
            if _local(level) == "lvl" and depth.isdigit() and int(depth) < _MAX_LEVEL:
                start = _value(_find(level, "start"))
                yield (
                    (_value(abstract, "abstractNumId"), int(depth)),
                    _Level(
                        _value(_find(level, "numFmt")) or "decimal",
                        _value(_find(level, "lvlText")),
                        int(start) if start.isdigit() and len(start) < 6 else 1,
                    ),
                )


def _all_lists(numbering: Element | None) -> Iterator[tuple[str, str]]:
    for number in numbering if numbering is not None else ():
        if _local(number) == "num":
            yield _value(number, "numId"), _value(_find(number, "abstractNumId"))


def _all_styles(styles: Element | None) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Style → its list, depth in the list, and level as a heading."""
    for style in styles if styles is not None else ():
        if _local(style) != "style":
            continue
        properties = _find(style, "pPr")
        own = _find(properties, "numPr")
        depth = _value(_find(own, "ilvl"))
        outline = _value(_find(properties, "outlineLvl"))
        named = _OUTLINE.search(_value(_find(style, "name")))
        level = int(outline) + 1 if outline.isdigit() and int(outline) < 4 else 0
        level = level or (int(named[1]) if named else 0)
        yield (
            _value(style, "styleId"),
            (_value(_find(own, "numId")), int(depth) if depth.isdigit() else 0, level),
        )

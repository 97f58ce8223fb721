"""Logical text → sections and sentences, and the bracket-aware splitting they need."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.facts.model import Role
from bot.ingest.layout import Layout, Paragraph
from bot.ingest.wording import Wording

_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "〔": "〕", "「": "」", "【": "】"}
_CLOSERS = set(_PAIRS.values())
_FULL_STOPS = "。！？!?"
_ITEM = re.compile(r"[一二三四五六七八九十]是")
_NUMBERED = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]{1,3}(?:部分|章)|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}[、.．](?!\d))\s*"
)
_TOLD = re.compile(r"\d\s?[十百千万亿]{0,2}[余多]?\s?(\D{1,2})$")
_MAX_HEADING = 45


@dataclass(frozen=True, slots=True)
class Section:
    """Where a paragraph stands in the tree of headings."""

    path: tuple[str, ...]
    """Headings from the top, without their numbers."""
    role: Role

    @property
    def heading(self) -> str:
        """The path for people."""
        return " › ".join(self.path)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body."""

    start: int
    end: int
    """Offsets in the logical text."""
    section: Section
    item: str
    """The sub-heading sentence (一是…。) it stands under, or ""."""
    paragraph: int
    """Offset of its paragraph."""


def depths(text: str) -> list[int]:
    """Nesting depth of quotes and brackets for each character; a lone closer never goes below 0."""
    result, depth = [], 0
    for char in text:
        if char in _CLOSERS and depth:
            depth -= 1
        result.append(depth)
        if char in _PAIRS:
            depth += 1
    return result


def outside_quotes(text: str) -> str:
    """The characters that stand in no quotation or bracket."""
    return "".join(c for c, deep in zip(text, depths(text), strict=True) if not deep)


def split_spans(text: str, marks: str) -> Iterator[tuple[int, int]]:
    """Stretches of *text* between any of *marks* outside brackets; marks stay at the end."""
    level = depths(text)
    start = 0
    for i, char in enumerate(text):
        if char in marks and level[i] == 0:
            yield start, i + 1
            start = i + 1
    if start < len(text):
        yield start, len(text)


def is_title(layout: Layout, paragraph: Paragraph, wording: Wording) -> bool:
    """True for a marked line that is nothing but a heading."""
    text = layout.folded[paragraph.start : paragraph.end]
    told = _TOLD.search(text[-12:])
    if told and told[1] in wording.item_units:
        return False
    return (
        paragraph.level > 0
        and len(text) <= _MAX_HEADING
        and not any(mark in text for mark in "。!?;:")
    )


def strip_marker(heading: str) -> str:
    """A heading without its number: （一）坚持思想引领 → 坚持思想引领."""
    bare = _NUMBERED.sub("", heading, count=1).strip()
    return bare.rstrip("。:：") or heading.strip()


def _role(heading: str, wording: Wording) -> Role | None:
    for name, words in wording.sections.items():
        if any(word in heading for word in words):
            return Role(name)
    return None


def _plan_year(heading: str, wording: Wording) -> str:
    year = re.search(r"20\d\d年", heading)
    return year[0] if year and any(w in heading for w in wording.sections["plan"]) else ""


def _inline_heading(text: str) -> int:
    """Length of the heading that opens a marked paragraph (…。), or 0."""
    for _, end in split_spans(text, _FULL_STOPS):
        return end if end <= _MAX_HEADING else 0
    return 0


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the reading stands in the tree of headings."""

    path: tuple[str, ...] = ()
    roles: tuple[Role, ...] = (Role.WORK,)
    """The roles of the level-1 heading and, where it differs, of the level-2 heading below it."""
    plan_year: str = ""
    """The year that a heading of problems and plans plans for."""

    def under(self, heading: str, level: int, wording: Wording) -> _Place:
        """The place below a further heading."""
        above = (*self.path[: level - 1], *[""] * (level - 1 - len(self.path)))
        role = _role(heading, wording)
        roles = self.roles
        if level == 1:
            roles = (role or Role.WORK,)
        elif level == _INNER and role and self.roles[0] is not Role.WORK:
            roles = (self.roles[0], role)
        elif level == _INNER:
            roles = self.roles[:1]
        year = _plan_year(heading, wording) if level == 1 else self.plan_year
        return _Place((*above, heading), roles, year)

    def planning(self) -> _Place:
        """The same place, once the text turns to what is to come."""
        return _Place(self.path, (self.roles[0], Role.PLAN), self.plan_year)

    @property
    def section(self) -> Section:
        """The section of the sentences here."""
        return Section(tuple(h for h in self.path if h), self.roles[-1])


_INNER = 2


def sentences(layout: Layout, wording: Wording) -> Iterator[Sentence]:
    """The sentences of a report in order, each under its section."""
    place = _Place()
    for paragraph in layout.paragraphs:
        if paragraph.cells:
            continue
        text = layout.text[paragraph.start : paragraph.end]
        level = paragraph.level or _plain_heading(text, wording)
        title = bool(level) and (not paragraph.level or is_title(layout, paragraph, wording))
        if level:
            begin = len(text) if title else _inline_heading(text)
            place = place.under(strip_marker(text[:begin]) if begin else "", level, wording)
        if title:
            continue
        here = place
        for sentence in _in_paragraph(text, paragraph):
            said = text[sentence.start - paragraph.start :]
            turns = here.plan_year and said.startswith(here.plan_year)
            if turns or said.startswith(wording.plan_openings):
                here = here.planning()
            yield replace(sentence, section=here.section)
        if place.roles[0] is Role.PROBLEMS:
            place = here


def _plain_heading(text: str, wording: Wording) -> int:
    """1 for an unnumbered line that is the heading of a section of problems or plans, else 0."""
    plain = len(text) <= _MAX_PLAIN and not re.search(r"[，。；：、,;:\d（）()“”]", text)
    return 1 if plain and _role(text, wording) and text.endswith(wording.heading_ends) else 0


_MAX_PLAIN = 20
_NOWHERE = Section((), Role.WORK)


def opens_item(sentence: str) -> bool:
    """True for 一是…."""
    return _ITEM.match(sentence) is not None


def _in_paragraph(text: str, paragraph: Paragraph) -> Iterator[Sentence]:
    item = ""
    for start, end in split_spans(text, _FULL_STOPS):
        whole = text[start:end]
        sentence = whole.strip()
        if not sentence:
            continue
        at = paragraph.start + start + len(whole) - len(whole.lstrip())
        if opens_item(sentence):
            item = sentence[2:].rstrip("。") if len(sentence) <= _MAX_HEADING else ""
        yield Sentence(at, at + len(sentence), _NOWHERE, item, paragraph.start)

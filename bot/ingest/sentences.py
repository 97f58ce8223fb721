"""Logical text → sections and sentences, and the bracket-aware splitting they need."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.facts.model import Role
from bot.ingest.layout import Layout, Paragraph
from bot.ingest.wording import Wording

_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "〔": "〕", "「": "」", "【": "】"}
_CLOSERS = set(_PAIRS.values())
_FULL_STOPS = "。！？!?"
_ITEM = re.compile(r"[一二三四五六七八九十]是")
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


def is_title(layout: Layout, paragraph: Paragraph) -> bool:
    """True for a marked line that is nothing but a heading."""
    text = layout.text[paragraph.start : paragraph.end]
    return (
        paragraph.level > 0
        and len(text) <= _MAX_HEADING
        and not any(mark in text for mark in "。！？；;：")
    )


def strip_marker(heading: str) -> str:
    """A heading without its number: （一）坚持思想引领 → 坚持思想引领."""
    bare = re.sub(
        r"^\s*(?:第[一二三四五六七八九十]{1,3}(?:部分|章)|[(（]?[一二三四五六七八九十\d]{1,3}[)）]?[、.．]?)\s*",
        "",
        heading,
        count=1,
    )
    return bare.strip().rstrip("。:：") or heading.strip()


def _role(heading: str, wording: Wording) -> Role:
    for name, words in wording.sections.items():
        if any(word in heading for word in words):
            return Role(name)
    return Role.WORK


def _inline_heading(text: str) -> int:
    """Length of the heading that opens a marked paragraph (…。), or 0."""
    for _, end in split_spans(text, _FULL_STOPS):
        return end if end <= _MAX_HEADING else 0
    return 0


def sentences(layout: Layout, wording: Wording) -> Iterator[Sentence]:
    """The sentences of a report in order, each under its section."""
    path: list[str] = []
    role = Role.WORK
    for paragraph in layout.paragraphs:
        text = layout.text[paragraph.start : paragraph.end]
        begin = 0
        if paragraph.level:
            title = is_title(layout, paragraph)
            begin = len(text) if title else _inline_heading(text)
            heading = strip_marker(text[:begin]) if begin else ""
            del path[paragraph.level - 1 :]
            path += [""] * (paragraph.level - 1 - len(path)) + [heading]
            role = _role(heading, wording) if paragraph.level == 1 else role
        section = Section(tuple(h for h in path if h), role)
        if not (paragraph.level and is_title(layout, paragraph)):
            yield from _in_paragraph(text, paragraph, section)


def _in_paragraph(text: str, paragraph: Paragraph, section: Section) -> Iterator[Sentence]:
    item = ""
    for start, end in split_spans(text, _FULL_STOPS):
        whole = text[start:end]
        sentence = whole.strip()
        if not sentence:
            continue
        at = paragraph.start + start + len(whole) - len(whole.lstrip())
        if _ITEM.match(sentence):
            item = sentence[2:].rstrip("。") if len(sentence) <= _MAX_HEADING else ""
        yield Sentence(at, at + len(sentence), section, item, paragraph.start)

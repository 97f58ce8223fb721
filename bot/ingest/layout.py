"""Raw text → logical text: page breaks, hard wraps, mark-up and site leftovers healed.

The logical text is what a person would print. Every one of its characters knows its raw offset,
so that facts can be proved in the source.
"""

import re
from dataclasses import dataclass

from intents.text import fold, is_invisible

_LEFTOVER = re.compile(
    r"^[\s【】\[\]|｜>·-]*(?:返回顶部|打印本[稿页]|打印|关闭(?:本页|窗口)?|我要订阅|收藏|分享(?:到|至)?.{0,12}"
    r"|扫一扫.{0,24}|字号[:：]?.{0,12}|上一篇.*|下一篇.*|当前位置.*|您(?:现在)?的?(?:当前)?位置.*"
    r"|【[^】]{1,8}】(?:\s*【[^】]{1,8}】)*|首页\s*[>＞].*|(?:浏览|点击|阅读)(?:次数|量)[:：]?\s*\d*"
    r"|打印\s+关闭|责任编辑.*|来源[:：].{0,30})[\s【】\[\]|｜]*$"
)
_PAGE_NUMBER = re.compile(
    r"^[\s—–\-_·]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／]\s*\d{1,4})?[\s—–\-_·]*$"
)
_MARKER = re.compile(
    r"^\s*(?:(?P<l1>[一二三四五六七八九十]{1,3}[、.．])|(?P<l2>[(（][一二三四五六七八九十]{1,3}[)）])"
    r"|(?P<l3>\d{1,2}[、.．](?!\d))|(?P<l4>[(（]\d{1,2}[)）])"
    r"|(?P<l0>第[一二三四五六七八九十]{1,3}(?:部分|章)))"
)
_HASHES = re.compile(r"^\s*#{1,6}\s*")
_FIELD = re.compile(r"^\s*[-*]?\s*[\w/\s（）()]{2,12}[:：]")
_TERMINAL = "。！？；：:;!?"
_PROSE = re.compile(r"[，。；,;]")
_MIN_LINES = 20
_MAX_WIDTH = 80
_FULL = 0.8
"""A line of hard-wrapped prose is at least this part of the usual width."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A logical paragraph."""

    start: int
    """Offset in the logical text."""
    end: int
    level: int
    """0 for prose; 1 … 4 when it begins with a heading marker (一、（一）1.（1）)."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The logical text of a report."""

    text: str
    """Paragraphs joined by line feeds."""
    folded: str
    """The same, folded (:func:`intents.text.fold`); same length."""
    origin: tuple[int, ...]
    """Raw offset of each logical character."""
    paragraphs: tuple[Paragraph, ...]

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of a logical stretch (at least one character)."""
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True, slots=True)
class _Piece:
    """One raw line, cleaned: its characters with their raw offsets."""

    chars: tuple[tuple[str, int], ...]
    level: int
    titled: bool

    @property
    def text(self) -> str:
        return "".join(char for char, _ in self.chars)


def heading_level(line: str) -> int:
    """1 … 4 for a line that begins with a heading marker, else 0."""
    match = _MARKER.match(line)
    if not match:
        return 0
    return {"l0": 1, "l1": 1, "l2": 2, "l3": 3, "l4": 4}[match.lastgroup or "l1"]


def _lines(raw: str) -> list[tuple[int, str]]:
    lines, at = [], 0
    for line in re.split(r"(\r\n|\n|\r|\f|\v|\u2028|\u2029)", raw):
        lines.append((at, line))
        at += len(line)
    return lines[::2]


def _clean(at: int, line: str) -> _Piece | None:
    """The characters a person would print; None for blank lines and leftovers."""
    hashes = _HASHES.match(line)
    begin = hashes.end() if hashes else 0
    chars = [(c, at + i) for i, c in enumerate(line) if i >= begin]
    chars = [(c, o) for c, o in chars if c != "*" and (c == "\t" or not is_invisible(c))]
    while chars and chars[0][0].isspace():
        chars.pop(0)
    while chars and chars[-1][0].isspace():
        chars.pop()
    text = "".join(c for c, _ in chars)
    if not text or _LEFTOVER.match(text) or _PAGE_NUMBER.match(text):
        return None
    return _Piece(tuple(chars), heading_level(fold(text)), bool(hashes))


def _wrap_width(pieces: list[_Piece]) -> int:
    """Width of hard-wrapped prose in characters, 0 when lines are whole paragraphs."""
    lengths = sorted(len(p.chars) for p in pieces)
    if len(lengths) < _MIN_LINES:
        return 0
    width = lengths[len(lengths) * 9 // 10]
    full = [p for p in pieces if len(p.chars) >= width * _FULL]
    open_ends = sum(1 for p in full if p.text[-1] not in _TERMINAL)
    return width if width <= _MAX_WIDTH and open_ends * 2 > len(full) else 0


def _continues(previous: _Piece, piece: _Piece, width: int) -> bool:
    """True when *piece* goes on with the sentence that *previous* left open."""
    before, after = previous.text, piece.text
    if previous.titled or piece.titled or piece.level or before[-1] in _TERMINAL:
        return False
    if _FIELD.match(after) or (_FIELD.match(before) and not _PROSE.search(before)):
        return False
    if any(before.count(o) > before.count(c) for o, c in ("“”", "《》", "（）", "()")):
        return True
    if width:
        return len(before) >= width * _FULL
    return "。" in before or before[-1] in "，、,"


def lay_out(raw: str) -> Layout:
    """Heal a raw text; linear in its length."""
    pieces = [p for p in (_clean(at, line) for at, line in _lines(raw)) if p]
    width = _wrap_width(pieces)
    merged: list[list[_Piece]] = []
    for piece in pieces:
        if merged and _continues(merged[-1][-1], piece, width):
            merged[-1].append(piece)
        else:
            merged.append([piece])
    chars: list[str] = []
    origin: list[int] = []
    paragraphs: list[Paragraph] = []
    for group in merged:
        if chars:
            chars.append("\n")
            origin.append(group[0].chars[0][1])
        start = len(chars)
        for piece in group:
            chars += [c for c, _ in piece.chars]
            origin += [o for _, o in piece.chars]
        paragraphs.append(Paragraph(start, len(chars), group[0].level))
    text = "".join(chars)
    return Layout(text, fold(text), tuple(origin), tuple(paragraphs))

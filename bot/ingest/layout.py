"""Raw text → logical text: page breaks, hard wraps, mark-up and site leftovers healed.

The logical text is what a person would print. Every one of its characters knows its raw offset,
so that facts can be proved in the source.
"""

import re
from collections import Counter
from dataclasses import dataclass, replace

from bot.ingest.rows import cells_of, is_ruled, rows_among
from bot.ingest.wording import Wording, load_wording
from intents.text import fold, is_invisible

_BREAK = re.compile(r"\r\n|[\n\r\f\v\u2028\u2029\x85]")
_PAGE_NUMBER = re.compile(
    r"^[\s—–\-_·]{0,9}(?:第\s?)?\d{1,4}(?:\s?页)?(?:\s?[/／共]\s?\d{1,4}\s?页?)?[\s—–\-_·]{0,9}$"
)
_MARKER = re.compile(
    r"^(?:(?P<l1>[一二三四五六七八九十]{1,3}[、.．])|(?P<l2>[(（][一二三四五六七八九十]{1,3}[)）])"
    r"|(?P<l3>\d{1,2}[、.．](?!\d))|(?P<l4>[(（]\d{1,2}[)）])"
    r"|(?P<l0>第[一二三四五六七八九十]{1,3}(?:部分|章)))"
)
_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s{0,9}")
_FIELD = re.compile(r"^\s{0,3}[-*]?\s{0,3}[\w/ （）()]{2,12}[:：]")
_DECORATION = " \t【】[]|｜>·-"
_TERMINAL = "。！？；：:;!?"
_TELLING = re.compile(r"[，。；,;\d]")
_PROSE = re.compile(r"[，。；,;]")
_PAIRS = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
_MIN_LINES = 20
_MAX_WIDTH = 80
_FULL = 0.8
"""A line of hard-wrapped prose is at least this part of the usual width."""
_MAX_LEFTOVER = 60
_RUNNING_HEAD = 3
"""A short line that comes so often is the head or foot of pages."""
_MAX_HEAD = 30
_MAX_LEVEL = 4


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A logical paragraph."""

    start: int
    """Offset in the logical text."""
    end: int
    level: int
    """0 for prose; 1 … 4 when it begins with a heading marker (一、（一）1.（1）)."""
    cells: tuple[tuple[int, int], ...] = ()
    """Of a table's row its cells, in the logical text; empty for prose."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The logical text of a report."""

    text: str
    """Paragraphs joined by line feeds."""
    folded: str
    """The same, folded (:func:`intents.text.fold`), quotation marks paired; same length."""
    origin: tuple[int, ...]
    """Raw offset of each logical character."""
    paragraphs: tuple[Paragraph, ...]
    dropped: tuple[tuple[int, int, str], ...] = ()
    """Raw lines that are no part of the text, each with the rule that says so."""

    def raw_span(self, start: int, end: int) -> tuple[int, int]:
        """Raw offsets of a logical stretch (at least one character)."""
        return self.origin[start], self.origin[end - 1] + 1


@dataclass(frozen=True, slots=True)
class _Piece:
    """One raw line, cleaned: its characters with their raw offsets."""

    chars: tuple[tuple[str, int], ...]
    text: str
    level: int
    titled: bool
    dropped: str = ""
    """The rule that takes the line out of the text."""
    cells: tuple[tuple[int, int], ...] = ()
    """Of a table's row its cells, in the line."""


def heading_level(line: str) -> int:
    """1 … 4 for a line that begins with a heading marker, else 0."""
    match = _MARKER.match(line.lstrip())
    if not match:
        return 0
    return {"l0": 1, "l1": 1, "l2": 2, "l3": 3, "l4": 4}[match.lastgroup or "l1"]


def lay_out(raw: str, wording: Wording | None = None) -> Layout:
    """Heal a raw text; linear in its length."""
    words = wording or load_wording()
    lines = [piece for at, line in _lines(raw) if (piece := _clean(at, line, words))]
    lines = _marked_running_heads(_marked_rows(lines))
    pieces = [piece for piece in lines if not piece.dropped]
    dropped = tuple((p.chars[0][1], p.chars[-1][1] + 1, p.dropped) for p in lines if p.dropped)
    width = _wrap_width(pieces)
    merged: list[list[_Piece]] = []
    for piece in pieces:
        if merged and _continues(merged[-1][-1], piece, width):
            merged[-1].append(piece)
        else:
            merged.append([piece])
    return _joined(merged, dropped)


def _joined(merged: list[list[_Piece]], dropped: tuple[tuple[int, int, str], ...]) -> Layout:
    chars: list[str] = []
    origin: list[int] = []
    paragraphs: list[Paragraph] = []
    for group in merged:
        if chars:
            chars.append("\n")
            origin.append(group[0].chars[0][1])
        start = len(chars)
        cells = tuple((start + a, start + b) for a, b in group[0].cells)
        for piece in group:
            chars += [c for c, _ in piece.chars]
            origin += [o for _, o in piece.chars]
        paragraphs.append(Paragraph(start, len(chars), group[0].level, cells))
    text = "".join(chars)
    return Layout(text, _paired(fold(text)), tuple(origin), tuple(paragraphs), dropped)


def _paired(folded: str) -> str:
    """With straight quotation marks turned into pairs, line by line: "一网通办" → “一网通办”."""
    if '"' not in folded:
        return folded
    return "\n".join(_paired_line(line) for line in folded.split("\n"))


def _paired_line(line: str) -> str:
    parts = line.split('"')
    if len(parts) % 2 == 0:
        return line
    marks = [mark for _ in range(len(parts) // 2) for mark in "“”"]
    return "".join(part + mark for part, mark in zip(parts, [*marks, ""], strict=True))


def _lines(raw: str) -> list[tuple[int, str]]:
    lines, at = [], 0
    for match in _BREAK.finditer(raw):
        lines.append((at, raw[at : match.start()]))
        at = match.end()
    return [*lines, (at, raw[at:])]


def _clean(at: int, line: str, words: Wording) -> _Piece | None:
    """The characters a person would print; None for a blank line."""
    hashes = _HASHES.match(line)
    begin = hashes.end() if hashes else 0
    chars = [
        (c, at + i)
        for i, c in enumerate(line[begin:], begin)
        if c != "*" and (c == "\t" or not is_invisible(c))
    ]
    plain = "".join(c for c, _ in chars)
    text = plain.strip()
    if not text:
        return None
    front = len(plain) - len(plain.lstrip())
    level = heading_level(fold(text[:12]))
    if hashes and not level:
        level = min(len(hashes[1]) - 1, _MAX_LEVEL)
    rule = "leftover" if _is_leftover(text, words) else ""
    rule = "page_number" if _PAGE_NUMBER.match(text) else rule
    return _Piece(tuple(chars[front : front + len(text)]), text, level, bool(hashes), rule)


def _is_leftover(text: str, words: Wording) -> bool:
    """True for what a web page puts around a text: print, close, share, you are here."""
    if len(text) > _MAX_LEFTOVER:
        return False
    plain = text.strip(_DECORATION)
    parts = [part for part in re.split(r"[\s|｜【】\[\]]+", plain) if part]
    if all(part in words.leftover_words for part in parts):
        return True
    return plain.startswith(words.leftover_starts) and not _PROSE.search(plain)


def _marked_rows(pieces: list[_Piece]) -> list[_Piece]:
    """With the rows of tables marked; their ruled lines (|---|---|) go."""
    lines = [p.text if not p.dropped or is_ruled(p.text) else "" for p in pieces]
    cells = [cells_of(line) for line in lines]
    inside = rows_among(cells)
    marked = []
    for piece, own, is_row in zip(pieces, cells, inside, strict=True):
        if not is_row:
            marked.append(piece)
        elif is_ruled(piece.text):
            marked.append(replace(piece, dropped="table_rule"))
        else:
            marked.append(replace(piece, cells=own, level=0))
    return marked


def _marked_running_heads(pieces: list[_Piece]) -> list[_Piece]:
    """With the heads and feet that every page repeats taken out; the first one stays."""
    often = Counter(p.text for p in pieces if not p.level and len(p.text) <= _MAX_HEAD)
    seen: set[str] = set()
    marked = []
    for piece in pieces:
        repeated = often[piece.text] >= _RUNNING_HEAD and not _TELLING.search(piece.text)
        repeated = repeated and not piece.cells
        again = repeated and piece.text in seen and not piece.dropped
        marked.append(replace(piece, dropped="running_head") if again else piece)
        seen.add(piece.text)
    return marked


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
    if previous.cells or piece.cells:
        return False
    if _FIELD.match(after) or (_FIELD.match(before) and not _PROSE.search(before)):
        return False
    if any(before.count(opens) > before.count(closes) for opens, closes in _PAIRS):
        return True
    if width:
        return len(before) >= width * _FULL
    return "。" in before or before[-1] in "，、,"

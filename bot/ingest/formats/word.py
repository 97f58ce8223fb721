"""Word documents (.docx) → text: what a reader sees once every change is accepted.

The only import of defusedxml: no document type, no entity, nothing outside the file is read. What
is deleted, moved away or hidden is left out, text boxes are read once, list numbers are counted.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.errors import ReportError
from bot.ingest.formats.extracted import Extracted
from bot.ingest.formats.numbering import Numbering
from bot.ingest.formats.tables import Cell, is_data, is_marked, lines_of, spread

_MAX_PART = 24_000_000
"""Bytes of one part once unpacked; the text of a report is far smaller."""
_MAX_RATIO = 200
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_CHOICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_GONE = frozenset({"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "fldData"})
_AGAIN = {"tab": " ", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_MAX_HEADING = 45
_DEEP = 60
"""Nothing is nested deeper than this in a document that people wrote."""


def read_word(data: bytes) -> Extracted:
    """The text of a document; ReportError when it is damaged, encrypted or a bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            document = _part(archive, "word/document.xml")
            numbers = Numbering(
                _optional(archive, "word/numbering.xml"), _optional(archive, "word/styles.xml")
            )
            core = _optional(archive, "docProps/core.xml")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError) as error:
        raise ReportError("文件已损坏，打不开；请重新导出") from error
    except (NotImplementedError, RuntimeError) as error:
        raise ReportError("文件设了密码或用了不认识的压缩方式；请去掉密码、重新导出") from error
    except KeyError as error:
        raise ReportError("文件已损坏，缺少正文；请重新导出") from error
    body = next((child for child in document if name_of(child) == "body"), None)
    lines = _Reader(numbers).blocks(body, 0) if body is not None else iter(())
    return Extracted("\n".join(line for line in lines if line.strip()), _titles(core))


def name_of(element: Element) -> str:
    """The name of an element of WordprocessingML; other vocabularies keep theirs in braces."""
    tag = str(element.tag)
    return tag.removeprefix(_W).removeprefix(_STRICT)


def value_of(element: Element | None, name: str = "val") -> str:
    """An attribute of WordprocessingML, "" without one."""
    if element is None:
        return ""
    return element.get(_W + name) or element.get(_STRICT + name) or ""


def _optional(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        return _part(archive, name)
    except KeyError:
        return None


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    """One part, unpacked up to a limit and read without anything it points to."""
    entry = archive.getinfo(name)
    if entry.flag_bits & 1:
        raise RuntimeError("encrypted")
    if entry.file_size > _MAX_PART or entry.file_size > _MAX_RATIO * max(entry.compress_size, 4096):
        raise ReportError(
            "文件解压后大得不像一份报告（可能是压缩炸弹）；不予读取，请另存后再放进来"
        )
    with archive.open(entry) as file:
        data = file.read(_MAX_PART + 1)
    if len(data) > _MAX_PART:
        raise ReportError(
            "文件解压后大得不像一份报告（可能是压缩炸弹）；不予读取，请另存后再放进来"
        )
    try:
        root: Element = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise ReportError(
            "文件里有外部实体或文档类型声明，不安全；不予读取，请另存后再放进来"
        ) from error
    except (ParseError, LookupError) as error:
        raise ReportError("文件已损坏，正文不完整；请重新导出") from error
    return root


def _titles(core: Element | None) -> tuple[str, ...]:
    found = (child.text for child in core or () if str(child.tag).endswith("}title"))
    return tuple(text.strip() for text in found if text and text.strip())


class _Reader:
    """Reads the parts of a body in order."""

    def __init__(self, numbers: Numbering) -> None:
        self._numbers = numbers
        self._boxes: list[Element] = []
        self._open = ""

    def blocks(self, parent: Element, depth: int) -> Iterator[str]:
        """The lines of paragraphs and tables."""
        if depth > _DEEP:
            return
        for child in parent:
            name = name_of(child)
            if name == "p":
                yield from self._paragraph(child, depth)
            elif name == "tbl":
                yield from self._table(child, depth)
            elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body"):
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: Element, depth: int) -> Iterator[str]:
        properties = _child(paragraph, "pPr")
        text = "".join(self._inline(paragraph, 0))
        if text.strip() and not self._open and not _is_contents(properties):
            marker = self._numbers.marker(properties)
            text = (marker or self._headed(properties, text)) + text
        text = self._open + ("" if _is_contents(properties) else text)
        self._open = text if _is_joined(properties) else ""
        if not self._open:
            yield from text.split("\n")
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            yield from self.blocks(box, depth + 1)

    def _headed(self, properties: Element | None, text: str) -> str:
        """The marks of a heading that has no number to tell it by."""
        level = self._numbers.level(properties)
        if not level or len(text) > _MAX_HEADING or is_marked(text):
            return ""
        return "#" * (level + 1) + " "

    def _inline(self, parent: Element, depth: int) -> Iterator[str]:
        if depth > _DEEP:
            return
        for child in parent:
            name = name_of(child)
            if name == "t":
                yield child.text or ""
            elif name == "br":
                yield "" if value_of(child, "type") in ("page", "column") else "\n"
            elif name in _AGAIN:
                yield _AGAIN[name]
            elif name == "txbxContent":
                self._boxes.append(child)
            elif name == "r" and _is_hidden(child):
                continue
            elif name == f"{_CHOICE}AlternateContent":
                yield from self._inline(_chosen(child), depth + 1)
            elif name not in _GONE:
                yield from self._inline(child, depth + 1)

    def _table(self, table: Element, depth: int) -> Iterator[str]:
        rows = [row for row in _rows(table) if not _is_deleted_row(row)]
        cells = [[self._cell(cell, depth) for cell in _cells(row)] for row in rows]
        grid = _with_merged(spread(cells))
        if is_data([[c.replace("\n", " ") for c in row] for row in grid]):
            yield from lines_of(grid)
            return
        for row in cells:
            for cell in row:
                yield from cell.text.removeprefix(_MERGED).split("\n")

    def _cell(self, cell: Element, depth: int) -> Cell:
        properties = _child(cell, "tcPr")
        text = "\n".join(line for line in self.blocks(cell, depth + 1) if line.strip())
        merge = _child(properties, "vMerge")
        if merge is not None and value_of(merge) != "restart":
            text = _MERGED + text
        span = value_of(_child(properties, "gridSpan"))
        return Cell(text, int(span) if span.isdigit() and len(span) < 4 else 1)


_MERGED = "\0"
"""Stands before the text of a cell that goes on with the one above it."""


def _with_merged(grid: list[list[str]]) -> list[list[str]]:
    for i, row in enumerate(grid):
        for j, text in enumerate(row):
            if text.startswith(_MERGED):
                row[j] = grid[i - 1][j] if i else text.removeprefix(_MERGED)
    return grid


def _child(element: Element | None, name: str) -> Element | None:
    return next((c for c in element if name_of(c) == name), None) if element is not None else None


def _rows(table: Element) -> Iterator[Element]:
    for child in table:
        if name_of(child) == "tr":
            yield child
        elif name_of(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _rows(child)


def _cells(row: Element) -> Iterator[Element]:
    for child in row:
        if name_of(child) == "tc":
            yield child
        elif name_of(child) in ("sdt", "sdtContent", "customXml"):
            yield from _cells(child)


def _is_deleted_row(row: Element) -> bool:
    return _child(_child(row, "trPr"), "del") is not None


def _is_hidden(run: Element) -> bool:
    vanish = _child(_child(run, "rPr"), "vanish")
    return vanish is not None and value_of(vanish) not in ("0", "false", "off")


def _is_contents(properties: Element | None) -> bool:
    """True for a line of a table of contents, which says headings and pages once more."""
    style = value_of(_child(properties, "pStyle")).lower()
    return style.startswith(("toc", "目录"))


def _is_joined(properties: Element | None) -> bool:
    """True when the end of a paragraph was deleted: the next one goes on with it."""
    marks = _child(properties, "rPr")
    return _child(marks, "del") is not None or _child(marks, "moveFrom") is not None


def _chosen(alternate: Element) -> Element:
    """The first choice; the fallback says the same again."""
    return next(iter(alternate), alternate)

"""PDF → characters and ruled lines of each page. The only import of pypdfium2.

Marks across a page (turned text) are left out; what the pages say is put together in sheets.py.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as raw

from bot.errors import ReportError

_MAX_PAGES = 400
_MAX_CHARS = 1_500_000
_TURNED = 0.2
"""Radians; text that leans more is a watermark."""
_THIN = 3.0
_SHORT = 8.0


@dataclass(frozen=True, slots=True)
class Char:
    """A printed character with its box; y grows upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Where it stands on its page, up and down."""
        return (self.bottom + self.top) / 2

    @property
    def size(self) -> float:
        """Height of its box."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line, level or upright."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def level(self) -> bool:
        """True for a line from left to right."""
        return self.right - self.left > self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page."""

    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """A document."""

    title: str
    sheets: tuple[Sheet, ...]


def open_pdf(data: bytes) -> Opened:
    """All pages; ReportError when the file is damaged, encrypted or far too long."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise ReportError("这是设了密码的 PDF；请去掉密码后再放进来") from error
        raise ReportError("PDF 已损坏，打不开；请重新导出") from error
    try:
        if len(document) > _MAX_PAGES:
            raise ReportError(f"PDF 超过 {_MAX_PAGES} 页，不像一份年度报告；请检查是否放错了文件")
        title = str(document.get_metadata_dict().get("Title") or "")
        return Opened(title, tuple(_sheets(document)))
    except pypdfium2.PdfiumError as error:
        raise ReportError("PDF 已损坏，有的页打不开；请重新导出") from error
    finally:
        document.close()


def _sheets(document: pypdfium2.PdfDocument) -> Iterator[Sheet]:
    left = _MAX_CHARS
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        chars = tuple(_chars(text))
        left -= len(chars)
        if left < 0:
            raise ReportError("PDF 里的文字多得不像一份年度报告；请检查是否放错了文件")
        width, height = page.get_size()
        yield Sheet(width, height, chars, tuple(_rules(page)))
        text.close()
        page.close()


def _chars(page: pypdfium2.PdfTextPage) -> Iterator[Char]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    box = raw.FS_RECTF()
    for i in range(page.count_chars()):
        code = raw.FPDFText_GetUnicode(page, i)
        if code < 32 or code in (0xFFFE, 0xFFFF) or raw.FPDFText_IsGenerated(page, i) == 1:
            continue
        if abs(raw.FPDFText_GetCharAngle(page, i)) > _TURNED:
            continue
        if not raw.FPDFText_GetLooseCharBox(page, i, box):
            continue
        raw.FPDFText_GetCharBox(page, i, left, right, bottom, top)
        if box.top > box.bottom and not 0xD800 <= code <= 0xDFFF:
            yield Char(chr(code), box.left, box.bottom, max(box.right, right.value), box.top)


def _rules(page: pypdfium2.PdfPage) -> Iterator[Rule]:
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=6):
        points = list(_points(item))
        for (x0, y0, drawn), (x1, y1, _) in zip(points[1:], points, strict=False):
            if drawn and (abs(x0 - x1) < _THIN or abs(y0 - y1) < _THIN):
                rule = Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                if max(rule.right - rule.left, rule.top - rule.bottom) > _SHORT:
                    yield rule


def _points(item: pypdfium2.PdfObject) -> Iterator[tuple[float, float, bool]]:
    """Corners of a path on the page; True for one that a line is drawn to."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    first: tuple[float, float] | None = None
    for i in range(min(raw.FPDFPath_CountSegments(item), 10_000)):
        segment = raw.FPDFPath_GetPathSegment(item, i)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        at = matrix.on_point(x.value, y.value)
        drawn = raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_LINETO
        first = at if not drawn or first is None else first
        yield (*at, drawn)
        if raw.FPDFPathSegment_GetClose(segment):
            yield (*first, True)

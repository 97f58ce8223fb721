"""PDF → characters and ruled lines of each page. The only import of pdfminer.

Marks across a page (turned text) are left out; what the pages say is put together in sheets.py.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTComponent, LTContainer, LTCurve
from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.psexceptions import PSException

from bot.errors import ReportError

_MAX_PAGES = 400
_MAX_CHARS = 1_500_000
_TURNED = 0.2
"""Text that leans more than this is a watermark."""
_THIN = 3.0
_SHORT = 8.0
_UNREAD = "(cid:"
"""What stands for a character of a font that does not say what its characters are."""


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
        document = PDFDocument(PDFParser(io.BytesIO(data)))
        return Opened(_title(document), tuple(_sheets(document)))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise ReportError("这是设了密码的 PDF；请去掉密码后再放进来") from error
    except (PDFException, PSException, KeyError, IndexError, TypeError, ValueError) as error:
        raise ReportError("PDF 已损坏，打不开；请重新导出") from error


def _title(document: PDFDocument) -> str:
    for info in document.info:
        raw = info.get("Title", b"")
        if isinstance(raw, bytes):
            wide = raw.startswith((b"\xfe\xff", b"\xff\xfe"))
            return raw.decode("utf-16" if wide else "latin-1", errors="replace")
    return ""


def _sheets(document: PDFDocument) -> Iterator[Sheet]:
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    left = _MAX_CHARS
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= _MAX_PAGES:
            raise ReportError(f"PDF 超过 {_MAX_PAGES} 页，不像一份年度报告；请检查是否放错了文件")
        interpreter.process_page(page)
        items = list(_items(device.get_result()))
        left -= len(items)
        if left < 0:
            raise ReportError("PDF 里的文字多得不像一份年度报告；请检查是否放错了文件")
        chars = tuple(_chars(items))
        _, _, width, height = device.get_result().bbox
        yield Sheet(width, height, chars, tuple(_rules(items)))


def _items(container: LTContainer[LTComponent]) -> Iterator[LTComponent]:
    """Everything on a page, in figures too."""
    waiting: list[Iterator[LTComponent]] = [iter(container)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif isinstance(item, LTContainer):
            waiting.append(iter(item))
        else:
            yield item


def _chars(items: Iterable[LTComponent]) -> Iterator[Char]:
    read = unread = 0
    for item in items:
        if not isinstance(item, LTChar):
            continue
        across, up = item.matrix[:2]
        text = item.get_text()
        unread += text.startswith(_UNREAD)
        if abs(up) > abs(across) * _TURNED or text.startswith(_UNREAD) or item.y1 <= item.y0:
            continue
        read += 1
        for n, char in enumerate(text):
            part = (item.x1 - item.x0) / len(text)
            begin = item.x0 + part * n
            yield Char(char, begin, item.y0, begin + part, item.y1)
    if unread > read:
        raise ReportError(
            "PDF 的字体没有编码，文字读不出来；请用 Word 版，或另存为 .txt 后再放进来"
        )


def _rules(items: Iterable[LTComponent]) -> Iterator[Rule]:
    for item in items:
        points = item.pts if isinstance(item, LTCurve) else []
        for (x0, y0), (x1, y1) in pairwise([*points, *points[:1]] if len(points) > 3 else points):
            if abs(x0 - x1) < _THIN or abs(y0 - y1) < _THIN:
                rule = Rule(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
                if max(rule.right - rule.left, rule.top - rule.bottom) > _SHORT:
                    yield rule

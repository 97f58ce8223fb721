"""What a file is, told by its first bytes; its name says nothing."""

import codecs
import io
import re
import zipfile
from enum import Enum

from bot.errors import ReportError


class Format(Enum):
    """The formats a report may come in."""

    TEXT = "text"
    PAGE = "page"
    WORD = "word"
    PDF = "pdf"


_HEAD = 4096
_PAGE = re.compile(
    r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|link|script|style|div|table|p|span|h[1-6]|ucap)\b",
    re.IGNORECASE | re.DOTALL,
)
_REFUSED = {
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"II*\x00": "图片",
    b"MM\x00*": "图片",
    b"{\\rtf": "RTF 文件",
    b"\x1f\x8b": "压缩文件",
    b"7z\xbc\xaf": "压缩文件",
    b"Rar!": "压缩文件",
    b"\x7fELF": "程序",
    b"MZ": "程序",
}
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_AS_WORD = "请用 Word 另存为 .docx，或另存为 .txt（UTF-8）后再放进来"
_MAX_PARTS = 5000


def format_of(data: bytes) -> Format:
    """The format of a file; ReportError says what it is when it is none of them."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise ReportError("这是设了密码的 Word 文件；请去掉密码后再放进来")
        raise ReportError(f"这是旧版 Word 或 Excel 文件（.doc/.xls/.wps）；{_AS_WORD}")
    for signature, kind in _REFUSED.items():
        if data.startswith(signature) and (signature != b"MZ" or b"\x00" in data[:_HEAD]):
            raise ReportError(f"这是{kind}，不是报告；{_AS_WORD}")
    head = _text(data[:_HEAD])
    if head.startswith("MIME-Version:") or "Content-Type: multipart/related" in head:
        raise ReportError(f"这是单个文件网页（.mht）；{_AS_WORD}")
    return Format.PAGE if _PAGE.match(head) else Format.TEXT


def _text(head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _zipped(data: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {entry.filename for entry in archive.infolist()[:_MAX_PARTS]}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise ReportError(f"文件已损坏，打不开（{type(error).__name__}）；请重新导出") from error
    if "word/document.xml" in names:
        return Format.WORD
    if any(name.startswith("xl/") for name in names):
        raise ReportError(f"这是 Excel 文件，不是报告；{_AS_WORD}")
    if any(name.startswith("ppt/") for name in names):
        raise ReportError(f"这是演示文稿，不是报告；{_AS_WORD}")
    if "content.xml" in names and "mimetype" in names:
        raise ReportError(f"这是 ODF/WPS 文件；{_AS_WORD}")
    raise ReportError(f"这是压缩文件，不是 Word 文件；请解压后逐个放进来，或{_AS_WORD}")

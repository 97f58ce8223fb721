"""Bytes → text: encoding found, nothing repaired.

Line ends stay as they are, since offsets count them. A byte-order mark is dropped.
"""

import codecs
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.errors import ReportError

MAX_BYTES = 20_000_000
"""Larger files are no annual report."""
_MOSTLY = 0.9
"""At least this part of a text is letters and punctuation that reports use."""
_PUNCTUATION = frozenset("，。、；：！？（）《》“”‘’〔〕【】—…·％－～　")
_SIGNATURES = {
    b"%PDF": "PDF 文件",
    b"PK\x03\x04": "Word、Excel 或压缩文件",
    b"\xd0\xcf\x11\xe0": "旧版 Word 或 Excel 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"{\\rtf": "RTF 文件",
}


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read."""

    path: Path
    """Where it lies."""
    name: str
    """How it is cited: relative to the project's root, or the path that was given."""
    sha256: str
    """Of the bytes."""
    encoding: str
    """Python's name of the encoding found."""
    text: str
    """The decoded text; offsets of facts count its code points."""


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding of a report's bytes: UTF-8 (with or without BOM), UTF-16 BOM, GB18030.

    Raises ReportError for binary data.
    """
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise ReportError(f"这是{kind}，不是文本；请另存为 .txt（UTF-8）后再放进来")
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if b"\x00" in data and not wide:
        raise ReportError("这不是文本文件（含有二进制内容）；请另存为 .txt（UTF-8）后再放进来")
    for encoding in ("utf-16",) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or _looks_chinese(text):
            return text, encoding
    raise ReportError("无法识别文字编码；请另存为 UTF-8 或 GB18030 编码的文本")


def _looks_chinese(text: str) -> bool:
    """GB18030 decodes almost anything; real text is mostly common characters."""
    visible = [c for c in text if not c.isspace()]
    known = sum(
        1
        for c in visible
        if (c.isascii() and c.isprintable()) or "\u4e00" <= c <= "\u9fff" or c in _PUNCTUATION
    )
    return bool(visible) and known / len(visible) > _MOSTLY


def read_document(path: Path, root: Path) -> Document:
    """Read one report file; ReportError says why it cannot be taken and what to do."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            limit = MAX_BYTES // 1_000_000
            raise ReportError(f"文件超过 {limit} MB，不像一份年度报告；请检查是否放错了文件")
        data = path.read_bytes()
    except OSError as error:
        raise ReportError(f"读不出来（{error.strerror or error}）；请检查文件和权限") from error
    if not data.strip():
        raise ReportError("文件是空的；请重新导出报告全文")
    text, encoding = decode(data)
    if not text.strip():
        raise ReportError("文件里没有文字；请重新导出报告全文")
    resolved, base = path.resolve(), root.resolve()
    name = resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else str(path)
    return Document(path, name, sha256(data).hexdigest(), encoding, text)

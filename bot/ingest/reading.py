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
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        candidates: tuple[str, ...] = ("utf-16",)
    else:
        candidates = ("utf-8-sig", "gb18030")
    if b"\x00" in data and candidates != ("utf-16",):
        raise ReportError("这不是文本文件（含有二进制内容）")
    for encoding in candidates:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "utf-8-sig" or _looks_chinese(text):
            return text, encoding
    raise ReportError("无法识别文字编码（支持 UTF-8、GB18030）")


def _looks_chinese(text: str) -> bool:
    """GB18030 decodes almost anything; real text is mostly common characters."""
    visible = [c for c in text if not c.isspace()]
    known = sum(
        1 for c in visible if (c.isascii() and c.isprintable()) or "\u4e00" <= c <= "\u9fff"
    )
    marks = sum(1 for c in visible if c in "，。、；：！？（）《》“”‘’〔〕【】—…·％")
    return bool(visible) and (known + marks) / len(visible) > 0.9


def read_document(path: Path, root: Path) -> Document:
    """Read one report file; ReportError says why it cannot be taken."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReportError(f"文件超过 {MAX_BYTES // 1_000_000} MB，不像一份年度报告")
        data = path.read_bytes()
    except OSError as error:
        raise ReportError(f"读不出来：{error.strerror or error}") from error
    if not data.strip():
        raise ReportError("文件是空的")
    text, encoding = decode(data)
    resolved, base = path.resolve(), root.resolve()
    name = resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else str(path)
    return Document(path, name, sha256(data).hexdigest(), encoding, text)

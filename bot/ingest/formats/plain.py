"""Bytes → text: the encoding is found, nothing is repaired. A byte-order mark is dropped."""

import codecs
import re

from bot.errors import ReportError

_MOSTLY = 0.9
"""At least this part of a text is letters and punctuation that reports use."""
_PUNCTUATION = frozenset("，。、；：！？（）《》“”‘’〔〕【】—…·％－～　")
_DECLARED = re.compile(rb"(?i)(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_-]{3,20})")
_HEAD = 4096
_FAMILY = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030"}
"""Pages say gb2312 and mean all of GB18030."""
_FEW = 0.001
"""So many damaged characters are still a page."""


def decode(data: bytes) -> tuple[str, str]:
    """Text and encoding of a plain text: UTF-8 (with or without BOM), UTF-16 BOM, GB18030.

    Raises ReportError for what is no text.
    """
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


def decode_page(data: bytes) -> tuple[str, str]:
    """Text and encoding of a web page: as it says itself, else as its bytes look."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), "utf-16"
    said = _DECLARED.search(data[:_HEAD])
    declared = said[1].decode("ascii").lower() if said else ""
    declared = _FAMILY.get(declared, declared)
    known = declared if declared and _is_known(declared) else "gb18030"
    for encoding in dict.fromkeys(("utf-8-sig", known, "gb18030")):
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    text = data.decode(known, errors="replace")
    if text.count("\ufffd") > len(text) * _FEW:
        raise ReportError("无法识别网页的文字编码；请用浏览器另存为 UTF-8 编码的网页或文本")
    return text, known


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding)._is_text_encoding
    except LookupError:
        return False

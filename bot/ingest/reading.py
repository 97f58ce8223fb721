"""A file → the text of a report: its format is told by its content, its name is only a name.

Line ends of plain text stay as they are, since offsets count them. Of other formats the text is
what the program extracts and keeps.
"""

import os
import re
import stat
import unicodedata
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.errors import ReportError
from bot.ingest.formats.extracted import Extracted
from bot.ingest.formats.kinds import Format, format_of
from bot.ingest.formats.plain import decode
from bot.ingest.formats.sandbox import Sandbox
from bot.ingest.wording import Wording, load_wording

MAX_BYTES = 20_000_000
"""Larger files are no annual report."""
MAX_CHARACTERS = 300_000
"""Nor are longer texts; what is shorter is extracted within seconds."""
_MAX_NAME = 200
_OPENING = 600
_UNSAID = "\ufffd"


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read."""

    path: Path
    """Where it lies."""
    name: str
    """How it is cited: relative to the project's root, or the path that was given; printable."""
    sha256: str
    """Of the bytes."""
    encoding: str
    """Python's name of the encoding found; of formats that are no plain text their name."""
    text: str
    """The text; offsets of facts count its code points."""


def read_document(path: Path, root: Path, sandbox: Sandbox | None = None) -> Document:
    """Read one report file; ReportError says why it cannot be taken and what to do.

    A folder of files is read faster with one *sandbox* for all.
    """
    data = _bytes(path)
    if not data.strip():
        raise ReportError("文件是空的；请重新导出报告全文")
    form = format_of(data)
    if form is Format.TEXT:
        text, encoding = decode(data)
    elif sandbox is None:
        with Sandbox() as own:
            text, encoding = composed(own.read(form, data), load_wording()), form.value
    else:
        text, encoding = composed(sandbox.read(form, data), load_wording()), form.value
    if not text.strip():
        raise ReportError("文件里没有文字；请重新导出报告全文")
    if len(text) > MAX_CHARACTERS:
        limit = MAX_CHARACTERS // 10_000
        raise ReportError(f"正文超过 {limit} 万字，不像一份年度报告；请检查是否放错了文件")
    return Document(path, _cited(path, root), sha256(data).hexdigest(), encoding, text)


def _bytes(path: Path) -> bytes:
    """What a plain file holds; links are not followed, so that no other file is read."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(number, "rb") as file:
            state = os.fstat(number)
            if not stat.S_ISREG(state.st_mode):
                raise ReportError("读不出来（不是普通文件）；请放报告文件本身")
            if state.st_size > MAX_BYTES:
                limit = MAX_BYTES // 1_000_000
                raise ReportError(f"文件超过 {limit} MB，不像一份年度报告；请检查是否放错了文件")
            return file.read(MAX_BYTES + 1)[:MAX_BYTES]
    except OSError as error:
        if path.is_symlink():
            raise ReportError("这是符号链接，不予读取；请放报告文件本身") from error
        raise ReportError(f"读不出来（{error.strerror or error}）；请检查文件和权限") from error


def _cited(path: Path, root: Path) -> str:
    resolved, base = path.resolve(), root.resolve()
    inside = resolved.is_relative_to(base)
    return shown(resolved.relative_to(base).as_posix() if inside else str(path))


def shown(name: str) -> str:
    """A file's name as it may be printed: no control, no direction mark, no broken character."""
    safe = "".join(c if c == " " or _is_printable(c) else _UNSAID for c in name)
    return (
        safe if len(safe) <= _MAX_NAME else safe[: _MAX_NAME // 2] + "…" + safe[-_MAX_NAME // 2 :]
    )


def _is_printable(char: str) -> bool:
    return unicodedata.category(char)[0] not in "CZ"


def composed(got: Extracted, wording: Wording) -> str:
    """The text of a page or document, with its title and particulars where it lacks them."""
    opening = _squeezed(got.text[:_OPENING])
    head = []
    title = next((t for t in got.titles if _is_title(t, wording)), "")
    if title and _squeezed(title) not in opening:
        head.append(title)
    known = {label for labels in wording.fields.values() for label in labels}
    head += [f"{k}：{v}" for k, v in got.details if k in known and f"{k}：" not in opening]
    return "\n".join([*dict.fromkeys(head), got.text])


def _is_title(text: str, wording: Wording) -> bool:
    words = any(word in text for word in wording.title_words)
    return words and text.rstrip("）)").endswith(wording.title_ends) and len(text) < 80


def _squeezed(text: str) -> str:
    return re.sub(r"[\s#]+", "", text)

"""The pointer: which of the bases of a folder is the current one."""

from pathlib import Path

from bot.errors import BaseError
from bot.facts.writer import PIN, POINTER


def current_base(folder: Path) -> Path:
    """The base that is pointed to; BaseError when there is none."""
    name, _, rest = _pointer(folder).removesuffix(PIN).strip().partition("\n")
    if not name.endswith(".sqlite") or "/" in name or rest:
        raise BaseError(f"{folder / POINTER} 已损坏；请重新运行 fazhibot build")
    return folder / name


def is_pinned(folder: Path) -> bool:
    """True when somebody went back to the current base: it is not to be rebuilt by itself."""
    return _pointer(folder).endswith(PIN)


def _pointer(folder: Path) -> str:
    try:
        return (folder / POINTER).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        raise BaseError(f"{folder} 里还没有知识库；请先运行 fazhibot build") from None

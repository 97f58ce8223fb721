"""Entries of an overlay file taken out line by line, so that everything else stays."""

from __future__ import annotations

import re
from pathlib import Path

from intents.text import normalise
from intents.yamlfile import parse

_LINE = Path("line")
_KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s:"'][^:]*?)\s*:""")


def without(text: str, key: str) -> str:
    """The file without the entry of a key; `{}` that stands for an empty one goes as well."""
    kept: list[str] = []
    inside = False
    for line in text.splitlines():
        if line and not line[0].isspace():
            inside = _key_of(line) == key or line.strip() == "{}"
        if not inside:
            kept.append(f"{line}\n")
    return "".join(kept)


def _key_of(line: str) -> str:
    """The key that a line begins an entry with, as words are compared; "" if there is none."""
    match = _KEY.match(line)
    if match is None:
        return ""
    [(key, _)] = parse(f"{match[1]}: x\n", _LINE).pairs()
    return normalise(key).plain

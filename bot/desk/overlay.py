"""Entries of an overlay file taken out line by line, so that everything else stays."""

from __future__ import annotations

import json
import re

from intents.text import normalise


def without(text: str, key: str) -> str:
    """The file without the entry of a key; `{}` that stands for an empty one goes as well."""
    quoted = re.escape(json.dumps(key, ensure_ascii=False))
    entry = re.compile(rf"""^(?:["']?{re.escape(key)}["']?|{quoted})\s*:""")
    kept: list[str] = []
    inside = False
    for line in text.splitlines():
        if line and not line[0].isspace():
            inside = entry.match(normalise(line).plain) is not None or line.strip() == "{}"
        if not inside:
            kept.append(f"{line}\n")
    return "".join(kept)

"""Dialogues written as YAML: from what was said and what came of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.channels.script.judge import entries
from bot.channels.script.model import Record

_PLAIN = re.compile(r"[\w][\w.%/~+·（）？！，。、 -]*")
_WORDS = frozenset({"true", "false", "yes", "no", "null", "on", "off"})
_QUOTED = 16
"""Characters of a passage that are enough to know it again."""


@dataclass(frozen=True, slots=True)
class Written:
    """A dialogue to be written down."""

    name: str
    turns: tuple[tuple[str, Sequence[str]], ...]
    """What is said, and the lines of its expectations."""
    tags: tuple[str, ...] = ()
    note: str = ""
    """A comment above it."""


def scalar(text: str) -> str:
    """A text as YAML reads it back, in lists, too."""
    plain = _PLAIN.fullmatch(text) and not text.endswith(" ") and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)


def several(texts: Iterable[str]) -> str:
    """A list on one line; a single text stands alone."""
    made = [scalar(t) for t in texts]
    return made[0] if len(made) == 1 else f"[{', '.join(made)}]"


def expectations(record: Record, reply: str) -> Iterator[str]:
    """What a turn showed, as expectations of the next run."""
    facts, passages = entries(record, "facts"), entries(record, "passages")
    status = str(record.get("status"))
    if facts:
        yield f"figure: {scalar(printed(facts[0]))}"
        yield f"place: {scalar(str(facts[0]['jurisdiction']))}"
        yield f"year: {facts[0]['year']}"
        if len(facts) > 1:
            yield f"count: {len(facts)}"
    elif passages:
        yield f"source: {scalar(stem(passages[0]))}"
        words = str(passages[0]["text"])[:_QUOTED].split("\n")[0]
        yield f"excerpt~: {scalar(re.escape(words))}"
    else:
        yield f"status: {status}"
        if record.get("reason"):
            yield f"reason: {record['reason']}"
        if options := [str(o["label"]) for o in entries(record, "options")]:
            yield f"options: [{', '.join(map(scalar, options))}]"
        elif status == "answered":
            yield f"reply~: {scalar(re.escape(reply[:_QUOTED].split(chr(10))[0]))}"


def printed(fact: Record) -> str:
    """The figure on one line."""
    return "".join(str(fact["text"]).split("\n"))


def stem(entry: Record) -> str:
    """The name of the report that an entry is from."""
    source = entry["source"]
    assert isinstance(source, dict)
    return Path(str(source["file"])).stem


def yaml_of(dialogues: Iterable[Written], kind: str, series: str) -> str:
    """A whole file; `kind`: dialogues or refusals."""
    lines = [f"series: {scalar(series)}", f"{kind}:"]
    for dialogue in dialogues:
        if dialogue.note:
            lines.append(f"  # {dialogue.note}")
        lines.append(f"  - name: {scalar(dialogue.name)}")
        if dialogue.tags:
            lines.append(f"    tags: [{', '.join(map(scalar, dialogue.tags))}]")
        lines.append("    turns:")
        for said, wanted in dialogue.turns:
            lines.append(f"      - say: {scalar(said)}")
            lines += [f"        {line}" for line in wanted]
    return "\n".join(lines) + "\n"

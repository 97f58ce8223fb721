"""The language of reports: intents/reports.yaml as a typed value."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import intents
from intents.yamlfile import Node, read

REPORTS_FILE = Path(intents.__file__).with_name("reports.yaml")


@dataclass(frozen=True, slots=True)
class Wording:
    """Word lists for reading reports; each is explained in the YAML."""

    sections: dict[str, tuple[str, ...]]
    fields: dict[str, tuple[str, ...]]
    title_words: tuple[str, ...]
    title_ends: tuple[str, ...]
    issuer_ends: tuple[str, ...]
    fixed_words: tuple[str, ...]
    ordinal_marks: tuple[str, ...]
    code_nouns: tuple[str, ...]
    aspect_nouns: tuple[str, ...]
    time_context: tuple[str, ...]
    circle_nouns: tuple[str, ...]
    plan_marks: tuple[str, ...]
    growth: tuple[str, ...]
    growth_units: tuple[str, ...]
    comparison: tuple[str, ...]
    rates: tuple[str, ...]
    quantities: tuple[str, ...]
    leads: tuple[str, ...]
    tails: tuple[str, ...]
    structural: tuple[str, ...]
    verbs: tuple[str, ...]
    noun_verbs: tuple[str, ...]
    attributes: tuple[str, ...]
    whole_words: tuple[str, ...]
    prepositions: tuple[str, ...]
    compounds: dict[str, tuple[str, ...]]
    suffixes: dict[str, str]


_TABLES = {"sections", "fields", "compounds"}


def _value(name: str, node: Node) -> object:
    if name == "suffixes":
        return {key: value.text() for key, value in node.pairs()}
    if name in _TABLES:
        return {key: value.texts() for key, value in node.pairs()}
    longest_first = sorted(set(node.texts()), key=lambda word: (-len(word), word))
    return tuple(longest_first)


@cache
def load_wording(path: Path = REPORTS_FILE) -> Wording:
    """Read the file; its faults are DataFileErrors with file and line."""
    names = {field.name for field in fields(Wording)}
    top = read(path).record(names)
    values = {name: _value(name, node) for name, node in top.items()}
    return Wording(**values)  # type: ignore[arg-type]

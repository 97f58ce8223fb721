"""The language of reports: intents/reports.yaml as a typed value."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import intents
from intents.yamlfile import Node, read

REPORTS_FILE = Path(intents.__file__).with_name("reports.yaml")

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """Word lists for reading reports, longest word first; each is explained in the YAML."""

    sections: dict[str, Words]
    fields: dict[str, Words]
    leftover_words: Words
    leftover_starts: Words
    title_words: Words
    title_ends: Words
    issuer_ends: Words
    heading_ends: Words
    plan_openings: Words
    fixed_words: Words
    code_nouns: Words
    aspect_nouns: Words
    time_context: Words
    time_units: Words
    frequency_units: Words
    date_units: Words
    item_units: Words
    circle_nouns: Words
    no_town_words: Words
    no_towns: Words
    plan_marks: Words
    refers_back: Words
    leads: Words
    tails: Words
    whole_words: Words
    prepositions: Words
    causatives: Words
    adverbs: Words
    light_verbs: Words
    structural: Words
    verbs: Words
    noun_verbs: Words
    attributes: Words
    vague_nouns: Words
    carried_nouns: Words
    lenders: Words
    opens: Words
    closes: Words
    abstract_nouns: Words
    consequences: Words
    event_units: Words
    paper_units: Words
    domains: Words
    containers: Words
    launches: Words
    uses: Words
    bodies: Words
    persons: Words
    things: Words
    composed: Words
    frames: Words
    generic_headings: Words
    rates: Words
    quantities: Words
    changes: Words
    growth: Words
    told_changes: dict[str, str]
    compared_growth: Words
    growth_units: Words
    comparison: Words
    suffixes: dict[str, str]
    compounds: dict[str, Words]


_TABLES = {"sections", "fields", "compounds"}


def _value(name: str, node: Node) -> object:
    if name in ("suffixes", "told_changes"):
        return {key: value.text() for key, value in node.pairs()}
    if name in _TABLES:
        return {key: value.texts() for key, value in node.pairs()}
    return tuple(sorted(set(node.texts()), key=lambda word: (-len(word), word)))


@cache
def load_wording(path: Path = REPORTS_FILE) -> Wording:
    """Read the file; its faults are DataFileErrors with file and line."""
    names = {field.name for field in fields(Wording)}
    top = read(path).record(names)
    values = {name: _value(name, node) for name, node in top.items()}
    return Wording(**values)  # type: ignore[arg-type]

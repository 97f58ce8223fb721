"""words.yaml beside this file: the Chinese that the script channel writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from intents.yamlfile import read

WORDS_FILE = Path(__file__).with_name("words.yaml")


@dataclass(frozen=True, slots=True)
class Words:
    """The words, by what they are for."""

    report: str
    """The frame of a small report: {place}, {year}, {text}."""
    page: Mapping[str, str]
    """Of the page for managers."""
    phrases: tuple[str, ...]
    """How a figure is asked for: {place}, {year}, {measure}."""


@cache
def load_words() -> Words:
    """Read the words; faults are DataFileErrors with file and line."""
    record = read(WORDS_FILE).record({"report", "page", "phrases"})
    return Words(
        report=record["report"].text(),
        phrases=record["phrases"].texts(),
        page={key: node.text() for key, node in record["page"].pairs()},
    )

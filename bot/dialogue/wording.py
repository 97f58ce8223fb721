"""config/replies*.yaml as values: all the bot says, in each language; strict about fields."""

import string
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from bot.settings import ROOT
from intents.models import Question
from intents.text import complicate
from intents.yamlfile import read

REPLIES_FILE = ROOT / "config" / "replies.yaml"
ENGLISH_FILE = ROOT / "config" / "replies.en.yaml"
SIMPLIFIED, TRADITIONAL, ENGLISH = "zh-Hans", "zh-Hant", "en"
LANGUAGES = (SIMPLIFIED, TRADITIONAL, ENGLISH)
"""What replies can be worded in; excerpts, figures and names of measures stay as printed."""

Value = str | tuple[str, ...]
"""What fills a field: a text, or a list that the language joins in its own way."""


_SINGLE = str.maketrans("“”", "‘’")


@dataclass(frozen=True, slots=True)
class Wording:
    """Templates by key."""

    templates: Mapping[str, str]
    names: Mapping[str, str] = field(default_factory=dict)
    """How this language calls a place, where that is not its official name."""

    def say(self, key: str, **fields: Value) -> str:
        """A filled template; KeyError for an unknown key or a missing field.

        Quotation marks within quotation marks are single ones (GB/T 15834): “‘一件事’办件量”.
        """
        template = self.templates[key]
        worded = {k: self._worded(v) for k, v in fields.items()}
        within = (k for k in worded if f"“{{{k}}}”" in template)
        worded |= {k: worded[k].translate(_SINGLE) for k in within}
        return template.format(**worded)

    def fields(self, key: str) -> set[str]:
        """The fields a template uses."""
        return {name for _, name, _, _ in string.Formatter().parse(self.templates[key]) if name}

    def _worded(self, value: Value) -> str:
        if isinstance(value, str):
            return self._called(value)
        return self.templates["joint"].join(self._called(item) for item in value)

    def _called(self, text: str) -> str:
        name, blank, rest = text.partition(" ")
        return self.names.get(name, name) + blank + rest


@dataclass(frozen=True, slots=True)
class Wordings:
    """The wording of every language."""

    by_language: Mapping[str, Wording]

    def of(self, language: str, names: Mapping[str, str]) -> Wording:
        """The wording of a language; *names* are the Latin names of places."""
        wording = self.by_language[language]
        return replace(wording, names=names) if language == ENGLISH else wording


def language_of(question: Question) -> str:
    """The language a question is asked in."""
    if question.english:
        return ENGLISH
    return TRADITIONAL if question.traditional else SIMPLIFIED


@cache
def load_wording(path: Path = REPLIES_FILE) -> Wording:
    """Read the templates; faults are DataFileErrors with file and line."""
    templates: dict[str, str] = {}
    for key, node in read(path).pairs():
        templates[key] = node.text()
        try:
            list(string.Formatter().parse(templates[key]))
        except ValueError as error:
            raise node.fail(f"{key}: {error}") from None
    return Wording(templates)


@cache
def load_wordings(path: Path = REPLIES_FILE, english: Path = ENGLISH_FILE) -> Wordings:
    """Read every language; a key or field too many or too few is a DataFileError."""
    simplified, translated = load_wording(path), load_wording(english)
    top = read(english)
    for key, node in top.pairs():
        if key not in simplified.templates:
            raise node.fail(f"{key} is no key of {path.name}")
        if strange := translated.fields(key) - simplified.fields(key):
            raise node.fail(f"{key} has no field {sorted(strange)[0]!r}")
    if missing := sorted(set(simplified.templates) - set(translated.templates)):
        raise top.fail(f"no wording for {missing[0]}")
    traditional = Wording(complicate(simplified.templates))
    return Wordings({SIMPLIFIED: simplified, TRADITIONAL: traditional, ENGLISH: translated})

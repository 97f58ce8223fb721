"""config/replies.yaml as a value: everything the bot says, strict about its fields."""

import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.settings import ROOT
from intents.yamlfile import read

REPLIES_FILE = ROOT / "config" / "replies.yaml"


@dataclass(frozen=True, slots=True)
class Wording:
    """Templates by key."""

    templates: dict[str, str]

    def say(self, key: str, **fields: str) -> str:
        """A filled template; KeyError for an unknown key or a missing field."""
        return self.templates[key].format(**fields)

    def fields(self, key: str) -> set[str]:
        """The fields a template uses."""
        return {name for _, name, _, _ in string.Formatter().parse(self.templates[key]) if name}


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

"""Invented reports with their figures marked in braces: {1,083件|1083 件|k=growth;y=2022}.

One text is the report and its gold: the braces are taken out and remembered. Flags: `k` kind,
`y` year, `p` place, `q` qualifier; what is not said is the report's own, or exact.
Lines begin as in Markdown: `# title`, `## heading`, `| cell | cell |`.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.facts.model import Fact

_MARK = re.compile(r"\{([^{}|]+)\|([^{}|]*)(?:\|([^{}|]*))?\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure marked by hand."""

    text: str
    """As printed."""
    value: float
    unit: str
    flags: dict[str, str]
    before: str
    """The visible characters in front of it, to find it in any rendering."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A report without its marks, and its marks."""

    text: str
    marks: tuple[Mark, ...]


def read_marked(path: Path) -> Marked:
    source = path.read_text(encoding="utf-8")
    plain, marks, at = "", [], 0
    for match in _MARK.finditer(source):
        plain += source[at : match.start()]
        value, _, unit = match[2].partition(" ")
        flags = dict(part.split("=") for part in (match[3] or "").split(";") if part)
        marks.append(Mark(match[1], float(value), unit, flags, solid(plain)[-_BEFORE:]))
        plain += match[1]
        at = match.end()
    return Marked(plain + source[at:], tuple(marks))


_BEFORE = 14
_SEPARATORS = re.compile(r"[\s|#\-—]")


def solid(text: str) -> str:
    """What stands in every rendering: no white space, no marks of headings and tables."""
    return _SEPARATORS.sub("", text)


def places_of(marks: tuple[Mark, ...], text: str) -> list[tuple[int, int] | None]:
    """Where each mark stands in the text of a rendering."""
    kept = [i for i, c in enumerate(text) if not _SEPARATORS.match(c)]
    plain = "".join(text[i] for i in kept)
    found: list[tuple[int, int] | None] = []
    at = 0
    for mark in marks:
        begin = plain.find(mark.before + solid(mark.text), max(0, at - _BEFORE))
        if begin < 0:
            found.append(None)
            continue
        start = begin + len(mark.before)
        at = start + len(solid(mark.text))
        found.append((kept[start], kept[at - 1] + 1))
    return found


def fact_at(span: tuple[int, int] | None, facts: tuple[Fact, ...]) -> Fact | None:
    if span is None:
        return None
    return next((f for f in facts if f.start < span[1] and span[0] < f.end), None)


def faults(mark: Mark, fact: Fact, year: int, names: set[str]) -> list[str]:
    """What of a figure is not as marked: value, unit, place, year, kind, qualifier."""
    expected = {
        "value": abs(float(fact.value) - mark.value) < 1e-5 * max(1, abs(mark.value)),
        "unit": fact.unit == mark.unit,
        "year": fact.year == int(mark.flags.get("y", year)),
        "place": fact.area.name in ({mark.flags["p"]} if "p" in mark.flags else names),
        "kind": fact.kind.value == mark.flags.get("k", "result"),
        "qualifier": fact.qualifier.value == mark.flags.get("q", "exact"),
    }
    return [name for name, good in expected.items() if not good]

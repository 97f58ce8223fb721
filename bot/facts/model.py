"""What the base holds: reports, the passages of them, and the facts that they prove."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from intents.quantities import Qualifier


class Kind(Enum):
    """What sort of figure it is; sorts are never mixed in an answer."""

    RESULT = "result"
    PLAN = "plan"
    RANK = "rank"
    GROWTH = "growth"
    SHARE = "share"
    OTHER = "other"


class Role(Enum):
    """What a section of a report is about."""

    WORK = "work"
    PROBLEMS = "problems"
    PLAN = "plan"
    DUTY = "duty"


@dataclass(frozen=True, slots=True)
class Area:
    """A place."""

    code: str
    """Six-digit code of the administrative division."""
    name: str
    """Short official name: 余姚市."""
    full: str
    """With its parents: 浙江省宁波市余姚市."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A particular of a report itself: its number, signatory, a date, its issuer, its title."""

    name: str
    """number | signatory | published | written | issuer | printer | addressee | title |
    index"""
    text: str
    """Verbatim."""
    start: int
    end: int
    """Offsets in the source."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or short paragraph that can answer a question in words."""

    role: Role
    heading: str
    """Path of headings above it, joined with ›."""
    text: str
    """Verbatim, artefacts healed."""
    start: int
    end: int
    plain: str = ""
    """The text, normalised."""
    said: frozenset[str] = frozenset()
    """The concepts of the text."""
    headed: frozenset[str] = frozenset()
    """The concepts of the headings above it."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report as the base knows it."""

    file: str
    """Relative to the project's root, or the path that was given."""
    sha256: str
    """Of the file's bytes."""
    title: str
    area: Area
    year: int
    published: str | None
    """ISO date, or None where the report prints none."""
    text: str
    """The decoded source that all offsets count in."""
    entries: tuple[Entry, ...]
    passages: tuple[Passage, ...]


def healed(text: str) -> str:
    """A stretch of a source without line breaks; of a page's break the lines between go too."""
    lines = text.splitlines()
    return "".join(lines if len(lines) < 3 else (lines[0], lines[-1]))


@dataclass(frozen=True, slots=True)
class Fact:
    """One printed figure with its proof."""

    id: str
    """Stable over rebuilds while the source does not change."""
    report: str
    """sha256 of the report that prints it."""
    area: Area
    """The place the figure is about."""
    year: int
    """The year the figure is about."""
    metric: str
    """What is measured: self-contained, without place and year."""
    intent: str | None
    """The canonical measure it is comparable under."""
    text: str
    """The figure as printed: source[start:end]."""
    value: Decimal
    unit: str
    qualifier: Qualifier
    kind: Kind
    excerpt: str
    """The sentence that says so, verbatim, artefacts healed."""
    heading: str
    """Path of headings above it."""
    clause: str
    """The clause of the figure; helps to find it."""
    start: int
    end: int
    """Offsets in the source."""
    parent: str | None = None
    """Id of the figure that this one is a part of (其中…)."""
    apart: str = ""
    """Its unit as printed elsewhere: in a column's heading, behind a later member of its list."""
    apart_start: int = 0
    """Offset of that unit in the source."""

    @property
    def printed(self) -> str:
        """The figure as a person would print it: with its unit, breaks healed."""
        return healed(self.text) + healed(self.apart)


@dataclass(frozen=True, slots=True)
class Excluded:
    """A numeral that is no fact, and the rule that says so."""

    rule: str
    text: str
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every numeral of one report: what became facts, and what did not and why."""

    file: str
    facts: int
    excluded: tuple[Excluded, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A report by name."""

    file: str
    sha256: str
    title: str
    code: str
    year: int


@dataclass(frozen=True, slots=True)
class Line:
    """A figure in short, to compare bases; what is shown to citizens is proved by `fact`."""

    id: str
    full: str
    place: str
    year: int
    metric: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Covered:
    """A place and a year with facts."""

    code: str
    year: int
    name: str
    full: str
    facts: int

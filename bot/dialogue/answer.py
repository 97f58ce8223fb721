"""What to say, without wording: the content of a reply."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from bot.facts.model import Fact, Report
from bot.facts.query import Reason
from bot.messages import Option


class Status(Enum):
    """How a turn ended; the contract's `status`."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    NO_DATA = "no_data"
    OUT_OF_SCOPE = "out_of_scope"


class Origin(Enum):
    """Where a slot's value came from."""

    SAID = "said"
    CARRIED = "carried"
    DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Slot:
    """A slot with its origin."""

    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Cited:
    """A figure with the report that prints it."""

    fact: Fact
    report: Report
    place: str
    """What the place is called: with its parents where two covered places share the name."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """A passage with the report that prints it."""

    text: str
    heading: str
    start: int
    end: int
    report: Report


@dataclass(frozen=True, slots=True)
class Note:
    """A further line of a reply: its key in replies.yaml and the fields."""

    key: str
    fields: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answer:
    """The content of a reply."""

    status: Status
    notes: tuple[Note, ...] = ()
    """Lines before the figures."""
    cited: tuple[Cited, ...] = ()
    quoted: tuple[Quoted, ...] = ()
    after: tuple[Note, ...] = ()
    """Lines behind the figures."""
    options: tuple[Option, ...] = ()
    reason: Reason | None = None
    intent: str | None = None
    understood: dict[str, Slot] = field(default_factory=dict)
    computed: tuple[str, ...] = ()
    """Numerals that were computed from cited figures; their formula is shown."""

"""What a look-up gives: found, missing with a reason, or ambiguous with options."""

from dataclasses import dataclass
from enum import Enum

from intents.models import Ranked


class Reason(Enum):
    """Why there is no answer; each has its own wording."""

    UNKNOWN_PLACE = "unknown_place"
    """The base has no report of this place."""
    UNKNOWN_YEAR = "unknown_year"
    """The base has reports of this place, but of other years."""
    NOT_REPORTED = "not_reported"
    """The report does not give this figure."""
    KIND_MISMATCH = "kind_mismatch"
    """The report gives another sort of figure: a count where a rate was asked."""
    AMBIGUOUS_PLACE = "ambiguous_place"
    AMBIGUOUS_MEASURE = "ambiguous_measure"
    NO_MEASURE = "no_measure"
    """A place was named, but not what is wanted."""
    OUT_OF_SCOPE = "out_of_scope"


@dataclass(frozen=True, slots=True)
class Found:
    """The figures that answer, the first one first."""

    ranked: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """No figure answers; the nearest ones may be offered, never given as the answer."""

    reason: Reason
    nearest: tuple[Ranked, ...] = ()


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several figures answer equally well."""

    reason: Reason
    ranked: tuple[Ranked, ...]


Outcome = Found | Missing | Ambiguous

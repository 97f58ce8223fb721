"""What is to be changed, and what was found out about it before it is published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.knowledge import Knowledge
from bot.release.review import Review


@dataclass(frozen=True, slots=True)
class Change:
    """A change to what a base is built from."""

    what: str
    """reload | upload | withdraw | alias | correct"""
    detail: str = ""
    """In words, for the audit log and the other admins."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Files to be written, named relative to the data folder."""
    removed: tuple[str, ...] = ()
    """Files to be deleted, named likewise."""
    asks: bool = False
    """True when it is published only after somebody has seen what it changes."""
    strict: bool = False
    """True when a script that breaks refuses it outright."""
    key: str = ""
    """Id of the fact whose correction must apply."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A staged base that waits, or is on its way."""

    change: Change
    who: str
    at: datetime
    before: str
    """The version that answers while this one waits."""
    knowledge: Knowledge
    review: Review

    @property
    def version(self) -> str:
        """The version that it would become."""
        return self.knowledge.version

    @property
    def automatic(self) -> bool:
        """True when nobody has to be asked."""
        return self.review.harmless and not self.change.asks

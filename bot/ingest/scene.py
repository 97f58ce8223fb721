"""What the name of a figure may be made of: its words, its neighbours, and its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from bot.facts.model import Area
from bot.ingest.clauses import Cut
from bot.ingest.themes import Strength, Theme

JOINERS = "、和及与并"
STOPS = "。；;"


class Sort(Enum):
    """What sort of measure a name was made for."""

    COUNT = "count"
    PART = "part"
    RATE = "rate"
    GROWTH = "growth"
    RANK = "rank"
    WIDER = "wider"
    GAP = "gap"


PLACES = ("位", "名", "位次", "个位次", "个名次")
"""Units of ranks won or lost."""
_NEAR = 6
_FAR = 24
"""Nothing is borrowed from a figure farther back than this."""
LEANS_ON = (Sort.COUNT, Sort.PART, Sort.RATE)
"""Measures that later figures may borrow from."""


@dataclass(frozen=True, slots=True)
class Named:
    """A figure's name and what later figures of the sentence may borrow from it."""

    metric: str
    """The full name."""
    core: str
    """The name without its unit suffix."""
    object: str
    """The noun that was counted: 行政复议申请."""
    sort: Sort
    unit: str = ""
    """The unit it is counted in."""
    front: str = ""
    """What stood before the noun: 收到."""
    deed: str = ""
    """What its noun does, said behind it."""
    base: str = ""
    """What was borrowed to make it stand alone."""
    anchor: str = ""
    """The proper name or subject that later measures may belong to."""
    place: Area | None = None
    """The place inside the report's that it is about."""
    parent: int | None = None
    """Index (in the sentence) of the figure it is a part of."""

    @property
    def growth(self) -> bool:
        """True when it says how much something grew or fell."""
        return self.sort is Sort.GROWTH


@dataclass(frozen=True, slots=True)
class Scene:
    """All that the name of one figure may be made of."""

    cuts: list[Cut]
    """The figures of the sentence with their words."""
    i: int
    """The figure that is being named."""
    named: list[Named]
    """The figures before it, named."""
    runs: list[range]
    """For each figure the figures of its clause."""
    before: Named | None
    """The last measure of the sentence before, in the same paragraph."""
    theme: Theme | None
    """What the sentence is about so far."""
    fresh: Theme | None
    """What the clauses right before this one are about."""
    topic: str
    """The nearest heading that says something."""

    @property
    def cut(self) -> Cut:
        """The figure that is being named, with its words."""
        return self.cuts[self.i]

    @property
    def near(self) -> list[Cut]:
        """The figure and those right before it."""
        return self.cuts[max(0, self.i - _NEAR) : self.i + 1]

    @property
    def count(self) -> int:
        """How many figures its clause has."""
        return len(self.runs[self.i])

    @property
    def head(self) -> Cut:
        """The first figure of its clause."""
        return self.cuts[self.runs[self.i].start]

    @property
    def run(self) -> list[Cut]:
        """The figures of its clause; ask for their count first, there may be thousands."""
        span = self.runs[self.i]
        return self.cuts[span.start : span.stop]

    @property
    def position(self) -> int:
        """Which of its clause's figures it is, from 0."""
        return self.i - self.runs[self.i].start

    @property
    def named_theme(self) -> str:
        """The thing with a proper name that the sentence is about, or ""."""
        theme = self.theme
        return theme.text if theme and theme.strength is Strength.NAMED else ""

    @property
    def following(self) -> Cut | None:
        """The next figure of its clause."""
        return self.cuts[self.i + 1] if self.i + 1 < self.runs[self.i].stop else None

    def last(self) -> Named | None:
        """The measure of this sentence that the figure may lean on."""
        for named in reversed(self.named[-_FAR:]):
            if named.sort not in LEANS_ON or named.core.endswith("占比"):
                continue
            if named.sort is Sort.PART and named.parent is not None and self._left_parts(named):
                return self.named[named.parent]
            return named
        return None

    def grown(self) -> Named | None:
        """The measure of this sentence that growth may be said of, ranks too."""
        near = self.named[-_FAR:]
        told = (n for n in reversed(near) if n.sort not in (Sort.GROWTH, Sort.WIDER))
        found = next(told, None)
        return found if found and found.sort is Sort.RANK else self.last()

    def earlier(self, count: int) -> list[Named]:
        """The last *count* measures before the clause of the figure, or [] if not so many.

        Places won or lost (提升2个位次) go with ranks, all else with counts and rates.
        """
        sorts = (Sort.RANK,) if self.cut.unit in PLACES else LEANS_ON
        start = self.runs[self.i].start
        told = [n for n in self.named[max(0, start - _FAR) : start] if n.sort in sorts]
        return told[-count:] if len(told) >= count else []

    def _left_parts(self, part: Named) -> bool:
        """True when the figure no longer speaks of the parts before it."""
        if self.cut.gap in STOPS and self.cut.gap and "其中" not in self.cut.left:
            return True
        near = self.named[-_FAR:]
        parts = sum(n.parent == part.parent for n in near if n.sort is Sort.PART)
        return parts > 1 and not self.cut.joined


def runs_of(cuts: list[Cut]) -> list[range]:
    """For each figure the indexes of the figures that share its clause."""
    starts = [i for i, cut in enumerate(cuts) if not i or cuts[i - 1].run != cut.run]
    spans = [range(a, b) for a, b in zip(starts, [*starts[1:], len(cuts)], strict=True)]
    return [span for span in spans for _ in span]

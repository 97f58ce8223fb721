"""The values that travel from a message to a verdict: question, frames, profiles, costs.

Data goes down, ids come up: the callers hand in profiles of figures; costs and ids come back.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from intents.counting import NOTHING_COUNTED, Counted
from intents.periods import Period
from intents.tagger import Token
from intents.text import Text
from intents.vocabulary import Sort

_QUOTED = re.compile("[“《]([^”》]{2,})[”》]")


@dataclass(frozen=True, slots=True)
class PlaceSpan:
    """A place that the question names."""

    start: int
    end: int
    text: str
    codes: tuple[str, ...]
    """What the name may mean."""
    distance: int = 0
    """How far from its right spelling (0 = exact)."""


class Clue(NamedTuple):
    """Something a question says that a figure may say, too."""

    text: str
    """A concept, or two neighbouring characters."""
    weight: float
    """What a bit of it counts."""
    missed: float
    """What a bit counts against a figure that does not say it."""


class Evidence(NamedTuple):
    """What the words of a question say of one figure."""

    bits: float
    """How much they speak for it."""
    named: float
    """How much its own name says of what was asked."""
    unread: int
    """Pairs of characters that neither a vocabulary nor its sentence knows."""
    missing: tuple[str, ...]
    """Concepts of the question that neither its name nor its surroundings say."""
    narrower: tuple[str, ...]
    """Concepts of its name that narrow what was asked."""
    heard: float = 0.0
    """Bits by which people are known to ask for its measure in these words (associations.py)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One thing that is asked for."""

    strong: frozenset[str]
    """Concepts that an answer must explain."""
    soft: frozenset[str]
    """Light and generic concepts: they only break ties."""
    aspects: frozenset[Sort]
    """Which side is asked for: a rate, money, people, growth, a rank."""
    families: frozenset[str]
    """Unit families of the question word (多少件 → case)."""
    residual: tuple[str, ...]
    """Words that no vocabulary knows and that narrow what is asked: 幼儿园 in 幼儿园普法活动."""
    aside: tuple[str, ...] = ()
    """Unknown words that stand aside; they break ties, and a reply says they were overlooked."""
    offices: tuple[tuple[str, str], ...] = ()
    """Authorities named beside something stronger: their words and concepts."""
    core: frozenset[str] = frozenset()
    """The strong concepts of the clause that asks, where other clauses add their own."""
    hints: frozenset[str] = frozenset()
    """Concepts shared with the other things asked; they only break ties."""
    text: str = ""
    """The whole question, for proper names that figures carry."""
    counted: bool = False
    """True when a count is asked for in so many words (多少件, 几个)."""
    denied: tuple[tuple[str, ...], ...] = ()
    """For each word that is denied (没审结) the ways in which a figure's name may deny it too."""
    distance: int = 0
    """Spelling distance of its words."""
    clues: tuple[Clue, ...] = ()
    """Its concepts, weighed."""
    letters: tuple[Clue, ...] = ()
    """Its characters, weighed."""
    excluded: frozenset[str] = frozenset()
    """Concepts that are ruled out: 不是上云的."""
    measure_words: frozenset[str] = frozenset()
    """The measure words behind its question words: 支 in 几支队伍; 个 tells nothing."""
    counts: Counted = NOTHING_COUNTED
    """The noun that its question word belongs to."""
    quoted: tuple[str, ...] = ()
    """What only a figure that says it may answer: names in quotes, villages, 上半年, 女."""
    places: tuple[str, ...] = ()
    """The places named in its own part of the question, as they are written."""
    focus: frozenset[str] = frozenset()
    """The words around the figures last spoken of, where the question goes on about them."""
    told: frozenset[str] = frozenset()
    """The figures just told: who goes on asks for another."""
    fresh: tuple[str, ...] = ()
    """Words that go on with what was asked and that the names of those figures do not say."""

    like: frozenset[str] = frozenset()
    """The measure of the figure last told of another place, and those that pass for it."""
    parted: frozenset[str] = frozenset()
    """The strong concepts of the part that is asked for: 合格 in 报名的人中，合格的有多少."""
    kinds: frozenset[str] = frozenset()
    """Things that narrow the noun right behind them: 残疾人 in 残疾人的法律援助."""
    loose: bool = False
    """True where it is only strung together with what else is asked, by nothing but blanks."""

    @property
    def empty(self) -> bool:
        """True when it says nothing that could be looked for."""
        return not self.strong and not self.residual


@dataclass(frozen=True, slots=True)
class Question:
    """A message, read."""

    text: Text
    tokens: tuple[Token, ...]
    places: tuple[PlaceSpan, ...]
    left_out: tuple[PlaceSpan, ...]
    """Places that are named only to leave them out: 除了余姚，哪里最多."""
    periods: tuple[Period, ...]
    acts: tuple[str, ...]
    """Dialogue acts in the order of their words."""
    frames: tuple[Frame, ...]
    """What is asked for; several for “收了多少、办完多少”."""
    strung: tuple[Frame, ...]
    """What is asked for if its words only string things together (出台数、备案数); else empty."""
    asks: bool
    """True when a question word stands in it."""
    counts: int
    """How many of its question words count something, one for each thing asked."""
    english: bool
    """True when it is mostly English."""
    traditional: bool
    """True when it is written in traditional characters."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a figure's name and surroundings say, in concepts."""

    strong: frozenset[str]
    soft: frozenset[str]
    head: frozenset[str]
    """The concepts of the thing that is counted, general and broader ones included."""
    closure: frozenset[str]
    """`strong` with everything that is broader."""
    metric: str
    family: str
    kind: str
    intent: str | None
    plain: str = ""
    """The name, normalised: a question that says it in full means it."""

    @property
    def is_rate(self) -> bool:
        """True for a percentage or percentage points."""
        return self.family in ("ratio", "point")


@lru_cache(maxsize=1 << 13)
def _names_in(metric: str) -> tuple[str, ...]:
    return tuple(_QUOTED.findall(metric))


def counted_as(profile: Profile) -> str:
    """A canonical measure, or the concepts of a figure of none, and the family of its unit; empty
    for a figure whose name says nothing that the language knows."""
    measure = profile.intent or "+".join(sorted(profile.strong))
    return f"{measure}/{profile.family}" if measure else ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A figure that might answer."""

    id: str
    code: str
    """Of the place it is about."""
    year: int
    profile: Profile
    context: frozenset[str]
    """Concepts of its sentence and headings, broader ones included."""
    around: str
    """The words of its sentence and headings, normalised."""
    part: bool
    """True when it is a part of another figure (其中…)."""
    unit: str = ""
    """As printed: 件, 人次."""
    names: tuple[str, ...] = field(init=False, compare=False, repr=False)
    """Proper names in the figure's name: what stands in quotes."""
    counts: str = field(init=False, compare=False, repr=False)
    """What it counts and in which family of units, as associations.tsv writes it."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", _names_in(self.profile.metric))
        object.__setattr__(self, "counts", counted_as(self.profile))


class Cost(NamedTuple):
    """Why a figure is no perfect answer, the worst first; compared in this order, never summed."""

    unsaid: int
    """0 when the question says the figure's name in full (as its button does), else 1."""
    contradiction: int
    """Opposites and other sorts of figures: a rate asked, a count printed."""
    doubt: float
    """Minus the bits that speak for it (evidence.py)."""
    part: int
    """1 for a part, a plan or a rate that was not asked for."""
    distance: int
    """Spelling distance."""


class Ranked(NamedTuple):
    """A candidate with its cost."""

    cost: Cost
    candidate: Candidate
    evidence: Evidence

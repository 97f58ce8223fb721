"""Several things asked in one breath: their figures are sought together, each for one of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

from bot.dialogue.lookup import LookedUp, ranked_by, readings, settled
from bot.facts.query import Found
from bot.knowledge import Knowledge
from intents.catalog import Measure
from intents.fits import names_counted
from intents.models import Frame, Ranked

_CHOICES = {2: 8, 3: 6, 4: 4}
_FEW = 3
_TOGETHER = 3.0
"""Bits that it speaks for a figure to stand in one sentence with another that is asked."""
_BESIDE, _BESIDE_IN_UNIT = 1.0, -3.0
"""Bits that are enough for a figure beside one that is certain, more so in the unit asked for."""
_LIKELY = 5.0
"""Bits that are enough where all figures that are asked stand in one sentence."""
_BACK = 0.5
"""Bits that it speaks against a figure to be printed before the one that is asked first."""
_FAR = 9.0
"""Bits; what falls further behind is no figure of a part that has its own."""
_OTHER_UNIT = 6.0
"""Where several units are asked for, each belongs to its own figure."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the things asked, with its figures."""

    frame: Frame
    measures: tuple[Measure, ...]
    ranked: list[Ranked]
    alone: LookedUp
    """What it would find on its own."""


def look_up_all(
    frames: Sequence[Frame], code: str, year: int, knowledge: Knowledge
) -> list[LookedUp]:
    """For each frame its figure: the best deal of different figures, rather of one sentence."""
    candidates = knowledge.base.candidates(code, year)
    sides = []
    for frame in frames:
        reading = readings(frame, knowledge)[0]
        measures, ranked = ranked_by(reading, candidates, knowledge)
        sides.append(
            _Side(reading, measures, ranked, settled(reading, measures, ranked, knowledge))
        )
    most = _CHOICES.get(len(sides), _FEW)
    pools: list[list[Ranked | None]] = [
        [*[r for r in s.ranked if not r.cost.contradiction][:most]] or [None] for s in sides
    ]
    order = {c.id: n for n, c in enumerate(candidates)}
    deal = max(product(*pools), key=lambda d: _worth(d, sides) - _BACK * _steps_back(d, order))
    sure = [_is_found(r, s) for r, s in zip(deal, sides, strict=True)]
    return [
        LookedUp(Found((r,)), s.measures, s.alone.ranked)
        if r is not None and (good or (_near_best(r, s) and _beside(r, s.frame, deal, sure)))
        else s.alone
        for r, s, good in zip(deal, sides, sure, strict=True)
    ]


def _worth(deal: tuple[Ranked | None, ...], sides: Sequence[_Side]) -> float:
    """What a deal explains, in bits; a figure that is dealt twice counts once."""
    chosen = [r for r in deal if r is not None]
    ids = [r.candidate.id for r in chosen]
    total = 0.0
    for n, (one, side) in enumerate(zip(deal, sides, strict=True)):
        if one is None or one.candidate.id in ids[:n]:
            continue
        others = (r for r in chosen if r.candidate.id != one.candidate.id)
        total += one.evidence.bits - _OTHER_UNIT * (not _counts_so(one, side.frame))
        total += _TOGETHER * any(r.candidate.around == one.candidate.around for r in others)
    return total


def _steps_back(deal: tuple[Ranked | None, ...], order: Mapping[str, int]) -> int:
    """How often what is asked next is printed before it in one sentence: 自检…几家，提了几条."""
    chosen = [r.candidate for r in deal if r is not None]
    return sum(
        one.around == other.around and order[other.id] < order[one.id]
        for one, other in pairwise(chosen)
    )


def _is_found(ranked: Ranked | None, side: _Side) -> bool:
    """True when the figure would answer its frame alone, too, or is as good as what would."""
    outcome = side.alone.outcome
    return ranked is not None and ranked.candidate.id in {
        r.candidate.id for r in getattr(outcome, "ranked", ())
    }


def _near_best(ranked: Ranked, side: _Side) -> bool:
    """False for what says far less than the figure that answers a part alone: one name may hold
    two of the things asked (认领关联率、梳理率)."""
    outcome = side.alone.outcome
    if not isinstance(outcome, Found):
        return True
    return outcome.ranked[0].evidence.bits - ranked.evidence.bits <= _FAR


def _counts_so(ranked: Ranked, frame: Frame) -> bool:
    profile = ranked.candidate.profile
    in_unit = not frame.families or profile.family in frame.families
    return in_unit or names_counted(frame, profile)  # 几个领域, printed 9大领域


def _beside(
    ranked: Ranked, frame: Frame, deal: tuple[Ranked | None, ...], sure: list[bool]
) -> bool:
    """True when a figure stands in one sentence with another one that is certain, or when all
    that are asked stand in one and each is likely."""
    enough = _BESIDE_IN_UNIT if frame.families and _counts_so(ranked, frame) else _BESIDE
    around = {r.candidate.around for r in deal if r is not None}
    different = len({r.candidate.id for r in deal if r is not None}) == len(deal)
    if len(around) == 1 and different:
        return all(r is not None and r.evidence.bits >= _LIKELY for r in deal) or (
            ranked.evidence.bits >= enough and any(sure)
        )
    near = (
        other is not None
        and certain
        and other.candidate.around == ranked.candidate.around
        and other.candidate.id != ranked.candidate.id
        for other, certain in zip(deal, sure, strict=True)
    )
    return ranked.evidence.bits >= enough and any(near)

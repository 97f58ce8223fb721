"""Figures of several places, made to stand beside one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue.agreeing import borne_out
from bot.dialogue.alike import look_up_like, one_measure
from bot.dialogue.lookup import LookedUp, ranked_by, says_all
from bot.dialogue.resolve import Resolved
from bot.facts.query import Found, Missing, Reason
from bot.knowledge import Knowledge
from intents.models import Candidate, Frame
from intents.vocabulary import NOUNS

_PAIR = 2
_AMONG = 3
"""A thing named among so many others is not what a figure counts: talks about food and more."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One frame looked up at one place."""

    code: str
    year: int
    frame: Frame
    looked: LookedUp


def of_place(resolved: Resolved, code: str) -> tuple[Frame, ...]:
    """What is asked of one place: 余姚分给几个单位，慈溪分给几家 asks one thing of each."""
    frames = resolved.frames
    own = [
        {c for p in resolved.question.places if p.text in f.places for c in p.codes} for f in frames
    ]
    apart = len(frozenset().union(*own)) == sum(len(codes) for codes in own)
    dealt = len(frames) > 1 and all(own) and apart
    return tuple(f for f, codes in zip(frames, own, strict=True) if code in codes or not dealt)


def as_told(asked: Asked, guide: Candidate | None) -> Asked:
    """跟余姚比呢: of the place spoken of before, the figure that was told."""
    if guide is None or isinstance(asked.looked.outcome, Found):
        return asked
    told = next((r for r in asked.looked.ranked if r.candidate.id == guide.id), None)
    if told is None:
        return asked
    return replace(asked, looked=replace(asked.looked, outcome=Found((told,))))


def beside_told(
    asked: list[Asked], told: tuple[Candidate, ...], knowledge: Knowledge, *, bare: bool
) -> list[Asked]:
    """跟慈溪的…比, after a figure of 余姚: what was told stands for its place, where that gives
    nothing of what is said now and both are counted alike, or nothing is said (*bare*)."""
    found = [o.ranked[0] for a in asked if isinstance(o := a.looked.outcome, Found)]
    families = [r.candidate.profile.family for r in found]
    for one in told:
        if bare or families == [one.profile.family]:
            asked = [_as_found(a, one, knowledge) if a.code == one.code else a for a in asked]
    return asked


def _as_found(asked: Asked, told: Candidate, knowledge: Knowledge) -> Asked:
    if isinstance(asked.looked.outcome, Found):
        return asked
    candidates = knowledge.base.candidates(told.code, told.year)
    _, ranked = ranked_by(asked.frame, candidates, knowledge)
    own = tuple(r for r in ranked if r.candidate.id == told.id)
    return replace(asked, looked=replace(asked.looked, outcome=Found(own))) if own else asked


def of_that(asked: Asked, guide: Candidate, knowledge: Knowledge) -> Asked:
    """那余姚呢: of another place only what counts the same thing; 复议纠错率 is no 证照纠错率."""
    outcome = asked.looked.outcome
    sort = knowledge.tongue.vocabulary.sort
    nouns = {c for c in guide.profile.strong if sort(c) in NOUNS} or {*guide.profile.strong}
    if not isinstance(outcome, Found) or not nouns or asked.code == guide.code:
        return asked
    own = outcome.ranked[0].candidate.profile
    catalog = knowledge.tongue.catalog
    things = {c for c in own.strong if sort(c) in NOUNS}
    among = own.family != guide.profile.family and len(nouns & things) * _AMONG < len(things)
    if (nouns & own.closure and not among) or one_measure(
        own.intent, guide.profile.intent, catalog
    ):
        return asked
    missing = Missing(Reason.NOT_REPORTED, outcome.ranked[:1])
    return replace(asked, looked=replace(asked.looked, outcome=missing))


def found_of(asked: list[Asked]) -> Candidate | None:
    """What one place gives, where others give nothing."""
    outcomes = [a.looked.outcome for a in asked]
    if len({a.code for a in asked}) < _PAIR:
        return None
    return next((o.ranked[0].candidate for o in outcomes if isinstance(o, Found)), None)


def alike(
    asked: list[Asked], guide: Candidate, knowledge: Knowledge, *, parts: bool = False
) -> list[Asked]:
    """Where nothing is found, a figure of the same sort as *guide* is, or a part of it."""

    def found(a: Asked) -> Asked:
        looked = look_up_like(guide, a.frame, a.looked, a.code, a.year, knowledge, parts=parts)
        return replace(a, looked=looked)

    return [a if isinstance(a.looked.outcome, Found) else found(a) for a in asked]


def agreed(asked: list[Asked], knowledge: Knowledge) -> list[Asked]:
    """The figures of one measure that all the places bear out, where none was sure alone."""
    looked = [a.looked for a in asked]
    chosen = borne_out(looked, asked[0].frame, knowledge, least=len(asked))
    return [
        a if r is None else replace(a, looked=replace(a.looked, outcome=Found((r,))))
        for a, r in zip(asked, chosen, strict=True)
    ]


def nearest_of_each(asked: list[Asked]) -> list[Asked]:
    """矛盾纠纷哪边多, where each of two places counts them in its own way: that of each, beside
    one another, if it says all that was asked; the reply prints their names."""
    near = [next((r for r in a.looked.ranked if not r.cost.contradiction), None) for a in asked]
    sure = [
        r for r, a in zip(near, asked, strict=True)
        if r is not None and r.evidence.named and says_all(r, a.frame)
    ]  # fmt: skip
    if len(sure) < len(asked) or len({r.candidate.profile.family for r in sure}) > 1:
        return asked
    return [
        replace(a, looked=replace(a.looked, outcome=Found((r,))))
        for r, a in zip(sure, asked, strict=True)
    ]


def of_one_sort(asked: list[Asked]) -> list[Asked]:
    """Beside a count of one place no rate of another: there the next figure that says as much."""
    found = [o.ranked[0] for a in asked if isinstance(o := a.looked.outcome, Found)]
    rates = {r.candidate.profile.is_rate for r in found}
    if len(found) < len(asked) or len(rates) == 1:
        return asked
    return [_counted(a) for a in asked]


def _counted(asked: Asked) -> Asked:
    outcome = asked.looked.outcome
    if not isinstance(outcome, Found) or not outcome.ranked[0].candidate.profile.is_rate:
        return asked
    strong = asked.frame.strong
    for ranked in asked.looked.ranked:
        profile = ranked.candidate.profile
        known = profile.closure | ranked.candidate.context
        if not (profile.is_rate or ranked.cost.contradiction) and strong <= known:
            return replace(asked, looked=replace(asked.looked, outcome=Found((ranked,))))
    return asked

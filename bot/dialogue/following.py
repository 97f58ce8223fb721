"""Of equally good figures the one that is printed next, for who goes on about what was told."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from bot.dialogue.lookup import NEAR, counted_alike
from bot.dialogue.pairing import Asked
from bot.dialogue.second_look import look_up
from bot.facts.model import Fact
from bot.facts.query import Ambiguous, Found, Missing
from bot.knowledge import Knowledge
from intents.acceptance import TIED
from intents.cues import excludes, speaks_of_told
from intents.fits import in_unit
from intents.inheriting import without
from intents.models import Candidate, Frame, Ranked
from intents.vocabulary import Sort

_SIDES = {"rank": Sort.RANK, "growth": Sort.GROWTH}
_PARALLEL = 2.75
"""Bits by which a figure of the unit last told may fall behind the best one."""
_FEW = 3
_OTHER_PART = 1.0
"""Bits by which the figure of the same part of a sentence may fall behind."""
_SEMICOLONS = frozenset("；;")


def printed_next(asked: Asked, last: Candidate | None, said: str, knowledge: Knowledge) -> Asked:
    """10家 were told, 给它们提了几条建议: of both counts of advice that of their own sentence part.

    A sentence tells its figures in turn: what is said of the first stands before the second.
    """
    outcome = asked.looked.outcome
    told = [f for key in sorted(asked.frame.told) if (f := knowledge.base.fact(key)) is not None]
    nearer = _of_those_told(asked, said, knowledge)
    if nearer is None and len(told) == 1:
        nearer = _of_its_part(asked, told[0], said, knowledge)
    if nearer is not None:
        return replace(asked, looked=replace(asked.looked, outcome=Found((nearer,))))
    if not isinstance(outcome, Ambiguous):
        return asked
    like = _like(outcome.ranked, last, asked.frame) if last is not None else None
    if like is None and last is not None and last.code == asked.code:
        others = tuple(r for r in outcome.ranked if r.candidate.id != last.id)
        like = _akin(others, last) if len(others) > 1 else None
    like = like or _in_focus(outcome.ranked, asked.frame)
    if like is not None:
        return replace(asked, looked=replace(asked.looked, outcome=Found((like,))))
    sort = knowledge.tongue.vocabulary.sort
    levelled = any(sort(c) is Sort.LEVEL for c in asked.frame.strong | asked.frame.soft)
    alike = not levelled and counted_alike(outcome.ranked)
    if len(told) != 1 or alike:
        found = replace(asked.looked, outcome=Found(outcome.ranked))
        return replace(asked, looked=found) if alike else asked
    behind: list[tuple[int, Ranked]] = []
    for ranked in outcome.ranked:
        fact = knowledge.base.fact(ranked.candidate.id)
        same = (
            fact is not None and fact.excerpt == told[0].excerpt and fact.report == told[0].report
        )
        if fact is not None and same and fact.start >= told[0].end:
            behind.append((fact.start, ranked))
    if not behind or behind[0][1].cost.doubt - outcome.ranked[0].cost.doubt >= TIED:
        return asked
    nearest = min(behind, key=lambda item: item[0])[1]
    return replace(asked, looked=replace(asked.looked, outcome=Found((nearest,))))


def _of_those_told(asked: Asked, said: str, knowledge: Knowledge) -> Ranked | None:
    """The figure of the sentence last told, where those told of are meant: 他们办了几场."""
    outcome, frame = asked.looked.outcome, asked.frame
    counted = bool(frame.families) and speaks_of_told(said)
    if not counted:
        return None
    if isinstance(outcome, Found) and outcome.ranked[0].candidate.around in frame.focus:
        return None
    if isinstance(outcome, Missing):
        return _printed_behind(asked, knowledge)
    near = (
        r for r in asked.looked.ranked
        if r.candidate.around in frame.focus
        and r.candidate.id not in frame.told
        and in_unit(frame, r.candidate.profile.family)
        and r.evidence.bits >= NEAR
        and not r.cost.contradiction
    )  # fmt: skip
    return next(near, None)


def _printed_behind(asked: Asked, knowledge: Knowledge) -> Ranked | None:
    """The next figure of the sentence last told that is counted as asked: 这些家收到多少条."""
    frame = asked.frame
    told = [f for key in frame.told if (f := knowledge.base.fact(key)) is not None]
    behind = {
        fact.start: r for r in asked.looked.ranked
        if r.candidate.around in frame.focus and r.candidate.id not in frame.told
        and in_unit(frame, r.candidate.profile.family) and not r.cost.contradiction
        and (fact := knowledge.base.fact(r.candidate.id)) is not None
        and any(f.excerpt == fact.excerpt and f.end <= fact.start for f in told)
    }  # fmt: skip
    return behind[min(behind)] if behind else None


def _of_its_part(asked: Asked, told: Fact, said: str, knowledge: Knowledge) -> Ranked | None:
    """The figure of the very part of a sentence that was told of, where one that says as much
    stands in another: 检查3家工厂，提出5条建议；8家商店自查，提出风险建议40条."""
    outcome = asked.looked.outcome
    if not isinstance(outcome, Found | Ambiguous):
        return None
    best = outcome.ranked[0]
    if _shares_part(best, told, knowledge) is not False:
        return None
    near = (
        r for r in asked.looked.ranked
        if r.candidate.id != told.id and _shares_part(r, told, knowledge)
        and r.candidate.unit == best.candidate.unit
        and r.cost.doubt - best.cost.doubt < _OTHER_PART
        and r.cost._replace(doubt=0) == best.cost._replace(doubt=0)
        and not _named_first(best, r, said)
    )  # fmt: skip
    return next(near, None)


def _named_first(one: Ranked, other: Ranked, said: str) -> bool:
    """True where what was just said names only the first of two figures: 企业的呢, of 个人办件
    and 企业办件."""
    names = one.candidate.profile.plain, other.candidate.profile.plain
    pairs = map("".join, pairwise(said))
    return any(pair in names[0] and pair not in names[1] for pair in pairs)


def _shares_part(ranked: Ranked, told: Fact, knowledge: Knowledge) -> bool | None:
    """Whether a figure stands in the part of the sentence that *told* stands in; None for one of
    another sentence."""
    fact = knowledge.base.fact(ranked.candidate.id)
    if fact is None or (fact.report, fact.excerpt) != (told.report, told.excerpt):
        return None
    ends = sorted(max(told.excerpt.find(f.clause), 0) for f in (fact, told))
    between = told.excerpt[slice(*ends)]
    return _SEMICOLONS.isdisjoint(between)


def in_parallel(
    asked: Asked, last: Candidate | None, knowledge: Knowledge, *, short: bool
) -> Asked:
    """进口的呢, after by how much the time for 出口 was cut: its cut rather than its time.

    In so *short* a question, or where the opposite of what was told is named (进口方面是多少).
    """
    outcome, frame = asked.looked.outcome, asked.frame
    told = last.profile.strong if last is not None else frozenset()
    opposites = knowledge.tongue.vocabulary.opposites
    more = frame.places or frame.soft  # 省内通办的清单, after 跨省通办
    turned = not more and any(told & opposites(c) for c in frame.strong)
    if not (short or turned):
        return asked
    if last is None or not isinstance(outcome, Found) or frame.families or frame.aspects:
        return asked
    best = outcome.ranked[0]
    names = [name for name in best.candidate.names if name in frame.text]  # “甬易办”的访问量
    if best.candidate.unit == last.unit:
        return asked
    said = frame.strong & best.candidate.profile.closure  # 志愿者呢 is no 份
    asked_before = last.profile.strong & frame.hints - best.candidate.profile.closure
    asked_before = asked_before if frame.places else frozenset()
    parallel = next(
        (
            r
            for r in asked.looked.ranked
            if (r.candidate.unit == last.unit or asked_before & r.candidate.profile.strong)
            and r.candidate.id != last.id
            and r.candidate.profile.kind == last.profile.kind
            and not r.cost.contradiction
            and said <= r.candidate.profile.closure | r.candidate.context
            and all(name in r.candidate.names for name in names)
            and r.cost.doubt - best.cost.doubt < _PARALLEL
        ),
        None,
    )
    if parallel is None:
        return asked
    return replace(asked, looked=replace(asked.looked, outcome=Found((parallel,))))


def on_same_side(asked: Asked, last: Candidate | None, knowledge: Knowledge) -> Asked:
    """执法满意率呢, after the rank of 安全感率: its rank, where its rate is not given; 那复议呢,
    after by how much the lawsuits fell: its change."""
    frame, found = asked.frame, isinstance(asked.looked.outcome, Found)
    side = _SIDES.get(last.profile.kind) if last is not None else None
    plain = not (frame.families or frame.counted or frame.aspects - {Sort.RATE})
    if side is None or not plain or (found and side is Sort.RANK):
        return asked
    if side is Sort.GROWTH and Sort.RATE in frame.aspects and (found or excludes(frame.text)):
        return asked  # 不要涨幅，要调解率本身
    frame = replace(frame, aspects=(frame.aspects - {Sort.RATE}) | {side})
    looked = look_up(frame, asked.code, asked.year, knowledge)
    return replace(asked, looked=looked) if isinstance(looked.outcome, Found) else asked


def of_any_level(asked: Asked, knowledge: Knowledge) -> Asked:
    """余姚有几个, after 宁波市级的 of 慈溪: what another place tells of no level, where it tells of
    none of that level."""
    sort, frame = knowledge.tongue.vocabulary.sort, asked.frame
    levels = frozenset(c for c in frame.strong if sort(c) is Sort.LEVEL)
    if not isinstance(asked.looked.outcome, Missing) or not levels or levels == frame.strong:
        return asked
    frame = without(frame, levels)
    looked = look_up(replace(frame, residual=()), asked.code, asked.year, knowledge)
    return replace(asked, looked=looked) if isinstance(looked.outcome, Found) else asked


def _like(ranked: tuple[Ranked, ...], last: Candidate, frame: Frame) -> Ranked | None:
    """The only one that is counted as the figure last told, where no unit is asked for."""
    if frame.families or frame.counted or frame.aspects:
        return None
    others = [r for r in ranked if r.candidate.id != last.id]
    same = [r for r in others if r.candidate.unit == last.unit]
    if not same:  # 42个单位, after 38家
        same = [r for r in others if r.candidate.profile.family == last.profile.family]
    return same[0] if len(same) == 1 and _of_one_thing(same[0].candidate, last) else None


def _of_one_thing(one: Candidate, last: Candidate) -> bool:
    """False for 办理的案件 after 决策的事项, though both are counted in 件."""
    return one.around == last.around or not one.profile.strong.isdisjoint(last.profile.strong)


def _akin(ranked: tuple[Ranked, ...], last: Candidate) -> Ranked | None:
    """The one whose name shares most with that of the figure last told: 出口, not 进口."""
    shared = [len(r.candidate.profile.strong & last.profile.strong) for r in ranked]
    most = max(shared)
    akin = [r for r, n in zip(ranked, shared, strict=True) if n == most]
    return akin[0] if most and len(akin) == 1 else None


def _in_focus(ranked: tuple[Ranked, ...], frame: Frame) -> Ranked | None:
    """The only one that stands in a sentence last spoken of."""
    near = [r for r in ranked if r.candidate.around in frame.focus]
    return near[0] if len(near) == 1 else None


def told_together(asked: Asked) -> Asked:
    """法律明白人培训, and nothing asked about it: the few figures that one sentence tells."""
    outcome = asked.looked.outcome
    if not isinstance(outcome, Ambiguous) or len(outcome.ranked) > _FEW:
        return asked
    # 无证明办理 涵盖领域数, 村级呢: what none of them knows is asked for
    unsaid = any(r.evidence.unread or r.evidence.missing for r in outcome.ranked)
    if unsaid or len({r.candidate.around for r in outcome.ranked}) > 1:
        return asked
    return replace(asked, looked=replace(asked.looked, outcome=Found(outcome.ranked)))

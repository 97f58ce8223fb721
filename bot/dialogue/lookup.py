"""A frame at a place and year → Outcome; the same costs decide for measures and long tail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.dialogue.doing import doing_asked, lack_act
from bot.facts.query import Ambiguous, Found, Missing, Outcome, Reason
from bot.knowledge import Knowledge
from intents.acceptance import TIED, TRUSTED, trusted
from intents.catalog import Measure
from intents.counting import NOTHING_COUNTED
from intents.cues import load_cues
from intents.fits import in_unit
from intents.models import Candidate, Cost, Frame, Ranked
from intents.proper_names import respelled
from intents.ranking import measures_of, rank
from intents.ruling_out import says_only_unknown
from intents.spelling import nearest_name
from intents.vocabulary import ASPECTS, NOUNS, Sort

MAX_NEAREST = 3
MAX_EQUAL = 6
_LEVEL, _KINDS = "级", "市区县"
_WITHOUT_TOPIC = frozenset({Sort.ACT, Sort.OFFICE})
"""What tells who did something or what was done, not to what."""
_SHARE_OF = _WITHOUT_TOPIC | {Sort.STATE}
"""What may be a share or a part of what was spoken of: 做完的占几成, 其中不合格的."""
_OF_IT = frozenset({*ASPECTS, Sort.STATE, Sort.ACT, Sort.LIGHT})
"""What says nothing of whose share it is."""
_TOLD = 5
"""So many are shown at once rather than asked back."""
NEAR = 1.5
_LESS_NAMED = 0.5
"""Bits by which the name of a figure says less of what was asked than that of another."""
_MORE_NAMED = 1.0
"""Bits by which the name of a rival says more of what was asked."""


@dataclass(frozen=True, slots=True)
class LookedUp:
    """An outcome with what it was decided by."""

    outcome: Outcome
    measures: tuple[Measure, ...]
    ranked: tuple[Ranked, ...]
    """The best candidates with their costs, for explain."""


def by_words(frame: Frame, code: str, year: int, knowledge: Knowledge) -> LookedUp:
    """The figures of one place and year that answer a frame by what their words say.

    A frame without a noun of its own (审结多少) is first read with the nouns it hangs on.
    """
    candidates = knowledge.base.candidates(code, year)
    frame = respelled(frame, {name for c in candidates for name in c.names})
    looked = [
        _knowing(choose(reading, candidates, knowledge), frame, knowledge)
        if reading.strong > frame.strong
        else choose(reading, candidates, knowledge)
        for reading in readings(frame, knowledge)
    ]
    rate = Sort.RATE in frame.aspects and _sides_with(frame, looked[0].measures)
    if rate and not isinstance(looked[0].outcome, Found):
        return looked[0]  # 复议 … 结案率: no other rate of it
    found = [one for one in looked if isinstance(one.outcome, Found)]
    if not looked[-1].measures and _hangs_on(frame, knowledge):
        off, found = found, [one for one in found if _speaks_of(one, frame)]
        if off and not found:
            near = tuple(r for r in off[0].ranked if _related(r))[:MAX_NEAREST]
            return replace(looked[0], outcome=Missing(Reason.NOT_REPORTED, near))
    best = max(found, key=_telling, default=looked[-1])
    return best if found else _counted_otherwise(best, frame, candidates, knowledge)


def _counted_otherwise(
    looked: LookedUp, frame: Frame, candidates: Sequence[Candidate], knowledge: Knowledge
) -> LookedUp:
    """咨询了多少人次, printed 300条: the figure of the very measure, in another unit of it."""
    asked = looked.measures[0] if len(looked.measures) == 1 else None
    if asked is None or frame.families.isdisjoint(asked.families):
        return looked
    own = [c.id for c in candidates if c.profile.intent == asked.id]
    if len(own) != 1:
        return looked
    sides = frame.aspects - {Sort.UNIT}
    bare = replace(frame, families=frozenset(), aspects=sides, counts=NOTHING_COUNTED)
    again = choose(bare, candidates, knowledge)
    chosen = again.outcome.ranked if isinstance(again.outcome, Found) else ()
    sure = [r for r in again.ranked[:1] if says_all(r, bare) and r.evidence.bits >= NEAR]
    very = next((r for r in (*chosen, *sure) if [r.candidate.id] == own), None)
    return replace(again, outcome=Found((very,))) if very is not None else looked


def _knowing(looked: LookedUp, frame: Frame, knowledge: Knowledge) -> LookedUp:
    """Read with what was spoken of, a figure must still know the state that is asked: 败诉."""
    if not isinstance(looked.outcome, Found):
        return looked
    best = looked.outcome.ranked[0].candidate
    sort = knowledge.tongue.vocabulary.sort
    states = {c for c in frame.strong - frame.hints if sort(c) is Sort.STATE}
    if states <= best.profile.closure | best.context:
        return looked
    return replace(looked, outcome=Missing(Reason.NOT_REPORTED, looked.outcome.ranked[:1]))


def _hangs_on(frame: Frame, knowledge: Knowledge) -> bool:
    """True for 发了多少: what was given out, only what was spoken of before can say."""
    sort = knowledge.tongue.vocabulary.sort
    own = frame.strong - frame.hints
    share = frame.focus and Sort.RATE in frame.aspects
    bare = all(sort(c.text) in _OF_IT for c in frame.clues)
    sorts = _SHARE_OF if (share and bare) or frame.parted else _WITHOUT_TOPIC
    return bool(frame.hints) and all(sort(c) in sorts for c in own)


def _speaks_of(looked: LookedUp, frame: Frame) -> bool:
    """True for a figure whose name or sentence knows something of what was spoken of."""
    assert isinstance(looked.outcome, Found)
    best = looked.outcome.ranked[0].candidate
    known = best.profile.closure | best.context
    return best.around in frame.focus or not known.isdisjoint(frame.hints)


def _sides_with(frame: Frame, measures: tuple[Measure, ...]) -> bool:
    """True when what is said and what was spoken of make one measure: 复议 … 结案率."""
    own = frame.strong - frame.hints
    shares = [[bool(own & group) for group in m.needs] for m in measures]
    return any(any(said) and not all(said) for said in shares)


def _telling(looked: LookedUp) -> float:
    """How much speaks for the figure that was found; of equals the fuller reading stays."""
    return looked.outcome.ranked[0].evidence.bits if isinstance(looked.outcome, Found) else 0.0


def readings(frame: Frame, knowledge: Knowledge) -> list[Frame]:
    """The ways to read a frame, the fullest first."""
    sort = knowledge.tongue.vocabulary.sort
    if any(sort(c) in NOUNS for c in frame.strong):
        if not frame.core or frame.core == frame.strong:
            return [frame]
        told = frame.hints | (frame.strong - frame.core)
        return [frame, replace(frame, strong=frame.core, hints=told)]
    nouns = frozenset(h for h in frame.hints if sort(h) in NOUNS)
    if not nouns:
        return [frame]
    whole = knowledge.tongue.vocabulary.compose(frame.strong | nouns)
    return [replace(frame, strong=whole), frame]


def choose(frame: Frame, candidates: Sequence[Candidate], knowledge: Knowledge) -> LookedUp:
    """Rank candidates and decide: found, missing or ambiguous."""
    measures, ranked = ranked_by(frame, candidates, knowledge)
    return settled(frame, measures, ranked, knowledge)


def ranked_by(
    frame: Frame, candidates: Sequence[Candidate], knowledge: Knowledge, *, heard: bool = False
) -> tuple[tuple[Measure, ...], list[Ranked]]:
    """The measures that a frame asks for, and all candidates, the best first.

    *heard* counts what people are known to ask for in these words (associations.py).
    """
    tongue = knowledge.tongue
    measures = measures_of(frame, tongue.catalog, tongue.vocabulary)
    shares, vocabulary = knowledge.base.shares, tongue.vocabulary
    ranked = rank(frame, candidates, measures, shares, vocabulary, heard=heard)
    return measures, ranked


def settled(
    frame: Frame,
    measures: tuple[Measure, ...],
    ranked: list[Ranked],
    knowledge: Knowledge,
    threshold: float = TRUSTED,
) -> LookedUp:
    """What ranked figures mean for a frame: found, missing or ambiguous (threshold: log odds)."""
    tongue = knowledge.tongue
    fit = trusted(ranked, frame, measures, knowledge.base.shares, tongue.vocabulary, threshold)
    fit = doing_asked(fit, ranked, frame, tongue.vocabulary.sort)
    parts = fit or ([] if says_only_unknown(frame) else _children(ranked, measures, knowledge))
    outcome = _decide(parts, ranked, frame, tongue.vocabulary.sort)
    anew = not frame.focus
    if anew and isinstance(outcome, Ambiguous) and lack_act(outcome.ranked, knowledge):
        near = outcome.ranked[:MAX_NEAREST]
        outcome = Missing(Reason.NOT_REPORTED, near)  # 废止了几件, of those that were reviewed
    return LookedUp(outcome, measures, tuple(ranked[:MAX_EQUAL]))


def says_all(ranked: Ranked, frame: Frame) -> bool:
    """True for a figure that contradicts nothing and leaves nothing of what was asked unsaid."""
    narrowed = frame.residual or frame.quoted
    told = not ranked.cost.contradiction and not ranked.evidence.missing
    return told and not narrowed and in_unit(frame, ranked.candidate.profile.family)


def _children(
    ranked: list[Ranked], measures: tuple[Measure, ...], knowledge: Knowledge
) -> list[Ranked]:
    """Of a measure that is not reported itself, its parts: they are asked back, all alike."""
    catalog = knowledge.tongue.catalog.measures
    ids = {m.id for m in measures}
    parts = [
        r
        for r in ranked
        if not r.cost.contradiction
        and not r.evidence.missing
        and (own := catalog.get(r.candidate.profile.intent or "")) is not None
        and own.parent in ids
    ]
    return [r._replace(cost=parts[0].cost) for r in parts]


def _decide(
    fit: list[Ranked], ranked: list[Ranked], frame: Frame, sort: Callable[[str], Sort]
) -> Outcome:
    if not fit:
        near = tuple(r for r in ranked if _related(r))[:MAX_NEAREST]
        close = [r for r in ranked if r.evidence.bits >= NEAR and not r.evidence.missing]
        wrong_kind = bool(close) and all(r.cost.contradiction for r in close)
        return Missing(Reason.KIND_MISMATCH if wrong_kind and near else Reason.NOT_REPORTED, near)
    rivals = [r for r in ranked if r not in fit and _rivals(r, fit[0], frame)]
    tied = [r for r in fit if r.cost.doubt - fit[0].cost.doubt < TIED]
    tied = [r for r in tied if r.evidence.named > fit[0].evidence.named - _LESS_NAMED]
    # of two that say the same the one counted as asked, of the very thing, and no part unasked
    nouns = {c for c in frame.strong & fit[0].candidate.profile.closure if sort(c) in NOUNS}
    best = min(tied, key=lambda r: (
        not in_unit(frame, r.candidate.profile.family),
        not nouns <= r.candidate.profile.closure, r.cost.part,
    ))  # fmt: skip
    equal = tuple(r for r in (*fit, *rivals) if _as_good(r.cost, best.cost))
    if len(equal) > 1:
        closest = _closest(frame, [r.candidate.profile.metric for r in equal])
        levelled = any(sort(c) is Sort.LEVEL for c in frame.strong | frame.soft)
        if closest is not None and (levelled or not counted_alike(equal)):
            return Found((equal[closest],))
        return Ambiguous(Reason.AMBIGUOUS_MEASURE, equal[:MAX_EQUAL])
    return Found((best,))


def _closest(frame: Frame, names: list[str]) -> int | None:
    """Which of several names is meant: that of the place itself where it says 本市 or 自己市级,
    else the one spelt like what was said."""
    own = next((word for word in load_cues().own_level if word in frame.text), "")
    closest = None
    if own and frame.places:
        place = frame.places[0]
        kind = next((k for k in _KINDS if k in own and not place.endswith(k)), "")
        closest = nearest_name(place + kind + _LEVEL * own.endswith(_LEVEL), names)
    return nearest_name(frame.text, names) if closest is None else closest


def counted_alike(ranked: tuple[Ranked, ...]) -> bool:
    """True for figures of one sentence that count one thing: 市级、县级金牌调解室."""
    kinds = {(r.candidate.around, r.candidate.unit, r.candidate.profile.head) for r in ranked}
    return len(kinds) == 1 and len(ranked) <= _TOLD


def _rivals(ranked: Ranked, best: Ranked, frame: Frame) -> bool:
    """True for what says as much as the figure that is trusted, though less may be believed of it:
    发了多少材料 means what was handed out as well as what was handed in."""
    own = ranked.candidate.profile.metric != best.candidate.profile.metric
    says = frame.strong <= ranked.candidate.profile.closure
    named = ranked.evidence.named >= best.evidence.named + _MORE_NAMED
    return own and says and named and not ranked.cost.contradiction


def _as_good(cost: Cost, best: Cost) -> bool:
    """True when nothing tells two figures apart."""
    same = cost._replace(doubt=0) == best._replace(doubt=0)
    return same and abs(cost.doubt - best.doubt) < TIED


def _related(ranked: Ranked) -> bool:
    """Near enough to be offered as a related figure."""
    return ranked.evidence.bits >= NEAR and ranked.cost.contradiction <= 1

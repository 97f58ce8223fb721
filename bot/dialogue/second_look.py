"""What the words of a question leave in doubt is looked up again by what people ask in such words.

Citizens tell a thing in words that no report and no lexicon has; whoever asked for it so before
says what they mean (intents/associations.py). Where the words of a figure decide, they decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.dialogue.asking import may_be_yes
from bot.dialogue.joint import look_up_all
from bot.dialogue.lookup import LookedUp, by_words, ranked_by, settled
from bot.facts.query import Ambiguous, Found, Missing, Reason
from bot.knowledge import Knowledge
from intents.acceptance import trusted
from intents.associations import clues_said, load_associations
from intents.catalog import Measure, passing_for
from intents.models import Candidate, Frame, Ranked
from intents.odds import names_all
from intents.vocabulary import Sort

SURE = 2.5
"""Log of the odds from which on the words of a figure are not doubted."""
HEARD = 1.5
"""Log of the odds that is asked of a figure that words alone do not tell."""
_RATES = frozenset({Sort.RATE, Sort.GROWTH, Sort.RANK})
_CHANGES = frozenset({"growth", "rank"})
"""Kinds of figures that the table does not tell from what has grown or is ranked."""
_NOUN = 2
"""Characters."""
FAR = 16.0
"""Bits by which people are known to ask rather for it than for what the words say."""
DOUBT = 12.0
"""Bits by which they ask rather for anything else, from which on words alone prove little."""


def look_up(frame: Frame, code: str, year: int, knowledge: Knowledge) -> LookedUp:
    """The figures of one place and year that answer a frame: by its words, else as people ask."""
    looked = by_words(frame, code, year, knowledge)
    if _goes_on(frame):
        return looked
    if _asks_whether(frame):
        found = isinstance(looked.outcome, Found)
        return _withheld(looked) if found and not _sure(looked, frame, knowledge) else looked
    return look_again(looked, frame, code, year, knowledge)


def look_up_each(
    frames: Sequence[Frame], code: str, year: int, knowledge: Knowledge
) -> list[LookedUp]:
    """The same for several things asked at once; what is told together decides first."""
    return [
        look_again(looked, replace(frame, hints=frozenset()), code, year, knowledge)
        if isinstance(looked.outcome, Missing)
        else looked
        for frame, looked in zip(frames, look_up_all(frames, code, year, knowledge), strict=True)
    ]


def look_again(
    looked: LookedUp, frame: Frame, code: str, year: int, knowledge: Knowledge
) -> LookedUp:
    """What people ask for in such words, where it is far likelier than what was found by them."""
    candidates = knowledge.base.candidates(code, year)
    heard = load_associations().heard(clues_said(frame))
    most = max((heard.get(c.counts, 0.0) for c in candidates), default=0.0) if heard else 0.0
    if most - _heard_of(looked, heard, knowledge) < DOUBT or _sure(looked, frame, knowledge):
        return looked
    measures, ranked = ranked_by(frame, candidates, knowledge, heard=True)
    again = settled(frame, measures, ranked, knowledge, HEARD)
    if not isinstance(again.outcome, Found):
        return _doubted(looked)
    told = again.outcome.ranked[0]
    if told.evidence.heard - _heard_of(looked, heard, knowledge) < FAR:
        return _doubted(looked)
    kept = (
        _tells_the_same(looked, told)
        or _lacks_act(told, frame, knowledge)
        or _counts_else(told, frame, knowledge)
        or _is_one_of_several(told, frame, candidates, knowledge)
        or _is_not_of(measures, told, frame)
    )
    return _doubted(looked) if kept or not names_all(frame, told.candidate) else again


def _doubted(looked: LookedUp) -> LookedUp:
    """Without the figure that words only seem to tell, where people ask for another in such words,
    and in other words for this one; nothing proves the other either, and the nearest are offered.

    A figure that nobody is known to have asked for is judged by words alone.
    """
    known = load_associations().measures
    if not isinstance(looked.outcome, Found):
        return looked
    told = looked.outcome.ranked[0].candidate
    return (
        looked if told.counts not in known or told.profile.kind in _CHANGES else _withheld(looked)
    )


def _withheld(looked: LookedUp) -> LookedUp:
    """Nothing found; what seemed to be is offered."""
    assert isinstance(looked.outcome, Found)
    return replace(looked, outcome=Missing(Reason.NOT_REPORTED, looked.outcome.ranked))


def _lacks_act(told: Ranked, frame: Frame, knowledge: Knowledge) -> bool:
    """True where something else was done (cases that came in, those that were settled), and at
    another level: of a town, of the whole place."""
    sort, own = knowledge.tongue.vocabulary.sort, told.candidate.profile.closure
    lacks = {sort(c) for c in frame.strong - own}
    levels = {sort(c) for c in told.evidence.missing}
    return Sort.ACT in lacks or Sort.LEVEL in levels


def _counts_else(told: Ranked, frame: Frame, knowledge: Knowledge) -> bool:
    """True where a noun is counted that nothing knows (多少个小孩, printed 份), for a kind that no
    figure knows (残疾人的), and for a rate that was not asked for."""
    noun, candidate = frame.counts.strange, told.candidate
    if candidate.profile.is_rate and frame.aspects.isdisjoint(_RATES):
        return True
    if any(not knowledge.base.shares.get(c) for c in frame.kinds & set(told.evidence.missing)):
        return True
    if len(noun) < _NOUN or "case" in frame.families:
        return False
    return noun not in candidate.profile.plain + candidate.around


def _is_one_of_several(
    told: Ranked, frame: Frame, candidates: Sequence[Candidate], knowledge: Knowledge
) -> bool:
    """True for one of several kinds of what is asked, of which no report gives the whole: the
    mediation committees of companies, of parks."""
    vocabulary, family = knowledge.tongue.vocabulary, told.candidate.profile.family
    alike = [c.profile.strong for c in candidates if c.profile.family == family]
    for concept in frame.strong - told.candidate.profile.strong:
        kinds = {k for s in alike for k in s if k != concept and concept in vocabulary.upward(k)}
        if len(kinds) > 1 and kinds & told.candidate.profile.strong:
            return True
    return False


def _is_not_of(measures: tuple[Measure, ...], told: Ranked, frame: Frame) -> bool:
    """True where a canonical measure is asked, and the figure neither is of it nor knows all that
    makes it: what is filed with the congress, and what with the government."""
    candidate = told.candidate
    if not measures or candidate.profile.intent in passing_for(measures):
        return False
    needed = {c for m in measures for group in m.needs for c in group}
    return not needed & frame.strong <= candidate.profile.closure | candidate.context


def _tells_the_same(looked: LookedUp, told: Ranked) -> bool:
    """True for a figure of the sentence that was found by words: they tell which of it is meant."""
    found = looked.outcome.ranked if isinstance(looked.outcome, Found) else ()
    return any(r.candidate.around == told.candidate.around for r in found)


def _asks_whether(frame: Frame) -> bool:
    """True for 有没有专门调解的地方, which no number answers that people ask for."""
    counted = frame.counted or frame.families or frame.aspects
    return not counted and may_be_yes(frame.text)


def _goes_on(frame: Frame) -> bool:
    """True for what hangs on what was spoken of before: that is looked up in other ways."""
    return bool(frame.hints or frame.focus)


def _sure(looked: LookedUp, frame: Frame, knowledge: Knowledge) -> bool:
    """True where nothing is left in doubt: a figure is surely meant, or figures of another kind."""
    outcome = looked.outcome
    if isinstance(outcome, Missing):
        return outcome.reason is not Reason.NOT_REPORTED
    if isinstance(outcome, Ambiguous):
        return False
    shares, vocabulary = knowledge.base.shares, knowledge.tongue.vocabulary
    fit = trusted(looked.ranked, frame, looked.measures, shares, vocabulary, SURE)
    return bool(fit) and fit[0].candidate.id == outcome.ranked[0].candidate.id


def _heard_of(looked: LookedUp, heard: Mapping[str, float], knowledge: Knowledge) -> float:
    """The most bits by which people ask for what the words say."""
    if isinstance(looked.outcome, Missing):
        return 0.0
    return max(
        heard.get(counted, 0.0)
        for r in looked.outcome.ranked
        for counted in _counts_of(r, knowledge)
    )


def _counts_of(ranked: Ranked, knowledge: Knowledge) -> set[str]:
    """What a figure counts, and whatever measure is taken for its own."""
    profile = ranked.candidate.profile
    measure = knowledge.tongue.catalog.measures.get(profile.intent or "")
    taken = passing_for([measure]) if measure is not None else frozenset()
    return {ranked.candidate.counts, *(f"{m}/{profile.family}" for m in taken)}

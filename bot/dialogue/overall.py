"""Questions over all places: no place named, the highest, the lowest."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bot.dialogue.agreeing import borne_out
from bot.dialogue.alike import look_up_like
from bot.dialogue.answer import Answer, Note, Status
from bot.dialogue.asking import surely_said
from bot.dialogue.comparing import cite
from bot.dialogue.lookup import LookedUp, by_words, choose, counted_alike
from bot.dialogue.naming import covered, frame_name, same_question, understood_of
from bot.dialogue.refusals import MAX_OPTIONS, out_of_scope
from bot.dialogue.resolve import Resolved
from bot.facts.query import Ambiguous, Found, Reason
from bot.knowledge import Knowledge
from bot.messages import Option
from intents.cues import load_cues
from intents.models import Candidate, Frame, Question, Ranked
from intents.odds import carries_name
from intents.ranking import measures_of
from intents.vocabulary import WordKind

POOL = 200
"""So many figures are looked at over all places; of more the highest cannot be told."""
MAX_SHOWN = 12
_MAX_WEIGHED = 12
"""Of so many places every figure is weighed; of more only those that could answer."""
_CLEAR = 5.0
"""Bits of a figure that is found again whatever words name its measure."""
_STRANGE = 2
"""So many words that nobody knows beside a guess make it no question about reports."""


def pool_of(frame: Frame, year: int | None, knowledge: Knowledge) -> list[Candidate]:
    """Figures of all places that could answer a frame."""
    tongue = knowledge.tongue
    measures = measures_of(frame, tongue.catalog, tongue.vocabulary)
    pool: dict[str, Candidate] = {}
    for measure in measures[:3]:
        pool |= {c.id: c for c in knowledge.base.of_measure(measure.id, year, POOL)}
    if not pool and frame.strong:
        pool = {c.id: c for c in knowledge.base.saying(frame.strong, year, POOL)}
    return list(pool.values())


def _carries(candidate: Candidate, names: tuple[str, ...]) -> bool:
    told = candidate.around + candidate.profile.metric
    return all(name in told or any(n in name for n in candidate.names) for name in names)


def best_by_place(
    frame: Frame,
    pool: list[Candidate],
    year: int | None,
    knowledge: Knowledge,
    enough: int | None = None,
) -> list[Ranked]:
    """The best figure of each place that reports what is asked; of *enough* places at most."""
    if len(knowledge.years) <= _MAX_WEIGHED:
        return _sure(_look_everywhere(frame, year, knowledge), frame, knowledge)
    groups: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in pool:
        groups.setdefault((candidate.code, candidate.year), []).append(candidate)
    found: dict[str, Ranked] = {}
    for (code, at), group in sorted(groups.items()):
        if len(found) == enough and code not in found:
            break
        outcome = choose(frame, group, knowledge).outcome
        own = at in knowledge.years.get(code, ())
        if isinstance(outcome, Found) and (own or year is not None):
            found[code] = outcome.ranked[0]
    return list(found.values())


def _look_everywhere(
    frame: Frame, year: int | None, knowledge: Knowledge
) -> dict[tuple[str, int], LookedUp]:
    """What each place gives, where there are so few that every figure of each can be weighed."""
    at = {code: years[-1] if year is None else year for code, years in knowledge.years.items()}
    return {(code, y): by_words(frame, code, y, knowledge) for code, y in at.items()}


def _sure(
    looked: dict[tuple[str, int], LookedUp], frame: Frame, knowledge: Knowledge
) -> list[Ranked]:
    """The figure of each place that is sure of it, or gives one like that of another place."""
    sure = [o.ranked[0] for look in looked.values() if isinstance(o := look.outcome, Found)]
    if not sure:
        return [r for r in borne_out(list(looked.values()), frame, knowledge) if r is not None]
    guide = min(sure, key=lambda r: r.cost).candidate
    found: list[Ranked] = []
    for (code, at), look in looked.items():
        if not isinstance(look.outcome, Found):
            look = look_up_like(guide, frame, look, code, at, knowledge)
        outcome = look.outcome
        if isinstance(outcome, Found) or (
            isinstance(outcome, Ambiguous) and counted_alike(outcome.ranked)
        ):
            found.append(_greatest(outcome.ranked, knowledge))  # 市级、县级金牌调解室
    return found


def _greatest(ranked: Sequence[Ranked], knowledge: Knowledge) -> Ranked:
    """Of figures of several levels, told in one sentence, the greatest; else the only one."""

    def value(one: Ranked) -> Decimal:
        fact = knowledge.base.fact(one.candidate.id)
        return fact.value if fact is not None else Decimal()

    return max(ranked, key=value) if len(ranked) > 1 else ranked[0]


def _unclear(looked: dict[tuple[str, int], LookedUp], found: list[Ranked]) -> list[Ranked]:
    """One figure of each place that gives what was found in several ways: it reports it, too."""
    given = {r.candidate.code for r in found}
    intent = found[0].candidate.profile.intent if found else None
    asked = [
        o.ranked[0]
        for (code, _), look in looked.items()
        if code not in given and isinstance(o := look.outcome, Ambiguous)
    ]
    return [r for r in asked if intent is not None and r.candidate.profile.intent == intent]


def answer_everywhere(resolved: Resolved, knowledge: Knowledge) -> Answer:
    """No place was named: the only place that reports it, or a question back."""
    frame = resolved.frames[0]
    if _only_guessed(resolved.question):
        return out_of_scope()
    enough = None if resolved.where.scope or frame.aside else MAX_OPTIONS
    pool = pool_of(frame, resolved.year, knowledge)
    if len(knowledge.years) <= _MAX_WEIGHED:
        looked = _look_everywhere(frame, resolved.year, knowledge)
        found = _sure(looked, frame, knowledge)
        found += _unclear(looked, found)
    else:
        found = best_by_place(frame, pool, resolved.year, knowledge, enough)
    if resolved.where.scope:
        found = [r for r in found if r.candidate.code in resolved.where.codes]
    # a name that nobody knows may narrow the question: only figures that carry it can answer
    everywhere, found = found, [r for r in found if _carries(r.candidate, frame.aside)]
    canonical = measures_of(frame, knowledge.tongue.catalog, knowledge.tongue.vocabulary)
    if everywhere and canonical and not found and _only_trails(resolved.question, frame):
        return _which_of(everywhere, resolved, knowledge)
    # “本周我普法” is of the place whose report names it
    words = knowledge.tongue.vocabulary.words
    named = [r for r in found if carries_name(r.candidate, frame)]
    found = [r for r in named if not any(n in words for n in r.candidate.names)] or found
    if not found:
        return nowhere(resolved, knowledge)
    if any(w in frame.text for w in load_cues().which_places) and len(resolved.frames) == 1:
        return _of_all(found, knowledge)
    whole = len(pool) < POOL and not resolved.where.scope
    asked = any(t.kind is WordKind.ASK for t in resolved.question.tokens) or frame.aspects or named
    if len(found) == 1 and len(resolved.frames) == 1 and whole and asked:
        code = found[0].candidate.code
        cited = cite([found[0].candidate], knowledge)
        note = Note("only_place", {"place": knowledge.names[code]})
        understood = understood_of(resolved, code, cited[0].fact.year, knowledge)
        return Answer(
            Status.ANSWERED, (note,), cited, intent=cited[0].fact.intent, understood=understood
        )
    return _which_of(found, resolved, knowledge)


def _only_trails(question: Question, frame: Frame) -> bool:
    """True where the only word that nobody knows stands behind what is counted: a place is named
    before it (海曙学法几次), what is said behind it hardly is one (集体学法律学了几次)."""
    strange = [t.start for t in question.tokens if t.text in frame.aside]
    counted = [t.start for t in question.tokens if not frame.strong.isdisjoint(t.entry.concepts)]
    trails = len(strange) == 1 and bool(counted) and min(counted) < strange[0]
    return bool(frame.counted and frame.families) and not question.english and trails


def _only_guessed(question: Question) -> bool:
    """True where no place is named, words are strange, and only a mended slip is a subject."""
    strange = sum(t.kind is WordKind.UNKNOWN for t in question.tokens)
    return strange >= _STRANGE and not question.places and not surely_said(question)


def _which_of(found: list[Ranked], resolved: Resolved, knowledge: Knowledge) -> Answer:
    """Several places give it: which is meant?"""
    frame = resolved.frames[0]
    # a name tells no day: any will do
    alone = knowledge.reader.read(frame_name(frame, knowledge), date.max).frames[0]
    options = tuple(
        Option(
            f"{knowledge.names[r.candidate.code]} {r.candidate.year}年",
            _asked_there(r, alone, resolved, knowledge),
        )
        for r in found[:MAX_OPTIONS]
    )
    fields = {"measure": frame_name(frame, knowledge)}
    note = Note("which_place_for", fields)
    if resolved.where.scope and not resolved.question.left_out:
        note = Note("parts_only", fields | {"place": resolved.where.scope})
    return Answer(
        Status.CLARIFY, (note,), options=options, reason=Reason.AMBIGUOUS_PLACE,
        intent=found[0].candidate.profile.intent,
    )  # fmt: skip


def _asked_there(ranked: Ranked, alone: Frame, resolved: Resolved, knowledge: Knowledge) -> str:
    """What an option says: the same question there, or the name of its figure where the words of
    the question, said *alone*, would not find that."""
    candidate, tongue = ranked.candidate, knowledge.tongue
    place, year = knowledge.names[candidate.code], candidate.year
    same = same_question(resolved, place, year, knowledge)
    asked = measures_of(resolved.frames[0], tongue.catalog, tongue.vocabulary)
    named = bool(asked) and asked[0].id == candidate.profile.intent
    clear = named and ranked.evidence.bits >= _CLEAR and not ranked.evidence.missing
    if clear or len(resolved.frames) > 1:
        return same
    outcome = by_words(alone, candidate.code, year, knowledge).outcome
    found = outcome.ranked if isinstance(outcome, Found | Ambiguous) else ()
    again = any(r.candidate.id == candidate.id for r in found)
    return same if again else f"{place}{year}年{candidate.profile.metric}"


def _of_all(found: list[Ranked], knowledge: Knowledge) -> Answer:
    """哪些地方公布了诉讼案件数: the figure of each place, and who gives none."""
    cited = cite([r.candidate for r in found[:MAX_SHOWN]], knowledge)
    reporting = {r.candidate.code for r in found}
    silent = tuple(knowledge.names[c] for c in knowledge.years if c not in reporting)
    after = (Note("silent", {"places": silent[:MAX_SHOWN]}),) if silent else ()
    return Answer(Status.ANSWERED, (), cited, after=after, intent=cited[0].fact.intent)


def nowhere(resolved: Resolved, knowledge: Knowledge) -> Answer:
    frame = resolved.frames[0]
    if (
        not frame.strong
        or frame.residual
        or not (resolved.question.asks or resolved.question.periods)
    ):
        return out_of_scope()
    note = Note("reported_nowhere", {"measure": frame_name(frame, knowledge)})
    if resolved.question.left_out and not resolved.where.codes:
        note = Note("none_left", {"covered": covered(knowledge, MAX_OPTIONS)})
    elif resolved.where.scope:
        there = tuple(knowledge.names[c] for c in resolved.where.codes[:MAX_SHOWN])
        note = Note("reported_nowhere_there", dict(note.fields) | {"places": there})
    return Answer(Status.NO_DATA, (note,), reason=Reason.NOT_REPORTED)

"""Which place has the highest, which the lowest figure of all that report it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from bot.dialogue.answer import Answer, Note, Origin, Status
from bot.dialogue.asking import rank_asked
from bot.dialogue.comparing import cite
from bot.dialogue.naming import frame_name, year_list
from bot.dialogue.overall import (
    MAX_SHOWN,
    POOL,
    answer_everywhere,
    best_by_place,
    nowhere,
    pool_of,
)
from bot.dialogue.resolve import Resolved
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from intents.catalog import Catalog
from intents.counting import HEADS
from intents.models import Ranked
from intents.vocabulary import Sort

_TOLD_AS = {False: ("highest", "highest_nth"), True: ("lowest", "lowest_nth")}
_TIMES = frozenset({"event", "attendance"})
"""Units in which one measure may be counted: times, or people each time that they come."""
_THINGS = frozenset({"case", "piece", "none", ""})


def _comparable(found: list[Ranked], catalog: Catalog, sort: Callable[[str], Sort]) -> list[Ranked]:
    """The figures of the sort that most places report: cases are no hours and no people.

    件 and 本 are two measure words for the same things (案卷 件, 本).
    """
    sorts = [_sort(r, catalog) for r in found]
    usual = Counter(sorts).most_common(1)[0][0]
    same = [r for r, sort in zip(found, sorts, strict=True) if sort == usual]
    plain = [
        r for r in same
        if r.candidate.profile.intent or all(sort(c) is Sort.LEVEL for c in r.evidence.narrower)
    ]  # fmt: skip
    return plain or same


def _sort(ranked: Ranked, catalog: Catalog) -> str:
    family = ranked.candidate.profile.family
    measure = catalog.measures.get(ranked.candidate.profile.intent or "")
    own = measure.families if measure is not None else frozenset()
    if "attendance" in own and own & _THINGS:
        return "visits"  # 条 and 人次 of consultation
    visits = own >= _TIMES  # 20万次, 20万人次
    if family in HEADS or (visits and family in _TIMES):
        return "people"
    return "things" if family in _THINGS else family


def _counted_otherwise(every: list[Ranked], found: list[Ranked]) -> list[Ranked]:
    """The same measure, counted by other places in another unit: 条 beside 人次."""
    told = {r.candidate.code for r in found}
    intents = {r.candidate.profile.intent for r in found} - {None}
    return [
        r for r in every if r.candidate.code not in told and r.candidate.profile.intent in intents
    ]


def answer_rank(resolved: Resolved, knowledge: Knowledge, *, lowest: bool) -> Answer:
    """The highest or lowest over all places that report the measure; the year that was said of
    one place says nothing of the others."""
    if resolved.year_origin is Origin.CARRIED:
        resolved = replace(resolved, year=None, year_origin=Origin.DEFAULT)
    frame = replace(resolved.frames[0], aspects=resolved.frames[0].aspects - {Sort.RANK})
    pool = pool_of(frame, resolved.year, knowledge)
    if len(pool) >= POOL:
        return answer_everywhere(resolved, knowledge)  # the highest of a part would be wrong
    found = best_by_place(frame, pool, resolved.year, knowledge)
    if resolved.where.scope:
        found = [r for r in found if r.candidate.code in resolved.where.codes]
    if not found:
        return nowhere(resolved, knowledge)
    every = found
    found = _comparable(found, knowledge.tongue.catalog, knowledge.tongue.vocabulary.sort)
    values = knowledge.base.values(r.candidate.id for r in found)
    found.sort(key=lambda r: values[r.candidate.id] * (1 if lowest else -1))
    nth = rank_asked(resolved.question.text.plain)
    if nth > len(found):
        told = {"measure": frame_name(frame, knowledge), "count": str(len(found))}
        return Answer(Status.NO_DATA, (Note("no_such_rank", told),), reason=Reason.NOT_REPORTED)
    found.insert(0, found.pop(nth - 1))
    otherwise = _counted_otherwise(every, found)
    cited = cite([r.candidate for r in [*found, *otherwise][:MAX_SHOWN]], knowledge)
    first, other = _TOLD_AS[lowest]
    note = Note(first if nth == 1 else other, {
        "place": cited[0].place, "measure": frame_name(frame, knowledge),
        "count": str(len(found)),
    })  # fmt: skip
    after = _hedges(found, otherwise, [c.fact.unit for c in cited[: len(found)]], knowledge)
    reporting = {r.candidate.code for r in every}
    asked = resolved.where.codes if resolved.where.scope else knowledge.years
    silent = [knowledge.names[c] for c in asked if c not in reporting]
    if resolved.question.left_out:
        apart = tuple(p.text for p in resolved.question.left_out)
        after.append(Note("left_out", {"places": apart}))
    if silent:
        after.append(Note("silent", {"places": tuple(silent[:MAX_SHOWN])}))
    return Answer(Status.ANSWERED, (note,), cited, after=tuple(after), intent=cited[0].fact.intent)


def _hedges(
    found: list[Ranked], otherwise: list[Ranked], units: list[str], knowledge: Knowledge
) -> list[Note]:
    """What keeps figures of several places from being quite comparable."""
    years = tuple(sorted({r.candidate.year for r in found}))
    notes = [Note("years_differ", {"years": year_list(years)})] if len(years) > 1 else []
    if len({r.candidate.profile.family for r in found}) > 1:
        notes.append(Note("units_differ", {"units": tuple(dict.fromkeys(units))}))
    if otherwise:
        places = tuple(knowledge.names[r.candidate.code] for r in otherwise)
        notes.append(Note("counted_otherwise", {"places": places}))
    return notes

"""Questions over all places: no place named, the highest, the lowest."""

from dataclasses import replace

from bot.dialogue.answer import Answer, Note, Status
from bot.dialogue.comparing import cite
from bot.dialogue.lookup import choose
from bot.dialogue.naming import frame_name, same_question, understood_of, year_list
from bot.dialogue.refusals import MAX_OPTIONS, out_of_scope
from bot.dialogue.resolve import Resolved
from bot.facts.query import Found, Reason
from bot.knowledge import Knowledge
from bot.messages import Option
from intents.models import Candidate, Frame, Ranked
from intents.ranking import measures_of
from intents.vocabulary import Sort

_MAX_SHOWN = 12


def _pool(frame: Frame, year: int | None, knowledge: Knowledge) -> list[Candidate]:
    """Figures of all places that could answer a frame."""
    tongue = knowledge.tongue
    measures = measures_of(frame, tongue.catalog, tongue.vocabulary)
    pool: dict[str, Candidate] = {}
    for measure in measures[:3]:
        pool |= {c.id: c for c in knowledge.base.of_measure(measure.id, year)}
    if not pool and frame.strong:
        pool = {c.id: c for c in knowledge.base.saying(frame.strong, year)}
    return list(pool.values())


def _carries(candidate: Candidate, names: tuple[str, ...]) -> bool:
    told = candidate.around + candidate.profile.metric
    return all(name in told for name in names)


def best_by_place(frame: Frame, year: int | None, knowledge: Knowledge) -> list[Ranked]:
    """The best figure of each place that reports what is asked, latest year first said."""
    groups: dict[tuple[str, int], list[Candidate]] = {}
    for candidate in _pool(frame, year, knowledge):
        groups.setdefault((candidate.code, candidate.year), []).append(candidate)
    found: dict[str, Ranked] = {}
    for (code, at), group in sorted(groups.items()):
        outcome = choose(frame, group, knowledge).outcome
        own = at in knowledge.years.get(code, ())
        if isinstance(outcome, Found) and (own or year is not None):
            found[code] = outcome.ranked[0]
    return list(found.values())


def answer_everywhere(resolved: Resolved, knowledge: Knowledge) -> Answer:
    """No place was named: the only place that reports it, or a question back."""
    frame = resolved.frames[0]
    found = best_by_place(frame, resolved.year, knowledge)
    if resolved.where.scope:
        found = [r for r in found if r.candidate.code in resolved.where.codes]
    # a name that nobody knows may narrow the question: only figures that carry it can answer
    found = [r for r in found if _carries(r.candidate, frame.aside)]
    if not found:
        return nowhere(resolved, knowledge)
    if len(found) == 1 and len(resolved.frames) == 1 and not resolved.where.scope:
        code = found[0].candidate.code
        cited = cite([found[0].candidate], knowledge)
        note = Note("only_place", {"place": knowledge.names[code]})
        understood = understood_of(resolved, code, cited[0].fact.year, knowledge)
        return Answer(
            Status.ANSWERED, (note,), cited, intent=cited[0].fact.intent, understood=understood
        )
    options = tuple(
        Option(
            f"{knowledge.names[r.candidate.code]} {r.candidate.year}年",
            same_question(resolved, knowledge.names[r.candidate.code], r.candidate.year, knowledge),
        )
        for r in found[:MAX_OPTIONS]
    )
    fields = {"measure": frame_name(frame, knowledge)}
    note = Note("which_place_for", fields)
    if resolved.where.scope:
        note = Note("parts_only", fields | {"place": resolved.where.scope})
    return Answer(
        Status.CLARIFY, (note,), options=options, reason=Reason.AMBIGUOUS_PLACE,
        intent=found[0].candidate.profile.intent,
    )  # fmt: skip


def nowhere(resolved: Resolved, knowledge: Knowledge) -> Answer:
    frame = resolved.frames[0]
    if (
        not frame.strong
        or frame.residual
        or not (resolved.question.asks or resolved.question.periods)
    ):
        return out_of_scope()
    note = Note("reported_nowhere", {"measure": frame_name(frame, knowledge)})
    return Answer(Status.NO_DATA, (note,), reason=Reason.NOT_REPORTED)


def answer_rank(resolved: Resolved, knowledge: Knowledge, *, lowest: bool) -> Answer:
    """The highest or lowest over all places that report the measure."""
    frame = replace(resolved.frames[0], aspects=resolved.frames[0].aspects - {Sort.RANK})
    found = best_by_place(frame, resolved.year, knowledge)
    if resolved.where.scope:
        found = [r for r in found if r.candidate.code in resolved.where.codes]
    if not found:
        return nowhere(resolved, knowledge)
    cited = sorted(
        cite([r.candidate for r in found], knowledge),
        key=lambda c: c.fact.value if lowest else -c.fact.value,
    )
    reporting = {c.fact.area.code for c in cited}
    silent = [knowledge.names[c] for c in knowledge.years if c not in reporting]
    notes = [Note("lowest" if lowest else "highest", {
        "place": cited[0].place, "measure": frame_name(frame, knowledge),
        "count": str(len(cited)),
    })]  # fmt: skip
    years = tuple(sorted({c.fact.year for c in cited}))
    after = [Note("years_differ", {"years": year_list(years)})] if len(years) > 1 else []
    if silent:
        after.append(Note("silent", {"places": "、".join(silent[:_MAX_SHOWN])}))
    return Answer(
        Status.ANSWERED, tuple(notes), tuple(cited[:_MAX_SHOWN]), after=tuple(after),
        intent=cited[0].fact.intent,
    )  # fmt: skip

"""Questions for figures: one, several, over places and years, the highest and the lowest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.dialogue.answer import Answer, Cited, Note, Origin, Slot, Status
from bot.dialogue.lookup import LookedUp, choose, look_up
from bot.dialogue.resolve import Resolved
from bot.facts.query import Ambiguous, Found, Missing, Reason
from bot.knowledge import Knowledge
from bot.messages import Option
from intents.models import Candidate, Frame, Ranked
from intents.quantities import Qualifier
from intents.ranking import measures_of

MAX_OPTIONS = 8
_MAX_SHOWN = 12
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """One frame looked up at one place."""

    code: str
    year: int
    frame: Frame
    looked: LookedUp


def cite(found: Iterable[Candidate], knowledge: Knowledge) -> tuple[Cited, ...]:
    """Candidates as proved facts, each once."""
    cited: dict[str, Cited] = {}
    for candidate in found:
        fact = knowledge.base.fact(candidate.id)
        if fact is not None and fact.id not in cited:
            cited[fact.id] = Cited(fact, knowledge.base.report(fact.report))
    return tuple(cited.values())


def answer_figures(resolved: Resolved, knowledge: Knowledge) -> Answer:
    """Answer a question for one or several figures."""
    refused = place_trouble(resolved, knowledge)
    if refused is not None:
        return refused
    if all(frame.empty for frame in resolved.frames):
        return _nothing_asked(resolved, knowledge)
    if not resolved.where.codes or resolved.where.scope:
        return _everywhere(resolved, knowledge)
    asked = [
        Asked(code, year, frame, look_up(frame, code, year, knowledge))
        for code in resolved.where.codes
        for year in _years(resolved, code, knowledge)
        for frame in resolved.frames
    ]
    if not asked:
        return no_year(resolved, knowledge)
    return _together(resolved, asked, knowledge)


def _years(resolved: Resolved, code: str, knowledge: Knowledge) -> tuple[int, ...]:
    known = knowledge.years[code]
    said = tuple(dict.fromkeys(p.year for p in resolved.question.periods))
    if len(said) > 1:
        return tuple(y for y in said if y in known)
    if resolved.year is None:
        return known[-1:]
    restated = knowledge.base.candidates(code, resolved.year)
    return (resolved.year,) if resolved.year in known or restated else ()


# -- refusals --------------------------------------------------------------------------------


def place_trouble(resolved: Resolved, knowledge: Knowledge) -> Answer | None:
    where = resolved.where
    if where.ambiguous:
        options = tuple(place_option(c, knowledge) for c in where.ambiguous[:MAX_OPTIONS])
        return Answer(
            Status.CLARIFY, (Note("which_place"),), options=options, reason=Reason.AMBIGUOUS_PLACE
        )
    if where.unknown and not where.codes:
        if all(not frame.strong for frame in resolved.frames):
            return Answer(Status.OUT_OF_SCOPE, (Note("out_of_scope"),), reason=Reason.OUT_OF_SCOPE)
        note = Note("unknown_place", {"place": where.unknown[0], "covered": covered(knowledge)})
        return Answer(Status.NO_DATA, (note,), reason=Reason.UNKNOWN_PLACE)
    return None


def covered(knowledge: Knowledge, limit: int = 12) -> str:
    """The covered places with their years, for people."""
    parts = [f"{knowledge.names[c]}（{_year_list(y)}）" for c, y in knowledge.years.items()]
    more = f"等 {len(parts)} 个地方" if len(parts) > limit else ""
    return "、".join(parts[:limit]) + more


def _year_list(years: tuple[int, ...]) -> str:
    return "、".join(str(y) for y in years) + "年"


def place_option(code: str, knowledge: Knowledge) -> Option:
    full = knowledge.tongue.gazetteer.full(code)
    return Option(full, full)


def _nothing_asked(resolved: Resolved, knowledge: Knowledge) -> Answer:
    if resolved.where.codes and not resolved.question.text.plain.strip(" "):
        return Answer(Status.OUT_OF_SCOPE, (Note("out_of_scope"),), reason=Reason.OUT_OF_SCOPE)
    if not resolved.where.codes or resolved.where.origin is not Origin.SAID:
        return Answer(Status.OUT_OF_SCOPE, (Note("out_of_scope"),), reason=Reason.OUT_OF_SCOPE)
    code = resolved.where.codes[0]
    year = resolved.year or knowledge.years[code][-1]
    if year not in knowledge.years[code]:
        return no_year(resolved, knowledge)
    samples = [c for c in knowledge.base.candidates(code, year) if c.profile.intent]
    seen: dict[str, Option] = {}
    for candidate in samples:
        measure = knowledge.tongue.catalog.measures[candidate.profile.intent or ""]
        say = f"{knowledge.names[code]}{year}年{measure.name}"
        seen.setdefault(measure.id, Option(measure.name, say))
    note = Note("which_measure", {"place": knowledge.names[code], "year": str(year)})
    return Answer(
        Status.CLARIFY, (note,), options=tuple(seen.values())[:MAX_OPTIONS],
        reason=Reason.NO_MEASURE, understood=_understood(resolved, code, year, knowledge),
    )  # fmt: skip


def no_year(resolved: Resolved, knowledge: Knowledge) -> Answer:
    code = resolved.where.codes[0]
    years = knowledge.years[code]
    name = knowledge.names[code]
    note = Note(
        "unknown_year",
        {"place": name, "year": str(resolved.year), "years": _year_list(years)},
    )
    options = tuple(
        Option(f"{name} {y}年", _again(resolved, name, y, knowledge)) for y in years[-3:][::-1]
    )
    return Answer(
        Status.NO_DATA, (note,), options=options, reason=Reason.UNKNOWN_YEAR,
        understood=_understood(resolved, code, resolved.year or 0, knowledge),
    )  # fmt: skip


def _again(resolved: Resolved, place: str, year: int, knowledge: Knowledge) -> str:
    """The same question at another place or year, as a user would say it."""
    names = [_frame_name(frame, knowledge) for frame in resolved.frames if not frame.empty]
    return f"{place}{year}年{'、'.join(names)}"


def _frame_name(frame: Frame, knowledge: Knowledge) -> str:
    measures = measures_of(frame, knowledge.tongue.catalog, knowledge.tongue.vocabulary)
    if measures:
        return measures[0].name
    return "".join((*sorted(frame.strong), *frame.residual)) + _ASPECT_WORDS.get(
        next((a.value for a in sorted(frame.aspects, key=lambda a: a.value)), ""), ""
    )


_ASPECT_WORDS = {"rate": "比例", "money": "金额", "people": "人数", "growth": "同比增长", "rank": "排名"}


# -- answers ---------------------------------------------------------------------------------


def _together(resolved: Resolved, asked: list[Asked], knowledge: Knowledge) -> Answer:
    """Join what was looked up: found figures, what is missing, what is to be asked back."""
    found = [r.candidate for a in asked if isinstance(a.looked.outcome, Found)
             for r in a.looked.outcome.ranked]  # fmt: skip
    missing = [a for a in asked if isinstance(a.looked.outcome, Missing)]
    unclear = [a for a in asked if isinstance(a.looked.outcome, Ambiguous)]
    first = asked[0]
    understood = _understood(resolved, first.code, first.year, knowledge)
    intent = next((a.looked.measures[0].id for a in asked if a.looked.measures), None)
    if unclear and not found:
        return _which_figure(unclear[0], understood, intent, knowledge)
    if not found:
        return _not_reported(resolved, missing, understood, intent, knowledge)
    notes = [*_carried(resolved, knowledge), *_year_notes(resolved, found, knowledge)]
    ignored = _ignored(asked)
    notes += [Note("ignored", {"words": "、".join(ignored)})] if ignored else []
    after = [_missing_note(a, knowledge) for a in missing]
    after += [Note("unknown_place", {"place": u, "covered": covered(knowledge)})
              for u in resolved.where.unknown]  # fmt: skip
    cited = cite(found[:_MAX_SHOWN], knowledge)
    intent = intent or cited[0].fact.intent
    answer = Answer(
        Status.ANSWERED, tuple(notes), cited, after=tuple(after), intent=intent,
        understood=understood,
    )  # fmt: skip
    return compared(answer) if len(resolved.frames) == 1 and len(cited) == _PAIR else answer


def _ignored(asked: list[Asked]) -> list[str]:
    """Unknown words that an answer overlooked; the reply says so."""
    words = []
    for one in asked:
        if isinstance(one.looked.outcome, Found):
            best = one.looked.outcome.ranked[0].candidate
            told = best.around + best.profile.metric
            words += [w for w in one.frame.aside if w not in told]
    return list(dict.fromkeys(words))


def _which_figure(
    asked: Asked, understood: dict[str, Slot], intent: str | None, knowledge: Knowledge
) -> Answer:
    assert isinstance(asked.looked.outcome, Ambiguous)
    place = knowledge.names[asked.code]
    options = tuple(
        Option(r.candidate.profile.metric, f"{place}{asked.year}年{r.candidate.profile.metric}")
        for r in asked.looked.outcome.ranked
    )
    note = Note("which_figure", {"place": place, "year": str(asked.year)})
    return Answer(
        Status.CLARIFY, (note,), options=options, reason=Reason.AMBIGUOUS_MEASURE,
        intent=intent, understood=understood,
    )  # fmt: skip


def _not_reported(
    resolved: Resolved,
    missing: list[Asked],
    understood: dict[str, Slot],
    intent: str | None,
    knowledge: Knowledge,
) -> Answer:
    first = missing[0]
    outcome = first.looked.outcome
    assert isinstance(outcome, Missing)
    if not any(f.strong for f in resolved.frames) and not outcome.nearest:
        return Answer(Status.OUT_OF_SCOPE, (Note("out_of_scope"),), reason=Reason.OUT_OF_SCOPE)
    place = knowledge.names[first.code]
    options = tuple(
        Option(r.candidate.profile.metric, f"{place}{first.year}年{r.candidate.profile.metric}")
        for r in outcome.nearest
    )
    notes = tuple(_missing_note(a, knowledge) for a in missing)
    after = (Note("related"),) if options else ()
    return Answer(
        Status.NO_DATA, notes, after=after, options=options, reason=outcome.reason,
        intent=intent, understood=understood,
    )  # fmt: skip


def _missing_note(asked: Asked, knowledge: Knowledge) -> Note:
    return Note(
        "not_reported",
        {
            "place": knowledge.names[asked.code],
            "year": str(asked.year),
            "measure": _frame_name(asked.frame, knowledge),
        },
    )


def _understood(
    resolved: Resolved, code: str, year: int, knowledge: Knowledge
) -> dict[str, Slot]:
    year_origin = resolved.year_origin if resolved.year is not None else Origin.DEFAULT
    names = "、".join(_frame_name(f, knowledge) for f in resolved.frames if not f.empty)
    return {
        "place": Slot(knowledge.names.get(code, ""), resolved.where.origin),
        "year": Slot(str(year), year_origin),
        "measure": Slot(names, resolved.frames_origin),
    }


def _carried(resolved: Resolved, knowledge: Knowledge) -> list[Note]:
    """What was carried over is said."""
    kept = []
    if resolved.where.origin is Origin.CARRIED:
        kept += [knowledge.names[c] for c in resolved.where.codes]
    if resolved.year_origin is Origin.CARRIED:
        kept.append(f"{resolved.year}年")
    if resolved.frames_origin is Origin.CARRIED:
        kept += [_frame_name(f, knowledge) for f in resolved.frames]
    return [Note("carried", {"slots": " ".join(kept)})] if kept else []


def _year_notes(
    resolved: Resolved, found: list[Candidate], knowledge: Knowledge
) -> list[Note]:
    """Says which year 去年 is, and that the latest year was taken where none was said."""
    notes = [
        Note("relative_year", {"said": resolved.question.text.said(p.start, p.end), "year": str(p.year)})
        for p in resolved.question.periods
        if p.relative
    ]
    years = {c.year for c in found}
    if len(years) > 1:
        notes.append(Note("years_differ", {"years": _year_list(tuple(sorted(years)))}))
    if resolved.year is None and not resolved.question.periods:
        for code in dict.fromkeys(c.code for c in found):
            if len(knowledge.years.get(code, ())) > 1:
                latest = str(knowledge.years[code][-1])
                notes.append(Note("latest_year", {"place": knowledge.names[code], "year": latest}))
    return notes


# -- over all places -------------------------------------------------------------------------


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


def _everywhere(resolved: Resolved, knowledge: Knowledge) -> Answer:
    """No place was named: the only place that reports it, or a question back."""
    frame = resolved.frames[0]
    found = best_by_place(frame, resolved.year, knowledge)
    if resolved.where.scope:
        found = [r for r in found if r.candidate.code in resolved.where.codes]
    if not found:
        return _nowhere(resolved, knowledge)
    if len(found) == 1 and len(resolved.frames) == 1 and not resolved.where.scope:
        code = found[0].candidate.code
        cited = cite([found[0].candidate], knowledge)
        note = Note("only_place", {"place": knowledge.names[code]})
        understood = _understood(resolved, code, cited[0].fact.year, knowledge)
        return Answer(
            Status.ANSWERED, (note,), cited, intent=cited[0].fact.intent, understood=understood
        )
    options = tuple(
        Option(
            f"{knowledge.names[r.candidate.code]} {r.candidate.year}年",
            _again(resolved, knowledge.names[r.candidate.code], r.candidate.year, knowledge),
        )
        for r in found[:MAX_OPTIONS]
    )
    fields = {"measure": _frame_name(frame, knowledge)}
    note = Note("which_place_for", fields)
    if resolved.where.scope:
        note = Note("parts_only", fields | {"place": resolved.where.scope})
    return Answer(
        Status.CLARIFY, (note,), options=options, reason=Reason.AMBIGUOUS_PLACE,
        intent=found[0].candidate.profile.intent,
    )  # fmt: skip


def _nowhere(resolved: Resolved, knowledge: Knowledge) -> Answer:
    frame = resolved.frames[0]
    if not frame.strong or frame.residual or not (resolved.question.asks or resolved.question.periods):
        return Answer(Status.OUT_OF_SCOPE, (Note("out_of_scope"),), reason=Reason.OUT_OF_SCOPE)
    note = Note("reported_nowhere", {"measure": _frame_name(frame, knowledge)})
    return Answer(Status.NO_DATA, (note,), reason=Reason.NOT_REPORTED)


def answer_rank(resolved: Resolved, knowledge: Knowledge, *, lowest: bool) -> Answer:
    """The highest or lowest over all places that report the measure."""
    frame = replace(resolved.frames[0], aspects=resolved.frames[0].aspects)
    found = best_by_place(frame, resolved.year, knowledge)
    if resolved.where.scope:
        found = [r for r in found if r.candidate.code in resolved.where.codes]
    if not found:
        return _nowhere(resolved, knowledge)
    cited = sorted(
        cite([r.candidate for r in found], knowledge),
        key=lambda c: c.fact.value if lowest else -c.fact.value,
    )
    reporting = {c.fact.area.code for c in cited}
    silent = [knowledge.names[c] for c in knowledge.years if c not in reporting]
    notes = [Note("lowest" if lowest else "highest", {
        "place": cited[0].fact.area.name, "measure": _frame_name(frame, knowledge),
        "count": str(len(cited)),
    })]  # fmt: skip
    years = tuple(sorted({c.fact.year for c in cited}))
    after = [Note("years_differ", {"years": _year_list(years)})] if len(years) > 1 else []
    if silent:
        after.append(Note("silent", {"places": "、".join(silent[:_MAX_SHOWN])}))
    return Answer(
        Status.ANSWERED, tuple(notes), tuple(cited[:_MAX_SHOWN]), after=tuple(after),
        intent=cited[0].fact.intent,
    )  # fmt: skip


def compared(answer: Answer) -> Answer:
    """Two figures side by side: which is more, and the difference when both are exact."""
    one, other = answer.cited[0].fact, answer.cited[1].fact
    if one.unit != other.unit or one.kind is not other.kind or one.area == other.area:
        return answer
    if one.value == other.value:
        return replace(answer, after=(*answer.after, Note("equal")))
    more, less = (one, other) if one.value > other.value else (other, one)
    fields = {"more": more.area.name, "less": less.area.name}
    exact = one.qualifier is other.qualifier is Qualifier.EXACT
    if not exact:
        return replace(answer, after=(*answer.after, Note("more_inexact", fields)))
    difference = f"{more.value - less.value:f}"
    fields |= {"difference": difference, "a": f"{more.value:f}", "b": f"{less.value:f}"}
    computed = (difference, fields["a"], fields["b"])
    return replace(answer, after=(*answer.after, Note("more", fields)), computed=computed)

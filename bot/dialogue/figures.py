"""Questions for figures of named places: one figure or several, one place or several."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.absence import denied_beside
from bot.dialogue.answer import Answer, Note, Origin, Slot, Status
from bot.dialogue.asking import is_elliptic
from bot.dialogue.comparing import cite, cited_fact, compared, with_restated
from bot.dialogue.completing import beside
from bot.dialogue.dealing import dealt_again
from bot.dialogue.following import (
    in_parallel,
    of_any_level,
    on_same_side,
    printed_next,
    told_together,
)
from bot.dialogue.lookup import by_words
from bot.dialogue.naming import covered, frame_name, understood_of, year_list
from bot.dialogue.overall import answer_everywhere
from bot.dialogue.overlooked import overlooked
from bot.dialogue.pairing import (
    Asked,
    agreed,
    alike,
    as_told,
    beside_told,
    found_of,
    nearest_of_each,
    of_one_sort,
    of_place,
    of_that,
)
from bot.dialogue.refusals import no_year, nothing_asked, out_of_scope, place_trouble
from bot.dialogue.resolve import Resolved
from bot.dialogue.second_look import look_up, look_up_each
from bot.dialogue.stringing import as_strung
from bot.facts.query import Ambiguous, Found, Missing, Reason
from bot.knowledge import Knowledge
from bot.messages import Option
from intents.models import Candidate, Frame
from intents.ranking import measures_of
from intents.ruling_out import says_only_unknown
from intents.vocabulary import Sort

_MAX_SHOWN = 12
_PAIR = 2


def answer_figures(resolved: Resolved, knowledge: Knowledge) -> Answer:
    """Answer a question for one or several figures."""
    refused = place_trouble(resolved, knowledge)
    if refused is not None:
        return refused
    anywhere = not resolved.where.codes or resolved.where.scope
    if all(f.empty or (anywhere and _only_acts(f, knowledge)) for f in resolved.frames):
        return nothing_asked(resolved, knowledge)
    if anywhere:
        return answer_everywhere(resolved, knowledge)
    first = resolved.where.codes[0]
    for year in _years(resolved, first, knowledge)[:1]:
        resolved = as_strung(resolved, first, year, knowledge)
        resolved = dealt_again(resolved, first, year, knowledge)
    asked = [
        one
        for code in resolved.where.codes
        for year in _years(resolved, code, knowledge)
        for one in _in_turn(resolved, code, year, knowledge)
    ]
    if not asked:
        return no_year(resolved, knowledge)
    said = resolved.question.text.plain
    asked = [
        printed_next(as_told(a, resolved.guide), resolved.last, said, knowledge) for a in asked
    ]
    if not resolved.question.asks:
        asked = [told_together(a) for a in asked]
    short = is_elliptic(resolved.question)
    asked = [in_parallel(a, resolved.last, knowledge, short=short) for a in asked]
    if resolved.frames_origin is Origin.SAID and len(resolved.where.codes) == 1:
        asked = [on_same_side(a, resolved.last, knowledge) for a in asked]
    if resolved.frames_origin is Origin.CARRIED and resolved.where.origin is Origin.SAID:
        asked = [of_any_level(a, knowledge) for a in asked]
    if resolved.guide is not None and resolved.frames_origin is Origin.CARRIED:
        asked = [of_that(a, resolved.guide, knowledge) for a in asked]
    asked = _set_beside(resolved, asked, knowledge)
    answer = _together(resolved, asked, knowledge)
    return replace(answer, after=(*answer.after, *_dropped(resolved, knowledge)))


def _set_beside(resolved: Resolved, asked: list[Asked], knowledge: Knowledge) -> list[Asked]:
    """What several places give, made to stand beside one another."""
    guide = resolved.guide or found_of(asked)
    if len(resolved.frames) == 1 and guide is not None:
        named = resolved.guide is None and resolved.where.origin is Origin.SAID
        asked = alike(asked, guide, knowledge, parts=named)
    elif len(resolved.frames) == 1 and len({a.code for a in asked}) == _PAIR:
        asked = nearest_of_each(agreed(asked, knowledge))
    if len(resolved.frames) == 1 and len({a.code for a in asked}) > 1:
        asked = of_one_sort(asked)
    if resolved.told:
        bare = resolved.frames_origin is Origin.CARRIED
        asked = beside_told(asked, resolved.told, knowledge, bare=bare)
    return asked


def _only_acts(frame: Frame, knowledge: Knowledge) -> bool:
    """审结了多少件: nothing tells what was done to what; anywhere it would be a guess."""
    tongue = knowledge.tongue
    said = frame.strong | frame.hints | frame.soft
    if not said or any(tongue.vocabulary.sort(c) is not Sort.ACT for c in said):
        return False
    other = frame.residual or frame.aside or frame.quoted
    return not other and not measures_of(frame, tongue.catalog, tongue.vocabulary)


def _dropped(resolved: Resolved, knowledge: Knowledge) -> list[Note]:
    """Places and years that were asked for and have no report."""
    said = {p.year for p in resolved.question.periods} or {resolved.year} - {None}
    return [
        Note(
            "unknown_year",
            {
                "place": knowledge.names[code],
                "year": str(year),
                "years": year_list(knowledge.years[code]),
            },
        )
        for code in resolved.where.codes
        for year in sorted(y for y in said if y is not None)
        if year not in _years(resolved, code, knowledge)
    ]


def _in_turn(resolved: Resolved, code: str, year: int, knowledge: Knowledge) -> list[Asked]:
    """Look up what is asked of one place and year."""
    frames = of_place(resolved, code)
    if len(frames) == 1:
        look = by_words if resolved.frames_origin is Origin.CARRIED else look_up
        return [Asked(code, year, frames[0], look(frames[0], code, year, knowledge))]
    looked = look_up_each(frames, code, year, knowledge)
    return [Asked(code, year, f, one) for f, one in zip(frames, looked, strict=True)]


def _years(resolved: Resolved, code: str, knowledge: Knowledge) -> tuple[int, ...]:
    known = knowledge.years[code]
    said = tuple(dict.fromkeys(p.year for p in resolved.question.periods))
    if len(said) > 1 and "correct" not in resolved.question.acts:
        return tuple(y for y in said if y in known)
    if resolved.year is None:
        return known[-1:]
    restated = knowledge.base.candidates(code, resolved.year)
    return (resolved.year,) if resolved.year in known or restated else ()


def _is_restated(asked: Asked, knowledge: Knowledge) -> bool:
    """True for a year of which only another year's report tells something."""
    return asked.year not in knowledge.years[asked.code]


def _together(resolved: Resolved, asked: list[Asked], knowledge: Knowledge) -> Answer:
    """Join what was looked up: found figures, what is missing, what is to be asked back."""
    found = [r.candidate for a in asked if isinstance(a.looked.outcome, Found)
             for r in a.looked.outcome.ranked]  # fmt: skip
    missing = [a for a in asked if isinstance(a.looked.outcome, Missing)]
    unclear = [a for a in asked if isinstance(a.looked.outcome, Ambiguous)]
    first = asked[0]
    understood = understood_of(resolved, first.code, first.year, knowledge)
    intent = next((a.looked.measures[0].id for a in asked if a.looked.measures), None)
    if unclear and not found:
        return _which_figure(unclear[0], understood, intent, knowledge)
    if not found and all(a.code == first.code for a in asked) and _is_restated(first, knowledge):
        return no_year(resolved, knowledge)
    if not found:
        return _not_reported(resolved, missing, understood, intent, knowledge)
    notes = [*_carried(resolved, knowledge), *_year_notes(resolved, found, knowledge)]
    ignored = overlooked(asked)
    notes += [Note("ignored", {"words": tuple(ignored)})] if ignored else []
    denied = denied_beside(missing, resolved, knowledge)
    after = [_missing_note(a, knowledge) for a in missing if a.code not in denied]
    after += [Note("unknown_place", {"place": u, "covered": covered(knowledge)})
              for u in resolved.where.unknown]  # fmt: skip
    cited = cite(found[:_MAX_SHOWN], knowledge)
    more = beside([c.fact for c in cited], resolved, knowledge)
    after += [Note("beside")] if more else []
    cited = (*cited, *(cited_fact(f, knowledge) for f in more))[:_MAX_SHOWN]
    intent = intent or cited[0].fact.intent
    answer = Answer(
        Status.ANSWERED, tuple(notes), cited, after=tuple(after), intent=intent,
        understood=understood, quoted=tuple(denied.values()),
    )  # fmt: skip
    if len(resolved.frames) == 1 and len(cited) == _PAIR:
        answer = compared(answer)
    return with_restated(answer, knowledge)


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
    counts = resolved.where.origin is Origin.SAID and any(
        f.counted or Sort.RATE in f.aspects for f in resolved.frames
    )
    if not any(f.strong for f in resolved.frames) and not outcome.nearest and not counts:
        return out_of_scope()
    place = knowledge.names[first.code]
    saying = tuple(
        r for r in first.looked.ranked if not r.cost.contradiction and not r.evidence.missing
        and first.frame.strong <= r.candidate.profile.closure
    )  # fmt: skip
    if _is_bare(resolved) and len(saying) > 1:
        asked_back = Ambiguous(Reason.AMBIGUOUS_MEASURE, saying)
        near = replace(first, looked=replace(first.looked, outcome=asked_back))
        return _which_figure(near, understood, intent, knowledge)
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


def _is_bare(resolved: Resolved) -> bool:
    """True for 调解 and nothing else: a subject, and no question about it."""
    (frame, *others), asks = resolved.frames, resolved.question.asks
    return not (others or asks or frame.counted or says_only_unknown(frame))


def _missing_note(asked: Asked, knowledge: Knowledge) -> Note:
    return Note(
        "not_reported",
        {
            "place": knowledge.names[asked.code],
            "year": str(asked.year),
            "measure": frame_name(asked.frame, knowledge),
        },
    )


def _carried(resolved: Resolved, knowledge: Knowledge) -> list[Note]:
    """What was carried over is said."""
    kept: list[str] = []
    if resolved.where.origin is Origin.CARRIED:
        kept += [knowledge.names[c] for c in resolved.where.codes]
    if resolved.frames_origin is Origin.CARRIED:
        kept += [frame_name(f, knowledge) for f in resolved.frames]
    if resolved.year_origin is Origin.CARRIED:
        key = "carried_with_year" if kept else "carried_year"
        return [Note(key, {"year": str(resolved.year), "slots": tuple(kept)})]
    return [Note("carried", {"slots": tuple(kept)})] if kept else []


def _year_notes(resolved: Resolved, found: list[Candidate], knowledge: Knowledge) -> list[Note]:
    """Says which year 去年 is, and that the latest year was taken where none was said."""
    notes = [
        Note(
            "relative_year",
            {"said": resolved.question.text.said(p.start, p.end), "year": str(p.year)},
        )
        for p in resolved.question.periods
        if p.relative
    ]
    years = {c.year for c in found}
    if len(years) > 1 and len({c.code for c in found}) > 1:
        notes.append(Note("years_differ", {"years": year_list(sorted(years))}))
    if resolved.year is None and not resolved.question.periods:
        for code in dict.fromkeys(c.code for c in found):
            if len(knowledge.years.get(code, ())) > 1:
                latest = str(knowledge.years[code][-1])
                notes.append(Note("latest_year", {"place": knowledge.names[code], "year": latest}))
    return notes

"""Answers that give no figure: unknown or ambiguous place, uncovered year, nothing asked."""

from bot.dialogue.answer import Answer, Note, Origin, Status
from bot.dialogue.naming import covered, same_question, understood_of, year_list
from bot.dialogue.resolve import Resolved
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from bot.messages import Option

MAX_OPTIONS = 8


def out_of_scope() -> Answer:
    """Not a question about these reports."""
    return Answer(Status.OUT_OF_SCOPE, (Note("out_of_scope"),), reason=Reason.OUT_OF_SCOPE)


def place_trouble(resolved: Resolved, knowledge: Knowledge) -> Answer | None:
    where = resolved.where
    if where.ambiguous:
        options = tuple(place_option(c, knowledge) for c in where.ambiguous[:MAX_OPTIONS])
        return Answer(
            Status.CLARIFY, (Note("which_place"),), options=options, reason=Reason.AMBIGUOUS_PLACE
        )
    if where.unknown and not where.codes:
        if all(not frame.strong for frame in resolved.frames):
            return out_of_scope()
        return unknown_place(where.unknown[0], knowledge)
    return None


def unknown_place(name: str, knowledge: Knowledge) -> Answer:
    """No report of that place; which there are."""
    note = Note("unknown_place", {"place": name, "covered": covered(knowledge)})
    return Answer(Status.NO_DATA, (note,), reason=Reason.UNKNOWN_PLACE)


def place_option(code: str, knowledge: Knowledge) -> Option:
    full = knowledge.tongue.gazetteer.full(code)
    return Option(full, full)


def nothing_asked(resolved: Resolved, knowledge: Knowledge) -> Answer:
    if resolved.where.codes and not resolved.question.text.plain.strip(" "):
        return out_of_scope()
    if not resolved.where.codes or resolved.where.origin is not Origin.SAID:
        return out_of_scope()
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
        reason=Reason.NO_MEASURE, understood=understood_of(resolved, code, year, knowledge),
    )  # fmt: skip


def no_year(resolved: Resolved, knowledge: Knowledge) -> Answer:
    """No report of that year; out of scope where nothing of reports is asked (明年上小学)."""
    strange = any(f.residual or f.aside for f in resolved.frames)
    said = resolved.where.origin is Origin.SAID
    if said and strange and not any(f.strong for f in resolved.frames):
        return out_of_scope()
    code = resolved.where.codes[0]
    years = knowledge.years[code]
    name = knowledge.names[code]
    note = Note(
        "unknown_year",
        {"place": name, "year": str(resolved.year), "years": year_list(years)},
    )
    options = tuple(
        Option(f"{name} {y}年", same_question(resolved, name, y, knowledge))
        for y in years[-3:][::-1]
    )
    return Answer(
        Status.NO_DATA, (note,), options=options, reason=Reason.UNKNOWN_YEAR,
        understood=understood_of(resolved, code, resolved.year or 0, knowledge),
    )  # fmt: skip

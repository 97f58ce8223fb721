"""Figures side by side: cited each once, and which of two is more."""

from collections.abc import Iterable
from dataclasses import replace

from bot.dialogue.answer import Answer, Cited, Note
from bot.facts.model import Fact
from bot.knowledge import Knowledge
from intents.models import Candidate
from intents.quantities import Qualifier


def cited_fact(fact: Fact, knowledge: Knowledge) -> Cited:
    """A fact with its report and the name its place goes by."""
    report = knowledge.base.report(fact.report)
    own = fact.area == report.area
    place = knowledge.names.get(fact.area.code, fact.area.name) if own else fact.area.name
    return Cited(fact, report, place)


def cite(found: Iterable[Candidate], knowledge: Knowledge) -> tuple[Cited, ...]:
    """Candidates as proved facts, each once."""
    cited: dict[str, Cited] = {}
    for candidate in found:
        fact = knowledge.base.fact(candidate.id)
        if fact is not None and fact.id not in cited:
            cited[fact.id] = cited_fact(fact, knowledge)
    return tuple(cited.values())


def with_restated(answer: Answer, knowledge: Knowledge) -> Answer:
    """The answer, and behind it what other reports give for the same figures where it differs."""
    given = {c.fact.id for c in answer.cited}
    told = (f for c in answer.cited for f in knowledge.base.restatements(c.fact))
    again = tuple(cited_fact(f, knowledge) for f in told if f.id not in given)
    if not again:
        return answer
    notes = (*answer.notes, Note("restated"))
    return replace(answer, notes=notes, cited=answer.cited + again)


def compared(answer: Answer) -> Answer:
    """Two figures side by side: which is more, and the difference when both are exact."""
    one, other = answer.cited[0].fact, answer.cited[1].fact
    if one.unit != other.unit or one.kind is not other.kind or one.area == other.area:
        return answer
    if one.value == other.value:
        return replace(answer, after=(*answer.after, Note("equal")))
    more, less = (one, other) if one.value > other.value else (other, one)
    names = {c.fact.id: c.place for c in answer.cited}
    fields = {"more": names[more.id], "less": names[less.id]}
    exact = one.qualifier is other.qualifier is Qualifier.EXACT
    if not exact:
        return replace(answer, after=(*answer.after, Note("more_inexact", fields)))
    difference = f"{more.value - less.value:f}"
    fields |= {"difference": difference, "a": f"{more.value:f}", "b": f"{less.value:f}"}
    computed = (difference, fields["a"], fields["b"])
    return replace(answer, after=(*answer.after, Note("more", fields)), computed=computed)

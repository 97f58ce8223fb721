"""A turn's trace → lines for testers: words used, slots, rival figures, the deciding cost."""

from collections.abc import Iterator

from bot.dialogue.engine import Trace
from bot.dialogue.second_look import look_up
from bot.facts.query import Ambiguous, Found, Outcome
from bot.knowledge import Knowledge
from intents.models import Cost, Evidence, Frame, Ranked
from intents.vocabulary import WordKind

_SHOWN = 5


def explain_lines(trace: Trace, knowledge: Knowledge) -> Iterator[str]:
    """The explanation of one turn."""
    question, answer = trace.question, trace.answer
    yield f"read as: {question.text.plain}"
    words = []
    for token in question.tokens:
        if token.kind in (WordKind.CONCEPT, WordKind.ACT):
            mended = f" (spelling, distance {token.distance})" if token.distance else ""
            words.append(f"{token.text} → {'+'.join(token.entry.concepts)}{mended}")
        elif token.kind is WordKind.UNKNOWN and token.text.strip():
            words.append(f"{token.text} → ?")
    yield f"words: {'; '.join(words) or 'none'}"
    yield f"kind of turn: {trace.kind.value}"
    for name, slot in answer.understood.items():
        yield f"{name}: {slot.value} ({slot.origin.value})"
    yield f"status: {answer.status.value}{f', {answer.reason.value}' if answer.reason else ''}"
    for code in trace.resolved.where.codes:
        year = trace.resolved.year or knowledge.years[code][-1]
        for frame in trace.resolved.frames:
            yield from _rivals(frame, code, year, knowledge)


def _rivals(frame: Frame, code: str, year: int, knowledge: Knowledge) -> Iterator[str]:
    looked = look_up(frame, code, year, knowledge)
    asked = "、".join((*sorted(frame.strong), *frame.residual))
    aspects = ",".join(sorted(a.value for a in frame.aspects))
    measures = ", ".join(m.id for m in looked.measures) or "none"
    yield f"asked: {asked or '-'} [{aspects}]; canonical measures: {measures}"
    best: Ranked | None = None
    for ranked in looked.ranked[:_SHOWN]:
        profile = ranked.candidate.profile
        why = _first_difference(best.cost, ranked.cost) if best else _worst(ranked.cost)
        told = f"{ranked.evidence.bits:g} bits{_lacking(ranked.evidence)}{_heard(ranked.evidence)}"
        yield f"  {profile.metric} ({profile.family or '-'}, {profile.kind}): {why}; {told}"
        best = best or ranked
    yield f"  verdict: {_verdict(looked.outcome)}"


def _heard(evidence: Evidence) -> str:
    return f", people ask for it so: {evidence.heard:g} bits" if evidence.heard else ""


def _lacking(evidence: Evidence) -> str:
    parts = (("does not say", evidence.missing), ("says more", evidence.narrower))
    return "".join(f", {what} {'、'.join(words)}" for what, words in parts if words)


def _verdict(outcome: Outcome) -> str:
    if isinstance(outcome, Found):
        return f"answered with {outcome.ranked[0].candidate.profile.metric}"
    if isinstance(outcome, Ambiguous):
        return "asked back: several figures say the same"
    return f"refused ({outcome.reason.value}): no figure says enough of what is asked"


def _first_difference(best: Cost, cost: Cost) -> str:
    """The first cost in which a rival is worse than the best one."""
    for name, one, other in zip(Cost._fields, best, cost, strict=True):
        if one != other:
            return f"beaten by {name}: {other:g} against {one:g}"
    return "equal to the best"


def _worst(cost: Cost) -> str:
    named = [f"{n} {v:g}" for n, v in zip(Cost._fields, cost, strict=True) if v and n != "doubt"]
    return f"best; {', '.join(named) or 'no cost'}"

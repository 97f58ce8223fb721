"""Lists (有哪些…各多少): the parts of a figure, or all figures that say what is asked."""

from bot.dialogue.answer import Answer, Note, Status
from bot.dialogue.comparing import cite
from bot.dialogue.figures import answer_figures
from bot.dialogue.naming import understood_of
from bot.dialogue.refusals import place_trouble
from bot.dialogue.resolve import Resolved
from bot.facts.model import Fact
from bot.knowledge import Knowledge
from intents.models import Candidate, Frame, Ranked
from intents.ranking import measures_of, rank
from intents.vocabulary import Sort

MAX_LISTED = 12


def answer_list(resolved: Resolved, knowledge: Knowledge) -> Answer:
    """List the figures that are asked for at one place."""
    trouble = place_trouble(resolved, knowledge)
    if trouble is not None:
        return trouble
    ranks = any(Sort.RANK in f.aspects for f in resolved.frames)
    nothing = all(f.empty for f in resolved.frames) and not ranks
    if not resolved.where.codes or resolved.where.scope or nothing:
        return answer_figures(resolved, knowledge)
    code = resolved.where.codes[0]
    year = resolved.year or knowledge.years[code][-1]
    if year not in knowledge.years[code]:
        return answer_figures(resolved, knowledge)
    found: list[Candidate] = []
    for frame in resolved.frames:
        found += [c for c in _listed(frame, code, year, knowledge) if c not in found]
    if len(found) < 2:
        return answer_figures(resolved, knowledge)
    cited = cite(found[:MAX_LISTED], knowledge)
    note = Note("listed", {"place": knowledge.names[code], "year": str(year)})
    return Answer(
        Status.ANSWERED,
        (note,),
        cited,
        intent=cited[0].fact.intent,
        understood=understood_of(resolved, code, year, knowledge),
    )


def _listed(frame: Frame, code: str, year: int, knowledge: Knowledge) -> list[Candidate]:
    tongue = knowledge.tongue
    candidates = knowledge.base.candidates(code, year)
    if not frame.strong:
        return [c for c in candidates if c.profile.kind == "rank" and Sort.RANK in frame.aspects]
    measures = measures_of(frame, tongue.catalog, tongue.vocabulary)
    ranked = rank(frame, candidates, measures, tongue.vocabulary)
    fit = [r for r in ranked if _says_it(r, frame)]
    if not fit:
        return []
    best = fit[0]
    facts = {f.id: f for f in knowledge.base.facts(code, year)}
    parts = [c for c in candidates if facts[c.id].parent == best.candidate.id]
    if parts and best.cost.narrower == 0:
        return parts
    named = [r for r in fit if not r.cost.indirect and not r.cost.topical]
    pool = named if len(named) > 1 else [r for r in fit if not r.cost.indirect] or fit
    chosen = [r.candidate for r in pool if _same_sort(r.candidate, best.candidate, frame)]
    if len(chosen) < 2:
        chosen = _siblings(best.candidate, candidates, facts, frame)
    order = {c.id: n for n, c in enumerate(candidates)}
    return sorted(chosen, key=lambda c: order[c.id])


def _says_it(ranked: Ranked, frame: Frame) -> bool:
    cost = ranked.cost
    return not (cost.contradiction or cost.unexplained or cost.unread) and bool(frame.strong)


def _same_sort(candidate: Candidate, best: Candidate, frame: Frame) -> bool:
    """Rates with rates, and in the unit that was asked for."""
    if frame.families and not frame.families & {"piece", "case", "event"}:
        return candidate.profile.family in frame.families
    ratio = {"ratio", "point"}
    if Sort.RATE in frame.aspects:
        return candidate.profile.family in ratio
    return not frame.counted or candidate.profile.family not in ratio


def _siblings(
    best: Candidate, candidates: tuple[Candidate, ...], facts: dict[str, Fact], frame: Frame
) -> list[Candidate]:
    """Figures of the same sentence in the same unit."""
    own = facts[best.id]
    return [
        c
        for c in candidates
        if facts[c.id].excerpt == own.excerpt
        and facts[c.id].unit == own.unit
        and _same_sort(c, best, frame)
    ]

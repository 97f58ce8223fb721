"""Words that are still being typed → figures to choose from, each complete with its source."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.app.introducing import examples, popular
from bot.dialogue.answer import Answer, Cited, Status
from bot.dialogue.comparing import cited_fact
from bot.dialogue.engine import Trace, turn
from bot.dialogue.render import render
from bot.dialogue.second_look import look_up
from bot.dialogue.session import Session
from bot.dialogue.wording import Wording, Wordings
from bot.knowledge import Knowledge
from bot.messages import Hit

MAX_HITS = 10
_NEAR = 3.0
"""Bits that must speak for a figure that is offered beside the one that answers."""
_MAX_TITLE = 60


def search(
    text: str, knowledge: Knowledge, wordings: Wordings, today: date, language: str
) -> tuple[Hit, ...]:
    """Figures that answer *text*, or one of the questions that it may be the beginning of."""
    questions = [text] if text.strip() else _popular(knowledge)
    cited: dict[str, Cited] = {}
    for question in questions:
        _, trace, _ = turn(question, Session(), knowledge, wordings, today)
        cited |= _of(trace.answer)
        if trace.answer.status is not Status.ANSWERED:
            for option in trace.answer.options:
                _, inner, _ = turn(option.say, Session(), knowledge, wordings, today)
                cited |= _of(inner.answer)
                if len(cited) >= MAX_HITS:
                    break
        elif text.strip():
            cited |= {c.fact.id: c for c in _beside(trace, knowledge) if c.fact.id not in cited}
    wording = wordings.of(language, knowledge.romanised)
    return tuple(_hit(c, wording) for c in list(cited.values())[:MAX_HITS])


def _of(answer: Answer) -> dict[str, Cited]:
    found = answer.cited if answer.status is Status.ANSWERED else ()
    return {c.fact.id: c for c in found}


def _beside(trace: Trace, knowledge: Knowledge) -> Iterator[Cited]:
    """Other figures of the same places that say what was typed: more may be typed still."""
    for code in trace.resolved.where.codes:
        year = trace.resolved.year or knowledge.years[code][-1]
        for frame in trace.resolved.frames:
            for ranked in look_up(frame, code, year, knowledge).ranked:
                fact = knowledge.base.fact(ranked.candidate.id)
                if fact and not ranked.cost.contradiction and ranked.evidence.bits >= _NEAR:
                    yield cited_fact(fact, knowledge)


def _popular(knowledge: Knowledge) -> list[str]:
    """What to show when nothing is typed yet."""
    asked = [option.say for option in examples(knowledge)]
    return [*asked, *popular(knowledge)[: MAX_HITS - len(asked)]]


def _hit(cited: Cited, wording: Wording) -> Hit:
    fact = cited.fact
    where = wording.say("where", place=cited.place, year=str(fact.year), kind="")
    answer = Answer(Status.ANSWERED, cited=(cited,))
    title = f"{fact.printed} · {where}"[:_MAX_TITLE]
    return Hit(fact.id[:64], title, fact.metric, render(answer, wording))

"""Words that are still being typed → figures to choose from, each complete with its source."""

from __future__ import annotations

from datetime import date

from bot.app.introducing import examples, popular
from bot.dialogue.answer import Answer, Cited, Status
from bot.dialogue.engine import turn
from bot.dialogue.render import render
from bot.dialogue.session import Session
from bot.dialogue.wording import Wording, Wordings
from bot.knowledge import Knowledge
from bot.messages import Hit

MAX_HITS = 10
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
    wording = wordings.of(language, knowledge.romanised)
    return tuple(_hit(c, wording) for c in list(cited.values())[:MAX_HITS])


def _of(answer: Answer) -> dict[str, Cited]:
    found = answer.cited if answer.status is Status.ANSWERED else ()
    return {c.fact.id: c for c in found}


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

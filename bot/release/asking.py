"""Asking a base as citizens do, before it answers them: a self-test, and answers to be compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from bot.dialogue.answer import Answer, Status
from bot.dialogue.engine import turn
from bot.dialogue.session import Session
from bot.dialogue.wording import SIMPLIFIED, Wordings
from bot.facts.model import Fact
from bot.facts.whole import lines
from bot.knowledge import Knowledge

_T = TypeVar("_T")
ASKED = 300
"""So many figures of a base are asked back, spread over all of it."""
STORED = 200
"""So many answers are compared."""


@dataclass(frozen=True, slots=True)
class Interviewer:
    """Asks single questions."""

    wordings: Wordings
    today: date

    def ask(self, question: str, knowledge: Knowledge) -> Answer:
        """The answer from a clean session."""
        _, trace, _ = turn(question, Session(), knowledge, self.wordings, self.today, SIMPLIFIED)
        return trace.answer


def spread(items: Sequence[_T], count: int) -> list[_T]:
    """At most *count* of the items, evenly."""
    if len(items) <= count:
        return list(items)
    return [items[n * len(items) // count] for n in range(count)]


# -- self-test -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SelfTest:
    """How many figures of a base are found when they are asked for by name."""

    asked: int
    lost: tuple[str, ...]
    """Questions that did not bring their figure."""
    wrong: tuple[str, ...]
    """Questions that brought a figure of another place or year alone."""

    @property
    def found(self) -> int:
        """Figures that were found."""
        return self.asked - len(self.lost) - len(self.wrong)


def self_test(knowledge: Knowledge, interviewer: Interviewer) -> SelfTest:
    """Ask figures of the base back, each by its place, year and name."""
    own = [line.id for line in lines(knowledge.base)]
    facts = (knowledge.base.fact(id_) for id_ in spread(own, ASKED))
    asked = 0
    lost: list[str] = []
    wrong: list[str] = []
    for fact in facts:
        if fact is None or fact.area.code not in knowledge.names:
            continue
        asked += 1
        question = f"{knowledge.names[fact.area.code]}{fact.year}年{fact.metric}是多少"
        answer = interviewer.ask(question, knowledge)
        if not _brings(answer, fact):
            (wrong if _elsewhere(answer, fact) else lost).append(question)
    return SelfTest(asked, tuple(lost), tuple(wrong))


def _brings(answer: Answer, fact: Fact) -> bool:
    if answer.status is Status.CLARIFY:
        return any(fact.metric in o.label or fact.metric in o.say for o in answer.options)
    return any(c.fact.id == fact.id or c.fact.metric == fact.metric for c in answer.cited)


def _elsewhere(answer: Answer, fact: Fact) -> bool:
    """True when there are figures, and none of them is about the place and year asked for."""
    about = {(c.fact.area.code, c.fact.year) for c in answer.cited}
    return bool(about) and (fact.area.code, fact.year) not in about


# -- answers that are compared ---------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Stored:
    """What a base answers to a question."""

    question: str
    said: str
    """The figures with their names, or why there are none."""
    answered: bool
    facts: tuple[str, ...] = ()
    """Ids of the figures."""
    reports: tuple[str, ...] = ()
    """Files of the reports that print them."""


def questions_of(knowledge: Knowledge) -> list[str]:
    """Questions for the canonical measures that a base reports, spread over places and years."""
    catalog = knowledge.tongue.catalog.measures
    reported = [(code, year) for code, years in knowledge.years.items() for year in years]
    asked = [
        f"{knowledge.names[code]}{year}年{catalog[intent].name}有多少"
        for code, year in spread(reported, STORED // 2)
        for intent in sorted(
            {c.profile.intent for c in knowledge.base.candidates(code, year)} - {None}, key=str
        )
        if intent in catalog
    ]
    return spread(asked, STORED)


def store(
    questions: Iterable[str], knowledge: Knowledge, interviewer: Interviewer
) -> tuple[Stored, ...]:
    """The answers of a base to these questions."""
    return tuple(_stored(q, interviewer.ask(q, knowledge)) for q in questions)


def _stored(question: str, answer: Answer) -> Stored:
    figures = tuple(f"{c.fact.printed} {c.fact.metric}（{c.place} {c.fact.year}年）"
                    for c in answer.cited)  # fmt: skip
    why = answer.reason.value if answer.reason else answer.status.value
    return Stored(
        question,
        "；".join(figures) or "、".join(o.label for o in answer.options) or why,
        answer.status is Status.ANSWERED and bool(answer.cited),
        tuple(c.fact.id for c in answer.cited),
        tuple(dict.fromkeys(c.report.file for c in answer.cited)),
    )

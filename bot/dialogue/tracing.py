"""From a printed number back to what it counts: 那个5.6%指的是什么."""

from __future__ import annotations

import re

from bot.dialogue.answer import Answer, Status
from bot.dialogue.comparing import cited_fact
from bot.dialogue.gate import numerals
from bot.dialogue.resolve import Resolved
from bot.facts.model import Fact
from bot.knowledge import Knowledge
from intents.cues import load_cues
from intents.numerals import ARABIC, ungrouped
from intents.text import plain_of

_NUMBER = re.compile(f"({ARABIC})(.{{0,3}})")
_MOST = 5


def traced(resolved: Resolved, knowledge: Knowledge) -> Answer | None:
    """The figures of the place that print a number whose meaning is asked; None if none is asked
    or none prints it."""
    question = resolved.question
    said = question.text.plain
    if not resolved.where.codes or not any(word in said for word in load_cues().meaning):
        return None
    years = {str(p.year) for p in question.periods}
    numbers = _NUMBER.findall(said)
    wanted = [(ungrouped(n), behind) for n, behind in numbers if n not in years]
    facts = [f for code in resolved.where.codes for f in knowledge.base.facts(code, resolved.year)]
    found = [f for f in facts if any(_prints(f, n, behind) for n, behind in wanted)]
    units = knowledge.tongue.grammar.families
    if any(behind.startswith(tuple(units)) for _, behind in wanted):
        found = [f for f in found if any(_in_unit(f, behind) for _, behind in wanted)]
    if not found:
        return None
    cited = tuple(cited_fact(f, knowledge) for f in found[:_MOST])
    return Answer(Status.ANSWERED, (), cited, intent=cited[0].fact.intent)


def _prints(fact: Fact, number: str, behind: str) -> bool:
    """True where a figure is that number, and a rate only where one is asked."""
    rate = behind.startswith("%")
    return number in numerals(fact.printed) and rate == ("%" in fact.printed)


def _in_unit(fact: Fact, behind: str) -> bool:
    """True where what is said behind the number is the figure's own unit."""
    return bool(fact.unit) and behind.startswith(plain_of(fact.unit))

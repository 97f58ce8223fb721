"""Messages that only take note or end the talk; they ask nothing."""

import re

from intents.binding import without_speaker
from intents.cues import load_cues
from intents.models import Question
from intents.vocabulary import WordKind

_STOP = re.compile("[,，。!！ ]+")
_SHORT = 6
"""Characters of a clause in which somebody says that they go."""
_TELLING = frozenset({WordKind.CONCEPT, WordKind.ASK, WordKind.WHICH, WordKind.PLACE})


def takes_note(question: Question) -> bool:
    """收到, 收到啦谢谢: no question about what was received."""
    said = question.text.plain
    for token in question.tokens if "thanks" in question.acts else ():
        said = said.replace(token.text, "") if token.kind is WordKind.ACT else said
    return "".join(c for c in said if c.isalpha()) in load_cues().taken_note


def takes_leave(question: Question) -> bool:
    """行了，我去上课了，谢谢: who thanks and tells only of themselves asks nothing."""
    if "thanks" not in question.acts or question.periods:
        return False
    if question.places or WordKind.ASK in {t.kind for t in question.tokens}:
        return False
    clauses = _STOP.split(question.text.plain.rstrip("!！。~～ "))
    if any(len(c) <= _SHORT and c.endswith(load_cues().leaving_ends) for c in clauses):
        return True
    if not question.asks and _ends_in_thanks(question):
        return True
    told = without_speaker(question.tokens)
    return len(told) < len(question.tokens) and not any(t.kind in _TELLING for t in told)


def _ends_in_thanks(question: Question) -> bool:
    """True for 材料够写了，多谢啦: what is told before has a clause of its own and is done."""
    said = [t for t in question.tokens if t.kind not in (WordKind.NOISE, WordKind.BREAK)]
    while said and said[-1].kind is WordKind.ACT and "thanks" in said[-1].entry.concepts:
        before = question.text.plain[: said.pop().start].rstrip(",，。!！ ")
        if before.endswith(load_cues().done_ends):
            return True
    return False

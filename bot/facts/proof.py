"""The proof of a fact: its figure stands in the source and says its number."""

from bot.facts.model import Fact
from intents.quantities import Grammar


def holds(fact: Fact, source: str, grammar: Grammar) -> bool:
    """True when figure and unit stand at their offsets and read again give value and unit."""
    lent = source[fact.apart_start : fact.apart_start + len(fact.apart)]
    if (source[fact.start : fact.end], lent) != (fact.text, fact.apart):
        return False
    read = grammar.parse(fact.printed)
    said = (fact.value, fact.unit, fact.qualifier)
    return read is not None and (read.value, read.unit, read.qualifier) == said

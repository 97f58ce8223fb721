"""What the bot says of itself: which questions the base answers."""

from bot.knowledge import Knowledge
from bot.messages import Option

MAX_EXAMPLES = 3


def examples(knowledge: Knowledge) -> tuple[Option, ...]:
    """Questions that the base answers, one a place."""
    options = []
    used: set[str] = set()
    for code, years in knowledge.years.items():
        for candidate in knowledge.base.candidates(code, years[-1]):
            intent = candidate.profile.intent
            if intent is not None and intent not in used and not candidate.part:
                used.add(intent)
                measure = knowledge.tongue.catalog.measures[intent].name
                say = f"{knowledge.names[code]} {years[-1]}年 {measure}"
                options.append(Option(say, say))
                break
    return tuple(options[:MAX_EXAMPLES])

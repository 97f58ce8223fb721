"""What a reply shows beside its text: its buttons as Telegram draws them, and inline results."""

from __future__ import annotations

from collections.abc import Iterable

from bot.app import Turned
from bot.channels.script.model import Record, Seen
from bot.channels.telegram.buttons import keyboard, tapped
from bot.channels.telegram.memory import Content
from bot.dialogue.explain import explain_lines
from bot.knowledge import Knowledge
from bot.messages import Hit, Option, Reply
from bot.records import fact_record, turn_record


def drawn(reply: Reply) -> tuple[tuple[str, Option], ...]:
    """The buttons that say something, label and option; thumbs are not among them."""
    content = Content(options=reply.options, actions=reply.actions)
    found = []
    for button in (b for row in keyboard(content) for b in row):
        option = tapped(content, button.data)
        if isinstance(option, Option):
            found.append((button.label, option))
    return tuple(found)


def seen(said: str, turned: Turned, knowledge: Knowledge) -> Seen:
    """What a turn of the engine showed."""
    record: Record = turn_record(said, turned, knowledge)
    trace, reply = turned.trace, turned.reply

    def why() -> tuple[str, ...]:
        return tuple(explain_lines(trace, knowledge)) if trace else ()

    labels = tuple(label for label, _ in drawn(reply))
    return Seen(record, reply.plain, buttons=labels, chart=reply.chart is not None, why=why)


def found(hits: Iterable[Hit], knowledge: Knowledge) -> Seen:
    """What an inline query showed: each result is a figure, and a button to send it."""
    hits = tuple(hits)
    facts = [f for h in hits if (f := knowledge.base.fact(h.id)) is not None]
    record: Record = {
        "status": "answered" if hits else "no_data",
        "facts": [fact_record(f, knowledge.base.report(f.report)) for f in facts],
        "passages": [], "options": [{"label": h.title} for h in hits], "reason": None,
    }  # fmt: skip
    text = "\n\n".join(h.reply.plain for h in hits[:1])
    return Seen(record, text, buttons=tuple(h.title for h in hits))

"""Asking the bot in tests: one turn, or a dialogue, with everything that led to the reply."""

from dataclasses import dataclass
from datetime import date

from bot.dialogue.answer import Answer, Status
from bot.dialogue.engine import Trace, turn
from bot.dialogue.session import Session
from bot.dialogue.wording import load_wordings
from bot.facts.model import Fact
from bot.knowledge import Knowledge
from bot.messages import Reply

TODAY = date(2026, 11, 22)
NEW = Session()


@dataclass(frozen=True)
class Said:
    """What one message led to."""

    question: str
    reply: Reply
    trace: Trace
    session: Session

    @property
    def answer(self) -> Answer:
        return self.trace.answer

    @property
    def status(self) -> Status:
        return self.answer.status

    @property
    def facts(self) -> tuple[Fact, ...]:
        return tuple(cited.fact for cited in self.answer.cited)

    @property
    def figures(self) -> list[str]:
        return [fact.text for fact in self.facts]

    @property
    def shown(self) -> str:
        """The reply as it is read, without its marks."""
        return "".join(run.text for line in self.reply.lines for run in line)

    @property
    def options(self) -> list[str]:
        return [option.label for option in self.reply.options]

    @property
    def notes(self) -> list[str]:
        return [note.key for note in (*self.answer.notes, *self.answer.after)]


def say(knowledge: Knowledge, text: str, session: Session = NEW, today: date = TODAY) -> Said:
    """One turn."""
    reply, trace, after = turn(text, session, knowledge, load_wordings(), today)
    return Said(text, reply, trace, after)


def talk(knowledge: Knowledge, *texts: str) -> list[Said]:
    """A dialogue from a clean session."""
    turns: list[Said] = []
    for text in texts:
        turns.append(say(knowledge, text, turns[-1].session if turns else NEW))
    return turns


def figures(knowledge: Knowledge, *texts: str) -> list[str]:
    """The figures, as printed, that answer the last message of a dialogue."""
    return [fact.printed for fact in talk(knowledge, *texts)[-1].facts]

"""The desk: who may use it, and which command leads where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from bot.commands import Command, Name
from bot.desk.correcting import Workshop
from bot.desk.learned import Missing
from bot.desk.receiving import Inbox
from bot.desk.releasing import Counter, quiet
from bot.desk.teaching import School
from bot.desk.words import reply_of
from bot.dialogue.wording import Wording
from bot.errors import BotError
from bot.messages import Message, Reply
from bot.release.plan import Change
from intents.errors import IntentsError


@dataclass(frozen=True, slots=True)
class Desk:
    """Answers the commands of admins; whoever else sends one is told so."""

    admins: frozenset[str]
    counter: Counter
    inbox: Inbox
    missing: Missing
    school: School
    workshop: Workshop
    wording: Wording
    date_of_today: Callable[[], date]

    def refusal(self, message: Message, public: Wording) -> Reply | None:
        """Why this message may not command, or None: asked anew for every single one."""
        if message.user not in self.admins:
            return reply_of(public.say("admin_only"))
        if message.group:
            return reply_of(self.wording.say("admin_private"))
        if message.second_hand:
            return reply_of(self.wording.say("admin_second_hand"))
        return None

    def handle(self, command: Command, message: Message) -> Reply:
        """Carry out the command of an admin."""
        counter, said, who = self.counter, command.argument, message.user
        current = counter.releaser.current
        doing: dict[Name | None, Callable[[], Reply]] = {
            Name.RELOAD: lambda: counter.release(Change("reload"), who, message.told or quiet),
            Name.PLAN: counter.show,
            Name.PUBLISH: lambda: counter.publish(said, who),
            Name.CANCEL: lambda: counter.cancel(said, who),
            Name.ROLLBACK: lambda: counter.roll_back(said, who),
            Name.AUDIT: counter.audit,
            Name.WITHDRAW: lambda: self.inbox.withdraw(said, message),
            Name.UNANSWERED: lambda: self.missing.unanswered(current, self.date_of_today()),
            Name.STATS: lambda: self.missing.stats(current),
            Name.ALIAS: lambda: self.school.alias(said, message),
            Name.UNALIAS: lambda: self.school.drop(said, message),
            Name.CORRECT: lambda: self.workshop.correct(said, message),
        }
        try:
            return doing[command.name]()
        except (BotError, IntentsError, OSError) as error:
            return counter.failed(error, _WORK.get(command.name, "reload"))


_WORK: dict[Name | None, str] = {
    Name.ALIAS: "alias",
    Name.UNALIAS: "alias",
    Name.CORRECT: "correct",
}
"""Commands that say in their own words that they have failed."""

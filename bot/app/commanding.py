"""What each command does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.app.figures import facts_of, original, related
from bot.app.introducing import about, confirming, introduced, languages, places, topics
from bot.commands import Name
from bot.dialogue.engine import Trace, turn
from bot.dialogue.kinds import Turn
from bot.dialogue.session import Session
from bot.dialogue.wording import LANGUAGES, Wording, Wordings
from bot.knowledge import Knowledge
from bot.messages import About, Reply, text_reply

MAX_FEEDBACK = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A command with everything that it may need."""

    argument: str
    session: Session
    knowledge: Knowledge
    wordings: Wordings
    wording: Wording
    language: str
    today: date


@dataclass(frozen=True, slots=True)
class Done:
    """What a command led to."""

    reply: Reply
    session: Session
    """The dialogue behind it."""
    trace: Trace | None = None
    """For commands that ask a question."""


def _plain(reply: Reply, asked: Asked) -> Done:
    return Done(reply, asked.session)


def _start(asked: Asked) -> Done:
    facts = facts_of([asked.argument], asked.knowledge)
    if facts:
        reply, answer = original(facts, asked.knowledge, asked.wording)
        told = About("answered", intent=answer.intent or "", facts=(facts[0].id,))
        return Done(replace(reply, about=told), replace(asked.session, facts=(facts[0].id,)))
    return _plain(introduced(asked.knowledge, asked.wording), asked)


def _source(asked: Asked) -> Done:
    facts = facts_of(asked.argument.split() or [*asked.session.facts], asked.knowledge)
    if not facts:
        return _plain(text_reply(asked.wording.say("no_source")), asked)
    return _plain(original(facts, asked.knowledge, asked.wording)[0], asked)


def _compare(asked: Asked) -> Done:
    """The measure of a figure at all places that report it."""
    facts = facts_of(asked.argument.split() or [*asked.session.facts], asked.knowledge)
    measure = facts and asked.knowledge.tongue.catalog.measures.get(facts[0].intent or "")
    if not measure:
        return _plain(text_reply(asked.wording.say("no_source")), asked)
    reply, trace, after = turn(
        measure.name, Session(), asked.knowledge, asked.wordings, asked.today,
        asked.language, Turn.RANK,
    )  # fmt: skip
    return Done(reply, after, trace)


def _related(asked: Asked) -> Done:
    facts = facts_of(asked.argument.split() or [*asked.session.facts], asked.knowledge)
    if not facts:
        return _plain(text_reply(asked.wording.say("no_source")), asked)
    return _plain(related(facts[0], asked.knowledge, asked.wording)[0], asked)


def _language(asked: Asked) -> Done:
    chosen = next((n for n in LANGUAGES if n.lower() == asked.argument.lower()), "")
    if not chosen:
        return _plain(languages(asked.wording), asked)
    wording = asked.wordings.of(chosen, asked.knowledge.romanised)
    reply = text_reply(wording.say("language_chosen"))
    return _plain(replace(reply, language=chosen), asked)


def _feedback(asked: Asked) -> Done:
    words = asked.argument[:MAX_FEEDBACK]
    reply = text_reply(asked.wording.say("feedback_thanks" if words else "feedback_how"))
    return _plain(replace(reply, feedback=words), asked)


def _delete_me(asked: Asked) -> Done:
    if asked.argument == "yes":
        reply = text_reply(asked.wording.say("delete_done"))
        return Done(replace(reply, forget=True), Session())
    if asked.argument == "no":
        return _plain(text_reply(asked.wording.say("delete_not")), asked)
    return _plain(confirming(asked.wording), asked)


def _reset(asked: Asked) -> Done:
    return Done(text_reply(asked.wording.say("reset")), Session())


def _number(argument: str) -> int:
    """The page that is asked for, counted from 0."""
    return int(argument) - 1 if argument.isdecimal() and len(argument) < 6 else 0


DEEDS: dict[Name, Callable[[Asked], Done]] = {
    Name.START: _start,
    Name.HELP: lambda asked: _plain(text_reply(asked.wording.say("help")), asked),
    Name.PLACES: lambda asked: _plain(
        places(asked.knowledge, asked.wording, _number(asked.argument)), asked
    ),
    Name.TOPICS: lambda asked: _plain(
        topics(asked.knowledge, asked.wording, _number(asked.argument)), asked
    ),
    Name.SOURCE: _source,
    Name.COMPARE: _compare,
    Name.RELATED: _related,
    Name.RESET: _reset,
    Name.LANGUAGE: _language,
    Name.FEEDBACK: _feedback,
    Name.PRIVACY: lambda asked: _plain(text_reply(asked.wording.say("privacy")), asked),
    Name.DELETE_ME: _delete_me,
    Name.ABOUT: lambda asked: _plain(about(asked.knowledge, asked.wording), asked),
}
"""All but /reload, which changes the bot itself."""

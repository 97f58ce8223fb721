"""What the bot says of itself: what it can do, for which places and topics, and what it keeps."""

from __future__ import annotations

from functools import lru_cache

from bot import __version__
from bot.dialogue.naming import covered
from bot.dialogue.wording import LANGUAGES, Wording
from bot.knowledge import Knowledge
from bot.messages import Option, Reply, text_reply

MAX_EXAMPLES = 3
_PLACES_A_PAGE = 30
_TOPICS_A_PAGE = 6


def introduced(knowledge: Knowledge, wording: Wording) -> Reply:
    """What it can do, with questions to tap."""
    text = wording.say(
        "start",
        places=str(len(knowledge.years)),
        reports=str(knowledge.base.report_count()),
        facts=str(knowledge.base.size),
    )
    return text_reply(text, examples(knowledge))


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
        if len(options) == MAX_EXAMPLES:
            break
    return tuple(options)


def places(knowledge: Knowledge, wording: Wording, page: int) -> Reply:
    """The covered places with their years, some a page."""
    every = covered(knowledge, len(knowledge.years))
    shown, turning = _page(every, page, _PLACES_A_PAGE, "/places")
    return text_reply(wording.say("places", covered=tuple(shown)), turning)


def topics(knowledge: Knowledge, wording: Wording, page: int) -> Reply:
    """What can be asked, what most places report first; a tap asks for it."""
    names = popular(knowledge)
    shown, turning = _page(names, page, _TOPICS_A_PAGE, "/topics")
    return text_reply(
        wording.say("topics", count=str(len(names))),
        (*(Option(name, name) for name in shown), *turning),
    )


def _page(
    things: tuple[str, ...], page: int, size: int, command: str
) -> tuple[tuple[str, ...], tuple[Option, ...]]:
    """One page, and the options that turn to its neighbours."""
    last = max(0, (len(things) - 1) // size)
    page = min(max(page, 0), last)
    turning = [
        Option(f"{label} {n + 1}/{last + 1}", f"{command} {n + 1}", in_place=True)
        for label, n in (("‹", page - 1), ("›", page + 1))
        if 0 <= n <= last
    ]
    return things[page * size : (page + 1) * size], tuple(turning)


@lru_cache(maxsize=1)
def popular(knowledge: Knowledge) -> tuple[str, ...]:
    """Names of the measures that are reported, those of most places first."""
    places: dict[str, int] = {}
    for measure in knowledge.tongue.catalog.measures.values():
        if found := {c.code for c in knowledge.base.of_measure(measure.id)}:
            places[measure.name] = len(found)
    return tuple(sorted(places, key=lambda name: -places[name]))


def about(knowledge: Knowledge, wording: Wording) -> Reply:
    """Who answers, from what."""
    text = wording.say(
        "about",
        program=__version__,
        version=knowledge.version,
        hash=knowledge.seal,
        reports=str(knowledge.base.report_count()),
        facts=str(knowledge.base.size),
    )
    return text_reply(text)


def languages(wording: Wording) -> Reply:
    """Asks which language."""
    options = tuple(
        Option(wording.say(f"language_{name.replace('-', '_').lower()}"), f"/language {name}")
        for name in LANGUAGES
    )
    return text_reply(wording.say("which_language"), options)


def confirming(wording: Wording) -> Reply:
    """Asks whether everything of the user is really to be deleted."""
    options = (
        Option(wording.say("delete_yes"), "/delete_me yes", in_place=True),
        Option(wording.say("delete_no"), "/delete_me no", in_place=True),
    )
    return text_reply(wording.say("delete_ask"), options)

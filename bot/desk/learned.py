"""/unanswered and /stats: what people asked, what they did not get, and which words to teach."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby, islice

from bot.desk.words import reply_of
from bot.dialogue.wording import Wording
from bot.knowledge import Knowledge
from bot.learning.counts import Missed
from bot.learning.store import Learning
from bot.messages import Option, Reply
from intents.aliases import MAX_LENGTH, MIN_LENGTH
from intents.vocabulary import WordKind

GROUPS, QUESTIONS, WORDS = 12, 3, 6
"""So many groups are shown, so many questions of each, and so many words to teach."""
LOOKED_AT = 100
"""Words to teach come from so many of the most frequent questions."""


class Missing:
    """What was not answered."""

    def __init__(self, learning: Learning, wording: Wording) -> None:
        self._learning = learning
        self._wording = wording

    def unanswered(self, knowledge: Knowledge, today: date) -> Reply:
        """Missed questions by reason and nearest measure, with words that nobody knows."""
        say = self._wording.say
        missed = self._learning.missed()
        if not missed:
            return reply_of(say("unanswered_none"))
        groups = grouped(missed)
        lines = [say("unanswered_head", count=str(sum(m.count for m in missed)))]
        for (reason, measure), questions in groups[:GROUPS]:
            about = measure_name(measure, knowledge)
            key = f"missed_{reason}"
            known = key in self._wording.templates
            lines.append(
                say("unanswered_group", reason=say(key) if known else reason,
                    measure=about or say("no_measure"), count=str(sum(m.count for m in questions)))
            )  # fmt: skip
            lines += [
                say("unanswered_line", count=str(m.count), question=m.text)
                for m in questions[:QUESTIONS]
            ]
        if len(groups) > GROUPS:
            lines.append(say("plan_more", count=str(len(groups) - GROUPS)))
        unknown = (w for m in missed[:LOOKED_AT] for w in unknown_words(m.text, knowledge, today))
        options = tuple(
            Option(say("button_alias", word=word), f"/alias {word}")
            for word in islice(dict.fromkeys(unknown), WORDS)
        )
        return reply_of(*lines, options=options)

    def stats(self, knowledge: Knowledge) -> Reply:
        """Questions a day, the answered share, top measures and places, thumbs."""
        say, stats = self._wording.say, self._learning.stats()
        lines = [say("stats_head", asked=str(stats.asked), share=f"{stats.share:.0%}")]
        lines += [
            say("stats_day", day=d.day, asked=str(d.asked), answered=str(d.answered))
            for d in stats.days[-7:]
        ]
        measures = [f"{measure_name(m, knowledge)} {n}" for m, n in stats.measures[:8]]
        places = [f"{place_name(p, knowledge)} {n}" for p, n in stats.places[:8]]
        lines += [say("stats_measures", names="、".join(measures))] if measures else []
        lines += [say("stats_places", names="、".join(places))] if places else []
        lines.append(say("stats_thumbs", good=str(stats.good), bad=str(stats.bad)))
        return reply_of(*lines)


Group = tuple[tuple[str, str], list[Missed]]


def grouped(missed: list[Missed]) -> list[Group]:
    """Missed questions by reason and nearest measure, the most frequent group first."""

    def key(m: Missed) -> tuple[str, str]:
        return m.reason, m.measure

    groups = [(k, list(ms)) for k, ms in groupby(sorted(missed, key=key), key=key)]
    for _, questions in groups:
        questions.sort(key=lambda m: (-m.count, m.text))
    return sorted(groups, key=lambda g: (-sum(m.count for m in g[1]), g[0]))


def unknown_words(text: str, knowledge: Knowledge, today: date) -> Iterator[str]:
    """The stretches of a question that the language does not know: what could be taught."""
    for token in knowledge.reader.read(text, today).tokens:
        word = token.text.strip("的了吗呢吧啊")
        taught = token.kind is WordKind.UNKNOWN and MIN_LENGTH <= len(word) <= MAX_LENGTH
        if taught and sum(c.isalpha() for c in word) >= MIN_LENGTH:
            yield word


def measure_name(measure: str, knowledge: Knowledge) -> str:
    """What a measure is called, or "" for none."""
    known = knowledge.tongue.catalog.measures.get(measure)
    return known.name if known else measure


def place_name(code: str, knowledge: Knowledge) -> str:
    """What a place is called."""
    place = knowledge.tongue.gazetteer.places.get(code)
    return knowledge.names.get(code) or (place.name if place else code)

"""/alias: a word of the citizens becomes another name of a measure, with a test of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from bot.building import ALIASES
from bot.desk.overlay import without
from bot.desk.releasing import Counter, quiet
from bot.desk.words import reply_of
from bot.dialogue.wording import Wording
from bot.knowledge import Knowledge
from bot.learning.hearing import nearest
from bot.learning.store import Learning
from bot.messages import Message, Option, Reply
from bot.release.plan import Change, Plan
from intents.aliases import MAX_LENGTH, MIN_LENGTH, parse_aliases
from intents.catalog import Measure
from intents.text import normalise

FILE = f"config/{ALIASES}"
SCRIPT = "config/dialogues/aliases.dialogue.yaml"
OFFERED = 8
HEAD = "# Written by /alias; may be edited by hand. A word, and the measure that it means here.\n"
_SCRIPT_HEAD = "# Written by /alias: each alias asks for just what its measure does.\n"


class School:
    """Where words are taught."""

    def __init__(
        self,
        data: Path,
        counter: Counter,
        learning: Learning,
        wording: Wording,
        today: Callable[[], date],
    ) -> None:
        self._data = data
        self._counter = counter
        self._learning = learning
        self._wording = wording
        self._today = today

    def alias(self, said: str, message: Message) -> Reply:
        """`word` offers measures; `word = measure` stages the alias."""
        say, knowledge = self._wording.say, self._counter.releaser.current
        word, sign, wanted = (part.strip() for part in said.partition("="))
        word = normalise(word).plain.strip()
        if not word:
            return self._all(knowledge)
        if not MIN_LENGTH <= len(word) <= MAX_LENGTH:
            fields = {"least": str(MIN_LENGTH), "most": str(MAX_LENGTH)}
            return reply_of(say("alias_length", **fields))
        found = named(wanted, knowledge) if sign else self._near(word, knowledge)
        if not sign or len(found) != 1:
            found = found or self._near(word, knowledge)
            options = tuple(Option(m.name, f"/alias {word} = {m.id}") for m in found[:OFFERED])
            return reply_of(say("alias_which", word=word), options=options)
        return self._teach(word, found[0], message)

    def _near(self, word: str, knowledge: Knowledge) -> list[Measure]:
        """The measures that a word may be meant for, by what it says and where it was asked."""
        measures = knowledge.tongue.catalog.measures
        question = knowledge.reader.read(word, self._today())
        near = [m for frame in question.frames for m in nearest(frame, knowledge)]
        asked = [m.measure for m in self._learning.missed() if word in m.text]
        often = [id_ for id_, _ in self._learning.stats().measures]
        ids = [*asked, *(m.id for m in near), *often, *_reported(knowledge)]
        return [measures[id_] for id_ in dict.fromkeys(ids) if id_ in measures]

    def _all(self, knowledge: Knowledge) -> Reply:
        """The aliases there are, each with a button that drops it."""
        say, measures = self._wording.say, knowledge.tongue.catalog.measures
        aliases = parse_aliases(self._text(), self._data / FILE)
        lines = [say("alias_line", word=a.text, measure=measures[a.measure].name)
                 for a in aliases if a.measure in measures]  # fmt: skip
        options = tuple(
            Option(say("button_unalias", word=a.text), f"/unalias {a.text}") for a in aliases
        )
        return reply_of(say("alias_usage"), *lines, options=options)

    def _text(self) -> str:
        path = self._data / FILE
        return path.read_text(encoding="utf-8") if path.is_file() else HEAD

    def _teach(self, word: str, measure: Measure, message: Message) -> Reply:
        text = f"{without(self._text(), word)}{json.dumps(word, ensure_ascii=False)}:\n"
        text += f"  measure: {measure.id}\n"
        return self._stage(text, f"{word} = {measure.name}", message)

    def drop(self, said: str, message: Message) -> Reply:
        """Take an alias back."""
        word = normalise(said).plain.strip()
        if word not in {a.text for a in parse_aliases(self._text(), self._data / FILE)}:
            return self._all(self._counter.releaser.current)
        return self._stage(without(self._text(), word), f"{word} ✗", message)

    def _stage(self, text: str, detail: str, message: Message) -> Reply:
        files, script = {FILE: text.encode()}, self._script(text).encode()
        if script:
            files[SCRIPT] = script
        gone = () if script else (SCRIPT,)
        change = Change("alias", detail, files, gone, asks=True, strict=True)

        def preview(plan: Plan) -> Iterator[str]:
            yield self._wording.say("alias_preview", detail=detail)

        return self._counter.release(change, message.user, message.told or quiet, preview)

    def _script(self, text: str) -> str:
        """A dialogue for each alias: it brings what the name of its measure brings."""
        knowledge = self._counter.releaser.current
        dialogues = ""
        for alias in parse_aliases(text, self._data / FILE):
            measure = knowledge.tongue.catalog.measures.get(alias.measure)
            if measure is None:
                continue
            where = _somewhere(measure, knowledge)
            name, one, other = (
                json.dumps(said, ensure_ascii=False)
                for said in (alias.text, f"{where}{measure.name}", f"{where}{alias.text}")
            )
            dialogues += f"  - name: {name}\n    turns:\n      - say: {one}\n"
            dialogues += "        status: [answered, clarify, no_data]\n"
            dialogues += f"      - say: {other}\n        same_as: 1\n"
        return f"{_SCRIPT_HEAD}dialogues:\n{dialogues}" if dialogues else ""


def _somewhere(measure: Measure, knowledge: Knowledge) -> str:
    """A place and year that reports the measure, or any that is covered."""
    for candidate in knowledge.base.of_measure(measure.id):
        if candidate.year in knowledge.years.get(candidate.code, ()):
            return f"{knowledge.names[candidate.code]}{candidate.year}年"
    code, years = next(iter(knowledge.years.items()))
    return f"{knowledge.names[code]}{years[-1]}年"


def named(said: str, knowledge: Knowledge) -> list[Measure]:
    """The measures of this id or name, or of which it is a part of the name."""
    measures = knowledge.tongue.catalog.measures
    if said in measures:
        return [measures[said]]
    plain = normalise(said).plain
    part = [m for m in measures.values() if plain and plain in normalise(m.name).plain]
    return [m for m in part if normalise(m.name).plain == plain] or part


def _reported(knowledge: Knowledge) -> Iterator[str]:
    """Ids of measures that reports give, place by place."""
    for code, years in knowledge.years.items():
        for candidate in knowledge.base.candidates(code, years[-1]):
            if candidate.profile.intent:
                yield candidate.profile.intent

"""/correct: one figure mended or hidden, shown before it counts, kept with its note."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bot.building import CORRECTIONS
from bot.desk.overlay import without
from bot.desk.releasing import Counter, quiet
from bot.desk.words import reply_of
from bot.dialogue.wording import Wording
from bot.facts.model import Fact
from bot.ingest.corrections import MENDS
from bot.messages import Message, Option, Reply
from bot.release.asking import Interviewer
from bot.release.plan import Change, Plan

FILE = f"config/{CORRECTIONS}"
HEAD = "# Written by /correct; may be edited by hand, as config/corrections.yaml is.\n"
HIDE, DROP = "hide", "drop"


class Workshop:
    """Where figures are mended."""

    def __init__(
        self, data: Path, counter: Counter, interviewer: Interviewer, wording: Wording
    ) -> None:
        self._data = data
        self._counter = counter
        self._interviewer = interviewer
        self._wording = wording

    def correct(self, said: str, message: Message) -> Reply:
        """`id hide # note`, `id metric name # note`, …; an id or a question shows figures."""
        order, _, note = said.partition("#")
        key, _, rest = order.strip().partition(" ")
        what, _, value = rest.strip().partition(" ")
        if what == DROP and f"\n{key}:" in self._text():
            return self._stage(key, "", f"{key} {DROP}", message)
        fact = self._counter.releaser.current.base.fact(key)
        if fact is None:
            return self._found(order.strip())
        value = value.strip()
        if what == HIDE or (what in MENDS and value):
            mend = {HIDE: "true"} if what == HIDE else {what: value}
            note = note.strip() or self._wording.say("correct_by", who=message.user)
            entry = _entry(fact, mend, note)
            return self._stage(key, entry, f"{key} {rest.strip()}", message)
        return self._show(fact)

    def _found(self, question: str) -> Reply:
        """The figures that answer a question, to be picked."""
        say = self._wording.say
        answer = self._interviewer.ask(question, self._counter.releaser.current)
        if not question or not answer.cited:
            return reply_of(say("correct_usage"))
        options = tuple(
            Option(f"{c.fact.printed}　{c.fact.metric}（{c.place} {c.fact.year}年）",
                   f"/correct {c.fact.id}")
            for c in answer.cited
        )  # fmt: skip
        return reply_of(say("correct_which"), options=options)

    def _show(self, fact: Fact) -> Reply:
        say, base = self._wording.say, self._counter.releaser.current.base
        report = base.report(fact.report)
        fields = {
            "id": fact.id, "figure": fact.printed, "metric": fact.metric, "place": fact.area.full,
            "year": str(fact.year), "kind": fact.kind.value, "excerpt": fact.excerpt,
            "title": report.title, "start": str(fact.start), "end": str(fact.end),
        }  # fmt: skip
        hide = Option(say("button_hide"), f"/correct {fact.id} {HIDE}")
        return reply_of(say("correct_fact", **fields), options=(hide,))

    def _text(self) -> str:
        path = self._data / FILE
        return path.read_text(encoding="utf-8") if path.is_file() else HEAD

    def _stage(self, key: str, entry: str, detail: str, message: Message) -> Reply:
        whole = without(self._text(), key) + entry
        empty = not any(line.strip() and line[0] != "#" for line in whole.splitlines())
        whole += "{}\n" if empty else ""
        change = Change("correct", detail, {FILE: whole.encode()}, asks=True, key=entry and key)

        def preview(plan: Plan) -> Iterator[str]:
            yield self._wording.say("correct_preview", detail=detail)

        return self._counter.release(change, message.user, message.told or quiet, preview)


def _entry(fact: Fact, mend: dict[str, str], note: str) -> str:
    """An entry of the overlay; the figure as printed is its condition."""
    values = {"text": fact.text, "note": note} | mend
    lines = (f"  {k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in values.items())
    return f"{fact.id}:\n{''.join(lines)}"

"""Documents that admins send: checked, extracted, shown, published when somebody agrees."""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePath

from bot.building import UPLOADS
from bot.desk.releasing import Counter, quiet
from bot.desk.words import reply_of
from bot.dialogue.wording import Wording
from bot.errors import ReportError
from bot.facts.model import Report
from bot.facts.whole import titles
from bot.ingest.formats.kinds import Format, format_of
from bot.ingest.reading import MAX_BYTES
from bot.messages import Message, Option, Reply
from bot.release.asking import spread
from bot.release.plan import Change, Plan

SHOWN = 5
"""So many figures of a report are shown."""
_STRANGE = re.compile(r"[^\w\-]+")
_LONGEST = 60
_SUFFIXES = {Format.PAGE: ".html", Format.PDF: ".pdf", Format.TEXT: ".txt", Format.WORD: ".docx"}


def safe_name(name: str, data: bytes) -> str:
    """A file name of ours for a file of theirs: letters and digits of the name, and the content.

    Nothing of a path, no leading dot, never the name of another file; its end tells what the
    content is, whatever theirs said. Reading a file that is no report says so, not its name.
    """
    path = PurePath(name.replace("\\", "/").replace("\x00", ""))
    stem = _STRANGE.sub("-", path.stem).strip("-._")[:_LONGEST]
    try:
        suffix = _SUFFIXES[format_of(data)]
    except ReportError:
        suffix = ".txt"
    return f"{stem or 'report'}-{sha256(data).hexdigest()[:12]}{suffix}"


class Inbox:
    """Takes documents."""

    def __init__(self, counter: Counter, wording: Wording) -> None:
        self._counter = counter
        self._wording = wording

    def receive(self, message: Message, name: str, data: bytes) -> Reply:
        """Stage a report with everything that is there already, and show what it would bring."""
        if len(data) > MAX_BYTES:
            limit = str(MAX_BYTES // 1_000_000)
            return reply_of(self._wording.say("upload_too_big", limit=limit))
        sha = sha256(data).hexdigest()
        for title in titles(self._counter.releaser.current.base):
            if title.sha256 == sha:
                fields = {"title": title.title, "file": Path(title.file).name}
                return reply_of(self._wording.say("upload_known", **fields))
        file = safe_name(name, data)
        change = Change("upload", file, {f"{UPLOADS}/{file}": data}, asks=True)

        def preview(plan: Plan) -> Iterator[str]:
            return self._preview(plan, sha)

        return self._counter.release(change, message.user, message.told or quiet, preview)

    def withdraw(self, name: str, message: Message) -> Reply:
        """Take a report back that was sent; without a name, show which there are."""
        say, sent = self._wording.say, self._sent()
        if name not in sent:
            options = tuple(
                Option(say("button_withdraw", title=title), f"/withdraw {file}")
                for file, title in sent.items()
            )
            return reply_of(say("withdraw_which" if sent else "withdraw_none"), options=options)
        change = Change("withdraw", name, removed=(f"{UPLOADS}/{name}",), asks=True)
        return self._counter.release(change, message.user, message.told or quiet)

    def _sent(self) -> dict[str, str]:
        """The reports that were sent: file names and titles."""
        releaser = self._counter.releaser
        named = {PurePath(t.file).name: t.title for t in titles(releaser.current.base)}
        return {name: named[name] for name in releaser.uploads() if name in named}

    def _preview(self, plan: Plan, sha: str) -> Iterator[str]:
        base, say = plan.knowledge.base, self._wording.say
        report = base.report(sha)
        facts = [f for f in base.facts() if f.report == sha]
        yield say(
            "upload_preview", title=report.title, place=report.area.full, year=str(report.year),
            facts=str(len(facts)), excluded=str(len(base.excluded(sha))),
        )  # fmt: skip
        for fact in spread(facts, SHOWN):
            where = {"place": fact.area.name, "year": str(fact.year)}
            yield say("upload_fact", figure=fact.printed, metric=fact.metric, **where)
        yield from self._others(plan, report)

    def _others(self, plan: Plan, report: Report) -> Iterator[str]:
        """Reports of the same place and year, which stay."""
        for title in titles(plan.knowledge.base):
            same = (title.code, title.year) == (report.area.code, report.year)
            if same and title.sha256 != report.sha256:
                yield self._wording.say(
                    "upload_again", place=report.area.name, year=str(report.year),
                    title=title.title, file=Path(title.file).name,
                )  # fmt: skip

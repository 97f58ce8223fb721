"""Releases: one at a time, staged, reviewed, published by one pointer, and taken back.

Whatever fails, the current base goes on. The lock is held as long as a plan waits, so that a second
admin, or a second process, is told instead of losing the first one's work.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from bot.building import UPLOADS, reopen, stage_knowledge
from bot.errors import BotError
from bot.ingest.build import report_files
from bot.knowledge import Knowledge, Live
from bot.release.asking import Interviewer
from bot.release.audit import AuditLog
from bot.release.plan import Change, Plan
from bot.release.review import Review, Reviewer
from bot.release.scripts import Play, script_files
from bot.release.shelf import Busy, Shelf, Version
from bot.settings import Settings

logger = logging.getLogger(__name__)
PATIENCE = timedelta(hours=1)
"""So long a plan waits before another admin may drop it by beginning anew."""
ELSEWHERE = "build"
"""Who it is in the audit log when a base was built by hand."""
_ENDED = ("publish", "published", "rollback")
Told = Callable[[str, int, int], None]
"""Hears of progress: the step, and how much of it is done of how much."""


class ReleaseError(BotError):
    """A release cannot go on; what answers is what answered before."""


class Waiting(Busy):
    """Another admin's plan waits for an answer."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{plan.who}: {plan.version}")
        self.plan = plan


@dataclass(frozen=True, slots=True)
class Outside:
    """What a release needs of the world."""

    interviewer: Interviewer
    play: Play
    clock: Callable[[], datetime]


def _check(change: Change, review: Review) -> None:
    """Refuse what an admin has asked for and what cannot be, however much it is wished."""
    if change.strict and review.broken:
        raise ReleaseError("\n".join(map(str, review.broken)))
    unfit = [s for s in review.built.stale if change.key and f" {change.key}: " in s]
    if unfit:
        raise ReleaseError(unfit[0])


class Releaser:
    """The releases of one deployment."""

    def __init__(self, settings: Settings, live: Live, audit: AuditLog, outside: Outside) -> None:
        self._settings = settings
        self._live = live
        self.audit = audit
        self._outside = outside
        self._shelf = Shelf(settings.data_dir, settings.bases)
        self._turn = threading.Lock()
        self._plan: Plan | None = None

    @property
    def plan(self) -> Plan | None:
        """The plan that waits for an answer."""
        return self._plan

    @property
    def current(self) -> Knowledge:
        """What answers now."""
        return self._live.current

    @property
    def serving(self) -> str:
        """The version that answers now."""
        return self._live.current.version

    def prepare(self, change: Change, who: str, told: Told) -> Plan:
        """Stage and review a change; the plan waits until it is published or cancelled.

        Busy when another one is under way; BotError or IntentsError when a step fails.
        """
        if not self._turn.acquire(blocking=False):
            raise Busy("正在更换")
        try:
            self._make_room()
            self._shelf.take()
            try:
                self._plan = self._prepared(change, who, told)
            except BaseException as error:
                self._shelf.give_back()
                if not isinstance(error, Busy):
                    self._failed(change, who, error)
                raise
            return self._plan
        finally:
            self._turn.release()

    def _make_room(self) -> None:
        if self._plan is not None:
            if self._outside.clock() - self._plan.at < PATIENCE:
                raise Waiting(self._plan)
            self._drop(self._plan, "expired", self._plan.who)

    def _failed(self, change: Change, who: str, error: BaseException) -> None:
        said = f"{change.what} {change.detail}: {error}".strip()
        self._note("failed", who, self.serving, "", said)

    def _note(self, what: str, who: str, before: str, after: str, detail: str = "") -> None:
        """Record what has happened already; a log that cannot be written changes nothing of it."""
        try:
            self.audit.record(what, who, before, after, detail)
        except OSError as error:
            logger.error("the audit log is not written: %s", error)

    def catch_up(self, who: str) -> None:
        """Record what happened unseen: a release that was cut off, a base built by hand."""
        last = next((e for e in self.audit.entries() if e.what in _ENDED), None)
        before = last.after if last else ""
        if last is not None and last.what == "publish":
            if last.after == self.serving:
                self._note("published", last.who, last.before, last.after, last.detail)
            else:
                before = last.before
                self._note("failed", last.who, before, "", f"{last.detail} (interrupted)")
        if before != self.serving:
            self._note("published", who, before, self.serving)

    def _prepared(self, change: Change, who: str, told: Told) -> Plan:
        current = self._live.current
        self._shelf.stage(change.files, change.removed)
        staged = self._shelf.staged
        built, knowledge = stage_knowledge(
            self._settings,
            staged,
            lambda done, total, _: told("reading", done, total),
            current.base,
        )
        try:
            reviewer = Reviewer(
                self._outside.interviewer, self._outside.play, lambda step: told(step, 0, 0)
            )
            scripts = self._scripts(change.removed, staged), self._scripts()
            stored = self._shelf.stored(current.version)
            review = reviewer.review(built, knowledge, current, stored, scripts)
            _check(change, review)
        except BaseException:
            knowledge.base.close()
            raise
        return Plan(change, who, self._outside.clock(), current.version, knowledge, review)

    def _scripts(self, removed: Sequence[str] = (), *more: Path) -> Sequence[Path]:
        own = (folder / "config" / "dialogues" for folder in (self._settings.data_dir, *more))
        gone = {self._settings.data_dir / name for name in removed}
        return [p for p in script_files(self._settings.dialogues, *own) if p not in gone]

    def publish(self, version: str, who: str) -> Plan:
        """Publish the plan that waits; ReleaseError when it is another one, or none."""
        with self._turn:
            plan = self._expected(version)
            if self._live.current.version != plan.before:
                self._drop(plan, "cancelled", who)
                raise ReleaseError("在此期间知识库已经换过，请重新来一次")
            detail = f"{plan.change.what} {plan.change.detail}".strip()
            self.audit.record("publish", who, plan.before, plan.version, detail)
            try:
                self._shelf.store(plan.review.built.path, plan.review.stored)
                self._shelf.publish(plan.review.built.path)
            except OSError as error:
                self._drop(plan, "failed", who)
                raise ReleaseError(f"写不进去：{error.strerror or error}") from error
            self._live.swap(plan.knowledge)
            self._plan = None
            self._note("published", who, plan.before, plan.version, detail)
            self._shelf.give_back()
            return plan

    def cancel(self, version: str, who: str) -> Plan:
        """Drop the plan that waits."""
        with self._turn:
            plan = self._expected(version)
            self._drop(plan, "cancelled", who)
            return plan

    def _expected(self, version: str) -> Plan:
        if self._plan is None or self._plan.version != version:
            raise ReleaseError("没有等待发布的这个版本，它可能已经发布、取消或过期")
        return self._plan

    def _drop(self, plan: Plan, what: str, who: str) -> None:
        self._plan = None
        plan.knowledge.base.close()
        self._shelf.give_back()
        self._note(what, who, plan.before, plan.version, plan.change.detail)

    def uploads(self) -> list[str]:
        """File names of the reports that were sent to the bot."""
        return [path.name for path in report_files(self._settings.data_dir / UPLOADS)]

    # -- versions ----------------------------------------------------------------------------

    def versions(self) -> tuple[Version, ...]:
        """The versions that can be gone back to, newest first."""
        return self._shelf.versions()

    def roll_back(self, name: str, who: str) -> Version:
        """Go back to a kept version, by its name or the beginning of it."""
        if not self._turn.acquire(blocking=False):
            raise Busy("正在更换")
        try:
            self._make_room()
            self._shelf.take()
            try:
                return self._rolled_back(name, who)
            finally:
                self._shelf.give_back()
        finally:
            self._turn.release()

    def _rolled_back(self, name: str, who: str) -> Version:
        found = [v for v in self.versions() if name and v.name.startswith(name)]
        if len(found) != 1:
            raise ReleaseError("没有这个版本")
        before = self._live.current.version
        knowledge = reopen(found[0].path)
        self._shelf.go_back(found[0])
        self._live.swap(knowledge)
        self._note("rollback", who, before, found[0].name)
        return found[0]

    def _followed(self) -> bool:
        self._live.swap(reopen(self._shelf.pointed()))
        self.catch_up(ELSEWHERE)
        return True

    def follow(self) -> bool:
        """Take up what another process has published; True when there was something."""
        if not self._turn.acquire(blocking=False):
            return False
        try:
            if self._shelf.pointed().stem == self._live.current.seal:
                return False
            if self._plan is not None:
                return self._followed()
            self._shelf.take()  # whoever publishes has not written its log yet
            try:
                return self._followed()
            finally:
                self._shelf.give_back()
        except Busy:
            return False
        finally:
            self._turn.release()

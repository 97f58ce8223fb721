"""/reload, /publish, /cancel, /rollback and /audit: releases in the admins' words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.desk.telling import answers_to, done_lines, plan_reply
from bot.desk.words import reply_of
from bot.dialogue.wording import Wording
from bot.errors import BotError
from bot.messages import Option, Reply
from bot.release.audit import Entry
from bot.release.plan import Change, Plan
from bot.release.releaser import Releaser, Waiting
from bot.release.shelf import Busy
from intents.errors import IntentsError

AUDITED = 15
Told = Callable[[str], None]
"""Hears, in words, how far long work has come."""


Preview = Callable[[Plan], Iterable[str]]
"""What is told of a plan before everything else."""


def quiet(text: str) -> None:
    """Tells nobody."""


def unseen(plan: Plan) -> Iterable[str]:
    """No preview."""
    return ()


class Counter:
    """Where releases are asked for."""

    def __init__(self, releaser: Releaser, wording: Wording) -> None:
        self.releaser = releaser
        self._wording = wording

    def steps(self, told: Told) -> Callable[[str, int, int], None]:
        """Steps of a release, told in words."""

        def step(name: str, done: int, total: int) -> None:
            told(self._wording.say(f"step_{name}", done=str(done), total=str(total)))

        return step

    def release(
        self, change: Change, who: str, told: Told = quiet, preview: Preview = unseen
    ) -> Reply:
        """Prepare a change; publish it at once when nobody has to be asked."""
        try:
            plan = self.releaser.prepare(change, who, self.steps(told))
            if not plan.automatic:
                return plan_reply(plan, self._wording, *preview(plan))
            self.releaser.publish(plan.version, who)
            return reply_of(*done_lines(plan, self._wording))
        except Waiting as waiting:
            return self.waiting(waiting.plan)
        except Busy:
            return reply_of(self._wording.say("reload_busy"))
        except (BotError, IntentsError, OSError) as error:
            return self.failed(error, change.what)

    def waiting(self, plan: Plan) -> Reply:
        """Tell of a plan that somebody else has begun, or this admin before."""
        fields = {"who": plan.who, "version": plan.version, "at": f"{plan.at:%H:%M}"}
        detail = plan.change.detail or plan.change.what
        show = Option(self._wording.say("button_show"), "/plan")
        told = self._wording.say("admin_waiting", detail=detail, **fields)
        return reply_of(told, options=(show, *answers_to(plan, self._wording)))

    def failed(self, error: Exception, what: str = "reload") -> Reply:
        """Say that everything stays as it is, and why."""
        version = self.releaser.serving
        return reply_of(self._wording.say(f"failed_{what}", version=version, reason=str(error)))

    def show(self) -> Reply:
        """The plan that waits, in full."""
        plan = self.releaser.plan
        return plan_reply(plan, self._wording) if plan else self.versions()

    def publish(self, version: str, who: str) -> Reply:
        """Publish the plan that waits."""
        try:
            plan = self.releaser.publish(version, who)
        except BotError as error:
            return self.failed(error)
        fields = {"version": plan.version, "before": plan.before}
        back = Option(self._wording.say("button_back", version=plan.before),
                      f"/rollback {plan.before}")  # fmt: skip
        options = (back,) if plan.version != plan.before else ()
        return reply_of(self._wording.say("plan_published", **fields), options=options)

    def cancel(self, version: str, who: str) -> Reply:
        """Drop the plan that waits."""
        try:
            plan = self.releaser.cancel(version, who)
        except BotError as error:
            return self.failed(error)
        return reply_of(self._wording.say("plan_cancelled", version=plan.before))

    def roll_back(self, version: str, who: str) -> Reply:
        """Go back to a kept version; without one, show which there are."""
        if not version:
            return self.versions()
        try:
            back = self.releaser.roll_back(version, who)
        except Waiting as waiting:
            return self.waiting(waiting.plan)
        except Busy:
            return reply_of(self._wording.say("reload_busy"))
        except (BotError, IntentsError, OSError) as error:
            return self.failed(error)
        return reply_of(self._wording.say("rolled_back", version=back.name))

    def versions(self) -> Reply:
        """The versions that are kept."""
        say = self._wording.say
        found = self.releaser.versions()
        lines = [
            say("version_line", version=v.name, at=f"{v.at:%Y-%m-%d %H:%M}",
                now=say("version_now") if v.current else "")
            for v in found
        ]  # fmt: skip
        options = tuple(
            Option(say("button_back", version=v.name), f"/rollback {v.name}")
            for v in found
            if not v.current
        )
        return reply_of(say("versions"), *lines, options=options)

    def audit(self) -> Reply:
        """The last changes, the newest first."""
        say = self._wording.say
        entries = self.releaser.audit.entries(AUDITED)
        if not entries:
            return reply_of(say("audit_empty"))
        return reply_of(say("audit_head"), *map(self._entry, entries))

    def _entry(self, entry: Entry) -> str:
        fields = {
            "at": entry.at[:16].replace("T", " "),
            "who": entry.who,
            "what": self._wording.say(f"audit_{entry.what}"),
            "before": entry.before or "–",
            "after": entry.after or "–",
            "detail": entry.detail,
        }
        return self._wording.say("audit_line", **fields).rstrip()

"""The admins' desk of a bot, put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from bot.desk.correcting import Workshop
from bot.desk.desk import Desk
from bot.desk.learned import Missing
from bot.desk.receiving import Inbox
from bot.desk.releasing import Counter
from bot.desk.teaching import School
from bot.desk.words import admin_wording
from bot.dialogue.wording import Wordings
from bot.knowledge import Knowledge, Live
from bot.learning.store import Learning
from bot.release.asking import Interviewer
from bot.release.audit import AuditLog
from bot.release.releaser import Outside, Releaser
from bot.release.scripts import Play, Played
from bot.settings import Settings


def unplayed(scripts: Sequence[Path], knowledge: Knowledge) -> Played:
    """Plays nothing."""
    return Played(0, ())


def now() -> datetime:
    """The time of the audit log, with its zone."""
    return datetime.now().astimezone()


def make_desk(
    settings: Settings, live: Live, learning: Learning, wordings: Wordings,
    today: Callable[[], date], play: Play,
) -> Desk:  # fmt: skip
    """The desk over what answers now."""
    data, wording = settings.data_dir, admin_wording()
    interviewer = Interviewer(wordings, today())
    audit = AuditLog(data / "audit.jsonl", now)
    releaser = Releaser(settings, live, audit, Outside(interviewer, play, now))
    counter = Counter(releaser, wording)
    return Desk(
        admins=settings.admins,
        counter=counter,
        inbox=Inbox(counter, wording),
        missing=Missing(learning, wording),
        school=School(data, counter, learning, wording, today),
        workshop=Workshop(data, counter, interviewer, wording),
        wording=wording,
        date_of_today=today,
    )

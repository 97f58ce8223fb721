"""config/replies.admin.yaml: what admins are told, as lines of a reply."""

from __future__ import annotations

from bot.dialogue.wording import Wording, load_wording
from bot.messages import Line, Option, Reply, Run
from bot.settings import ROOT

ADMIN_FILE = ROOT / "config" / "replies.admin.yaml"


def admin_wording() -> Wording:
    """The admins' templates; faults are DataFileErrors with file and line."""
    return load_wording(ADMIN_FILE)


def lines_of(*texts: str) -> tuple[Line, ...]:
    """Texts as lines; a text of several lines gives several."""
    return tuple((Run(line),) for text in texts for line in text.split("\n"))


def reply_of(*texts: str, options: tuple[Option, ...] = ()) -> Reply:
    """A reply of plain lines."""
    return Reply(lines_of(*texts), options)

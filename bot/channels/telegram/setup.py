"""What the channel is told when it is set up."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.channels.telegram.courtesy import Manners


@dataclass(frozen=True, slots=True)
class Setup:
    """What the channel is told by the settings."""

    token: str
    api_root: str
    folder: Path
    """Where the inbox lies."""
    webhook_url: str = ""
    """Public URL of the webhook; "" for polling."""
    webhook_path: str = ""
    webhook_listen: str = ""
    webhook_secret: str = ""
    http_listen: str = ""
    manners: Manners = field(default_factory=Manners)
    charts: bool = False
    chart_font: str = ""
    """A font file with Chinese characters; "" to look for one."""
    most_waiting: int = 10_000
    """Updates that may wait; beyond that Telegram keeps them."""
    drain: float = 16.0
    """Seconds that answers under way are given at the end."""
    read_timeout: float = 20.0

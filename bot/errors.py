"""Errors of the bot; each message is fit to be shown to the person who can mend it.

BotError
├── SettingsError      a setting is unknown, malformed or missing
├── ReportError        a report cannot be taken (unreadable, empty, placeless, yearless)
├── BaseError          the fact base is missing, damaged or unproven
└── ChannelError       a channel cannot start
"""


class BotError(Exception):
    """Root of everything this package raises on purpose."""


class SettingsError(BotError):
    """A setting is unknown, malformed or missing."""


class ReportError(BotError):
    """A report cannot be taken; the others can."""


class BaseError(BotError):
    """The fact base cannot be used: missing, damaged, or a proof fails."""


class ChannelError(BotError):
    """A channel cannot start."""

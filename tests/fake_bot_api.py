"""The fake Bot API under its old name; it lives in the package, for `play --telegram`."""

from bot.channels.fake_bot_api import (
    TOKEN,
    USER,
    ApiError,
    Button,
    Failure,
    FakeBotApi,
    SentMessage,
    broken,
    dropped,
    flood,
    moved,
    slow,
)

__all__ = [
    "TOKEN", "USER", "ApiError", "Button", "Failure", "FakeBotApi", "SentMessage", "broken",
    "dropped", "flood", "moved", "slow",
]  # fmt: skip

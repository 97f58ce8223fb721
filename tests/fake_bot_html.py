"""The strict parser of Telegram's HTML, which lives in the package beside the fake Bot API."""

from bot.channels.fake_bot_html import MAX_ENTITIES, Entity, HtmlError, parse, utf16

__all__ = ["MAX_ENTITIES", "Entity", "HtmlError", "parse", "utf16"]

"""What the log holds, and keeping tokens, secrets and what people write out of it.

The token stands in the URL of every request, and the library's exceptions quote it. The libraries
are hushed, and a filter blots out whatever is left. One line tells of each update: its number, what
was asked for and how it went; not who asked, and not what was said unless a setting wants that.
"""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Sequence

from bot.messages import About


def hush_libraries() -> None:
    """Raise the levels of the loggers that write URLs or the texts of messages."""
    logging.getLogger("telegram").setLevel(logging.INFO)
    # Writes out, with a traceback, every answer that is no JSON: each error page of a proxy.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)
    logging.getLogger("aiohttp").setLevel(logging.WARNING)


def told(
    update: int, what: str, seconds: float, about: About | None, text: str = ""
) -> dict[str, object]:
    """Fields of the line that tells of an update, for `extra`."""
    fields: dict[str, object] = {"update": update, "kind": what, "ms": round(seconds * 1000, 1)}
    if about is not None:
        fields |= {"intent": about.intent, "status": about.status, "reason": about.reason}
    if text:
        fields["text"] = text
    return {"fields": {name: value for name, value in fields.items() if value != ""}}


def guard_log(*secrets: str) -> None:
    """Put the filter on all handlers there are by now, and on the one of last resort."""
    redact = redacting_filter(*secrets)
    for handler in filter(None, (*logging.getLogger().handlers, logging.lastResort)):
        handler.addFilter(redact)


def redacting_filter(*secrets: str) -> logging.Filter:
    """A filter that blots secrets out of messages, arguments and tracebacks.

    It belongs on handlers: a logger's filter does not see what its children log.
    """
    return _Redacting([secret.partition(":")[2] or secret for secret in secrets if secret])


def whereabouts(error: BaseException) -> str:
    """The last calls before the error: enough to find it, without words that a user wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    return " > ".join(f"{f.filename.rpartition('/')[2]}:{f.lineno} {f.name}" for f in frames)


def kind(error: BaseException | None) -> str:
    """The types of an error and its cause; their texts may hold what nobody should read."""
    chain = (error, error and error.__cause__)
    return " from ".join(type(link).__name__ for link in chain if link)


class Novelty:
    """Tells news from what was said a while ago: a broken network fails again every 30 seconds."""

    def __init__(self, lasting: float) -> None:
        self._lasting = lasting
        """Seconds after which the same thing is worth saying again."""
        self._said = ("", 0.0)

    def is_new(self, what: str) -> bool:
        """Whether to say it; if so, it counts as said."""
        said, when = self._said
        if what == said and time.monotonic() - when < self._lasting:
            return False
        self._said = (what, time.monotonic())
        return True


class _Redacting(logging.Filter):
    """Replaces the secrets; a record without them passes untouched."""

    def __init__(self, secrets: Sequence[str]) -> None:
        super().__init__()
        self._secrets = secrets

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record pass."""
        try:
            message = record.getMessage()
        except Exception:  # a malformed record is logging's to report, but not with the secret
            message = f"{record.msg} {record.args}"
        if self._blot(message) != message:
            record.msg, record.args = self._blot(message), ()
        if record.exc_info and not record.exc_text:
            text = logging.Formatter().formatException(record.exc_info)
            if self._blot(text) != text:
                # Formatters print this text; were exc_info left, others would format it anew.
                record.exc_text, record.exc_info = text, None
        record.exc_text = record.exc_text and self._blot(record.exc_text)
        record.stack_info = record.stack_info and self._blot(record.stack_info)
        return True

    def _blot(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, "[secret]")
        return text

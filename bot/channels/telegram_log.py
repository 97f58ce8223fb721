"""Keeping the bot token, and what people write, out of the log.

The token stands in the URL of every request, so the HTTP client logs it, and the library's
exceptions quote it. The libraries are hushed, and a filter blots it out of whatever is left.
"""

import logging
import time
import traceback


def hush_libraries() -> None:
    """Raise the levels of the loggers that write URLs or the texts of messages."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram").setLevel(logging.INFO)
    # Writes out, with a traceback, every answer that is no JSON: each error page of a proxy.
    logging.getLogger("telegram.request.BaseRequest").setLevel(logging.CRITICAL)


def guard_log(token: str) -> None:
    """Put the filter on all handlers there are by now, and on the one of last resort."""
    redact = redacting_filter(token)
    for handler in filter(None, (*logging.getLogger().handlers, logging.lastResort)):
        handler.addFilter(redact)


def redacting_filter(token: str) -> logging.Filter:
    """A filter that blots the token out of messages, arguments and tracebacks.

    It belongs on handlers: a logger's filter does not see what its children log.
    """
    return _Redacting(token.partition(":")[2] or token)


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
    """Replaces the secret; a record without it passes untouched."""

    def __init__(self, secret: str) -> None:
        super().__init__()
        self._secret = secret

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
        return text.replace(self._secret, "[token]") if self._secret else text

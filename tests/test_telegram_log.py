"""Neither the token nor what people write gets into the log."""

import io
import logging
from collections.abc import Iterator

import pytest

from bot.channels.telegram import log, redacting_filter
from bot.channels.telegram.log import Novelty, kind, whereabouts

SECRET = "AAsecretSecret_secret-secret"
TOKEN = f"4242:{SECRET}"


@pytest.fixture
def written() -> Iterator[tuple[logging.Logger, io.StringIO]]:
    """A logger, and what its handler writes, with the filter on the handler."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(redacting_filter(TOKEN))
    logger = logging.Logger("test")
    logger.addHandler(handler)
    yield logger, stream
    handler.close()


Written = tuple[logging.Logger, io.StringIO]


def test_messages_and_arguments(written: Written) -> None:
    logger, stream = written
    logger.info(f"POST /bot{TOKEN}/getMe")
    logger.info("POST %s %d", f"/bot{TOKEN}/getMe", 200)
    logger.info("nothing to hide: %s", "x")
    assert stream.getvalue().splitlines() == [
        "POST /bot4242:[secret]/getMe",
        "POST /bot4242:[secret]/getMe 200",
        "nothing to hide: x",
    ]


def test_tracebacks_and_stacks(written: Written) -> None:
    logger, stream = written
    try:
        try:
            raise ValueError(TOKEN)
        except ValueError as error:
            raise LookupError(f"rejected {TOKEN}") from error
    except LookupError:
        logger.exception("failed")
        record = logger.makeRecord("x", 10, "x", 1, "stack", (), None, sinfo=f"at {TOKEN}")
    logger.handle(record)
    assert "LookupError: rejected 4242:[secret]" in stream.getvalue()
    assert "ValueError: 4242:[secret]" in stream.getvalue()
    assert "at 4242:[secret]" in stream.getvalue()
    assert SECRET not in stream.getvalue()


def test_a_traceback_already_formatted(written: Written) -> None:
    logger, stream = written
    record = logger.makeRecord("x", 10, "x", 1, "m", (), None)
    record.exc_text = f"Traceback {TOKEN}"
    logger.handle(record)
    assert stream.getvalue() == "m\nTraceback 4242:[secret]\n"


def test_other_records_stay_whole() -> None:
    try:
        raise ValueError("x")
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("x", 10, "x", 1, "%s", ("x",), info)
    assert redacting_filter(TOKEN).filter(record)
    assert (record.msg, record.args, record.exc_info) == ("%s", ("x",), info)
    assert record.exc_text is None


def test_a_malformed_record_does_not_break_the_program(written: Written) -> None:
    logger, stream = written
    logger.info("%d %s", TOKEN)
    assert stream.getvalue() == "%d %s ('4242:[secret]',)\n"


@pytest.mark.parametrize(("token", "left"), [("", "abc"), ("abc", "[secret]")])
def test_tokens_without_a_colon(token: str, left: str) -> None:
    record = logging.LogRecord("x", 10, "x", 1, "abc", (), None)
    assert redacting_filter(token).filter(record)
    assert record.getMessage() == left


def test_an_error_is_placed_without_its_words() -> None:
    def fail() -> None:
        raise ValueError("秘密")

    with pytest.raises(ValueError) as caught:
        fail()
    place = whereabouts(caught.value)
    assert place.startswith("test_telegram_log.py:")
    assert place.endswith(" fail")
    assert "秘密" not in place
    assert whereabouts(ValueError()) == ""


def test_kinds() -> None:
    error = ValueError("秘密")
    error.__cause__ = OSError("秘密")
    assert kind(error) == "ValueError from OSError"
    assert kind(OSError()) == "OSError"
    assert kind(None) == ""


def test_the_same_is_news_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 5.0
    monkeypatch.setattr(log.time, "monotonic", lambda: now)
    novelty = Novelty(lasting=10)
    assert [novelty.is_new(what) for what in "aabba"] == [True, False, True, False, True]
    now = 14.9
    assert not novelty.is_new("a")
    now = 15.0
    assert novelty.is_new("a")

"""The parts of the Telegram channel that can be held alone: lanes, limits, pages, store, log."""

import asyncio
import io
import json
import logging
import sqlite3
import sys
from pathlib import Path

import pytest

from bot import logs
from bot.channels.telegram.html import MAX_ENTITIES, MAX_TEXT, pages
from bot.channels.telegram.inbox import Inbox, letter_of
from bot.channels.telegram.lanes import Lanes
from bot.channels.telegram.limits import Limits, Rate, Verdict
from bot.channels.telegram.reading import read_message, read_tap
from bot.channels.telegram.store import Store, StoreError
from bot.messages import Line, Run, Style

USER = {"id": 5, "is_bot": False, "first_name": "x"}
CHAT = {"id": 5, "type": "private"}


# Lanes


async def test_lanes_keep_order_and_are_let_go() -> None:
    done: list[tuple[str, int]] = []
    gate = asyncio.Event()

    async def work(thing: tuple[str, int]) -> None:
        if thing == ("a", 0):
            await gate.wait()
        done.append(thing)

    lanes = Lanes(work)
    for number in range(3):
        for lane in "ab":
            lanes.put(lane, (lane, number))
    assert not await lanes.wait(0.05)
    assert done == [("b", 0), ("b", 1), ("b", 2)]
    assert lanes.depth == 3
    gate.set()
    assert await lanes.wait(1)
    assert done[3:] == [("a", 0), ("a", 1), ("a", 2)]
    assert lanes.depth == 0


async def test_what_takes_too_long_is_broken_off() -> None:
    async def work(_: int) -> None:
        await asyncio.sleep(60)

    lanes: Lanes[int] = Lanes(work)
    lanes.put("a", 1)
    lanes.put("a", 2)
    assert not await lanes.drain(0.01)
    assert lanes.depth == 0


# Limits


def test_a_bucket_refills_and_who_was_told_is_told_again_after_a_rest() -> None:
    limits, rate = Limits(), Rate(burst=4, per_minute=60)
    verdicts = [limits.take("x", rate, 100.0) for _ in range(6)]
    assert verdicts == [Verdict.FINE] * 4 + [Verdict.TELL, Verdict.QUIET]
    assert limits.take("y", rate, 100.0) is Verdict.FINE
    assert limits.take("x", rate, 101.0) is Verdict.FINE, "one a second"
    assert limits.take("x", rate, 101.0) is Verdict.QUIET, "told a moment ago"
    assert limits.take("x", rate, 105.0) is Verdict.FINE
    assert [limits.take("x", rate, 105.0) for _ in range(4)][-1] is Verdict.TELL
    assert limits.take("x", rate, 50.0) is Verdict.QUIET, "a clock that goes back"


def test_the_least_recent_bucket_is_forgotten() -> None:
    limits, rate = Limits(size=2), Rate(1, 1)
    for key in "abc":
        assert limits.take(key, rate, 1.0) is Verdict.FINE
    assert limits.take("a", rate, 1.0) is Verdict.FINE
    assert limits.take("c", rate, 1.0) is Verdict.TELL


# Reading


def test_a_message_is_read() -> None:
    topic = {"is_topic_message": True, "message_thread_id": 9}
    reply = {"reply_to_message": {"from": {"id": 4242}}}
    body = {"message_id": 3, "chat": {"id": -1, "type": "supergroup"}, "from": USER, "text": "x"}
    said = read_message(body | topic | reply)
    assert said is not None
    assert (said.place.chat, said.place.topic, said.place.asked, said.place.alone) == (
        -1,
        9,
        3,
        False,
    )
    assert (said.answers, said.media, said.text) == (4242, False, "x")
    assert read_message({"message_id": 3, "chat": CHAT}) is None, "a channel's"
    robot = {**body, "from": USER | {"is_bot": True}}
    assert read_message(robot) is None
    assert read_message(robot | {"sender_chat": {}}) is not None


def test_a_tap_is_read() -> None:
    inline = read_tap({"id": "1", "from": USER, "inline_message_id": "x", "data": "d"})
    assert (inline.place, inline.data) == (None, "d")
    old = {"chat": CHAT, "message_id": 7, "date": 0}
    tap = read_tap({"id": "1", "from": USER, "message": old})
    assert tap.place is not None
    assert (tap.place.asked, tap.data) == (7, None)


@pytest.mark.parametrize(
    "body",
    [{}, {"update_id": "1"}, {"update_id": -1}, {"update_id": 1 << 63}, {"update_id": None}],
)
def test_what_has_no_number_is_no_update(body: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="number"):
        letter_of(body, 0.0)


def test_lanes_of_updates() -> None:
    message = letter_of({"update_id": 1, "message": {"chat": {"id": -7}, "from": USER}}, 0.0)
    tap = letter_of(
        {"update_id": 2, "callback_query": {"from": USER, "message": {"chat": {"id": -7}}}}, 0.0
    )
    search = letter_of({"update_id": 3, "inline_query": {"from": USER}}, 0.0)
    assert message.lane == tap.lane == ("chat", -7)
    assert search.lane == ("search", 5)


# Pages


def quote(text: str) -> Line:
    return (Run(text, Style.QUOTE),)


def figure(text: str) -> Line:
    return (Run(text, Style.STRONG), Run("　件数"))


def length(page: tuple[Line, ...]) -> int:
    return sum(len(run.text) for line in page for run in line) + len(page) - 1


def test_a_short_reply_is_one_page() -> None:
    lines = (figure("1"), quote("一句。"))
    assert pages(lines) == [lines]


def test_a_figure_keeps_its_excerpt() -> None:
    block = (figure("1524万件"), quote("字" * 700 + "。"), (Run("——《报告》"),))
    split = pages(block * 12)
    assert len(split) > 1
    assert all(page[0] == block[0] for page in split)
    assert all(length(page) <= MAX_TEXT for page in split)
    assert [line for page in split for line in page] == list(block * 12)


def test_formatting_beyond_a_hundred_entities_goes_to_the_next_page() -> None:
    split = pages([figure(str(n)) for n in range(250)])
    assert [len(page) for page in split] == [MAX_ENTITIES, MAX_ENTITIES, 50]


@pytest.mark.parametrize("text", ["办结1524万件，" * 2000, "1234567890" * 900, "字" * 9000])
def test_a_long_text_is_split_and_nothing_is_lost(text: str) -> None:
    split = pages([figure("1"), quote(text)])
    assert all(length(page) <= MAX_TEXT for page in split)
    told = "".join(run.text for page in split for line in page for run in line)
    assert told == "1　件数" + text
    if "万" in text:
        assert not any(page[-1][-1].text[-1].isdigit() for page in split)


# The store


async def test_writes_are_on_disk_when_they_are_confirmed(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.sqlite")
    await store.open()
    inbox = Inbox(store, tmp_path / "busy")
    bodies = [
        {"update_id": n, "message": {"chat": CHAT, "from": USER, "text": str(n)}} for n in (1, 2)
    ]
    letters = [letter_of(body, 1.0) for body in bodies]
    assert await inbox.put(letters) == letters
    assert await inbox.put(letters) == []
    other = letter_of({"update_id": 2, "message": {"chat": CHAT, "from": USER, "text": "x"}}, 2.0)
    assert await inbox.put([other]) == [other], "another server counts anew"
    inbox.done(letters[0])
    waiting, deadly = await inbox.waiting()
    assert ([w.body["message"]["text"] for w in waiting], deadly) == (["x"], [])
    await store.close()
    inbox.close()
    assert (tmp_path / "x.sqlite").stat().st_mode & 0o77 == 0, "nobody else reads it"


async def test_what_fails_is_told_and_what_nobody_waits_for_is_tried_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "x.sqlite", patience=0.01)
    await store.open()
    failing = True
    done: list[str] = []

    def work(db: sqlite3.Connection) -> None:
        if failing:
            raise sqlite3.OperationalError("disk I/O error")
        done.append("x")

    store.later(work)
    with pytest.raises(StoreError, match="disk I/O error"):
        await store.write(work)
    assert store.failing
    failing = False
    await store.write(lambda db: None)
    assert done == ["x"]
    assert not store.failing
    await store.close()


async def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match=r"file/x\.sqlite cannot be opened"):
        await Store(tmp_path / "file" / "x.sqlite").open()
    (tmp_path / "bad.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match=r"bad\.sqlite cannot be opened"):
        await Store(tmp_path / "bad.sqlite").open()


# The log


@pytest.mark.parametrize("form", ["plain", "json", ""])
def test_the_log(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        logs.set_up(form)
        logger = logging.getLogger("bot.test")
        logger.info("answered", extra={"fields": {"update": 5, "status": "好"}})
        try:
            raise ValueError("x")
        except ValueError:
            logger.exception("broken")
    finally:
        root.handlers[:], root.level = before
    lines = stream.getvalue().splitlines()
    if form == "plain":
        assert lines[0].endswith("I answered update=5 status=好")
        assert "Traceback" in stream.getvalue()
    else:
        told, broken = (json.loads(line) for line in lines)
        assert (told["message"], told["update"], told["status"]) == ("answered", 5, "好")
        assert (told["level"], told["logger"]) == ("info", "bot.test")
        assert "ValueError: x" in broken["exception"]

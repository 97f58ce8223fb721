"""Talking in Telegram: edits, groups, languages, inline mode, ratings, deletion, limits, poison."""

import asyncio
import logging
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fake_bot_api import FakeBotApi, broken, flood, slow
from voice import Voice

from bot.channels.telegram import Command, Manners, Rate, Service, Setup
from bot.messages import About, Hit, Message, Option, Reply, text_reply

GROUP = -100500
ADMIN = 7
MANNERS = Manners(retries=(0.0,), admins=frozenset({str(ADMIN)}))
RATED = Reply(
    text_reply("3323").lines,
    actions=(Option("原文", "/source x"),),
    about=About("answered", intent="mediation.done", facts=("x",)),
    rated=True,
)

Serving = Callable[..., AbstractAsyncContextManager[Service]]


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


@pytest.fixture
def serving(api: FakeBotApi, tmp_path: Path) -> Serving:
    @asynccontextmanager
    async def serve(voice: Voice, **options: Any) -> AsyncIterator[Service]:
        given = {"token": api.token, "api_root": api.root, "folder": tmp_path, "manners": MANNERS}
        async with Service(Setup(**(given | options)), voice, (Command("start"),)) as service:
            yield service

    return serve


def rows(folder: Path, sql: str) -> list[tuple[Any, ...]]:
    db = sqlite3.connect(folder / "telegram.sqlite")
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


# Edits


async def test_an_edited_question_edits_its_answer(api: FakeBotApi, serving: Serving) -> None:
    voice = Voice()
    async with serving(voice):
        update = api.user_says("一")
        answer = await api.next_message()
        api.user_edits("二", update)
        edited = await api.next_edit()
        assert (edited["message_id"], edited["text"]) == (answer.message_id, "听到：二")
        api.user_edits("二", update)  # nothing new: Telegram says so, and that is fine
        api.user_says("三")
        assert (await api.next_message()).plain_text == "听到：三"
    assert api.unread() == 0


async def test_an_edit_after_a_restart(api: FakeBotApi, serving: Serving) -> None:
    async with serving(Voice()):
        update = api.user_says("一")
        await api.next_message()
    async with serving(Voice()):
        api.user_edits("二", update)
        assert (await api.next_edit())["text"] == "听到：二"


async def test_an_edit_that_nothing_is_known_of_is_a_question(
    api: FakeBotApi, serving: Serving
) -> None:
    async with serving(Voice()):
        api.user_says("今天天气", chat_id=GROUP)
        update = api.user_says("今天天气", chat_id=GROUP)
        api.user_edits("@FazhiBot 石狮", update)
        assert (await api.next_message(GROUP)).plain_text == "听到：石狮"
    assert api.unread(GROUP) == 0


# Languages


@pytest.mark.parametrize(
    ("code", "locale"),
    [("zh-hans", "zh-Hans"), ("zh", "zh-Hans"), ("zh-TW", "zh-Hant"), ("zh-hant", "zh-Hant"),
     ("en", "en"), ("pt-br", "en"), ("", "")],
)  # fmt: skip
async def test_the_language_of_the_users_program_is_told(
    api: FakeBotApi, serving: Serving, code: str, locale: str
) -> None:
    voice = Voice()
    async with serving(voice):
        api.user_says("/help", language=code)
        await api.next_message()
        api.user_sends({"sticker": {}, **({"from": voice_of(code)} if code else {})})
        assert (await api.next_message()).plain_text == f"only_text[{locale}]"
    assert [(m.language, m.locale) for m in voice.heard] == [("", locale)]


def voice_of(code: str) -> dict[str, object]:
    return {"id": 1001, "is_bot": False, "first_name": "x", "language_code": code}


async def test_a_chosen_language_is_kept(api: FakeBotApi, serving: Serving) -> None:
    voice = Voice(lambda m: replace(text_reply(m.text), language="en" if "/l" in m.text else ""))
    async with serving(voice):
        api.user_says("/l", language="zh-hans")
        await api.next_message()
    async with serving(voice):
        api.user_says("好", language="zh-hans")
        await api.next_message()
    assert [m.language for m in voice.heard] == ["", "en"]


# Ratings, feedback, deletion


async def test_a_rating_is_kept_and_its_buttons_go(
    api: FakeBotApi, serving: Serving, tmp_path: Path
) -> None:
    async with serving(Voice(lambda _: RATED)):
        api.user_says("石狮调解")
        message = await api.next_message()
        assert [button.label for button in message.buttons] == ["原文", "👍", "👎"]
        assert await api.answer_to(api.tap(message, "👎")) == "rated_bad[]"
        edited = await api.next_edit()
        assert [b["text"] for row in edited["reply_markup"]["inline_keyboard"] for b in row] == [
            "原文"
        ]
        assert await api.answer_to(api.tap(message, "👍")) == "stale_button[]"
    [(rating, about)] = rows(tmp_path, "SELECT rating, about FROM feedback")
    assert rating == -1
    assert "mediation.done" in about


async def test_feedback_goes_to_the_admins(
    api: FakeBotApi, serving: Serving, tmp_path: Path
) -> None:
    voice = Voice(lambda m: replace(text_reply("谢谢"), feedback=m.text[10:]))
    async with serving(voice):
        api.user_says("/a", user_id=ADMIN)
        await api.next_message(ADMIN)
        api.user_says("/feedback 很好")
        assert (await api.next_message(ADMIN)).plain_text == "feedback_came[] 很好"
        await api.next_message()
    assert rows(tmp_path, "SELECT person, words FROM feedback") == [(1001, "很好")]


async def test_everything_of_a_user_is_deleted(
    api: FakeBotApi, serving: Serving, tmp_path: Path
) -> None:
    def answer(message: Message) -> Reply:
        if message.text == "/delete_me yes":
            return replace(text_reply("已删除"), forget=True)
        if message.text.startswith("/feedback"):
            return replace(text_reply("谢谢"), feedback="意见")
        return replace(RATED, language="en")

    async with serving(Voice(answer)) as service:
        for user in (1001, 1002):
            api.user_says("石狮调解", user_id=user)
            api.tap(await api.next_message(user), "👍", user)
            await api.next_edit(user)
            api.user_says("/feedback 意见", user_id=user)
            await api.next_message(user)
        api.user_says("/delete_me yes")
        assert (await api.next_message()).plain_text == "已删除"
        await idle(api, service)
        everything = {
            table: rows(tmp_path, f"SELECT * FROM {table}")
            for table in ("shown", "person", "feedback", "inbox")
        }
    for table, found in everything.items():
        assert not [row for row in found if 1001 in row], table
    assert [row for row in everything["person"] if 1002 in row]
    assert [row for row in everything["shown"] if 1002 in row]
    kept = b"".join(p.read_bytes() for p in sorted(tmp_path.glob("telegram.sqlite*")))  # noqa: ASYNC240
    assert kept.count("意见".encode()) <= 1  # the other user's


async def test_a_blocked_bot_is_remembered_until_the_user_is_back(
    api: FakeBotApi, serving: Serving, tmp_path: Path
) -> None:
    async with serving(Voice()) as service:
        api.chats.blocked.add(8)
        api.user_says("一", user_id=8)
        await idle(api, service)
        assert rows(tmp_path, "SELECT id, blocked FROM person") == [(8, 1)]
        api.chats.blocked.clear()
        member = {"status": "member", "user": {"id": 4242}}
        change = {"chat": {"id": 8, "type": "private"}, "from": {"id": 8}, "date": 1,
                  "old_chat_member": member, "new_chat_member": member}  # fmt: skip
        api.push("my_chat_member", change)
        await idle(api, service)
        assert rows(tmp_path, "SELECT id, blocked FROM person") == [(8, 0)]


async def idle(api: FakeBotApi, service: Service) -> None:
    """Wait until what was said by now is answered and written down."""
    api.user_says("/idle", user_id=4711)
    await api.next_message(4711)
    async with asyncio.timeout(5):
        while service.lanes.depth:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)


# Inline mode


HITS = tuple(Hit(f"id{n}", f"{n}件 · 石狮市", "调解", text_reply(f"{n}<件>")) for n in range(12))


async def test_a_search_gives_up_to_ten_results(api: FakeBotApi, serving: Serving) -> None:
    voice = Voice(hits=HITS)
    async with serving(voice):
        found = await api.results_of(api.user_types("石狮 调解"))
        empty = await api.results_of(api.user_types(""))
    assert len(found["results"]) == 10
    first = found["results"][0]
    assert (first["id"], first["title"], first["description"]) == ("id0", "0件 · 石狮市", "调解")
    assert first["input_message_content"]["message_text"] == "0&lt;件&gt;"
    assert found["button"] == {"text": "inline_button[]", "start_parameter": "inline"}
    assert len(empty["results"]) == 10
    assert [m.text for m in voice.searched] == ["石狮 调解", ""]


async def test_only_the_last_of_fast_keystrokes_is_searched(
    api: FakeBotApi, serving: Serving
) -> None:
    voice = Voice(hits=HITS)
    async with serving(voice) as service:
        typed = [api.user_types("石狮调解"[:n]) for n in range(1, 5)]
        other = api.user_types("晋江", user_id=2)
        await api.results_of(typed[-1])
        await api.results_of(other)
        await idle(api, service)
        assert not any(api.chats.searches[query].done() for query in typed[:-1])
    assert sorted(m.text for m in voice.searched) == ["晋江", "石狮调解"]


# Limits


async def test_who_asks_too_much_is_told_once(api: FakeBotApi, serving: Serving) -> None:
    manners = replace(MANNERS, private=Rate(3, 1))
    voice = Voice()
    async with serving(voice, manners=manners):
        for number in range(10):
            api.user_says(str(number), user_id=8)
        api.user_says("别人", user_id=9)
        assert (await api.next_message(9)).plain_text == "听到：别人"
        texts = [(await api.next_message(8)).plain_text for _ in range(4)]
    assert texts == ["听到：0", "听到：1", "听到：2", "too_fast[]"]
    assert api.unread(8) == 0


async def test_a_group_has_a_limit_of_its_own(api: FakeBotApi, serving: Serving) -> None:
    manners = replace(MANNERS, group=Rate(2, 1))
    async with serving(Voice(), manners=manners):
        for user in (11, 12, 13, 14):
            api.user_says("/a", user_id=user, chat_id=GROUP)
        texts = [(await api.next_message(GROUP)).plain_text for _ in range(3)]
    assert texts == ["听到：/a", "听到：/a", "too_fast[]"]
    assert api.unread(GROUP) == 0


async def test_a_long_message_is_cut(api: FakeBotApi, serving: Serving) -> None:
    voice = Voice(lambda _: text_reply("好"))
    async with serving(voice, manners=replace(MANNERS, longest=10)):
        api.user_says("长" * 4096)
        await api.next_message()
    assert voice.texts == ["长" * 10]


async def test_beyond_what_may_wait_telegram_keeps_it(api: FakeBotApi, serving: Serving) -> None:
    gate = asyncio.Event()

    async def wait(message: Message) -> Reply:
        await gate.wait()
        return text_reply(message.text)

    async with serving(Voice(wait), most_waiting=1):
        api.user_says("一", user_id=8)
        await asyncio.sleep(0.2)
        api.user_says("二", user_id=9)
        await asyncio.sleep(0.2)
        assert [u["message"]["text"] for u in api.chats.updates] == ["二"]
        gate.set()
        assert (await api.next_message(9)).plain_text == "二"


# What takes long, and what breaks


async def test_typing_is_shown_when_an_answer_takes_long(api: FakeBotApi, serving: Serving) -> None:
    async with serving(Voice()):
        api.user_says("一")
        await api.next_message()
        assert api.chats.actions == []
        api.fail("sendMessage", slow(1.2))
        api.user_says("二")
        await api.next_message()
        await asyncio.sleep(1.0)
        assert api.chats.actions == [(1001, "typing")]


POISON: list[tuple[str, dict[str, Any]]] = [
    ("message", {}),
    ("message", {"chat": {}, "from": {"id": 5}, "message_id": 1, "text": "x"}),
    ("message", {"chat": {"id": 5, "type": "private"}, "from": {"id": 5}, "text": 7}),
    ("edited_message", {"from": {"id": 5}}),
    ("callback_query", {"id": "1"}),
    ("inline_query", {"id": "1", "from": {"id": 10**30}}),
    ("my_chat_member", {"chat": 3}),
]


async def test_updates_that_cannot_be_read_stop_nothing(
    api: FakeBotApi, serving: Serving, tmp_path: Path
) -> None:
    async with serving(Voice(), manners=replace(MANNERS, admins=frozenset())) as service:
        for kind, body in POISON:
            api.push(kind, body)
        api.chats.updates.append({"update_id": 10**30, "message": {}})
        await idle(api, service)
        aside = rows(tmp_path, "SELECT attempts, error FROM inbox WHERE state = 2")
    assert {attempts for attempts, _ in aside} == {3}
    assert len(aside) >= len(POISON) - 2  # an empty message says nothing, and is no poison


async def test_poison_is_put_aside_and_told(
    api: FakeBotApi, serving: Serving, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    tried: list[str] = []

    def fail(message: Message) -> Reply:
        tried.append(message.text)
        if "毒" in message.text:
            raise LookupError(message.text)
        return text_reply(message.text)

    async with serving(Voice(fail)):
        api.user_says("/a", user_id=ADMIN)
        await api.next_message(ADMIN)
        update = api.user_says("毒")
        api.user_says("好")
        assert (await api.next_message()).plain_text == "failed[]"
        assert (await api.next_message()).plain_text == "好"
        told = (await api.next_message(ADMIN)).plain_text
    assert tried.count("毒") == 3
    assert f"put_aside[] {update} LookupError at " in told
    assert "毒" not in told
    assert "毒" not in caplog.text
    [(state, attempts)] = rows(tmp_path, f"SELECT state, attempts FROM inbox WHERE id = {update}")
    assert (state, attempts) == (2, 3)
    async with serving(Voice(fail)):
        api.user_says("又")
        assert (await api.next_message()).plain_text == "又"
    assert tried.count("毒") == 3


async def test_a_failure_that_passes_is_not_noticed(api: FakeBotApi, serving: Serving) -> None:
    tried: list[str] = []

    def fail_once(message: Message) -> Reply:
        tried.append(message.text)
        if len(tried) == 1:
            raise LookupError
        return text_reply(message.text)

    async with serving(Voice(fail_once)):
        api.user_says("一")
        assert (await api.next_message()).plain_text == "一"
    assert (tried, api.unread()) == (["一", "一"], 0)


async def test_what_a_process_died_of_three_times_is_put_aside(
    api: FakeBotApi, serving: Serving, tmp_path: Path
) -> None:
    async with serving(Voice()):
        pass
    db = sqlite3.connect(tmp_path / "telegram.sqlite")
    body = '{"update_id": 5, "message": {}}'
    db.execute("INSERT INTO inbox (id, at, print, body) VALUES (5, 1, '', ?)", (body,))
    db.execute("UPDATE inbox SET attempts = 2")
    db.commit()
    db.close()
    (tmp_path / "telegram.busy").write_bytes((5).to_bytes(8, "little"))
    api.user_says("/a", user_id=ADMIN)
    async with serving(Voice()):
        texts = {(await api.next_message(ADMIN)).plain_text for _ in range(2)}
    assert "put_aside[] 5 the process died of it" in texts


async def test_stale_taps_and_searches_are_skipped_at_a_replay(
    api: FakeBotApi, serving: Serving, tmp_path: Path
) -> None:
    voice = Voice(hits=HITS)
    async with serving(voice):
        pass
    db = sqlite3.connect(tmp_path / "telegram.sqlite")
    for number, kind in ((5, "callback_query"), (6, "inline_query")):
        body = f'{{"update_id": {number}, "{kind}": {{"id": "1", "from": {{"id": 8}}}}}}'
        db.execute("INSERT INTO inbox (id, at, print, body) VALUES (?, 1, '', ?)", (number, body))
    db.commit()
    db.close()
    async with serving(voice) as service:
        await idle(api, service)
        assert rows(tmp_path, "SELECT state FROM inbox WHERE id IN (5, 6)") == [(1,), (1,)]
    assert "answercallbackquery" not in api.calls
    assert voice.searched == []


async def test_old_rows_are_purged(api: FakeBotApi, serving: Serving, tmp_path: Path) -> None:
    async with serving(Voice()) as service:
        api.user_says("一")
        await api.next_message()
        await idle(api, service)
    db = sqlite3.connect(tmp_path / "telegram.sqlite")
    db.execute("UPDATE inbox SET at = at - 49 * 3600")
    db.execute("UPDATE shown SET at = at - 49 * 3600")
    db.commit()
    db.close()
    async with serving(Voice()):
        assert rows(tmp_path, "SELECT count(*) FROM inbox") == [(0,)]
        assert rows(tmp_path, "SELECT count(*) FROM shown") == [(0,)]


async def test_texts_are_logged_only_when_that_is_wanted(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    for wanted in (False, True):
        async with serving(Voice(), manners=replace(MANNERS, log_texts=wanted)):
            api.user_says(f"问题{wanted}")
            await api.next_message()
    told = [record.__dict__["fields"] for record in caplog.records if "fields" in record.__dict__]
    assert [fields.get("text") for fields in told] == [None, "问题True"]


async def test_a_callback_is_acknowledged_through_trouble(
    api: FakeBotApi, serving: Serving
) -> None:
    async with serving(Voice(lambda _: RATED)):
        api.user_says("一")
        message = await api.next_message()
        api.fail("answerCallbackQuery", broken(502), flood(1))
        assert await api.answer_to(api.tap(message, "原文")) is None
        await api.next_message()

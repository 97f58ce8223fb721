"""Admins in Telegram: releases with buttons and progress, documents, and who is refused."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from conftest import Home
from fake_bot_api import FakeBotApi

from bot.app import Bot, make_bot
from bot.channels.telegram import Command, Manners, Service, Setup, receiving
from bot.settings import Settings

ADMIN, CITIZEN, GROUP = 7, 8, -5
HAIYAN = """关于海盐县2023年法治政府建设情况的报告

一、主要工作情况

（一）化解争议。全年收到行政复议申请61件，审结58件。
""".encode()
ASKED = "海盐县2023年行政复议收到多少件"
Json = dict[str, Any]


@pytest.fixture
def settings(home: Home, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr(receiving, "PATIENCE", 0.0)
    return home(admins=str(ADMIN))


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[tuple[FakeBotApi, Bot]]:
    bot = make_bot(settings, counts=True)
    async with FakeBotApi() as api:
        manners = Manners(admins=settings.admins)
        setup = Setup(api.token, api.root, settings.data_dir, manners=manners)
        async with Service(setup, bot, (Command("reload"),)):
            yield api, bot
    bot.knowledge.base.close()


async def done(api: FakeBotApi) -> Json:
    """What the message that told of progress says in the end."""
    first = await api.next_message(ADMIN)
    assert "正在" in first.plain_text
    while True:
        edited = await api.next_edit(ADMIN)
        assert edited["message_id"] == first.message_id
        if not edited["text"].startswith("正在"):
            assert api.unread(ADMIN) == 0
            return edited


def button(message: Json, label: str) -> str:
    """The data of a button."""
    rows = message["reply_markup"]["inline_keyboard"]
    [data] = [b["callback_data"] for row in rows for b in row if label in b["text"]]
    return str(data)


def tap(api: FakeBotApi, message: Json, label: str, user: int = ADMIN) -> None:
    query = api.tap_data(None, "", user)
    api.chats.updates.pop()
    body = {"id": query, "from": {"id": user, "is_bot": False, "first_name": "x"},
            "chat_instance": "1", "data": button(message, label), "message": message}  # fmt: skip
    api.push("callback_query", body)


async def plain(api: FakeBotApi, user: int = ADMIN) -> str:
    return (await api.next_message(user)).plain_text


async def test_long_work_is_told_in_one_message_that_becomes_the_answer(settings: Settings) -> None:
    async with serving(settings) as (api, bot):
        (settings.seeds / "deqing-2023.txt").unlink()
        before = bot.knowledge.version
        api.user_says("/reload", ADMIN)
        plan = await done(api)
        assert "还没有启用" in plan["text"]
        tap(api, plan, "取消")
        assert f"继续用版本 {before}" in await plain(api)


async def test_a_document_is_shown_published_and_answers(settings: Settings) -> None:
    async with serving(settings) as (api, bot):
        api.user_sends_file("../海盐 2023.txt", HAIYAN, ADMIN)
        plan = await done(api)
        assert "收到《关于海盐县2023年法治政府建设情况的报告》" in plan["text"]
        assert "海盐县" not in bot.knowledge.names.values()
        tap(api, plan, "发布")
        assert "已发布版本" in await plain(api)
        api.user_says(ASKED, CITIZEN)
        assert "61件" in await plain(api, CITIZEN)


async def test_what_is_no_report_is_refused_with_the_reason(settings: Settings) -> None:
    async with serving(settings) as (api, _):
        api.user_sends_file("x.png", b"\x89PNG" + bytes(50), ADMIN)
        assert "没有收这份文件" in await plain(api)
        api.user_sends_file("big.txt", bytes(20_000_001), ADMIN)
        assert "文件太大" in await plain(api)
        api.user_sends({"document": {"file_id": "x", "file_unique_id": "x", "file_size": 1 << 40}},
                       ADMIN)  # fmt: skip
        assert "文件太大" in await plain(api)


async def test_documents_of_others_are_not_even_fetched(settings: Settings) -> None:
    async with serving(settings) as (api, bot):
        api.user_sends_file("x.txt", HAIYAN, CITIZEN)
        assert bot.say("only_text", "") == await plain(api, CITIZEN)
        api.user_sends_file("x.txt", HAIYAN, ADMIN, chat=api.chats.chat(GROUP))
        api.user_says("/help", ADMIN)
        await api.next_message(ADMIN)
        assert api.calls.count("getfile") == 0
        assert bot.desk.counter.releaser.plan is None


async def test_commands_that_are_forwarded_edited_or_sent_in_a_group_are_refused(
    settings: Settings,
) -> None:
    async with serving(settings) as (api, bot):
        before = bot.knowledge
        api.user_says("/reload", ADMIN, forward_origin={"type": "user", "date": 1})
        assert "转发或改过的命令不算数" in await plain(api)
        said = api.user_says("你好", ADMIN)
        await api.next_message(ADMIN)
        api.user_edits("/reload", said)
        assert "转发或改过的命令不算数" in (await api.next_edit(ADMIN))["text"]
        api.user_says("/reload@FazhiBot", ADMIN, GROUP)
        assert "私聊" in await plain(api, GROUP)
        api.user_says("/reload", CITIZEN)
        assert await plain(api, CITIZEN) == "这个命令只有管理员能用。"
        assert bot.knowledge is before


async def test_a_tap_of_another_user_and_a_forged_one_do_nothing(settings: Settings) -> None:
    async with serving(settings) as (api, bot):
        (settings.seeds / "deqing-2023.txt").unlink()
        api.user_says("/reload", ADMIN)
        plan = await done(api)
        before = bot.knowledge
        tap(api, plan, "发布", CITIZEN)
        assert await plain(api) == "这个命令只有管理员能用。"  # said in the chat of the button
        for forged in ("/publish " + "0" * 12, "", "1:0:deadbeef", "x" * 64):
            query = api.tap_data(None, forged, CITIZEN)
            assert await api.answer_to(query)
        assert bot.knowledge is before
        tap(api, plan, "取消")
        assert "已取消" in await plain(api)


async def test_a_thumb_down_is_counted(settings: Settings) -> None:
    async with serving(settings) as (api, bot):
        api.user_says("德清县2023年行政复议收到多少件", CITIZEN)
        answer = await api.next_message(CITIZEN)
        api.tap(answer, "👎", CITIZEN)
        await api.next_edit(CITIZEN)
        [missed] = bot.learning.missed()
        assert (missed.text, missed.reason) == ("德清县2023年行政复议收到多少件", "thumbed_down")

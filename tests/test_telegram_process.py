"""The real process: killed, stopped, refused, cut off – no update lost, none answered twice."""

import asyncio
import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import aiohttp
import pytest
from conftest import REPORTS, built
from fake_bot_api import TOKEN, FakeBotApi, SentMessage, broken, dropped, flood, slow
from served import SECRET, Home, home

from bot.channels.fake_bot_webhook import HEADER
from bot.knowledge import Tongue
from bot.settings import Settings

ASKED = "余姚市2023年行政复议收到多少件"
FIGURE = "215件"
BOTH = pytest.mark.parametrize("mode", ["polling", "webhook"])

Place = Callable[..., AbstractAsyncContextManager[Home]]


@pytest.fixture
def place(small_settings: Settings, tmp_path: Path) -> Place:
    """Homes with the base of the invented reports and an inbox of their own."""
    data = tmp_path / "var"
    data.mkdir()
    (data / "bases").symlink_to(small_settings.bases)
    return lambda mode, **more: home(REPORTS, data, mode, **more)


async def answers(api: FakeBotApi, chat: int, count: int, within: float = 20) -> list[SentMessage]:
    return [await api.next_message(chat, within) for _ in range(count)]


async def quiet(home: Home) -> None:
    """Wait until nothing is left to be answered."""
    async with aiohttp.ClientSession() as session, asyncio.timeout(20):
        while "fazhibot_inbox_depth 0.0" not in await get(session, home, "metrics"):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def get(session: aiohttp.ClientSession, home: Home, path: str) -> str:
    async with session.get(f"http://127.0.0.1:{home.watch}/{path}") as response:
        return await response.text()


@BOTH
async def test_killed_in_the_middle_of_work_nothing_is_lost(place: Place, mode: str) -> None:
    """12 questions of 6 chats; Telegram takes its time, the process dies, and dies again."""
    chats = range(11, 17)
    async with place(mode) as home:
        api = home.api
        for life in range(3):
            process = await home.start()
            if not life:
                api.fail("sendMessage", *[broken(500)] * 400)
                for number in range(12):
                    api.user_says(f"{ASKED} {number}", user_id=chats[number % 6])
                await asyncio.sleep(0.6)
            else:
                await asyncio.sleep(0.3)
            process.kill()
            await process.running.wait()
        api.chats.sent.clear()
        api.stop_failing()
        await home.start()
        for chat in chats:
            for message in await answers(api, chat, 2):
                assert FIGURE in message.plain_text
        await quiet(home)
        assert sum(api.unread(chat) for chat in chats) == 0


@BOTH
async def test_every_update_delivered_again_is_answered_once(place: Place, mode: str) -> None:
    async with place(mode) as home:
        api = home.api
        process = await home.start()
        for number in range(12):
            api.user_says(ASKED, user_id=21 + number % 4)
        for chat in range(21, 25):
            await answers(api, chat, 3)
        await process.end()
        api.redeliver()
        process = await home.start()
        api.user_says("/help", user_id=99)
        await answers(api, 99, 1)
        await quiet(home)
        assert [api.unread(chat) for chat in range(21, 25)] == [0] * 4
        assert await process.end() == 0


async def test_a_delivery_needs_the_secret(place: Place) -> None:
    async with place("webhook") as home, aiohttp.ClientSession() as session:
        process = await home.start()
        url = home.environment["FAZHIBOT_WEBHOOK_URL"]
        update = {"update_id": 1, "message": {}}
        for headers in ({}, {HEADER: "wrong"}, {HEADER: SECRET + "x"}, {HEADER: "ü"}):
            async with session.post(url, json=update, headers=headers) as response:
                assert response.status == 403
        for body in ("", "{", "[]", "{}", '{"update_id": "1"}'):
            async with session.post(url, data=body, headers={HEADER: SECRET}) as response:
                assert response.status == 400
        async with session.get(url) as response:
            assert response.status == 405
        metrics = await get(session, home, "metrics")
        assert 'fazhibot_webhook_refused_total{why="secret"} 4.0' in metrics
        assert await process.end() == 0
        assert SECRET not in "".join(process.log)


async def test_a_full_disk_makes_telegram_try_again(place: Place, tmp_path: Path) -> None:
    async with place("webhook") as home, aiohttp.ClientSession() as session:
        await home.start()
        home.api.user_says(ASKED)
        await answers(home.api, 1001, 1)
        other = sqlite3.connect(tmp_path / "var" / "telegram.sqlite", isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")  # nobody else can write
        headers, url = {HEADER: SECRET}, home.environment["FAZHIBOT_WEBHOOK_URL"]
        body = {"update_id": 5, "message": {"chat": {"id": 1}}}
        async with session.post(url, json=body, headers=headers) as response:
            assert (response.status, response.headers["Retry-After"]) == (503, "2")
        async with session.get(f"http://127.0.0.1:{home.watch}/healthz") as response:
            assert (response.status, (await response.json())["ready"]) == (503, False)
        home.api.user_says(f"{ASKED}？")
        other.execute("ROLLBACK")
        other.close()
        [message] = await answers(home.api, 1001, 1)
        assert FIGURE in message.plain_text


@BOTH
async def test_sigterm_with_work_in_flight(place: Place, mode: str) -> None:
    async with place(mode) as home:
        process = await home.start()
        home.api.fail("sendMessage", *[slow(0.5)] * 6)
        for user in range(31, 37):
            home.api.user_says(ASKED, user_id=user)
        await asyncio.sleep(0.3)
        assert await process.end() == 0
        for user in range(31, 37):
            await answers(home.api, user, 1, within=1)


@BOTH
async def test_two_hundred_chats_at_once_in_order(place: Place, mode: str) -> None:
    chats = range(1000, 1200)
    async with place(mode) as home:
        await home.start()
        home.api.fail("sendMessage", broken(502), dropped(), broken(500), flood(1), broken(502))
        for command in ("/help", "/about", "/privacy"):
            for chat in chats:
                home.api.user_says(command, user_id=chat)
        seen: Counter[tuple[str, ...]] = Counter()
        for chat in chats:
            texts = [m.plain_text[:3] for m in await answers(home.api, chat, 3)]
            seen[tuple(texts)] += 1
        assert len(seen) == 1
        await quiet(home)
        assert sum(home.api.unread(chat) for chat in chats) == 0


async def test_the_text_of_a_message_is_erased(place: Place, tmp_path: Path) -> None:
    words = "一句没人该看到的话"
    async with place("polling") as home:
        process = await home.start()
        home.api.user_says(words)
        await answers(home.api, 1001, 1)
        await quiet(home)
        await asyncio.sleep(2.5)
        kept = b"".join(p.read_bytes() for p in (tmp_path / "var").glob("telegram*"))
        assert json.dumps(words).strip('"').encode() not in kept
        assert words.encode() not in kept
        await process.end()
        log = "".join(process.log)
        assert words not in log
        assert TOKEN.partition(":")[2] not in log
        records = [json.loads(line) for line in process.log]
        [told] = [r for r in records if r["message"] == "answered"]
        assert {"update", "kind", "ms", "status"} <= set(told)


async def test_health_and_metrics(place: Place) -> None:
    async with place("polling") as home, aiohttp.ClientSession() as session:
        await home.start()
        home.api.user_says(ASKED)
        home.api.user_says("今天天气怎么样")
        await answers(home.api, 1001, 2)
        health = json.loads(await get(session, home, "healthz"))
        assert (health["live"], health["ready"]) == (True, True)
        metrics = await get(session, home, "metrics")
        assert f'fazhibot_base_info{{version="{health["version"]}"}}' in metrics
        for line in (
            'fazhibot_answers_total{reason="",status="answered"} 1.0',
            'fazhibot_updates_received_total{kind="message"} 2.0',
            'fazhibot_requests_total{method="sendMessage",outcome="ok"} 2.0',
            "fazhibot_answer_seconds_count 2.0",
        ):
            assert line in metrics


async def test_a_wrong_token_is_refused_without_showing_it(place: Place) -> None:
    secret = "AAwrongWrongWrongWrong"
    async with place("polling") as home:
        home.environment["TELEGRAM_BOT_TOKEN"] = f"77:{secret}"
        process = await home.start(ready=False)
        assert await process.running.wait() == 1
        await asyncio.sleep(0.05)
        log = "".join(process.log)
        assert "Telegram refuses the bot token; @BotFather tells the right one" in log
        assert secret not in log
        assert "Traceback" not in log


@pytest.mark.parametrize("comes_back", [True, False], ids=["comes back", "is not waited for"])
async def test_telegram_is_out_of_reach(place: Place, comes_back: bool) -> None:
    async with place("polling") as home:
        await home.api.go_down()
        process = await home.start(ready=False)
        async with asyncio.timeout(10):
            while "cannot be reached" not in "".join(process.log):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        if comes_back:
            await home.api.come_back()
            home.api.user_says(ASKED)
            assert FIGURE in (await home.api.next_message(within=10)).plain_text
        assert await process.end() == 0


async def test_a_port_that_is_taken_is_named(place: Place) -> None:
    async with place("webhook") as home:
        home.environment["FAZHIBOT_HTTP_LISTEN"] = home.environment["FAZHIBOT_WEBHOOK_LISTEN"]
        process = await home.start(ready=False)
        assert await process.running.wait() == 1
        await asyncio.sleep(0.05)
        assert f"cannot listen on 127.0.0.1:{home.port}" in "".join(process.log)


async def test_a_second_process_waits_until_the_first_has_ended(place: Place) -> None:
    """As when a container is replaced by the next one."""
    async with place("polling") as home:
        first = await home.start()
        home.api.fail("sendMessage", slow(1.0))
        home.api.user_says(ASKED)
        await asyncio.sleep(0.3)
        second = await home.start(ready=False)
        await asyncio.sleep(0.2)
        assert not second.ready.is_set()
        assert await first.end() == 0
        await asyncio.wait_for(second.ready.wait(), 10)
        await answers(home.api, 1001, 1)
        await quiet(home)
        assert home.api.unread() == 0


@BOTH
async def test_the_base_is_swapped_under_load(tongue: Tongue, tmp_path: Path, mode: str) -> None:
    reports, data = tmp_path / "reports", tmp_path / "var"
    shutil.copytree(REPORTS, reports)
    built(reports, data, tongue)
    async with home(reports, data, mode) as place:
        await place.start()
        async with aiohttp.ClientSession() as session:
            before = json.loads(await get(session, place, "healthz"))["version"]
            shutil.copy(reports / "yuyao-2023.txt", reports / "yuyao-2021.txt")
            text = (reports / "yuyao-2021.txt").read_text(encoding="utf-8")
            (reports / "yuyao-2021.txt").write_text(text.replace("2023", "2021"), encoding="utf-8")
            place.api.user_says("/reload", user_id=7)
            for number in range(40):
                place.api.user_says(f"{ASKED}{'？' * number}", user_id=500 + number)
                await asyncio.sleep(0.02)
            for number in range(40):
                [message] = await answers(place.api, 500 + number, 1)
                assert FIGURE in message.plain_text
            after = before
            async with asyncio.timeout(20):
                while after == before:
                    after = json.loads(await get(session, place, "healthz"))["version"]
            place.api.user_says(ASKED, user_id=600)
            assert FIGURE in (await place.api.next_message(600)).plain_text
            await quiet(place)
            metrics = await get(session, place, "metrics")
            assert 'fazhibot_reloads_total{outcome="answered"} 1.0' in metrics


@BOTH
async def test_everyday_talk(place: Place, mode: str) -> None:
    """What users find, once through the whole process."""
    async with place(mode) as home:
        await home.start()
        api = home.api
        update = api.user_says(ASKED)
        [answer] = await answers(api, 1001, 1)
        labels = [button.label for button in answer.buttons]
        assert labels == ["原文", "与其他地区比较", "同一报告的相关数字", "👍", "👎"]
        assert await api.answer_to(api.tap(answer, "👍")) == "谢谢！"
        api.tap(answer, "原文")
        assert FIGURE in (await api.next_message()).plain_text
        assert await api.answer_to(api.tap_data(answer, "o9:forged")) is not None
        api.user_edits("余姚市2022年行政复议收到多少件", update)
        edited = [await api.next_edit() for _ in range(2)][-1]
        assert "2022年" in edited["text"]
        found = await api.results_of(api.user_types("余姚 行政复议"))
        assert FIGURE in found["results"][0]["title"]
        api.user_says(f"@FazhiBot {ASKED}", chat_id=-5)
        api.user_says(ASKED, chat_id=-5)
        [grouped] = await answers(api, -5, 1)
        assert grouped.reply_to is not None
        api.user_says("/delete_me")
        api.tap((await answers(api, 1001, 1))[0], "确认删除")
        assert "已经删除" in (await api.next_edit())["text"]
        await quiet(home)
        assert (api.unread(), api.unread(-5)) == (0, 0)


async def test_an_inbox_that_is_damaged_is_named(place: Place, tmp_path: Path) -> None:
    (tmp_path / "var" / "telegram.sqlite").write_bytes(b"no database" * 1000)
    async with place("polling") as home:
        process = await home.start(ready=False)
        assert await process.running.wait() == 1
        await asyncio.sleep(0.05)
        log = "".join(process.log)
        assert "telegram.sqlite cannot be opened: file is not a database" in log
        assert "Traceback" not in log

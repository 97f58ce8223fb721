"""The Telegram channel, driven from outside: the real application against a Bot API on loopback."""

import asyncio
import logging
import os
import queue
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import aiohttp
import pytest
from fake_bot_api import TOKEN, Failure, FakeBotApi, broken, dropped, flood, slow
from telegram.error import Conflict, NetworkError
from telegram.ext import Application

from bot.channels import telegram as channel
from bot.channels.telegram import POLLING, Command, Texts, build, run
from bot.errors import ChannelError
from bot.messages import Handler, Message, Option, Reply, Run, Style, text_reply

GROUP = -100500
COMMANDS = (Command("start", "开始"), Command("places", "有哪些地方"))
TEXTS = Texts(only_text="我只看得懂文字。", failed="出错了，请再试。", stale_button="按钮已过期。")
PLACES = text_reply("哪里？", (Option("石狮市", "石狮市调解"), Option("马尾区", "马尾区调解")))

App = Application[Any, Any, Any, Any, Any, Any]
Serving = Callable[..., AbstractAsyncContextManager[App]]


class Ear:
    """A handler that keeps what it heard and repeats it."""

    def __init__(self, answer: Callable[[Message], Reply] | None = None) -> None:
        self.heard: list[Message] = []
        self._answer = answer or (lambda message: text_reply(f"听到：{message.text}"))

    async def __call__(self, message: Message) -> Reply:
        self.heard.append(message)
        return self._answer(message)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.heard]


def ignore(_: object) -> None:
    """For callbacks that must return nothing."""


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


@pytest.fixture
def serving(api: FakeBotApi) -> Serving:
    """Runs the application as `run` does, in the test's own event loop."""

    @asynccontextmanager
    async def serve(handler: Handler, **options: Any) -> AsyncIterator[App]:
        app = build(api.token, handler, COMMANDS, TEXTS, api_root=api.root, **options)
        assert app.post_init and app.updater
        async with app:
            await app.post_init(app)
            await app.start()
            await app.updater.start_polling(
                **POLLING,
                error_callback=lambda e: ignore(app.create_task(app.process_error(None, e))),
            )
            try:
                yield app
            finally:
                await app.updater.stop()
                await app.stop()

    return serve


async def until(condition: Callable[[], bool]) -> None:
    """Wait for something that has no event of its own."""
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


def warnings(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [
        record.getMessage()
        for record in caplog.records
        if record.name.startswith("bot.") and record.levelno >= logging.WARNING
    ]


# What is said and how it looks


async def test_a_text_is_answered_in_html(api: FakeBotApi, serving: Serving) -> None:
    answer = Reply(
        (
            (Run("3323", Style.STRONG), Run("（办结化解）· 石狮市 · 2024年")),
            (Run("全市办结3323件。", Style.QUOTE),),
        )
    )
    ear = Ear(lambda _: answer)
    async with serving(ear):
        api.user_says("石狮调解成功了多少", user_id=7)
        message = await api.next_message(7)
    assert ear.heard == [Message("石狮调解成功了多少", session="telegram:7:7", user="7")]
    assert message.plain_text == answer.plain
    assert message.styled("bold") == ["3323"]
    assert message.styled("expandable_blockquote") == ["全市办结3323件。"]
    assert (message.buttons, message.reply_to, message.has_preview) == ((), None, False)


@pytest.mark.parametrize("text", ['<script>alert("1")</script>', "R&D", "</b>&lt;", "a<b>c"])
async def test_markup_in_texts_stays_text(api: FakeBotApi, serving: Serving, text: str) -> None:
    def echo(message: Message) -> Reply:
        return Reply(tuple((Run(message.text, style),) for style in Style))

    async with serving(Ear(echo)):
        api.user_says(text)
        message = await api.next_message()
    assert message.plain_text == "\n".join([text] * 3)
    assert message.styled("bold") == message.styled("expandable_blockquote") == [text]


async def test_a_long_answer_fits_into_one_message(api: FakeBotApi, serving: Serving) -> None:
    quote = Run("办结<案件>1524万件，" * 600 + "完。", Style.QUOTE)
    answer = Reply(((Run("1524万", Style.STRONG),), (quote,), (Run("来源：报告"),)))
    async with serving(Ear(lambda _: answer)):
        api.user_says("多少")
        message = await api.next_message()
        api.user_says("再来")
        assert await api.next_message() != message
    assert 4000 < len(message.plain_text) <= 4096
    assert message.plain_text.startswith("1524万\n办结<案件>1524万件，")
    assert message.plain_text.endswith("1524万件，…\n来源：报告")


# Commands and groups


PRIVATE_TALK = [
    ("/start", "/start"),
    ("/start@FazhiBot", "/start"),
    ("/start@fazhibot 石狮", "/start 石狮"),
    ("/start@OtherBot", "/start"),
    ("/reload", "/reload"),
    ("/unknown_1 x", "/unknown_1 x"),
    (" 石狮  调解 ", " 石狮  调解 "),
    ("/石狮", "/石狮"),
    ("写信给me@fazhibot.cn", "写信给me@fazhibot.cn"),
    ("@FazhiBot 石狮", "石狮"),
]
GROUP_TALK = [
    ("今天天气不错", None),
    ("/start", "/start"),
    ("/start@FazhiBot 石狮", "/start 石狮"),
    ("/start@OtherBot", None),
    ("@FazhiBot 石狮调解多少", "石狮调解多少"),
    ("石狮@fazhibot调解多少", "石狮 调解多少"),
    ("@FazhiBot", ""),
    ("@FazhiBotto 石狮", None),
    ("写信给me@fazhibot", None),
]


async def test_in_private_everything_is_heard(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear()
    async with serving(ear):
        for said, _ in PRIVATE_TALK:
            api.user_says(said)
            assert (await api.next_message()).reply_to is None
    assert ear.texts == [heard for _, heard in PRIVATE_TALK]


async def test_in_groups_only_what_is_said_to_the_bot(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear()
    async with serving(ear):
        for said, heard in GROUP_TALK:
            api.user_says(said, user_id=7, chat_id=GROUP)
            if heard is not None:
                message = await api.next_message(GROUP)
                assert message.plain_text == f"听到：{heard}".strip()
                assert message.reply_to is not None
        api.user_says("/last", user_id=8, chat_id=GROUP)
        assert (await api.next_message(GROUP)).plain_text == "听到：/last"
    assert ear.texts == [heard for _, heard in GROUP_TALK if heard is not None] + ["/last"]
    assert [message.session for message in ear.heard[-2:]] == [
        f"telegram:{GROUP}:7",
        f"telegram:{GROUP}:8",
    ]


async def test_a_reply_to_the_bot_is_heard(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear()
    async with serving(ear):
        api.user_says("@FazhiBot 石狮", chat_id=GROUP)
        first = await api.next_message(GROUP)
        api.user_says("那马尾呢", chat_id=GROUP, reply_to=first)
        api.user_says("/x@OtherBot", chat_id=GROUP, reply_to=first)
        await api.next_message(GROUP)
        api.user_says("/last", chat_id=GROUP)
        await api.next_message(GROUP)
    assert ear.texts == ["石狮", "那马尾呢", "/last"]


async def test_bots_are_not_answered_but_anonymous_admins_are(
    api: FakeBotApi, serving: Serving
) -> None:
    ear = Ear()
    robot = {"id": 9, "is_bot": True, "first_name": "Bot"}
    async with serving(ear):
        api.user_says("/a", chat_id=GROUP, **{"from": robot})
        admin = {"from": robot, "sender_chat": {"id": GROUP, "type": "supergroup", "title": "群"}}
        api.user_says("/b", chat_id=GROUP, **admin)
        await api.next_message(GROUP)
    assert ear.texts == ["/b"]


async def test_the_answer_stays_in_its_topic(api: FakeBotApi, serving: Serving) -> None:
    async with serving(Ear()):
        api.user_says("/a", chat_id=GROUP, message_thread_id=5, is_topic_message=True)
        assert (await api.next_message(GROUP)).thread_id == 5
        api.user_says("/b", chat_id=GROUP, message_thread_id=5)  # a mere thread of replies
        assert (await api.next_message(GROUP)).thread_id is None


async def test_what_is_not_text(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear()
    file = {"file_id": "f", "file_unique_id": "u"}
    photo = {"photo": [{**file, "width": 9, "height": 9}], "caption": "石狮"}
    voice = {"voice": {**file, "duration": 1}}
    async with serving(ear):
        for fields in (photo, voice):
            api.user_sends(fields)
            assert (await api.next_message()).plain_text == TEXTS.only_text
            api.user_sends(fields, chat_id=GROUP)
        api.user_sends({"message_auto_delete_timer_changed": {"message_auto_delete_time": 9}})
        api.user_says("一改", kind="edited_message")
        api.user_says("末")
        assert (await api.next_message()).plain_text == "听到：末"
    assert ear.texts == ["末"]
    assert api.unread(GROUP) == 0


# Buttons


async def test_a_tap_says_what_the_option_says(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear(lambda message: PLACES if message.text == "调解" else text_reply("3323"))
    async with serving(ear):
        api.user_says("调解")
        message = await api.next_message()
        assert [button.label for button in message.buttons] == ["石狮市", "马尾区"]
        query = api.tap(message, "马尾区")
        assert await api.answer_to(query) is None
        assert (await api.next_message()).plain_text == "3323"
    assert ear.texts == ["调解", "马尾区调解"]
    assert ear.heard[0].session == ear.heard[1].session


async def test_a_tap_in_a_group_is_the_tappers(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear(lambda _: PLACES)
    async with serving(ear):
        api.user_says("/a", user_id=7, chat_id=GROUP)
        message = await api.next_message(GROUP)
        api.tap(message, "石狮市", user_id=8)
        assert (await api.next_message(GROUP)).reply_to == message.message_id
        api.tap_data(message, message.buttons[0].data, user_id=8, old=True)
        await api.next_message(GROUP)
    assert [heard.user for heard in ear.heard] == ["7", "8", "8"]


async def test_a_forged_tap_is_refused(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear(lambda _: PLACES)
    async with serving(ear):
        api.user_says("调解")
        message = await api.next_message()
        check = message.buttons[0].data[5:]
        for forged in (f"o1:1:{check}", f"o1:9:{check}", f"o2:0:{check}", "o1::", "石狮市调解"):
            query = api.tap_data(message, forged)
            assert await api.answer_to(query) == TEXTS.stale_button
        api.tap(message, "石狮市")
        await api.next_message()
    assert ear.texts == ["调解", "石狮市调解"]


async def test_a_stale_tap_is_refused(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear(lambda _: PLACES)
    async with serving(ear):
        api.user_says("调解")
        message = await api.next_message()
    async with serving(ear):  # restarted: the options are forgotten
        assert await api.answer_to(api.tap(message, "石狮市")) == TEXTS.stale_button
        inline = api.tap_data(None, message.buttons[0].data)
        assert await api.answer_to(inline) == TEXTS.stale_button
    assert ear.texts == ["调解"]


async def test_a_tap_too_late_to_acknowledge_is_answered(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear(lambda _: PLACES)
    async with serving(ear):
        api.user_says("调解")
        message = await api.next_message()
        api.fail("answerCallbackQuery", broken(400))
        api.tap(message, "石狮市")
        await api.next_message()
    assert ear.texts == ["调解", "石狮市调解"]
    assert api.calls.count("answercallbackquery") == 1


# Order


async def test_order_is_kept_in_a_chat_and_chats_do_not_wait(
    api: FakeBotApi, serving: Serving
) -> None:
    gate = asyncio.Event()

    async def slow_for_one(message: Message) -> Reply:
        if message.user == "7" and message.text == "0":
            await gate.wait()
        return text_reply(message.text)

    async with serving(slow_for_one) as app:
        for number in range(300):  # more than are ever handled at once
            api.user_says(str(number), user_id=7)
        api.user_says("别人", user_id=8)
        assert (await api.next_message(8)).plain_text == "别人"
        assert api.unread(7) == 0
        gate.set()
        answers = [(await api.next_message(7)).plain_text for _ in range(300)]
    assert answers == [str(number) for number in range(300)]
    assert not app.update_processor._turns  # type: ignore[attr-defined]  # locks are let go


# Failures


async def test_a_handler_that_fails(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(message: Message) -> Reply:
        raise LookupError(f"{message.text} {TOKEN}")

    caplog.set_level(logging.DEBUG)
    async with serving(Ear(fail)):
        update = api.user_says("我的秘密")
        assert (await api.next_message()).plain_text == TEXTS.failed
        api.user_says("@FazhiBot 我的秘密", chat_id=GROUP)
        assert (await api.next_message(GROUP)).reply_to is not None
    assert f"update {update} failed: LookupError at " in caplog.text
    assert "test_telegram.py" in caplog.text
    assert "我的秘密" not in caplog.text
    assert TOKEN not in caplog.text


@pytest.mark.parametrize(
    ("failures", "options"),
    [
        ([flood(1)], {}),
        ([broken(500)], {}),
        ([broken(502), dropped()], {}),
        # Taken, but the bot does not wait that long to be told.
        ([slow(60)], {"read_timeout": 0.5}),
    ],
    ids=["429", "500", "502, dropped", "late"],
)
async def test_a_failing_send_is_exactly_one_answer(
    api: FakeBotApi, serving: Serving, failures: list[Failure], options: dict[str, float]
) -> None:
    ear = Ear()
    async with serving(ear, **options):
        api.fail("sendMessage", *failures)
        api.user_says("一")
        api.user_says("二")
        assert (await api.next_message()).plain_text == "听到：一"
        assert (await api.next_message()).plain_text == "听到：二"
    assert api.unread() == 0
    assert ear.texts == ["一", "二"]


async def test_flood_control_of_one_chat_does_not_hold_up_another(
    api: FakeBotApi, serving: Serving
) -> None:
    async with serving(Ear()):
        api.fail("sendMessage", flood(2))
        api.user_says("一", user_id=7)
        await until(lambda: "sendmessage" in api.calls)
        api.user_says("二", user_id=8)
        await api.next_message(8)
        assert api.unread(7) == 0
        await api.next_message(7)


async def test_an_outage_is_sat_out(api: FakeBotApi, serving: Serving) -> None:
    ear = Ear()

    async def answer_into_the_outage(message: Message) -> Reply:
        await api.go_down()
        asyncio.get_running_loop().call_later(0.1, lambda: tasks.append(spawn(api.come_back())))
        return await ear(message)

    tasks: list[asyncio.Task[None]] = []
    spawn = asyncio.create_task
    async with serving(answer_into_the_outage):
        api.user_says("一")
        assert (await api.next_message()).plain_text == "听到：一"
    assert api.unread() == 0


@pytest.mark.parametrize(
    ("failures", "warning"),
    [
        ([broken(500)] * 4, "not sent: NetworkError"),
        ([flood(100_000)], "not sent: RetryAfter"),
    ],
)
async def test_some_answers_are_given_up(
    api: FakeBotApi,
    serving: Serving,
    failures: list[Failure],
    warning: str,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(channel, "_BACKOFF", (0.0, 0.0, 0.0))
    async with serving(Ear()):
        api.fail("sendMessage", *failures)
        api.user_says("一")
        api.user_says("二")
        assert (await api.next_message()).plain_text == "听到：二"
    assert [line for line in warnings(caplog) if line.startswith(warning)]


async def test_a_user_who_blocked_the_bot(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ear = Ear()
    async with serving(ear):
        api.user_says("一", user_id=7)
        api.block(7)
        api.user_says("二", user_id=8)
        await api.next_message(8)
    assert sorted(ear.texts) == ["一", "二"]
    assert "not sent: the user has blocked the bot" in caplog.text
    assert warnings(caplog) == []


async def test_an_answer_that_telegram_refuses(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(Ear(lambda _: text_reply(""))):
        api.user_says("一")
        assert (await api.next_message()).plain_text == TEXTS.failed
        api.push(
            "message",
            {
                "message_id": 1,
                "date": 1,
                "chat": {"id": 5, "type": "private"},
                "from": {"id": 5, "is_bot": False, "first_name": "5"},
                "text": "无",
            },
        )
        await until(lambda: len(warnings(caplog)) == 2)  # nobody there to be told of the failure
        api.fail("answerCallbackQuery", broken(401))
        api.tap_data(None, "o1:0:abcdef")  # nor here
        await until(lambda: len(warnings(caplog)) == 3)
    assert all("failed: " in warning for warning in warnings(caplog))


# Polling, starting and stopping


async def test_another_poller_is_reported_once(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(Ear()) as app, aiohttp.ClientSession() as session:
        await api.poll()
        async with session.get(f"{api.root}/bot{TOKEN}/getUpdates?timeout=30") as other:
            assert other.status == 409  # by then the bot has been refused, has waited and is back
        api.user_says("一")
        assert (await api.next_message()).plain_text == "听到：一"
        assert warnings(caplog) == ["no updates from Telegram, trying on: Conflict"]
        for failure in (NetworkError("down"), NetworkError("still down"), Conflict("again")):
            await app.process_error(None, failure)
    assert warnings(caplog)[1:] == [
        "no updates from Telegram, trying on: NetworkError",
        "no updates from Telegram, trying on: Conflict",
    ]
    assert not any(record.exc_info for record in caplog.records if record.name.startswith("bot."))


async def test_a_refused_token_does_not_end_polling(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(Ear()):
        await api.poll()
        api.fail("getUpdates", broken(404))
        api.user_says("一")  # ends the poll; the next one fails
        await api.next_message()
        await until(lambda: bool(warnings(caplog)))
        api.user_says("二")
        assert (await api.next_message()).plain_text == "听到：二"
    assert warnings(caplog) == [
        "no updates from Telegram, trying on: NetworkError from TelegramError"
    ]


async def test_the_menu_is_set(api: FakeBotApi, serving: Serving) -> None:
    async with serving(Ear()):
        assert api.commands == [("start", "开始"), ("places", "有哪些地方")]
        await api.poll()
        assert api.allowed == ("message", "callback_query")


async def test_a_menu_that_cannot_be_set_does_not_stop_the_start(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail("setMyCommands", flood(9))
    async with serving(Ear()):
        api.user_says("一")
        await api.next_message()
    assert warnings(caplog) == ["the menu of commands is not set: RetryAfter"]


@pytest.mark.parametrize("token", ["", "12345", "1:", "x:y", "1:a b", "1:a\n", " 1:a", "1:秘密"])
def test_a_malformed_token_is_refused_unseen(token: str) -> None:
    with pytest.raises(ChannelError) as caught:
        build(token, Ear(), COMMANDS, TEXTS, api_root=None)
    assert str(caught.value).endswith("one looks like 123456:AbCdEf-GhIjKl_MnOp")


def test_without_an_api_root_it_is_telegrams() -> None:
    app = build(TOKEN, Ear(), COMMANDS, TEXTS, api_root=None)
    assert app.bot.base_url == f"https://api.telegram.org/bot{TOKEN}"


@pytest.fixture
def elsewhere() -> Iterator[Callable[[Callable[[FakeBotApi], Awaitable[None]]], str]]:
    """Serves the Bot API in a thread, as `run` needs the main one; returns its root."""
    threads: list[threading.Thread] = []
    failures: list[BaseException] = []

    def start(life: Callable[[FakeBotApi], Awaitable[None]]) -> str:
        roots: queue.Queue[str] = queue.Queue()

        async def live() -> None:
            async with FakeBotApi() as api:
                roots.put(api.root)
                await life(api)

        def work() -> None:
            try:
                asyncio.run(live())
            except BaseException as failure:
                failures.append(failure)

        threads.append(threading.Thread(target=work))
        threads[-1].start()
        return roots.get(timeout=5)

    yield start
    for thread in threads:
        thread.join(timeout=15)
    assert failures == []


@pytest.fixture
def sinks() -> Iterator[None]:
    """Takes away the filters that `run` puts on the test's own log handlers."""
    handlers = [*logging.getLogger().handlers, logging.lastResort]
    before = [(handler, list(handler.filters)) for handler in handlers if handler]
    yield
    for handler, filters in before:
        handler.filters[:] = filters


Elsewhere = Callable[[Callable[[FakeBotApi], Awaitable[None]]], str]


@pytest.mark.usefixtures("sinks")
def test_run_serves_until_sigterm_and_answers_what_it_has_fetched(
    elsewhere: Elsewhere, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    busy, heard, stopped = threading.Event(), threading.Event(), threading.Event()
    answered: list[str] = []

    async def handler(message: Message) -> Reply:
        if message.text == "慢":
            busy.set()
            await asyncio.sleep(0.2)
        return text_reply(message.text)

    async def life(api: FakeBotApi) -> None:
        api.user_says("你好")
        answered.append((await api.next_message(within=10)).plain_text)
        api.user_says("慢")
        await asyncio.to_thread(busy.wait, 5)
        os.kill(os.getpid(), signal.SIGTERM)
        answered.append((await api.next_message()).plain_text)
        heard.set()
        await asyncio.to_thread(stopped.wait, 5)

    try:
        run(TOKEN, handler, COMMANDS, TEXTS, api_root=elsewhere(life))
        heard.wait(5)  # the double's thread may still be reading what it was sent
    finally:
        stopped.set()
    assert answered == ["你好", "慢"]
    assert "Application started" in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


@pytest.mark.usefixtures("sinks")
def test_run_refuses_a_wrong_token_without_showing_it(
    elsewhere: Elsewhere, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    done = threading.Event()

    async def life(_: FakeBotApi) -> None:
        await asyncio.to_thread(done.wait, 10)

    secret = "AAwrongWrongWrongWrong"
    try:
        with pytest.raises(ChannelError) as caught:
            run(f"77:{secret}", Ear(), COMMANDS, TEXTS, api_root=elsewhere(life))
    finally:
        done.set()
    assert str(caught.value) == "Telegram refuses the bot token; @BotFather tells the right one"
    assert caught.value.__context__ is None
    assert secret not in caplog.text
    assert not any(record.exc_info or record.exc_text for record in caplog.records)


@pytest.mark.usefixtures("sinks")
@pytest.mark.parametrize("comes_back", [True, False], ids=["comes back", "is not waited for"])
def test_run_says_that_telegram_is_out_of_reach(
    elsewhere: Elsewhere, caplog: pytest.LogCaptureFixture, comes_back: bool
) -> None:
    down, stopped = threading.Event(), threading.Event()
    answered: list[str] = []

    async def life(api: FakeBotApi) -> None:
        await api.go_down()
        down.set()
        await until(lambda: bool(warnings(caplog)))
        if comes_back:
            await api.come_back()
            api.user_says("你好")
            answered.append((await api.next_message(within=10)).plain_text)
        os.kill(os.getpid(), signal.SIGTERM if comes_back else signal.SIGINT)
        await asyncio.to_thread(stopped.wait, 5)

    try:
        root = elsewhere(life)
        assert down.wait(5)
        run(TOKEN, Ear(), COMMANDS, TEXTS, api_root=root)
    finally:
        stopped.set()
    warning = "Telegram cannot be reached, trying on: NetworkError from ConnectError"
    assert warnings(caplog)[0] == warning
    assert answered == (["听到：你好"] if comes_back else [])

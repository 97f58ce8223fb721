"""The Telegram channel, driven from outside: the real service against a Bot API on loopback."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from fake_bot_api import TOKEN, Button, Failure, FakeBotApi, broken, dropped, flood, moved, slow
from voice import Voice

from bot.channels.telegram import Command, Manners, Rate, Scope, Service, Setup
from bot.errors import ChannelError
from bot.messages import Message, Option, Reply, Run, Style, text_reply

GROUP = -100500
COMMANDS = (Command("start"), Command("places"), Command("privacy", Scope.PRIVATE),
            Command("reload", Scope.ADMIN))  # fmt: skip
PLACES = text_reply("哪里？", (Option("石狮市", "石狮市调解"), Option("马尾区", "马尾区调解")))
EAGER = Manners(retries=(0.0,))

Serving = Callable[..., AbstractAsyncContextManager[Service]]


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


@pytest.fixture
def serving(api: FakeBotApi, tmp_path: Path) -> Serving:
    """Runs the service as `run` does, in the test's own event loop."""

    @asynccontextmanager
    async def serve(voice: Voice, **options: Any) -> AsyncIterator[Service]:
        given = {"token": api.token, "api_root": api.root, "folder": tmp_path, "manners": EAGER}
        async with Service(Setup(**(given | options)), voice, COMMANDS) as service:
            yield service

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
    ear = Voice(lambda _: answer)
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

    async with serving(Voice(echo)):
        api.user_says(text)
        message = await api.next_message()
    assert message.plain_text == "\n".join([text] * 3)
    assert message.styled("bold") == message.styled("expandable_blockquote") == [text]


async def test_a_long_answer_has_pages(api: FakeBotApi, serving: Serving) -> None:
    quote = Run("办结<案件>1524万件，" * 900 + "完。", Style.QUOTE)
    answer = Reply(((Run("1524万", Style.STRONG),), (quote,), (Run("来源：报告"),)))
    async with serving(Voice(lambda _: answer)):
        api.user_says("多少")
        message = await api.next_message()
        told = message.plain_text
        assert told.startswith("1524万\n办结<案件>1524万件，")
        for label in ("2/3 ›", "3/3 ›"):
            api.tap(message, label)
            edited = await api.next_edit()
            told += edited["text"]
            buttons = edited["reply_markup"]["inline_keyboard"][0]
            message = replace(
                message, buttons=tuple(Button(b["text"], b["callback_data"]) for b in buttons)
            )
        assert [button.label for button in message.buttons] == ["‹ 2/3"]
    assert told.replace("\n", "") == "1524万" + "办结<案件>1524万件，" * 900 + "完。来源：报告"


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
    ear = Voice()
    async with serving(ear):
        for said, _ in PRIVATE_TALK:
            api.user_says(said)
            assert (await api.next_message()).reply_to is None
    assert ear.texts == [heard for _, heard in PRIVATE_TALK]


async def test_in_groups_only_what_is_said_to_the_bot(api: FakeBotApi, serving: Serving) -> None:
    ear = Voice()
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
    ear = Voice()
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
    ear = Voice()
    robot = {"id": 9, "is_bot": True, "first_name": "Bot"}
    async with serving(ear):
        api.user_says("/a", chat_id=GROUP, **{"from": robot})
        admin = {"from": robot, "sender_chat": {"id": GROUP, "type": "supergroup", "title": "群"}}
        api.user_says("/b", chat_id=GROUP, **admin)
        await api.next_message(GROUP)
    assert ear.texts == ["/b"]


async def test_the_answer_stays_in_its_topic(api: FakeBotApi, serving: Serving) -> None:
    async with serving(Voice()):
        api.user_says("/a", chat_id=GROUP, message_thread_id=5, is_topic_message=True)
        assert (await api.next_message(GROUP)).thread_id == 5
        api.user_says("/b", chat_id=GROUP, message_thread_id=5)  # a mere thread of replies
        assert (await api.next_message(GROUP)).thread_id is None


async def test_what_is_not_text(api: FakeBotApi, serving: Serving) -> None:
    ear = Voice()
    file = {"file_id": "f", "file_unique_id": "u"}
    photo = {"photo": [{**file, "width": 9, "height": 9}], "caption": "石狮"}
    voice = {"voice": {**file, "duration": 1}}
    async with serving(ear):
        for fields in (photo, voice):
            api.user_sends(fields)
            assert (await api.next_message()).plain_text == "only_text[]"
            api.user_sends(fields, chat_id=GROUP)
        api.user_sends({"message_auto_delete_timer_changed": {"message_auto_delete_time": 9}})
        album = photo | {"media_group_id": "1"}
        for _ in range(3):
            api.user_sends(album)
        api.user_says("末")
        assert (await api.next_message()).plain_text == "only_text[]"
        assert (await api.next_message()).plain_text == "听到：末"
    assert ear.texts == ["末"]
    assert api.unread(GROUP) == 0


# Buttons


async def test_a_tap_says_what_the_option_says(api: FakeBotApi, serving: Serving) -> None:
    ear = Voice(lambda message: PLACES if message.text == "调解" else text_reply("3323"))
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
    ear = Voice(lambda _: PLACES)
    async with serving(ear):
        api.user_says("/a", user_id=7, chat_id=GROUP)
        message = await api.next_message(GROUP)
        api.tap(message, "石狮市", user_id=8)
        assert (await api.next_message(GROUP)).reply_to == message.message_id
        api.tap_data(message, message.buttons[0].data, user_id=8, old=True)
        await api.next_message(GROUP)
    assert [heard.user for heard in ear.heard] == ["7", "8", "8"]


async def test_a_forged_tap_is_refused(api: FakeBotApi, serving: Serving) -> None:
    ear = Voice(lambda _: PLACES)
    async with serving(ear):
        api.user_says("调解")
        message = await api.next_message()
        check = message.buttons[0].data[5:]
        for forged in (f"o1:1:{check}", f"o1:9:{check}", f"o2:0:{check}", "o1::", "石狮市调解"):
            query = api.tap_data(message, forged)
            assert await api.answer_to(query) == "stale_button[]"
        api.tap(message, "石狮市")
        await api.next_message()
    assert ear.texts == ["调解", "石狮市调解"]


async def test_buttons_outlive_a_restart(api: FakeBotApi, serving: Serving) -> None:
    ear = Voice(lambda _: PLACES)
    async with serving(ear):
        api.user_says("调解")
        message = await api.next_message()
    async with serving(ear):
        assert await api.answer_to(api.tap(message, "石狮市")) is None
        await api.next_message()
        inline = api.tap_data(None, message.buttons[0].data)
        assert await api.answer_to(inline) == "stale_button[]"
    assert ear.texts == ["调解", "石狮市调解"]


async def test_a_tap_on_a_forgotten_message_is_stale(
    api: FakeBotApi, serving: Serving, tmp_path: Path
) -> None:
    ear = Voice(lambda _: PLACES)
    async with serving(ear):
        api.user_says("调解")
        message = await api.next_message()
    async with serving(ear, folder=tmp_path / "new"):
        assert await api.answer_to(api.tap(message, "石狮市")) == "stale_button[]"
    assert ear.texts == ["调解"]


async def test_a_tap_too_late_to_acknowledge_is_answered(api: FakeBotApi, serving: Serving) -> None:
    ear = Voice(lambda _: PLACES)
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

    manners = replace(EAGER, private=Rate(1000, 1000))
    async with serving(Voice(slow_for_one), manners=manners) as service:
        for number in range(300):  # more than are ever handled at once
            api.user_says(str(number), user_id=7)
        api.user_says("别人", user_id=8)
        assert (await api.next_message(8)).plain_text == "别人"
        assert api.unread(7) == 0
        gate.set()
        answers = [(await api.next_message(7)).plain_text for _ in range(300)]
        await until(lambda: service.lanes.depth == 0)
    assert answers == [str(number) for number in range(300)]


# Failures


async def test_a_handler_that_fails(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(message: Message) -> Reply:
        raise LookupError(f"{message.text} {TOKEN}")

    caplog.set_level(logging.DEBUG)
    async with serving(Voice(fail)):
        update = api.user_says("我的秘密")
        assert (await api.next_message()).plain_text == "failed[]"
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
    ear = Voice()
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
    async with serving(Voice()):
        api.fail("sendMessage", flood(2))
        api.user_says("一", user_id=7)
        await until(lambda: "sendmessage" in api.calls)
        api.user_says("二", user_id=8)
        await api.next_message(8)
        assert api.unread(7) == 0
        await api.next_message(7)


async def test_an_outage_is_sat_out(api: FakeBotApi, serving: Serving) -> None:
    ear = Voice()

    async def answer_into_the_outage(message: Message) -> Reply:
        await api.go_down()
        asyncio.get_running_loop().call_later(0.1, lambda: tasks.append(spawn(api.come_back())))
        return await ear.handle(message)

    tasks: list[asyncio.Task[None]] = []
    spawn = asyncio.create_task
    async with serving(Voice(answer_into_the_outage)):
        api.user_says("一")
        assert (await api.next_message()).plain_text == "听到：一"
    assert api.unread() == 0


async def test_a_user_who_blocked_the_bot(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    ear = Voice()
    async with serving(ear):
        api.user_says("一", user_id=7)
        api.chats.blocked.add(7)
        api.user_says("二", user_id=8)
        await api.next_message(8)
    assert sorted(ear.texts) == ["一", "二"]
    assert "not sent: the user has blocked the bot" in caplog.text
    assert warnings(caplog) == []


async def test_an_answer_that_telegram_refuses(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(Voice(lambda m: text_reply("" if m.text == "一" else "好"))):
        api.user_says("一")
        assert (await api.next_message()).plain_text == "failed[]"
        stranger = {"id": 5, "type": "private"}
        who = {"id": 5, "is_bot": False, "first_name": "5"}
        unheard = {"message_id": 1, "date": 1, "chat": stranger, "from": who, "text": "无"}
        api.push("message", unheard)
        await until(lambda: "nobody could be told" in caplog.text)
        api.user_says("二")
        assert (await api.next_message()).plain_text == "好"


async def test_a_group_that_moved_is_followed(api: FakeBotApi, serving: Serving) -> None:
    async with serving(Voice()):
        api.fail("sendMessage", moved(-100777))
        api.user_says("/a", chat_id=GROUP)
        assert (await api.next_message(-100777)).plain_text == "听到：/a"


# Polling, starting and stopping


async def test_another_poller_is_reported_once(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(Voice()), aiohttp.ClientSession() as session:
        await api.poll()
        async with session.get(f"{api.root}/bot{TOKEN}/getUpdates?timeout=30") as other:
            assert other.status == 409  # by then the bot has been refused, has waited and is back
        api.user_says("一")
        assert (await api.next_message()).plain_text == "听到：一"
    assert warnings(caplog) == ["no updates from Telegram, trying on: Conflict"]
    assert not any(record.exc_info for record in caplog.records if record.name.startswith("bot."))


async def test_a_refused_token_does_not_end_polling(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    async with serving(Voice()):
        await api.poll()
        api.fail("getUpdates", broken(404))
        api.user_says("一")  # ends the poll; the next one fails
        await api.next_message()
        await until(lambda: bool(warnings(caplog)))
        api.user_says("二")
        assert (await api.next_message()).plain_text == "听到：二"
    assert warnings(caplog) == [
        "no updates from Telegram, trying on: InvalidToken from TelegramError"
    ]


async def test_the_menu_is_set_by_scope_and_language_and_only_when_it_changes(
    api: FakeBotApi, serving: Serving
) -> None:
    manners = replace(EAGER, admins=frozenset({"7", "8"}))
    api.user_says("/a", user_id=7)  # Telegram knows no menu for a chat that it does not know
    for _ in range(2):
        async with serving(Voice(), manners=manners):
            await until(lambda: ("setmyshortdescription", "en") in api.chats.descriptions)
            await until(lambda: api.calls.count("setmyshortdescription") == 3)
    menus = api.chats.menus
    assert menus["all_group_chats", ""] == [
        ("start", "command_start[]"), ("places", "command_places[]")
    ]  # fmt: skip
    assert [name for name, _ in menus["all_private_chats", "zh"]] == ["start", "places", "privacy"]
    assert menus["chat7", "en"][-1] == ("reload", "command_reload[en]")
    assert api.chats.descriptions["setmydescription", "zh"] == "bot_description[zh-Hans]"
    assert api.calls.count("setmydescription") == 3
    assert api.calls.count("setmycommands") >= 9 + 3  # the unknown admin's again
    assert api.allowed == (
        "message", "edited_message", "callback_query", "inline_query", "my_chat_member"
    )  # fmt: skip


async def test_a_menu_that_cannot_be_set_does_not_stop_the_start(
    api: FakeBotApi, serving: Serving, caplog: pytest.LogCaptureFixture
) -> None:
    api.fail("setMyCommands", flood(1000))
    async with serving(Voice()):
        api.user_says("一")
        await api.next_message()
        await until(lambda: bool(warnings(caplog)))
    assert warnings(caplog) == ["the menu is not set: setMyCommands:groups:: RetryAfter"]


@pytest.mark.parametrize("token", ["", "12345", "1:", "x:y", "1:a b", "1:a\n", " 1:a", "1:秘密"])
def test_a_malformed_token_is_refused_unseen(token: str, tmp_path: Path) -> None:
    with pytest.raises(ChannelError) as caught:
        Service(Setup(token, "http://127.0.0.1", tmp_path), Voice(), COMMANDS)
    assert str(caught.value).endswith("one looks like 123456:AbCdEf-GhIjKl_MnOp")

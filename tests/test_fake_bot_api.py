"""The fake Bot API is as strict as Telegram: what it lets pass, Telegram lets pass."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from fake_bot_api import TOKEN, USER, FakeBotApi, broken, dropped, flood, slow
from fake_bot_html import HtmlError, parse

GROUP = -100500


class Client:
    """A bot in the raw."""

    def __init__(self, session: aiohttp.ClientSession, api: FakeBotApi) -> None:
        self._session = session
        self._api = api

    async def __call__(self, method: str, token: str = TOKEN, **params: Any) -> tuple[int, Any]:
        """Call a method; its status and its result, or the description of what was wrong."""
        data = {key: v if isinstance(v, str) else json.dumps(v) for key, v in params.items()}
        url = f"{self._api.root}/bot{token}/{method}"
        async with self._session.post(url, data=data) as response:
            body = await response.json()
        assert body["ok"] is (response.status == 200)
        assert body.get("error_code", 200) == response.status
        return response.status, body["result"] if body["ok"] else body["description"]


@pytest.fixture
async def api() -> AsyncIterator[FakeBotApi]:
    async with FakeBotApi() as api:
        yield api


@pytest.fixture
async def call(api: FakeBotApi) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession() as session:
        yield Client(session, api)


def markup(*buttons: dict[str, str]) -> dict[str, Any]:
    return {"inline_keyboard": [[button] for button in buttons]}


@pytest.mark.parametrize(
    ("source", "plain", "entities"),
    [
        ("纯文本", "纯文本", []),
        ("<b>3323</b>件", "3323件", [("bold", 0, 4)]),
        ("a &lt;b&gt; &amp;&quot; &#x27;&#39;", "a <b> &\" ''", []),
        ("<blockquote expandable>引文</blockquote>", "引文", [("expandable_blockquote", 0, 2)]),
        ("<blockquote>引文</blockquote>", "引文", [("blockquote", 0, 2)]),
        ('<a href="https://a.cn/?a=1&amp;b=2">链接</a>', "链接", [("text_link", 0, 2)]),
        ("<B>x</B>", "x", [("bold", 0, 1)]),
        ("<b>x<i>y</i></b>", "xy", [("bold", 0, 2), ("italic", 1, 1)]),
        ("😀<b>😀</b>", "😀😀", [("bold", 2, 2)]),
        ("  \n<b> x </b>\n ", "x", [("bold", 0, 1)]),
        ("<b></b><i> </i>x", "x", []),
    ],
)
def test_html_is_parsed(source: str, plain: str, entities: list[tuple[str, int, int]]) -> None:
    text, found = parse(source)
    assert text == plain
    assert [(entity.type, entity.offset, entity.length) for entity in found] == entities


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("<script>x</script>", 'Unsupported start tag "script" at byte offset 0'),
        ("石狮<3", "Unclosed start tag at byte offset 6"),
        ("a < b", "Unclosed start tag at byte offset 2"),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("R&D", 'Character "&" must be escaped at byte offset 1'),
        ("&nbsp;", 'Unsupported character entity "&nbsp;" at byte offset 0'),
        ("<b class=x>x</b>", 'Unsupported attributes of the tag "b" at byte offset 0'),
        ('<a href="x>x</a>', 'Malformed attributes of the tag "a" at byte offset 0'),
    ],
)
def test_html_is_refused(source: str, error: str) -> None:
    with pytest.raises(HtmlError) as caught:
        parse(source)
    assert str(caught.value) == error


def test_formatting_beyond_a_hundred_entities_is_lost() -> None:
    assert len(parse("<b>x</b>y" * 101)[1]) == 100


@pytest.mark.parametrize(
    ("token", "method", "code", "description"),
    [
        ("no-token", "getMe", 404, "Not Found"),
        ("1:wrong", "getMe", 401, "Unauthorized"),
        (TOKEN, "getYou", 404, "Not Found: method not found"),
    ],
)
async def test_who_may_call_what(
    call: Client, token: str, method: str, code: int, description: str
) -> None:
    assert await call(method, token) == (code, description)


GOOD = {"chat_id": USER, "text": "好"}
BUTTON = {"text": "石狮", "callback_data": "o1:0:abc123"}


@pytest.mark.parametrize(
    "params",
    [
        {"text": "字" * 4096},
        {"text": "😀" * 4096},
        {"text": "<b>" + "字" * 4096 + "</b>", "parse_mode": "HTML"},
        {"text": "a < b & c"},
        {"reply_markup": markup(BUTTON, {"text": "是", "callback_data": "界" * 21 + "x"})},
        {"reply_markup": markup(*[BUTTON] * 100)},
        {"reply_parameters": {"message_id": 1, "allow_sending_without_reply": True}},
    ],
)
async def test_messages_that_pass(api: FakeBotApi, call: Client, params: dict[str, Any]) -> None:
    api.user_says("你好")
    code, _ = await call("sendMessage", **(GOOD | params))
    assert code == 200
    assert (await api.next_message()).chat_id == USER


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "message text is empty"),
        ({"text": "<b> </b>", "parse_mode": "HTML"}, "message text is empty"),
        ({"text": "字" * 4097}, "message is too long"),
        ({"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
        ({"parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"chat_id": 7}, "chat not found"),
        ({"chat_id": "@nobody"}, 'parameter "chat_id" is not a number'),
        ({"colour": "red"}, "unknown parameters ['colour']"),
        ({"reply_markup": "{"}, "can't parse reply_markup JSON object"),
        ({"reply_markup": [1]}, "reply_markup must be a JSON dict"),
        ({"reply_markup": {"keyboard": []}}, "can't parse inline keyboard"),
        ({"reply_markup": markup(*[BUTTON] * 101)}, "reply markup is too long"),
        ({"reply_markup": markup(BUTTON | {"text": " "})}, "inline keyboard button text"),
        ({"reply_markup": markup({"text": "x"})}, "inline keyboard button has no"),
        ({"reply_markup": markup(BUTTON | {"callback_data": ""})}, "BUTTON_DATA_INVALID"),
        ({"reply_markup": markup(BUTTON | {"callback_data": "界" * 22})}, "BUTTON_DATA_INVALID"),
        ({"reply_parameters": {"message_id": 1}}, "message to be replied not found"),
    ],
)
async def test_messages_that_are_refused(
    api: FakeBotApi, call: Client, params: dict[str, Any], description: str
) -> None:
    api.user_says("你好")
    code, refusal = await call("sendMessage", **(GOOD | params))
    assert (code, refusal[:13]) == (400, "Bad Request: ")
    assert refusal[13:].startswith(description)
    assert api.unread() == 0


async def test_a_blocked_bot_and_a_missing_chat(api: FakeBotApi, call: Client) -> None:
    api.user_says("你好")
    api.chats.blocked.add(USER)
    assert await call("sendMessage", **GOOD) == (403, "Forbidden: bot was blocked by the user")
    assert await call("sendMessage", text="好") == (400, "Bad Request: chat_id is empty")


@pytest.mark.parametrize(
    ("commands", "description"),
    [
        ([{"command": "Start", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "开始", "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "a" * 33, "description": "x"}], "BOT_COMMAND_INVALID"),
        ([{"command": "start"}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "start", "description": "x" * 257}], "BOT_COMMAND_DESCRIPTION_INVALID"),
        ([{"command": "start", "description": "x"}] * 101, "too many commands"),
    ],
)
async def test_menus_that_are_refused(call: Client, commands: Any, description: str) -> None:
    assert await call("setMyCommands", commands=commands) == (400, f"Bad Request: {description}")


async def test_a_menu_is_kept(api: FakeBotApi, call: Client) -> None:
    menu = [{"command": "start", "description": "开始"}]
    assert await call("setMyCommands", commands=menu) == (200, True)
    assert api.commands == [("start", "开始")]


async def test_updates_wait_until_they_are_confirmed(api: FakeBotApi, call: Client) -> None:
    first, second = api.user_says("一"), api.user_says("二")
    for _ in range(2):
        _, updates = await call("getUpdates")
        assert [update["update_id"] for update in updates] == [first, second]
    _, updates = await call("getUpdates", limit=1)
    assert [update["update_id"] for update in updates] == [first]
    _, updates = await call("getUpdates", offset=second)
    assert [update["message"]["text"] for update in updates] == ["二"]
    assert await call("getUpdates", offset=second + 1) == (200, [])


async def test_a_negative_offset_forgets_the_earlier_ones(api: FakeBotApi, call: Client) -> None:
    assert await call("getUpdates", offset=-1) == (200, [])
    api.user_says("一")
    last = api.user_says("二")
    for _ in range(2):
        _, updates = await call("getUpdates", offset=-1)
        assert [update["update_id"] for update in updates] == [last]


async def test_long_polling_waits_for_an_update(api: FakeBotApi, call: Client) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=30))
    await api.poll()
    update = api.user_says("你好")
    _, updates = await poll
    assert [found["update_id"] for found in updates] == [update]
    assert await call("getUpdates", offset=update + 1, timeout=1) == (200, [])
    assert await call("getUpdates", timeout=51) == (
        400,
        "Bad Request: timeout or limit out of range",
    )


async def test_a_second_poller_ends_the_first(api: FakeBotApi, call: Client) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=30))
    await api.poll()
    second = asyncio.create_task(call("getUpdates", timeout=30))
    code, description = await first
    assert code == 409
    assert description.startswith("Conflict: terminated by other getUpdates request")
    api.user_says("你好")
    assert len((await second)[1]) == 1


async def test_allowed_updates_stick(api: FakeBotApi, call: Client) -> None:
    api.user_says("一改", kind="edited_message")
    await call("getUpdates", allowed_updates=["message"])
    api.user_says("二改", kind="edited_message")  # not asked for: lost
    last = api.user_says("三")
    _, updates = await call("getUpdates")
    kinds = [kind for update in updates for kind in update if kind != "update_id"]
    assert kinds == ["edited_message", "message"]
    await call("getUpdates", offset=last + 1, allowed_updates=[])
    api.user_says("四改", kind="edited_message")
    assert len((await call("getUpdates"))[1]) == 1


async def test_pending_updates_are_dropped_on_demand(api: FakeBotApi, call: Client) -> None:
    api.user_says("一")
    assert await call("deleteWebhook", drop_pending_updates=False) == (200, True)
    assert len((await call("getUpdates"))[1]) == 1
    await call("deleteWebhook", drop_pending_updates=True)
    assert await call("getUpdates") == (200, [])


async def test_a_tap_is_answered_once(api: FakeBotApi, call: Client) -> None:
    api.user_says("你好")
    await call("sendMessage", **GOOD, reply_markup=markup(BUTTON))
    query = api.tap(await api.next_message(), "石狮")
    too_long = await call("answerCallbackQuery", callback_query_id=query, text="长" * 201)
    assert too_long == (400, "Bad Request: MESSAGE_TOO_LONG")
    assert await call("answerCallbackQuery", callback_query_id=query, text="好") == (200, True)
    assert await api.answer_to(query) == "好"
    for unknown in (query, "0"):
        code, description = await call("answerCallbackQuery", callback_query_id=unknown)
        assert code == 400
        assert description.startswith("Bad Request: query is too old")


async def test_a_message_is_edited(api: FakeBotApi, call: Client) -> None:
    api.user_says("你好")
    _, sent = await call("sendMessage", **GOOD)
    place = {"chat_id": USER, "message_id": sent["message_id"]}
    code, edited = await call("editMessageText", **place, text="更好", reply_markup=markup(BUTTON))
    assert (code, edited["text"]) == (200, "更好")
    code, refusal = await call("editMessageText", **place, text="更好", reply_markup=markup(BUTTON))
    assert code == 400
    assert refusal.startswith("Bad Request: message is not modified")
    refused = await call("editMessageText", chat_id=USER, message_id=1, text="更好")
    assert refused == (400, "Bad Request: message to edit not found")


async def test_actions(api: FakeBotApi, call: Client) -> None:
    api.user_says("你好")
    assert await call("sendChatAction", chat_id=USER, action="typing") == (200, True)
    assert api.actions == [(USER, "typing")]
    refused = await call("sendChatAction", chat_id=USER, action="dancing")
    assert refused == (400, "Bad Request: wrong parameter action in request")


async def test_what_people_send(api: FakeBotApi, call: Client) -> None:
    api.user_says("😀 @FazhiBot 你好", chat_id=GROUP)
    api.user_says("/start@FazhiBot")
    api.user_sends({"sticker": {"emoji": "😀"}})
    _, updates = await call("getUpdates")
    mention, command, sticker = (update["message"] for update in updates)
    assert mention["chat"] == {"id": GROUP, "type": "supergroup", "title": f"Group {GROUP}"}
    assert mention["entities"] == [{"type": "mention", "offset": 3, "length": 9}]
    assert command["entities"] == [{"type": "bot_command", "offset": 0, "length": 15}]
    assert command["chat"]["type"] == "private"
    assert "text" not in sticker


async def test_failures_come_once_and_as_scripted(api: FakeBotApi, call: Client) -> None:
    api.user_says("你好")
    api.fail("sendMessage", flood(3), slow(0.01), dropped(), dropped(taken=True))
    limited = await call("sendMessage", **GOOD)
    assert limited == (429, "Too Many Requests: retry after 3")
    assert (api.unread(), (await call("sendMessage", **GOOD))[0]) == (0, 200)
    for expected in (1, 2):
        with pytest.raises(aiohttp.ClientConnectionError):
            await call("sendMessage", **GOOD)
        assert api.unread() == expected
    api.fail("getMe", broken(502))
    with pytest.raises(aiohttp.ContentTypeError):
        await call("getMe")
    assert (await call("getMe"))[1]["username"] == "FazhiBot"


async def test_an_outage(api: FakeBotApi, call: Client) -> None:
    await api.go_down()
    with pytest.raises(aiohttp.ClientConnectorError):
        await call("getMe")
    await api.come_back()
    assert (await call("getMe"))[0] == 200


async def test_json_and_query_parameters(api: FakeBotApi) -> None:
    api.user_says("你好")
    url = f"{api.root}/bot{api.token}/sendMessage"
    async with aiohttp.ClientSession() as session:
        async with session.post(url, json=GOOD) as response:
            assert response.status == 200
        async with session.get(url, params={"chat_id": USER, "text": "好"}) as response:
            assert response.status == 200
    assert api.unread() == 2

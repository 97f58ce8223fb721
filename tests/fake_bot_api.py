"""A Bot API server on loopback: what the tests of the Telegram channel talk to instead of Telegram.

It answers over HTTP and is as strict as Telegram is, and stricter where Telegram is silently
lenient (unknown parameters, a lone `&`), so that a reply Telegram would refuse fails a test:

    async with FakeBotApi() as api:
        ...  # start the bot with token=api.token, api_root=api.root
        api.user_says("石狮调解成功了多少")
        message = await api.next_message(USER)
        query = api.tap(message, message.buttons[0].label)
        assert await api.answer_to(query) is None

All waiting is bounded. Failures are scripted per method: `api.fail("sendMessage", flood(1))`.
"""

import asyncio
import json
import re
import time
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web
from fake_bot_html import Entity, HtmlError, parse, utf16

USER = 1001
BOT_ID = 4242
TOKEN = f"{BOT_ID}:AAFakeFakeFakeFakeFakeFakeFakeFake-_x"
MAX_TEXT = 4096
WAIT = 5.0

Params = dict[str, Any]
Json = dict[str, Any]

_UPDATES_BY_DEFAULT = ("message", "edited_message", "callback_query", "my_chat_member")
_ACTIONS = ("typing", "upload_document", "find_location")
_SEND = "chat_id message_thread_id text parse_mode entities link_preview_options reply_markup"
_PARAMETERS = {
    "getme": "",
    "getupdates": "offset limit timeout allowed_updates",
    "deletewebhook": "drop_pending_updates",
    "setmycommands": "commands scope language_code",
    "sendmessage": f"{_SEND} disable_notification protect_content reply_parameters",
    "editmessagetext": f"{_SEND} message_id",
    "answercallbackquery": "callback_query_id text show_alert url cache_time",
    "sendchataction": "chat_id message_thread_id action",
}


@dataclass(frozen=True, slots=True)
class Button:
    """A button as the user sees it, and what it sends."""

    label: str
    data: str


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message the bot has sent."""

    chat_id: int
    message_id: int
    text: str
    """As sent, with tags."""
    plain_text: str
    """As read."""
    entities: tuple[Entity, ...]
    buttons: tuple[Button, ...]
    reply_to: int | None
    thread_id: int | None
    has_preview: bool

    def styled(self, kind: str) -> list[str]:
        """The stretches formatted in one way."""
        return [entity.text for entity in self.entities if entity.type == kind]


@dataclass(frozen=True, slots=True)
class Failure:
    """How one call goes wrong."""

    status: int = 0
    retry_after: int = 0
    drop: bool = False
    delay: float = 0.0
    taken: bool = False
    """Whether the call has its effect all the same."""


def flood(seconds: int) -> Failure:
    """429, with the seconds to wait."""
    return Failure(status=429, retry_after=seconds)


def broken(status: int) -> Failure:
    """The server's own failure, as its proxy words it: not JSON."""
    return Failure(status=status)


def dropped(*, taken: bool = False) -> Failure:
    """The connection breaks off instead of an answer."""
    return Failure(drop=True, taken=taken)


def slow(seconds: float) -> Failure:
    """The call is taken; its answer is late."""
    return Failure(delay=seconds, taken=True)


class ApiError(Exception):
    """An answer with ok=false."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


class FakeBotApi:
    """The server, and the people who talk to the bot."""

    def __init__(self, token: str = TOKEN, username: str = "FazhiBot") -> None:
        self.token = token
        self.username = username
        self.calls: list[str] = []
        """Names of the methods called, in order."""
        self.commands: list[tuple[str, str]] = []
        self.allowed: tuple[str, ...] = _UPDATES_BY_DEFAULT
        self.actions: list[tuple[int, str]] = []
        self._updates: list[Json] = []
        self._next_id = 100
        self._poll: asyncio.Future[None] | None = None
        self._polled = asyncio.Event()
        self._chats: dict[int, Json] = {}
        self._blocked: set[int] = set()
        self._messages: dict[tuple[int, int], Json] = {}
        self._sent: defaultdict[int, asyncio.Queue[SentMessage]] = defaultdict(asyncio.Queue)
        self._queries: dict[str, asyncio.Future[str | None]] = {}
        self._failures: defaultdict[str, deque[Failure]] = defaultdict(deque)
        self._methods: dict[str, Callable[[Params], Awaitable[Any]]] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "deletewebhook": self._delete_webhook,
            "setmycommands": self._set_my_commands,
            "sendmessage": self._send_message,
            "editmessagetext": self._edit_message_text,
            "answercallbackquery": self._answer_callback_query,
            "sendchataction": self._send_chat_action,
        }
        self._port = 0

    # The server

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        # No access log: it would hold the token, which the tests look for in the bot's log.
        self._runner = web.AppRunner(
            application, access_log=None, handler_cancellation=True, shutdown_timeout=0.1
        )
        await self._runner.setup()
        await self.come_back()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    @property
    def root(self) -> str:
        """What to hand the bot as the root of the Bot API."""
        return f"http://127.0.0.1:{self._port}"

    async def come_back(self) -> None:
        """Listen; after an outage at the same place."""
        self._site = web.TCPSite(self._runner, "127.0.0.1", self._port, reuse_address=True)
        await self._site.start()
        self._port = self._runner.addresses[0][1]

    async def go_down(self) -> None:
        """Break all connections and refuse new ones."""
        await self._site.stop()
        assert self._runner.server is not None
        for connection in self._runner.server.connections:
            if connection.transport is not None:
                connection.transport.abort()

    def fail(self, method: str, *failures: Failure) -> None:
        """Let the next calls of a method fail, one failure a call."""
        self._failures[method.lower()].extend(failures)

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        try:
            self._authorise(request.match_info["token"], method)
            params = await _params(request)
            unknown = set(params) - set(_PARAMETERS[method].split())
            if unknown:
                raise _bad(f"unknown parameters {sorted(unknown)}")
            self.calls.append(method)
            script = self._failures[method]
            if script:
                return await self._fail(script.popleft(), method, params, request)
            return web.json_response({"ok": True, "result": await self._methods[method](params)})
        except ApiError as error:
            return _refusal(error)

    def _authorise(self, token: str, method: str) -> None:
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if method not in self._methods:
            raise ApiError(404, "Not Found: method not found")

    async def _fail(
        self, failure: Failure, method: str, params: Params, request: web.Request
    ) -> web.StreamResponse:
        result = await self._methods[method](params) if failure.taken else None
        if failure.drop:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if failure.status == 429:
            seconds = failure.retry_after
            text = f"Too Many Requests: retry after {seconds}"
            raise ApiError(429, text, retry_after=seconds)
        if failure.status:
            return web.Response(status=failure.status, text="<html>nginx</html>")
        await asyncio.sleep(failure.delay)
        return web.json_response({"ok": True, "result": result})

    # The people

    def user_says(
        self,
        text: str,
        user_id: int = USER,
        chat_id: int | None = None,
        *,
        reply_to: SentMessage | None = None,
        kind: str = "message",
        **fields: Any,
    ) -> int:
        """A user types; in a group if `chat_id` is negative. Returns the update's id."""
        entities = self._entities(text)
        fields = {"text": text, **({"entities": entities} if entities else {}), **fields}
        if reply_to is not None:
            fields["reply_to_message"] = self._messages[reply_to.chat_id, reply_to.message_id]
        return self.user_sends(fields, user_id, chat_id, kind=kind)

    def user_sends(
        self, fields: Json, user_id: int = USER, chat_id: int | None = None, kind: str = "message"
    ) -> int:
        """A user sends something else: the message's own fields, such as {"sticker": …}."""
        message = {
            "message_id": self._new_id(),
            "date": int(time.time()),
            "chat": self._chat(chat_id or user_id),
            "from": _user(user_id),
            **fields,
        }
        self._messages[message["chat"]["id"], message["message_id"]] = message
        return self.push(kind, message)

    def tap(self, message: SentMessage, label: str, user_id: int = USER) -> str:
        """A user taps the button with that label; returns the callback query's id."""
        data = next(button.data for button in message.buttons if button.label == label)
        return self.tap_data(message, data, user_id)

    def tap_data(
        self, message: SentMessage | None, data: str, user_id: int = USER, *, old: bool = False
    ) -> str:
        """A tap that brings any data; `old`: Telegram no longer shows the message to the bot."""
        query = str(self._new_id())
        self._queries[query] = asyncio.get_running_loop().create_future()
        body: Json = {"id": query, "from": _user(user_id), "chat_instance": "1", "data": data}
        if message is not None:
            shown = self._messages[message.chat_id, message.message_id]
            hidden = {"chat": shown["chat"], "message_id": message.message_id, "date": 0}
            body["message"] = hidden if old else shown
        self.push("callback_query", body)
        return query

    def push(self, kind: str, body: Json) -> int:
        """Any update; dropped, as on the server, if the bot has not asked for its kind."""
        update_id = self._new_id()
        if kind in self.allowed:
            self._updates.append({"update_id": update_id, kind: body})
            if self._poll is not None and not self._poll.done():
                self._poll.set_result(None)
        return update_id

    def block(self, user_id: int) -> None:
        """A user blocks the bot."""
        self._blocked.add(user_id)

    async def next_message(self, chat_id: int = USER, within: float = WAIT) -> SentMessage:
        """The next message the bot has sent to a chat, and that was not fetched yet."""
        async with asyncio.timeout(within):
            return await self._sent[chat_id].get()

    def unread(self, chat_id: int = USER) -> int:
        """How many messages of the bot are left to fetch."""
        return self._sent[chat_id].qsize()

    async def answer_to(self, query: str, within: float = WAIT) -> str | None:
        """What a callback query was answered with."""
        async with asyncio.timeout(within):
            return await asyncio.shield(self._queries[query])

    async def poll(self, within: float = WAIT) -> None:
        """Wait until the bot waits for updates."""
        async with asyncio.timeout(within):
            await self._polled.wait()

    def _new_id(self) -> int:
        self._next_id += 1
        return self._next_id

    def _chat(self, chat_id: int) -> Json:
        private = {"type": "private", "first_name": f"User {chat_id}"}
        kind = private if chat_id > 0 else {"type": "supergroup", "title": f"Group {chat_id}"}
        return self._chats.setdefault(chat_id, {"id": chat_id, **kind})

    def _entities(self, text: str) -> list[Json]:
        found = re.finditer(r"(?P<bot_command>^/\w+(?:@\w+)?)|(?P<mention>@\w+)", text, re.ASCII)
        return [
            {
                "type": match.lastgroup,
                "offset": utf16(text[: match.start()]),
                "length": len(match[0]),
            }
            for match in found
        ]

    # The methods

    async def _get_me(self, _: Params) -> Json:
        return {"id": BOT_ID, "is_bot": True, "first_name": "法治", "username": self.username}

    async def _delete_webhook(self, params: Params) -> bool:
        if _flag(params, "drop_pending_updates"):
            self._updates.clear()
        return True

    async def _get_updates(self, params: Params) -> list[Json]:
        if self._poll is not None and not self._poll.done():
            text = "Conflict: terminated by other getUpdates request; make sure that only one bot"
            self._poll.set_exception(ApiError(409, f"{text} instance is running"))
        if "allowed_updates" in params:
            self.allowed = tuple(_json(params, "allowed_updates", list)) or _UPDATES_BY_DEFAULT
        offset, limit = _number(params, "offset", 0), _number(params, "limit", 100)
        timeout = _number(params, "timeout", 0)
        if not 0 <= timeout <= 50 or not 1 <= limit <= 100:
            raise _bad("timeout or limit out of range")
        if offset < 0:  # so many from the end; the earlier ones are forgotten
            offset = self._updates[offset:][0]["update_id"] if self._updates else 0
        self._updates = [u for u in self._updates if u["update_id"] >= offset]
        if not self._updates and timeout:
            await self._arrival(timeout)
        return self._updates[:limit]

    async def _arrival(self, within: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        self._polled.set()
        try:
            async with asyncio.timeout(within):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None
                self._polled.clear()

    async def _set_my_commands(self, params: Params) -> bool:
        commands = _json(params, "commands", list)
        if len(commands) > 100:
            raise _bad("too many commands")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
                raise _bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= 256:
                raise _bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands = [(command["command"], command["description"]) for command in commands]
        return True

    async def _send_message(self, params: Params) -> Json:
        chat = self._reachable_chat(params)
        plain, entities = _text(params)
        buttons = _buttons(params)
        sent = SentMessage(
            chat_id=chat["id"],
            message_id=self._new_id(),
            text=params["text"],
            plain_text=plain,
            entities=entities,
            buttons=buttons,
            reply_to=self._replied(params, chat["id"]),
            thread_id=_number(params, "message_thread_id", 0) or None,
            has_preview=not _json(params, "link_preview_options", dict).get("is_disabled", False),
        )
        message = self._messages[sent.chat_id, sent.message_id] = _message(sent, chat, self)
        self._sent[sent.chat_id].put_nowait(sent)
        return message

    async def _edit_message_text(self, params: Params) -> Json:
        chat = self._reachable_chat(params)
        place = chat["id"], _number(params, "message_id", 0)
        old = self._messages.get(place)
        if old is None or old["from"]["id"] != BOT_ID:
            raise _bad("message to edit not found")
        plain, entities = _text(params)
        markup = _json(params, "reply_markup", dict)
        _buttons(params)
        new = {**old, "text": plain, "entities": _entities(entities), "reply_markup": markup}
        if not markup:
            del new["reply_markup"]
        if new == old:
            raise _bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        self._messages[place] = new
        return new

    async def _answer_callback_query(self, params: Params) -> bool:
        text = params.get("text") or None
        if text is not None and len(text) > 200:
            raise _bad("MESSAGE_TOO_LONG")
        query = self._queries.get(params.get("callback_query_id", ""))
        if query is None or query.done():
            raise _bad("query is too old and response timeout expired or query ID is invalid")
        query.set_result(text)
        return True

    async def _send_chat_action(self, params: Params) -> bool:
        chat = self._reachable_chat(params)
        if params.get("action") not in _ACTIONS:
            raise _bad("wrong parameter action in request")
        self.actions.append((chat["id"], params["action"]))
        return True

    def _reachable_chat(self, params: Params) -> Json:
        if "chat_id" not in params:
            raise _bad("chat_id is empty")
        chat = self._chats.get(_number(params, "chat_id", 0))
        if chat is None:
            raise _bad("chat not found")
        if chat["id"] in self._blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    def _replied(self, params: Params, chat_id: int) -> int | None:
        reply = _json(params, "reply_parameters", dict)
        if not reply:
            return None
        if (chat_id, reply["message_id"]) in self._messages:
            return int(reply["message_id"])
        if not reply.get("allow_sending_without_reply"):
            raise _bad("message to be replied not found")
        return None


# What is sent, checked


async def _params(request: web.Request) -> Params:
    params: Params = dict(request.query)
    if request.content_type == "application/json":
        params |= await request.json()
    elif request.method == "POST":
        params |= dict(await request.post())
    return {key: v if isinstance(v, str) else json.dumps(v) for key, v in params.items()}


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


def _bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def _number(params: Params, name: str, default: int) -> int:
    value = params.get(name, str(default))
    if not re.fullmatch(r"-?\d+", value):
        raise _bad(f'parameter "{name}" is not a number')
    return int(value)


def _flag(params: Params, name: str) -> bool:
    return str(params.get(name, "")).lower() in ("true", "1")


def _json(params: Params, name: str, kind: type) -> Any:
    try:
        value = json.loads(params[name]) if name in params else kind()
    except ValueError:
        raise _bad(f"can't parse {name} JSON object") from None
    if not isinstance(value, kind):
        raise _bad(f"{name} must be a JSON {kind.__name__}")
    return value


def _text(params: Params) -> tuple[str, tuple[Entity, ...]]:
    text, mode = params.get("text", ""), params.get("parse_mode", "")
    if mode.lower() not in ("", "html"):
        raise _bad("unsupported parse_mode")
    try:
        plain, entities = parse(text) if mode else (text.strip(), ())
    except HtmlError as error:
        raise _bad(f"can't parse entities: {error}") from None
    if not plain:
        raise _bad("message text is empty")
    if len(plain) > MAX_TEXT:
        raise _bad("message is too long")
    return plain, entities


def _buttons(params: Params) -> tuple[Button, ...]:
    markup = _json(params, "reply_markup", dict)
    if not markup:
        return ()
    if set(markup) != {"inline_keyboard"} or not isinstance(markup["inline_keyboard"], list):
        raise _bad("can't parse inline keyboard")
    buttons = [_button(button) for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > 100:
        raise _bad("reply markup is too long")
    return tuple(buttons)


def _button(button: Mapping[str, Any]) -> Button:
    if not str(button.get("text", "")).strip():
        raise _bad("inline keyboard button text must be non-empty")
    if set(button) != {"text", "callback_data"}:
        raise _bad("inline keyboard button has no or unknown fields")
    if not 1 <= len(button["callback_data"].encode()) <= 64:
        raise _bad("BUTTON_DATA_INVALID")
    return Button(button["text"], button["callback_data"])


# What is told


def _user(user_id: int) -> Json:
    return {"id": user_id, "is_bot": False, "first_name": f"User {user_id}"}


def _entities(entities: Sequence[Entity]) -> list[Json]:
    return [{"type": e.type, "offset": e.offset, "length": e.length} for e in entities]


def _message(sent: SentMessage, chat: Json, api: FakeBotApi) -> Json:
    keyboard = [[{"text": b.label, "callback_data": b.data}] for b in sent.buttons]
    markup = {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}
    return {
        "message_id": sent.message_id,
        "date": int(time.time()),
        "chat": chat,
        "from": {"id": BOT_ID, "is_bot": True, "first_name": "法治", "username": api.username},
        "text": sent.plain_text,
        "entities": _entities(sent.entities),
        **markup,
    }

"""A Bot API server on loopback: what tests and scripts talk to instead of Telegram.

It answers over HTTP and is as strict as Telegram is, and stricter where Telegram is silently
lenient (unknown parameters, a lone `&`), so that a reply Telegram would refuse fails a test:

    async with FakeBotApi() as api:
        ...  # start the bot with token=api.token, api_root=api.root
        api.user_says("余姚调解成功了多少")
        message = await api.next_message(USER)
        query = api.tap(message, message.buttons[0].label)
        assert await api.answer_to(query) is None

All waiting is bounded. Failures are scripted per method: `api.fail("sendMessage", flood(1))`.
"""

import asyncio
import re
import time
from collections import defaultdict, deque
from typing import Any, Self

from aiohttp import web

from bot.channels.fake_bot_calls import (
    PARAMETERS,
    ApiError,
    Button,
    Failure,
    Json,
    Params,
    SentMessage,
    bad,
    broken,
    dropped,
    flood,
    moved,
    read,
    refusal,
    slow,
)
from bot.channels.fake_bot_chats import BOT_ID, Chats, a_user, entities_of
from bot.channels.fake_bot_extras import Extras

__all__ = [
    "TOKEN", "USER", "ApiError", "Button", "Failure", "FakeBotApi", "SentMessage", "broken",
    "dropped", "flood", "moved", "slow",
]  # fmt: skip

USER = 1001
TOKEN = f"{BOT_ID}:AAFakeFakeFakeFakeFakeFakeFakeFake-_x"
WAIT = 5.0


class FakeBotApi:
    """The server, and the people who talk to the bot."""

    def __init__(self, token: str = TOKEN, username: str = "FazhiBot", port: int = 0) -> None:
        self.token = token
        self.username = username
        self.calls: list[str] = []
        """Names of the methods called, in order."""
        self.chats = Chats(username)
        """What the server knows."""
        self.chats.methods |= Extras(self.chats).methods
        self._failures: defaultdict[str, deque[Failure]] = defaultdict(deque)
        self._port = port

    @property
    def commands(self) -> list[tuple[str, str]]:
        """The menu as it was last set."""
        return self.chats.commands

    @property
    def allowed(self) -> tuple[str, ...]:
        """The kinds of updates the bot has asked for."""
        return self.chats.allowed

    # The server

    async def __aenter__(self) -> Self:
        application = web.Application()
        application.router.add_route("*", "/bot{token}/{method}", self._serve)
        application.router.add_get(f"/file/bot{self.token}/{{path:.+}}", self.chats.file)
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

    def stop_failing(self) -> None:
        """Forget all scripted failures."""
        self._failures.clear()

    def redeliver(self) -> None:
        """Send every update again that there ever was, as if nothing had been confirmed."""
        self.chats.updates = [*self.chats.every]

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"].lower()
        try:
            self._authorise(request.match_info["token"], method)
            params = await read(request)
            unknown = set(params) - set(PARAMETERS[method].split())
            if unknown:
                raise bad(f"unknown parameters {sorted(unknown)}")
            self.calls.append(method)
            script = self._failures[method]
            if script:
                return await self._fail(script.popleft(), method, params, request)
            return web.json_response(
                {"ok": True, "result": await self.chats.methods[method](params)}
            )
        except ApiError as error:
            return refusal(error)

    def _authorise(self, token: str, method: str) -> None:
        if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", token):
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")
        if method not in self.chats.methods:
            raise ApiError(404, "Not Found: method not found")

    async def _fail(
        self, failure: Failure, method: str, params: Params, request: web.Request
    ) -> web.StreamResponse:
        result = await self.chats.methods[method](params) if failure.taken else None
        if failure.drop:
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if failure.migrated:
            text = "Bad Request: group chat was upgraded to a supergroup chat"
            self.chats.chat(failure.migrated)
            raise ApiError(400, text, migrate_to_chat_id=failure.migrated)
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
        language: str = "",
        **fields: Any,
    ) -> int:
        """A user types; in a group if `chat_id` is negative. Returns the update's id."""
        if language:
            fields["from"] = a_user(user_id, language)
        entities = entities_of(text)
        fields = {"text": text, **({"entities": entities} if entities else {}), **fields}
        if reply_to is not None:
            fields["reply_to_message"] = self.chats.messages[reply_to.chat_id, reply_to.message_id]
        return self.user_sends(fields, user_id, chat_id, kind=kind)

    def user_sends(
        self, fields: Json, user_id: int = USER, chat_id: int | None = None, kind: str = "message"
    ) -> int:
        """A user sends something else: the message's own fields, such as {"sticker": …}."""
        message = {
            "message_id": self.chats.new_id(),
            "date": int(time.time()),
            "chat": self.chats.chat(chat_id or user_id),
            "from": a_user(user_id),
            **fields,
        }
        self.chats.messages[message["chat"]["id"], message["message_id"]] = message
        number = self.push(kind, message)
        self.chats.said[number] = message
        return number

    def user_sends_file(self, name: str, data: bytes, user_id: int = USER, **fields: Any) -> int:
        """A user sends a document."""
        return self.user_sends({"document": self.chats.keep(name, data), **fields}, user_id)

    def user_edits(self, text: str, update_id: int) -> int:
        """A user edits the message that came with an update."""
        body = {**self.chats.said[update_id], "text": text, "edit_date": int(time.time())}
        return self.push("edited_message", body)

    def user_types(self, query: str, user_id: int = USER) -> str:
        """A user types behind @bot in some chat; returns the inline query's id."""
        number = str(self.chats.new_id())
        self.chats.searches[number] = asyncio.get_running_loop().create_future()
        self.push(
            "inline_query", {"id": number, "from": a_user(user_id), "query": query, "offset": ""}
        )
        return number

    async def results_of(self, query: str, within: float = WAIT) -> Json:
        """What an inline query was answered with."""
        async with asyncio.timeout(within):
            return await asyncio.shield(self.chats.searches[query])

    async def next_edit(self, chat_id: int = USER, within: float = WAIT) -> Json:
        """The next message of a chat that the bot has edited, as it stands then."""
        async with asyncio.timeout(within):
            return await self.chats.edits[chat_id].get()

    def tap(self, message: SentMessage, label: str, user_id: int = USER) -> str:
        """A user taps the button with that label; returns the callback query's id."""
        data = next(button.data for button in message.buttons if button.label == label)
        return self.tap_data(message, data, user_id)

    def tap_data(
        self, message: SentMessage | None, data: str, user_id: int = USER, *, old: bool = False
    ) -> str:
        """A tap that brings any data; `old`: Telegram no longer shows the message to the bot."""
        query = str(self.chats.new_id())
        self.chats.queries[query] = asyncio.get_running_loop().create_future()
        body: Json = {"id": query, "from": a_user(user_id), "chat_instance": "1", "data": data}
        if message is not None:
            shown = self.chats.messages[message.chat_id, message.message_id]
            hidden = {"chat": shown["chat"], "message_id": message.message_id, "date": 0}
            body["message"] = hidden if old else shown
        self.push("callback_query", body)
        return query

    def push(self, kind: str, body: Json) -> int:
        """Any update; dropped, as on the server, if the bot has not asked for its kind."""
        update_id = self.chats.new_id()
        if kind in self.chats.allowed:
            self.chats.every.append({"update_id": update_id, kind: body})
            self.chats.updates.append(self.chats.every[-1])
            if self.chats.waiting is not None and not self.chats.waiting.done():
                self.chats.waiting.set_result(None)
        return update_id

    def block(self, user_id: int) -> None:
        """A user blocks the bot."""
        self.chats.blocked.add(user_id)

    async def next_message(self, chat_id: int = USER, within: float = WAIT) -> SentMessage:
        """The next message the bot has sent to a chat, and that was not fetched yet."""
        async with asyncio.timeout(within):
            return await self.chats.sent[chat_id].get()

    def unread(self, chat_id: int = USER) -> int:
        """How many messages of the bot are left to fetch."""
        return self.chats.sent[chat_id].qsize()

    async def answer_to(self, query: str, within: float = WAIT) -> str | None:
        """What a callback query was answered with."""
        async with asyncio.timeout(within):
            return await asyncio.shield(self.chats.queries[query])

    async def poll(self, within: float = WAIT) -> None:
        """Wait until the bot waits for updates."""
        async with asyncio.timeout(within):
            await self.chats.polled.wait()

"""What the fake Bot API knows – chats, messages, updates – and what each method does with it."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from aiohttp import web

from bot.channels.fake_bot_calls import (
    ApiError,
    Json,
    Params,
    SentMessage,
    as_json,
    bad,
    buttons,
    flag,
    number,
    text,
    webhook,
)
from bot.channels.fake_bot_html import Entity, utf16

BOT_ID = 4242
UPDATES_BY_DEFAULT = (
    "message", "edited_message", "callback_query", "inline_query", "my_chat_member",
)  # fmt: skip
_ACTIONS = ("typing", "upload_document", "upload_photo", "find_location")


class Chats:
    """The state behind the methods; the server serves it, the people change it."""

    def __init__(self, username: str) -> None:
        self.username = username
        self.commands: list[tuple[str, str]] = []
        self.menus: dict[tuple[str, str], list[tuple[str, str]]] = {}
        """Commands by scope (type, with the chat) and language."""
        self.descriptions: dict[tuple[str, str], str] = {}
        """By method and language."""
        self.webhook: Params = {}
        self.said: dict[int, Json] = {}
        """Messages of people, by the update that told of them."""
        self.searches: dict[str, asyncio.Future[Json]] = {}
        self.edits: defaultdict[int, asyncio.Queue[Json]] = defaultdict(asyncio.Queue)
        """Messages as they stand after an edit, by chat."""
        self.allowed: tuple[str, ...] = UPDATES_BY_DEFAULT
        self.actions: list[tuple[int, str]] = []
        self.updates: list[Json] = []
        self.every: list[Json] = []
        """All there were."""
        self.waiting: asyncio.Future[None] | None = None
        """The long poll that is open."""
        self.polled = asyncio.Event()
        self.chats: dict[int, Json] = {}
        self.blocked: set[int] = set()
        self.messages: dict[tuple[int, int], Json] = {}
        self.files: dict[str, bytes] = {}
        """What people have sent, by file id."""
        self.sent: defaultdict[int, asyncio.Queue[SentMessage]] = defaultdict(asyncio.Queue)
        self.queries: dict[str, asyncio.Future[str | None]] = {}
        self.last_id = 100  # a bot that ran before takes only later updates for new
        self.methods: dict[str, Callable[[Params], Awaitable[Any]]] = {
            "getme": self._get_me,
            "getupdates": self._get_updates,
            "deletewebhook": self._delete_webhook,
            "setmycommands": self._set_my_commands,
            "sendmessage": self._send_message,
            "editmessagetext": self._edit_message_text,
            "answercallbackquery": self._answer_callback_query,
            "sendchataction": self._send_chat_action,
            "setwebhook": self._set_webhook,
        }

    def new_id(self) -> int:
        """The next number; updates and messages share them."""
        self.last_id += 1
        return self.last_id

    def keep(self, name: str, data: bytes) -> Json:
        """A document that somebody sends."""
        file = f"f{self.new_id()}"
        self.files[file] = data
        return {"file_id": file, "file_unique_id": file, "file_name": name, "file_size": len(data)}

    async def file(self, request: web.Request) -> web.Response:
        """Hand a file out, as below /file/bot<token>/."""
        data = self.files.get(request.match_info["path"].removeprefix("documents/"))
        return web.Response(status=404) if data is None else web.Response(body=data)

    def chat(self, chat_id: int) -> Json:
        """A chat of people; a group when the number is negative."""
        private = {"type": "private", "first_name": f"User {chat_id}"}
        kind = private if chat_id > 0 else {"type": "supergroup", "title": f"Group {chat_id}"}
        return self.chats.setdefault(chat_id, {"id": chat_id, **kind})

    async def _get_me(self, _: Params) -> Json:
        return {"id": BOT_ID, "is_bot": True, "first_name": "法治", "username": self.username}

    async def _delete_webhook(self, params: Params) -> bool:
        self.webhook = {}
        if flag(params, "drop_pending_updates"):
            self.updates.clear()
        return True

    async def _set_webhook(self, params: Params) -> bool:
        webhook(params)
        self.webhook = params
        if "allowed_updates" in params:
            self.allowed = tuple(as_json(params, "allowed_updates", list)) or UPDATES_BY_DEFAULT
        if flag(params, "drop_pending_updates"):
            self.updates.clear()
        return True

    async def _get_updates(self, params: Params) -> list[Json]:
        if self.webhook:
            text = "Conflict: can't use getUpdates method while webhook is active"
            raise ApiError(409, f"{text}; use deleteWebhook to delete the webhook first")
        if self.waiting is not None and not self.waiting.done():
            text = "Conflict: terminated by other getUpdates request; make sure that only one bot"
            self.waiting.set_exception(ApiError(409, f"{text} instance is running"))
        if "allowed_updates" in params:
            self.allowed = tuple(as_json(params, "allowed_updates", list)) or UPDATES_BY_DEFAULT
        offset, limit = number(params, "offset", 0), number(params, "limit", 100)
        timeout = number(params, "timeout", 0)
        if not 0 <= timeout <= 50 or not 1 <= limit <= 100:
            raise bad("timeout or limit out of range")
        if offset < 0:  # so many from the end; the earlier ones are forgotten
            offset = self.updates[offset:][0]["update_id"] if self.updates else 0
        self.updates = [u for u in self.updates if u["update_id"] >= offset]
        if not self.updates and timeout:
            await self._arrival(timeout)
        return self.updates[:limit]

    async def _arrival(self, within: float) -> None:
        poll = self.waiting = asyncio.get_running_loop().create_future()
        self.polled.set()
        try:
            async with asyncio.timeout(within):
                await poll
        except TimeoutError:
            pass
        finally:
            if self.waiting is poll:
                self.waiting = None
                self.polled.clear()

    async def _set_my_commands(self, params: Params) -> bool:
        commands = as_json(params, "commands", list)
        if len(commands) > 100:
            raise bad("too many commands")
        for command in commands:
            if not re.fullmatch(r"[a-z0-9_]{1,32}", command.get("command", "")):
                raise bad("BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= 256:
                raise bad("BOT_COMMAND_DESCRIPTION_INVALID")
        self.commands = [(command["command"], command["description"]) for command in commands]
        scope = as_json(params, "scope", dict)
        if scope.get("type") == "chat" and scope.get("chat_id") not in self.chats:
            raise bad("chat not found")
        name = f"{scope.get('type', 'default')}{scope.get('chat_id', '')}"
        self.menus[name, language(params)] = self.commands
        return True

    async def _send_message(self, params: Params) -> Json:
        chat = self.reachable_chat(params)
        plain, entities = text(params)
        drawn = buttons(params)
        sent = SentMessage(
            chat_id=chat["id"],
            message_id=self.new_id(),
            text=params["text"],
            plain_text=plain,
            entities=entities,
            buttons=drawn,
            reply_to=self.replied(params, chat["id"]),
            thread_id=number(params, "message_thread_id", 0) or None,
            has_preview=not as_json(params, "link_preview_options", dict).get("is_disabled", False),
        )
        message = self.messages[sent.chat_id, sent.message_id] = a_message(
            sent, chat, self.username
        )
        self.sent[sent.chat_id].put_nowait(sent)
        return message

    async def _edit_message_text(self, params: Params) -> Json:
        chat = self.reachable_chat(params)
        place = chat["id"], number(params, "message_id", 0)
        old = self.messages.get(place)
        if old is None or old["from"]["id"] != BOT_ID:
            raise bad("message to edit not found")
        plain, entities = text(params)
        markup = as_json(params, "reply_markup", dict)
        buttons(params)
        new = {**old, "text": plain, "entities": _entities(entities), "reply_markup": markup}
        if not markup:
            del new["reply_markup"]
        if new == old:
            raise bad(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        self.messages[place] = new
        self.edits[place[0]].put_nowait(new)
        return new

    async def _answer_callback_query(self, params: Params) -> bool:
        text = params.get("text") or None
        if text is not None and len(text) > 200:
            raise bad("MESSAGE_TOO_LONG")
        query = self.queries.get(params.get("callback_query_id", ""))
        if query is None or query.done():
            raise bad("query is too old and response timeout expired or query ID is invalid")
        query.set_result(text)
        return True

    async def _send_chat_action(self, params: Params) -> bool:
        chat = self.reachable_chat(params)
        if params.get("action") not in _ACTIONS:
            raise bad("wrong parameter action in request")
        self.actions.append((chat["id"], params["action"]))
        return True

    def reachable_chat(self, params: Params) -> Json:
        if "chat_id" not in params:
            raise bad("chat_id is empty")
        chat = self.chats.get(number(params, "chat_id", 0))
        if chat is None:
            raise bad("chat not found")
        if chat["id"] in self.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        return chat

    def replied(self, params: Params, chat_id: int) -> int | None:
        reply = as_json(params, "reply_parameters", dict)
        if not reply:
            return None
        if (chat_id, reply["message_id"]) in self.messages:
            return int(reply["message_id"])
        if not reply.get("allow_sending_without_reply"):
            raise bad("message to be replied not found")
        return None


def entities_of(text: str) -> list[Json]:
    found = re.finditer(r"(?P<bot_command>^/\w+(?:@\w+)?)|(?P<mention>@\w+)", text, re.ASCII)
    return [
        {
            "type": match.lastgroup,
            "offset": utf16(text[: match.start()]),
            "length": len(match[0]),
        }
        for match in found
    ]


def a_user(user_id: int, language: str = "") -> Json:
    told = {"language_code": language} if language else {}
    return {"id": user_id, "is_bot": False, "first_name": f"User {user_id}", **told}


def language(params: Params) -> str:
    code = str(params.get("language_code", ""))
    if not re.fullmatch(r"(?:[a-z]{2})?", code):
        raise bad("invalid language code specified")
    return code


def _entities(entities: Sequence[Entity]) -> list[Json]:
    return [{"type": e.type, "offset": e.offset, "length": e.length} for e in entities]


def a_message(sent: SentMessage, chat: Json, username: str) -> Json:
    keyboard = [[{"text": b.label, "callback_data": b.data}] for b in sent.buttons]
    markup = {"reply_markup": {"inline_keyboard": keyboard}} if keyboard else {}
    return {
        "message_id": sent.message_id,
        "date": int(time.time()),
        "chat": chat,
        "from": {"id": BOT_ID, "is_bot": True, "first_name": "法治", "username": username},
        "text": sent.plain_text,
        "entities": _entities(sent.entities),
        **markup,
    }

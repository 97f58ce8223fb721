"""Methods of the fake Bot API beyond talk: pictures, inline mode, descriptions, keyboards."""

from collections.abc import Awaitable, Callable
from typing import Any

from bot.channels.fake_bot_calls import (
    MAX_CAPTION,
    Json,
    Params,
    SentMessage,
    as_json,
    bad,
    buttons,
    number,
    results,
    text,
)
from bot.channels.fake_bot_chats import BOT_ID, Chats, a_message, language

MAX_DOWNLOAD = 20 * 1024 * 1024


class Extras:
    """Methods over the same state."""

    def __init__(self, chats: Chats) -> None:
        self._chats = chats
        self.methods: dict[str, Callable[[Params], Awaitable[Any]]] = {
            "setmydescription": lambda p: self._describe("setmydescription", p, 512),
            "setmyshortdescription": lambda p: self._describe("setmyshortdescription", p, 120),
            "answerinlinequery": self._answer_inline_query,
            "sendphoto": self._send_photo,
            "editmessagereplymarkup": self._edit_reply_markup,
            "deletemessage": self._delete_message,
            "getfile": self._get_file,
        }

    async def _describe(self, method: str, params: Params, limit: int) -> bool:
        name = "description" if method == "setmydescription" else "short_description"
        if len(params.get(name, "")) > limit:
            raise bad("description is too long")
        self._chats.descriptions[method, language(params)] = params.get(name, "")
        return True

    async def _edit_reply_markup(self, params: Params) -> Json:
        chat = self._chats.reachable_chat(params)
        place = chat["id"], number(params, "message_id", 0)
        old = self._chats.messages.get(place)
        if old is None or old["from"]["id"] != BOT_ID:
            raise bad("message to edit not found")
        buttons(params)
        markup = as_json(params, "reply_markup", dict)
        new = {k: v for k, v in old.items() if k != "reply_markup"}
        new |= {"reply_markup": markup} if markup else {}
        if new == old:
            raise bad("message is not modified")
        self._chats.messages[place] = new
        self._chats.edits[place[0]].put_nowait(new)
        return new

    async def _get_file(self, params: Params) -> Json:
        file = params.get("file_id", "")
        if file not in self._chats.files:
            raise bad("invalid file_id")
        if len(self._chats.files[file]) > MAX_DOWNLOAD:
            raise bad("file is too big")
        return {"file_id": file, "file_unique_id": file, "file_path": f"documents/{file}",
                "file_size": len(self._chats.files[file])}  # fmt: skip

    async def _delete_message(self, params: Params) -> bool:
        chat = self._chats.reachable_chat(params)
        if self._chats.messages.pop((chat["id"], number(params, "message_id", 0)), None) is None:
            raise bad("message to delete not found")
        return True

    async def _send_photo(self, params: Params) -> Json:
        chat = self._chats.reachable_chat(params)
        plain, entities = text(params, "caption", MAX_CAPTION)
        photo = params.get("photo")
        if not isinstance(photo, bytes) or not photo.startswith(b"\x89PNG"):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        sent = SentMessage(
            chat["id"], self._chats.new_id(), params.get("caption", ""), plain, entities,
            buttons(params), self._chats.replied(params, chat["id"]),
            number(params, "message_thread_id", 0) or None, False, photo,
        )  # fmt: skip
        message = a_message(sent, chat, self._chats.username)
        message["caption"] = message.pop("text")
        file = {"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}
        message = self._chats.messages[sent.chat_id, sent.message_id] = {**message, "photo": [file]}
        self._chats.sent[sent.chat_id].put_nowait(sent)
        return message

    async def _answer_inline_query(self, params: Params) -> bool:
        found = results(params)
        query = self._chats.searches.get(params.get("inline_query_id", ""))
        if query is None or query.done():
            raise bad("query is too old and response timeout expired or query ID is invalid")
        query.set_result({"results": found, "button": as_json(params, "button", dict)})
        return True

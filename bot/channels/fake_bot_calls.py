"""The calls of the fake Bot API: their parameters checked as Telegram does, and their failures."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.channels.fake_bot_html import Entity, HtmlError, parse

MAX_TEXT = 4096
MAX_CAPTION = 1024

Params = dict[str, Any]
Json = dict[str, Any]


_SEND = "chat_id message_thread_id text parse_mode entities link_preview_options reply_markup"
PARAMETERS = {
    "getme": "",
    "getupdates": "offset limit timeout allowed_updates",
    "deletewebhook": "drop_pending_updates",
    "setmycommands": "commands scope language_code",
    "sendmessage": f"{_SEND} disable_notification protect_content reply_parameters",
    "editmessagetext": f"{_SEND} message_id",
    "answercallbackquery": "callback_query_id text show_alert url cache_time",
    "sendchataction": "chat_id message_thread_id action",
    "setwebhook": "url allowed_updates drop_pending_updates secret_token max_connections",
    "setmydescription": "description language_code",
    "setmyshortdescription": "short_description language_code",
    "answerinlinequery": "inline_query_id results cache_time is_personal next_offset button",
    "sendphoto": "chat_id message_thread_id photo caption parse_mode reply_parameters reply_markup",
    "editmessagereplymarkup": "chat_id message_id reply_markup",
    "deletemessage": "chat_id message_id",
    "getfile": "file_id",
}
"""What each method may be called with."""


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
    photo: bytes | None = None
    """The picture; its text is the caption then."""

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
    migrated: int = 0
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


def moved(chat_id: int) -> Failure:
    """The group has become a supergroup with another number."""
    return Failure(migrated=chat_id)


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


def bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def number(params: Params, name: str, default: int) -> int:
    value = params.get(name, str(default))
    if not re.fullmatch(r"-?\d+", value):
        raise bad(f'parameter "{name}" is not a number')
    return int(value)


def flag(params: Params, name: str) -> bool:
    return str(params.get(name, "")).lower() in ("true", "1")


def as_json(params: Params, name: str, kind: type) -> Any:
    try:
        value = json.loads(params[name]) if name in params else kind()
    except ValueError:
        raise bad(f"can't parse {name} JSON object") from None
    if not isinstance(value, kind):
        raise bad(f"{name} must be a JSON {kind.__name__}")
    return value


def text(
    params: Params, name: str = "text", limit: int = MAX_TEXT
) -> tuple[str, tuple[Entity, ...]]:
    text, mode = params.get(name, ""), params.get("parse_mode", "")
    if mode.lower() not in ("", "html"):
        raise bad("unsupported parse_mode")
    try:
        plain, entities = parse(text) if mode else (text.strip(), ())
    except HtmlError as error:
        raise bad(f"can't parse entities: {error}") from None
    if not plain and name == "text":
        raise bad("message text is empty")
    if len(plain) > limit:
        raise bad("message is too long" if name == "text" else "message caption is too long")
    return plain, entities


def webhook(params: Params) -> str:
    url, secret = params.get("url", ""), params.get("secret_token", "")
    if not re.fullmatch(r"https?://[^/\s]+(?:/\S*)?", url):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
    if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", secret):
        raise bad("secret token contains unallowed characters")
    if not 1 <= number(params, "max_connections", 40) <= 100:
        raise bad("max_connections out of range")
    return str(url)


def results(params: Params) -> list[Json]:
    """The results of an inline query."""
    found: list[Json] = as_json(params, "results", list)
    ids = [result.get("id", "") for result in found]
    if len(found) > 50:
        raise bad("RESULTS_TOO_MUCH")
    if len(set(ids)) < len(ids) or not all(1 <= len(str(i).encode()) <= 64 for i in ids):
        raise bad("RESULT_ID_INVALID")
    for result in found:
        content = result.get("input_message_content", {})
        if result.get("type") != "article" or not result.get("title"):
            raise bad("RESULT_TYPE_INVALID")
        text({"text": content.get("message_text", ""), "parse_mode": content.get("parse_mode", "")})
    if len(params.get("next_offset", "").encode()) > 64:
        raise bad("NEXT_OFFSET_INVALID")
    button = as_json(params, "button", dict)
    start = button.get("start_parameter", "")
    if button and not (button.get("text") and re.fullmatch(r"[A-Za-z0-9_-]{1,64}", start)):
        raise bad("SWITCH_PM_TEXT_EMPTY")
    return found


def buttons(params: Params) -> tuple[Button, ...]:
    markup = as_json(params, "reply_markup", dict)
    if not markup:
        return ()
    if set(markup) != {"inline_keyboard"} or not isinstance(markup["inline_keyboard"], list):
        raise bad("can't parse inline keyboard")
    buttons = [a_button(button) for row in markup["inline_keyboard"] for button in row]
    if len(buttons) > 100:
        raise bad("reply markup is too long")
    return tuple(buttons)


def a_button(button: Mapping[str, Any]) -> Button:
    if not str(button.get("text", "")).strip():
        raise bad("inline keyboard button text must be non-empty")
    if set(button) != {"text", "callback_data"}:
        raise bad("inline keyboard button has no or unknown fields")
    if not 1 <= len(button["callback_data"].encode()) <= 64:
        raise bad("BUTTON_DATA_INVALID")
    return Button(button["text"], button["callback_data"])


def refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.description}
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.code)


async def read(request: web.Request) -> Params:
    """The parameters of a call, however they were sent."""
    params: Params = dict(request.query)
    if request.content_type == "application/json":
        params |= await request.json()
    elif request.method == "POST":
        form = await request.post()
        params |= {k: v.file.read() if isinstance(v, web.FileField) else v for k, v in form.items()}
    kept = (str, bytes)
    return {key: v if isinstance(v, kept) else json.dumps(v) for key, v in params.items()}

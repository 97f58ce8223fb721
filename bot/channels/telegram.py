"""The Telegram channel: long polling in, one HTML message out; the only import of telegram.

Everything typed, commands too, goes to the handler as a `Message`; what to answer is decided there.
Decided here: whom the bot listens to, in what order chats are served, and which failures of sending
may be tried again. `telegram_html` and `telegram_buttons` say how a reply looks.
"""

import asyncio
import contextlib
import datetime
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Self, TypeVar, cast
from weakref import WeakValueDictionary

import telegram
from telegram import Update, constants, error, ext, request

from bot.channels.telegram_buttons import Shown, buttons, tapped
from bot.channels.telegram_html import to_html
from bot.channels.telegram_log import (
    Novelty,
    guard_log,
    hush_libraries,
    kind,
    redacting_filter,
    whereabouts,
)
from bot.channels.telegram_words import Command, Texts, said_to
from bot.errors import ChannelError
from bot.messages import Handler, Message, Reply, text_reply

__all__ = ["POLLING", "Command", "Texts", "build", "redacting_filter", "run"]

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
_App = ext.Application[Any, Any, Any, Any, Any, Any]
_Context = ext.ContextTypes.DEFAULT_TYPE

POLLING: Final[Mapping[str, Any]] = {
    "timeout": datetime.timedelta(seconds=30),
    "bootstrap_retries": -1,  # a name server that is late at boot must not kill the bot
    "allowed_updates": ("message", "callback_query"),  # sticky on the server: always said
    "drop_pending_updates": False,  # questions asked during a restart are answered
}
"""How updates are fetched, for `Application.run_polling` and `Updater.start_polling`."""

_PRIVATE: Final = constants.ChatType.PRIVATE
_BACKOFF: Final = (0.25, 1.0, 3.0)
_PATIENCE: Final = 120.0
"""Seconds an answer may wait for flood control; past that nobody waits for the answer."""


def build(
    token: str,
    handler: Handler,
    commands: Sequence[Command],
    texts: Texts,
    *,
    api_root: str | None,
    read_timeout: float = 20.0,
) -> _App:
    """The application, ready to be run; `api_root` is a Bot API server other than Telegram's."""
    if not re.fullmatch(r"[0-9]+:[A-Za-z0-9_-]+", token):
        raise ChannelError("the bot token is malformed: one looks like 123456:AbCdEf-GhIjKl_MnOp")
    hush_libraries()
    # Otherwise PTB warns at each 429 that `retry_after` is going to be a timedelta.
    os.environ["PTB_TIMEDELTA"] = "1"
    channel = _Channel(handler, commands, texts)
    builder = ext.Application.builder().token(token)
    if api_root:
        root = api_root.rstrip("/")
        builder.base_url(f"{root}/bot").base_file_url(f"{root}/file/bot")
    builder.connect_timeout(10).read_timeout(read_timeout).write_timeout(10).pool_timeout(10)
    # PTB adds the timeout of the poll to the read timeout of its request.
    builder.get_updates_request(_PollingRequest(1, connect_timeout=10, read_timeout=10))
    builder.concurrent_updates(_PerChat(at_once=256)).job_queue(None).post_init(channel.on_start)
    application: _App = builder.build()
    # Status updates (“joined”, “pinned”) are said by Telegram, not by a person.
    said = ext.filters.UpdateType.MESSAGE & ~ext.filters.StatusUpdate.ALL
    application.add_handler(ext.MessageHandler(said, channel.on_message))
    application.add_handler(ext.CallbackQueryHandler(channel.on_tap))
    application.add_error_handler(channel.on_error)
    return application


def run(
    token: str, handler: Handler, commands: Sequence[Command], texts: Texts, *, api_root: str | None
) -> None:
    """Serve until SIGTERM or SIGINT; what was fetched by then is still answered."""
    guard_log(token)
    application = build(token, handler, commands, texts, api_root=api_root)
    with asyncio.Runner() as runner:
        try:
            runner.run(_log_in(application.bot))
            application.run_polling(**POLLING, close_loop=False)
            return
        except error.InvalidToken:
            pass  # it quotes the token: ours is raised below, where this one is not its context
        except KeyboardInterrupt:
            return  # still logging in; afterwards PTB takes the signal
        finally:
            runner.run(application.bot.shutdown())  # which PTB forgets when the start has failed
    raise ChannelError("Telegram refuses the bot token; @BotFather tells the right one")


async def _log_in(bot: telegram.Bot) -> None:
    """Reach Telegram at last; PTB would try as long, but would not say that it cannot."""
    wait = 1.0
    while True:
        try:
            return await bot.initialize()
        except error.InvalidToken:
            raise
        except error.TelegramError as failure:
            _LOG.warning("Telegram cannot be reached, trying on: %s", kind(failure))
            await asyncio.sleep(wait)
            wait = min(2 * wait, 30)


class _PollingRequest(request.HTTPXRequest):
    """Fetching updates: a refused token is no reason to fall silent for good.

    getMe has found the token good at the start. When a later answer says otherwise – a proxy's 404
    during maintenance is enough – PTB would end polling, but not the program.
    """

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As inherited, but 401 and 404 are a passing 502, which is tried again."""
        code, payload = await super().do_request(*args, **kwargs)
        return (502 if code in (401, 404) else code), payload


class _PerChat(ext.SimpleUpdateProcessor):
    """One update of a chat at a time, in order; chats side by side."""

    def __init__(self, at_once: int) -> None:
        # The inherited limit counts waiting updates, too: a single chat that flood control holds up
        # could fill a small one and silence everybody.
        super().__init__(1_000_000)
        self._places = asyncio.Semaphore(at_once)
        # A lock lives as long as somebody holds or awaits it.
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Await the chat's turn, then a free place, then the handling."""
        chat = update.effective_chat if isinstance(update, Update) else None
        turn = self._turns.setdefault(chat.id if chat else 0, asyncio.Lock())
        async with turn, self._places:
            await coroutine


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an answer goes."""

    chat: int
    topic: int | None = None
    reply_to: int | None = None
    """In groups, where others talk in between: the message answered."""

    @classmethod
    def of(cls, update: Update) -> Self | None:
        """Beside the message that the update is about."""
        chat, message = update.effective_chat, update.effective_message
        if not (chat and message):  # a tap on a message sent inline belongs to no chat
            return None
        topic = message.message_thread_id if message.is_topic_message else None
        return cls(chat.id, topic, None if chat.type == _PRIVATE else message.message_id)


class _Channel:
    """What is done with updates."""

    def __init__(self, handler: Handler, commands: Sequence[Command], texts: Texts) -> None:
        self._handler = handler
        self._commands = tuple((command.name, command.description) for command in commands)
        self._texts = texts
        self._shown = Shown(10_000)
        self._trouble = Novelty(lasting=600.0)

    async def on_start(self, application: _App) -> None:
        """Hand Telegram the menu of commands; the bot works without it, too."""
        try:
            await application.bot.set_my_commands(self._commands)
        except error.TelegramError as failure:
            _LOG.warning("the menu of commands is not set: %s", kind(failure))

    async def on_message(self, update: Update, context: _Context) -> None:
        """Answer a message, if it is for the bot."""
        message, user, place = update.message, update.effective_user, _Place.of(update)
        # Of two bots neither would ever stop; who writes in the name of a group is no bot.
        if not (message and user and place) or (user.is_bot and not message.sender_chat):
            return
        if message.text is None:
            if message.chat.type == _PRIVATE:
                await self._send(context.bot, place, text_reply(self._texts.only_text))
        elif (text := _asked(message, message.text, context.bot)) is not None:
            await self._answer(context.bot, place, user.id, text)

    async def on_tap(self, update: Update, context: _Context) -> None:
        """Acknowledge a tap, then take it as if the option had been typed."""
        query, place = cast(telegram.CallbackQuery, update.callback_query), _Place.of(update)
        shown = query.message and self._shown.get(query.message.chat.id, query.message.message_id)
        option = tapped(shown or (), query.data)
        notice = None if option else self._texts.stale_button[:200]
        with contextlib.suppress(error.BadRequest):  # too late to acknowledge, not to answer
            await _insist(lambda: query.answer(notice))
        if option and place:
            await self._answer(context.bot, place, query.from_user.id, option.say)

    async def on_error(self, update: object, context: _Context) -> None:
        """Log what broke, without what was said, and own up to it."""
        failure = context.error
        if not isinstance(update, Update) or failure is None:
            if self._trouble.is_new(kind(failure)):
                _LOG.warning("no updates from Telegram, trying on: %s", kind(failure))
            return
        where = whereabouts(failure)
        _LOG.error("update %s failed: %s at %s", update.update_id, kind(failure), where)
        if place := _Place.of(update):
            with contextlib.suppress(error.TelegramError):  # logged where it is raised first
                await self._send(context.bot, place, text_reply(self._texts.failed))

    async def _answer(self, bot: telegram.Bot, place: _Place, user: int, text: str) -> None:
        message = Message(text, session=f"telegram:{place.chat}:{user}", user=str(user))
        await self._send(bot, place, await self._handler(message))

    async def _send(self, bot: telegram.Bot, place: _Place, reply: Reply) -> None:
        text = to_html(reply)
        keys = [
            [telegram.InlineKeyboardButton(button.label, callback_data=button.data)]
            for button in buttons(reply.options)
        ]
        sent = await _insist(
            lambda: bot.send_message(
                place.chat,
                text,
                parse_mode=constants.ParseMode.HTML,
                message_thread_id=place.topic,
                disable_web_page_preview=True,
                reply_to_message_id=place.reply_to,
                allow_sending_without_reply=True,
                reply_markup=telegram.InlineKeyboardMarkup(keys) if keys else None,
            )
        )
        if sent and keys:
            self._shown.put(sent.chat_id, sent.message_id, reply.options)


def _asked(message: telegram.Message, text: str, bot: telegram.Bot) -> str | None:
    alone = message.chat.type == _PRIVATE
    answered = message.reply_to_message and message.reply_to_message.from_user
    addressed = answered is not None and answered.id == bot.id
    return said_to(bot.username, text, addressed=addressed, alone=alone)


async def _insist(attempt: Callable[[], Awaitable[_T]]) -> _T | None:
    """Try until it succeeds; None when trying on is useless, or might say everything twice."""
    backoff, deadline = iter(_BACKOFF), time.monotonic() + _PATIENCE
    while True:
        try:
            return await attempt()
        except error.BadRequest:
            raise
        except error.Forbidden:
            _LOG.info("not sent: the user has blocked the bot, or the group has removed it")
            return None
        except (error.RetryAfter, error.NetworkError) as failure:
            wait = _wait(failure, backoff)
            if wait is None or time.monotonic() + wait > deadline:
                _LOG.warning("not sent: %s", kind(failure))
                return None
        await asyncio.sleep(wait)


def _wait(failure: error.TelegramError, backoff: Iterator[float]) -> float | None:
    """Seconds until the next try; None when there must be none."""
    if isinstance(failure, error.RetryAfter):
        return cast(datetime.timedelta, failure.retry_after).total_seconds()
    unsent = type(failure.__cause__).__name__ in ("ConnectTimeout", "PoolTimeout")
    if isinstance(failure, error.TimedOut) and not unsent:
        return None  # it may have arrived all the same
    # A dropped connection is, in practice, a kept one that the server had just closed, unread.
    return next(backoff, None)

"""Scripts played through Telegram's API: the fake server, and the real channel in front of the bot.

The bot is either made here, one for each set of reports, or runs elsewhere and was pointed at this
server (`FAZHIBOT_API_ROOT`); of that one only its messages are known.
"""

from __future__ import annotations

import asyncio
from datetime import date
from types import TracebackType
from typing import Any, Self

from bot.app import Bot, Turned
from bot.channels import telegram
from bot.channels.fake_bot_api import FakeBotApi, SentMessage
from bot.channels.script.model import DEFAULT_WORLD, GROUP, Script, Seen, Turn, World
from bot.channels.script.overhear import Message as Overheard
from bot.channels.script.overhear import Number, record_of
from bot.dialogue.wording import load_wordings
from bot.errors import BotError, ChannelError
from bot.knowledge import Knowledge
from bot.messages import Message, Reply
from bot.playing.engine import seen
from bot.playing.worlds import Worlds, at_bot, picked, user_id
from bot.settings import Settings

WAIT = 10.0
"""Seconds an answer may take."""
_SENTINEL = "/help"
"""Asked in a group after each message, so that silence is known without waiting for it."""


class _Line:
    """One fake server with the bot behind it, and what its bot last answered."""

    def __init__(self, api: FakeBotApi, bot: Bot | None) -> None:
        self.api = api
        self.bot = bot
        self.turned: dict[str, tuple[str, Turned]] = {}
        """By session: what was asked, and the turn."""

    async def handle(self, message: Message) -> Reply:
        assert self.bot is not None
        turned = await asyncio.to_thread(self.bot.answer, message)
        self.turned[message.session] = message.text, turned
        return turned.reply


class Messenger:
    """The player over HTTP."""

    def __init__(
        self, settings: Settings, knowledge: Knowledge, today: date, *,
        elsewhere: FakeBotApi | None = None,
    ) -> None:  # fmt: skip
        self.worlds = Worlds(settings, knowledge, today)
        self._runner = asyncio.Runner()
        self._elsewhere = elsewhere
        self._lines: dict[World, _Line] = {}
        self._apps: list[Any] = []
        self._dialogue = 0
        self._last: dict[tuple[int, int], SentMessage] = {}
        self._grammar = knowledge.tongue.grammar
        self._templates = [w.templates for w in load_wordings().by_language.values()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        self._runner.run(self._stop())
        self._runner.close()
        self.worlds.close()

    # -- the servers ---------------------------------------------------------------------------

    def connect(self, within: float) -> None:
        """Wait until the bot that runs elsewhere asks for updates; ChannelError if it does not."""
        assert self._elsewhere is not None
        line = _Line(self._elsewhere, None)
        try:
            self._runner.run(self._listen(line, within))
        except TimeoutError:
            raise ChannelError(f"no bot has asked {self._elsewhere.root} for updates") from None
        self._lines[DEFAULT_WORLD] = line

    async def _listen(self, line: _Line, within: float) -> None:
        await line.api.__aenter__()
        await line.api.poll(within)

    def _line(self, world: World) -> _Line:
        if world not in self._lines:
            line = _Line(FakeBotApi(), self.worlds.bot(world))
            self._runner.run(self._start(line))
            self._lines[world] = line
        return self._lines[world]

    async def _start(self, line: _Line) -> None:
        assert line.bot is not None
        await line.api.__aenter__()
        say = line.bot.wording.say
        texts = telegram.Texts(
            only_text=say("only_text"), failed=say("failed"), stale_button=say("stale_button")
        )
        app = telegram.build(line.api.token, line.handle, (), texts, api_root=line.api.root)
        await app.initialize()
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(**telegram.POLLING)
        self._apps.append(app)

    async def _stop(self) -> None:
        for app in self._apps:
            assert app.updater is not None
            await app.updater.stop()
            await app.stop()
            await app.shutdown()
        for line in self._lines.values():
            await line.api.__aexit__()

    # -- the turns -----------------------------------------------------------------------------

    def begin(self, script: Script) -> str:
        """New users and chats; a reason when the bot elsewhere cannot be put into this scene."""
        self._dialogue += 1
        self._last = {}
        if self._elsewhere is None:
            return ""
        if script.world != DEFAULT_WORLD:
            return "a bot that runs elsewhere has its own reports"
        if any(t.at or t.wait for t in script.turns):
            return "a bot that runs elsewhere has its own clock"
        if any(t.user.startswith("admin") for t in script.turns):
            return "a bot that runs elsewhere has its own admins"
        return ""

    def act(self, script: Script, turn: Turn) -> Seen:
        """Make one turn."""
        self.worlds.day = turn.at or self.worlds.today
        self.worlds.now += turn.wait
        try:
            line = self._line(script.world)
            return self._runner.run(self._acted(line, script, turn))
        except BotError as error:
            return Seen({}, "", trouble=f"the reports of `setup` cannot be used: {error}")
        except TimeoutError:
            return Seen({}, "", trouble=f"no answer within {WAIT:.0f} s")

    async def _acted(self, line: _Line, script: Script, turn: Turn) -> Seen:
        api = line.api
        user = user_id(turn.user, self._dialogue)
        chat = -(1_000_000 + self._dialogue) if turn.chat == GROUP else user
        kind = {"edit": "edited_message", "inline": "inline_query"}.get(turn.does, "message")
        if kind not in api.allowed:
            return Seen({}, "", trouble=f"the bot does not ask Telegram for updates of {kind}")
        if turn.does == "tap":
            if trouble := await self._tap(api, turn, user, chat):
                return Seen({}, "", trouble=trouble)
        elif turn.does == "send_file":
            path = script.path.parent / turn.what
            if not path.is_file():
                return Seen({}, "", trouble=f"no file {path}")
            file = {"file_id": "f1", "file_unique_id": "u1", "file_name": path.name}
            api.user_sends({"document": file}, user, chat)
        else:
            api.user_says(at_bot(turn.what), user, chat, kind=kind)
        sent = await self._answer(api, chat, user)
        if sent is None:
            return Seen({"status": "silent"}, "", silent=True)
        self._last[chat, user] = sent if sent.buttons else self._last.get((chat, user), sent)
        return self._seen(line, sent, f"telegram:{chat}:{user}")

    async def _tap(self, api: FakeBotApi, turn: Turn, user: int, chat: int) -> str:
        message = self._last.get((chat, user))
        labels = tuple(b.label for b in message.buttons) if message else ()
        number = picked(turn.what, labels)
        if message is None or number is None:
            return f"no button {turn.what!r}; there are: {' | '.join(labels) or 'none'}"
        query = api.tap(message, labels[number], user)
        await api.answer_to(query, WAIT)
        return ""

    async def _answer(self, api: FakeBotApi, chat: int, user: int) -> SentMessage | None:
        """What the bot says in the chat; in a group None when it says nothing to this user."""
        if chat > 0:
            return await api.next_message(chat, WAIT)
        sentinel = api.user_says(_SENTINEL, user_id("sentinel", self._dialogue), chat)
        first = await api.next_message(chat, WAIT)
        if first.reply_to == sentinel - 1:  # messages and updates are numbered together
            return None
        await api.next_message(chat, WAIT)
        return first

    def _seen(self, line: _Line, sent: SentMessage, session: str) -> Seen:
        labels = tuple(b.label for b in sent.buttons)
        text = sent.plain_text
        if session in line.turned and line.bot is not None:
            said, turned = line.turned.pop(session)
            known = seen(said, turned, line.bot.knowledge)
            return Seen(known.record, text, buttons=labels, why=known.why)
        bold, quotes = tuple(sent.styled("bold")), tuple(sent.styled("expandable_blockquote"))
        record = record_of(Overheard(text, bold, quotes, labels), self._templates, self._number())
        return Seen(record, text, buttons=labels)

    def _number(self) -> Number:
        def read(text: str) -> tuple[object, str] | None:
            quantity = self._grammar.parse(text)
            return (quantity.value, quantity.unit) if quantity else None

        return read

"""Scripts played through Telegram's API: the fake server, and the real channel in front of the bot.

The bot is either made here, one for each set of reports, or runs elsewhere and was pointed at this
server (`FAZHIBOT_API_ROOT`); of that one only its messages are known.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from bot.app import Bot, Turned
from bot.channels.fake_bot_api import FakeBotApi
from bot.channels.fake_bot_webhook import Deliveries
from bot.channels.script.model import ADMIN, DEFAULT_WORLD, GROUP, Script, Seen, Turn, World
from bot.channels.script.overhear import Number, record_of
from bot.channels.telegram import Manners, Rate, Service, Setup
from bot.dialogue.wording import load_wordings
from bot.errors import BotError, ChannelError
from bot.knowledge import Knowledge
from bot.messages import Hit, Message, Pulse, Reply
from bot.playing.drawn import found, seen
from bot.playing.letters import WAIT, Letter, answer, following, inline, tap
from bot.playing.worlds import Worlds, admin_ids, at_bot, no_button, picked, unusable, user_id
from bot.settings import Settings

_UNHURRIED = Rate(1_000_000, 1_000_000)
_KINDS = {"edit": "edited_message", "inline": "inline_query", "tap": "callback_query"}


class _Line:
    """One fake server with the bot behind it, and what its bot last answered."""

    def __init__(self, api: FakeBotApi, bot: Bot | None, folder: Path) -> None:
        self.api = api
        self.bot = bot
        self.folder = folder
        self.service: Service | None = None
        self.turned: dict[str, tuple[str, Turned]] = {}
        """By session: what was asked, and the turn."""
        self._busy: set[str] = set()
        self._replies: dict[str, Reply] = {}
        self.hits: tuple[Hit, ...] = ()

    @property
    def made(self) -> Bot:
        """The bot, where it was made here."""
        assert self.bot is not None
        return self.bot

    async def handle(self, message: Message) -> Reply:
        with self._working(message):
            turned = await asyncio.to_thread(self.made.answer, message)
            self.turned[message.session] = message.text, turned
            self._replies[message.session] = turned.reply
        return turned.reply

    async def receive(self, message: Message, name: str, data: bytes) -> Reply:
        with self._working(message):
            reply = await self.made.receive(message, name, data)
            self._replies[message.session] = reply
        return reply

    @contextmanager
    def _working(self, message: Message) -> Iterator[None]:
        self._busy.add(message.session)
        try:
            yield
        finally:
            self._busy.discard(message.session)

    def is_last(self, session: str, letter: Letter) -> bool:
        """Whether this is the answer, and not a word about how far it has come."""
        if session in self._busy:
            return False
        if session not in self._replies:
            return True  # the channel's own words
        first = self._replies[session].plain.strip().partition("\n")[0]
        return letter.text.strip().partition("\n")[0] == first.strip()

    def rate(self, message: Message, facts: tuple[str, ...], *, good: bool) -> None:
        self.made.rate(message, facts, good=good)

    def search(self, message: Message) -> tuple[Hit, ...]:
        self.hits = self.made.search(message)
        return self.hits

    def say(self, key: str, language: str, /, **fields: str) -> str:
        return self.made.say(key, language, **fields)

    def pulse(self) -> Pulse:
        return self.made.pulse()

    async def start(self) -> None:
        """Serve, and put the bot that was made here behind it."""
        await self.api.__aenter__()
        for admin in admin_ids():
            self.api.chats.chat(int(admin))  # who runs a bot has written to it
        manners = Manners(admins=admin_ids(), private=_UNHURRIED, group=_UNHURRIED)
        setup = Setup(self.api.token, self.api.root, self.folder, manners=manners)
        self.service = Service(setup, self, ())
        await self.service.__aenter__()

    async def stop(self) -> None:
        """End both."""
        if self.service is not None:
            await self.service.__aexit__(None, None, None)
        await self.api.__aexit__()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


class Messenger:
    """The player over HTTP."""

    def __init__(
        self, settings: Settings, knowledge: Knowledge, today: date, *,
        elsewhere: FakeBotApi | None = None, first: int = 0,
    ) -> None:  # fmt: skip
        """`first`: what dialogues are counted from; a bot elsewhere remembers earlier runs."""
        self.worlds = Worlds(settings, knowledge, today)
        self._folder = tempfile.TemporaryDirectory(prefix="fazhibot-messenger-")
        self._runner = asyncio.Runner()
        self._elsewhere = elsewhere
        self._lines: dict[World, _Line] = {}
        self._delivering: asyncio.Task[None] | None = None
        self._dialogue = first
        self._shown: dict[tuple[int, int], list[Letter]] = {}
        """The messages with buttons, by chat and user."""
        self._asked: dict[tuple[int, int], int] = {}
        """The update with the user's last message."""
        self._knowledge = knowledge
        self._templates = [w.templates for w in load_wordings().by_language.values()]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:  # fmt: skip
        for line in self._lines.values():
            self._runner.run(line.stop())
        if self._delivering is not None:
            self._runner.run(_ended(self._delivering))
        self._runner.close()
        self._folder.cleanup()
        self.worlds.close()

    def connect(self, within: float) -> None:
        """Wait until the bot that runs elsewhere asks for updates; ChannelError if it does not."""
        api = self._elsewhere
        assert api is not None
        self._runner.run(api.__aenter__())
        self._lines[DEFAULT_WORLD] = _Line(api, None, Path(self._folder.name))
        try:
            self._runner.run(self._connected(api, within))
        except TimeoutError:
            raise ChannelError(f"no bot has asked {api.root} for updates") from None

    async def _connected(self, api: FakeBotApi, within: float) -> None:
        """A bot polls, or names its webhook, which is delivered to from then on."""
        self._delivering = asyncio.create_task(Deliveries(api.chats).run())
        async with asyncio.timeout(within):
            while not api.chats.polled.is_set() and not api.chats.webhook:  # noqa: ASYNC110
                await asyncio.sleep(0.05)

    def _line(self, world: World) -> _Line:
        if world not in self._lines:
            folder = Path(self._folder.name, str(len(self._lines)))
            folder.mkdir()
            line = _Line(FakeBotApi(), self.worlds.bot(world), folder)
            self._runner.run(line.start())
            self._lines[world] = line
        return self._lines[world]

    def begin(self, script: Script) -> str:
        """New users and chats; a reason when the bot elsewhere cannot be put into this scene."""
        self._dialogue += 1
        self._shown, self._asked = {}, {}
        if self._elsewhere is None:
            self.worlds.renew()
            return ""
        if script.world != DEFAULT_WORLD:
            return "a bot that runs elsewhere has its own reports"
        if any(t.at or t.wait for t in script.turns):
            return "a bot that runs elsewhere has its own clock"
        if any(t.user.startswith(ADMIN) for t in script.turns):
            return "a bot that runs elsewhere has its own admins"
        return ""

    def act(self, script: Script, turn: Turn) -> Seen:
        """Make one turn."""
        self.worlds.day = turn.at or self.worlds.today
        self.worlds.now += turn.wait
        try:
            line = self._line(script.world)
            if line.bot is not None:
                line.bot = self.worlds.bot(script.world)
            if turn.user.startswith(ADMIN):
                self.worlds.touch(script.world)
            return self._runner.run(self._acted(line, script, turn))
        except BotError as error:
            return Seen({}, "", trouble=unusable(error), broken=True)
        except TimeoutError:
            return Seen({}, "", trouble=f"no answer within {WAIT:.0f} s", broken=True)

    async def _acted(self, line: _Line, script: Script, turn: Turn) -> Seen:
        api, user = line.api, user_id(turn.user, self._dialogue)
        chat = -(1_000_000 + self._dialogue) if turn.chat == GROUP else user
        kind = _KINDS.get(turn.does, "message")
        if kind not in api.allowed:
            return Seen({}, "", trouble=f"the bot does not ask for updates of {kind}", broken=True)
        if turn.does == "inline":
            letters = await inline(api, turn.what, user)
            return found(line.hits, line.made.knowledge) if line.bot else self._overheard(letters)
        if trouble := await self._sent(api, script, turn, user, chat):
            return Seen({}, "", trouble=trouble)
        letter = await answer(api, chat, user_id("sentinel", self._dialogue))
        if letter is None:
            return Seen({"status": "silent"}, "", silent=True)
        session = f"telegram:{chat}:{user}"
        while chat > 0 and line.bot is not None and not line.is_last(session, letter):
            letter = await following(api, chat)
        if letter.buttons:
            self._shown.setdefault((chat, user), []).append(letter)
        return self._seen(line, letter, session)

    async def _sent(self, api: FakeBotApi, script: Script, turn: Turn, user: int, chat: int) -> str:
        """Do what the user does; what hinders it, if anything."""
        place = chat, user
        if turn.does == "tap":
            shown = self._shown.get(place, [])
            labels = [letter.labels for letter in shown]
            if (meant := picked(turn.what, labels)) is None:
                return no_button(turn.what, labels)
            await tap(api, shown[meant[0]], meant[1], user)
        elif turn.does == "send_file":
            path = script.path.parent / turn.what
            if not path.is_file():
                return f"no file {path}"
            if chat > 0:
                api.user_sends_file(path.name, path.read_bytes(), user)
            else:
                file = {"file_id": "f1", "file_unique_id": "u1", "file_name": path.name}
                api.user_sends({"document": file}, user, chat)
        elif turn.does == "edit" and place in self._asked:
            api.user_edits(at_bot(turn.what), self._asked[place])
        else:
            kind = _KINDS.get(turn.does, "message")
            self._asked[place] = api.user_says(at_bot(turn.what), user, chat, kind=kind)
        return ""

    def _seen(self, line: _Line, letter: Letter, session: str) -> Seen:
        if session in line.turned and line.bot is not None:
            said, turned = line.turned.pop(session)
            known = seen(said, turned, line.bot.knowledge)
            return Seen(known.record, letter.text, letter.labels, chart=known.chart, why=known.why)
        return self._overheard([letter])

    def _overheard(self, letters: list[Letter]) -> Seen:
        if not letters:
            return Seen({"status": "no_data", "facts": []}, "")
        records = [record_of(x.overheard, self._templates, self._number()) for x in letters]
        facts = [f for r in records for f in (r["facts"] if isinstance(r["facts"], list) else [])]
        return Seen(records[0] | {"facts": facts}, letters[0].text, letters[0].labels)

    def _number(self) -> Number:
        def read(text: str) -> tuple[object, str] | None:
            quantity = self._knowledge.tongue.grammar.parse(text)
            return (quantity.value, quantity.unit) if quantity else None

        return read

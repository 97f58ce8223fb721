"""A talker for tests of channels: it keeps what it heard, and says keys instead of sentences."""

from collections.abc import Awaitable, Callable
from inspect import isawaitable

from bot.messages import Hit, Message, Pulse, Reply, text_reply

Answer = Callable[[Message], Reply | Awaitable[Reply]]


class Voice:
    """Repeats what it hears, or answers as it is told to."""

    def __init__(self, answer: Answer | None = None, hits: tuple[Hit, ...] = ()) -> None:
        self.heard: list[Message] = []
        self.searched: list[Message] = []
        self.rated: list[tuple[str, bool]] = []
        self._answer = answer or (lambda message: text_reply(f"听到：{message.text}"))
        self._hits = hits

    async def handle(self, message: Message) -> Reply:
        self.heard.append(message)
        reply = self._answer(message)
        return await reply if isawaitable(reply) else reply  # type: ignore[misc]

    async def receive(self, message: Message, name: str, data: bytes) -> Reply:
        self.heard.append(message)
        return text_reply(f"收到：{name}，{len(data)}")

    def rate(self, message: Message, facts: tuple[str, ...], *, good: bool) -> None:
        self.rated.append((message.user, good))

    def search(self, message: Message) -> tuple[Hit, ...]:
        self.searched.append(message)
        return self._hits

    def say(self, key: str, language: str, /, **fields: str) -> str:
        told = "".join(f" {value}" for value in fields.values())
        return f"{key}[{language}]{told}"

    def pulse(self) -> Pulse:
        return Pulse("v1", 5, 324)

    @property
    def texts(self) -> list[str]:
        return [message.text for message in self.heard]

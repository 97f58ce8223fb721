"""What one dialogue remembers: frozen, replaced by each answered turn, bounded and timed."""

from collections import OrderedDict
from dataclasses import dataclass

from bot.messages import Option
from intents.models import Frame


@dataclass(frozen=True, slots=True)
class Session:
    """The state of one dialogue. A refused turn leaves it as it was."""

    places: tuple[str, ...] = ()
    """Codes last spoken of."""
    year: int | None = None
    """The year that was said, if one was."""
    frames: tuple[Frame, ...] = ()
    """What was last asked for."""
    facts: tuple[str, ...] = ()
    """Ids of the figures last answered."""
    read: tuple[str, ...] = ()
    """Ids of the figures in the words last quoted: 请了哪家律所, then 管几个村."""
    pending: tuple[Option, ...] = ()
    """Options of a question asked back."""
    offered: tuple[Option, ...] = ()
    """Options last asked back, also when one was picked: 另外那个呢."""
    picked: str = ""
    """The one of them that was picked, by what it stands for."""
    recent: tuple[str, ...] = ()
    """Places of the last answers, the latest last: 哪个多 compares the last two."""
    asked: tuple[tuple[str, Frame], ...] = ()
    """Figures told one at a time and what was asked for them, the latest last: 条数呢."""
    answered: bool = True
    """False when `frames` were asked last and no report gave them: `facts` are of before."""
    shown: tuple[tuple[str, str], ...] = ()
    """Place and id of the figures shown last, the latest last."""
    pair: tuple[str, ...] = ()
    """Two places in the order in which they were named: 前者, 后者."""
    acts: tuple[str, ...] = ()
    """What the last answer in words was about: problems, plans, number …"""


class SessionStore:
    """Sessions by key; the oldest is dropped first, and one is forgotten after `lifetime` s."""

    def __init__(self, size: int = 10_000, lifetime: float = 1800.0) -> None:
        self._size = size
        self._lifetime = lifetime
        self._kept: OrderedDict[str, tuple[float, Session]] = OrderedDict()

    def get(self, key: str, now: float) -> Session:
        """The session of a dialogue; a new one when there is none or it is too old."""
        at, session = self._kept.get(key, (now, Session()))
        return session if now - at <= self._lifetime else Session()

    def put(self, key: str, session: Session, now: float) -> None:
        """Keep the session of a dialogue."""
        self._kept[key] = (now, session)
        self._kept.move_to_end(key)
        while len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def forget(self, user: str) -> None:
        """Drop every dialogue of a user; keys end with the user's id."""
        for key in [k for k in self._kept if user and k.rpartition(":")[2] == user]:
            del self._kept[key]

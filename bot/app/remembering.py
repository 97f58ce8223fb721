"""Turns that were made before: the same words in the same dialogue, base and day.

A turn is a pure function of these, so that its result can be handed out again. What many people ask
– the questions on buttons, above all – is then answered in no time.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date

from bot.dialogue.engine import Trace, turn
from bot.dialogue.session import Session
from bot.dialogue.wording import Wordings
from bot.knowledge import Knowledge
from bot.messages import Reply

_Key = tuple[str, Session, date, str]
_Turn = tuple[Reply, Trace, Session]
_LONGEST = 100
"""Characters; longer texts are hardly ever said twice."""


class Turns:
    """Makes turns, and remembers the last ones of one knowledge."""

    def __init__(self, wordings: Wordings, size: int = 1000) -> None:
        self._wordings = wordings
        self._size = size
        self._knowledge: Knowledge | None = None
        self._made: OrderedDict[_Key, _Turn] = OrderedDict()

    def make(
        self, text: str, session: Session, knowledge: Knowledge, today: date, language: str
    ) -> _Turn:
        """The turn, made or remembered."""
        if len(text) > _LONGEST:
            return turn(text, session, knowledge, self._wordings, today, language)
        if knowledge is not self._knowledge:
            self._made.clear()
            self._knowledge = knowledge
        key = (text, session, today, language)
        made = self._made.get(key)
        if made is None:
            made = turn(text, session, knowledge, self._wordings, today, language)
            self._made[key] = made
            if len(self._made) > self._size:
                self._made.popitem(last=False)
        else:
            self._made.move_to_end(key)
        return made

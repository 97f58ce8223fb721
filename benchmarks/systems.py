"""The engine and what it is held against: rapidfuzz and BM25 over the same facts."""

from __future__ import annotations

import logging
import warnings
from abc import ABC, abstractmethod
from datetime import date
from typing import Protocol

from bot.app import Turned
from bot.channels.scoring import Record
from bot.dialogue.engine import Trace, turn
from bot.dialogue.session import Session
from bot.dialogue.wording import load_wordings
from bot.facts.base import FactBase
from bot.facts.model import Fact
from bot.knowledge import Knowledge
from bot.messages import Reply
from bot.records import fact_record, turn_record

TODAY = date(2025, 6, 1)
"""What 去年 counts from: no clock, so that every run asks the same."""


class System(Protocol):
    """Something that answers questions."""

    name: str

    def answer(self, said: str) -> object:
        """Answer; this is what is timed."""

    def record(self, said: str) -> Record:
        """Answer, as the contract's record."""


class Engine:
    """The bot's own turn, each question in a fresh session."""

    name = "fazhibot"

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._wordings = load_wordings()

    def answer(self, said: str) -> tuple[Reply, Trace, Session]:
        """One turn."""
        return turn(said, Session(), self._knowledge, self._wordings, TODAY)

    def record(self, said: str) -> Record:
        """One turn as the contract's record."""
        reply, trace, _ = self.answer(said)
        return turn_record(said, Turned(reply, trace, 0.0), self._knowledge)


class _Nearest(ABC):
    """A baseline: the fact whose “place year metric” is nearest; it cannot refuse."""

    name = ""

    def __init__(self, base: FactBase) -> None:
        self._base = base
        self._facts = base.facts()
        self.lines = [f"{f.area.name} {f.year}年 {f.metric}" for f in self._facts]

    def answer(self, said: str) -> Fact:
        """The nearest fact."""
        return self._facts[self.nearest(said)]

    @abstractmethod
    def nearest(self, said: str) -> int:
        """The number of the nearest line."""

    def record(self, said: str) -> Record:
        """The nearest fact as the contract's record: always answered."""
        fact = self.answer(said)
        shown = [fact_record(fact, self._base.report(fact.report))]
        return {"status": "answered", "reason": None, "facts": shown, "passages": []}


class Fuzzy(_Nearest):
    """rapidfuzz.process.extractOne with WRatio, its defaults."""

    name = "rapidfuzz"

    def nearest(self, said: str) -> int:
        """By WRatio."""
        from rapidfuzz import fuzz, process

        _, _, number = process.extractOne(said, self.lines, scorer=fuzz.WRatio)
        return int(number)


class Bm25(_Nearest):
    """bm25s over jieba's words, its defaults."""

    name = "bm25s+jieba"

    def __init__(self, base: FactBase) -> None:
        super().__init__(base)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # jieba's regular expressions are old
            import bm25s  # type: ignore[import-untyped]
            import jieba  # type: ignore[import-untyped]
        jieba.setLogLevel(logging.ERROR)
        jieba.initialize()
        self._cut = jieba.lcut
        self._index = bm25s.BM25()
        self._index.index([self._cut(line) for line in self.lines], show_progress=False)

    def nearest(self, said: str) -> int:
        """By BM25; a question that shares no word with any fact gets the first one."""
        found, _ = self._index.retrieve([self._cut(said)], k=1, show_progress=False)
        return int(found[0][0])

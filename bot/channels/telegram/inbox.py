"""The inbox: no update is promised to Telegram before it is on disk, none is taken twice.

An update waits, and is then done or – when answering it fails again and again – put aside with the
error. Done means erased: what is left for two days is its number, so that Telegram's repetition of
it is recognised.
"""

from __future__ import annotations

import asyncio
import fcntl
import hashlib
import json
import logging
import mmap
import os
import sqlite3
import struct
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Any

from bot.channels.telegram.store import Store

_LOG = logging.getLogger(__name__)
KEPT = 48 * 3600.0
"""Seconds after which nothing is left of an update; Telegram repeats none after a day."""
MAX_ATTEMPTS = 3
_NOTED = 1 << 14
MAX_NUMBER = 1 << 63
_KINDS = {
    "message": ("chat", "id"),
    "edited_message": ("chat", "id"),
    "callback_query": ("message", "chat", "id"),
    "inline_query": (),
    "my_chat_member": ("chat", "id"),
}
ALLOWED = tuple(_KINDS)
"""The kinds of updates that are asked for; sticky on the server, so always said."""
_SAID = ("message_id", "id", "date", "edit_date", "text", "data", "query")
_SHELF_LIFE = {"callback_query": 150.0, "inline_query": 30.0}
"""Seconds after which Telegram no longer takes an answer."""


@dataclass(slots=True)
class Letter:
    """One update, on disk by now."""

    id: int
    at: float
    """When it came; seconds since the epoch."""
    kind: str
    chat: int | None
    person: int | None
    body: dict[str, Any]
    attempts: int = 0
    settled: bool = False
    """Whether it is done with: nothing may be answered twice."""

    @property
    def print(self) -> str:
        """What makes it this update: who said what where and when, as a hash."""
        content = self.body.get(self.kind)
        said = [content.get(name) for name in _SAID] if isinstance(content, dict) else []
        told = json.dumps([self.kind, self.chat, self.person, *said], default=str)
        return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()

    @property
    def lane(self) -> tuple[str, int]:
        """What is answered one after another: a chat, or one person's searches."""
        if self.kind == "inline_query":
            return ("search", self.person or 0)
        return ("chat", self.chat if self.chat is not None else self.person or 0)

    def is_stale(self, now: float) -> bool:
        """Whether nobody waits for an answer any more."""
        return now - self.at > _SHELF_LIFE.get(self.kind, float("inf"))


def letter_of(body: dict[str, Any], at: float) -> Letter:
    """An update as Telegram sends it; ValueError for what is none."""
    number = body.get("update_id")
    if not isinstance(number, int) or not 0 <= number < MAX_NUMBER:
        raise ValueError("an update has a number")
    kind = next((k for k in body if k != "update_id"), "")
    content = body.get(kind)
    path = _KINDS.get(kind, ("chat", "id"))
    chat = _at(content, path) if path else None
    return Letter(number, at, kind, chat, _at(content, ("from", "id")), body)


def readable(bodies: Sequence[dict[str, Any]], at: float) -> list[Letter]:
    """Those that are updates; ValueError when none is."""
    letters = []
    for body in bodies:
        try:
            letters.append(letter_of(body, at))
        except ValueError:
            _LOG.error("what came is no update: it has no number")
    if not letters:
        raise ValueError("no update")
    return letters


def _at(content: object, path: Sequence[str]) -> int | None:
    for name in path:
        content = content.get(name) if isinstance(content, dict) else None
    if isinstance(content, int) and -MAX_NUMBER < content < MAX_NUMBER:
        return content
    return None


_PUT = (
    "INSERT INTO inbox (id, at, print, chat, person, body) VALUES (?,?,?,?,?,?)"
    " ON CONFLICT (id) DO UPDATE SET at = excluded.at, print = excluded.print, state = 0,"
    " chat = excluded.chat, person = excluded.person, body = excluded.body, attempts = 0"
    " WHERE print <> excluded.print"
)
"""A number comes again with something else behind it when another server counts anew."""
_DONE = (
    "UPDATE inbox SET state = 1, body = NULL, chat = NULL, person = NULL, error = NULL WHERE id = ?"
)


class Inbox:
    """Updates on disk. *path* is a small file beside, which says what is being answered."""

    def __init__(self, store: Store, path: Path) -> None:
        self._store = store
        self._marker = _Beside(path, 1)
        self._journal = _Journal(path.with_suffix(".done"))

    async def claim(self) -> None:
        """Wait until no other process serves from here: both would answer what is waiting."""
        told = False
        while not self._marker.lock():
            if not told:
                _LOG.warning("another process serves from this folder; waiting until it has ended")
                told = True
            await asyncio.sleep(0.2)

    async def put(self, letters: Sequence[Letter]) -> list[Letter]:
        """Keep updates; those that are new, once they are on disk. StoreError when they are not."""
        rows = [(u.id, u.at, u.print, u.chat, u.person, json.dumps(u.body)) for u in letters]

        def work(db: sqlite3.Connection) -> list[bool]:
            return [db.execute(_PUT, row).rowcount == 1 for row in rows]

        new = await self._store.write(work)
        return [letter for letter, fresh in zip(letters, new, strict=True) if fresh]

    def done(self, letter: Letter) -> None:
        """It is answered: erase it."""
        self._journal.add(letter.id)
        self._store.later(lambda db: db.execute(_DONE, (letter.id,)))

    def failed(self, letter: Letter, error: str) -> bool:
        """Answering it broke; True when it is put aside by now."""
        letter.attempts += 1
        aside = letter.attempts >= MAX_ATTEMPTS
        sql = "UPDATE inbox SET state = ?, attempts = ?, error = ? WHERE id = ?"
        row = (2 if aside else 0, letter.attempts, error, letter.id)
        self._store.later(lambda db: db.execute(sql, row))
        return aside

    def begin(self, letter: Letter) -> None:
        """Remember, past the end of the process, what is being worked on."""
        self._marker.set(0, letter.id)

    def end(self) -> None:
        """Nothing is."""
        self._marker.set(0, 0)

    async def waiting(self) -> tuple[list[Letter], list[int]]:
        """At the start: what the last process left behind, and which of it just killed one."""
        deadly = self._marker.get(0)
        self._marker.set(0, 0)
        answered = self._journal.read()

        def work(db: sqlite3.Connection) -> tuple[list[tuple[Any, ...]], list[int]]:
            db.execute(
                "UPDATE inbox SET attempts = attempts + 1 WHERE id = ? AND state = 0", (deadly,)
            )
            db.executemany(_DONE, [(number,) for number in answered])
            sql = "SELECT id FROM inbox WHERE state = 0 AND attempts >= ?"
            aside = [row[0] for row in db.execute(sql, (MAX_ATTEMPTS,))]
            db.executemany(
                "UPDATE inbox SET state = 2, error = 'the process died of it' WHERE id = ?",
                [(number,) for number in aside],
            )
            sql = "SELECT id, at, attempts, body FROM inbox WHERE state = 0 ORDER BY id"
            return db.execute(sql).fetchall(), aside

        rows, aside = await self._store.write(work)
        self._journal.clear(len(answered))
        return list(_letters(rows)), aside

    async def purge(self, now: float) -> None:
        """Forget what is too old."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM inbox WHERE at < ? AND state <> 0", (now - KEPT,))
            db.execute("DELETE FROM shown WHERE at < ?", (now - KEPT,))

        await self._store.write(work)

    async def settle(self) -> None:
        """Forget what was noted beside the file and is in it by now."""
        if count := self._journal.count:
            await self._store.write(lambda db: None)  # behind all that was queued before
            self._journal.clear(count)

    def close(self) -> None:
        """Give the files beside back."""
        self._marker.close()
        self._journal.close()


def _letters(rows: Iterable[tuple[Any, ...]]) -> Iterable[Letter]:
    for _, at, attempts, body in rows:
        letter = letter_of(json.loads(body), at)
        letter.attempts = attempts
        yield letter


class _Beside:
    """A small file of numbers in shared memory: written at once, and outlives the process."""

    def __init__(self, path: Path, places: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._file, 8 * places)
        self._map = mmap.mmap(self._file, 8 * places)
        self.places = places

    def lock(self) -> bool:
        """Whether it is ours alone; the system gives it back when the process ends."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def get(self, place: int) -> int:
        return int(struct.unpack_from("q", self._map, 8 * place)[0])

    def set(self, place: int, number: int) -> None:
        struct.pack_into("q", self._map, 8 * place, number)

    def close(self) -> None:
        self._map.close()
        os.close(self._file)


class _Journal:
    """Numbers of what was answered, until the file says so: a kill in between repeats no answer."""

    def __init__(self, path: Path) -> None:
        self._beside = _Beside(path, _NOTED)
        self.count = 0

    def add(self, number: int) -> None:
        """Note a number; when there is no room left, the file must do."""
        if self.count < self._beside.places:
            self._beside.set(self.count, number + 1)
            self.count += 1

    def read(self) -> list[int]:
        """What the last process noted."""
        noted = (self._beside.get(place) for place in range(self._beside.places))
        numbers = [number - 1 for number in takewhile(bool, noted)]
        self.count = len(numbers)
        return numbers

    def clear(self, count: int) -> None:
        """Empty it, unless there are more than *count* numbers by now."""
        if self.count <= count:
            for place in range(self.count):
                self._beside.set(place, 0)
            self.count = 0

    def close(self) -> None:
        self._beside.close()


def now() -> float:
    """The time, as updates carry it."""
    return time.time()

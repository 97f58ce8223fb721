"""The inbox: no update is promised to Telegram before it is on disk, none is taken twice.

An update waits, and is then done or – when answering it fails again and again – put aside with the
error. Done means erased: what is left for two days is its number, so that Telegram's repetition of
it is recognised.
"""

from __future__ import annotations

import json
import os
import sqlite3
import struct
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.channels.telegram.store import Store

KEPT = 48 * 3600.0
"""Seconds after which nothing is left of an update; Telegram repeats none after a day."""
MAX_ATTEMPTS = 3
_MAX_NUMBER = 1 << 63
_KINDS = {
    "message": ("chat", "id"),
    "edited_message": ("chat", "id"),
    "callback_query": ("message", "chat", "id"),
    "inline_query": (),
    "my_chat_member": ("chat", "id"),
}
ALLOWED = tuple(_KINDS)
"""The kinds of updates that are asked for; sticky on the server, so always said."""
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
    if not isinstance(number, int) or not 0 <= number < _MAX_NUMBER:
        raise ValueError("an update has a number")
    kind = next((k for k in body if k != "update_id"), "")
    content = body.get(kind)
    path = _KINDS.get(kind, ("chat", "id"))
    chat = _at(content, path) if path else None
    return Letter(number, at, kind, chat, _at(content, ("from", "id")), body)


def _at(content: object, path: Sequence[str]) -> int | None:
    for name in path:
        content = content.get(name) if isinstance(content, dict) else None
    fits = isinstance(content, int) and -_MAX_NUMBER < content < _MAX_NUMBER
    return content if fits else None  # type: ignore[return-value]


class Inbox:
    """Updates on disk. *path* is a small file beside, which says what is being answered."""

    def __init__(self, store: Store, path: Path) -> None:
        self._store = store
        self._marker = _Marker(path)

    async def put(self, letters: Sequence[Letter]) -> list[Letter]:
        """Keep updates; those that are new, once they are on disk. StoreError when they are not."""
        rows = [(u.id, u.at, u.chat, u.person, json.dumps(u.body)) for u in letters]
        columns = "id, at, chat, person, body"
        sql = f"INSERT INTO inbox ({columns}) VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING"

        def work(db: sqlite3.Connection) -> list[bool]:
            return [db.execute(sql, row).rowcount == 1 for row in rows]

        new = await self._store.write(work)
        return [letter for letter, fresh in zip(letters, new, strict=True) if fresh]

    def done(self, letter: Letter) -> None:
        """It is answered: erase it."""
        sql = (
            "UPDATE inbox SET state = 1, body = NULL, chat = NULL, person = NULL, error = NULL"
            " WHERE id = ?"
        )
        self._store.later(lambda db: db.execute(sql, (letter.id,)))

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
        self._marker.set(letter.id)

    def end(self) -> None:
        """Nothing is."""
        self._marker.set(0)

    async def waiting(self) -> tuple[list[Letter], list[int]]:
        """At the start: what the last process left behind, and which of it just killed one."""
        deadly = self._marker.get()
        self._marker.set(0)

        def work(db: sqlite3.Connection) -> tuple[list[tuple[Any, ...]], list[int]]:
            db.execute(
                "UPDATE inbox SET attempts = attempts + 1 WHERE id = ? AND state = 0", (deadly,)
            )
            sql = "SELECT id FROM inbox WHERE state = 0 AND attempts >= ?"
            aside = [row[0] for row in db.execute(sql, (MAX_ATTEMPTS,))]
            db.executemany(
                "UPDATE inbox SET state = 2, error = 'the process died of it' WHERE id = ?",
                [(number,) for number in aside],
            )
            sql = "SELECT id, at, attempts, body FROM inbox WHERE state = 0 ORDER BY id"
            return db.execute(sql).fetchall(), aside

        rows, aside = await self._store.write(work)
        return list(_letters(rows)), aside

    async def purge(self, now: float) -> None:
        """Forget what is too old."""

        def work(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM inbox WHERE at < ? AND state <> 0", (now - KEPT,))
            db.execute("DELETE FROM shown WHERE at < ?", (now - KEPT,))

        await self._store.write(work)

    async def count_aside(self) -> int:
        """How many updates are put aside."""
        sql = "SELECT count(*) FROM inbox WHERE state = 2"
        return int(await self._store.write(lambda db: db.execute(sql).fetchone()[0]))

    def close(self) -> None:
        """Give the marker back."""
        self._marker.close()


def _letters(rows: Iterable[tuple[Any, ...]]) -> Iterable[Letter]:
    for _, at, attempts, body in rows:
        letter = letter_of(json.loads(body), at)
        letter.attempts = attempts
        yield letter


class _Marker:
    """A number that outlives the process: in the page cache, written in a microsecond."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def get(self) -> int:
        data = os.pread(self._file, 8, 0)
        return int(struct.unpack("q", data)[0]) if len(data) == 8 else 0

    def set(self, number: int) -> None:
        os.pwrite(self._file, struct.pack("q", number), 0)

    def close(self) -> None:
        os.close(self._file)


def now() -> float:
    """The time, as updates carry it."""
    return time.time()

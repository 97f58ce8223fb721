"""The channel's file: SQLite behind one thread, many writes to one commit.

A write is told to its caller once it is on disk. While one commit runs, the next writes gather;
they share the following one, so that a busy bot pays for few of them. The event loop never waits
for the disk.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from bot.errors import ChannelError

_LOG = logging.getLogger(__name__)
_T = TypeVar("_T")
Work = Callable[[sqlite3.Connection], Any]
"""What is done within a transaction; its result goes to who asked for it."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS inbox (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    state INTEGER NOT NULL DEFAULT 0,  -- 0 waiting, 1 done, 2 put aside
    attempts INTEGER NOT NULL DEFAULT 0,
    print TEXT NOT NULL,  -- tells a repetition from another update that bears the same number
    chat INTEGER,
    person INTEGER,
    body TEXT,
    error TEXT
);
CREATE INDEX IF NOT EXISTS inbox_open ON inbox (id) WHERE state <> 1;
CREATE INDEX IF NOT EXISTS inbox_at ON inbox (at);
CREATE TABLE IF NOT EXISTS shown (
    chat INTEGER NOT NULL, message INTEGER NOT NULL, person INTEGER, at REAL NOT NULL,
    asked INTEGER,
    content TEXT NOT NULL,
    PRIMARY KEY (chat, message)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shown_asked ON shown (chat, asked);
CREATE INDEX IF NOT EXISTS shown_at ON shown (at);
CREATE TABLE IF NOT EXISTS person (
    id INTEGER PRIMARY KEY, language TEXT NOT NULL DEFAULT '', blocked INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE IF NOT EXISTS feedback (
    at REAL NOT NULL, person INTEGER NOT NULL, chat INTEGER, message INTEGER,
    rating INTEGER, about TEXT, words TEXT
);
CREATE TABLE IF NOT EXISTS menu (name TEXT PRIMARY KEY, hash TEXT NOT NULL);
"""


class StoreError(ChannelError):
    """The disk does not take what must be kept."""


class Store:
    """The open file. Belongs to one event loop."""

    def __init__(self, path: Path, patience: float = 1.0) -> None:
        self._path = path
        self._patience = patience
        """Seconds after which a failed commit is tried again."""
        self._thread = ThreadPoolExecutor(1, "telegram-store")
        self._db: sqlite3.Connection | None = None
        self._waiting: list[tuple[Work, asyncio.Future[Any] | None]] = []
        self._pump: asyncio.Task[None] | None = None
        self.failing = False
        """Whether the last commit failed."""
        self.commits = 0

    async def open(self) -> None:
        """Open or make the file; StoreError when that fails."""
        loop = asyncio.get_running_loop()
        try:
            self._db = await loop.run_in_executor(self._thread, self._connect)
        except (OSError, sqlite3.Error) as failure:
            self._thread.shutdown(wait=False)
            raise StoreError(f"{self._path} cannot be opened: {failure}") from None

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, check_same_thread=False, isolation_level=None)
        self._path.chmod(0o600)
        for pragma in (
            "journal_mode = WAL",
            "synchronous = FULL",  # a power cut loses nothing that was promised
            "secure_delete = ON",  # what is deleted is overwritten
            "busy_timeout = 1000",
        ):
            db.execute(f"PRAGMA {pragma}")
        db.executescript(_SCHEMA)
        return db

    async def close(self) -> None:
        """Write what is left and close."""
        db = self._db
        if db is None:
            return
        try:
            await self.write(lambda db: None)
        except StoreError:
            _LOG.error("the last notes could not be written; answers may be repeated")
        if self._pump is not None:
            self._pump.cancel()
        await asyncio.get_running_loop().run_in_executor(self._thread, db.close)
        self._thread.shutdown()

    async def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do it, and return once it is on disk; StoreError when it is not."""
        future: asyncio.Future[_T] = asyncio.get_running_loop().create_future()
        self._queue(work, future)
        return await future

    def later(self, work: Work) -> None:
        """Do it soon, in order; a failing disk is tried until it takes it."""
        self._queue(work, None)

    def _queue(self, work: Work, future: asyncio.Future[Any] | None) -> None:
        self._waiting.append((work, future))
        if self._pump is None or self._pump.done():
            self._pump = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                results = await loop.run_in_executor(
                    self._thread, self._commit, [work for work, _ in batch]
                )
            except (OSError, sqlite3.Error) as failure:
                self._refuse(batch, failure)
                await asyncio.sleep(self._patience)
                continue
            self.failing = False
            self.commits += 1
            for (_, future), result in zip(batch, results, strict=True):
                if future is not None and not future.done():
                    future.set_result(result)

    def _refuse(
        self, batch: list[tuple[Work, asyncio.Future[Any] | None]], failure: Exception
    ) -> None:
        """Tell who waits; keep what nobody waits for, before what came since."""
        if not self.failing:
            _LOG.error("the disk does not take the inbox: %s", failure)
        self.failing = True
        for _, future in batch:
            if future is not None and not future.done():
                future.set_exception(StoreError(str(failure)))
        self._waiting[:0] = [(work, None) for work, future in batch if future is None]

    def _commit(self, works: list[Work]) -> list[Any]:
        db = self._db
        assert db is not None
        db.execute("BEGIN IMMEDIATE")
        try:
            results = [work(db) for work in works]
            db.execute("COMMIT")
        except BaseException:
            if db.in_transaction:
                db.execute("ROLLBACK")
            raise
        return results

    async def tidy(self) -> None:
        """Empty the log beside the file: it still holds what was erased from the file."""
        db = self._db
        if db is None:
            return

        def work() -> None:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

        try:
            await asyncio.get_running_loop().run_in_executor(self._thread, work)
        except sqlite3.Error as failure:
            _LOG.warning("the log of the inbox could not be emptied: %s", failure)

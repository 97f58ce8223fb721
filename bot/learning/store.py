"""Counts of questions on disk: which were missed, how many a day, what was thumbed up and down.

No user id is kept: a salted hash tells whether several people ask the same. What is counted waits
in memory for a moment, so that no citizen waits for the disk; a disk that fails costs counts, not
answers.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from datetime import date, timedelta
from hashlib import blake2b
from pathlib import Path

from bot.learning.counts import Day, Missed, Stats
from bot.learning.hearing import Heard

logger = logging.getLogger(__name__)
DOWN = "thumbed_down"
"""The reason under which an answer is kept that somebody did not like."""
_WAITING = 10_000
_AT_ONCE = 5_000
"""So much waits until it is written in between; a serving bot writes every second."""
_DIALOGUES = 4_000
_ANSWERS = 5
"""So many answers of a dialogue can still be thumbed."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS asked (day TEXT, status TEXT, measure TEXT, place TEXT, count INTEGER,
    PRIMARY KEY (day, status, measure, place)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS missed (text TEXT, reason TEXT, measure TEXT, day TEXT, who TEXT,
    count INTEGER, PRIMARY KEY (text, reason, measure, day, who)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS rated (text TEXT, who TEXT, day TEXT, good INTEGER,
    PRIMARY KEY (text, who)) WITHOUT ROWID;
"""
_ASKED = "INSERT INTO asked VALUES (?,?,?,?,1) ON CONFLICT DO UPDATE SET count = count + 1"
_MISSED = "INSERT INTO missed VALUES (?,?,?,?,?,1) ON CONFLICT DO UPDATE SET count = count + 1"
_RATED = "INSERT OR REPLACE INTO rated VALUES (?,?,?,?)"
_Row = tuple[str, tuple[object, ...]]


class Learning:
    """The counts of one deployment; safe to share between threads."""

    def __init__(self, folder: Path, keep_days: int, today: Callable[[], date]) -> None:
        self._path = folder / "learning.sqlite"
        self._salt_file = folder / "learning.salt"
        self._keep = timedelta(days=keep_days)
        self._today = today
        self._lock = threading.Lock()
        self._waiting: list[_Row] = []
        self._last: OrderedDict[str, tuple[Heard, ...]] = OrderedDict()
        self._pruned: date | None = None
        self._salt = b""
        self._failing = False

    # -- writing -----------------------------------------------------------------------------

    def note(self, heard: Heard, user: str, session: str) -> None:
        """Count a question."""
        day = self._today().isoformat()
        rows: list[_Row] = [(_ASKED, (day, heard.status, heard.measure, heard.place))]
        if heard.missed:
            who = self._who(user or session)
            rows.append((_MISSED, (heard.text, heard.reason, heard.measure, day, who)))
        with self._lock:
            self._last[session] = (heard, *self._last.get(session, ()))[:_ANSWERS]
            self._last.move_to_end(session)
            if len(self._last) > _DIALOGUES:
                self._last.popitem(last=False)
        self._add(rows)

    def rate(self, user: str, session: str, facts: tuple[str, ...] = (), *, good: bool) -> bool:
        """Count a thumb for the answer of a dialogue that cited these facts, else for the last.

        False when none is remembered.
        """
        with self._lock:
            said = self._last.get(session, ())
        if not said:
            return False
        heard = next((h for h in said if facts and h.facts == facts), said[0])
        day, who = self._today().isoformat(), self._who(user or session)
        rows: list[_Row] = [(_RATED, (heard.text, who, day, int(good)))]
        if not good:
            rows.append((_MISSED, (heard.text, DOWN, heard.measure, day, who)))
        self._add(rows)
        return True

    def forget(self, user: str, session: str = "") -> None:
        """Delete whatever is kept under a user's hash."""
        self.flush()
        who = self._who(user or session)
        with self._lock, suppress(sqlite3.Error, OSError), closing(self._open()) as db:
            for table in ("missed", "rated"):
                db.execute(f"DELETE FROM {table} WHERE who = ?", (who,))
            db.commit()
            self._last.pop(session, None)

    def _add(self, rows: Sequence[_Row]) -> None:
        with self._lock:
            self._waiting += rows
            many = len(self._waiting) >= _AT_ONCE
        if many:
            self.flush()

    def flush(self) -> None:
        """Write what waits; what cannot be written waits on, within bounds."""
        with self._lock:
            if not self._waiting:
                return
            rows = self._waiting
            try:
                self._write(rows)
                self._waiting, self._failing = [], False
            except (sqlite3.Error, OSError) as error:
                if not self._failing:
                    logger.warning("counts are not written: %s", error)
                self._waiting, self._failing = rows[-_WAITING:], True

    def _write(self, rows: Sequence[_Row]) -> None:
        with closing(self._open()) as db:
            for sql, values in rows:
                db.execute(sql, values)
            today = self._today()
            if self._pruned != today:
                oldest = (today - self._keep).isoformat()
                for table in ("asked", "missed", "rated"):
                    db.execute(f"DELETE FROM {table} WHERE day < ?", (oldest,))
            db.commit()
            self._pruned = today

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=5, check_same_thread=False)
        db.executescript(f"PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; {_SCHEMA}")
        return db

    def _who(self, user: str) -> str:
        return blake2b(user.encode(), key=self._salted(), digest_size=8).hexdigest()

    def _salted(self) -> bytes:
        """The salt of this deployment: made once, readable by the bot only."""
        if not self._salt:
            with suppress(OSError):
                self._salt_file.parent.mkdir(parents=True, exist_ok=True)
                flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
                with os.fdopen(os.open(self._salt_file, flags, 0o600), "wb") as file:
                    file.write(os.urandom(16))
            try:
                self._salt = self._salt_file.read_bytes()
            except OSError:
                self._salt = os.urandom(16)
        return self._salt

    # -- reading -----------------------------------------------------------------------------

    def _rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        self.flush()
        if not self._path.is_file():
            return []
        with self._lock, closing(self._open()) as db:
            return db.execute(sql, values).fetchall()

    def missed(self, limit: int = 100_000) -> list[Missed]:
        """Questions that were missed, the most frequent first."""
        sql = (
            "SELECT text, reason, max(measure), sum(count), count(DISTINCT who), min(day), max(day)"
            " FROM missed GROUP BY text, reason ORDER BY sum(count) DESC, max(day) DESC, text"
            " LIMIT ?"
        )
        return [
            Missed(str(t), str(r), str(m), int(str(c)), int(str(p)), str(first), str(last))
            for t, r, m, c, p, first, last in self._rows(sql, limit)
        ]

    def stats(self, days: int = 30) -> Stats:
        """Counts of the last days."""
        since = (self._today() - timedelta(days=days - 1)).isoformat()
        per_day = self._rows(
            "SELECT day, sum(count), sum(CASE WHEN status = 'answered' THEN count ELSE 0 END)"
            " FROM asked WHERE day >= ? GROUP BY day ORDER BY day", since,
        )  # fmt: skip
        [thumbs] = self._rows(
            "SELECT sum(good), sum(1 - good) FROM rated WHERE day >= ?", since
        ) or [(0, 0)]
        return Stats(
            days=tuple(Day(str(d), int(str(n)), int(str(a))) for d, n, a in per_day),
            measures=self._top("measure", since),
            places=self._top("place", since),
            statuses=self._top("status", since),
            good=int(str(thumbs[0] or 0)),
            bad=int(str(thumbs[1] or 0)),
        )

    def _top(self, column: str, since: str) -> tuple[tuple[str, int], ...]:
        sql = (
            f"SELECT {column}, sum(count) FROM asked WHERE day >= ? AND {column} <> ''"
            f" GROUP BY {column} ORDER BY sum(count) DESC, {column} LIMIT 20"
        )
        return tuple((str(name), int(str(count))) for name, count in self._rows(sql, since))

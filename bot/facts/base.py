"""The base: an immutable SQLite file behind key look-ups.

Opening checks the seal (the file's hash is its name) and proves the facts (proof.py). Of a base
above PROVED_AT_ONCE facts each one is proved when it is read.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from bot.errors import BaseError
from bot.facts import rows
from bot.facts.model import Covered, Excluded, Fact, Report
from bot.facts.proof import holds
from bot.facts.restating import restated
from bot.facts.writer import FORMAT, seal, untouched
from intents.models import Candidate, Profile
from intents.quantities import Grammar

PROVED_AT_ONCE = 20_000
_MAX_METRICS = 200
_CANDIDATE_COLUMNS = "f.key, f.code, f.year, f.metric, f.sentence, f.parent IS NOT NULL, f.unit"


class FactBase:
    """One opened base; safe to share between threads."""

    def __init__(self, path: Path, grammar: Grammar) -> None:
        self.path = path
        self.version = path.stem[:12]
        """Short content hash, shown to people."""
        self._grammar = grammar
        self._lock = threading.Lock()
        self._db = _open(path)
        self._report = lru_cache(maxsize=64)(self._load_report)
        self.profile = lru_cache(maxsize=20_000)(self._load_profile)
        self.sentence = lru_cache(maxsize=20_000)(self._load_sentence)
        self.candidates = lru_cache(maxsize=128)(self._firsthand)
        self._restated = lru_cache(maxsize=128)(self._load_restated)
        self._facts = lru_cache(maxsize=32)(self._load_facts)
        try:
            self._verify()
        except BaseError:
            self.close()
            raise
        except (sqlite3.DatabaseError, ValueError, KeyError, IndexError) as error:
            self.close()
            raise BaseError(
                f"知识库 {path.name} 已损坏：{error}；请重新运行 fazhibot build"
            ) from error

    def _verify(self) -> None:
        """Read what belongs to the base as a whole and prove its facts."""
        self.meta = {str(k): str(v) for k, v in self.select("SELECT key, value FROM meta")}
        if self.meta.get("format") != FORMAT:
            name = self.path.name
            raise BaseError(f"知识库 {name} 的格式不是这个版本能读的，请重新运行 fazhibot build")
        self.covered = self._covered()
        self.shares = self._shares()
        """Concept → the share of all names of figures that know it, 0 to 1."""
        self.size = int(str(self.select("SELECT count(*) FROM fact")[0][0]))
        if self.size <= PROVED_AT_ONCE:
            self.prove()

    def _shares(self) -> dict[str, float]:
        names = max(1, int(str(self.select("SELECT count(*) FROM metric")[0][0])))
        known = self.select("SELECT name, metrics FROM concept")
        return {str(name): int(str(count)) / names for name, count in known}

    def close(self) -> None:
        """Give the file back."""
        self._db.close()

    def select(self, sql: str, values: Iterable[object] = ()) -> list[tuple[object, ...]]:
        """Rows, for this package only: it alone knows the schema."""
        with self._lock:
            return self._db.execute(sql, tuple(values)).fetchall()

    # -- what there is -----------------------------------------------------------------------

    def _covered(self) -> tuple[Covered, ...]:
        # in the order of the reports' files, which is the order their keeper gave them
        sql = (
            "SELECT code, year, name, full, facts FROM covered LEFT JOIN"
            " (SELECT code, min(file) AS first FROM report GROUP BY code) USING (code)"
            " ORDER BY first IS NULL, first, code, year"
        )
        return tuple(
            Covered(str(c), int(str(y)), str(n), str(f), int(str(k)))
            for c, y, n, f, k in self.select(sql)
        )

    def report_count(self) -> int:
        """How many reports the base was built from."""
        return int(str(self.select("SELECT count(*) FROM report")[0][0]))

    def reports(self) -> tuple[Report, ...]:
        """All reports, by place and year."""
        found = self.select("SELECT sha256 FROM report ORDER BY code, year, file")
        return tuple(self._report(str(sha)) for (sha,) in found)

    def report(self, sha256: str) -> Report:
        """One report."""
        return self._report(sha256)

    def _load_report(self, sha256: str) -> Report:
        columns = "file, sha256, title, code, name, full, year, published, text, entries, passages"
        found = self.select(f"SELECT {columns} FROM report WHERE sha256 = ?", (sha256,))
        return rows.report_of(found[0])

    def reports_of(self, code: str, year: int | None = None) -> tuple[Report, ...]:
        """Reports of a place, newest first."""
        sql = (
            "SELECT sha256 FROM report WHERE code = ? AND (? IS NULL OR year = ?)"
            " ORDER BY year DESC, file"
        )
        return tuple(self._report(str(sha)) for (sha,) in self.select(sql, (code, year, year)))

    def excluded(self, sha256: str) -> tuple[Excluded, ...]:
        """The numerals of a report that are no facts."""
        found = self.select("SELECT excluded FROM report WHERE sha256 = ?", (sha256,))
        return rows.excluded_of(str(found[0][0]))

    # -- facts -------------------------------------------------------------------------------

    def fact(self, key: str) -> Fact | None:
        """One fact, proved."""
        sql = f"SELECT {rows.FACT_COLUMNS} FROM {rows.FACT_TABLES} WHERE f.key = ?"
        found = self.select(sql, (key,))
        return self.proved(rows.fact_of(found[0])) if found else None

    def values(self, keys: Iterable[str]) -> dict[str, Decimal]:
        """The values of facts, to put them in order; what is shown is proved by `fact`."""
        wanted = tuple(keys)
        marks = ",".join("?" * len(wanted))
        found = self.select(f"SELECT key, value FROM fact WHERE key IN ({marks})", wanted)
        return {str(key): Decimal(str(value)) for key, value in found}

    def facts(self, code: str | None = None, year: int | None = None) -> tuple[Fact, ...]:
        """Facts of a place and year in the order of their reports, proved."""
        if code is None:
            return self._load_facts(code, year)
        return self._facts(code, year)

    def _load_facts(self, code: str | None = None, year: int | None = None) -> tuple[Fact, ...]:
        sql = (
            f"SELECT {rows.FACT_COLUMNS} FROM {rows.FACT_TABLES} WHERE (? IS NULL OR f.code = ?)"
            " AND (? IS NULL OR f.year = ?) ORDER BY r.code, r.year, r.file, f.start"
        )
        found = self.select(sql, (code, code, year, year))
        return tuple(self.proved(rows.fact_of(row)) for row in found)

    def inside(self, sha256: str, start: int, end: int) -> tuple[str, ...]:
        """Ids of the facts printed in a stretch of a report; what is shown is proved by `fact`."""
        sql = (
            "SELECT f.key FROM fact f JOIN report r ON r.id = f.report"
            ' WHERE r.sha256 = ? AND f.start >= ? AND f."end" <= ? ORDER BY f.start'
        )
        return tuple(str(key) for (key,) in self.select(sql, (sha256, start, end)))

    def proved(self, fact: Fact) -> Fact:
        """The fact itself; BaseError when its source does not print it."""
        if not holds(fact, self._report(fact.report).text, self._grammar):
            raise BaseError(f"事实 {fact.id} 与原文不符，知识库不可信；请重新运行 fazhibot build")
        return fact

    def prove(self) -> None:
        """Prove every fact, whatever the size of the base."""
        proved = len(self.facts())
        if proved != self.size:
            raise BaseError(f"知识库 {self.path.name} 缺了 {self.size - proved} 个事实的出处；"
                            "请重新运行 fazhibot build")  # fmt: skip

    # -- candidates --------------------------------------------------------------------------

    def _candidates(self, code: str, year: int) -> tuple[Candidate, ...]:
        """Everything the base knows of a place and year, and what its report of that year prints
        of other years, for ranking."""
        columns = f"{_CANDIDATE_COLUMNS}, f.id AS id"
        sql = (
            f"SELECT {columns} FROM fact f WHERE f.code = ? AND f.year = ?"
            f" UNION SELECT {columns} FROM report r JOIN fact f ON f.report = r.id"
            " WHERE r.code = ? AND r.year = ? AND f.code = r.code ORDER BY id"
        )
        found = self.select(sql, (code, year, code, year))
        return tuple(self._candidate(row[:-1]) for row in found)

    def _firsthand(self, code: str, year: int) -> tuple[Candidate, ...]:
        return self._once(self._candidates(code, year))

    def _load_restated(self, code: str, year: int) -> dict[str, tuple[str, ...]]:
        return self._told_again(self._candidates(code, year))

    def _once(self, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """What another report restates gives way to what the own report says."""
        again = {key for keys in self._told_again(found).values() for key in keys}
        return tuple(c for c in found if c.id not in again) if again else found

    def _told_again(self, found: tuple[Candidate, ...]) -> dict[str, tuple[str, ...]]:
        marks = ",".join("?" * len(found))
        sql = (
            "SELECT f.key FROM fact f JOIN report r ON r.id = f.report"
            f" WHERE f.key IN ({marks}) AND (r.year <> f.year OR r.code <> f.code)"
        )
        elsewhere = {str(key) for (key,) in self.select(sql, (c.id for c in found))}
        return restated(found, elsewhere) if elsewhere else {}

    def restatements(self, fact: Fact) -> tuple[Fact, ...]:
        """What reports of other years or places give for the same thing, where it differs."""
        keys = self._restated(fact.area.code, fact.year).get(fact.id, ())
        found = (self.fact(key) for key in keys)
        return tuple(f for f in found if f and (f.value, f.unit) != (fact.value, fact.unit))

    def _candidate(self, row: tuple[object, ...]) -> Candidate:
        key, code, year, metric, sentence, part, unit = row
        context, around = self.sentence(int(str(sentence)))
        profile = self.profile(int(str(metric)))
        return Candidate(
            str(key), str(code), int(str(year)), profile, context, around, bool(part), str(unit)
        )

    def candidate(self, key: str) -> Candidate | None:
        """One figure, for ranking."""
        found = self.select(f"SELECT {_CANDIDATE_COLUMNS} FROM fact f WHERE f.key = ?", (key,))
        return self._candidate(found[0]) if found else None

    def _load_profile(self, number: int) -> Profile:
        columns = "name, plain, kind, family, intent, strong, soft, head, closure"
        return rows.profile_of(
            self.select(f"SELECT {columns} FROM metric WHERE id = ?", (number,))[0]
        )

    def _load_sentence(self, number: int) -> tuple[frozenset[str], str]:
        found = self.select("SELECT context, around FROM sentence WHERE id = ?", (number,))
        return rows.split(found[0][0]), str(found[0][1])

    def of_measure(
        self, intent: str, year: int | None = None, limit: int = 200
    ) -> tuple[Candidate, ...]:
        """Figures of a canonical measure, over all places."""
        sql = (
            f"SELECT {_CANDIDATE_COLUMNS} FROM fact f WHERE f.intent = ?"
            " AND (? IS NULL OR f.year = ?) ORDER BY f.code, f.year, f.id LIMIT ?"
        )
        found = self.select(sql, (intent, year, year, limit))
        return self._once(tuple(self._candidate(row) for row in found))

    def saying(
        self, concepts: frozenset[str], year: int | None = None, limit: int = 200
    ) -> tuple[Candidate, ...]:
        """Figures whose names say all these concepts, over all places."""
        metrics = self._saying(concepts)
        found: list[Candidate] = []
        for (metric,) in metrics:
            sql = (
                f"SELECT {_CANDIDATE_COLUMNS} FROM fact f WHERE f.metric = ?"
                " AND (? IS NULL OR f.year = ?) ORDER BY f.code, f.year, f.id LIMIT ?"
            )
            found += (self._candidate(r) for r in self.select(sql, (metric, year, year, limit)))
            if len(found) >= limit:
                break
        return self._once(tuple(found[:limit]))

    def _saying(self, concepts: frozenset[str]) -> list[tuple[object, ...]]:
        """Metrics that say all these concepts, looked up by the rarest of them."""
        marks = ",".join("?" * len(concepts))
        known = self.select(
            f"SELECT name FROM concept WHERE name IN ({marks}) ORDER BY metrics, name",
            sorted(concepts),
        )
        if not concepts or len(known) < len(concepts):
            return []
        rarest, *others = (str(name) for (name,) in known)
        also = " AND EXISTS (SELECT 1 FROM term o WHERE o.concept = ? AND o.metric = t.metric)"
        sql = (
            f"SELECT metric FROM term t WHERE concept = ?{also * len(others)}"
            " ORDER BY metric LIMIT ?"
        )
        return self.select(sql, (rarest, *others, _MAX_METRICS))


def _open(path: Path) -> sqlite3.Connection:
    if not path.is_file():
        raise BaseError(f"没有知识库 {path}；请先运行 fazhibot build")
    if not untouched(path) and seal(path) != path.stem:
        raise BaseError(f"知识库 {path.name} 已损坏（内容与封印不符）；请重新运行 fazhibot build")
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    return sqlite3.connect(uri, uri=True, check_same_thread=False)

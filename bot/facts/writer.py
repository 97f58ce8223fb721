"""Facts → one SQLite file, deterministic, sealed by the hash in its name."""

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.facts import rows
from bot.facts.model import Excluded, Fact, Report
from intents.models import Profile

SCHEMA = Path(__file__).with_name("schema.sql")
FORMAT = "5"
SEALED_AT_ONCE = 128 << 20
"""Bytes. The seal of a larger base is read again only when its file was touched since."""
KEPT = 5
"""So many bases stay for rollback."""
POINTER = "current"
PIN = "pinned\n"
"""Second line of the pointer after a rollback: this base was chosen, however old it looks."""


@dataclass(frozen=True, slots=True)
class Entered:
    """A fact ready for the base: with its profile and the concepts around it."""

    fact: Fact
    profile: Profile
    context: frozenset[str]
    around: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One report with all that it gives."""

    report: Report
    excluded: tuple[Excluded, ...]
    entered: tuple[Entered, ...]


class _Writer:
    """Fills an open database; equal metrics and sentences are stored once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._metrics: dict[Profile, int] = {}
        self._sentences: dict[tuple[str, ...], int] = {}

    def batch(self, batch: Batch) -> None:
        """Write one report."""
        columns = rows.report_row(batch.report, batch.excluded)
        marks = ",".join("?" * len(columns))
        cursor = self._db.execute(f"INSERT INTO report VALUES (NULL,{marks})", columns)
        report = cursor.lastrowid
        self._db.executemany(
            "INSERT INTO fact VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            [self._fact_row(entered, report) for entered in batch.entered],
        )

    def _fact_row(self, entered: Entered, report: int | None) -> tuple[object, ...]:
        fact = entered.fact
        return (
            fact.id, report, fact.area.code, fact.area.name, fact.area.full, fact.year,
            self._metric(entered.profile), self._sentence(entered), fact.text, str(fact.value),
            fact.unit, fact.qualifier.value, fact.start, fact.end, fact.parent,
            entered.profile.intent, fact.apart, fact.apart_start,
        )  # fmt: skip

    def _metric(self, profile: Profile) -> int:
        known = self._metrics.get(profile)
        if known is not None:
            return known
        number = len(self._metrics) + 1
        self._metrics[profile] = number
        sets = (profile.strong, profile.soft, profile.head, profile.closure)
        self._db.execute(
            "INSERT INTO metric VALUES (?,?,?,?,?,?,?,?,?,?)",
            (number, profile.metric, profile.plain, profile.kind, profile.family, profile.intent,
             *(rows.join(s) for s in sets)),
        )  # fmt: skip
        self._db.executemany(
            "INSERT INTO term VALUES (?,?)", [(c, number) for c in sorted(profile.closure)]
        )
        return number

    def _sentence(self, entered: Entered) -> int:
        fact = entered.fact
        key = (
            fact.excerpt, fact.heading, fact.clause, rows.join(entered.context), entered.around,
        )  # fmt: skip
        known = self._sentences.get(key)
        if known is None:
            known = self._sentences[key] = len(self._sentences) + 1
            self._db.execute("INSERT INTO sentence VALUES (?,?,?,?,?,?)", (known, *key))
        return known

    def finish(self, meta: dict[str, str]) -> None:
        """Write what belongs to the base as a whole."""
        self._db.executemany("INSERT INTO meta VALUES (?,?)", sorted(meta.items()))
        self._db.execute("INSERT INTO concept SELECT concept, count(*) FROM term GROUP BY concept")
        self._db.execute(
            "INSERT INTO covered SELECT r.code, r.year, min(r.name), min(r.full), count(f.id)"
            " FROM report r LEFT JOIN fact f ON f.report = r.id GROUP BY r.code, r.year"
        )


def untouched(path: Path) -> bool:
    """True for a large base that nothing has touched since it was built here."""
    try:
        return _stamp(path).read_text(encoding="ascii") == _state(path)
    except (OSError, UnicodeDecodeError):
        return False


def _stamp(path: Path) -> Path:
    return path.with_suffix(".sound")


def _state(path: Path) -> str:
    """Size, times and number of a file; no program can set the time of change back."""
    s = path.stat()
    return f"{s.st_size} {s.st_mtime_ns} {s.st_ctime_ns} {s.st_ino} {s.st_dev}"


def seal(path: Path) -> str:
    """The hash that names a base file."""
    digest = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def write_base(folder: Path, batches: Iterable[Batch], meta: dict[str, str]) -> Path:
    """Write a new base beside the old ones and point to it; the old one stands until the end."""
    return publish(seal_base(folder, batches, meta), folder)


def seal_base(folder: Path, batches: Iterable[Batch], meta: dict[str, str]) -> Path:
    """Write a base into a folder, named by its hash; nothing points to it."""
    folder.mkdir(parents=True, exist_ok=True)
    draft = folder / f"draft-{os.getpid()}.sqlite"
    draft.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(draft)) as db:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            db.executescript(SCHEMA.read_text(encoding="utf-8"))
            writer = _Writer(db)
            for batch in batches:
                writer.batch(batch)
            writer.finish(meta | {"format": FORMAT})
            db.commit()
            db.execute("VACUUM")
        _flush(draft)
        final = folder / f"{seal(draft)}.sqlite"
        draft.replace(final)
    finally:
        draft.unlink(missing_ok=True)
    return final


def publish(base: Path, folder: Path) -> Path:
    """Move a sealed base among the published ones and make it the current one."""
    folder.mkdir(parents=True, exist_ok=True)
    final = folder / base.name
    base.replace(final)
    if final.stat().st_size > SEALED_AT_ONCE:
        _stamp(final).write_text(_state(final), encoding="ascii")
    point_to(final)
    _prune(folder, final)
    return final


def point_to(base: Path, *, pinned: bool = False) -> None:
    """Make *base* the current one, atomically; a pinned one is not rebuilt when it looks old."""
    pointer = base.parent / POINTER
    draft = pointer.with_name(f"{POINTER}-{os.getpid()}")
    draft.write_text(f"{base.name}\n{PIN if pinned else ''}", encoding="ascii")
    _flush(draft)
    draft.replace(pointer)


def _flush(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def bases(folder: Path) -> Iterator[Path]:
    """Finished bases, newest first."""
    found = [p for p in folder.glob("*.sqlite") if not p.name.startswith("draft")]
    yield from sorted(found, key=lambda p: (-p.stat().st_mtime_ns, p.name))


def _prune(folder: Path, current: Path) -> None:
    for old in list(bases(folder))[KEPT:]:
        if old != current:
            for beside in folder.glob(f"{old.stem}.*"):
                beside.unlink(missing_ok=True)

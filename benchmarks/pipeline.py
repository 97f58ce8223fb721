"""Reading reports, and the whole process from cold."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.report import Row, Section, Target
from bot.ingest.build import report_files
from bot.ingest.extract import Language, extract
from bot.ingest.profiles import Profiler
from bot.ingest.reading import read_document
from bot.ingest.wording import load_wording
from bot.knowledge import Tongue
from bot.settings import ROOT

_SECONDS = 3.0
_STARTS = 5


def reading(tongue: Tongue, seeds: Path) -> Section:
    """Megabytes of reports a second: bytes to facts, and to facts with their profiles."""
    files = report_files(seeds)
    language = Language(tongue.grammar, load_wording(), tongue.gazetteer)
    profiler = Profiler(tongue.vocabulary, tongue.catalog, tongue.grammar)

    def facts(path: Path) -> int:
        return len(extract(read_document(path, ROOT), language).facts)

    def profiled(path: Path) -> int:
        found = extract(read_document(path, ROOT), language).facts
        return len([profiler.enter(fact) for fact in found])

    for path in files:
        profiled(path)  # warm-up
    size = sum(path.stat().st_size for path in files) / 1e6
    rows = []
    for name, step in (("bytes → facts", facts), ("bytes → facts with profiles", profiled)):
        rounds, found, spent = 0, 0, 0.0
        while spent < _SECONDS:
            begun = time.perf_counter()
            found += sum(step(path) for path in files)
            spent += time.perf_counter() - begun
            rounds += 1
        rows.append(Row(name, "MB/s", (rounds * size / spent,)))
        rows.append(Row(name, "facts/s", (found / spent,)))
    return Section(f"Extraction: {len(files)} reports, {size:.3f} MB", ("fazhibot",), tuple(rows))


def starting(question: str, data: Path, seeds: Path) -> Section:
    """A whole `fazhibot ask` with the base already built, and what python itself takes."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("FAZHIBOT_")}
    environment |= {"FAZHIBOT_DATA_DIR": str(data), "FAZHIBOT_SEEDS": str(seeds.resolve())}
    ask = _starts([*_command(), "ask", question], environment)
    floor = _starts([sys.executable, "-c", "pass"], environment)
    rows = (
        Row("min", "s", (ask[0], floor[0])),
        Row("median", "s", (ask[1], floor[1]), Target(0.6)),
        Row("max", "s", (ask[2], floor[2])),
    )
    systems = ("fazhibot ask", "python -c pass")
    return Section(f"Cold start, {_STARTS} whole processes", systems, rows)


def _command() -> list[str]:
    script = Path(sys.executable).with_name("fazhibot")
    return [str(script)] if script.exists() else [sys.executable, "-m", "bot"]


def _starts(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Smallest, median and largest time of a process; the first one is a warm-up."""
    taken = []
    for _ in range(_STARTS + 1):
        begun = time.perf_counter()
        subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        taken.append(time.perf_counter() - begun)
    return min(taken[1:]), statistics.median(taken[1:]), max(taken[1:])

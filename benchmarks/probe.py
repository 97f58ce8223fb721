"""A process of its own that opens a base, answers questions and tells what it took.

python -m benchmarks.probe FOLDER < questions (JSON list) > what it took (JSON)
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.systems import TODAY
from bot.dialogue.answer import Answer
from bot.dialogue.engine import turn
from bot.dialogue.session import Session
from bot.dialogue.wording import load_wordings
from bot.knowledge import Knowledge, load_knowledge, load_tongue
from bot.settings import ROOT

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Answered:
    """One question answered."""

    ms: float
    status: str
    text: str
    """The first figure, "" without one."""
    code: str
    year: int


@dataclass(frozen=True, slots=True)
class Probed:
    """What a process took."""

    language_s: float
    """Reading the language files."""
    open_s: float
    """Opening the base until everything that a question needs stands ready."""
    first_ms: float
    """The first answer."""
    opened_mb: float
    """Resident memory after opening."""
    peak_mb: float
    """The most resident memory it ever had."""
    answered: tuple[Answered, ...]


def probe(folder: Path, questions: list[str]) -> Probed:
    """Run a process over a folder of bases."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.probe", str(folder)],
        input=json.dumps(questions), text=True, stdout=subprocess.PIPE, check=True, cwd=ROOT,
    )  # fmt: skip
    told = json.loads(done.stdout)
    return Probed(**(told | {"answered": tuple(Answered(**a) for a in told["answered"])}))


def _memory(field: str) -> float:
    """VmRSS or VmHWM in MB; elsewhere than on Linux the peak."""
    if _STATUS.exists():
        for line in _STATUS.read_text(encoding="ascii").splitlines():
            if line.startswith(field):
                return int(line.split()[1]) / 1024
    scale = 1 << (20 if sys.platform == "darwin" else 10)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / scale


def _run(folder: Path, questions: list[str]) -> Probed:
    begun = time.perf_counter()
    tongue = load_tongue()
    wordings = load_wordings()
    language = time.perf_counter()
    knowledge = load_knowledge(folder, tongue)
    _ready(knowledge)
    opened = time.perf_counter()
    memory = _memory("VmRSS")
    answered = []
    for said in questions:
        before = time.perf_counter()
        _, trace, _ = turn(said, Session(), knowledge, wordings, TODAY)
        answered.append(_answered(trace.answer, (time.perf_counter() - before) * 1000))
    return Probed(
        language - begun, opened - language, answered[0].ms if answered else 0.0,
        memory, _memory("VmHWM"), tuple(answered),
    )  # fmt: skip


def _ready(knowledge: Knowledge) -> None:
    """Make what is otherwise made with the first question."""
    assert knowledge.reader and knowledge.years and knowledge.names


def _answered(answer: Answer, ms: float) -> Answered:
    fact = answer.cited[0].fact if answer.cited else None
    text, code, year = (fact.text, fact.area.code, fact.year) if fact else ("", "", 0)
    return Answered(ms, answer.status.value, text, code, year)


if __name__ == "__main__":
    json.dump(asdict(_run(Path(sys.argv[1]), json.load(sys.stdin))), sys.stdout)

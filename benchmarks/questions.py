"""The questions that are asked: a labelled file, the project's own labels, or made from facts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.channels.scoring import Expected, Label, read_labels
from bot.facts.base import FactBase
from bot.facts.model import Fact

OWN = Path(__file__).resolve().parent.parent / "tests" / "questions"
MAIN = frozenset({"figure", "multi", "no_data", "offtopic"})
"""The kinds that the targets are about."""
OFF_TOPIC = (
    "今天天气怎么样", "帮我写一首诗", "附近有什么好吃的", "股票明天会涨吗", "讲个笑话吧",
    "怎么做红烧肉", "推荐一部电影", "世界杯谁赢了", "🙂🙂🙂", "what is the capital of France",
)  # fmt: skip
_GONE = 1950
"""A year that no report is about."""
_REFUSALS = frozenset({"no_data", "out_of_scope"})


@dataclass(frozen=True, slots=True)
class Questions:
    """Labelled single questions."""

    title: str
    labels: tuple[Label, ...]
    docs: dict[str, str]
    """Document names of the labels → file stems of the reports."""

    @property
    def hits(self) -> list[str]:
        """Questions that have an answer."""
        return [x.turns[0] for x in self.labels if "answered" in x.expected[0].statuses]

    @property
    def misses(self) -> list[str]:
        """Questions that must be refused."""
        return [x.turns[0] for x in self.labels if x.expected[0].statuses <= _REFUSALS]


def find_questions(file: Path | None, base: FactBase) -> Questions:
    """The given file, else the project's own labelled questions, else generated ones."""
    files = [file] if file is not None else sorted(OWN.glob("*.jsonl"))
    read = {path: [x for x in read_labels(path) if len(x.turns) == 1] for path in files}
    labels = [x for found in read.values() for x in found]
    if not labels:
        return Questions("questions made from the facts", tuple(_made(base)), {})
    title = ", ".join(path.name for path, found in read.items() if found)
    return Questions(title, tuple(labels), _documents(files, base))


def first_turns(file: Path, base: FactBase) -> Questions:
    """All that is asked in a labelled file before anything was spoken of."""
    return Questions(file.name, tuple(read_labels(file)), _documents([file], base))


def _documents(files: list[Path], base: FactBase) -> dict[str, str]:
    """Which report a label's document name means: the one whose text has all its spans."""
    spans: dict[str, set[tuple[int, int, str]]] = {}
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                for span in json.loads(line).get("expect", []):
                    place = (int(span["start"]), int(span["end"]), str(span.get("text", "")))
                    spans.setdefault(str(span["doc"]), set()).add(place)
    found: dict[str, str] = {}
    for report in base.reports():
        for name, places in spans.items():
            if all(report.text[start:end] == text for start, end, text in places):
                found[name] = Path(report.file).stem
    return found


def phrase(fact: Fact) -> str:
    """A question for a fact by its own name."""
    return f"{fact.area.full}{fact.year}年{fact.metric}是多少"


def _made(base: FactBase) -> Iterator[Label]:
    for fact in base.facts():
        span = (Path(base.report(fact.report).file).stem, fact.start, fact.end)
        yield _label(phrase(fact), "figure", {"answered", "clarify"}, (span,))
    for fact in base.facts():
        yield _label(f"{fact.area.full}{_GONE}年{fact.metric}是多少", "no_data", {"no_data"})
    for said in OFF_TOPIC:
        yield _label(said, "offtopic", {"out_of_scope"})


def _label(
    said: str, kind: str, statuses: set[str], spans: tuple[tuple[str, int, int], ...] = ()
) -> Label:
    return Label(said, "made", (said,), (Expected(kind, frozenset(statuses), spans, False),))

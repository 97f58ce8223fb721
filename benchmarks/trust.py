"""What each threshold of trust answers: the right figures, and those of other questions.

Three sorts of questions are asked of one place each: labelled ones that its report answers,
labelled ones that it does not, and the first again of every other place whose report gives none
of the measure. Of the last two nothing should be answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from benchmarks.questions import Questions
from benchmarks.report import Row, Section
from bot.channels.scoring import Label
from bot.dialogue.lookup import ranked_by, readings
from bot.facts.model import Fact
from bot.knowledge import Knowledge
from intents.acceptance import TRUSTED, trusted
from intents.models import Frame

_STEPS = (-1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5)
TODAY = date(2026, 1, 1)


def trust(knowledge: Knowledge, questions: Questions) -> Section:
    """Shares of questions that are answered, in per cent, for thresholds around the one in use."""
    thresholds = [TRUSTED + step for step in _STEPS]
    asked = [q for q in questions.labels if q.expected[0].kind in ("figure", "no_data")]
    right, absent, moved = [], [], []
    for label in asked:
        frame, code, year = read_one(label, knowledge) or (None, "", 0)
        if frame is None:
            continue
        if label.expected[0].kind == "no_data":
            absent.append([bool(_found(frame, code, year, knowledge, t)) for t in thresholds])
            continue
        wanted = wanted_of(label, questions, knowledge)
        best = [_found(frame, code, year, knowledge, t)[:1] for t in thresholds]
        right.append([bool(found) and found[0] in wanted for found in best])
        for other, at in elsewhere(wanted, knowledge):
            moved.append([bool(_found(frame, other, at, knowledge, t)) for t in thresholds])
    rows = (
        Row(f"right figure of {len(right)} questions", "%", _shares(right)),
        Row(f"a figure for {len(absent)} without one", "%", _shares(absent)),
        Row(f"a figure for {len(moved)} asked elsewhere", "%", _shares(moved)),
    )
    return Section("Trust, by its threshold in log odds", tuple(f"{t:g}" for t in thresholds), rows)


def _shares(answered: list[list[bool]]) -> tuple[float, ...]:
    return tuple(100 * sum(column) / len(answered) for column in zip(*answered, strict=True))


def read_one(label: Label, knowledge: Knowledge) -> tuple[Frame, str, int] | None:
    """The one frame, place and year of a question; None when there are several or none."""
    question = knowledge.reader.read(label.turns[0], TODAY)
    codes = {c for p in question.places for c in p.codes if c in knowledge.years}
    frames = [f for f in question.frames if not f.empty]
    if len(codes) != 1 or len(frames) != 1:
        return None
    code = codes.pop()
    year = question.periods[-1].year if question.periods else knowledge.years[code][-1]
    return (
        (readings(frames[0], knowledge)[0], code, year) if year in knowledge.years[code] else None
    )


def _found(frame: Frame, code: str, year: int, knowledge: Knowledge, threshold: float) -> list[str]:
    measures, ranked = ranked_by(frame, knowledge.base.candidates(code, year), knowledge)
    tongue = knowledge.tongue
    fit = trusted(ranked, frame, measures, knowledge.base.shares, tongue.vocabulary, threshold)
    return [r.candidate.id for r in fit]


def wanted_of(label: Label, questions: Questions, knowledge: Knowledge) -> dict[str, Fact]:
    stems = {r.sha256: Path(r.file).stem for r in knowledge.base.reports()}
    spans = [(questions.docs.get(d, d), start, end) for d, start, end in label.expected[0].spans]
    return {
        f.id: f
        for f in knowledge.base.facts()
        if any(stems[f.report] == d and f.start < end and start < f.end for d, start, end in spans)
    }


def elsewhere(wanted: dict[str, Fact], knowledge: Knowledge) -> Iterator[tuple[str, int]]:
    """Places with a report that gives no figure of a wanted measure or of one it accepts."""
    catalog = knowledge.tongue.catalog.measures
    asked = {f.intent for f in wanted.values() if f.intent}
    near = asked | {i for m in asked for i in catalog[m].accepts}
    near |= {m.id for m in catalog.values() if asked & set(m.accepts)}
    home = {f.area.code for f in wanted.values()}
    for code, years in knowledge.years.items():
        given = {f.intent for f in knowledge.base.facts(code, years[-1])}
        if asked and code not in home and not near & given:
            yield code, years[-1]

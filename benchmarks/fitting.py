"""`python -m benchmarks.fitting`: the weights of intents/odds.py beside those a regression finds.

The best figure of each labelled question is right or not; of the questions that no report answers,
and of the same questions asked where nothing is reported, it never is. The weights are those of a
logistic regression with a ridge of one (Hosmer, Lemeshow: Applied Logistic Regression), by Newton's
method. What too few questions show stays near nought here and was set by hand there.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.questions import OWN, Questions, find_questions
from benchmarks.trust import TODAY, elsewhere, read_one, wanted_of
from bot.app import build_base
from bot.dialogue.lookup import ranked_by
from bot.knowledge import Knowledge, load_knowledge, load_tongue
from bot.settings import load_settings
from intents.acceptance import lead_of
from intents.models import Frame
from intents.odds import WEIGHTS, Signs, signs_of

_ASKED, _ELSEWHERE = 1.0, 0.4
"""What one question counts, and one that is only asked of another place."""
_STEPS = 30
_HELD_OUT = frozenset({"citizens-8"})
"""Sets that nothing is learnt from."""

Example = tuple[Signs, bool, float]


def examples(knowledge: Knowledge, questions: Questions) -> Iterator[Example]:
    """The signs of each question's best figure, whether it is right, and what it counts."""
    for label in questions.labels:
        if label.expected[0].kind in ("offtopic", "injection"):
            frame = knowledge.reader.read(label.turns[0], TODAY).frames[0]
            for code, years in knowledge.years.items():
                yield from _example(frame, code, years[-1], set(), _ELSEWHERE, knowledge)
        read = read_one(label, knowledge)
        if read is None or label.expected[0].kind not in ("figure", "no_data"):
            continue
        frame, code, year = read
        wanted = wanted_of(label, questions, knowledge)
        yield from _example(frame, code, year, set(wanted), _ASKED, knowledge)
        if wanted:
            for other, at in elsewhere(wanted, knowledge):
                yield from _example(frame, other, at, set(), _ELSEWHERE, knowledge)


def _example(
    frame: Frame, code: str, year: int, wanted: set[str], weight: float, knowledge: Knowledge
) -> Iterator[Example]:
    candidates = knowledge.base.candidates(code, year)
    measures, ranked = ranked_by(frame, candidates, knowledge)
    best = next((r for r in ranked if not r.cost.contradiction), None)
    if best is not None:
        lead = lead_of(best, ranked, frame, measures)
        vocabulary, shares = knowledge.tongue.vocabulary, knowledge.base.shares
        signs = signs_of(best, lead, frame, measures, shares, vocabulary)
        yield signs, best.candidate.id in wanted, weight


def fitted(found: Sequence[Example]) -> Signs:
    """The weights that make the examples likeliest."""
    signs = np.array([[float(value) for value in s] for s, _, _ in found])
    right = np.array([float(r) for _, r, _ in found])
    counts = np.array([w for _, _, w in found])
    spread: NDArray[np.float64] = signs.std(axis=0)
    spread[spread == 0] = 1.0  # the sign that is always there
    scaled, weights = signs / spread, np.zeros(signs.shape[1])
    ridge = np.diag([0.0, *[1.0] * (len(weights) - 1)])
    for _ in range(_STEPS):
        likely = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (counts * (right - likely)) - ridge @ weights
        bend = (scaled.T * (counts * likely * (1 - likely))) @ scaled + ridge
        weights = weights + np.linalg.solve(bend + 1e-9 * np.eye(len(weights)), slope)
    return Signs(*(float(value) for value in weights / spread))


def main() -> None:
    """Print each sign with the weight in use and the one that is found."""
    with tempfile.TemporaryDirectory(prefix="fazhibot-fit-") as folder:
        settings = replace(load_settings(), data_dir=Path(folder))
        tongue = load_tongue()
        build_base(settings, tongue)
        knowledge = load_knowledge(settings.bases, tongue)
        named = sorted([*OWN.glob("citizens-*.jsonl"), *OWN.glob("every/*.jsonl")])
        files = [file for file in named if file.stem not in _HELD_OUT]
        sets = [find_questions(file, knowledge.base) for file in files]
        found = [example for one in sets for example in examples(knowledge, one)]
        knowledge.base.close()
    lines = [f"{len(found)} examples, {sum(right for _, right, _ in found)} of them right"]
    for name, used, best in zip(Signs._fields, WEIGHTS, fitted(found), strict=True):
        lines.append(f"  {name:14} {used:6.2f} {best:6.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()

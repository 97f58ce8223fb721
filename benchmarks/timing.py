"""Latencies of single calls."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence

CALLS = 1_000
"""At least so many calls are timed."""


def percentile(samples: Sequence[float], share: float) -> float:
    """The nearest-rank percentile; 0 of nothing."""
    ordered = sorted(samples)
    return ordered[max(0, math.ceil(share / 100 * len(ordered)) - 1)] if ordered else 0.0


def timed(call: Callable[[str], object], said: str) -> float:
    """Milliseconds of one call."""
    begun = time.perf_counter()
    call(said)
    return (time.perf_counter() - begun) * 1000


def latencies(call: Callable[[str], object], questions: Sequence[str]) -> list[float]:
    """Milliseconds of CALLS or more calls, all questions equally often, after a warm-up round."""
    for said in questions:
        call(said)
    rounds = math.ceil(CALLS / max(1, len(questions)))
    return [timed(call, said) for _ in range(rounds) for said in questions]


def per_second(samples: Sequence[float]) -> float:
    """Calls a second."""
    return 1000 * len(samples) / sum(samples) if samples else 0.0

"""Fairness: how much one person, or one group, may ask."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """Whether to answer."""

    FINE = "fine"
    TELL = "tell"
    """Too much, and the first time: say so."""
    QUIET = "quiet"
    """Too much, and already told."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and so many more a minute."""

    burst: int
    per_minute: float


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told: bool = False


class Limits:
    """Token buckets by key; those least recently used are forgotten, which is to say: full."""

    def __init__(self, size: int = 8_000) -> None:
        self._size = size
        self._buckets: OrderedDict[Hashable, _Bucket] = OrderedDict()

    def take(self, key: Hashable, rate: Rate, now: float) -> Verdict:
        """Ask for one more. Who was told is told again only after a rest."""
        bucket = self._buckets.get(key)
        if bucket is None:
            bucket = self._buckets[key] = _Bucket(rate.burst, now)
            if len(self._buckets) > self._size:
                self._buckets.popitem(last=False)
        else:
            self._buckets.move_to_end(key)
        grown = max(0.0, now - bucket.at) * rate.per_minute / 60
        bucket.left = min(float(rate.burst), bucket.left + grown)
        bucket.at = max(now, bucket.at)
        if bucket.left >= rate.burst / 2:
            bucket.told = False
        if bucket.left >= 1:
            bucket.left -= 1
            return Verdict.FINE
        if bucket.told:
            return Verdict.QUIET
        bucket.told = True
        return Verdict.TELL

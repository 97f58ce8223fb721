"""The same thing told by two reports: a later one restates what the own report of a year said.

Both stay facts. The own report's figure answers; the restated one is shown behind it, with its
source.
"""

from __future__ import annotations

from collections.abc import Iterable, Set

from intents.models import Candidate

_Key = tuple[object, ...]


def restated(candidates: Iterable[Candidate], elsewhere: Set[str]) -> dict[str, tuple[str, ...]]:
    """Of a figure that its own report prints: the figures *elsewhere* of the same thing."""
    own: dict[_Key, str] = {}
    again: dict[_Key, list[str]] = {}
    for candidate in candidates:
        key = _key(candidate)
        if candidate.id in elsewhere:
            again.setdefault(key, []).append(candidate.id)
        else:
            own.setdefault(key, candidate.id)
    return {own[key]: tuple(ids) for key, ids in again.items() if key in own}


def _key(candidate: Candidate) -> _Key:
    """What a figure is about: its canonical measure and what narrows it, else its name."""
    profile = candidate.profile
    about = (profile.intent, profile.strong) if profile.intent else (profile.plain,)
    return (candidate.code, candidate.year, candidate.part, profile.kind, profile.family, *about)

"""Does a figure count what the question counts, and as it counts it?"""

from __future__ import annotations

from intents.cues import load_cues
from intents.models import Candidate, Frame, Profile

_NEAR_UNITS = (
    {"case", "piece"}, {"case", "event"}, {"organisation", "household"},
    {"person", "attendance"}, {"event", "attendance"}, {"organisation", "place"},
    {"person", "case"},
)  # fmt: skip
"""Units that people use for one another: 几家 and 几户."""
_NEAR_ANY = frozenset({"organisation", "household", "place"})
"""Units that people use for 个, which counts whatever there is (几家, printed 9个), not for 条."""
ANY = "个"
TAIL = 8


def says_fresh(frame: Frame, candidate: Candidate) -> bool:
    """True for a figure of what was spoken of whose name says a word that goes on about it."""
    profile = candidate.profile
    fresh = any(word in profile.plain for word in frame.fresh)
    return fresh and frame.strong <= profile.closure | candidate.context


def is_like(frame: Frame, profile: Profile) -> bool:
    """True for a figure of the measure last told of another place that knows all that is new."""
    return profile.intent in frame.like and frame.strong - frame.hints <= profile.closure


def names_counted(frame: Frame, profile: Profile) -> bool:
    """True for a figure that counts the very noun behind the question word: 领域 in 几个领域."""
    counts = frame.counts
    if not counts.behind:
        return False
    return not counts.nouns.isdisjoint(profile.head) or counts.behind in end_of(profile.plain)


def end_of(name: str) -> str:
    """What stands last in a name: not 组合 in 组合的单位数, which counts no 组合."""
    end = name[-TAIL:]
    for link in load_cues().linking:
        end = end.rpartition(link)[2]
    return end


def in_unit(frame: Frame, family: str) -> bool:
    """True when a figure is counted as the question counts, or the question names no unit."""
    return not frame.families or family in frame.families


def near_unit(frame: Frame, family: str, unit: str) -> bool:
    """True when people use the unit asked for and that of a figure for one another."""
    alike = unit == ANY and not _NEAR_ANY.isdisjoint(frame.families)
    alike = alike or (family == "piece" and "event" in frame.families)  # 几场, printed 3期
    # the other way round only of something newly named: 生成几本，那调用的呢, printed 3次
    named_anew = bool(frame.focus and frame.strong - frame.hints)
    alike = alike or (family == "event" and "piece" in frame.families and named_anew)
    return alike or any({family, asked} in _NEAR_UNITS for asked in frame.families)


def fits_unit(frame: Frame, candidate: Candidate) -> bool:
    """True when a figure is counted as the question counts, or as people also do."""
    family = candidate.profile.family
    return in_unit(frame, family) or near_unit(frame, family, candidate.unit)

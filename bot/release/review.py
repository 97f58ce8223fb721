"""What a staged base would change, and whether somebody has to agree to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.facts.whole import titles
from bot.ingest.build import Built
from bot.knowledge import Knowledge
from bot.release.asking import Interviewer, SelfTest, Stored, questions_of, self_test, store
from bot.release.comparing import Difference, difference
from bot.release.scripts import Failure, Play, Played

MOST_LOST, MOST_WRONG = 0.1, 0.02
"""Shares of the self-test: when more is lost or wrong, somebody has to agree."""


@dataclass(frozen=True, slots=True)
class AnswerChange:
    """A question whose answer changes."""

    question: str
    before: str
    after: str
    reason: str
    """alias | correction | report | language: what makes the difference."""
    detail: str
    """The reports, or the note of the correction."""
    lost: bool
    """True when there was an answer and there is none now."""


@dataclass(frozen=True, slots=True)
class Review:
    """Everything that is known of a staged base."""

    built: Built
    difference: Difference
    answers: tuple[AnswerChange, ...]
    stored: tuple[Stored, ...]
    """The answers of the staged base, to be compared next time."""
    played: Played
    broken: tuple[Failure, ...]
    """Failures of scripts that the current base meets."""
    tested: SelfTest

    @property
    def lost(self) -> tuple[AnswerChange, ...]:
        """Questions that are answered now and would not be any more."""
        return tuple(change for change in self.answers if change.lost)

    @property
    def poor(self) -> bool:
        """True when too many figures are not found by their names."""
        asked = max(self.tested.asked, 1)
        lost, wrong = len(self.tested.lost), len(self.tested.wrong)
        return lost > MOST_LOST * asked or wrong > MOST_WRONG * asked

    @property
    def harmless(self) -> bool:
        """True when it can be published without asking anybody."""
        return not (self.broken or self.lost or self.poor)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Looks at a staged base."""

    interviewer: Interviewer
    play: Play
    told: Callable[[str], None]
    """Hears which step begins: proving, scripts, asking, comparing."""

    def review(
        self,
        built: Built,
        staged: Knowledge,
        current: Knowledge,
        stored: Sequence[Stored],
        scripts: tuple[Sequence[Path], Sequence[Path]],
    ) -> Review:
        """Prove, play, ask and compare; *scripts*: of the staged and of the current base."""
        self.told("proving")
        staged.base.prove()
        self.told("scripts")
        played = self.play(scripts[0], staged)
        broken = played.failures and self._broken(played.failures, scripts[1], current)
        self.told("asking")
        tested = self_test(staged, self.interviewer)
        self.told("comparing")
        before = stored or store(questions_of(current), current, self.interviewer)
        again = store((s.question for s in before), staged, self.interviewer)
        changes = (change(o, n, current, staged) for o, n in zip(before, again, strict=True)
                   if o.said != n.said)  # fmt: skip
        return Review(
            built=built,
            difference=difference(current.base, staged.base),
            answers=tuple(changes),
            stored=store(questions_of(staged), staged, self.interviewer),
            played=played,
            broken=tuple(broken),
            tested=tested,
        )

    def _broken(
        self, failures: Sequence[Failure], scripts: Sequence[Path], current: Knowledge
    ) -> list[Failure]:
        """Failures that are new: a script that fails already says nothing against this base."""
        before = {(Path(f.file).name, f.line) for f in self.play(scripts, current).failures}
        return [f for f in failures if (Path(f.file).name, f.line) not in before]


def change(before: Stored, after: Stored, current: Knowledge, staged: Knowledge) -> AnswerChange:
    """A changed answer, with what makes the difference."""
    reason, detail = _reason(before, after, current, staged)
    lost = before.answered and not after.answered
    return AnswerChange(before.question, before.said, after.said, reason, detail, lost)


def _reason(
    before: Stored, after: Stored, current: Knowledge, staged: Knowledge
) -> tuple[str, str]:
    old, new = current.base.meta, staged.base.meta
    mended = [f for f in (*before.facts, *after.facts)
              if _note(f, new) != _note(f, old)]  # fmt: skip
    if mended:
        return "correction", _note(mended[0], new) or _note(mended[0], old)
    shas = {t.sha256 for t in titles(current.base)} ^ {t.sha256 for t in titles(staged.base)}
    files = [t.file for base in (current.base, staged.base) for t in titles(base)
             if t.sha256 in shas]  # fmt: skip
    told = [f for f in dict.fromkeys((*after.reports, *before.reports)) if f in files]
    if told:
        return "report", "、".join(Path(f).name for f in told)
    if old.get("aliases") != new.get("aliases"):
        return "alias", ""
    if shas:
        return "report", "、".join(Path(f).name for f in dict.fromkeys(files))
    return "language", ""


def _note(fact: str, meta: dict[str, str]) -> str:
    return str(json.loads(meta.get("corrections") or "{}").get(fact, ""))

"""What came out of a run, in lines for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from bot.channels.script.play import Played, Result
from bot.channels.script.told import told

_SLOWEST = 3


def lines(result: Result) -> Iterator[str]:
    """Faults, failures with why, then the sums: dialogues and refusals apart."""
    for fault in result.faults:
        yield f"broken: {fault}"
    for one in result.failed:
        yield from told(one)
        yield ""
    for name, refusal in (("dialogues", False), ("refusals", True)):
        played = [p for p in result.played if p.script.refusal is refusal]
        if played:
            yield _sum(name, played)
    yield _accuracy(result)
    yield from _bad(result)
    yield from _slowest(result)
    if result.faults:
        yield f"files: {len(result.faults)} faults"


def _sum(name: str, played: list[Played]) -> str:
    turns = sum(len(p.turns) for p in played)
    known = sum(p.ok and p.known for p in played)
    skipped = sum(bool(p.skipped) for p in played)
    failed = sum(not p.ok for p in played)
    passed = len(played) - known - skipped - failed
    parts = [f"{passed} passed", f"{failed} failed", f"{known} known failures"]
    if skipped:
        parts.append(f"{skipped} skipped")
    return f"{len(played)} {name} ({turns} turns): {', '.join(parts)}"


def _accuracy(result: Result) -> str:
    """What the bot can do, known failures counted as the failures they are."""
    turns = [t for p in result.played for t in p.turns]
    good = sum(not t.failed for t in turns)
    return f"turns as expected: {good} of {len(turns)} ({100 * good / max(1, len(turns)):.1f} %)"


def _bad(result: Result) -> Iterator[str]:
    """What is worst, apart from everything else, known failures included."""
    accepted = sum(t.accepted for p in result.played for t in p.turns)
    wrong = sum(t.wrong_figure for p in result.played for t in p.turns)
    yield f"answers where none should be: {accepted}; wrong figures: {wrong}"


def _slowest(result: Result) -> Iterator[str]:
    turns = [(t.elapsed_ms, p, t) for p in result.played for t in p.turns]
    turns.sort(key=lambda item: -item[0])
    for elapsed, played, turn in turns[:_SLOWEST]:
        yield f"slowest: {elapsed:.1f} ms, {turn.turn.what!r} ({played.script.name})"

"""A failed dialogue in words: where, what was said, wanted and got, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.channels.script.play import Played, TurnResult

_EXPLAINED = 14


def told(played: Played) -> Iterator[str]:
    """Everything a tester needs to know about a dialogue that is not as it should be."""
    script = played.script
    if played.mended:
        yield f"{near(script.path)}:{script.line}: passes now; take `known_failure` out"
        yield f"  it said: {script.known_failure}"
        return
    for result in played.wrong:
        yield from _turn(result, played)


def _turn(result: TurnResult, played: Played) -> Iterator[str]:
    turn, path = result.turn, near(played.script.path)
    head = f"{path}:{turn.line}: turn {turn.number}, {turn.does}: {turn.what}"
    if not result.failed and turn.known_failure:
        yield f"{head}\n  passes now; take `known_failure` out (it said: {turn.known_failure})"
        return
    yield head
    if result.trouble:
        yield f"  {result.trouble}"
    for complaint in result.complaints:
        wanted = f"  line {complaint.want.line}: wanted "
        yield wanted + complaint.wanted
        yield "got ".rjust(len(wanted)) + complaint.got
    if result.text:
        first, *rest = result.text.split("\n")
        yield f"  reply: {first}{' …' if rest else ''}"
    for line in result.why[:_EXPLAINED]:
        yield f"    {line}"


def near(path: Path) -> str:
    """A path as short as it can be from where the command runs."""
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()

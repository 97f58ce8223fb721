"""The console: lines in, lines out; figures are marked when the terminal can show it."""

from collections.abc import Callable, Iterable
from typing import TextIO

from bot.messages import Reply, Style

_BOLD, _DIM, _PLAIN = "\x1b[1m", "\x1b[2m", "\x1b[0m"
PROMPT = "> "
_LEAVE = frozenset({"/quit", "/exit", "退出", "exit", "quit"})


def show(reply: Reply, *, colour: bool) -> str:
    """A reply as text; options as a numbered list that can be answered by number."""
    lines = []
    for line in reply.lines:
        text = ""
        for run in line:
            mark = {Style.STRONG: _BOLD, Style.QUOTE: _DIM}.get(run.style, "") if colour else ""
            quoted = f"  {run.text}" if run.style is Style.QUOTE else run.text
            text += f"{mark}{quoted}{_PLAIN if mark else ''}"
        lines.append(text)
    lines += [f"  {n}. {option.label}" for n, option in enumerate(reply.options, 1)]
    return "\n".join(lines)


def converse(
    lines: Iterable[str], write: TextIO, answer: Callable[[str], Reply], *, terminal: bool
) -> None:
    """Answer line after line until the input ends or the user leaves."""
    if terminal:
        write.write(PROMPT)
        write.flush()
    for line in lines:
        text = line.strip()
        if text in _LEAVE:
            return
        if text:
            if not terminal:
                write.write(f"{PROMPT}{text}\n")
            write.write(show(answer(text), colour=terminal) + "\n\n")
        if terminal:
            write.write(PROMPT)
        write.flush()

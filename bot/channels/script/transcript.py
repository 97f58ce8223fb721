"""A chat that took place → what was said: a console's transcript, a log, or bare questions."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from bot.errors import BotError

_PROMPT = "> "
Chat = tuple[str, ...]


class TranscriptError(BotError):
    """A transcript cannot be read."""


def read_chats(path: Path) -> tuple[Chat, ...]:
    """What users said, chat by chat. TranscriptError names file and line.

    JSON lines: `{"turns": […]}`, `{"question": …}`, `{"user": …}`, or the bot's own log with texts
    in it (FAZHIBOT_LOG_TEXTS), which does not tell who said what: each text is a chat then. A
    console's transcript: lines that begin with `> `. Anything else: a question a line, an empty
    line between chats.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError:
        raise TranscriptError(f"{path}: not UTF-8") from None
    said = [line for line in lines if line.strip()]
    if said and said[0].lstrip().startswith("{"):
        chats = list(_json(path, lines))
    elif any(line.startswith(_PROMPT) for line in said):
        chats = [tuple(x for line in said if (x := _typed(line)))]
    else:
        chats = list(_blocks(lines))
    chats = [chat for chat in chats if chat]
    if not chats:
        raise TranscriptError(f"{path}: nobody says anything in it")
    return tuple(chats)


def _typed(line: str) -> str:
    return line.removeprefix(_PROMPT).strip() if line.startswith(_PROMPT) else ""


def _blocks(lines: list[str]) -> Iterator[Chat]:
    block: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            block.append(line.strip())
        elif block:
            yield tuple(block)
            block = []


def _json(path: Path, lines: list[str]) -> Iterator[Chat]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            if "logger" in item and "text" not in item:
                continue
            turns = item.get("turns", [item])
            yield tuple(_said(t) for t in turns)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise TranscriptError(f"{path}:{number}: not a logged chat: {error!r}") from None


def _said(turn: object) -> str:
    if isinstance(turn, str):
        return turn
    if not isinstance(turn, dict):
        raise TypeError("a turn is a text or a record")
    return str(turn.get("user") or turn.get("text") or turn["question"])

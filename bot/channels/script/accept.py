"""What the bot says today written into the expectations: edits of the file, comments kept.

Only expectations that failed are touched. What cannot be written by rule – patterns, `not`, rows of
a table – is left alone and told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.channels.script.judge import entries
from bot.channels.script.model import Record, Want
from bot.channels.script.play import Played, TurnResult
from bot.channels.script.told import near
from bot.channels.script.written import printed, scalar, several, stem
from intents.errors import DataFileError
from intents.yamlfile import parse


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of the file and what replaces it."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A file as it would be."""

    text: str
    by_hand: tuple[str, ...]
    """What a person must change."""


def accept(path: Path, text: str, played: Iterable[Played]) -> Accepted:
    """The text of a file with the failed expectations of its dialogues brought up to date."""
    by_hand: list[str] = []
    edits: dict[tuple[int, int], Edit] = {}
    for one in played:
        for turn in one.wrong:
            for edit in _turn(turn, one, text, by_hand):
                if edits.setdefault((edit.start, edit.end), edit) != edit:
                    by_hand.append(f"{_where(one, turn)}: rows of a table differ")
    return _edited(path, text, edits.values(), by_hand)


def take_out(path: Path, text: str, played: Iterable[Played]) -> Accepted:
    """The text of a file without the `known_failure` of what passes now; nothing else changes."""
    by_hand: list[str] = []
    edits: dict[tuple[int, int], Edit] = {}
    for one in played:
        pairs = [one.script.known_pair] if one.mended else []
        if not one.script.known_failure:
            pairs += [t.turn.known_pair for t in one.wrong if not t.failed]
        for pair in pairs:
            if edit := _removal(pair, text):
                edits[pair] = edit
            else:
                by_hand.append(f"{near(path)}:{one.script.line}: take known_failure out")
    return _edited(path, text, edits.values(), by_hand)


def _edited(path: Path, text: str, edits: Iterable[Edit], by_hand: list[str]) -> Accepted:
    made = text
    for edit in sorted(edits, key=lambda e: -e.start):
        made = made[: edit.start] + edit.text + made[edit.end :]
    try:
        parse(made, path)
    except DataFileError as error:
        return Accepted(text, (*by_hand, f"{near(path)}: {error.why}"))
    return Accepted(made, tuple(dict.fromkeys(by_hand)))


def _where(played: Played, turn: TurnResult) -> str:
    return f"{near(played.script.path)}:{turn.turn.line}"


def _turn(turn: TurnResult, played: Played, text: str, by_hand: list[str]) -> Iterator[Edit]:
    where = _where(played, turn)
    if turn.trouble or turn.turn.known_failure:
        by_hand.append(f"{where}: {turn.trouble or 'take known_failure out'}")
        return
    has_status = any(w.key == "status" for w in turn.turn.wants)
    for complaint in turn.complaints:
        want = complaint.want
        if want in turn.turn.nots or not want.span[1] or "{" in text[slice(*want.span)]:
            by_hand.append(f"{where}: {complaint.wanted}")
            continue
        value = _value(want, turn.record)
        if value is not None:
            yield Edit(*want.span, value)
        elif want.key in _OF_FACTS and not has_status:
            has_status = True
            yield Edit(*want.pair, f"status: {turn.record.get('status')}")
        elif want.key in _OF_FACTS and (edit := _removal(want.pair, text)):
            yield edit
        else:
            by_hand.append(f"{where}: {complaint.wanted}")


_OF_FACTS = ("figure", "value", "unit", "place", "year", "source", "metric~", "excerpt~", "count")


def _value(want: Want, record: Record) -> str | None:
    """The expectation as it would hold; None when there is nothing to expect."""
    facts = entries(record, "facts")
    first = facts[:1] if len(want.values) == 1 else facts
    if want.key == "status":
        return scalar(str(record.get("status")))
    if want.key == "reason":
        return scalar(str(record["reason"])) if record.get("reason") else None
    if want.key in ("options", "buttons"):
        labels = [scalar(str(o["label"])) for o in entries(record, "options")]
        numbered = want.key == "buttons" and all(v.isdigit() for v in want.values)
        return str(len(labels)) if numbered else f"[{', '.join(labels)}]" if labels else None
    if not facts:
        return None
    made = {
        "figure": [printed(f) for f in first],
        "value": [str(f["value"]) for f in first],
        "unit": [str(f["unit"]) for f in first],
        "place": [str(f["jurisdiction"]) for f in first],
        "year": [str(f["year"]) for f in first],
        "source": [stem(f) for f in first],
        "count": [str(len(facts))],
    }.get(want.key)
    return several(made) if made and all(made) else None


def _removal(pair: tuple[int, int], text: str) -> Edit | None:
    """Take key and value out: a whole line, or a piece of a `{…}` with its comma."""
    start, end = pair
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    line_end = len(text) if line_end < 0 else line_end + 1
    behind = text[end:line_end].strip()
    if not text[line_start:start].strip() and (not behind or behind.startswith("#")):
        return Edit(line_start, line_end, "")
    before = text[:start].rstrip()
    return Edit(len(before) - 1, end, "") if before.endswith(",") else None

"""One turn, read from YAML: what is done, by whom, when, and what should come of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from bot.channels.script.model import GROUP, PRIVATE, Turn, Want
from bot.channels.script.rows import known_pair
from bot.channels.script.wants import REFUSED, WANTS, Checks, read_nots, read_want
from intents.yamlfile import Node

DOES = ("say", "tap", "send_file", "edit", "inline")
SETTING = frozenset({"as", "in", "at"})
"""Keys of a file, a dialogue or a turn: who, where, when."""
KEYS = frozenset({*DOES, *SETTING, *WANTS, "wait", "not", "known_failure"})
_UNITS = {
    "s": 1, "秒": 1, "m": 60, "min": 60, "分": 60, "分钟": 60, "h": 3600, "小时": 3600,
    "d": 86400, "天": 86400,
}  # fmt: skip
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+|秒|分钟?|小时|天)")
_OF_FIGURES = ("figure", "value", "unit", "metric~", "chart")
_IMPLIED = Want("status", (REFUSED,), 0)


@dataclass(frozen=True, slots=True)
class Scene:
    """Who speaks where and when, unless a turn says otherwise."""

    user: str = "user"
    chat: str = PRIVATE
    at: date | None = None


def read_scene(record: dict[str, Node], scene: Scene, checks: Checks) -> Scene:
    """The scene with what `as`, `in` and `at` say."""
    if "as" in record:
        user = checks.fill(record["as"]).strip()
        if not user:
            raise record["as"].fail("who speaks? a name; one that begins with admin is an admin")
        scene = replace(scene, user=user)
    if "in" in record:
        chat = checks.fill(record["in"])
        if chat not in (PRIVATE, GROUP):
            raise record["in"].fail(f"expected {PRIVATE} or {GROUP}, got {chat!r}")
        scene = replace(scene, chat=chat)
    if "at" in record:
        said = checks.fill(record["at"])
        try:
            day = date.fromisoformat(said)
        except ValueError:
            raise record["at"].fail(f"expected a day such as 2025-03-01, got {said!r}") from None
        scene = replace(scene, at=day)
    return scene


def read_turn(
    node: Node, number: int, scene: Scene, checks: Checks, *, implied: bool, extra: frozenset[str]
) -> Turn:
    """One turn; `implied`: without a status it wants a refusal; `extra`: keys read elsewhere."""
    record = node.record(set(), KEYS | extra)
    done = [d for d in DOES if d in record]
    if len(done) != 1:
        raise node.fail(f"a turn needs exactly one of {', '.join(DOES)}; it has {len(done)}")
    what = checks.fill(record[done[0]])
    if not what.strip():
        raise record[done[0]].fail(f"{done[0]!r} is empty")
    scene = read_scene(record, scene, checks)
    keyed = {key.text(): (key, value) for key, value in node.keyed()}
    wants = tuple(read_want(k, keyed[k], number, checks) for k in keyed if k in WANTS)
    if implied and not any(w.key == "status" for w in wants):
        wants = (*wants, replace(_IMPLIED, line=node.line))
    nots = read_nots(record["not"], number, checks) if "not" in record else ()
    if _refused(wants) and (shown := [k for k in _OF_FIGURES if k in keyed]):
        raise keyed[shown[0]][0].fail(f"{shown[0]!r} and a refusal: both can never hold")
    if not wants and not nots:
        raise node.fail("the turn expects nothing: it can never fail")
    return Turn(
        number=number, line=node.line, does=done[0], what=what, user=scene.user, chat=scene.chat,
        at=scene.at, wait=_wait(record, checks), wants=wants, nots=nots,
        known_failure=_reason(record, checks) if "known_failure" not in extra else "",
        known_pair=known_pair(node) if "known_failure" not in extra else (0, 0),
    )  # fmt: skip


def _reason(record: dict[str, Node], checks: Checks) -> str:
    if "known_failure" not in record:
        return ""
    return why(record["known_failure"], checks)


def why(node: Node, checks: Checks) -> str:
    """The reason that `skip` and `known_failure` must give."""
    text = checks.fill(node).strip()
    if len(text) < 2 or text.lower() in ("true", "yes"):
        raise node.fail("say why, in words")
    return text


def _wait(record: dict[str, Node], checks: Checks) -> float:
    if "wait" not in record:
        return 0.0
    said = checks.fill(record["wait"]).strip()
    match = _DURATION.fullmatch(said)
    if not match or match[2] not in _UNITS:
        raise record["wait"].fail(f"expected a time such as 40分钟 or 2h, got {said!r}")
    return float(match[1]) * _UNITS[match[2]]


def refused_only(turn: Turn) -> bool:
    """True when the turn allows nothing but a refusal."""
    return _refused(turn.wants)


def _refused(wants: tuple[Want, ...]) -> bool:
    said = [w for w in wants if w.key == "status"]
    return bool(said) and set(said[0].values) <= {REFUSED, "no_data", "out_of_scope"}


def may_answer(turn: Turn) -> bool:
    """True when an answer would be as good."""
    said = [w for w in turn.wants if w.key == "status"]
    return not said or "answered" in said[0].values

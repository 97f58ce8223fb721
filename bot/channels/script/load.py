"""Script files → dialogues. A fault is kept with file and line; everything else is still played.

One file is one series:

    series: 余姚的行政复议        # a name, optional
    setup: {report: …}           # or {reports: ../reports}; optional
    tags: [复议]                  # optional, for all dialogues
    dialogues:                   # or refusals:
      - name: …
        turns:
          - say: …
            figure: …
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.channels.script.model import Fault, Script, Turn, World
from bot.channels.script.rows import Row, known_pair, rows_of, said_rows
from bot.channels.script.setup import read_world
from bot.channels.script.turns import (
    KEYS,
    SETTING,
    Scene,
    may_answer,
    read_scene,
    read_turn,
    refused_only,
    why,
)
from bot.channels.script.wants import Checks
from intents.errors import DataFileError
from intents.yamlfile import Node, read

SUFFIX = ".dialogue.yaml"
_FILE = frozenset({"series", "setup", "tags", "skip", "dialogues", "refusals", *SETTING})
_OWN = frozenset({"name", "tags", "skip", "known_failure", "each", "turns"})
_TAG = re.compile(r"[^\s,()]+")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the files hold."""

    scripts: tuple[Script, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class _File:
    path: Path
    series: str
    refusal: bool
    world: World
    tags: frozenset[str]
    skip: str
    scene: Scene
    is_place: Callable[[str], bool]

    def checks(self, row: Row) -> Checks:
        return Checks(self.is_place, row.fill)


def script_files(paths: Iterable[Path]) -> list[Path]:
    """The script files among files and folders, in a fixed order; a file is taken as it is."""
    found: dict[Path, None] = {}
    for path in paths:
        inside = sorted(path.rglob(f"*{SUFFIX}")) if path.is_dir() else [path]
        found.update(dict.fromkeys(inside))
    return list(found)


def load(paths: Iterable[Path], is_place: Callable[[str], bool]) -> Loaded:
    """Read all dialogues of files and folders; every fault is told, and none hides another."""
    scripts: list[Script] = []
    faults: list[Fault] = []
    seen: set[Path] = set()
    for path in paths:
        files = script_files([path])
        if not files:
            faults.append(Fault(path, None, f"no file named *{SUFFIX} in it"))
        for file in files:
            if file.resolve() in seen:
                continue
            seen.add(file.resolve())
            loaded = load_file(file, is_place)
            scripts += loaded.scripts
            faults += loaded.faults
    return Loaded(tuple(scripts), tuple(faults))


def load_file(path: Path, is_place: Callable[[str], bool]) -> Loaded:
    """Read the dialogues of one file."""
    scripts: list[Script] = []
    faults: list[Fault] = []
    names: dict[str, int] = {}
    try:
        file, nodes = _file(path, is_place)
    except DataFileError as error:
        return Loaded((), (_fault(error, path),))
    for node in nodes:
        try:
            for script in _scripts(node, file):
                if script.name in names:
                    first = names[script.name]
                    raise node.fail(f"{script.name!r} is also the name of line {first}")
                names[script.name] = node.line
                scripts.append(script)
        except DataFileError as error:
            faults.append(_fault(error, path))
    return Loaded(tuple(scripts), tuple(faults))


def _fault(error: DataFileError, path: Path) -> Fault:
    return Fault(path, error.line, error.why)


def _file(path: Path, is_place: Callable[[str], bool]) -> tuple[_File, tuple[Node, ...]]:
    top = read(path)
    record = top.record(set(), _FILE)
    kinds = [k for k in ("dialogues", "refusals") if k in record]
    if len(kinds) != 1:
        raise top.fail("a file holds either `dialogues:` or `refusals:`")
    plain = Checks(is_place, Row().fill)
    file = _File(
        path=path,
        series=record["series"].text() if "series" in record else path.name.removesuffix(SUFFIX),
        refusal=kinds[0] == "refusals",
        world=read_world(record.get("setup"), is_place),
        tags=_tags(record),
        skip=why(record["skip"], plain) if "skip" in record else "",
        scene=read_scene(record, Scene(), plain),
        is_place=is_place,
    )
    nodes = record[kinds[0]].items()
    if not nodes:
        raise record[kinds[0]].fail("the list is empty")
    return file, nodes


def _tags(record: dict[str, Node]) -> frozenset[str]:
    if "tags" not in record:
        return frozenset()
    for node in record["tags"].items():
        if not _TAG.fullmatch(node.text()):
            raise node.fail(f"a tag is one word, not {node.text()!r}")
    return frozenset(record["tags"].texts())


def _scripts(node: Node, file: _File) -> Iterator[Script]:
    """A dialogue, or one for each row of its table or wording of its question."""
    record = node.record(set(), _OWN | KEYS)
    if "turns" in record and (alone := sorted(record.keys() - _OWN - SETTING)):
        raise record[alone[0]].fail(f"{alone[0]!r} belongs into a turn: this dialogue has `turns:`")
    rows = rows_of(record["each"]) if "each" in record else said_rows(node)
    for row in rows:
        yield _script(node, record, row, file)
    for row in rows:
        row.all_used(node)


def _script(node: Node, record: dict[str, Node], row: Row, file: _File) -> Script:
    checks = file.checks(row)
    turns = tuple(_turns(node, record, row, file))
    if file.refusal and may_answer(turns[-1]):
        raise node.fail("a refusal must not allow an answer in its last turn")
    if not file.refusal and all(refused_only(t) for t in turns):
        raise node.fail("nothing may be answered here: it belongs among the refusals")
    name = checks.fill(record["name"]) if "name" in record else turns[0].what
    known, pair = row.known_failure, row.known_pair
    if "known_failure" in record:
        known, pair = why(record["known_failure"], checks), known_pair(node)
    return Script(
        path=file.path, line=row.line or node.line, series=file.series,
        name=f"{name}[{row.number}]" if row.number else name, refusal=file.refusal,
        tags=file.tags | _tags(record), known_failure=known, world=file.world, turns=turns,
        known_pair=pair,
        skip=why(record["skip"], checks) if "skip" in record else file.skip,
    )  # fmt: skip


def _turns(node: Node, record: dict[str, Node], row: Row, file: _File) -> Iterator[Turn]:
    checks = file.checks(row)
    scene = read_scene(record, file.scene, checks)
    if "turns" not in record:
        yield read_turn(node, 1, scene, checks, implied=file.refusal, extra=_OWN)
        return
    nodes = record["turns"].items()
    if not nodes:
        raise record["turns"].fail("the list is empty")
    for number, turn in enumerate(nodes, 1):
        implied = file.refusal and number == len(nodes)
        read_one = read_turn(turn, number, scene, checks, implied=implied, extra=frozenset())
        if number > 1 and scene.at and read_one.at and read_one.at < scene.at:
            raise turn.fail(f"time does not go back: the turn before is on {scene.at}")
        scene = Scene(scene.user, scene.chat, read_one.at)
        yield read_one

"""Checked YAML reading: the only import of yaml.

Duplicate keys, unknown keys and wrong types fail with file and line. Readers ask for plain
values through :class:`Node`, which remembers where each value stands in the file.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path

import yaml

from intents.errors import DataFileError

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
"""Values stay as they are written, so the loader need not guess what each one is."""


@dataclass(frozen=True, slots=True)
class Node:
    """A YAML value together with the file it came from; accessors fail with file and line."""

    path: Path
    """The file."""
    node: yaml.Node
    """The composed YAML node (its marks give the line)."""

    @property
    def line(self) -> int:
        """Line of the value, from 1."""
        return int(self.node.start_mark.line) + 1

    @property
    def span(self) -> tuple[int, int]:
        """Offsets of the value in the file's text."""
        return int(self.node.start_mark.index), int(self.node.end_mark.index)

    @property
    def is_list(self) -> bool:
        """True for a list."""
        return isinstance(self.node, yaml.SequenceNode)

    @property
    def is_mapping(self) -> bool:
        """True for a mapping."""
        return isinstance(self.node, yaml.MappingNode)

    def fail(self, why: str) -> DataFileError:
        """The error to raise for this value."""
        return DataFileError(self.path, self.line, why)

    def text(self) -> str:
        """The value as text; numbers and booleans stay as they are written."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.fail("expected a text")
        return str(self.node.value)

    def integer(self) -> int:
        """The value as a whole number."""
        try:
            return int(self.text())
        except ValueError:
            raise self.fail(f"expected a whole number, got {self.text()!r}") from None

    def items(self) -> tuple[Node, ...]:
        """The members of a list; a lone scalar is not a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fail("expected a list")
        return tuple(Node(self.path, n) for n in self.node.value)

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def keyed(self) -> Iterator[tuple[Node, Node]]:
        """Keys and values of a mapping, both with their places; a duplicate key fails."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fail("expected a mapping")
        seen: dict[str, int] = {}
        for key, value in self.node.value:
            name, line = str(key.value), int(key.start_mark.line) + 1
            if name in seen:
                raise DataFileError(
                    self.path, line, f"duplicate key {name!r}, first in line {seen[name]}"
                )
            seen[name] = line
            yield Node(self.path, key), Node(self.path, value)

    def pairs(self) -> Iterator[tuple[str, Node]]:
        """Keys and values of a mapping, in file order; a duplicate key fails."""
        for key, value in self.keyed():
            yield str(key.node.value), value

    def record(self, required: Set[str], optional: Set[str] = frozenset()) -> dict[str, Node]:
        """A mapping with known keys only; unknown and missing keys fail."""
        found: dict[str, Node] = {}
        for key, value in self.keyed():
            name = str(key.node.value)
            if name not in required | optional:
                known = sorted(required | optional)
                near = difflib.get_close_matches(name, known, 1)
                hint = f"; did you mean {near[0]!r}?" if near else ""
                raise key.fail(f"unknown key {name!r}; known: {', '.join(known)}{hint}")
            found[name] = value
        missing = sorted(required - found.keys())
        if missing:
            raise self.fail(f"missing key {missing[0]!r}")
        return found


def read(path: Path) -> Node:
    """Compose a YAML file into a checked :class:`Node`; an empty file is an error."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise DataFileError(path, None, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise DataFileError(path, line, "cannot be read: save the file as UTF-8") from None
    return parse(text, path)


def parse(text: str, path: Path) -> Node:
    """Compose YAML text; *path* is only used in messages."""
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise DataFileError(
            path, line, f"not valid YAML: {getattr(error, 'problem', error)}"
        ) from None
    if node is None:
        raise DataFileError(path, None, "the file is empty")
    return Node(path, node)

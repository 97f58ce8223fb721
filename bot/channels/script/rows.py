"""Tables: one dialogue, many rows. `{column}` in any text of the dialogue is filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from intents.yamlfile import Node

_COLUMN = re.compile(r"\{\{|\}\}|\{([^\W\d]\w*)\}")
_SAY = "say"


def known_pair(node: Node) -> tuple[int, int]:
    """Where `known_failure` and its reason stand in a mapping; (0, 0) when they do not."""
    for key, value in node.keyed():
        if key.text() == "known_failure":
            return key.span[0], value.span[1]
    return 0, 0


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; the empty one where there is none."""

    cells: dict[str, str] = field(default_factory=dict)
    number: int = 0
    """From 1; 0 where there is no table."""
    line: int = 0
    known_failure: str = ""
    known_pair: tuple[int, int] = (0, 0)
    """Where `known_failure` and its reason stand."""
    used: set[str] = field(default_factory=set)
    """Columns that were filled in somewhere."""

    def fill(self, node: Node) -> str:
        """The text of a node with its columns filled in; DataFileError for an unknown column."""
        if node.is_list and _SAY in self.cells:
            self.used.add(_SAY)
            return self.cells[_SAY]

        def cell(match: re.Match[str]) -> str:
            name = match[1]
            if name is None:
                return match[0][0]
            if name not in self.cells:
                known = ", ".join(self.cells) or "there is no table"
                raise node.fail(f"no column {name!r} for {match[0]}: {known}")
            self.used.add(name)
            return self.cells[name]

        return _COLUMN.sub(cell, node.text())

    def all_used(self, node: Node) -> None:
        """DataFileError when a column of the table stands nowhere in the dialogue."""
        for name in self.cells:
            if name not in self.used:
                raise node.fail(f"column {name!r} of the table is used nowhere")


def rows_of(table: Node) -> tuple[Row, ...]:
    """The rows of `each:`, a list of mappings with the same columns."""
    rows: list[Row] = []
    for number, node in enumerate(table.items(), 1):
        cells = {key: value.text() for key, value in node.pairs()}
        known = cells.pop("known_failure", "")
        if not cells:
            raise node.fail("the row is empty")
        if rows and cells.keys() != rows[0].cells.keys():
            raise node.fail(f"every row needs the columns of the first: {', '.join(rows[0].cells)}")
        rows.append(Row(cells, number, node.line, known, known_pair(node)))
    if not rows:
        raise table.fail("the table is empty")
    return tuple(rows)


def said_rows(node: Node) -> tuple[Row, ...]:
    """One row for each wording, where the first `say` is a list of wordings."""
    said = _first_say(node)
    if said is None or not said.is_list:
        return (Row(),)
    rows = []
    for number, item in enumerate(said.items(), 1):
        if item.is_mapping:
            record = item.record({_SAY}, {"known_failure"})
            cells = {_SAY: record[_SAY].text()}
            known = record["known_failure"].text() if "known_failure" in record else ""
            rows.append(Row(cells, number, item.line, known, known_pair(item)))
        else:
            rows.append(Row({_SAY: item.text()}, number, item.line))
        if not rows[-1].cells[_SAY].strip():
            raise item.fail("'say' is empty")
    if not rows:
        raise said.fail("the list is empty")
    return tuple(rows)


def _first_say(node: Node) -> Node | None:
    record = dict(node.pairs())
    if "turns" in record:
        turns = record["turns"].items()
        record = dict(turns[0].pairs()) if turns else {}
    return record.get(_SAY)

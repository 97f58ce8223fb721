"""`setup:` of a file: the reports its dialogues are about, a folder or a few lines written here."""

from __future__ import annotations

from collections.abc import Callable

from bot.channels.script.model import DEFAULT_WORLD, World
from bot.channels.script.words import load_words
from intents.yamlfile import Node

_SMALL = frozenset({"report", "place", "year"})


def read_world(node: Node | None, is_place: Callable[[str], bool]) -> World:
    """The reports; the base of the settings when nothing is set up."""
    if node is None:
        return DEFAULT_WORLD
    if node.is_list:
        return World(texts=tuple(_small(n, i, is_place) for i, n in enumerate(node.items(), 1)))
    record = node.record(set(), _SMALL | {"reports"})
    if "reports" not in record:
        return World(texts=(_small(node, 1, is_place),))
    if len(record) > 1:
        raise node.fail("either a folder of `reports`, or a `report` written here")
    folder = node.path.parent / record["reports"].text()
    if not folder.is_dir():
        raise record["reports"].fail(f"no folder {folder}")
    return World(folder=folder)


def _small(node: Node, number: int, is_place: Callable[[str], bool]) -> tuple[str, str]:
    record = node.record({"report"}, _SMALL)
    text = record["report"].text().strip()
    if not text:
        raise record["report"].fail("the report is empty")
    if "place" not in record and "year" not in record:
        return f"report-{number}.txt", text + "\n"
    if "place" not in record or "year" not in record:
        raise node.fail("a report without a title of its own needs `place` and `year`")
    place, year = record["place"].text(), str(record["year"].integer())
    if not is_place(place):
        raise record["place"].fail(f"unknown place {place!r}")
    frame = load_words().report
    return f"report-{number}.txt", frame.format(place=place, year=year, text=text)

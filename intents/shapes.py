"""Which characters look alike: 杳 and 查, 顶 and 项."""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from intents.yamlfile import read

_KEYS = {"alike", "variants", "slips"}
SHAPES_FILE = Path(__file__).with_name("shapes.yaml")


@lru_cache(maxsize=4)
def load_shapes(path: Path = SHAPES_FILE) -> Mapping[str, str]:
    """For each character those that it is taken for; faults are DataFileErrors with file and line.

    Character groups as editors' tables of look-alikes (形近字) have them.
    """
    groups = read(path).record(_KEYS)["alike"].texts()
    others: dict[str, str] = {}
    for group in groups:
        for char in group:
            others[char] = others.get(char, "") + group.replace(char, "")
    return others


@lru_cache(maxsize=4)
def load_variants(path: Path = SHAPES_FILE) -> Mapping[int, str]:
    """Rare characters → the usual one that is meant, as `str.translate` takes them: 幵 for 开."""
    table: dict[int, str] = {}
    for node in read(path).record(_KEYS)["variants"].items():
        rare, usual = node.text()[:-1], node.text()[-1:]
        if not rare:
            raise node.fail("expected a rare character and the usual one behind it")
        table |= {ord(char): usual for char in rare}
    return table


@lru_cache(maxsize=4)
def load_slips(path: Path = SHAPES_FILE) -> Mapping[str, str]:
    """Small words that are always a slip of the pen, as they are meant: 己经 is 已经."""
    slips: dict[str, str] = {}
    for node in read(path).record(_KEYS)["slips"].items():
        wrong, _, right = node.text().partition("=")
        if not right or len(wrong) != len(right):
            raise node.fail("expected two words of one length, as 己经=已经")
        slips[wrong] = right
    return slips

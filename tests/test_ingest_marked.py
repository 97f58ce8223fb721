"""Extraction from invented reports in other styles, whose figures stand marked in their text.

HELD_OUT were written before anything was run on them and are only counted: no rule was made for a
sentence of theirs. They estimate what a report gives that nobody here has seen.
"""

from functools import cache
from pathlib import Path

import pytest
from invented import LANGUAGE, ROOT, document
from marked import Marked, fact_at, faults, places_of, read_marked

from bot.ingest.extract import Extraction, extract

FOLDER = ROOT / "tests" / "gold" / "marked"
HELD_OUT = ("yangshuo-2023", "wuzhong-2021")
WRITTEN = tuple(sorted(path.stem for path in FOLDER.glob("*.txt")))
DEVELOPED = tuple(name for name in WRITTEN if name not in HELD_OUT)
SCORED = ("value", "unit", "year", "place")


@cache
def marked(name: str) -> Marked:
    return read_marked(Path(FOLDER / f"{name}.txt"))


@cache
def extraction(name: str) -> Extraction:
    return extract(document(marked(name).text), LANGUAGE)


def told(name: str, of: tuple[str, ...]) -> list[str]:
    """Every marked figure that is missed or has one of these attributes wrong."""
    one, got = marked(name), extraction(name)
    area = got.report.area
    home = {area.name, *LANGUAGE.gazetteer.places[area.code].names}
    found = []
    for mark, span in zip(one.marks, places_of(one.marks, got.report.text), strict=True):
        fact = fact_at(span, got.facts)
        wrong = faults(mark, fact, got.report.year, home) if fact else ["missed"]
        if set(wrong) & {*of, "missed"}:
            found.append(f"{mark.before}{mark.text}: {wrong}")
    return found


def right(name: str) -> int:
    return len(marked(name).marks) - len(told(name, SCORED))


@pytest.mark.parametrize("name", DEVELOPED)
def test_figures_are_found_with_value_unit_place_and_year(name: str) -> None:
    assert right(name) / len(marked(name).marks) >= 0.97, told(name, SCORED)
    assert right(name) / len(extraction(name).facts) >= 0.95


@pytest.mark.parametrize("name", DEVELOPED)
def test_their_kinds_and_qualifiers(name: str) -> None:
    assert len(told(name, ("kind", "qualifier"))) / len(marked(name).marks) <= 0.04


def test_reports_that_were_only_counted() -> None:
    marks = sum(len(marked(name).marks) for name in HELD_OUT)
    facts = sum(len(extraction(name).facts) for name in HELD_OUT)
    good = sum(right(name) for name in HELD_OUT)
    assert good / marks >= 0.93
    assert good / facts >= 0.90

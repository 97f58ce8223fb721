"""Reports of every format: the marked reports as real files give the same figures as their text."""

import codecs
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from invented import LANGUAGE, ROOT
from marked import fact_at, faults, places_of, read_marked
from papers import as_page, as_pdf, as_plain_pdf, as_word

from bot.ingest.extract import Extraction, extract
from bot.ingest.formats.sandbox import Sandbox
from bot.ingest.reading import read_document

FOLDER = ROOT / "tests" / "gold" / "marked"
REPORTS = tuple(sorted(FOLDER.glob("*.txt")))


def bare_pdf(text: str) -> bytes:
    return as_pdf(text, ruled=False)


WRITERS: dict[str, Callable[[str], bytes]] = {
    "gb18030": lambda text: text.encode("gb18030"),
    "utf-16": lambda text: codecs.BOM_UTF16_LE + text.encode("utf-16-le"),
    "crlf": lambda text: codecs.BOM_UTF8 + text.replace("\n", "\r\n").encode(),
    "page": as_page,
    "word": as_word,
    "pdf": as_pdf,
    "pdf without rules": bare_pdf,
    "pdf cut by characters": as_plain_pdf,
}


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as one:
        yield one


def extracted(data: bytes, folder: Path, sandbox: Sandbox) -> Extraction:
    """A file whose name tells nothing of what it is."""
    path = folder / "报告.dat"
    path.write_bytes(data)
    return extract(read_document(path, folder, sandbox), LANGUAGE)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_format_gives_the_figures_of_the_text(
    path: Path, form: str, tmp_path: Path, sandbox: Sandbox
) -> None:
    marked = read_marked(path)
    got = extracted(WRITERS[form](marked.text), tmp_path, sandbox)
    area = got.report.area
    home = {area.name, *LANGUAGE.gazetteer.places[area.code].names}
    wrong = []
    for mark, span in zip(marked.marks, places_of(marked.marks, got.report.text), strict=True):
        fact = fact_at(span, got.facts)
        bad = faults(mark, fact, got.report.year, home) if fact else ["missed"]
        if {"missed", "value", "unit", "year", "place"} & set(bad):
            wrong.append(f"{mark.before}{mark.text}: {bad}")
    good = len(marked.marks) - len(wrong)
    assert good / len(marked.marks) >= 0.93, wrong
    assert good / len(got.facts) >= 0.90
    text = got.report.text
    assert all(text[f.start : f.end] == f.text for f in got.facts)
    assert all(text[f.apart_start :].startswith(f.apart) for f in got.facts)


@pytest.mark.parametrize("form", ["page", "word", "pdf"])
def test_title_place_and_year_are_read_from_every_format(
    form: str, tmp_path: Path, sandbox: Sandbox
) -> None:
    marked = read_marked(FOLDER / "mile-2019.txt")
    report = extracted(WRITERS[form](marked.text), tmp_path, sandbox).report
    assert report.title == "弥勒市人民政府关于2019年法治政府建设情况的报告"
    assert (report.area.name, report.year) == ("弥勒市", 2019)
    assert report.published == ("2024-03-15" if form == "page" else "2020-01-16")

"""Megabytes a second of every format: file → text in the sandbox, file → facts."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.report import Row, Section
from bot.ingest.build import report_files
from bot.ingest.extract import Language, extract
from bot.ingest.formats.sandbox import Sandbox
from bot.ingest.reading import read_document
from bot.ingest.wording import load_wording
from bot.knowledge import Tongue
from bot.settings import ROOT

_SECONDS = 1.5
_LINE = 38
_LINES = 34


def formats(tongue: Tongue, seeds: Path) -> Section:
    """The texts of the seeds, written in each format and read back."""
    language = Language(tongue.grammar, load_wording(), tongue.gazetteer)
    texts = [read_document(path, ROOT).text for path in report_files(seeds)]
    rows = []
    with tempfile.TemporaryDirectory(prefix="fazhibot-bench-") as folder, Sandbox() as sandbox:
        for name, write in _WRITERS.items():
            paths = []
            for n, text in enumerate(texts):
                paths.append(Path(folder) / f"{n}.{name}")
                paths[-1].write_bytes(write(text))
            size = sum(path.stat().st_size for path in paths) / 1e6

            def read(path: Path) -> object:
                return read_document(path, ROOT, sandbox)

            def facts(path: Path) -> object:
                return extract(read_document(path, ROOT, sandbox), language)

            spent = [_seconds(step, paths) for step in (read, facts)]
            rows.append(
                Row(f"{name}: {size:.3f} MB of files", "MB/s", tuple(size / s for s in spent))
            )
            rows.append(
                Row(f"{name}: one report", "ms", tuple(1000 * s / len(paths) for s in spent))
            )
    return Section("Formats", ("file → text", "file → facts"), tuple(rows))


def _seconds(step: Callable[[Path], object], paths: list[Path]) -> float:
    """Seconds that all files take once, after a warm-up."""
    for path in paths:
        step(path)
    rounds, begun = 0, time.perf_counter()
    while time.perf_counter() - begun < _SECONDS:
        for path in paths:
            step(path)
        rounds += 1
    return (time.perf_counter() - begun) / rounds


def _page(text: str) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>\n" for line in text.splitlines())
    page = f'<html><head><meta charset="gb2312"></head><body><div>{body}</div></body></html>'
    return page.encode("gb18030")


def _word(text: str) -> bytes:
    document = docx.Document()
    for line in text.splitlines():
        document.add_paragraph("".join(c for c in line if c.isprintable()))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _pdf(text: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4)
    lines = [
        line[at : at + _LINE] for line in text.splitlines() for at in range(0, len(line), _LINE)
    ]
    for begin in range(0, len(lines), _LINES):
        canvas.setFont("STSong-Light", 11)
        for i, line in enumerate(lines[begin : begin + _LINES]):
            canvas.drawString(70, 780 - 20 * i, line)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


_WRITERS: dict[str, Callable[[str], bytes]] = {
    "txt": lambda text: text.encode(),
    "html": _page,
    "docx": _word,
    "pdf": _pdf,
}

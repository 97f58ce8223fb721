"""A whole release of 500 reports: read, built, proved, asked back, compared and published."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from benchmarks.report import Row, Section
from bot.app import Bot, build_base
from bot.ingest.build import report_files
from bot.ingest.extract import Language, extract
from bot.ingest.reading import read_document
from bot.ingest.wording import load_wording
from bot.knowledge import Tongue, load_knowledge
from bot.messages import Message
from bot.settings import ROOT, Settings

REPORTS = 500
_SHORT = 2
_ADMIN = "1"


def _told(tongue: Tongue, seeds: Path) -> Iterator[tuple[str, str]]:
    """Reports of as many places: the texts of the seeds, told of other counties."""
    places = tongue.gazetteer.places
    others = [p for p in places.values() if p.level == "county" and len(p.name) > _SHORT]
    language = Language(tongue.grammar, load_wording(), tongue.gazetteer)
    found = [extract(read_document(path, ROOT), language) for path in report_files(seeds)]
    for number, place in enumerate(others[:REPORTS]):
        report = found[number % len(found)].report
        text = report.text
        for name in sorted(places[report.area.code].names, key=len, reverse=True):
            text = text.replace(name, place.name)
        yield f"{place.code}.txt", text


def releasing(tongue: Tongue, settings: Settings) -> Section:
    """Seconds from /reload to its answer, step by step."""
    folder = settings.data_dir / "many"
    folder.mkdir(parents=True)
    for name, text in _told(tongue, settings.seeds):
        (folder / name).write_text(text, encoding="utf-8")
    several = replace(
        settings, seeds=folder, data_dir=settings.data_dir / "released", admins=frozenset({_ADMIN})
    )
    last = sorted(folder.iterdir())[-1]
    held = last.read_text(encoding="utf-8")
    last.unlink()
    begun = time.perf_counter()
    build_base(several, tongue)
    anew = time.perf_counter() - begun
    bot = Bot(several, load_knowledge(several.bases, tongue), date.today)
    last.write_text(held, encoding="utf-8")
    steps: dict[str, float] = {}

    def told(text: str) -> None:
        steps.setdefault(text.partition(" ")[0], time.perf_counter())

    begun = time.perf_counter()
    reply = bot.answer(Message("/reload", "bench", _ADMIN, told=told)).reply
    ended = time.perf_counter()
    marks = [*steps.values(), ended]
    rows = [Row("all reports read anew", "s", (anew,))]
    rows.append(Row("one changed: /reload to its answer", "s", (ended - begun,)))
    rows += [
        Row(name, "s", (after - at,))
        for (name, at), after in zip(steps.items(), marks[1:], strict=True)
    ]
    base = bot.knowledge.base
    rows.append(Row("facts", "", (float(base.size),)))
    title = f"A release of {base.report_count()} reports"
    base.close()
    return Section(title, ("fazhibot",), tuple(rows), tuple(reply.plain.splitlines()[:1]))

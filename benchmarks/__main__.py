"""`python -m benchmarks`: every figure with its target, in one run. Exit status is always 0."""

from __future__ import annotations

import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import click

from benchmarks.answering import answering
from benchmarks.formats import formats
from benchmarks.pipeline import reading, starting
from benchmarks.questions import Questions, find_questions, phrase
from benchmarks.releasing import releasing
from benchmarks.report import Section
from benchmarks.scale import remembering, scaling
from benchmarks.serving import serving
from benchmarks.trust import trust
from bot.app import build_base
from bot.knowledge import Knowledge, load_knowledge, load_tongue
from bot.settings import Settings, load_settings

_FILE = click.Path(dir_okay=False, path_type=Path)
_GIVEN = click.Path(exists=True, dir_okay=False, path_type=Path)


def _sections(
    settings: Settings, knowledge: Knowledge, questions: Questions, facts: int, distinct: bool
) -> Iterator[Section]:
    yield answering(knowledge, questions)
    yield trust(knowledge, questions)
    yield reading(knowledge.tongue, settings.seeds)
    yield formats(knowledge.tongue, settings.seeds)
    question = phrase(knowledge.base.facts()[0])
    yield starting(question, settings.data_dir, settings.seeds)
    yield remembering(settings.bases, questions)
    yield releasing(knowledge.tongue, settings)
    asked = [label.turns[0] for label in questions.labels]
    yield serving(asked, settings.data_dir.resolve(), settings.seeds.resolve())
    if facts:
        yield scaling(knowledge, settings.data_dir / "synthetic", facts, distinct=distinct)


def _machine() -> str:
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return f"Python {platform.python_version()}, {os.cpu_count()} cores{load}"


@click.command()
@click.option("--labels", type=_GIVEN, help="Labelled questions (JSON lines).")
@click.option("--facts", default=1_000_000, show_default=True, help="Synthetic facts; 0: none.")
@click.option(
    "--distinct", is_flag=True, help="Each synthetic place names its figures its own way."
)
@click.option("--json", "saved", type=_FILE, help="Save every figure as JSON.")
def main(labels: Path | None, facts: int, distinct: bool, saved: Path | None) -> None:
    """Measure the bot; ✓ and ✗ say whether a target is met."""
    with tempfile.TemporaryDirectory(prefix="fazhibot-bench-") as folder:
        settings = replace(load_settings(), data_dir=Path(folder))
        tongue = load_tongue()
        build_base(settings, tongue)
        knowledge = load_knowledge(settings.bases, tongue)
        questions = find_questions(labels, knowledge.base)
        machine = _machine()
        sys.stdout.write(f"{machine}\n\n")
        done = []
        for section in _sections(settings, knowledge, questions, facts, distinct):
            sys.stdout.writelines(f"{line}\n" for line in section.lines())
            sys.stdout.flush()
            done.append(section)
    if saved is not None:
        records = [record for section in done for record in section.records()]
        told = {"machine": machine, "figures": records}
        saved.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

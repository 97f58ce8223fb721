"""Commands for testers: play scripted dialogues."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from bot.app import open_knowledge
from bot.channels.script.junit import write_junit
from bot.channels.script.load import load
from bot.channels.script.play import Result, play_all
from bot.channels.script.select import by_tags, by_words
from bot.channels.script.summary import lines
from bot.cli.root import fail, main, progress_bar
from bot.playing import Engine, knows_place
from bot.settings import load_settings

_PATHS = click.Path(exists=True, path_type=Path)
_OUT = click.Path(dir_okay=False, writable=True, path_type=Path)


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option("-k", "words", default="", metavar="EXPR", help="Words with and, or, not, ().")
@click.option("--tag", "tags", multiple=True, help="Only dialogues with this tag (repeatable).")
@click.option("--junit", type=_OUT, help="Write JUnit XML.")
def play(paths: tuple[Path, ...], words: str, tags: tuple[str, ...], junit: Path | None) -> None:
    """Play scripted dialogues; exit 1 when one fails or a file is broken."""
    chosen, tagged = by_words(words), by_tags(tags)
    settings = load_settings()
    knowledge = open_knowledge(settings, progress_bar())
    gazetteer = knowledge.tongue.gazetteer
    loaded = load(paths, lambda name: knows_place(gazetteer, name))
    scripts = [s for s in loaded.scripts if chosen(s) and tagged(s)]
    if not scripts and not loaded.faults:
        fail("nothing to play: no dialogue is chosen", 1)
    with Engine(settings, knowledge, date.today()) as engine:
        result = Result(play_all(scripts, engine, progress_bar()), loaded.faults)
    for line in lines(result):
        click.echo(line)
    if junit:
        write_junit(result, junit)
    if not result.ok:
        sys.exit(1)

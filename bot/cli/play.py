"""Commands for testers: play scripted dialogues."""

from __future__ import annotations

import os
import sys
import time
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import date
from difflib import unified_diff
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import urlsplit

import click

from bot.app import open_knowledge
from bot.channels.script.accept import Accepted, take_out
from bot.channels.script.accept import accept as accepted_text
from bot.channels.script.exercised import confusion, coverage_lines, exercised
from bot.channels.script.junit import write_junit
from bot.channels.script.load import load
from bot.channels.script.model import Script
from bot.channels.script.page import Run, write_page
from bot.channels.script.play import Played, Player, Result, play_all
from bot.channels.script.select import by_tags, by_words
from bot.channels.script.summary import lines
from bot.cli.root import fail, main, progress_bar
from bot.knowledge import Knowledge
from bot.settings import TOKEN as TOKEN_NAME
from bot.settings import Settings, load_settings

_PATHS = click.Path(exists=True, path_type=Path)
_OUT = click.Path(dir_okay=False, writable=True, path_type=Path)
_PATIENCE = 60.0
"""Seconds that a bot elsewhere has to ask for updates."""


@main.command()
@click.argument("paths", nargs=-1, required=True, type=_PATHS)
@click.option("-k", "words", default="", metavar="EXPR", help="Words with and, or, not, ().")
@click.option("--tag", "tags", multiple=True, help="Only dialogues with this tag (repeatable).")
@click.option("--telegram", is_flag=True, help="Through Telegram's API and the real channel.")
@click.option("--api-root", metavar="URL", help="Serve the Bot API there and play with the bot "
              "that was started with FAZHIBOT_API_ROOT=URL.")  # fmt: skip
@click.option("--junit", type=_OUT, help="Write JUnit XML.")
@click.option("--html", type=_OUT, help="Write a page for managers.")
@click.option("--coverage", is_flag=True, help="Tell what was never exercised, and confusions.")
@click.option("--accept", is_flag=True, help="Write what the bot says today into the files.")
@click.option("--mended", is_flag=True, help="Take out the known_failure of what passes now.")
@click.option("--yes", is_flag=True, help="With --accept and --mended: do not ask.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, help="Processes.")
def play(
    paths: tuple[Path, ...], words: str, tags: tuple[str, ...], telegram: bool,
    api_root: str | None, junit: Path | None, html: Path | None, coverage: bool,
    accept: bool, mended: bool, yes: bool, jobs: int,
) -> None:  # fmt: skip
    """Play scripted dialogues; exit 1 when one fails or a file is broken."""
    from bot.playing import knows_place, universe_of  # Telegram's library is slow to import

    chosen, tagged = by_words(words), by_tags(tags)
    if api_root and jobs > 1:
        raise click.UsageError("one bot, one process: --api-root goes without --jobs")
    settings = load_settings()
    knowledge = open_knowledge(settings, progress_bar())
    gazetteer = knowledge.tongue.gazetteer
    loaded = load(paths, lambda name: knows_place(gazetteer, name))
    scripts = [s for s in loaded.scripts if chosen(s) and tagged(s)]
    if not scripts and not loaded.faults:
        fail("nothing to play: no dialogue is chosen", 1)
    runner = api_root or ("telegram" if telegram else "engine")
    begun = time.perf_counter()
    played = _played(scripts, runner, settings, knowledge, jobs)
    result = Result(played, loaded.faults)
    run = Run(date.today(), runner, time.perf_counter() - begun)
    _tell(result, knowledge, coverage=coverage)
    if junit:
        write_junit(result, junit)
    if html:
        write_page(result, universe_of(knowledge), run, html)
    if mended:
        _rewrite(result, take_out, ask=not yes)
    if accept:
        _rewrite(result, accepted_text, ask=not yes)
    if not result.ok:
        sys.exit(1)


def _rewrite(result: Result, how: Callable[..., Accepted], *, ask: bool) -> None:
    """Show what would change in each file, then change it."""
    files = dict.fromkeys(p.script.path for p in result.failed)
    for path in files:
        data = path.read_bytes()
        text = path.read_text(encoding="utf-8-sig")
        accepted = how(path, text, [p for p in result.failed if p.script.path == path])
        for line in accepted.by_hand:
            click.echo(f"by hand: {line}")
        if accepted.text == text:
            continue
        old, new = text.splitlines(keepends=True), accepted.text.splitlines(keepends=True)
        click.echo("".join(unified_diff(old, new, str(path), f"{path} (accepted)")), nl=False)
        if not ask or click.confirm(f"{path}: write this?"):
            mark = "utf-8-sig" if data.startswith(BOM_UTF8) else "utf-8"
            ends = "\r\n" if b"\r\n" in data else "\n"
            path.write_text(accepted.text, encoding=mark, newline=ends)


def _tell(result: Result, knowledge: Knowledge, *, coverage: bool) -> None:
    from bot.playing import universe_of

    for line in lines(result):
        click.echo(line)
    if coverage:
        universe = universe_of(knowledge)
        for line in coverage_lines(exercised(result, universe)):
            click.echo(line)
        for (wanted, got), count in confusion(result, universe).most_common():
            click.echo(f"confusion: {wanted} answered with {got}: {count}")


def _played(
    scripts: Sequence[Script], runner: str, settings: Settings, knowledge: Knowledge, jobs: int
) -> tuple[Played, ...]:
    if jobs == 1 or len(scripts) < 2:
        with _player(runner, settings, knowledge) as player:
            return play_all(scripts, player, progress_bar())
    shares = [scripts[n::jobs] for n in range(jobs) if scripts[n::jobs]]
    progress = progress_bar()
    progress(0, len(shares), "")
    found: dict[int, tuple[Played, ...]] = {}
    with ProcessPoolExecutor(len(shares), mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(_share, s, runner): n for n, s in enumerate(shares)}
        for done in as_completed(waiting):
            found[waiting[done]] = done.result()
            progress(len(found), len(shares), "")
    by_id = {p.script.id: p for p in chain.from_iterable(found.values())}
    return tuple(by_id[s.id] for s in scripts)


def _share(scripts: Sequence[Script], runner: str) -> tuple[Played, ...]:
    """What one of several processes does."""
    settings = load_settings()
    knowledge = open_knowledge(settings)
    with _player(runner, settings, knowledge) as player:
        return play_all(scripts, player)


@contextmanager
def _player(runner: str, settings: Settings, knowledge: Knowledge) -> Iterator[Player]:
    from bot.playing import Engine
    from bot.playing.messenger import Messenger

    today = date.today()
    if runner == "engine":
        with Engine(settings, knowledge, today) as engine:
            yield engine
    elif runner == "telegram":
        with Messenger(settings, knowledge, today) as messenger:
            yield messenger
    else:
        address = urlsplit(runner)
        if address.scheme != "http" or address.hostname not in ("127.0.0.1", "localhost"):
            raise click.UsageError(
                "--api-root wants an address here, such as http://127.0.0.1:8081"
            )
        from bot.channels.fake_bot_api import TOKEN, FakeBotApi

        token = os.environ.get(TOKEN_NAME) or TOKEN
        api = FakeBotApi(token, port=address.port or 80)
        # The bot may know the updates and the users of earlier runs.
        api.chats.last_id = int(1000 * time.time())
        first = int(100 * time.time()) % 10**9
        with Messenger(settings, knowledge, today, elsewhere=api, first=first) as messenger:
            mine = f"the {TOKEN_NAME} of this shell" if token != TOKEN else f"{TOKEN_NAME}={TOKEN}"
            click.echo(f"waiting for a bot with FAZHIBOT_API_ROOT={runner} and {mine}", err=True)
            messenger.connect(_PATIENCE)
            yield messenger

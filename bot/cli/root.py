"""The command line: the group every command joins, and how its failures end.

Records go to stdout, everything else to stderr.
Exit status: 0 done, 1 the thing asked for failed, 2 wrong usage or settings.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import NoReturn

import click

from bot import __version__
from bot.errors import BotError, SettingsError
from bot.ingest.build import Progress
from intents.errors import IntentsError


class Group(click.Group):
    """Turns our errors into one clear line and the right exit status."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            fail(str(error), 2)
        except (BotError, IntentsError) as error:
            fail(str(error), 1)
        except OSError as error:
            fail(f"{error.filename or ''}: {error.strerror or error}", 1)
        except KeyboardInterrupt:
            sys.exit(0)


def fail(text: str, status: int) -> NoReturn:
    """End with one clear line."""
    click.echo(text, err=True)
    sys.exit(status)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fazhibot")
def main() -> None:
    """Answers from the governments' own annual rule-of-law reports, each figure proved."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr)


def progress_bar() -> Progress:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda done, total, name: None
    from rich.console import Console
    from rich.progress import Progress as Bar

    bar = Bar(console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=None)

    def showprogress(done: int, total: int, name: str) -> None:
        if done == 0:
            bar.start()
        bar.update(task, completed=done, total=total, description=name)
        if done >= total:
            bar.stop()

    return showprogress


def print_record(record: dict[str, object]) -> None:
    """One JSON record on a line of stdout."""
    click.echo(json.dumps(record, ensure_ascii=False))

"""Commands for whoever keeps the base: releases, versions, and what was not answered."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from bot.app import Bot
from bot.channels.console import show
from bot.cli.bots import keeping
from bot.cli.root import main, print_record
from bot.learning.store import Learning
from bot.messages import Reply
from bot.release.plan import Change
from bot.settings import load_settings

WHO = "console"
"""Who it is in the audit log when a command line changes something."""


def _bot() -> Bot:
    return keeping(load_settings())


def _print(reply: Reply) -> None:
    click.echo(show(Reply(reply.lines), colour=False), err=True)


@main.command()
@click.option("--yes", is_flag=True, help="Publish even when answers are lost or scripts break.")
def reload(yes: bool) -> None:
    """Stage, prove and review a new base; publish it. A running bot takes it up at once."""
    counter = _bot().desk.counter
    steps = counter.steps(lambda text: click.echo(text, err=True))
    plan = counter.releaser.prepare(Change("reload"), WHO, steps)
    _print(counter.show())
    asked = sys.stdin.isatty() and not (yes or plan.automatic)
    agreed = yes or plan.automatic or (asked and click.confirm("发布？", err=True))
    _print((counter.publish if agreed else counter.cancel)(plan.version, WHO))
    sys.exit(0 if agreed else 1)


@main.command()
@click.argument("version", default="")
def rollback(version: str) -> None:
    """Go back to a kept version; without one, list them."""
    counter = _bot().desk.counter
    _print(counter.roll_back(version, WHO))
    if version and not counter.releaser.serving.startswith(version):
        sys.exit(1)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON record.")
@click.option("--days", default=30, show_default=True, help="So many days, today included.")
def stats(as_json: bool, days: int) -> None:
    """Print questions a day, the answered share, top measures and places, thumbs."""
    if not as_json:
        bot = _bot()
        click.echo(show(bot.desk.missing.stats(bot.knowledge), colour=False))
        return
    counted = _learning().stats(days)
    print_record(
        {
            "days": [asdict(day) for day in counted.days],
            "asked": counted.asked,
            "answered_share": round(counted.share, 4),
            "statuses": dict(counted.statuses),
            "measures": [{"intent": m, "count": n} for m, n in counted.measures],
            "places": [{"code": p, "count": n} for p, n in counted.places],
            "feedback": {"good": counted.good, "bad": counted.bad},
        }
    )


@main.command()
@click.option("--export", type=click.Path(dir_okay=False, path_type=Path), help="JSON lines.")
def unanswered(export: Path | None) -> None:
    """Print or export the questions that were refused, asked back, or thumbed down."""
    if export is None:
        bot = _bot()
        click.echo(show(bot.desk.missing.unanswered(bot.knowledge, date.today()), colour=False))
        return
    missed = _learning().missed()
    lines = (json.dumps(asdict(m), ensure_ascii=False) + "\n" for m in missed)
    export.write_text("".join(lines), encoding="utf-8")
    click.echo(f"{len(missed)} questions, {export}", err=True)


def _learning() -> Learning:
    settings = load_settings()
    return Learning(settings.data_dir, settings.keep_days, date.today)


@main.command()
def audit() -> None:
    """Print who changed what, the newest first."""
    click.echo(show(_bot().desk.counter.audit(), colour=False))

"""Commands that ask: one question or many, explained, scored, or a chat."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from bot.app import Bot, make_bot
from bot.channels.console import converse, show
from bot.channels.scoring import Label, Score, read_labels, score
from bot.cli.bots import serving
from bot.cli.root import fail, main, print_record, progress_bar
from bot.dialogue.explain import explain_lines
from bot.messages import Message
from bot.records import turn_record
from bot.settings import load_settings


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="The whole record.")
@click.option("--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def ask(question: str | None, as_json: bool, batch: Path | None) -> None:
    """Answer one question, or a batch of them."""
    if (question is None) == (batch is None):
        raise click.UsageError("give a question, or --batch FILE")
    bot = make_bot(load_settings(), progress_bar())
    if batch is not None:
        for record in _batch(bot, batch):
            print_record(record)
    elif as_json:
        print_record(_ask(bot, question or "", "ask"))
    else:
        click.echo(show(bot.answer(Message(question or "", "ask")).reply, colour=False))


def _ask(bot: Bot, question: str, session: str) -> dict[str, object]:
    return turn_record(question, bot.answer(Message(question, session)), bot.knowledge)


def _batch(bot: Bot, path: Path) -> Iterable[dict[str, object]]:
    for number, line in enumerate(_lines(path), 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            turns = item.get("turns")
            asked = turns if turns is not None else [item["question"]]
            if not isinstance(asked, list) or not all(isinstance(t, str) for t in asked):
                raise TypeError("questions must be texts")
        except (ValueError, KeyError, AttributeError, TypeError) as error:
            fail(f"{path}:{number}: not a batch record: {error!r}", 2)
        records = [_ask(bot, text, f"batch:{number}") for text in asked]
        if turns is not None:
            yield {"id": item.get("id"), "turns": records}
        else:
            yield {"id": item.get("id"), **records[0]}


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        fail(f"{path}: not UTF-8: {error.reason}", 2)


@main.command()
@click.argument("question")
def explain(question: str) -> None:
    """Show how a question is understood and what decided the answer."""
    bot = make_bot(load_settings(), progress_bar())
    turned = bot.answer(Message(question, "explain"))
    assert turned.trace is not None or question.startswith("/")
    if turned.trace is not None:
        for line in explain_lines(turned.trace, bot.knowledge):
            click.echo(line)
    click.echo(show(turned.reply, colour=False))


@main.command()
def chat() -> None:
    """Talk to the bot on the console."""
    chat_with(serving(load_settings()))


def chat_with(bot: Bot) -> None:
    """Talk on the console until the input ends."""
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if terminal:
        click.echo(show(bot.answer(Message("/start", "console")).reply, colour=True) + "\n")
    try:
        converse(
            sys.stdin,
            sys.stdout,
            lambda text: bot.answer(Message(text, "console", user="console")).reply,
            terminal=terminal,
        )
    finally:
        bot.learning.flush()


@main.command(name="eval")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--kinds", help="Only these kinds, comma-separated.")
@click.option("--floor", type=float, default=0.0, help="Exit 1 when fewer per cent are right.")
@click.option("--ceiling", type=float, default=100.0, help="Exit 1 when more per cent are wrong.")
@click.option("--failures", is_flag=True, help="Print every question that is not right.")
@click.option("--doc", multiple=True, help="NAME=STEM: a label's document name and the report.")
def evaluate(
    file: Path,
    kinds: str | None,
    floor: float,
    ceiling: float,
    failures: bool,
    doc: tuple[str, ...],
) -> None:
    """Score a labelled set through the very path that answers citizens."""
    bot = make_bot(load_settings(), progress_bar())
    wanted = frozenset(kinds.split(",")) if kinds else None
    if any("=" not in pair for pair in doc):
        raise click.UsageError("--doc wants NAME=STEM")
    docs = dict(pair.split("=", 1) for pair in doc)
    result = score(read_labels(file, wanted), lambda label: _judge(bot, label), docs)
    for line in result.lines(failures=failures):
        click.echo(line)
    if result.share(Score.RIGHT) < floor or result.share(Score.WRONG) > ceiling:
        sys.exit(1)


def _judge(bot: Bot, label: Label) -> list[dict[str, object]]:
    return [_ask(bot, text, f"eval:{label.id}") for text in label.turns]

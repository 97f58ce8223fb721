"""Commands that help to write dialogues: record a chat, generate from the base, cross-match."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from bot.app import Bot, make_bot
from bot.channels.console import converse
from bot.channels.script.load import SUFFIX
from bot.channels.script.model import Record
from bot.channels.script.transcript import Chat, read_chats
from bot.channels.script.written import Written, expectations, yaml_of
from bot.cli.root import fail, main, progress_bar
from bot.messages import Message, Reply
from bot.records import turn_record
from bot.settings import load_settings

_OUT = click.Path(path_type=Path)
_ANSWERED = ("answered", "clarify")


@main.command()
@click.argument(
    "file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("-o", "out", type=_OUT, help=f"Where to write; ends in {SUFFIX}.")
@click.option("--name", help="What the dialogue is called.")
def record(file: Path | None, out: Path | None, name: str | None) -> None:
    """Turn a chat into a dialogue file: a transcript or log, or one held here and now.

    The questions are asked again, and what the bot says today becomes the expectations: read them.
    """
    if out is not None and not out.name.endswith(SUFFIX):
        raise click.UsageError(f"the file's name must end in {SUFFIX}, or pytest will not find it")
    bot = make_bot(load_settings(), progress_bar())
    chats = read_chats(file) if file else (_chat(bot),)
    series = name or (file.stem if file else "recorded")
    written = [
        (_written(chat, records, f"{series} {n}" if len(chats) > 1 else series), records)
        for n, chat in enumerate(chats, 1)
        if (records := _asked(bot, chat, n))
    ]
    good = [w for w, records in written if any(r["status"] in _ANSWERED for r in records)]
    refused = [w for w, records in written if all(r["status"] not in _ANSWERED for r in records)]
    _write(good, "dialogues", series, out)
    beside = out.with_name(out.name.removesuffix(SUFFIX) + "-refused" + SUFFIX) if out else None
    _write(refused, "refusals", series, beside if good else out)


def _chat(bot: Bot) -> Chat:
    said: list[str] = []

    def answer(text: str) -> Reply:
        said.append(text)
        return bot.answer(Message(text, "record", user="console")).reply

    converse(sys.stdin, sys.stderr, answer, terminal=sys.stdin.isatty())
    if not said:
        fail("nothing was said", 1)
    return tuple(said)


def _asked(bot: Bot, chat: Chat, number: int) -> list[Record]:
    session = f"recorded:{number}"
    return [turn_record(q, bot.answer(Message(q, session)), bot.knowledge) for q in chat]


def _written(chat: Chat, records: list[Record], name: str) -> Written:
    turns = tuple(
        (said, list(expectations(record, str(record["reply"]))))
        for said, record in zip(chat, records, strict=True)
    )
    return Written(name, turns, ("recorded",))


def _write(dialogues: Iterable[Written], kind: str, series: str, out: Path | None) -> None:
    found = list(dialogues)
    if not found:
        return
    text = yaml_of(found, kind, series)
    if out is None:
        click.echo(text, nl=False)
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(text, encoding="utf-8")
    turns = sum(len(d.turns) for d in found)
    click.echo(f"{out}: {len(found)} {kind}, {turns} turns", err=True)


@main.command()
@click.option("--from", "source", type=click.Choice(["facts"]), default="facts")
@click.option("-n", "count", type=click.IntRange(1), default=20, help="About how many figures.")
@click.option("-o", "out", type=_OUT, help="Folder to write into; else to stdout.")
def generate(source: str, count: int, out: Path | None) -> None:
    """Write dialogues from the base: every figure back, every neighbour refused."""
    from bot.playing.generate import generate as generated

    made = generated(make_bot(load_settings(), progress_bar()).knowledge, count)
    for name, kind, found in (
        ("generated", "dialogues", made.dialogues),
        ("generated-refused", "refusals", made.refusals),
    ):
        _write(found, kind, f"{source} {kind}", out / f"{name}{SUFFIX}" if out else None)


@main.command()
@click.option("--allow", type=float, default=0.0, help="Per cent of the examples that may be.")
def crossmatch(allow: float) -> None:
    """Hold every example of every measure against all measures; exit 1 when one is stolen."""
    from bot.playing.crossmatch import cross_match, examples

    knowledge = make_bot(load_settings(), progress_bar()).knowledge
    thefts = list(cross_match(knowledge, date.today()))
    for theft in thefts:
        click.echo(str(theft))
    count = examples(knowledge)
    click.echo(f"{len(thefts)} of {count} examples stolen", err=True)
    if 100 * len(thefts) > allow * count:
        sys.exit(1)

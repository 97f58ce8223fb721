"""The command line. Records go to stdout, everything else to stderr.

Exit status: 0 done, 1 the thing asked for failed, 2 wrong usage or settings.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NoReturn

import click

from bot import __version__, commands
from bot.app import Bot, build_base, ledgers, make_bot, open_knowledge
from bot.channels.console import converse, show
from bot.channels.scoring import Label, Score, read_labels, score
from bot.dialogue.explain import explain_lines
from bot.errors import BotError, SettingsError
from bot.ingest.build import Progress
from bot.knowledge import load_tongue
from bot.messages import Message
from bot.records import fact_record, turn_record
from bot.settings import Settings, load_settings
from intents.errors import IntentsError


class _Group(click.Group):
    """Turns our errors into one clear line and the right exit status."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SettingsError as error:
            _fail(str(error), 2)
        except (BotError, IntentsError) as error:
            _fail(str(error), 1)
        except OSError as error:
            _fail(f"{error.filename or ''}: {error.strerror or error}", 1)
        except KeyboardInterrupt:
            sys.exit(0)


def _fail(text: str, status: int) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(status)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="fazhibot")
def main() -> None:
    """Answers from the governments' own annual rule-of-law reports, each figure proved."""
    logging.basicConfig(format="%(message)s", stream=sys.stderr)


def _progress() -> Progress:
    """A progress bar on a terminal, nothing elsewhere."""
    if not sys.stderr.isatty():
        return lambda done, total, name: None
    from rich.console import Console
    from rich.progress import Progress as Bar

    bar = Bar(console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=None)

    def show_progress(done: int, total: int, name: str) -> None:
        if done == 0:
            bar.start()
        bar.update(task, completed=done, total=total, description=name)
        if done >= total:
            bar.stop()

    return show_progress


@main.command()
def build() -> None:
    """Build the base from the reports in FAZHIBOT_SEEDS."""
    settings = load_settings()
    built = build_base(settings, load_tongue(), _progress())
    for refused in built.refused:
        click.echo(f"{refused.file}: {refused.reason}", err=True)
    click.echo(f"{built.reports} reports, {built.facts} facts, {built.path}", err=True)
    if built.refused:
        sys.exit(1)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON record a line.")
@click.option("--place", help="Only figures about this place.")
@click.option("--year", type=int, help="Only figures about this year.")
@click.option("--intent", help="Only figures of this canonical measure.")
def facts(as_json: bool, place: str | None, year: int | None, intent: str | None) -> None:
    """Print every fact of the base."""
    base = open_knowledge(load_settings(), _progress()).base
    for fact in base.facts(year=year):
        names = (fact.area.name, fact.area.full, fact.area.code)
        if place is not None and not any(place in name for name in names):
            continue
        if intent is not None and fact.intent != intent:
            continue
        if as_json:
            _record(fact_record(fact, base.report(fact.report)))
        else:
            click.echo(f"{fact.area.name} {fact.year}  {fact.text}  {fact.metric}")


def _record(record: dict[str, object]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False))


@main.command()
@click.option("--list", "listed", is_flag=True, help="Every excluded numeral with its sentence.")
def coverage(listed: bool) -> None:
    """Print the ledger: facts and excluded numerals per rule, per report."""
    for ledger in ledgers(open_knowledge(load_settings(), _progress()).base):
        rules: dict[str, int] = {}
        for excluded in ledger.excluded:
            rules[excluded.rule] = rules.get(excluded.rule, 0) + 1
        click.echo(f"{ledger.file}: {ledger.facts} facts, {len(ledger.excluded)} excluded numerals")
        for rule, count in sorted(rules.items(), key=lambda item: (-item[1], item[0])):
            click.echo(f"  {rule}: {count}")
        if listed:
            for x in ledger.excluded:
                click.echo(f"    {x.rule}  {x.text}  @{x.start}  {x.sentence[:60]}")


@main.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="The whole record.")
@click.option("--batch", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def ask(question: str | None, as_json: bool, batch: Path | None) -> None:
    """Answer one question, or a batch of them."""
    if (question is None) == (batch is None):
        raise click.UsageError("give a question, or --batch FILE")
    bot = make_bot(load_settings(), _progress())
    if batch is not None:
        for record in _batch(bot, batch):
            _record(record)
    elif as_json:
        _record(_ask(bot, question or "", "ask"))
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
            _fail(f"{path}:{number}: not a batch record: {error!r}", 2)
        records = [_ask(bot, text, f"batch:{number}") for text in asked]
        if turns is not None:
            yield {"id": item.get("id"), "turns": records}
        else:
            yield {"id": item.get("id"), **records[0]}


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        _fail(f"{path}: not UTF-8: {error.reason}", 2)


@main.command()
@click.argument("question")
def explain(question: str) -> None:
    """Show how a question is understood and what decided the answer."""
    bot = make_bot(load_settings(), _progress())
    turned = bot.answer(Message(question, "explain"))
    assert turned.trace is not None or question.startswith("/")
    if turned.trace is not None:
        for line in explain_lines(turned.trace, bot.knowledge):
            click.echo(line)
    click.echo(show(turned.reply, colour=False))


@main.command()
def chat() -> None:
    """Talk to the bot on the console."""
    _chat(make_bot(load_settings(), _progress()))


def _chat(bot: Bot) -> None:
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if terminal:
        click.echo(show(bot.answer(Message("/start", "console")).reply, colour=True) + "\n")
    converse(
        sys.stdin,
        sys.stdout,
        lambda text: bot.answer(Message(text, "console", user="console")).reply,
        terminal=terminal,
    )


@main.command()
def run() -> None:
    """Run the Telegram bot in the foreground."""
    settings = load_settings()
    if not settings.token:
        raise SettingsError("TELEGRAM_BOT_TOKEN is not set")
    _telegram(settings, make_bot(settings, _progress()))


def _telegram(settings: Settings, bot: Bot) -> None:
    from bot.channels import telegram

    say = bot.wording.say
    menu = tuple(
        telegram.Command(name.value, say(f"command_{name.value}")) for name in commands.PUBLIC
    )
    texts = telegram.Texts(
        only_text=say("only_text"), failed=say("failed"), stale_button=say("stale_button")
    )
    logging.getLogger().setLevel(logging.INFO)
    telegram.run(settings.token.value, bot.handle, menu, texts, api_root=settings.api_root)


@main.command()
def start() -> None:
    """Build the base when needed; Telegram with a token, else a console chat."""
    settings = load_settings()
    bot = make_bot(settings, _progress())
    if settings.token:
        _telegram(settings, bot)
    else:
        _chat(bot)


@main.command()
def check() -> None:
    """Load and verify the base; exit 0 when it can answer."""
    knowledge = open_knowledge(load_settings(), _progress())
    click.echo(f"{knowledge.base.report_count()} reports, {knowledge.base.size} facts, "
               f"version {knowledge.version}", err=True)  # fmt: skip


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
    bot = make_bot(load_settings(), _progress())
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

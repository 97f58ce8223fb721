"""Commands about the base: build it, print it, check it."""

from __future__ import annotations

import sys

import click

from bot.app import build_base, ledgers, open_knowledge
from bot.cli.root import main, print_record, progress_bar
from bot.knowledge import load_tongue
from bot.records import fact_record
from bot.settings import load_settings


@main.command()
def build() -> None:
    """Build the base from the reports in FAZHIBOT_SEEDS."""
    settings = load_settings()
    built = build_base(settings, load_tongue(), progress_bar())
    for refused in built.refused:
        click.echo(f"{refused.file}: {refused.reason}", err=True)
    for stale in built.stale:
        click.echo(stale, err=True)
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
    base = open_knowledge(load_settings(), progress_bar()).base
    for fact in base.facts(year=year):
        names = (fact.area.name, fact.area.full, fact.area.code)
        if place is not None and not any(place in name for name in names):
            continue
        if intent is not None and fact.intent != intent:
            continue
        if as_json:
            print_record(fact_record(fact, base.report(fact.report)))
        else:
            click.echo(f"{fact.area.name} {fact.year}  {fact.text}  {fact.metric}")


@main.command()
@click.option("--list", "listed", is_flag=True, help="Every excluded numeral with its sentence.")
def coverage(listed: bool) -> None:
    """Print the ledger: facts and excluded numerals per rule, per report."""
    for ledger in ledgers(open_knowledge(load_settings(), progress_bar()).base):
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
def check() -> None:
    """Load and verify the base; exit 0 when it can answer."""
    knowledge = open_knowledge(load_settings(), progress_bar())
    click.echo(f"{knowledge.base.report_count()} reports, {knowledge.base.size} facts, "
               f"version {knowledge.version}", err=True)  # fmt: skip

"""A result as one HTML page that a manager can read; everything from outside is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape
from pathlib import Path
from string import Template

from bot.channels.script.exercised import Exercised, Universe, confusion, exercised
from bot.channels.script.play import Played, Result
from bot.channels.script.told import told
from bot.channels.script.words import load_words

PAGE_FILE = Path(__file__).with_name("page.html")
_SLOWEST = 10
_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Run:
    """How the dialogues were played."""

    day: date
    runner: str
    """in this process, Telegram …"""
    seconds: float


def page(result: Result, universe: Universe, run: Run) -> str:
    """The page."""
    failed = result.failed
    known = [p for p in result.played if p.ok and p.known]
    words = load_words().page
    verdict = words["all_good"] if result.ok else words["not_good"].format(count=len(failed))
    return Template(PAGE_FILE.read_text(encoding="utf-8")).substitute(
        day=run.day.isoformat(),
        runner=escape(run.runner),
        seconds=f"{run.seconds:.1f}",
        verdict=escape(verdict),
        cards="".join(_cards(result)),
        failed_count=len(failed) + len(result.faults),
        failed="".join(_failed(result)) or _none(),
        known_count=len(known),
        known="".join(_known(known)) or _none(),
        confusion=_confusion(result, universe),
        coverage="".join(_row(kind) for kind in exercised(result, universe)),
        slowest="".join(_slowest(result)),
    )


def write_page(result: Result, universe: Universe, run: Run, path: Path) -> None:
    """Write the HTML file."""
    path.write_text(page(result, universe, run), encoding="utf-8")


def _none() -> str:
    return f"<p>{escape(load_words().page['none'])}</p>"


def _cards(result: Result) -> Iterator[str]:
    words = load_words().page
    for key, refusal in (("dialogues", False), ("refusals", True)):
        played = [p for p in result.played if p.script.refusal is refusal and not p.skipped]
        passed = sum(p.ok and not p.known for p in played)
        tone = "good" if all(p.ok for p in played) else "bad"
        yield _card(tone, words[key], f"{passed} / {len(played)}")
    turns = [t for p in result.played for t in p.turns]
    accepted = sum(t.accepted for t in turns)
    wrong = sum(t.wrong_figure for t in turns)
    yield _card("bad" if accepted else "good", words["accepted"], str(accepted))
    yield _card("bad" if wrong else "good", words["wrong"], str(wrong))
    known = sum(p.ok and p.known for p in result.played)
    yield _card("known", words["known"], str(known))
    yield _card("", words["turns"], str(len(turns)))


def _card(tone: str, title: str, value: str) -> str:
    return f'<div class="card {tone}"><b>{escape(value)}</b>{escape(title)}</div>'


def _failed(result: Result) -> Iterator[str]:
    for fault in result.faults:
        yield f"<details open><summary>{escape(str(fault))}</summary></details>"
    for played in result.failed:
        body = escape("\n".join(told(played)))
        title = f"{played.script.series} · {played.script.name}"
        yield f"<details><summary>{escape(title)}</summary><pre>{body}</pre></details>"


def _known(known: Iterable[Played]) -> Iterator[str]:
    yield from (
        f"<details><summary>{escape(p.script.name)}</summary>{escape(p.reason)}</details>"
        for p in known
    )


def _confusion(result: Result, universe: Universe) -> str:
    pairs = confusion(result, universe).most_common()
    rows = (
        f"<tr><td>{escape(wanted)}</td><td>→ {escape(got)}</td><td>{count}</td></tr>"
        for (wanted, got), count in pairs
    )
    return f"<table>{''.join(rows)}</table>" if pairs else _none()


def _row(kind: Exercised) -> str:
    touched, names = kind.total - len(kind.never), load_words().page
    never = ", ".join(kind.never[:_SHOWN]) + (" …" if len(kind.never) > _SHOWN else "")
    return (
        f"<tr><td>{escape(names.get(kind.title, kind.title))}</td><td>{touched} / {kind.total}</td>"
        f'<td><meter max="{max(kind.total, 1)}" value="{touched}"></meter></td>'
        f'<td class="muted">{escape(never)}</td></tr>'
    )


def _slowest(result: Result) -> Iterator[str]:
    turns = [(t.elapsed_ms, t.turn.what, p.script.name) for p in result.played for t in p.turns]
    for elapsed, what, name in sorted(turns, key=lambda item: -item[0])[:_SLOWEST]:
        yield f"<tr><td>{elapsed:.1f}</td><td>{escape(what)}</td><td>{escape(name)}</td></tr>"

"""A plan in words: what would change, what the scripts and the self-test say, and the buttons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.desk.words import reply_of
from bot.dialogue.wording import Wording
from bot.ingest.build import Built
from bot.messages import Option, Reply
from bot.release.comparing import Changed, Difference, Named
from bot.release.plan import Plan
from bot.release.review import Review

SHOWN = 5
"""Of each sort of change so many are told; the rest is counted."""


def plan_reply(plan: Plan, wording: Wording, *before: str) -> Reply:
    """A plan that waits for an answer."""
    say = wording.say
    head = say("plan_ready", version=plan.version, before=plan.before, **_sizes(plan.review.built))
    return reply_of(
        *before, head, *review_lines(plan.review, wording), say("plan_confirm"),
        options=answers_to(plan, wording),
    )  # fmt: skip


def answers_to(plan: Plan, wording: Wording) -> tuple[Option, ...]:
    """What can be said to a plan."""
    return (
        Option(wording.say("button_publish"), f"/publish {plan.version}"),
        Option(wording.say("button_cancel"), f"/cancel {plan.version}"),
    )


def done_lines(plan: Plan, wording: Wording) -> Iterator[str]:
    """A plan that was published without asking."""
    yield wording.say("reload_done", version=plan.version, **_sizes(plan.review.built))
    if plan.version == plan.before:
        yield wording.say("reload_same")
    yield from review_lines(plan.review, wording)


def _sizes(built: Built) -> dict[str, str]:
    return {"reports": str(built.reports), "facts": str(built.facts)}


def review_lines(review: Review, wording: Wording) -> Iterator[str]:
    """Everything that was found out, the troubles first."""
    say = wording.say
    for refused in review.built.refused:
        yield say("refused_report", file=Path(refused.file).name, reason=refused.reason)
    for stale in review.built.stale:
        yield say("stale_correction", where=stale)
    yield from _scripts(review, wording)
    tested = review.tested
    yield say("plan_tested", asked=str(tested.asked), found=str(tested.found))
    yield from _some([say("plan_wrong", question=q) for q in tested.wrong], wording)
    if not review.difference.empty:
        yield from _difference(review.difference, wording)
    if review.answers:
        yield say("plan_answers", count=str(len(review.answers)))
        told = [
            say("plan_answer", question=a.question, before=a.before, after=a.after,
                reason=say(f"why_{a.reason}", detail=a.detail))
            for a in sorted(review.answers, key=lambda a: not a.lost)
        ]  # fmt: skip
        yield from _some(told, wording)


def _scripts(review: Review, wording: Wording) -> Iterator[str]:
    turns, failures = str(review.played.turns), review.played.failures
    if not failures:
        if review.played.turns:
            yield wording.say("plan_scripts_ok", turns=turns)
        return
    counts = {"count": str(len(failures)), "fresh": str(len(review.broken))}
    yield wording.say("plan_scripts_bad", turns=turns, **counts)
    told = [wording.say("plan_broken", where=str(f)) for f in review.broken or failures]
    yield from _some(told, wording)


def _difference(found: Difference, wording: Wording) -> Iterator[str]:
    reports = (found.reports_added, found.reports_removed, found.reports_changed)
    facts = (found.facts_added, found.facts_removed, found.facts_changed)
    if any(reports):
        yield wording.say("plan_reports", **_counts(reports))
        for sort, named in zip(_SORTS, reports, strict=True):
            key = f"plan_title_{sort}"
            told = [wording.say(key, title=n.title, file=Path(n.file).name) for n in named]
            yield from _some(told, wording)
    if any(facts):
        yield wording.say("plan_facts", **_counts(facts))
        for sort, changed in zip(_SORTS, facts, strict=True):
            told = [wording.say(f"plan_{sort}", what=c.what, before=c.before, after=c.after)
                    for c in changed]  # fmt: skip
            yield from _some(told, wording)


_SORTS = ("added", "removed", "changed")


def _counts(three: tuple[Sequence[Changed] | Sequence[Named], ...]) -> dict[str, str]:
    return {sort: str(len(items)) for sort, items in zip(_SORTS, three, strict=True)}


def _some(texts: Sequence[str], wording: Wording) -> Iterator[str]:
    yield from texts[:SHOWN]
    if len(texts) > SHOWN:
        yield wording.say("plan_more", count=str(len(texts) - SHOWN))

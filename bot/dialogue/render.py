"""Answer → Reply: the only place where sentences are made."""

from bot.dialogue.answer import Answer, Cited, Note, Quoted
from bot.dialogue.wording import Wording
from bot.facts.model import Kind, Report
from bot.messages import Line, Reply, Run, Style

_KINDS = {Kind.PLAN: "kind_plan", Kind.GROWTH: "kind_growth", Kind.RANK: "kind_rank"}


def render(answer: Answer, wording: Wording) -> Reply:
    """Word an answer."""
    lines: list[Line] = [_note(n, wording) for n in answer.notes]
    for cited in answer.cited:
        lines += _cited(cited, wording)
    for n, quoted in enumerate(answer.quoted):
        same = n > 0 and answer.quoted[n - 1].heading == quoted.heading
        lines += _quoted(quoted, wording, heading=not same)
        if quoted.report not in [q.report for q in answer.quoted[n + 1 :]]:
            lines.append(_source(quoted.report, wording))
    lines += [_note(n, wording) for n in answer.after]
    return Reply(tuple(lines), answer.options)


def _note(note: Note, wording: Wording) -> Line:
    return (Run(wording.say(note.key, **note.fields)),)


def _cited(cited: Cited, wording: Wording) -> list[Line]:
    fact = cited.fact
    kind = wording.say(_KINDS[fact.kind]) if fact.kind in _KINDS else ""
    before, _, after = wording.templates["figure"].partition("{figure}")
    figure = fact.printed
    return [
        (
            Run(before),
            Run(figure, Style.STRONG),
            Run(after.format(metric=fact.metric)),
        )
        if before
        else (Run(figure, Style.STRONG), Run(after.format(metric=fact.metric))),
        (Run(wording.say("where", place=cited.place, year=str(fact.year), kind=kind)),),
        (Run(fact.excerpt, Style.QUOTE),),
        _source(cited.report, wording),
    ]


def _quoted(quoted: Quoted, wording: Wording, *, heading: bool) -> list[Line]:
    lines: list[Line] = []
    if heading and quoted.heading:
        lines.append((Run(wording.say("heading", heading=quoted.heading)),))
    lines.append((Run(quoted.text, Style.QUOTE),))
    return lines


def _source(report: Report, wording: Wording) -> Line:
    published = wording.say("published", date=report.published) if report.published else ""
    return (Run(wording.say("source", title=report.title, published=published)),)

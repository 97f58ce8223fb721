"""What may be asked about a figure that was shown: its original text, its peers, its neighbours."""

from __future__ import annotations

from bot.dialogue.answer import Answer, Cited, Note, Quoted, Status
from bot.dialogue.comparing import cited_fact
from bot.dialogue.gate import check
from bot.dialogue.render import render
from bot.dialogue.wording import Wording
from bot.facts.model import Fact, Kind
from bot.knowledge import Knowledge
from bot.messages import Line, Option, Reply, Run, Style

_MAX_SOURCES = 3
_MAX_RELATED = 8


def facts_of(ids: list[str], knowledge: Knowledge) -> list[Fact]:
    """The facts of the base that have these ids; ids may be made up."""
    return [fact for i in ids[:_MAX_SOURCES] if (fact := knowledge.base.fact(i)) is not None]


def original(facts: list[Fact], knowledge: Knowledge, wording: Wording) -> tuple[Reply, Answer]:
    """The passages of the reports that print these figures."""
    quoted = tuple(dict.fromkeys(_passage(fact, knowledge) for fact in facts))
    answer = Answer(Status.ANSWERED, (Note("source_of"),), quoted=quoted, intent=facts[0].intent)
    reply = render(answer, wording)
    check(reply, answer, "", wording, ())
    return reply, answer


def _passage(fact: Fact, knowledge: Knowledge) -> Quoted:
    report = knowledge.base.report(fact.report)
    for passage in report.passages:
        if passage.start <= fact.start and fact.end <= passage.end:
            return Quoted(passage.text, passage.heading, passage.start, passage.end, report)
    return Quoted(fact.excerpt, fact.heading, fact.start, fact.end, report)


def related(fact: Fact, knowledge: Knowledge, wording: Wording) -> tuple[Reply, Answer]:
    """The figures that stand nearest to a figure in its report."""
    same = [
        f
        for f in knowledge.base.facts(fact.area.code)
        if f.report == fact.report and f.id != fact.id and f.kind is not Kind.OTHER
    ]
    same.sort(key=lambda f: (f.heading != fact.heading, abs(f.start - fact.start)))
    shown = sorted(same[:_MAX_RELATED], key=lambda f: f.start)
    cited = tuple(cited_fact(f, knowledge) for f in shown)
    report = knowledge.base.report(fact.report)
    note = Note("related_to", {"place": report.area.name, "year": str(report.year)})
    answer = Answer(Status.ANSWERED if cited else Status.NO_DATA, (note,), cited)
    reply = _listed(answer, wording)
    known = (report.title, str(report.year), report.area.full)
    check(reply, answer, "", wording, known)
    return reply, answer


def _listed(answer: Answer, wording: Wording) -> Reply:
    """Figures one a line, each sentence once behind the figures it prints."""
    note = answer.notes[0]
    lines: list[Line] = [(Run(wording.say(note.key, **note.fields)),)]
    for n, cited in enumerate(answer.cited):
        lines.append((Run(cited.fact.printed, Style.STRONG), Run(f"　{cited.fact.metric}")))
        following = answer.cited[n + 1 : n + 2]
        if not following or following[0].fact.excerpt != cited.fact.excerpt:
            lines.append((Run(cited.fact.excerpt, Style.QUOTE),))
    return Reply(tuple(lines))


def actions(cited: tuple[Cited, ...], knowledge: Knowledge, wording: Wording) -> tuple[Option, ...]:
    """What may be asked about the figures of an answer."""
    if not cited:
        return ()
    first = cited[0].fact
    ids = " ".join(dict.fromkeys(c.fact.id for c in cited[:_MAX_SOURCES]))
    offered = [Option(wording.say("action_source"), f"/source {ids}")]
    if first.intent is not None and _elsewhere(first, knowledge) and len(cited) == 1:
        offered.append(Option(wording.say("action_compare"), f"/compare {first.id}"))
    offered.append(Option(wording.say("action_related"), f"/related {first.id}"))
    return tuple(offered)


def _elsewhere(fact: Fact, knowledge: Knowledge) -> bool:
    return bool(knowledge.reporting(fact.intent or "") - {fact.area.code})

"""Facts and turns as the contract's JSON records."""

from decimal import Decimal

from bot.app import Turned
from bot.dialogue.answer import Answer, Quoted, Status
from bot.facts.model import Fact, Report
from bot.knowledge import Knowledge


def number(value: Decimal) -> int | float:
    """A JSON number without needless decimals."""
    return int(value) if value == value.to_integral_value() else float(value)


def fact_record(fact: Fact, report: Report) -> dict[str, object]:
    """One fact as the contract has it."""
    return {
        "id": fact.id,
        "jurisdiction": fact.area.name,
        "area": {"code": fact.area.code, "full": fact.area.full},
        "year": fact.year,
        "metric": fact.metric,
        "intent": fact.intent,
        "text": fact.text,
        "value": number(fact.value),
        "unit": fact.unit,
        "qualifier": fact.qualifier.value,
        "kind": fact.kind.value,
        "excerpt": fact.excerpt,
        "source": _source(report, fact.start, fact.end) | {"published": report.published},
    }


def _source(report: Report, start: int, end: int) -> dict[str, object]:
    return {
        "file": report.file,
        "title": report.title,
        "jurisdiction": report.area.name,
        "year": report.year,
        "start": start,
        "end": end,
    }


def _passage(quoted: Quoted) -> dict[str, object]:
    return {"text": quoted.text, "source": _source(quoted.report, quoted.start, quoted.end)}


def _understood(answer: Answer, seal: str) -> dict[str, object]:
    slots = {
        name: {"value": slot.value, "origin": slot.origin.value}
        for name, slot in answer.understood.items()
    }
    return {**slots, "version": seal[:12], "hash": seal}


def turn_record(question: str, turned: Turned, knowledge: Knowledge) -> dict[str, object]:
    """One turn as the contract has it; commands count as answered."""
    answer = turned.trace.answer if turned.trace else Answer(Status.ANSWERED)
    return {
        "question": question,
        "status": answer.status.value,
        "intent": answer.intent,
        "facts": [fact_record(c.fact, c.report) for c in answer.cited]
        if answer.status is Status.ANSWERED
        else [],
        "passages": [_passage(q) for q in answer.quoted],
        "options": [{"label": o.label, "say": o.say} for o in turned.reply.options],
        "reason": answer.reason.value if answer.reason else None,
        "reply": turned.reply.plain,
        "understood": _understood(answer, turned.seal or knowledge.base.path.stem),
        "elapsed_ms": turned.elapsed_ms,
    }

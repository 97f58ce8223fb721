"""How places, years and measures are called in replies and in `understood`."""

from collections.abc import Iterable
from itertools import islice

from bot.dialogue.answer import Origin, Slot
from bot.dialogue.resolve import Resolved
from bot.knowledge import Knowledge
from intents.catalog import Measure
from intents.models import Frame
from intents.ranking import measures_of
from intents.vocabulary import Sort

_ASPECT_WORDS = {
    "rate": "比例",
    "money": "金额",
    "people": "人数",
    "growth": "同比增长",
    "rank": "排名",
}


def covered(knowledge: Knowledge, limit: int = 12) -> tuple[str, ...]:
    """The covered places with their years, for people; behind the last one how many there are."""
    shown = islice(knowledge.years.items(), limit)
    parts = [f"{knowledge.names[c]} {'/'.join(map(str, years))}" for c, years in shown]
    count = len(knowledge.years)
    return (*parts, f"…（{count}）") if count > limit else tuple(parts)


def year_list(years: Iterable[int]) -> tuple[str, ...]:
    return tuple(str(y) for y in years)


def same_question(resolved: Resolved, place: str, year: int, knowledge: Knowledge) -> str:
    """The same question at another place or year, as a user would say it."""
    names = [frame_name(frame, knowledge) for frame in resolved.frames if not frame.empty]
    return f"{place}{year}年{'、'.join(names)}"


def frame_name(frame: Frame, knowledge: Knowledge) -> str:
    measures = measures_of(frame, knowledge.tongue.catalog, knowledge.tongue.vocabulary)
    if measures:
        return "".join(_beyond(frame, measures[0], knowledge)) + measures[0].name
    words = (*sorted(frame.strong), *frame.residual)
    between = " " if any(word.isascii() for word in words) else ""
    return between.join(words) + _ASPECT_WORDS.get(
        next((a.value for a in sorted(frame.aspects, key=lambda a: a.value)), ""), ""
    )


def _beyond(frame: Frame, measure: Measure, knowledge: Knowledge) -> list[str]:
    """The things asked for that a measure does not tell of: 残疾人, of 法律援助案件数."""
    sort = knowledge.tongue.vocabulary.sort
    words = {c for group in (measure.may, *measure.needs) for c in group}
    things = (c for c in frame.strong - words if sort(c) is Sort.THING)
    return sorted(c for c in things if c not in measure.name)


def understood_of(
    resolved: Resolved, code: str, year: int, knowledge: Knowledge
) -> dict[str, Slot]:
    year_origin = resolved.year_origin if resolved.year is not None else Origin.DEFAULT
    names = "、".join(frame_name(f, knowledge) for f in resolved.frames if not f.empty)
    return {
        "place": Slot(knowledge.names.get(code, ""), resolved.where.origin),
        "year": Slot(str(year), year_origin),
        "measure": Slot(names, resolved.frames_origin),
    }

"""How places, years and measures are called in replies and in `understood`."""

from itertools import islice

from bot.dialogue.answer import Origin, Slot
from bot.dialogue.resolve import Resolved
from bot.knowledge import Knowledge
from intents.models import Frame
from intents.ranking import measures_of

_ASPECT_WORDS = {
    "rate": "比例",
    "money": "金额",
    "people": "人数",
    "growth": "同比增长",
    "rank": "排名",
}


def covered(knowledge: Knowledge, limit: int = 12) -> str:
    """The covered places with their years, for people."""
    shown = islice(knowledge.years.items(), limit)
    parts = [f"{knowledge.names[code]}（{year_list(years)}）" for code, years in shown]
    count = len(knowledge.years)
    return "、".join(parts) + (f"等 {count} 个地方" if count > limit else "")


def year_list(years: tuple[int, ...]) -> str:
    return "、".join(str(y) for y in years) + "年"


def same_question(resolved: Resolved, place: str, year: int, knowledge: Knowledge) -> str:
    """The same question at another place or year, as a user would say it."""
    names = [frame_name(frame, knowledge) for frame in resolved.frames if not frame.empty]
    return f"{place}{year}年{'、'.join(names)}"


def frame_name(frame: Frame, knowledge: Knowledge) -> str:
    measures = measures_of(frame, knowledge.tongue.catalog, knowledge.tongue.vocabulary)
    if measures:
        return measures[0].name
    return "".join((*sorted(frame.strong), *frame.residual)) + _ASPECT_WORDS.get(
        next((a.value for a in sorted(frame.aspects, key=lambda a: a.value)), ""), ""
    )


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

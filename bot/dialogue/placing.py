"""Question + session → the places that are meant, each said or carried."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.answer import Origin
from bot.dialogue.asking import deals_out, says_only_number
from bot.dialogue.session import Session
from bot.knowledge import Knowledge
from intents.cues import load_cues
from intents.models import PlaceSpan, Question
from intents.vocabulary import Sort, WordKind

_PAIR = 2
_POINTED = {"former": 0, "latter": 1}


@dataclass(frozen=True, slots=True)
class Where:
    """The places of a question."""

    codes: tuple[str, ...] = ()
    """Covered places that are meant."""
    origin: Origin = Origin.DEFAULT
    unknown: tuple[str, ...] = ()
    """Names of places that no report covers."""
    ambiguous: tuple[str, ...] = ()
    """Covered codes of one name that means several."""
    scope: str = ""
    """Name of a larger place whose covered parts are meant, or of one that is left out."""


def where_asked(
    question: Question, session: Session, knowledge: Knowledge, *, compares: bool
) -> Where:
    """The places of a question, said or carried; what only says where to is none."""
    said = [p for p in question.places if not _is_towards(p, question, session, knowledge)]
    if question.left_out and not said:
        return Where(_without(question, tuple(knowledge.years), knowledge), Origin.SAID,
                     scope=question.left_out[0].text)  # fmt: skip
    if not said:
        carried = _carried(question, session, knowledge, compares=compares)
        return Where(carried, Origin.CARRIED if carried else Origin.DEFAULT)
    return _where_said(said, question, session, knowledge)


def _carried(
    question: Question, session: Session, knowledge: Knowledge, *, compares: bool
) -> tuple[str, ...]:
    """The places spoken of before that are meant where none is said."""
    anywhere = any(word in question.text.plain for word in load_cues().which_places)
    anew = "reset" in question.acts and not _turns_topic(question)
    carried = () if anywhere or anew else session.places
    number = _PAIR + 1 if of_three(question) else _PAIR
    both = compares or _means_both(question, session)
    if both and len(carried) < number <= len(session.recent):
        carried = session.recent[-number:]
    if {"greater", "lesser"} & set(question.acts):
        carried = _of_two(question, session, knowledge) or carried
    pointed = _POINTED.keys() & set(question.acts)
    if pointed and len(session.pair) == _PAIR:
        carried = (session.pair[_POINTED[min(pointed)]],)
    return carried


def _where_said(
    said: list[PlaceSpan], question: Question, session: Session, knowledge: Knowledge
) -> Where:
    codes: list[str] = []
    unknown: list[str] = []
    ambiguous: tuple[str, ...] = ()
    scope = ""
    for span in said:
        covered = tuple(c for c in span.codes if c in knowledge.years)
        parts = _parts(span, knowledge) if not covered else ()
        if len(parts) == 1 and question.text.plain.startswith(load_cues().its_part, span.end):
            covered, parts = parts, ()  # 宁波那个市: the one that is covered
        alone = all(f.empty for f in question.frames)
        if alone and len(parts) == 1 and _is_offered(parts[0], session, knowledge):
            covered, parts = parts, ()  # 宁波那个, asked back which one is meant
        if len(covered) > 1:
            ambiguous = covered
        elif covered or parts:
            codes += [c for c in covered or parts if c not in codes]
            scope = span.text if parts else scope
        else:
            unknown.append(question.text.said(span.start, span.end))
    if question.left_out and scope:
        codes = list(_without(question, codes, knowledge))  # 宁波除了余姚哪里最多
    return Where(tuple(codes), Origin.SAID, tuple(unknown), ambiguous, scope)


def _without(question: Question, codes: Sequence[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Covered places without those that are left out, or that lie in them."""
    apart = {c for p in question.left_out for c in (*p.codes, *_parts(p, knowledge))}
    return tuple(c for c in codes if c not in apart)


def _turns_topic(question: Question) -> bool:
    """换个话题，复议几件: of the place spoken of, unless a place is named, to leave it."""
    topics = any(word in question.text.plain for word in load_cues().other_topics)
    return topics and not any(t.kind is WordKind.PLACE for t in question.tokens)


def _means_both(question: Question, session: Session) -> bool:
    """两边, 两个都, 数目各是多少: the places spoken of last, not one of them."""
    plain, cues = question.text.plain, load_cues()
    if of_three(question) or any(word in plain for word in cues.both_places):
        return True
    two = any(word in plain for word in cues.two_of)
    each = says_only_number(question) and ("all" in question.acts or deals_out(question))
    return (two or each) and len(session.facts) < _PAIR


def of_three(question: Question) -> bool:
    """三地哪里最多: the three places spoken of last."""
    return any(word in question.text.plain for word in load_cues().three_places)


def _is_offered(code: str, session: Session, knowledge: Knowledge) -> bool:
    return any(option.label.startswith(knowledge.names[code]) for option in session.pending)


def _of_two(question: Question, session: Session, knowledge: Knowledge) -> tuple[str, ...]:
    """多的那个: of the places just compared the one with more, or with less."""
    told = [f for key in session.facts if (f := knowledge.base.fact(key)) is not None]
    if len({f.area.code for f in told}) < _PAIR:
        return ()
    pick = max if "greater" in question.acts else min
    return (pick(told, key=lambda f: f.value).area.code,)


def _is_towards(
    span: PlaceSpan, question: Question, session: Session, knowledge: Knowledge
) -> bool:
    """True for 往宁波推了多少, after 余姚: the larger place is where something goes."""
    cues, plain = load_cues(), question.text.plain
    towards = plain[: span.start].endswith(cues.towards)
    towards = towards or plain.startswith(cues.that_level, span.end)  # 宁波市那一级的
    towards = towards or plain.startswith(cues.awarding, span.end)  # 宁波评的二级呢
    ranked = any(Sort.RANK in f.aspects for f in question.frames)  # 在宁波排第几
    among = ranked or plain.startswith(cues.among, span.end)
    return (towards or among) and not set(_parts(span, knowledge)).isdisjoint(session.places)


def _parts(span: PlaceSpan, knowledge: Knowledge) -> tuple[str, ...]:
    """Covered places inside a larger one that has no report of its own."""
    inside = (c for code in span.codes for c in knowledge.inside.get(code, ()))
    return tuple(dict.fromkeys(inside))

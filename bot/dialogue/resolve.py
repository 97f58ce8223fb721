"""Question + session → slots: which places and year are meant, each said, carried or default."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.dialogue.answer import Origin
from bot.dialogue.asking import is_elliptic, only_names, says_only_number
from bot.dialogue.dating import year_meant
from bot.dialogue.ongoing import going_on, shown_of, told_of
from bot.dialogue.placing import Where, of_three, where_asked
from bot.dialogue.session import Session
from bot.dialogue.siblings import with_sibling
from bot.knowledge import Knowledge
from intents.catalog import passing_for
from intents.clues import joined, unmissed
from intents.cues import load_cues
from intents.fits import in_unit
from intents.inheriting import without
from intents.models import Candidate, Frame, Question
from intents.vocabulary import NOUNS, Sort


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question with its slots filled."""

    question: Question
    where: Where
    year: int | None
    """The year that was said or carried; None for the latest of each place."""
    year_origin: Origin
    frames: tuple[Frame, ...]
    frames_origin: Origin
    guide: Candidate | None = None
    """The figure last spoken of, where only the place or the year has changed."""
    last: Candidate | None = None
    """The figure last told, if any."""
    told: tuple[Candidate, ...] = ()
    """The figures told of places that are set beside others, or one another: 跟慈溪的…比."""
    before: tuple[Frame, ...] = ()
    """The several things asked before of the same place."""


def resolve(
    question: Question, session: Session, knowledge: Knowledge, *, compares: bool = False
) -> Resolved:
    """Fill the slots of a question; nothing is guessed that was not said before."""
    where = where_asked(question, session, knowledge, compares=compares)
    last = session.facts[0] if session.facts and "reset" not in question.acts else ""
    beside = compares and len(question.places) == 1 and bool(where.codes and session.places)
    told = knowledge.base.candidate(last) if last else None
    if beside:
        three = of_three(question)
        spoken = session.recent if three else session.places
        here = tuple(c for c in spoken if c not in where.codes)
        where = replace(where, codes=(*(here[-2:] if three else here[-1:]), *where.codes))
    year, year_origin = year_meant(question, session, where, knowledge)
    frames, frames_origin = _frames(question, session, knowledge)
    if len(where.codes) > 1:
        frames = tuple(_side_by_side(f, question) for f in frames)
    carried, named = frames_origin is Origin.CARRIED, where.origin is Origin.SAID
    stays = not named or set(where.codes) & set(session.places)
    if stays and not compares and "reset" not in question.acts:
        beside_it = shown_of(where.codes, session) if len(where.codes) > 1 else session
        frames = going_on(frames, question, beside_it, knowledge, carried=carried, named=named)
    elif told is not None and not (carried or compares or "reset" in question.acts):
        like = _passing_for(told, knowledge)
        frames = tuple(replace(f, like=like) for f in frames)
    same = session.answered and carried and len(frames) == 1
    again = same and told is not None and frames == session.frames and _says(told, frames[0])
    bare = again or not any(_turns(f) for f in question.frames)
    same = same and bare and frames[0].strong <= session.frames[-1].strong
    guide = told if same else None
    sides = beside or (compares and not named)
    return Resolved(
        question, where, year, year_origin, frames, frames_origin, guide,
        last=told, told=told_of(where.codes, told, session, knowledge) if sides else (),
        before=session.frames if stays and len(session.frames) > 1 else (),
    )  # fmt: skip


def _says(told: Candidate, frame: Frame) -> bool:
    return frame.strong <= told.profile.closure


def _passing_for(told: Candidate, knowledge: Knowledge) -> frozenset[str]:
    """The measure of a figure, and those that are taken for it."""
    measure = knowledge.tongue.catalog.measures.get(told.profile.intent or "")
    return passing_for([measure]) if measure is not None else _NO_MEASURE


_NO_MEASURE = frozenset({""})
"""For a figure of none: another place has no such measure, but is another place all the same."""


def _side_by_side(frame: Frame, question: Question) -> Frame:
    """Between places 多多少 asks for a difference, not for growth over the years."""
    said = question.text.plain
    if Sort.GROWTH not in frame.aspects or any(w in said for w in load_cues().over_years):
        return frame
    return replace(frame, aspects=frame.aspects - {Sort.GROWTH})


def _frames(
    question: Question, session: Session, knowledge: Knowledge
) -> tuple[tuple[Frame, ...], Origin]:
    said = [f for f in question.frames if not f.empty]
    if "alter" in question.acts and not session.facts:
        said = []  # 你改成2件, after words that say there was none
    if "reset" in question.acts or not session.frames:
        return tuple(said) or question.frames, Origin.SAID
    if says_only_number(question):
        return session.frames, Origin.CARRIED
    before = session.frames[-1]
    told = knowledge.base.candidate(session.facts[0]) if session.facts else None
    if said and _says_it_again(said, question, before, knowledge):
        return session.frames, Origin.CARRIED
    if not said:
        turned_to = [with_sibling(f, question, knowledge.tongue.vocabulary) for f in session.frames]
        before = turned_to[-1]
        sort = knowledge.tongue.vocabulary.sort
        if len(session.frames) > 1 and not any(_turns(f) for f in question.frames):
            return tuple(turned_to), Origin.CARRIED  # 一类几家、二类几家, then 余姚呢
        before = _unopposed(before, question.frames, knowledge)
        turned = (_counting_else(before, f, told, sort) for f in question.frames)
        return tuple(map(followed, question.frames, turned)), Origin.CARRIED
    spoken = _spoken_of(before, session, knowledge)
    said = [_of_that_kind(f, before, spoken, question, knowledge) for f in said]
    hinted = tuple(_hinted(f, before, knowledge) for f in said)
    sort = knowledge.tongue.vocabulary.sort
    level = only_names(question) and all(sort(c) is Sort.LEVEL for f in said for c in f.strong)
    if len(said) == 1 and (is_elliptic(question) or (level and said[0].strong)):  # 部门级
        return (_recalled(hinted[0], before, knowledge),), Origin.SAID
    return hinted, Origin.SAID


def _says_it_again(
    said: list[Frame], question: Question, before: Frame, knowledge: Knowledge
) -> bool:
    """余姚录了多少, after 录了几条监管行为 elsewhere: only what was done, as it was said before."""
    sort = knowledge.tongue.vocabulary.sort
    only = all(f.strong <= before.soft and not (f.residual or f.aspects or f.soft) for f in said)
    return (
        bool(question.places) and only and all(sort(c) is Sort.ACT for f in said for c in f.strong)
    )


def _spoken_of(before: Frame, session: Session, knowledge: Knowledge) -> frozenset[str]:
    """What was asked and told last, broader concepts included."""
    told = knowledge.base.candidate(session.facts[0]) if session.facts else None
    upward = knowledge.tongue.vocabulary.upward
    asked = frozenset().union(*(upward(c) for c in before.strong))
    return asked | told.profile.closure if told is not None else asked


def _of_that_kind(
    frame: Frame, before: Frame, spoken: frozenset[str], question: Question, knowledge: Knowledge
) -> Frame:
    """这类纠纷: of the kind that was spoken of, all of which a figure must know; not where another
    level is named (村里的这种, after 社区的)."""
    plain, cues = question.text.plain, load_cues()
    kinds = cues.that_kind + (cues.that_one if question.places else ())  # 余姚这个培训
    pointed = any(
        plain[: t.start].endswith(kinds) and spoken & set(t.entry.concepts) for t in question.tokens
    )
    if not pointed or not frame.strong <= spoken:
        return frame
    sort = knowledge.tongue.vocabulary.sort
    if any(sort(c) is Sort.LEVEL for c in frame.strong - before.strong):
        return frame
    things = frozenset(c for c in before.strong if sort(c) in NOUNS)  # not 新增 of 新增示范点
    clues = joined(frame.clues, tuple(c for c in before.clues if sort(c.text) in NOUNS))
    return replace(frame, strong=frame.strong | things, core=frozenset(), clues=clues)


def _recalled(frame: Frame, before: Frame, knowledge: Knowledge) -> Frame:
    """New words beside all that was asked before; what they do not know is not missed."""
    sort = knowledge.tongue.vocabulary.sort
    instead = {sort(c) for c in frame.strong} - NOUNS  # 村里的呢, after 镇里
    kept = tuple(c for c in before.clues if sort(c.text) not in instead)
    now = joined(frame.clues, unmissed(kept))
    tongue = knowledge.tongue
    measured = tongue.catalog.fitting(frame.strong, tongue.vocabulary)
    if measured or any(sort(c) in NOUNS for c in frame.strong):
        return replace(frame, clues=now)
    return replace(
        frame,
        clues=now,
        families=frame.families or before.families,
        measure_words=frame.measure_words or before.measure_words,
        aspects=frame.aspects or before.aspects,
    )


def beside_before(frame: Frame, before: Frame) -> Frame:
    """New words with one of the things that were asked before."""
    clues = joined(frame.clues, unmissed(before.clues))
    return replace(frame, strong=frame.strong | before.strong, core=frozenset(), clues=clues)


def followed(frame: Frame, before: Frame) -> Frame:
    """An elliptic question (那余姚呢, 比上年涨了多少): the old words, the new aspect."""
    aspects = before.aspects - SIDES if frame.counted else before.aspects
    counts = frame.counts.nouns or frame.counts.strange
    turned = bool(frame.aspects or frame.families or counts)
    elsewise = turned and (counts or frame.aspects or frame.families != before.families)
    return replace(
        before,
        aspects=frame.aspects if turned else aspects,
        families=frame.families if turned else before.families,
        counted=frame.counted if turned else before.counted,
        counts=frame.counts if elsewise else before.counts,  # 余姚有几个 counts the same
        measure_words=frame.measure_words if turned else before.measure_words,
        soft=before.soft | frame.soft,
        clues=joined(before.clues, frame.clues),
        letters=joined(before.letters, frame.letters),
        denied=frame.denied or before.denied,
    )


def _counting_else(
    before: Frame, frame: Frame, told: Candidate | None, sort: Callable[[str], Sort]
) -> Frame:
    """What was asked before without the thing it counted, where another one is named (环节呢), and
    without what became of it, where all of another place are asked for (余姚一共几项)."""
    rate = told is not None and told.profile.is_rate
    in_all = bool(frame.places) and any(word in frame.text for word in load_cues().in_all)
    if (frame.counted and rate) or in_all:  # how many, after the rate of those satisfied
        before = without(before, frozenset(c for c in before.strong if sort(c) is Sort.STATE))
    if told is not None and frame.families and not in_unit(frame, told.profile.family):
        # 考了几次, after 多少人参加: of the same thing, not of what was done
        nouns = frozenset(c for c in before.strong | before.hints if sort(c) in NOUNS)
        before = without(before, before.strong - nouns, nouns) if nouns else before
    known = told.profile.strong | told.profile.soft if told is not None else frozenset()
    said = {c.text for c in frame.clues} - known
    if not any(sort(c) is Sort.GENERIC and c not in {b.text for b in before.clues} for c in said):
        return before
    things = before.strong & told.profile.head if told is not None else frozenset()
    nouns = frozenset(c for c in before.hints if sort(c) in NOUNS)
    return without(before, things, nouns)


def _unopposed(before: Frame, frames: tuple[Frame, ...], knowledge: Knowledge) -> Frame:
    """What was asked before, less what told it from what is named now: 新增的, after 累计几个."""
    named = (knowledge.tongue.vocabulary.opposites(c.text) for f in frames for c in f.clues)
    gone = before.soft & frozenset().union(*named)
    clues = tuple(c for c in before.clues if c.text not in gone)
    return replace(before, soft=before.soft - gone, clues=clues) if gone else before


def _turns(frame: Frame) -> bool:
    """True when an elliptic question asks another side than the one before."""
    return bool(frame.aspects or frame.families or frame.counted or frame.clues)


SIDES = frozenset({Sort.GROWTH, Sort.RANK, Sort.RATE, Sort.MONEY})


def _hinted(frame: Frame, before: Frame, knowledge: Knowledge) -> Frame:
    """New words; what was spoken of before only breaks ties."""
    upward = knowledge.tongue.vocabulary.upward
    said = frozenset().union(*(upward(c) for c in frame.strong))
    said |= frozenset().union(*(knowledge.tongue.vocabulary.opposites(c) for c in frame.strong))
    return replace(frame, hints=frame.hints | (_plainer(before, frame, knowledge) - said))


def _plainer(before: Frame, frame: Frame, knowledge: Knowledge) -> frozenset[str]:
    """What was spoken of, without what the new words take the place of: 企业调解组织, then 园区."""
    vocabulary = knowledge.tongue.vocabulary
    if not any(vocabulary.sort(c) in NOUNS for c in before.strong):
        before = replace(before, strong=before.strong | before.hints)
    if not any(vocabulary.sort(c) in _NARROWING for c in frame.strong):
        return before.strong
    parts = {c: frozenset(vocabulary.concepts[c].broader) for c in before.strong}
    nouns = (
        frozenset(b for b in broader if vocabulary.sort(b) in NOUNS) or {c}
        for c, broader in parts.items()
    )
    return frozenset().union(*nouns)


_NARROWING = frozenset({Sort.WEAK, Sort.OFFICE, Sort.LEVEL, Sort.STATE})

"""Figures or words: the passage that answers where no figure does, and the other way round."""

import re
from functools import cache

from bot.dialogue.absence import none_of_it
from bot.dialogue.answer import Answer, Origin, Status
from bot.dialogue.asking import (
    PASSAGES,
    counts,
    deals_out,
    only_names,
    only_small,
    words_asked,
)
from bot.dialogue.figures import answer_figures
from bot.dialogue.kinds import DATES
from bot.dialogue.passages import answer_passage
from bot.dialogue.resolve import Resolved
from bot.dialogue.searching import said_in, search
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from intents.cues import load_cues
from intents.numerals import HAN_NUMERAL, parse_han
from intents.vocabulary import NOUNS, Sort, WordKind

_TWICE = 2
"""So often a word stands in what a slogan sums up, at least."""
_SURELY = 10.0
"""Bits of a passage that answers where its subject is only named."""


def or_in_words(answer: Answer, resolved: Resolved, knowledge: Knowledge) -> Answer:
    """Where no figure is found: the sentence that says there was none, or, where none was asked
    for, a passage that speaks of it."""
    if answer.cited and only_names(resolved.question):
        return _of_slogan(answer, resolved, knowledge)
    if answer.reason is Reason.AMBIGUOUS_MEASURE:
        return _told_in_words(answer, resolved, knowledge)
    if answer.reason is not Reason.NOT_REPORTED:
        return answer
    denied = none_of_it(resolved, knowledge)
    asked = words_asked(resolved.question) and not only_small(resolved.question)
    asked = asked and not _only_elsewhere(resolved)
    if denied is None and not asked:
        asked = only_names(resolved.question) and _surely_told(resolved, knowledge)
    if denied is not None or not asked:
        return denied or answer
    words = answer_passage(resolved, knowledge, ())
    told = words.status is Status.ANSWERED and _keeps_to(words, resolved, knowledge)
    return words if told else answer


def _only_elsewhere(resolved: Resolved) -> bool:
    """余姚的情况如何, after a figure: the same figure is asked of another place."""
    question = resolved.question
    goes_on = resolved.frames_origin is Origin.CARRIED and resolved.last is not None
    more = any(t.kind is WordKind.UNKNOWN for t in question.tokens)
    return goes_on and bool(question.places) and not more and all(f.empty for f in question.frames)


def named_there(answer: Answer, resolved: Resolved, knowledge: Knowledge) -> Answer:
    """有哪些调解的平台, where the figures found count no such thing: the words that name them."""
    if counts(resolved.question) or not answer.cited or deals_out(resolved.question):
        return answer
    vocabulary = knowledge.tongue.vocabulary
    asked = {c.text for f in resolved.question.frames for c in f.clues}
    things = {c for c in asked if vocabulary.sort(c) in (*NOUNS, Sort.GENERIC)}
    told = said_in("".join(c.fact.heading + c.fact.excerpt for c in answer.cited), vocabulary)
    missing = things - told
    if not missing:
        return answer
    words = answer_passage(resolved, knowledge, ())
    said = said_in("".join(q.heading + q.text for q in words.quoted), vocabulary)
    return words if missing <= said else answer


def _of_slogan(answer: Answer, resolved: Resolved, knowledge: Knowledge) -> Answer:
    """The passage that says a slogan which the sentences of the figures found do not."""
    slogan = _slogan().search(resolved.question.text.plain)
    if slogan is None or any(_says(c.fact.heading + c.fact.excerpt, slogan) for c in answer.cited):
        return answer
    words = answer_passage(resolved, knowledge, ())
    return words if any(_says(q.text, slogan) for q in words.quoted) else answer


@cache
def _slogan() -> re.Pattern[str]:
    """三公开, 五个到位: what goes by a number and two characters."""
    kinds = "|".join(load_cues().slogan_kinds)
    return re.compile(f"(?P<number>[{HAN_NUMERAL}])(?:{kinds})?(?P<word>[\u4e00-\u9fff]{{2}})")


def _says(text: str, slogan: re.Match[str]) -> bool:
    """True for 三个到位 itself, and for 人员到位、经费到位、责任到位."""
    number = parse_han(slogan["number"]) or 0
    return slogan[0] in text or text.count(slogan["word"]) >= max(number, _TWICE)


def _surely_told(resolved: Resolved, knowledge: Knowledge) -> bool:
    """True where a passage of the place says far more of it than an answer must, and every word
    that no figure knows."""
    codes = resolved.where.codes
    reports = knowledge.base.reports_of(codes[0], resolved.year) if len(codes) == 1 else []
    strange = {word for f in resolved.frames for word in f.residual}
    if not reports or not strange:
        return False
    report = reports[0]
    hits = search(resolved.frames, report, knowledge.tongue.vocabulary, report.passages)
    surely = bool(hits) and hits[0].bits >= _SURELY
    return surely and all(word in hits[0].passage.text for word in strange)


def _keeps_to(words: Answer, resolved: Resolved, knowledge: Knowledge) -> bool:
    """True for a passage that names each thing that was spoken of: 余姚有这项吗, after a figure."""
    if resolved.frames_origin is not Origin.CARRIED:
        return True
    vocabulary = knowledge.tongue.vocabulary
    things = {c for f in resolved.frames for c in f.strong if vocabulary.sort(c) in NOUNS}
    told = frozenset().union(*(said_in(q.heading + q.text, vocabulary) for q in words.quoted))
    return things <= told


def _told_in_words(answer: Answer, resolved: Resolved, knowledge: Knowledge) -> Answer:
    """Where nothing is counted and a word that no figure knows stands in a passage: that passage
    (有没有给渔民评理的地方), not several figures to choose from."""
    strange = {word for f in resolved.question.frames for word in f.residual}
    if not strange or not words_asked(resolved.question):
        return answer
    words = answer_passage(resolved, knowledge, ())
    said = "".join(q.text for q in words.quoted)
    return words if all(word in said for word in strange) and words.quoted else answer


def in_words(resolved: Resolved, knowledge: Knowledge, acts: tuple[str, ...]) -> Answer:
    """A passage; a figure where no passage speaks of what is asked."""
    words = answer_passage(resolved, knowledge, acts)
    said = resolved.question.acts
    if words.status is not Status.NO_DATA or any(a in (*PASSAGES, *DATES) for a in said):
        return words
    figures = answer_figures(resolved, knowledge)
    return figures if figures.status is Status.ANSWERED else words

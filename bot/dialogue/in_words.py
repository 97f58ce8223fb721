"""Figures or words: the passage that answers where no figure does, and the other way round."""

from bot.dialogue.absence import none_of_it
from bot.dialogue.answer import Answer, Origin, Status
from bot.dialogue.asking import only_small, words_asked
from bot.dialogue.figures import answer_figures
from bot.dialogue.kinds import DATES, PASSAGES
from bot.dialogue.passages import answer_passage
from bot.dialogue.resolve import Resolved
from bot.dialogue.searching import said_in
from bot.facts.query import Reason
from bot.knowledge import Knowledge
from intents.vocabulary import NOUNS


def or_in_words(answer: Answer, resolved: Resolved, knowledge: Knowledge) -> Answer:
    """Where no figure is found: the sentence that says there was none, or, where none was asked
    for, a passage that speaks of it."""
    if answer.reason is Reason.AMBIGUOUS_MEASURE:
        return _told_in_words(answer, resolved, knowledge)
    if answer.reason is not Reason.NOT_REPORTED:
        return answer
    denied = none_of_it(resolved, knowledge)
    asked = words_asked(resolved.question) and not only_small(resolved.question)
    if denied is not None or not asked:
        return denied or answer
    words = answer_passage(resolved, knowledge, ())
    told = words.status is Status.ANSWERED and _keeps_to(words, resolved, knowledge)
    return words if told else answer


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

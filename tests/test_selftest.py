"""Every fact of the base, asked back in its own words, is found; elsewhere it never is."""

import re
from collections.abc import Iterator
from functools import cache

import pytest
from talk import TODAY, Said, say

from bot.dialogue.answer import Status
from bot.facts.model import Fact, Kind
from bot.knowledge import Knowledge
from intents.tagger import Tagger
from intents.text import normalise
from intents.vocabulary import Vocabulary, WordKind

UNCOVERED = 1999
COUNTED = re.compile(
    r"(?:数量|(?<![文事证案])件数|(?<!事)项数|[人户家份条起期名本册套支处轮次]数|场次|人次)$"
)


def asking(fact: Fact) -> str:
    """How the figure of such a unit is asked for."""
    if fact.kind is Kind.RANK:
        return "排第几"
    if fact.kind is Kind.GROWTH:
        return "多少"
    if fact.unit in ("%", "个百分点"):
        return "达到多少"
    if fact.unit == "元":
        return "是多少钱"
    return f"有多少{fact.unit}" if fact.unit else "是多少"


@cache
def tagger(vocabulary: Vocabulary) -> Tagger:
    return Tagger.of(vocabulary)


def words(metric: str, knowledge: Knowledge) -> list[str]:
    """The words of a name, those that say nothing left out; proper names stay whole."""
    spoken: list[str] = []
    for part in re.split("([“《][^”》]+[”》])", metric):
        plain = normalise(part).plain
        if part[:1] in "“《":
            spoken.append(plain)
            continue
        tokens = tagger(knowledge.tongue.vocabulary).tag(plain)
        spoken += [t.text for t in tokens if t.kind in (WordKind.CONCEPT, WordKind.UNKNOWN)]
    return spoken


def stem(metric: str) -> str:
    """A name without the word that only says that it is counted: 收到行政复议申请(件数)."""
    return COUNTED.sub("", metric) or metric


def phrasings(fact: Fact, place: str, year: int, knowledge: Knowledge) -> tuple[str, str, str]:
    """Three ways to ask for a figure, none of them its own sentence."""
    return (
        f"请问{place}{year}年{fact.metric}是多少？",
        f"{' '.join(words(fact.metric, knowledge))} {place} {year}",
        f"{year}年{place}{stem(fact.metric)}{asking(fact)}",
    )


def returned(said: Said, fact: Fact) -> bool:
    """Answered by the fact first, or asked back with it among the options."""
    if said.status is Status.ANSWERED:
        return bool(said.facts) and said.facts[0].id == fact.id
    return said.status is Status.CLARIFY and fact.metric in said.options


def got(said: Said) -> str:
    if said.facts:
        return f"{said.facts[0].text} {said.facts[0].metric}"
    reason = said.answer.reason.value if said.answer.reason else ""
    return f"{said.status.value} {reason} {said.options}"


def failures(knowledge: Knowledge, form: int) -> Iterator[str]:
    for fact in knowledge.base.facts():
        if fact.area.code not in knowledge.names:
            continue  # a figure of the province in a county's report: no report of its own
        text = phrasings(fact, fact.area.name, fact.year, knowledge)[form]
        said = say(knowledge, text)
        if not returned(said, fact):
            yield f"{text} → {got(said)} (wanted {fact.text} {fact.metric})"


def test_phrasings_are_not_the_sentence_of_the_fact(knowledge: Knowledge) -> None:
    for fact in knowledge.base.facts():
        texts = phrasings(fact, fact.area.name, fact.year, knowledge)
        assert len(set(texts)) == 3
        assert fact.excerpt not in texts
        assert not any(fact.text in text for text in texts if len(fact.text) > 2), texts


@pytest.mark.parametrize("form", range(3), ids=["name", "words", "unit"])
def test_every_fact_is_found_by_its_own_words(knowledge: Knowledge, form: int) -> None:
    assert list(failures(knowledge, form)) == []


def elsewhere(knowledge: Knowledge, form: int) -> Iterator[tuple[Fact, str, Said]]:
    """The same question for every other covered place."""
    for fact in knowledge.base.facts():
        for code, place in knowledge.names.items():
            if code != fact.area.code:
                text = phrasings(fact, place, fact.year, knowledge)[form]
                yield fact, place, say(knowledge, text)


def names_its_place(fact: Fact, knowledge: Knowledge) -> bool:
    """“i石狮”亲清平台: with another place in front, a question names two."""
    places = knowledge.reader.read(fact.metric, TODAY).places
    return any(fact.area.code in span.codes for span in places)


@pytest.mark.parametrize("form", range(3), ids=["name", "words", "unit"])
def test_no_fact_is_found_at_another_place(knowledge: Knowledge, form: int) -> None:
    wrong = [
        f"{said.question} → {got(said)}"
        for fact, _, said in elsewhere(knowledge, form)
        if any(other.id == fact.id for other in said.facts) and not names_its_place(fact, knowledge)
    ]
    assert wrong == []


def test_of_two_places_the_one_without_the_figure_is_named(knowledge: Knowledge) -> None:
    wrong = [
        f"{said.question} → {got(said)}, nothing of {place}"
        for fact, place, said in elsewhere(knowledge, 0)
        if any(other.id == fact.id for other in said.facts) and place not in said.reply.plain
    ]
    assert wrong == []


@pytest.mark.parametrize("form", range(3), ids=["name", "words", "unit"])
def test_no_fact_is_found_in_a_year_that_is_not_covered(knowledge: Knowledge, form: int) -> None:
    wrong = []
    for fact in knowledge.base.facts():
        text = phrasings(fact, fact.area.name, UNCOVERED, knowledge)[form]
        said = say(knowledge, text)
        if said.facts or said.status is Status.ANSWERED:
            wrong.append(f"{text} → {got(said)}")
    assert wrong == []


def test_every_option_that_is_asked_back_leads_to_its_figure(knowledge: Knowledge) -> None:
    """Picking what is offered is answered by what was offered."""
    wrong = []
    for fact in knowledge.base.facts():
        said = say(knowledge, phrasings(fact, fact.area.name, fact.year, knowledge)[1])
        if said.status is Status.CLARIFY and fact.metric in said.options:
            picked = say(knowledge, fact.metric, said.session)
            if not picked.facts or picked.facts[0].metric != fact.metric:
                wrong.append(f"{said.question} → {fact.metric} → {got(picked)}")
    assert wrong == []

"""The canonical measures: faults named with file and line; the shipped ones by their examples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from talk import TODAY, say

from bot.dialogue.answer import Status
from bot.facts.model import Kind
from bot.knowledge import Knowledge, Tongue
from intents.catalog import (
    FAMILIES,
    Catalog,
    Measure,
    aspects_of,
    is_firm,
    load_catalog,
    strong_of,
)
from intents.errors import DataFileError
from intents.quantities import load_grammar
from intents.ranking import measures_of
from intents.vocabulary import Concept, Sort, Vocabulary

CONCEPTS = (
    Concept("行政复议", Sort.TOPIC, ("行政复议",)),
    Concept("收案", Sort.ACT, ("收案",), opposite=("办结",)),
    Concept("办结", Sort.ACT, ("办结",)),
    Concept("发放", Sort.ACT, ("发放",)),
    Concept("企业", Sort.WEAK, ("企业",)),
    Concept("一审", Sort.STATE, ("一审",)),
    Concept("案件", Sort.GENERIC, ("案件",)),
    Concept("率", Sort.RATE, ("率",)),
    Concept("人数", Sort.PEOPLE, ("人数",)),
    Concept("涉企复议", Sort.TOPIC, ("涉企复议",), broader=("行政复议",)),
)
SMALL = Vocabulary({concept.name: concept for concept in CONCEPTS}, {})
GOOD = (
    "received: {name: 收案数, needs: [行政复议], may: [收案], family: case, examples: [收多少]}\n"
)


def load(folder: Path, *texts: str) -> Catalog:
    for number, text in enumerate(texts):
        (folder / f"{number}.yaml").write_text(text, encoding="utf-8")
    return load_catalog(SMALL, folder)


def measure(line: str, folder: Path) -> Measure:
    return next(iter(load(folder, line).measures.values()))


def test_a_measure(tmp_path: Path) -> None:
    text = GOOD + (
        "concluded:\n  name: 审结数\n  needs: [行政复议, 办结|一审]\n  family: case|person\n"
        "  kind: share\n  parent: received\n  examples: [审结多少, 办完几件]\n"
        "  negatives: [收多少]\n"
    )
    found = load(tmp_path, text).measures["concluded"]
    assert found.needs == (frozenset({"行政复议"}), frozenset({"办结", "一审"}))
    assert found.families == {"case", "person"}
    assert (found.kind, found.parent) == ("share", "received")
    assert (found.examples, found.negatives) == (("审结多少", "办完几件"), ("收多少",))
    assert found.concepts == {"行政复议", "办结", "一审"}


def test_defaults(tmp_path: Path) -> None:
    found = measure(GOOD, tmp_path)
    assert (found.kind, found.parent, found.negatives) == ("result", None, ())


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ({"行政复议"}, True),
        ({"行政复议", "收案"}, True),
        ({"涉企复议"}, False),
        ({"行政复议", "办结"}, False),
        ({"行政复议", "一审"}, False),
        ({"行政复议", "发放"}, True),
        ({"行政复议", "企业"}, True),
        ({"收案"}, False),
        ({"企业"}, False),
        (set(), False),
    ],
)
def test_fits(tmp_path: Path, said: set[str], fits: bool) -> None:
    assert measure(GOOD, tmp_path).fits(said, SMALL) is fits


def test_the_most_specific_measure_comes_first(tmp_path: Path) -> None:
    text = GOOD + (
        "concluded: {name: 审结数, needs: [行政复议, 办结], family: case, examples: [x]}\n"
        "any: {name: 复议, needs: [行政复议], may: [办结, 收案], family: count, examples: [x]}\n"
    )
    catalog = load(tmp_path, text)
    said = frozenset({"行政复议", "办结"})
    assert [m.id for m in catalog.fitting(said, SMALL)] == ["concluded", "any"]
    assert {m.id for m in catalog.fitting(frozenset({"行政复议"}), SMALL)} == {"any", "received"}
    assert catalog.fitting(frozenset({"一审"}), SMALL) == ()


def test_families(tmp_path: Path) -> None:
    case = measure(GOOD, tmp_path)
    assert case.counts_in("case")
    assert not case.counts_in("person")
    count = measure(GOOD.replace("family: case", "family: count"), tmp_path)
    assert all(count.counts_in(f) for f in ("case", "person", "event", "", "none"))
    assert not any(count.counts_in(f) for f in ("ratio", "money", "time", "point", "rank"))


def test_what_must_be_explained() -> None:
    assert strong_of(["行政复议", "发放", "案件", "率"], SMALL) == {"行政复议"}
    assert strong_of(["行政复议", "收案"], SMALL) == {"行政复议", "收案"}
    assert strong_of(["企业", "发放"], SMALL) == {"企业", "发放"}
    assert strong_of(["案件", "率"], SMALL) == frozenset()
    assert aspects_of(["行政复议", "率", "人数"], SMALL) == {Sort.RATE, Sort.PEOPLE}
    assert [is_firm(c, SMALL) for c in ("一审", "收案", "发放", "企业", "案件")] == [
        True, True, False, False, False,
    ]  # fmt: skip


BASE = "name: 数, needs: [行政复议], family: case"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (f"x: {{{BASE}, exampels: [x]}}", "unknown key 'exampels'"),
        (f"x: {{{BASE}}}", "missing key 'examples'"),
        ("x: {needs: [行政复议], family: case, examples: [x]}", "missing key 'name'"),
        ("x: {name: 数, needs: [复议], family: case, examples: [x]}", "unknown concept '复议'"),
        ("x: {name: 数, needs: [行政复议|复议], family: case, examples: [x]}", "unknown concept"),
        (f"x: {{{BASE}, may: [复议], examples: [x]}}", "unknown concept '复议'"),
        ("x: {name: 数, needs: [案件], family: case, examples: [x]}", "never needs explaining"),
        ("x: {name: 数, needs: [率], family: case, examples: [x]}", "never needs explaining"),
        ("x: {name: 数, needs: 行政复议, family: case, examples: [x]}", "expected a list"),
        (
            "x: {name: 数, needs: [行政复议], family: cases, examples: [x]}",
            "unknown family 'cases'",
        ),
        ("x: {name: 数, needs: [行政复议], family: case|, examples: [x]}", "unknown family ''"),
        (f"x: {{{BASE}, parent: y, examples: [x]}}", "'y'"),
        (f"x: {{{BASE}, kind: reslt, examples: [x]}}", "reslt"),
        ("x: {name: 数, needs: [], family: case, examples: [x]}", "empty"),
        (f"received: {{{BASE}, examples: [x]}}", "duplicate key"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path: Path, line: str, why: str) -> None:
    with pytest.raises(DataFileError) as caught:
        load(tmp_path, f"# measures\n{GOOD}{line}\n")
    assert str(caught.value).startswith(f"{tmp_path / '0.yaml'}:3: ")
    assert why in str(caught.value)


def test_a_measure_defined_in_two_files(tmp_path: Path) -> None:
    with pytest.raises(DataFileError) as caught:
        load(tmp_path, GOOD, "\n" + GOOD)
    assert (caught.value.path, caught.value.line) == (tmp_path / "1.yaml", 2)
    assert "'received' is defined twice" in caught.value.why


# -- what is shipped -------------------------------------------------------------------------


def read_as(text: str, knowledge: Knowledge) -> list[list[str]]:
    """For each thing asked the measures it may be."""
    tongue = knowledge.tongue
    frames = knowledge.reader.read(text, TODAY).frames
    found = [measures_of(f, tongue.catalog, tongue.vocabulary) for f in frames]
    return [[m.id for m in measures] for measures in found if measures]


def at_most(share: float, wrong: list[str], tongue: Tongue) -> None:
    """A floor that was measured: *share* of all examples, in per cent, may still be wrong."""
    found = 100 * len(wrong) / sum(1 for _ in examples(tongue))
    assert found <= share, f"{found:.2f} % of the examples: {wrong}"


def examples(tongue: Tongue) -> Iterator[tuple[Measure, str]]:
    return ((m, text) for m in tongue.catalog.measures.values() for text in m.examples)


def test_examples_may_be_their_measure(small: Knowledge) -> None:
    wrong = [
        f"{measure.id}: {text} → {read or 'no measure'}"
        for measure, text in examples(small.tongue)
        if len(read := read_as(text, small)) != 1 or measure.id not in read[0]
    ]
    at_most(0.8, wrong, small.tongue)


def test_a_refusal_names_the_measure_that_was_asked_for(small: Knowledge) -> None:
    """Hardly an example is stolen by another measure, not even where nothing is reported."""
    wrong = [
        f"{measure.id}: {text} → {said.answer.intent}"
        for measure, text in examples(small.tongue)
        if (said := say(small, f"德清县2023年{text}")).status is not Status.CLARIFY
        and said.answer.intent != measure.id
    ]
    at_most(1.3, wrong, small.tongue)


def test_examples_are_answered_in_units_of_their_measure(
    small: Knowledge, knowledge: Knowledge
) -> None:
    """Whoever asks how many people is not told how many cases, hours or per cent."""
    families = load_grammar().families
    where = [(small, "德清县2023年"), (small, "余姚市2023年")]
    where += [(knowledge, f"{knowledge.names[c]}{y[-1]}年") for c, y in knowledge.years.items()]
    wrong = []
    for number, (measure, text) in enumerate(examples(small.tongue)):
        base, place = where[number % len(where)]
        for fact in say(base, place + text).facts[:1]:
            family = "rank" if fact.kind is Kind.RANK else families.get(fact.unit, "")
            if not measure.counts_in(family):
                wrong.append(f"{measure.id}: {place}{text} → {fact.text} {fact.metric}")
    at_most(0.4, wrong, small.tongue)


def test_negatives_are_not(knowledge: Knowledge) -> None:
    wrong = [
        f"{measure.id}: {negative}"
        for measure in knowledge.tongue.catalog.measures.values()
        for negative in measure.negatives
        if measure.id in [ids[0] for ids in read_as(negative, knowledge)]
    ]
    assert wrong == []


def test_no_example_belongs_to_two_measures(tongue: Tongue) -> None:
    owners: dict[str, list[str]] = {}
    for measure in tongue.catalog.measures.values():
        for example in measure.examples:
            owners.setdefault(example, []).append(measure.id)
    assert {example: ids for example, ids in owners.items() if len(ids) > 1} == {}


def test_a_place_and_a_year_change_nothing(knowledge: Knowledge) -> None:
    wrong = [
        f"{measure.id}: {said} → {read}"
        for measure in knowledge.tongue.catalog.measures.values()
        for said in (f"石狮市2024年{measure.examples[0]}", f"请问晋江 {measure.examples[0]}？")
        if (read := read_as(said, knowledge)) != read_as(measure.examples[0], knowledge)
    ]
    assert wrong == []


def test_names_are_understood_as_their_measure(small: Knowledge) -> None:
    """The bot offers measures by name; picking one must find it."""
    wrong = [
        f"{measure.id}: {measure.name} → {said.answer.intent}"
        for measure in small.tongue.catalog.measures.values()
        if (said := say(small, f"德清县2023年{measure.name}")).answer.intent != measure.id
    ]
    assert wrong == []


def test_shipped_measures_are_sound(tongue: Tongue) -> None:
    measures = tongue.catalog.measures
    names = [measure.name for measure in measures.values()]
    assert sorted({name for name in names if names.count(name) > 1}) == []
    assert all(measure.examples for measure in measures.values())
    assert {m.kind for m in measures.values()} <= {"result", "share", "growth", "rank"}
    assert [m.id for m in measures.values() if not m.families <= set(FAMILIES)] == []


def test_a_share_is_a_ratio_and_nothing_else_is(tongue: Tongue) -> None:
    ratios = {"ratio", "point"}
    measures = tongue.catalog.measures.values()
    wrong = [m.id for m in measures if (m.kind in ("share", "growth")) != (m.families <= ratios)]
    assert wrong == []


def test_every_measure_that_the_base_has_is_in_the_catalogue(knowledge: Knowledge) -> None:
    intents = {fact.intent for fact in knowledge.base.facts()} - {None}
    assert intents
    assert intents <= set(knowledge.tongue.catalog.measures)

"""Contradictions first, then lack of evidence: hand-made figures against hand-made questions."""

from dataclasses import replace

import pytest

from intents.catalog import Catalog, Measure, load_catalog
from intents.counting import Counted
from intents.models import Candidate, Clue, Cost, Evidence, Frame, Profile
from intents.ranking import measures_of, rank
from intents.vocabulary import Concept, Sort, Vocabulary


def concept(
    name: str, sort: Sort, broader: tuple[str, ...] = (), opposite: tuple[str, ...] = ()
) -> Concept:
    return Concept(name, sort, (name,), broader, opposite)


CONCEPTS = (
    concept("行政复议", Sort.TOPIC),
    concept("行政诉讼", Sort.TOPIC),
    concept("调解", Sort.TOPIC),
    concept("收案", Sort.ACT, opposite=("办结",)),
    concept("办结", Sort.ACT),
    concept("发放", Sort.ACT),
    concept("成功", Sort.STATE),
    concept("胜诉", Sort.STATE, opposite=("败诉",)),
    concept("败诉", Sort.STATE),
    concept("企业", Sort.WEAK),
    concept("调解组织", Sort.THING),
    concept("企业调解组织", Sort.THING, ("调解组织", "企业")),
    concept("园区", Sort.THING),
    concept("案件", Sort.GENERIC),
    concept("开展", Sort.LIGHT),
)
WORDS = Vocabulary({c.name: c for c in CONCEPTS}, {})
NOTHING = Cost(*[0] * len(Cost._fields))


def frame(*strong: str, **more: object) -> Frame:
    empty = Frame(frozenset(strong), frozenset(), frozenset(), frozenset(), ())
    said = {k: frozenset(v) if isinstance(v, set) else v for k, v in more.items()}
    words = [*strong, *sorted(more.get("soft", ()))]  # type: ignore[call-overload]
    clues = tuple(Clue(w, 1.0, 0.6) for w in words)
    return replace(empty, clues=clues, **said)  # type: ignore[arg-type]


def figure(
    metric: str,
    *strong: str,
    family: str = "case",
    kind: str = "result",
    intent: str | None = None,
    soft: tuple[str, ...] = (),
    context: tuple[str, ...] = (),
    around: str = "",
    part: bool = False,
    plain: str = "",
) -> Candidate:
    closure = frozenset(up for c in (*strong, *soft) for up in WORDS.upward(c))
    head = frozenset(strong[-1:])
    profile = Profile(
        frozenset(strong), frozenset(soft), head, closure, metric, family, kind, intent, plain
    )
    return Candidate(metric, "330281", 2023, profile, frozenset(context) | closure, around, part)


def order(asked: Frame, *figures: Candidate, measures: tuple[Measure, ...] = ()) -> list[str]:
    return [r.candidate.id for r in rank(asked, figures, measures, {}, WORDS)]


def evidence(asked: Frame, candidate: Candidate, *measures: Measure) -> Evidence:
    return rank(asked, [candidate], measures, {}, WORDS)[0].evidence


def cost(asked: Frame, candidate: Candidate, *measures: Measure) -> Cost:
    return rank(asked, [candidate], measures, {}, WORDS)[0].cost


def test_the_order_of_the_costs_is_the_design() -> None:
    assert Cost._fields == ("unsaid", "contradiction", "doubt", "part", "distance")


@pytest.mark.parametrize("worse", Cost._fields)
def test_no_lesser_cost_outweighs_a_greater_one(worse: str) -> None:
    behind = Cost._fields[Cost._fields.index(worse) + 1 :]
    assert NOTHING._replace(**dict.fromkeys(behind, 999)) < NOTHING._replace(**{worse: 1})


# -- contradictions come before everything ---------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "wrong"),
    [
        (frame("行政复议", "收案"), figure("行政复议审结件数", "行政复议", "办结")),
        (frame("行政诉讼", "败诉"), figure("行政诉讼胜诉件数", "行政诉讼", "胜诉")),
        (frame("调解", aspects={Sort.RATE}), figure("调解件数", "调解")),
        (frame("调解", counted=True), figure("调解成功率", "调解", family="ratio", kind="share")),
        (frame("调解", aspects={Sort.MONEY}), figure("调解件数", "调解")),
        (frame("调解", aspects={Sort.PEOPLE}), figure("调解金额", "调解", family="money")),
        (frame("调解", aspects={Sort.GROWTH}), figure("调解件数", "调解")),
        (frame("调解"), figure("调解件数增长", "调解", family="ratio", kind="growth")),
        (frame("调解", aspects={Sort.RANK}), figure("调解件数", "调解")),
        (frame("调解"), figure("调解件数排名", "调解", family="rank", kind="rank")),
    ],
)
def test_a_contradiction_loses_against_anything(asked: Frame, wrong: Candidate) -> None:
    """Even against a figure of another subject that only its sentence connects."""
    near = tuple(asked.strong)
    right = {
        Sort.RATE: figure("园区比例", "园区", family="ratio", kind="share", context=near),
        Sort.MONEY: figure("园区金额", "园区", family="money", context=near),
        Sort.GROWTH: figure("园区增长", "园区", family="ratio", kind="growth", context=near),
        Sort.RANK: figure("园区排名", "园区", family="rank", kind="rank", context=near),
    }.get(
        next(iter(asked.aspects), Sort.TOPIC),
        figure("园区件数", "园区", context=near, part=True),
    )
    assert cost(asked, wrong).contradiction
    assert not cost(asked, right).contradiction
    assert order(asked, wrong, right) == [right.id, wrong.id]


def test_the_growth_of_a_measure_is_found_when_it_is_asked() -> None:
    growth = figure("行政复议收案数同比增长", "行政复议", family="ratio", kind="growth")
    count = figure("行政复议收案数", "行政复议")
    assert order(frame("行政复议", aspects={Sort.GROWTH}), count, growth)[0] == growth.id
    assert order(frame("行政复议"), growth, count)[0] == count.id


# -- then words left over --------------------------------------------------------------------


def test_a_rare_word_tells_more_than_a_common_one() -> None:
    rare, common = figure("行政复议件数", "行政复议"), figure("园区件数", "园区")
    ranked = rank(frame("行政复议", "园区"), [common, rare], (), {"园区": 0.5}, WORDS)
    assert [r.candidate.id for r in ranked] == [rare.id, common.id]


def test_a_figure_of_which_nothing_is_said_is_left_aside_where_another_is_touched() -> None:
    said, other = figure("行政复议件数", "行政复议"), figure("园区个数", "园区")
    nearby = figure("调解起数", "调解", context=("行政复议",))
    assert order(frame("行政复议"), other, nearby, said) == [said.id, nearby.id]
    assert order(frame("成功"), other, said) == [other.id, said.id]


def test_what_a_figure_does_not_know_is_told_and_counts_against_it() -> None:
    asked = frame("调解", "成功")
    known, unknown = figure("调解成功件数", "调解", "成功"), figure("调解起数", "调解")
    assert evidence(asked, known).missing == ()
    assert evidence(asked, unknown).missing == ("成功",)
    silent = evidence(frame("调解"), unknown)
    assert evidence(asked, unknown).bits < silent.bits < evidence(asked, known).bits


def test_the_name_explains_better_than_the_sentence() -> None:
    asked = frame("调解", "成功")
    inside = figure("成功件数", "成功", context=("调解",))
    named = figure("调解成功件数", "调解", "成功", part=True)
    assert order(asked, inside, named) == [named.id, inside.id]


def test_unknown_words_are_looked_for_in_the_name_and_the_sentence() -> None:
    asked = replace(frame("调解"), letters=(Clue("码上", 0.4, 0.0),))
    named = figure("码上调解", "调解", plain="码上调解")
    near = figure("调解件数", "调解", plain="调解件数", around="推出码上平台，调解")
    far = figure("调解起数", "调解", plain="调解起数")
    assert order(asked, far, near, named) == [named.id, near.id, far.id]
    assert evidence(asked, far).unread == 1


def test_a_figure_of_the_sentence_last_spoken_of_comes_first() -> None:
    asked = frame("调解", focus={"全年调解"})
    here, there = figure("调解件数", "调解", around="全年调解"), figure("调解起数", "调解")
    assert order(asked, there, here) == [here.id, there.id]


def test_the_noun_behind_the_question_word_is_what_is_counted() -> None:
    asked = frame("调解", counts=Counted("园区"))
    parks = figure("开展调解的园区数量", "调解", plain="开展调解的园区数量")
    cases = figure("调解数量", "调解", plain="调解数量")
    assert order(asked, cases, parks) == [parks.id, cases.id]


def test_a_narrower_figure_comes_behind() -> None:
    asked = frame("调解")
    whole = figure("调解件数", "调解", part=True)
    narrow = figure("园区调解件数", "园区", "调解")
    assert order(asked, narrow, whole) == [whole.id, narrow.id]


def test_a_compound_is_no_narrowing_of_its_parts() -> None:
    compound = figure("企业调解组织数", "企业调解组织")
    loose = figure("调解组织数", "调解组织", part=True)
    assert order(frame("企业", "调解组织"), loose, compound)[0] == compound.id
    assert order(frame("调解组织"), compound, loose)[0] == loose.id


def test_acts_nobody_asked_for_come_behind() -> None:
    plain, acted = figure("行政复议件数", "行政复议"), figure("行政复议收案", "行政复议", "收案")
    assert order(frame("行政复议"), acted, plain) == [plain.id, acted.id]


def test_the_unit_asked_for_breaks_ties() -> None:
    asked = frame("调解", families={"person"})
    cases, people = figure("调解件数", "调解"), figure("调解人数", "调解", family="person")
    assert order(asked, cases, people) == [people.id, cases.id]


def test_light_words_and_hints_break_ties() -> None:
    held = figure("调解活动", "调解", soft=("开展",))
    other = figure("调解件数", "调解")
    assert order(frame("调解", soft={"开展"}), other, held) == [held.id, other.id]
    near = figure("调解数", "调解", context=("园区",))
    assert order(frame("调解", hints={"园区"}), other, near) == [near.id, other.id]


def test_parts_plans_and_rates_are_second_choice() -> None:
    whole = figure("调解件数", "调解")
    part = figure("其中调解", "调解", part=True)
    plan = figure("计划调解", "调解", kind="plan")
    rate = figure("调解成功率", "调解", family="ratio", kind="share")
    money = figure("调解金额", "调解", family="money")
    for second in (part, plan, rate, money):
        assert order(frame("调解"), second, whole) == [whole.id, second.id]


def test_spelling_comes_last() -> None:
    found = figure("调解件数", "调解")
    right, misspelt = cost(frame("调解"), found), cost(frame("调解", distance=3), found)
    assert misspelt == right._replace(distance=3)


def test_equal_costs_keep_their_order() -> None:
    figures = [figure(f"调解{n}", "调解") for n in range(9)]
    assert order(frame("调解"), *figures) == [f.id for f in figures]
    assert order(frame("调解"), *figures[::-1]) == [f.id for f in figures[::-1]]


# -- measures --------------------------------------------------------------------------------


MEASURES = """\
mediated: {name: 调解件数, needs: [调解], may: [发放], family: case, examples: [x]}
rate: {name: 调解率, needs: [调解], family: ratio, kind: share, examples: [x]}
people: {name: 调解人数, needs: [调解], family: person, examples: [x]}
money: {name: 调解金额, needs: [调解], family: money, examples: [x]}
"""


@pytest.fixture(scope="module")
def catalog(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    folder = tmp_path_factory.mktemp("measures")
    (folder / "measures.yaml").write_text(MEASURES, encoding="utf-8")
    return load_catalog(WORDS, folder)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (frame("调解"), {"mediated", "rate", "people", "money"}),
        (frame("调解", aspects={Sort.RATE}), {"rate"}),
        (frame("调解", aspects={Sort.MONEY}), {"money"}),
        (frame("调解", aspects={Sort.PEOPLE}), {"people"}),
        (frame("调解", counted=True), {"mediated", "people", "money"}),
        (frame("调解", aspects={Sort.GROWTH}), {"mediated", "rate", "people", "money"}),
        (frame("调解", aspects={Sort.RANK}), {"mediated", "rate", "people", "money"}),
        (frame("园区"), set()),
        (frame(), set()),
    ],
)
def test_measures_of(asked: Frame, found: set[str], catalog: Catalog) -> None:
    assert {m.id for m in measures_of(asked, catalog, WORDS)} == found


def test_a_figure_of_the_measure_comes_before_one_of_none(catalog: Catalog) -> None:
    other = figure("调解", "调解")
    same = figure("发放调解书", "调解", "发放", intent="mediated", part=True)
    measures = (catalog.measures["mediated"],)
    assert order(frame("调解"), other, same, measures=measures) == [same.id, other.id]
    assert order(frame("调解"), same, other) == [other.id, same.id]


def test_what_the_measure_knows_is_no_contradiction(catalog: Catalog) -> None:
    asked = frame("调解", "发放")
    same = figure("调解件数", "调解", intent="mediated")
    with_it, alone = evidence(asked, same, catalog.measures["mediated"]), evidence(asked, same)
    assert with_it.bits > alone.bits

"""A word that is denied never finds the figure of the word itself (design: hard constraints)."""

import pytest
from talk import say

from bot.dialogue.answer import Status
from bot.facts.model import Kind
from bot.knowledge import Knowledge

SMALL = (
    "余姚市行政复议没审结的多少件",
    "余姚市还没审结的行政复议有几件",
    "余姚市未审结的行政复议多少件",
    "余姚行政复议未办结多少件",
    "余姚市调解不成功的多少件",
    "余姚市没调成的纠纷多少件",
    "余姚没有调解成功的有几件",
    "余姚调解失败的多少件",
    "余姚行政诉讼胜诉率",
    "余姚不予受理的复议多少件",
    "余姚没有受理的法律援助案件多少",
    "余姚负责人没出庭的有几件",
    "余姚行政机关负责人未出庭率",
    "余姚非专职人民调解员多少名",
    "余姚兼职调解员多少名",
    "余姚没发放的普法资料多少份",
    "余姚民事诉讼案件多少件",
)
SEEDS = (
    "石狮矛盾纠纷没化解的有多少",
    "石狮没有化解的矛盾纠纷几起",
    "石狮未办结的纠纷",
    "石狮没有备案的规范性文件多少件",
    "石狮政府不公开的信息多少条",
    "石狮非法人办件多少",
    "晋江行政复议没审结的几件",
    "晋江没审结的复议",
    "鹿城行政案件胜诉率",
    "鲤城调解不成功的多少件",
    "鲤城未完成的攻坚任务几项",
    "鲤城不予公开的多少件",
    "鲤城药品抽检不合格多少批次",
    "马尾行政复议未纠错多少",
    "马尾调解失败的纠纷多少件",
)


@pytest.mark.parametrize("text", SMALL)
def test_a_denied_word_finds_nothing_in_the_small_reports(small: Knowledge, text: str) -> None:
    said = say(small, text)
    assert said.figures == [], said.reply.plain
    assert said.status in (Status.NO_DATA, Status.CLARIFY)


@pytest.mark.parametrize("text", SEEDS)
def test_a_denied_word_finds_nothing_in_the_seeds(knowledge: Knowledge, text: str) -> None:
    said = say(knowledge, text)
    assert said.figures == [], said.reply.plain
    assert said.status in (Status.NO_DATA, Status.CLARIFY)


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("余姚市行政复议审结了没有，多少件", "198件"),
        ("不知道余姚市行政复议审结了多少件", "198件"),
        ("余姚市行政复议审结了多少件，有没有数据", "198件"),
        ("余姚有没有专职人民调解员，多少名", "86名"),
        ("余姚市行政复议审结的不多吧，多少件", "198件"),
    ],
)
def test_a_denial_of_something_else_changes_nothing(
    small: Knowledge, text: str, figure: str
) -> None:
    assert say(small, text).figures == [figure]


def test_what_reports_themselves_deny_is_found(knowledge: Knowledge) -> None:
    for text in ("鲤城区2022年监管行为不合格数", "鲤城监管行为不合格的有几个"):
        assert say(knowledge, text).figures == ["0"]


# -- another sort of figure is no answer either ----------------------------------------------

CHANGES = (
    "余姚纠错率提高了多少",
    "余姚调解成功率上升几个百分点",
    "余姚调解成功率提高幅度",
    "余姚行政复议案件数降幅是多少",
    "余姚复议审结件数比上年多多少",
    "余姚法律援助案件增长率",
    "德清行政复议收案下降了百分之几",
)
RANKS = (
    "余姚行政复议纠错率排第几",
    "余姚调解成功率排名是多少",
    "余姚负责人出庭应诉率全市排名",
    "余姚行政复议收案排第几",
)


@pytest.mark.parametrize("text", CHANGES)
def test_a_change_is_not_answered_with_the_level(small: Knowledge, text: str) -> None:
    assert [f.text for f in say(small, text).facts if f.kind is not Kind.GROWTH] == []


@pytest.mark.parametrize("text", RANKS)
def test_a_rank_is_not_answered_with_the_figure_itself(small: Knowledge, text: str) -> None:
    assert [f.text for f in say(small, text).facts if f.kind is not Kind.RANK] == []


def test_a_department_is_not_answered_with_the_whole_place(small: Knowledge) -> None:
    """Or the reply says that it does not tell them apart."""
    for text in ("余姚公安局行政复议多少件", "余姚市场监管局法律援助多少件"):
        said = say(small, text)
        assert said.figures == [] or "ignored" in said.notes, said.reply.plain

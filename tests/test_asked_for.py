"""What the words of a question ask for: the bot itself, names, units, and who acts together."""

import pytest
from talk import say, talk

from bot.dialogue.answer import Status
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    "said",
    [
        "你这儿总共能查几个地方的报告",
        "请问您这里能查到哪几个地区、哪几个年度的报告？",
        "你有什么数据",
        "都能问些啥",
        "有2023年的吗",
    ],
)
def test_what_the_bot_can_be_asked(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    assert told.status is Status.ANSWERED
    assert "石狮市" in told.reply.plain
    assert not told.facts


@pytest.mark.parametrize(
    "said", ["想给店里换台收银机，哪个牌子好用点", "以后都要这么回答", "往后你就照这个答"]
)
def test_brands_and_orders_are_out_of_scope(knowledge: Knowledge, said: str) -> None:
    assert say(knowledge, said).status is Status.OUT_OF_SCOPE


def test_the_name_of_a_report_or_of_what_is_named(knowledge: Knowledge) -> None:
    report, mediator = (
        say(knowledge, q)
        for q in ("石狮那份报告叫什么名字", "石狮渔业协会上了杂志的那个调解员叫啥名字")
    )
    assert "石狮市人民政府关于2024年度" in report.reply.plain
    assert "蔡清筑" in mediator.reply.plain


def test_which_one_is_not_looked_for_among_the_plans(knowledge: Knowledge) -> None:
    *_, told = talk(
        knowledge, "马尾在法律顾问工作上有什么打算", "该区的村居法律顾问是请哪家律师事务所担任的"
    )
    assert "律师事务所签订" in told.reply.plain


@pytest.mark.parametrize(
    "said", ["石狮的蒲公英志愿者讲法律讲了多少场", "石狮免除了入学的多少份证明材料"]
)
def test_people_are_no_answer_where_others_are_counted(knowledge: Knowledge, said: str) -> None:
    assert not [f for f in say(knowledge, said).figures if f.endswith(("名", "人次"))]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("鲤城几个部门联合抽查企业，完成率多少", ["100%"]),  # who acts together is not counted
        ("鲤城人大建议办理结果的满意及基本满意比率是多少", ["100%"]),  # one thing, said twice
        ("石狮政务信息有多少人点进去看", ["20.9万次"]),  # heads asked, times printed
        ("石狮聘请了多少位监督员盯着执法的人", ["15个"]),  # a bare counter
        ("石狮电子证照调用了多少次", ["45283"]),  # a bare number
        ("鹿城不要证明就能办的一共办成了多少件", ["9483件"]),
        ("石狮请了多少个老板来当商事调解员", ["29名"]),
        ("鲤城处理了多少条拖欠工钱的举报线索", ["1000 余起"]),
        ("马尾的货物出口过关要几个小时", ["1.03个小时"]),
    ],
)
def test_what_is_counted(knowledge: Knowledge, said: str, figures: list[str]) -> None:
    assert say(knowledge, said).figures == figures


def test_what_was_told_stands_against_orders_to_alter_it(knowledge: Knowledge) -> None:
    told, again = talk(
        knowledge, "鹿城行政诉讼收案比上年少了百分之几", "人家都说少了一成二，你改成12%"
    )
    assert again.figures == told.figures


def test_only_places_whose_report_speaks_of_it_are_offered(knowledge: Knowledge) -> None:
    told = say(knowledge, "哪里可以做台胞调解")
    assert told.status is not Status.CLARIFY or "鲤城区" not in told.options

"""Several things asked in one breath, and what stands beside them."""

import pytest
from talk import say

from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    ("said", "first", "also"),
    [
        ("晋江拿慈善的钱救助了几起案子，总金额发了多少", "66起", "118.3万元"),
        ("石狮全市发了多少条政务信息，大家点开看了几多次", "7722条", "20.9万次"),
    ],
)
def test_each_thing_asked_is_told(knowledge: Knowledge, said: str, first: str, also: str) -> None:
    told = say(knowledge, said)
    assert told.figures[0] == first
    assert also in told.figures


def test_what_was_not_understood_stands_beside_its_sentence(knowledge: Knowledge) -> None:
    told = say(knowledge, "石狮的检察院书面纠正了几份，瞎溜达了多少份")
    assert told.figures[0] == "6份"
    assert "8份" in told.figures
    assert "beside" in told.notes


def test_one_thing_asked_gets_one_figure(knowledge: Knowledge) -> None:
    told = say(knowledge, "石狮的检察院书面纠正了几份")
    assert told.figures == ["6份"]
    assert "beside" not in told.notes


def test_some_tens_of_things_are_not_asked_for(knowledge: Knowledge) -> None:
    assert say(knowledge, "鲤城大部制把几十个单位编成多少个组").figures[0] == "14个"


def test_a_rank_behind_a_rate_is_all_that_is_asked(knowledge: Knowledge) -> None:
    assert say(knowledge, "马尾的群众安全感率，全省排第几").figures == ["居全省第一"]


def test_a_part_stands_beside_a_whole_where_both_places_are_named(knowledge: Knowledge) -> None:
    told = say(knowledge, "石狮和晋江比，合法性审查哪边做得多")
    assert set(told.figures) == {"145件", "197件"}


def test_places_that_must_be_asked_back_report_it_too(knowledge: Knowledge) -> None:
    told = say(knowledge, "金牌调解室一共几个")
    assert not told.figures
    assert {"石狮市 2024年", "晋江市 2021年"} <= set(told.options)


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("石狮审查的法律事务里有多少是合同", "19件"),
        ("马尾够格罚人的单位有几家", "27个"),
        ("鲤城把一些部门凑到一块协同办公，编成了几个组", "14个"),
        ("In how many cases did Jinjiang hand out charity relief money?", "66起"),
        ("我在石狮开超市的，系统搬上云的有几套", "59套"),
        ("晋江多少企业自行在线做过合规检查", "274家"),
        ("鹿城行政诉讼收案比头一年少了百分之几", "5.6%"),
    ],
)
def test_what_is_counted_is_heard(knowledge: Knowledge, said: str, figure: str) -> None:
    assert say(knowledge, said).figures[0] == figure

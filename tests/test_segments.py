"""How many things a question asks for, and when two names of a place are one place."""

import pytest
from talk import NEW, TODAY, say

from bot.dialogue.kinds import Turn, kind_of
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("石狮那个平台几个应用、多少人注册", 2),
        ("鲤城由几个部门联手、随机抽取检查的企业一共多少户", 1),
        ("鹿城几个部门联合检查了多少家企业", 1),
        ("鹿城花了十几亿，行政复议收了多少件", 1),
        ("晋江行政复议收了多少件，审结多少件", 2),
    ],
)
def test_things_asked(knowledge: Knowledge, said: str, asked: int) -> None:
    assert len(knowledge.reader.read(said, TODAY).frames) == asked


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("石狮手机上那个i石狮平台注册了多少人", Turn.FIGURE),
        ("晋江向泉州市政府报备规范性文件多少件", Turn.FIGURE),
        ("石狮和晋江调解成功多少件", Turn.COMPARE),
    ],
)
def test_one_place_named_twice_is_no_comparison(
    knowledge: Knowledge, said: str, kind: Turn
) -> None:
    assert kind_of(knowledge.reader.read(said, TODAY), NEW) is kind


def test_a_larger_place_is_only_told_where_it_is_not_asked_for(knowledge: Knowledge) -> None:
    said = say(knowledge, "晋江市在2021年向泉州市政府报备的规范性文件是多少件")
    assert said.figures == ["28件"]

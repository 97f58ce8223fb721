"""What is asked, and what is only said beside it: who asks, what was heard, what is ruled out."""

import pytest
from talk import say, talk

from bot.dialogue.answer import Status
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    "said",
    [
        "石狮2023年的人民调解员有几个，不是24年的哈",
        "我要石狮23年的调解员人数，别给我24年的",
    ],
)
def test_a_year_that_is_ruled_out_is_not_told(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    assert told.status is Status.NO_DATA
    assert not told.facts


def test_the_other_year_is_told(knowledge: Knowledge) -> None:
    assert say(knowledge, "石狮调解员人数，要2024年的，不是2023年的").figures == ["753名"]


@pytest.mark.parametrize(
    "said",
    [
        "我老家鲤城的，石狮有几个人民调解员",
        "我在鲤城打工，想问石狮有几个人民调解员",
        "我是鲤城人，石狮人民调解员有多少名",
    ],
)
def test_where_the_asker_is_from_is_not_asked(knowledge: Knowledge, said: str) -> None:
    assert say(knowledge, said).figures == ["753名"]


def test_where_only_the_asker_is_from_is_named_it_is_asked(knowledge: Knowledge) -> None:
    assert say(knowledge, "我是石狮人，人民调解员有多少名").figures == ["753名"]


def test_what_was_heard_asks_nothing(knowledge: Knowledge) -> None:
    told = say(knowledge, "听说鲤城几个证能打包成一件事，2022年一共办了多少件")
    assert told.figures == ["9464件"]


def test_patents_applied_for_are_not_those_granted(knowledge: Knowledge) -> None:
    applied, got = (say(knowledge, f"鹿城申请{to}多少件专利") for to in ("了", "到"))
    assert applied.status is Status.NO_DATA
    assert got.figures == ["3976件"]


def test_a_rate_of_what_became_of_a_thing_is_no_count_of_it(knowledge: Knowledge) -> None:
    told = say(knowledge, "鲤城矛盾纠纷有多少")
    assert "99.8%" not in told.figures


def test_the_whole_is_told_before_its_part(knowledge: Knowledge) -> None:
    assert say(knowledge, "马尾21年的矛盾纠纷总数").figures[0] == "1788件"


def test_a_word_that_no_figure_knows_leads_to_the_passage(knowledge: Knowledge) -> None:
    told = say(knowledge, "马尾有没有专门给台胞说和的地方")
    assert told.status is Status.ANSWERED
    assert "台胞调解工作室" in told.reply.plain
    assert not told.facts


@pytest.mark.parametrize("said", ["有浙江的吗", "有鹿城的吗", "除了石狮，还收录了其他地方的报告吗"])
def test_a_bare_place_asks_which_reports_there_are(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    assert told.status is Status.ANSWERED
    assert "鹿城" in told.reply.plain
    assert not told.facts


def test_the_place_of_such_a_question_is_kept(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "有哪些地方的报告", "那就查石狮的吧", "人民调解员有多少名")
    assert told.figures == ["753名"]


def test_a_place_that_is_ruled_out_or_only_holds_others_is_not_kept(knowledge: Knowledge) -> None:
    for asked in ("除了石狮，还收录了其他地方的报告吗", "有浙江的吗"):
        *_, told = talk(knowledge, asked, "普法活动办了多少场")
        assert told.status is Status.CLARIFY


def test_visits_are_ranked_though_one_place_counts_heads(knowledge: Knowledge) -> None:
    assert say(knowledge, "哪个地方政府网站的访问量最大").figures[:2] == ["233万人次", "20.9万次"]


def test_the_place_that_things_go_to_is_not_the_one_asked(knowledge: Knowledge) -> None:
    told = say(knowledge, "向泉州市数据汇聚平台推送数据最多的是哪个区")
    assert told.figures[0] == "超3亿条"


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (("马尾进口通关时间压缩了百分之多少", "And for exports?"), "91.04%"),
        (("鲤城免费法律咨询的满意率", "哪有这么高，你改成80%"), "100%"),
        (("石狮的人民调解员共几名", "这是全年的数吗"), "753名"),
        (("鲤城集体学法几次", "石狮的呢"), "3次"),
        (("鲤城一件事有多少项", "石狮呢，也有几项吧"), "21个"),
    ],
)
def test_who_goes_on_is_told_the_same_sort(
    knowledge: Knowledge, turns: tuple[str, ...], figure: str
) -> None:
    assert talk(knowledge, *turns)[-1].figures[0] == figure


def test_both_places_that_were_offered(knowledge: Knowledge) -> None:
    asked, told = talk(knowledge, "人大代表建议办了多少件", "两个地方的都请告诉我")
    assert asked.status is Status.CLARIFY
    assert len(told.figures) == len(asked.answer.options)


def test_similar_problems_elsewhere(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "晋江的法治队伍存在什么问题", "石狮是否也存在类似问题")
    assert told.status is Status.ANSWERED
    assert "存在以下问题" in told.reply.plain or "不足" in told.reply.plain

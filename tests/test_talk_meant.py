"""What is meant where words are misspelt, summed up, doubted or carried over."""

import pytest
from talk import figures, say, talk

from bot.dialogue.answer import Status
from bot.facts.query import Reason
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    ("said", "told"),
    [
        # what was mended makes a longer word with what stands beside it
        ("哪里的公共法律服务工做室最多", "128个"),
        ("石狮普法志原者队五有多少人", "1061名"),
        # 加起来 sums up what is listed, it is no total over the years
        ("鹿城新建的法治公园、法治步行道，加起来几处", "5处"),
        ("晋江的依法治市办2021年召集了几回会", "8次"),
        # a particle inside a word hides no part of a phrase
        ("晋江在网上自己做检查的企业多少家", "274家"),
        # 重新来 is no 新来
        ("算了，重新来，晋江上网自己检查的企业多少家", "274家"),
        ("鲤城有人提了申请才给公开的信息多少件", "47件"),
        ("石狮的调解员评上了一级的有几个", "5人"),
        ("鲤城部门自己写的规范性文件审了几件", "13 件"),
        ("鲤城搞大部制，几十个单位最后归拢成几组", "14个"),
        ("Who published the largest amount of government information proactively?", "678条"),
    ],
)
def test_the_figure_that_is_meant(knowledge: Knowledge, said: str, told: str) -> None:
    assert figures(knowledge, said)[0] == told


def test_more_of_what_was_submitted_is_compared(knowledge: Knowledge) -> None:
    told = say(
        knowledge,
        "Who did more legality reviews of matters submitted to the government, Shishi or Jinjiang?",
    )
    assert {fact.printed for fact in told.facts} == {"145件", "197件"}


def test_a_number_of_people_is_no_number_of_things(knowledge: Knowledge) -> None:
    assert "2204条" not in figures(knowledge, "马尾 互联网+监管 执法人员数")
    assert figures(knowledge, "马尾监管执法人员数") == ["569人"]


@pytest.mark.parametrize(
    "doubt",
    [
        "哪有满分的，我师傅说顶多六成",
        "错了吧，我表哥说是七成，你改改",
        "算错了吧，隔壁老王讲才八成",
        "搞错了吧，我表姐讲是百分之九十，快改",
    ],
)
def test_who_doubts_a_figure_is_shown_it_again(knowledge: Knowledge, doubt: str) -> None:
    told = talk(knowledge, "晋江行政复议按期结案的比例多高", doubt)[-1]
    assert [fact.printed for fact in told.facts] == ["100%"]


def test_what_is_prepared_for_a_year_stands_in_the_report_before(knowledge: Knowledge) -> None:
    told = say(knowledge, "鹿城2023年准备着力抓好哪几方面的工作")
    assert told.answer.status is Status.ANSWERED
    assert {q.report.year for q in told.answer.quoted} == {2022}


def test_who_issued_a_report_together(knowledge: Knowledge) -> None:
    told = say(knowledge, "晋江那份报告是哪两家合伙出的")
    assert [q.text.split() for q in told.answer.quoted] == [["中共晋江市委", "晋江市人民政府"]]


def test_another_place_is_asked_for_the_same_unit(knowledge: Knowledge) -> None:
    """Copies that were handed out are not answered with events."""
    told = talk(knowledge, "鲤城普法的宣传单子散出去多少份", "那么晋江的咧")[-1]
    assert told.answer.reason is Reason.NOT_REPORTED


def test_what_is_named_anew_may_be_counted_otherwise(knowledge: Knowledge) -> None:
    assert figures(knowledge, "石狮应该生成多少本电子证照", "应该调用的呢")[0] == "45283次"


def test_a_word_that_nobody_knows_is_not_answered_with_what_was_told(knowledge: Knowledge) -> None:
    told = talk(knowledge, "马尾发布那个微博一共发了多少条", "微信的嘞")[-1]
    assert told.answer.reason is Reason.NOT_REPORTED


def test_like_words_of_another_matter_are_no_answer(knowledge: Knowledge) -> None:
    first = "鹿城“无证明办理事项”督促办了多少件案件"
    assert talk(knowledge, first, "石狮呢")[-1].answer.reason is Reason.NOT_REPORTED


def test_the_total_with_what_was_there_before(knowledge: Knowledge) -> None:
    first = "晋江新增了几个村居法律顾问示范点"
    assert figures(knowledge, first) == ["36个"]
    assert figures(knowledge, first, "连着以前的一共几个") == ["180个"]


def test_all_of_what_is_asked_back_is_told(knowledge: Knowledge) -> None:
    assert set(figures(knowledge, "领导班子集体学法搞了几次", "统统念来听听")) >= {"4次", "3次"}


def test_what_ails_people_at_home_is_no_matter_of_reports(knowledge: Knowledge) -> None:
    told = say(knowledge, "我家菜地老是生虫，喷哪种农药好使")
    assert told.answer.status is Status.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("哪个地方主动公幵的政府信息最多", "678条"),  # 幵 is nobody's character but 开's
        ("石狮有蒲公英普法志愿者，他们的活动场次", "80余场次"),
    ],
)
def test_what_is_counted_and_how_it_is_written(knowledge: Knowledge, said: str, told: str) -> None:
    assert figures(knowledge, said)[0] == told


def test_things_with_what_was_done_to_them_are_dealt_out(knowledge: Knowledge) -> None:
    told = figures(knowledge, "鲤城拍的普法微视频、发的普法资料各有多少")
    assert {"15 期", "12 万余份"} <= set(told)


def test_three_things_are_asked_and_three_are_told(knowledge: Knowledge) -> None:
    said = "鹿城“无证明办理事项”梳理了多少家部门、多少项事项和几大领域"
    assert figures(knowledge, said) == ["14家", "91项", "9大"]

"""Dialogues: what is carried over, what is not, and what a refused turn leaves as it was."""

import pytest
from talk import NEW, say, talk

from bot.dialogue.answer import Origin, Status
from bot.dialogue.session import Session, SessionStore
from bot.facts.query import Reason
from bot.knowledge import Knowledge

ASKED = "余姚市2023年行政复议收到多少件"


def figures(small: Knowledge, *texts: str) -> list[list[str]]:
    return [said.figures for said in talk(small, *texts)]


# -- the store -------------------------------------------------------------------------------

ONE, OTHER = Session(places=("330281",)), Session(places=("330521",))


def test_sessions_are_kept_apart() -> None:
    store = SessionStore()
    store.put("one", ONE, 0)
    store.put("other", OTHER, 0)
    assert (store.get("one", 1), store.get("other", 1)) == (ONE, OTHER)
    assert store.get("third", 1) == NEW


def test_a_session_is_forgotten_after_its_lifetime() -> None:
    store = SessionStore(lifetime=10)
    store.put("one", ONE, 100)
    assert store.get("one", 110) == ONE
    assert store.get("one", 110.1) == NEW
    store.put("one", ONE, 110)
    assert store.get("one", 120) == ONE


def test_the_oldest_sessions_give_way() -> None:
    store = SessionStore(size=2)
    store.put("one", ONE, 0)
    store.put("two", ONE, 0)
    store.put("one", OTHER, 1)
    store.put("three", ONE, 2)
    assert store.get("two", 2) == NEW
    assert store.get("one", 2) == OTHER
    assert store.get("three", 2) == ONE


# -- carrying over ---------------------------------------------------------------------------


def test_the_place_and_the_year_are_carried(small: Knowledge) -> None:
    first, second = talk(small, ASKED, "审结了多少")
    assert (first.figures, second.figures) == (["215件"], ["198件"])
    assert second.answer.understood["place"].origin is Origin.CARRIED
    assert second.answer.understood["year"].origin is Origin.CARRIED
    assert second.answer.understood["measure"].origin is Origin.SAID


def test_what_is_carried_is_said(small: Knowledge) -> None:
    reply = talk(small, ASKED, "审结了多少")[-1].reply.plain
    assert "沿用：余姚市" in reply


def test_the_measure_is_carried_to_another_place(small: Knowledge) -> None:
    assert figures(small, ASKED, "那德清呢") == [["215件"], ["97件"]]


def test_the_measure_is_carried_to_another_year(small: Knowledge) -> None:
    assert figures(small, ASKED, "2022年呢") == [["215件"], ["180件"]]
    assert figures(small, ASKED, "2022") == [["215件"], ["180件"]]
    assert figures(small, ASKED, "22年的") == [["215件"], ["180件"]]


def test_a_year_that_the_next_place_does_not_have_is_not_carried(small: Knowledge) -> None:
    said = talk(small, "余姚市2022年行政复议收到多少件", "那德清呢")[-1]
    assert said.figures == ["97件"]
    assert "2023年" in said.reply.plain


def test_other_places_change_nothing_of_the_figures(small: Knowledge) -> None:
    turns = figures(small, ASKED, "那德清呢", "余姚呢", "审结多少")
    assert turns == [["215件"], ["97件"], ["215件"], ["198件"]]


def test_the_source_is_shown_again(small: Knowledge) -> None:
    said = talk(small, ASKED, "原文呢")[-1]
    assert said.figures == ["215件"]
    assert "全年收到行政复议申请215件" in said.reply.plain


def test_there_is_no_source_of_nothing(small: Knowledge) -> None:
    assert say(small, "原文呢").status is not Status.ANSWERED


@pytest.mark.parametrize("word", ["换个话题", "重新开始"])
def test_starting_over(small: Knowledge, word: str) -> None:
    said = talk(small, ASKED, word, "审结了多少")
    assert said[1].session == NEW
    assert said[2].figures == []


@pytest.mark.parametrize("between", ["谢谢", "你好", "今天天气怎么样", "上海呢", "余姚2019年呢"])
def test_a_turn_without_an_answer_leaves_the_dialogue_as_it_was(
    small: Knowledge, between: str
) -> None:
    said = talk(small, ASKED, between, "审结了多少")
    assert said[1].figures == []
    assert said[1].session == said[0].session
    assert said[2].figures == ["198件"]


def test_a_session_is_a_value(small: Knowledge) -> None:
    first = say(small, ASKED)
    one = say(small, "那德清呢", first.session)
    other = say(small, "审结了多少", first.session)
    assert (one.figures, other.figures) == (["97件"], ["198件"])
    assert say(small, "那德清呢", first.session).reply == one.reply


def test_a_correction_counts_with_its_second_half(small: Knowledge) -> None:
    assert figures(small, ASKED, "不是余姚，是德清") == [["215件"], ["97件"]]
    assert figures(small, ASKED, "打错了，是审结多少") == [["215件"], ["198件"]]
    assert figures(small, ASKED, "不是收到，我问的是审结") == [["215件"], ["198件"]]


# -- asked back ------------------------------------------------------------------------------

ASKED_BACK = "鼓楼区行政复议收到多少件"
NANJING, XUZHOU = "江苏省南京市鼓楼区", "江苏省徐州市鼓楼区"


def test_an_ambiguous_place_is_asked_back(small: Knowledge) -> None:
    said = say(small, ASKED_BACK)
    assert (said.status, said.answer.reason) == (Status.CLARIFY, Reason.AMBIGUOUS_PLACE)
    assert said.options == [NANJING, XUZHOU]


@pytest.mark.parametrize(
    ("pick", "figure"),
    [
        (NANJING, "300件"),
        (XUZHOU, "55件"),
        ("1", "300件"),
        ("2", "55件"),
        ("二", "55件"),
        ("第二个", "55件"),
        ("第1个。", "300件"),
        (" 2 ", "55件"),
        ("南京", "300件"),
        ("徐州的", "55件"),
    ],
)
def test_picking_an_option(small: Knowledge, pick: str, figure: str) -> None:
    assert talk(small, ASKED_BACK, pick)[-1].figures == [figure]


@pytest.mark.parametrize("pick", ["3", "第九个", "0"])
def test_picking_what_is_not_there(small: Knowledge, pick: str) -> None:
    assert talk(small, ASKED_BACK, pick)[-1].figures == []


def test_an_option_is_answered_once(small: Knowledge) -> None:
    said = talk(small, ASKED_BACK, "1", "2")
    assert said[1].session.pending == ()
    assert said[2].figures != ["55件"]


@pytest.mark.parametrize("word", ["都要", "两个都要", "都看"])
def test_picking_all_options(small: Knowledge, word: str) -> None:
    said = talk(small, ASKED_BACK, word, "原文呢")
    assert said[1].figures == said[2].figures == ["300件", "55件"]


def test_all_of_nothing(small: Knowledge) -> None:
    assert say(small, "都要").figures == []


def test_a_new_question_may_follow_a_question_back(small: Knowledge) -> None:
    assert talk(small, ASKED_BACK, ASKED)[-1].figures == ["215件"]


def test_every_option_of_a_missing_place_answers(small: Knowledge) -> None:
    said = say(small, "行政复议收到多少件")
    assert said.status is Status.CLARIFY
    got = {option.label: say(small, option.say).figures for option in said.reply.options}
    assert got == {
        f"{NANJING} 2023年": ["300件"],
        f"{XUZHOU} 2023年": ["55件"],
        "余姚市 2023年": ["215件"],
        "德清县 2023年": ["97件"],
    }


def test_every_option_of_a_missing_measure_answers(small: Knowledge) -> None:
    said = say(small, "余姚市")
    assert (said.status, said.answer.reason) == (Status.CLARIFY, Reason.NO_MEASURE)
    assert said.options
    for option in said.reply.options:
        assert say(small, option.say).status is Status.ANSWERED, option.say


def test_options_of_an_uncovered_year_answer(small: Knowledge) -> None:
    said = say(small, "余姚市2019年行政复议收到多少件")
    assert (said.status, said.answer.reason) == (Status.NO_DATA, Reason.UNKNOWN_YEAR)
    assert [say(small, option.say).figures for option in said.reply.options] == [
        ["215件"],
        ["180件"],
    ]


# -- single turns that a citizen sees --------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        (ASKED, "215件"),
        ("餘姚市行政複議收到多少件", "215件"),
        ("余姚 2023 行政复议 收到", "215件"),
        ("德清县法律援助案件有多少", "近900件"),
        ("余姚调解成功率多高", "99.5%"),
        ("余姚给受援人挽回了多少损失", "1524万余元"),
        ("余姚一审案件多少件", "41件"),
        ("余姚二审案件多少件", "23件"),
        ("德清法律援助排第几", "全省排名第2"),
        ("余姚2022年法律援助同比增长多少", "8.5%"),
        ("浙江省余姚市专职人民调解员多少名", "86名"),
    ],
)
def test_figures(small: Knowledge, text: str, figure: str) -> None:
    said = say(small, text)
    assert said.status is Status.ANSWERED
    assert said.figures[0] == figure


def test_the_latest_year_is_taken_and_said(small: Knowledge) -> None:
    said = say(small, "余姚行政复议收到多少件")
    assert said.figures == ["215件"]
    assert "2023年" in said.reply.plain
    assert "latest_year" in said.notes


def test_two_places(small: Knowledge) -> None:
    said = say(small, "余姚和德清2023年行政复议各收到多少件")
    assert said.figures == ["215件", "97件"]


def test_a_place_that_drops_out_of_a_comparison_is_named(small: Knowledge) -> None:
    for text in ("余姚和德清2022年行政复议各收到多少件", "余姚和德清2023年行政诉讼各多少件"):
        said = say(small, text)
        assert [fact.area.name for fact in said.facts] == ["余姚市"], text
        assert "德清县" in said.reply.plain, text


def test_a_year_that_drops_out_of_a_comparison_is_named(small: Knowledge) -> None:
    said = say(small, "余姚2019年和2023年行政复议各收到多少件")
    assert said.figures == ["215件"]
    assert "2019年" in said.reply.plain


def test_two_exact_figures_are_compared(small: Knowledge) -> None:
    said = say(small, "余姚和德清2023年行政复议收到的哪个多")
    assert said.figures == ["215件", "97件"]
    assert "118" in said.reply.plain
    assert "215－97" in said.reply.plain


def test_inexact_figures_are_not_subtracted(small: Knowledge) -> None:
    said = say(small, "余姚和德清2023年法律援助哪个多")
    assert said.figures == ["1203件", "近900件"]
    assert "303" not in said.reply.plain
    assert "约数" in said.reply.plain


def test_two_years_of_one_place(small: Knowledge) -> None:
    said = say(small, "余姚2022年和2023年行政复议各收到多少件")
    assert said.figures == ["180件", "215件"]
    assert "各地" not in said.reply.plain, "there is one place only"


def test_the_highest_and_the_lowest(small: Knowledge) -> None:
    assert say(small, "哪里行政复议收到的最多").figures[0] == "300件"
    assert say(small, "哪里行政复议收到的最少").figures[0] == "55件"


def test_places_of_one_name_are_told_apart_in_the_reply(small: Knowledge) -> None:
    reply = say(small, "哪里行政复议收到的最少").reply.plain
    assert f"最低的是{XUZHOU}" in reply


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("上海市2023年行政复议收到多少件", Reason.UNKNOWN_PLACE),
        ("余姚市2019年行政复议收到多少件", Reason.UNKNOWN_YEAR),
        ("去年余姚行政复议收到多少件", Reason.UNKNOWN_YEAR),
        ("今年余姚行政复议收到多少件", Reason.UNKNOWN_YEAR),
        ("德清县2023年行政诉讼多少件", Reason.NOT_REPORTED),
    ],
)
def test_refusals_with_their_reason(small: Knowledge, text: str, reason: Reason) -> None:
    said = say(small, text)
    assert (said.status, said.answer.reason) == (Status.NO_DATA, reason)
    assert said.figures == []
    assert "这次没能答好" not in said.reply.plain


def test_a_year_alone_that_is_not_covered_is_refused_with_its_reason(small: Knowledge) -> None:
    said = talk(small, ASKED, "2019")[-1]
    assert said.answer.reason is Reason.UNKNOWN_YEAR
    assert "没有余姚市 2019年的报告" in said.reply.plain


def test_plans_are_passages_and_next_year_is_no_year(small: Knowledge) -> None:
    for text in ("余姚市下一步有什么打算", "余姚市明年有什么打算"):
        said = say(small, text)
        assert said.status is Status.ANSWERED, text
        assert "新建公共法律服务站点12个" in said.reply.plain


def test_a_signature_is_no_passage(small: Knowledge) -> None:
    assert "2024年2月6日" not in say(small, "余姚市下一步有什么打算").reply.plain


def test_problems_are_quoted(small: Knowledge) -> None:
    said = say(small, "余姚市存在什么问题")
    assert [q.text for q in said.answer.quoted] == [
        "一是部分镇街执法力量不足。",
        "二是普法形式较为单一。",
    ]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("余姚市2023年报告的文号是多少", "余政发〔2024〕3号"),
        ("余姚市的报告谁签发的", "王小明"),
        ("德清县的报告落款日期是哪天", "二〇二四年一月三十日"),
    ],
)
def test_particulars_of_a_report(small: Knowledge, text: str, entry: str) -> None:
    said = say(small, text)
    assert said.status is Status.ANSWERED
    assert entry in said.reply.plain


def test_a_date_in_chinese_numerals_is_a_date(small: Knowledge) -> None:
    published = {report.file: report.published for report in small.base.reports()}
    assert {d for f, d in published.items() if "deqing" in f} == {"2024-01-30"}


@pytest.mark.parametrize(
    "text", ["你好", "谢谢", "怎么用", "能查哪些地方", "今天天气怎么样", "老板拖欠工资我该怎么办"]
)
def test_small_talk_gets_no_figure(small: Knowledge, text: str) -> None:
    said = say(small, text)
    assert said.figures == []
    assert said.reply.plain


@pytest.mark.parametrize(
    "said",
    [
        "余姚市2023年女的申请行政复议收到多少件",
        "余姚市2023年报名行政执法考试最后考过了几个",
        "余姚市2023年上半年调解成功多少件",
    ],
)
def test_a_refused_question_is_refused_again(small: Knowledge, said: str) -> None:
    assert [turn.status for turn in talk(small, said, said)] == [Status.NO_DATA] * 2


def test_a_deed_without_a_thing_is_no_question_anywhere(small: Knowledge) -> None:
    assert say(small, "审结了多少件").figures == []

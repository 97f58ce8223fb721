"""How things are asked: strung together, counted, left open, over all places."""

import pytest
from talk import say, talk

from bot.dialogue.answer import Status
from bot.facts.query import Reason
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("马尾规范性文件制定数、备案率", {"6件", "100%"}),
        ("鲤城 人大建议 政协提案 办理件数", {"123件", "208件"}),
        ("石狮矛盾纠纷排查数、办结数以及化解率", {"3353起", "3323", "99.1%"}),
        ("鹿城行政复议收案数和同比增幅", {"341件", "62.4%"}),
        ("鹿城免罚清单有几项 几个部门", {"77项", "7个"}),
    ],
)
def test_things_strung_together_get_a_figure_each(
    knowledge: Knowledge, said: str, figures: set[str]
) -> None:
    assert set(say(knowledge, said).figures) == figures


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("晋江 合规体检 管理建议 条数", "120条"),  # the first word says what the second is about
        ("鹿城 行政复议 收案数 同比", "62.4%"),
        ("鲤城那边的矛盾纠纷，调解成功率", "99.8%"),  # a comma parts a sentence
        ("石狮个人办件汇聚数在各县（市、区）的名次", "各县市(区)排名第2"),  # so do brackets
    ],
)
def test_one_thing_in_several_words_is_one(knowledge: Knowledge, said: str, figure: str) -> None:
    assert say(knowledge, said).figures == [figure]


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("石狮的政务信息被点开看了多少万次", "20.9万次"),
        ("石狮审查的法律事务里合同占几件", "19件"),
        ("马尾出口通关要几个钟头", "1.03个小时"),
        ("鹿城柔性执法清单涉及多少个执法部门", "7个"),
    ],
)
def test_the_question_word_says_what_is_counted(
    knowledge: Knowledge, said: str, figure: str
) -> None:
    assert say(knowledge, said).figures == [figure]


def test_how_long_is_never_answered_with_how_many(knowledge: Knowledge) -> None:
    assert say(knowledge, "鹿城领导包案的行政案件多久研判一次").figures == []
    answer = say(knowledge, "晋江的掌上法律顾问注册用户用了多长时间")
    assert answer.figures == []
    assert answer.answer.reason in (Reason.NOT_REPORTED, Reason.KIND_MISMATCH)


@pytest.mark.parametrize(
    "said", ["马尾排查的矛盾纠纷有多少件，不管成没成功", "马尾排查了多少件矛盾纠纷，无论成功"]
)
def test_what_is_left_open_asks_for_all(knowledge: Knowledge, said: str) -> None:
    assert say(knowledge, said).figures == ["1788件"]


def test_a_larger_place_tells_who_named_something(knowledge: Knowledge) -> None:
    assert say(knowledge, "石狮有几个泉州市一级的金牌调解室").figures == ["3个"]
    assert say(knowledge, "石狮市级金牌调解室几个").figures == ["18个"]


def test_a_denied_state_is_not_answered_with_the_whole(knowledge: Knowledge) -> None:
    said = say(knowledge, "晋江不予受理的复议申请有几件")
    assert said.status is Status.NO_DATA
    assert said.figures == []


def test_places_that_bear_one_measure_out_are_compared(knowledge: Knowledge) -> None:
    assert set(say(knowledge, "石狮和马尾，执法案卷谁查得多").figures) == {"470件", "144本"}


@pytest.mark.parametrize("said", ["石狮和马尾谁的医院床位多", "鲤城跟晋江哪边的律师多"])
def test_two_guesses_bear_nothing_out(knowledge: Knowledge, said: str) -> None:
    assert say(knowledge, said).figures == []


def test_which_places_gets_the_figure_of_each(knowledge: Knowledge) -> None:
    said = say(knowledge, "哪些地方公布了法律援助案件数")
    assert set(said.figures) == {"404 件", "3501件"}
    assert "silent" in said.notes


def test_which_places_means_all_of_them_whatever_was_spoken_of(knowledge: Knowledge) -> None:
    said = talk(knowledge, "鲤城行政复议收到几件", "哪些地方有复议收案的数")[-1]
    assert {"27件", "341件"} <= set(said.figures)


def test_a_name_of_one_place_needs_no_place(knowledge: Knowledge) -> None:
    assert say(knowledge, "狮慧办的访问量是多少").figures == ["突破13万"]


def test_who_goes_on_about_another_thing_does_not_get_the_same_figure(
    knowledge: Knowledge,
) -> None:
    before, after = talk(knowledge, "马尾换发执法证的有多少人", "执法主体呢")
    assert before.figures == ["372名"]
    assert "372名" not in after.figures


def test_what_became_of_it_is_not_the_whole_just_told(knowledge: Knowledge) -> None:
    before, after = talk(knowledge, "馬尾區2021年行政訴訟幾件", "敗訴幾件")
    assert before.figures == ["4件"]
    assert after.figures == []


def test_another_place_must_count_the_same_thing(knowledge: Knowledge) -> None:
    before, after = talk(knowledge, "石狮电子证照的及时纠错率", "马尾的呢")
    assert len(before.figures) == 1
    assert after.figures == []


def test_a_measure_that_passes_for_the_one_told_is_found_elsewhere(knowledge: Knowledge) -> None:
    assert talk(knowledge, "鲤城领导集体学法几次", "鹿城")[-1].figures == ["2 次"]


@pytest.mark.parametrize("said", ["最后一个", "最后那个吧", "the last one"])
def test_the_last_option_is_picked(knowledge: Knowledge, said: str) -> None:
    asked, picked = talk(knowledge, "法律援助案件受理了多少件", said)
    assert asked.status is Status.CLARIFY
    assert asked.options[-1].startswith(picked.facts[0].area.name)


@pytest.mark.parametrize("said", ["asdfgh", "Who is the mayor", "<b>1</b>", "帮我写首诗要多少钱"])
def test_nothing_speaks_for_a_figure_in_empty_words(knowledge: Knowledge, said: str) -> None:
    asked = say(knowledge, said)
    assert asked.status is Status.OUT_OF_SCOPE
    assert asked.options == []


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("马尾“马尾发布”头3个季度发了多少条微博", "437条"),  # 前三季度
        ("鹿城“合同钉”平台录入了多少份合同", "61件"),  # named in the sentence before
        (
            'What is the "no trip needed" rate for approvals in Jinjiang',
            "96.3%",
        ),  # English names nothing
        (
            "本人退休干部，请问晋江依法治市办召开各类会议几次",
            "8次",
        ),  # who asks is not what is asked
        ("找人调解!!石狮有没有调解组织啊,总共几个", "212个"),
    ],
)
def test_what_a_question_names_is_held_against_the_right_words(
    knowledge: Knowledge, said: str, figure: str
) -> None:
    told = say(knowledge, said)
    assert told.figures == [figure]
    assert "ignored" not in told.notes


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("鹿城政府常务会议学了几次法", "2 次"),
        ("马尾的执法人员考了几次试", "2次"),
        ("晋江掌上法律顾问服务了多少人次", "916人次"),  # 人次 is the unit, not 人
    ],
)
def test_a_question_word_may_part_verb_and_object(
    knowledge: Knowledge, said: str, figure: str
) -> None:
    assert say(knowledge, said).figures == [figure]


@pytest.mark.parametrize(
    "said",
    [
        "马尾区政府打官司输了几场",
        "马尾败诉的案件有几件",
        "how many lawsuits did Mawei lose",
        "马尾打输过官司没",
    ],
)
def test_that_there_was_none_is_told_in_the_report_s_words(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    assert told.status is Status.ANSWERED
    assert not told.facts  # 4件 are all lawsuits, and no number says none
    assert "无败诉案件" in told.reply.plain


def test_who_doubts_gets_the_sentence_again(knowledge: Knowledge) -> None:
    first, again = talk(knowledge, "鹿城复议收了多少件", "你确定？不是10%吗")
    assert first.figures == ["341件"]
    assert again.status is Status.ANSWERED
    assert "341件" in again.reply.plain


def test_one_goes_on_about_what_was_quoted(knowledge: Knowledge) -> None:
    quoted, more = talk(knowledge, "马尾请的哪家律所给村里当法律顾问", "管多少个村")
    assert "律师事务所" in quoted.reply.plain
    assert more.figures == ["79个"]


def test_a_word_of_another_figure_is_not_the_one_just_told(knowledge: Knowledge) -> None:
    first, second = talk(knowledge, "石狮有几人被评为一级调解员", "二级呢")
    assert first.figures != second.figures
    assert "二级" in second.facts[0].metric


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (("鲤城营商环境任务多少条", "完成几项"), "90 项"),  # 完成 alone says no thing
        (("鲤城一件事材料少交了多少份", "环节呢"), "131个"),  # counts something else
        (("石狮法律八进搞了多少场", "解答了多少人次咨询"), "7000余人次"),  # of the same sentence
    ],
)
def test_who_goes_on_asks_for_another_figure_of_it(
    knowledge: Knowledge, turns: tuple[str, ...], figure: str
) -> None:
    assert talk(knowledge, *turns)[-1].figures == [figure]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("晋江是哪天被省里评上法治政府建设示范的", "2021年11月9日"),
        ("晋江跃进村啥时候评上的全国民主法治示范村", "2021年1月份"),
        ("石狮锦尚镇采取了何种技术模式监督执法", "三网双平台"),
        ("鲤城的合同监督管理平台是干啥用的", "政府合同"),
        ("手上马尾那个报告讲的是哪一年的事", "马尾区2021年"),  # 上马 is no word there
        ("石狮的报告有哪一年的", "2024"),
    ],
)
def test_words_answer_when_what_and_what_for(knowledge: Knowledge, said: str, words: str) -> None:
    told = say(knowledge, said)
    assert told.status is Status.ANSWERED
    assert not told.facts
    assert words in told.reply.plain


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("马尾执法案卷评查涉及哪几类卷宗，各多少，合计多少", {"144本", "59本", "85本"}),
        ("鹿城给企业做法治体检到底干了哪几样，每样多少", {"902件"}),
        ("鹿城行政复议有哪些指标创了历史新高，各是多少", {"341件", "62.4%"}),
    ],
)
def test_lists_leave_nothing_of_it_out(knowledge: Knowledge, said: str, figures: set[str]) -> None:
    assert figures <= set(say(knowledge, said).figures)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("马尾区的这份工作报告反映的是哪一年的情况", "马尾区2021年"),
        ("除了泉州的，你还有别的城市的报告能查吗", "鹿城区 2022"),
        ("目前可以查询几个县（市、区）的报告", "鹿城区 2022"),
        ("你们有泉州丰泽的报告吗", "没有泉州丰泽的报告"),
        ("鲤城那报告落款写的是哪年哪月哪日", "2023年2月10日"),  # its date, not which it is
    ],
)
def test_the_reports_themselves_may_be_asked_about(
    knowledge: Knowledge, said: str, words: str
) -> None:
    assert words in say(knowledge, said).reply.plain


@pytest.mark.parametrize(
    ("turns", "words"),
    [
        (("石狮下一步普法打算咋搞", "数字政府那块呢"), "数字法治政府"),  # plans of another matter
        (("马尾的是哪一年的报告", "鹿城呢"), "鹿城区2022年"),
        (("How many CPPCC proposals did Mawei get?", "Satisfaction rate?", "How many in Licheng?"),
         "208"),
        (("鲤城“一件事”套餐还有多少项", "哦哦，那总共办了几件啦"), "9464件"),
    ],
)  # fmt: skip
def test_all_kinds_of_questions_go_on(
    knowledge: Knowledge, turns: tuple[str, ...], words: str
) -> None:
    assert words in talk(knowledge, *turns)[-1].reply.plain


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("鲤城普法资科一共发出去多少份", "12 万余份"),
        ("石狮各单位总共发了多少条政务信总", "7722条"),
        ("那石师有多少人民调解员", "753名"),
    ],
)
def test_slips_at_the_edge_of_a_word_are_mended(
    knowledge: Knowledge, said: str, figure: str
) -> None:
    assert say(knowledge, said).figures == [figure]


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("晋江的企业合规体检能检多少个项目", "16个"),  # not the ten firms
        ("晋江有多少家企业自己在网上做了合规检查", "274家"),
        ("晋江依法治市办总共开了几回会", "8次"),
    ],
)
def test_what_is_counted_is_read_from_verb_and_noun(
    knowledge: Knowledge, said: str, figure: str
) -> None:
    assert say(knowledge, said).figures == [figure]


@pytest.mark.parametrize(
    ("said", "figure"),
    [("调解成功率第二高的是哪里", "99.8%"), ("行政复议件数排第二的是哪个地方", "124件")],
)
def test_another_place_than_the_first_of_a_ranking(
    knowledge: Knowledge, said: str, figure: str
) -> None:
    told = say(knowledge, said)
    assert told.figures[0] == figure
    assert "问的这一名是" in told.reply.plain


def test_no_place_holds_a_rank_beyond_those_that_report(knowledge: Knowledge) -> None:
    told = say(knowledge, "调解成功率第九高的是哪里")
    assert told.status is Status.NO_DATA
    assert "没有问的这一名" in told.reply.plain


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("鹿城无证明涉及几个领域", "9大"),  # what is counted, not the 91 items
        ("石狮检察护企行动确立了几个机制", "六大"),
    ],
)
def test_the_noun_counted_tells_more_than_the_measure(
    knowledge: Knowledge, said: str, figure: str
) -> None:
    assert say(knowledge, said).figures == [figure]


def test_beside_a_count_stands_no_rate(knowledge: Knowledge) -> None:
    told = say(knowledge, "鲤城区和马尾区在“互联网+监管”系统里录入的监管行为，哪个多")
    assert set(told.figures) == {"3.1 万条", "2204条"}


@pytest.mark.parametrize(
    "said", ["鹿城那个柔性执法是啥时候开始的", "马尾的行政复议是哪天受理的", "晋江哪年成立的"]
)
def test_when_gets_no_count_and_not_the_date_of_the_report(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    assert told.status is Status.NO_DATA
    assert not told.facts

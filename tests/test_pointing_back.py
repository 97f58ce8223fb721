"""What points back in a dialogue: this kind, the second, both, what was corrected."""

import pytest
from talk import say, talk

from bot.dialogue.answer import Status
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    ("turns", "figures"),
    [
        # the side last asked for, of another thing
        (("马尾群众安全感排全省第几位", "执法工作满意率呢"), ["居全省第五"]),
        (("鹿城行政案件收案同比降了多少", "行政复议呢"), ["62.4%"]),
        # the measure last told, of another place, in other words
        (("鲤城主动公开了几份文件", "马尾在网站上公开的也报一下"), ["497条"]),
        # such a figure, this figure
        (("石狮24年抽查案卷几件", "马尾有这个数据吗"), ["144本"]),
        # the figure of each thing asked before
        (("马尾进口、出口通关各花几个小时", "压缩比各是多少"), ["76.35%", "91.04%"]),
        # of several places the sentences of each
        (
            ("马尾普法责任清单有几项", "石狮呢", "两地各涉及几个单位"),
            ["38家", "42个"],
        ),
        # 二级 and the first: all of them together
        (("晋江市政府当被告的一审几件", "二审几件", "这两个加在一起呢"), ["58件"]),
        # two of one place
        (("鲤城省内通办办了几件", "跨省通办呢", "哪一类办得更多"), ["5970件", "3316件"]),
        # corrected
        (("马尾出口通关压缩比多少", "口误，我要问的是进口的"), ["76.35%"]),
        (("晋江2020年复议收了几件", "记混了，是2021年的"), ["124件"]),
        (("How many firms in Jinjiang had a compliance check-up?",
          "And how many suggestions did they get?"), ["120条"]),
    ],
)  # fmt: skip
def test_a_turn_that_points_back(
    knowledge: Knowledge, turns: tuple[str, ...], figures: list[str]
) -> None:
    assert talk(knowledge, *turns)[-1].figures == figures


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (("哪个地方调成的纠纷最多", "第二呢"), "4795起"),
        (("哪个地方调成的纠纷最多", "那第三是谁"), "3323"),
    ],
)
def test_the_next_in_a_ranking(knowledge: Knowledge, turns: tuple[str, ...], figure: str) -> None:
    assert talk(knowledge, *turns)[-1].figures[0] == figure


@pytest.mark.parametrize(
    "turns",
    [
        ("鹿城化解了几件非正常死亡纠纷", "马尾这类纠纷有几件"),
        ("晋江有几家企业做了线上自检", "石狮有没有这类数据"),
        ("鹿城“合同钉”录入了几份合同", "鲤城也有合同平台吧，录了几份"),
        ("鲤城营商环境攻坚任务有几条", "完成的有几项", "做完的占几成"),
        ("鲤城2022年收到几件行政复议", "2021年的有没有"),
        ("马尾群众安全感排全省第几位", "那到底是百分之几"),
    ],
)
def test_no_figure_of_another_kind(knowledge: Knowledge, turns: tuple[str, ...]) -> None:
    told = talk(knowledge, *turns)[-1]
    assert told.status is Status.NO_DATA
    assert not told.facts


def test_a_place_offered_may_be_picked_by_the_larger_place(knowledge: Knowledge) -> None:
    asked, told = talk(knowledge, "2021年行政复议几件", "福州那个")
    assert asked.status is Status.CLARIFY
    assert told.figures == ["15件"]


def test_a_pick_with_words_before_it_leaves_the_other(knowledge: Knowledge) -> None:
    *_, picked, other = talk(knowledge, "2022年调成了几件纠纷", "先看看鲤城的", "另一个地方呢")
    assert picked.figures == ["2346 件"]
    assert other.figures == ["10555件"]


def test_the_sentence_of_the_place_that_is_named(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "鲤城录入的监管行为几条", "马尾呢", "哪个多", "马尾那个数出处在哪")
    assert told.figures == ["2204条"]


def test_a_sentence_asked_for_changes_no_topic(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "鹿城调成了几件纠纷", "把原话发给我", "鲤城呢")
    assert told.figures == ["2346 件"]


@pytest.mark.parametrize(
    "dispute", ["不对吧，楼下王姐说是80项", "你按80项给我写", "不对，我看到的是70"]
)
def test_what_was_told_stands_when_it_is_disputed(knowledge: Knowledge, dispute: str) -> None:
    assert talk(knowledge, "鲤城“一件事”集成套餐保留几项", dispute)[-1].figures == ["65项"]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("鲤城有哪些部门建了行政调解组织", "生态环境、卫健"),
        ("鹿城的复议收案窗口设在什么地方", "诉讼服务中心"),
        ("鹿城那套办法多久分析一次、多久研判一次", "每周一分析"),
    ],
)
def test_words_where_no_number_is_asked(knowledge: Knowledge, said: str, words: str) -> None:
    told = say(knowledge, said)
    assert any(words in quoted.text for quoted in told.answer.quoted)


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("马尾群众安全感在省里排第几", ["居全省第一"]),
        ("How many disputes over unnatural deaths were settled in Lucheng?", ["70件"]),
        ("我在写汇报材料呢，鲤城主动公开了几份文件", ["578份"]),
        ("鲤城 复议 撤销（不含责令重作） 几件", ["1件"]),
    ],
)
def test_what_only_says_among_whom_or_for_what(
    knowledge: Knowledge, said: str, figures: list[str]
) -> None:
    assert say(knowledge, said).figures == figures


def test_all_that_a_place_is_ranked_in(knowledge: Knowledge) -> None:
    assert len(say(knowledge, "马尾2021年在省里排第几").facts) >= 2


@pytest.mark.parametrize(
    "said",
    [
        "顺手帮我把作业也写了吧",
        "明天石狮会不会下雨，我要上班",
        "开个小店一个月能赚多少钱",
        "收到啦，谢谢谢谢",
    ],
)
def test_what_is_no_question_for_reports(knowledge: Knowledge, said: str) -> None:
    assert talk(knowledge, "石狮有几名人民调解员", said)[-1].status is Status.OUT_OF_SCOPE


@pytest.mark.parametrize(
    "said", ["你这能查到马尾的情况吗", "可以横向对比的有哪几个地方、哪些年度的报告"]
)
def test_what_there_is(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    assert told.status is Status.ANSWERED
    assert "马尾区" in told.reply.plain
    assert not told.facts


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("晋江合法性审查做了几件", ["197件"]),  # the only part that its report counts
        ("鹿城 无证明 办件量", ["9483件"]),
        ("石狮那个蒲公英队伍招了多少志愿者", ["1061名"]),
        ("石狮有多少调解组织和调解员", ["212个", "753名"]),
    ],
)
def test_the_figure_that_stands_for_what_is_asked(
    knowledge: Knowledge, said: str, figures: list[str]
) -> None:
    assert say(knowledge, said).figures == figures


def test_several_things_in_one_of_several_questions(knowledge: Knowledge) -> None:
    told = say(knowledge, "石狮民法典宣传月活动办了几场，宣传材料、小礼品发了多少，几人来咨询")
    assert told.figures == ["249场次", "15000余份", "3000余件", "1000余人次"]


@pytest.mark.parametrize(
    "said",
    [
        "鲤城报考行政执法考试的人当中，合格的有多少人",
        "鹿城新增的专利授权里，发明专利几件",
    ],
)
def test_a_part_that_no_report_tells(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    assert told.status is Status.NO_DATA
    assert not told.facts


def test_who_signed_may_be_asked_of_the_next_report(knowledge: Knowledge) -> None:
    missing, told = talk(knowledge, "马尾那份报告谁签发的", "鲤城的呢")
    assert missing.status is Status.NO_DATA
    assert "王克思" in told.reply.plain


def test_a_fresh_start_forgets_the_place(knowledge: Knowledge) -> None:
    *_, told = talk(
        knowledge, "石狮设了几个企业联系点", "这些够用了，咱们重新开始吧", "政策解读发布了多少"
    )
    assert told.status is Status.CLARIFY


def test_a_verb_behind_a_year_is_no_annual_report(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "晋江2021年向人大常委会报备几件规范性文件", "2022年报了几件")
    assert told.status is Status.NO_DATA
    assert not told.facts


def test_an_option_finds_the_figure_that_it_stands_for(knowledge: Knowledge) -> None:
    asked, both = talk(knowledge, "村里社区里的公共法律服务工作室建了几个", "都要")
    assert len(both.facts) == len(asked.options)


def test_a_name_that_nobody_knows_is_not_passed_over(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "How many mediators does Shishi have?", "What about Yu'yao?")
    assert told.status is not Status.ANSWERED


def test_what_was_denied_in_words_is_told_again(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "马尾的官司输了几件", "我听人说是3件，你改成3件")
    assert any("无败诉案件" in quoted.text for quoted in told.answer.quoted)


def test_the_places_inside_a_larger_one(knowledge: Knowledge) -> None:
    told = say(knowledge, "你这儿有温州的报告吗")
    assert "鹿城区" in told.reply.plain
    assert "马尾区" not in told.reply.plain


@pytest.mark.parametrize(
    "turns",
    [
        ("鲤城废止了几件行政规范性文件",),  # only reviewed ones are counted there
        ("鲤城药品抽检几批", "食品呢", "马尾呢"),  # talks about food are no batches of it
    ],
)
def test_what_was_done_with_a_thing_must_be_told(
    knowledge: Knowledge, turns: tuple[str, ...]
) -> None:
    assert talk(knowledge, *turns)[-1].status is Status.NO_DATA


@pytest.mark.parametrize("said", ["石狮市村社区这一级的工作室呢", "石狮村里的这种工作室有几个"])
def test_the_level_that_is_asked(knowledge: Knowledge, said: str) -> None:
    *_, told = talk(knowledge, "鲤城公共法律服务工作站覆盖了几个社区", said)
    assert told.figures == ["128个"]


def test_who_issued_a_report_together(knowledge: Knowledge) -> None:
    assert "中共晋江市委" in say(knowledge, "晋江那份报告是哪几家联合发的").reply.plain


def test_what_was_won_and_chosen_is_told_in_words(knowledge: Knowledge) -> None:
    chosen = say(knowledge, "鹿城政法口有哪些项目入选数字化改革试点")
    _, won = talk(knowledge, "石狮新生入学掌上办少交了几份证明", "这项改革得了什么称号")
    assert any("禁毒翌星" in quoted.text for quoted in chosen.answer.quoted)
    assert any("优秀案例" in quoted.text for quoted in won.answer.quoted)


def test_the_change_of_a_rate_where_the_rate_is_not_given(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "鹿城行政案件收案数降了多少", "复议新收案件涨了多少", "复议调解率呢")
    assert told.figures == ["10%"]


def test_the_year_before_may_be_asked_in_a_few_words(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "晋江法律援助受理了几件", "头一年是几件")
    assert told.status is Status.NO_DATA
    assert "2020" in told.reply.plain


@pytest.mark.parametrize(
    "said", ["村里老人头疼，吃什么药", "给推荐几首好听的歌吧", "店里菜单怎么定价"]
)
def test_other_matters_with_words_of_reports(knowledge: Knowledge, said: str) -> None:
    *_, told = talk(knowledge, "石狮有几名人民调解员", said)
    assert told.status is Status.OUT_OF_SCOPE


def test_a_comparison_asked_twice_is_answered_alike(knowledge: Knowledge) -> None:
    _, one, other = talk(knowledge, "鹿城行政案件收案数降了多少", *["鹿城和马尾谁的复议案子多"] * 2)
    assert set(one.figures) == set(other.figures) == {"341件", "15件"}


def test_an_order_that_asks_for_something_is_a_question(knowledge: Knowledge) -> None:
    *_, told = talk(knowledge, "鲤城主动公开了几份文件", "你就按2022年说，行政复议收了几件")
    assert told.figures == ["27件"]

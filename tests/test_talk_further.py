"""How people go on: numbers of both places, other units, levels of a place, words after words."""

import pytest
from talk import say, talk

from bot.dialogue.answer import Status
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    "again",
    ["两边的数字各是多少", "数目各是多少", "两个都给我瞧瞧", "具体数都报一下"],
)
def test_who_asks_for_both_numbers_gets_both(knowledge: Knowledge, again: str) -> None:
    told = talk(knowledge, "鹿城的复议新收了多少案子", "换马尾的呢", again)[-1]
    assert told.figures == ["341件", "15件"]


def test_of_two_places_only_what_was_asked_is_told(knowledge: Knowledge) -> None:
    told = talk(knowledge, "鹿城和马尾哪边的复议案件多", "两个都给我看看")[-1]
    assert told.figures == ["341件", "15件"]  # 62.4% of the same sentence was not asked


def test_the_other_places_are_no_number_of_places(knowledge: Knowledge) -> None:
    told = talk(knowledge, "哪个地方调解成功率排第一", "其余几个地方呢")[-1]
    assert "99.8%" in told.figures
    assert all(figure.endswith("%") for figure in told.figures)


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        # the same measure, counted in another unit there
        (("鲤城免费答了多少条法律咨询", "打错啦，是鹿城"), "8308人次"),
        (("鹿城法律咨询提供了多少人次", "地方搞错了，应该是鲤城"), "3465条"),
        # one character behind 几
        (("鲤城大部制合并了多少个单位", "一共分成几组"), "14个"),
        # a noun that is new asks for no figure of the old unit
        (("鲤城普法资料发了多少份", "石狮的普法志愿者呢"), "1061名"),
        # the part that a thing names, before the whole that counts the like
        (("马尾民间纠纷调解了多少件",), "858件"),
        (("马尾排查调处的民间纠纷几件",), "858件"),
        # the money of what was paid is not what was paid with
        (("晋江拿慈善的钱给执行不到位的人发救助，涉及多少起案件",), "66起"),
        # a level named by its place
        (("石狮有几个泉州级的金牌调解室",), "3个"),
        (("石狮有几个泉州级的金牌调解室", "石狮级的呢"), "18个"),
        (("晋江除泉州级的以外，本市级的共建共享示范社区有几个",), "11个"),
        (("晋江共建共享示范社区有几个？泉州评的那种不算",), "11个"),
        # a campaign that its item begins with
        (("石狮“检察护企”行动里执行到位的金额是多少",), "36.53万元"),
        # a village level, printed for communities
        (("石狮村居的公共法律服务工作室有几个", "换鲤城呢"), "81个"),
    ],
)
def test_what_is_meant(knowledge: Knowledge, turns: tuple[str, ...], figure: str) -> None:
    told = talk(knowledge, *turns)[-1].figures
    assert [f.replace(" ", "") for f in told[:1]] == [figure]


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("马尾行政执法主题是多少个", "27个"),  # two right words for one: 主体
        ("鲤城多少个系统上匀了", "25个"),
        ("石狮“检查护企”专项里头执行到位多少钱", "36.53万元"),
    ],
)
def test_slips_of_words_that_are_words(knowledge: Knowledge, said: str, figure: str) -> None:
    assert say(knowledge, said).figures[:1] == [figure]


def test_a_slip_that_is_heard_right_is_missed_like_any_word(knowledge: Knowledge) -> None:
    told = talk(knowledge, "鹿城非正常死亡的纠纷调成几件", "老动争议的呢")[-1]
    assert "10555件" not in told.figures


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        (("How many data records did Shishi push to Quanzhou?",), "3亿条"),
        (
            ("How many gold-medal mediation rooms of the Quanzhou city level does Shishi have?",),
            "3个",
        ),
        (("Shishi gold-medal rooms at Quanzhou city level", "And at its own city level?"), "18个"),
        (("Items of government information Shishi proactively disclosed", "And Licheng?"), "578份"),
        (("By how much did the reconsideration mediation rate go up in Lucheng?",), "10%"),
    ],
)  # fmt: skip
def test_english(knowledge: Knowledge, turns: tuple[str, ...], figure: str) -> None:
    told = [f.replace(" ", "") for f in talk(knowledge, *turns)[-1].figures]
    assert told and told[0].endswith(figure)


def test_a_district_that_no_report_covers_is_not_taken_for_another(knowledge: Knowledge) -> None:
    told = say(knowledge, "How many cases were mediated in Longwan District, Wenzhou?")
    assert told.status is Status.NO_DATA
    assert not told.figures


def test_all_things_of_a_row_are_told(knowledge: Knowledge) -> None:
    told = say(knowledge, "石狮民法典宣传月搞了几场，送了多少材料和礼品，又回答了多少人")
    assert {"249场次", "15000余份", "3000余件", "1000余人次"} <= set(told.figures)


def test_each_thing_of_a_list_has_its_own_verb(knowledge: Knowledge) -> None:
    told = say(knowledge, "鲤城拍普法视频、办宣传活动、发宣传资料，各有多少")
    assert {"15 期", "12 万余份"} <= set(told.figures)


def test_keywords_ask_for_all_that_one_sentence_counts(knowledge: Knowledge) -> None:
    told = talk(knowledge, "马尾", "法律明白人的培训")[-1]
    assert {"35场", "496人次"} <= set(told.figures)


def test_of_places_side_by_side_one_may_have_had_none(knowledge: Knowledge) -> None:
    told = say(knowledge, "鹿城跟马尾的行政诉讼败诉情况对比一下")
    assert told.figures[:1] == ["10%以下"]
    assert "无败诉案件" in told.reply.plain


def test_words_go_on_at_another_place(knowledge: Knowledge) -> None:
    told = talk(knowledge, "鲤城的政府合同监管平台管哪些环节", "鹿城的平台呢")[-1]
    assert "合同钉" in told.reply.plain


def test_where_something_was_set_up_is_told_in_words(knowledge: Knowledge) -> None:
    told = say(knowledge, "鹿城在哪里设了复议的收案窗口")
    assert not told.figures
    assert "诉讼服务中心" in told.reply.plain


@pytest.mark.parametrize(
    "order", ["不对吧，我记得有一千多户，麻烦您改一改", "按我们台账改，台账是900户"]
)
def test_a_number_is_not_changed_on_order(knowledge: Knowledge, order: str) -> None:
    told = talk(knowledge, "鲤城双随机联合抽查了几户企业", order)[-1]
    assert told.figures == ["736 户"]


def test_both_options_hold_what_they_promise(knowledge: Knowledge) -> None:
    told = talk(knowledge, "往市里的汇聚平台推送了多少数据", "两个都告诉我")[-1]
    assert {"1524万余条", "超3亿条"} <= set(told.figures)


@pytest.mark.parametrize(
    ("turns", "status"),
    [
        (("石狮双随机抽查了几户", "清掉，从头来"), Status.OUT_OF_SCOPE),
        (("石狮聘了几名民营企业家", "行，数据够用啦，多谢"), Status.OUT_OF_SCOPE),
        (("鲤城分别审查了几件区级和部门的规范性文件", "废止的是几件"), Status.NO_DATA),
        (("鲤城参加行政执法考试的人里，多少人通过了",), Status.NO_DATA),
    ],
)
def test_no_figure_where_none_is_asked_or_given(
    knowledge: Knowledge, turns: tuple[str, ...], status: Status
) -> None:
    told = talk(knowledge, *turns)[-1]
    assert told.status is status
    assert not told.figures


def test_who_signed_at_the_end_is_asked_for_no_date(knowledge: Knowledge) -> None:
    assert "晋江市人民政府" in say(knowledge, "晋江报告落款署的是哪几家单位").reply.plain

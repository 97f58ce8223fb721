"""How people go on: one measure in two places' words, parts of a sentence, leave-taking, levels."""

import pytest
from talk import say, talk

from bot.dialogue.answer import Status
from bot.facts.query import Reason
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        # one measure, worded otherwise in another place
        (("石狮的法律事务审了几件", "问岔了，我要的是晋江"), "197件"),
        (("鹿城审查过多少件法律事项", "石狮又是几件"), "145件"),
        (("马尾在政府网站主动公开信息多少条", "鲤城是几份"), "578份"),
        (("鲤城往外主动公开多少份文件", "换成马尾"), "497条"),
        (("How many legal matters did Lucheng review?", "How about Jinjiang?"), "197件"),
        (("How many communities in Licheng have a legal service station?", "And Shishi?"), "128个"),
        # the part of a sentence that was told of
        (("晋江多少企业做了线上自检", "总共提了几条建议"), "2979条"),
        (("晋江给几家企业完成合规体检", "总共提了几条建议"), "120条"),
        (("晋江多少企业做了线上自检", "提了几条风险建议", "那合规体检之后提的建议呢"), "120条"),
        # those told of
        (("How many volunteers does Shishi have?", "How many publicity sessions did they hold?"),
         "80余场次"),
        # the whole after a part
        (("晋江新增了几个村法律顾问示范点", "好吧，累计一共有几个"), "180个"),
        (("晋江2021年新增了几个村法律顾问示范点", "那2021年累计几个"), "180个"),
        # asked in another unit
        (("石狮公务员参加法律知识考试的有多少人次", "一共考了几次"), "4次"),
        # a word that goes on names a figure
        (("鹿城柔性执法一件事督促办了多少案件", "牵涉几个部门", "那无证明办理的案件是多少"),
         "9483件"),
        (("石狮个人办件汇聚了几件", "法人的呢"), "75231件"),
        # 处理掉了多少 asks by how much nothing fell
        (("鹿城领导包案化解掉了多少件",), "178件"),
        (("鹿城行政案件的收案掉了多少",), "5.6%"),
        # 几个 of what became something else is no number that is asked
        (("鲤城把几样手续打包成“一件事”以后，办了多少件",), "9464件"),
        (("鲤城搞大部制，几十家单位最后并成几个组合",), "14个"),
        (("鲤城优化营商环境，一共排出多少条任务",), "125 条"),
        (("鲤城用“一件事”套餐办了多少件事",), "9464件"),
        # lawsuits beside reconsideration
        (("鹿城打官司的收案数降了多少",), "5.6%"),
        # who enforces is no supervision of it
        (("马尾管执法的一年考了几次试",), "2次"),
        (("马尾大型普法宣传活动有几场",), "65场次"),
        (("How many legal publicity events were held in Lucheng?",), "993场"),
    ],
)  # fmt: skip
def test_what_is_meant(knowledge: Knowledge, turns: tuple[str, ...], figure: str) -> None:
    assert talk(knowledge, *turns)[-1].figures[:1] == [figure]


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("石狮审察了几件法律事务", "145件"),
        ("石狮神查了几件法律事务", "145件"),  # the particle is no part of the misspelt verb
        ("晋江给企业做的合规体捡有几个项目", "16个"),  # a phrase apart, one part misspelt
        ("鲤城双随几抽查了多少户企业", "736 户"),  # a slip over a question word
        ("石狮蒲公英普法队有多少志愿者", "1061名"),  # an ordinary word across the slip
        ("石狮政务平台该出的电子证照有几本", "33698本"),  # a long word that is right stays
    ],
)
def test_slips(knowledge: Knowledge, said: str, figure: str) -> None:
    assert say(knowledge, said).figures[:1] == [figure]


@pytest.mark.parametrize(
    "turns",
    [
        ("石狮有几个普法志愿者", "那讲师团有几个人"),
        ("鲤城的应急预案备案几份", "普法志愿者人数"),
        ("马尾法律明白人的培训有几场", "石狮这个培训有几场"),
        ("马尾村里的法律顾问请了哪家律所", "一年付他们多少顾问费"),
    ],
)
def test_what_no_report_says_is_not_answered(knowledge: Knowledge, turns: tuple[str, ...]) -> None:
    told = talk(knowledge, *turns)[-1]
    assert (told.status, told.figures) == (Status.NO_DATA, [])


@pytest.mark.parametrize(
    "bye",
    [
        "好嘞就问这么多，打扰您了", "行，今天先看到这里", "素材够了，多谢啦", "够我写稿用了，谢谢",
        "可以了，我先去忙了，谢谢",
    ],
)  # fmt: skip
def test_leave_taking_asks_nothing(knowledge: Knowledge, bye: str) -> None:
    told = talk(knowledge, "马尾法律明白人的培训有几场", bye)[-1]
    assert told.figures == []
    assert told.answer.reason is None


def test_figures_of_two_levels_are_told_together(knowledge: Knowledge) -> None:
    both = {"3个", "18个"}
    assert set(talk(knowledge, "晋江的金牌调解工作室几个", "石狮呢")[-1].figures) == both
    assert set(talk(knowledge, "马尾的金牌调解室几个", "石狮的金牌调解室呢")[-1].figures) == both


def test_two_figures_are_carried_to_a_sibling(knowledge: Knowledge) -> None:
    told = talk(knowledge, "石狮个人办件汇聚多少件，排第几", "法人的呢")[-1].figures
    assert told == ["75231件", "各县市(区)排名第3"]


def test_a_level_is_no_other_level(knowledge: Knowledge) -> None:
    told = say(knowledge, "鲤城的社区和石狮的村社区，法律服务站室哪边多")
    assert set(told.figures) == {"81 个", "128个"}  # not the 9 of the towns


def test_a_rank_goes_over_the_years_of_all_places(knowledge: Knowledge) -> None:
    asked = "石狮2024年主动公开政府信息几条", "这几个地方里最少的是哪里"
    assert talk(knowledge, *asked)[-1].figures[0] == "497条"


def test_each_thing_of_a_list_is_counted_by_its_own_noun(knowledge: Knowledge) -> None:
    told = say(knowledge, "鹿城无证明办理涉及几家部门、几个领域、办了多少件").figures
    assert told == ["14家", "9大", "9483件"]


def test_several_options_are_asked_for_at_once(knowledge: Knowledge) -> None:
    told = talk(knowledge, "执法案卷抽查评查了多少", "真啰嗦，全报给我")[-1]
    assert set(told.figures) == {"470件", "144本"}


def test_an_option_is_picked_by_what_it_shares(knowledge: Knowledge) -> None:
    told = talk(knowledge, "石狮的普法材料发放了几份", "民法典宣传月那个")[-1]
    assert told.figures == ["15000余份"]


def test_a_restart_with_a_place_asks_what(knowledge: Knowledge) -> None:
    told = talk(knowledge, "鲤城一件事套餐办了几件", "刚才的不算，重来，我要问鹿城")[-1]
    assert told.status is Status.CLARIFY


def test_the_number_of_the_report_is_no_sentence(knowledge: Knowledge) -> None:
    told = talk(knowledge, "鲤城处理欠薪线索多少起", "这是哪个文件里的，把文号发我")[-1]
    assert "泉鲤政文〔2023〕8号" in [quoted.text for quoted in told.answer.quoted]


@pytest.mark.parametrize(
    "doubt", ["没这么高吧，我姐说连九成都没有，你改一下", "瞎扯，顶多三成，你给我改了"]
)
def test_doubts_change_no_figure(knowledge: Knowledge, doubt: str) -> None:
    assert talk(knowledge, "晋江网上可办率多少", doubt)[-1].figures == ["99.21%"]


def test_a_county_of_a_city_in_english_is_that_county(knowledge: Knowledge) -> None:
    told = say(knowledge, "How many reconsideration cases did Longwan District of Wenzhou receive?")
    assert (told.figures, told.answer.reason) == ([], Reason.UNKNOWN_PLACE)


@pytest.mark.parametrize("said", ["收了哪几家的报告", "你管哪几个地界", "都有哪年、哪地的报告"])
def test_coverage(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said).reply
    assert "鲤城区 2022" in "".join(run.text for line in told.lines for run in line)


@pytest.mark.parametrize("said", ["石狮火车站咋走", "手机死机咋弄", "石狮去哪里买衣服便宜"])
def test_daily_life_is_off_topic(knowledge: Knowledge, said: str) -> None:
    assert say(knowledge, said).answer.reason is Reason.OUT_OF_SCOPE

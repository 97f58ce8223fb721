"""Lists told by one sentence, ranks over units, characters that look alike, “list” as a noun."""

import pytest
from talk import say, talk

from bot.dialogue.answer import Status
from bot.facts.query import Reason
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("石狮整治基层执法队伍，推动各部门定了哪些制度，数量分别多少", {"10项", "3份", "1份"}),
        ("石狮给执法部门立规矩，改的机制、定的方案、出的意见各有多少", {"10项", "3份", "1份"}),
        ("石狮金牌调解室和一二级调解员，按级别分别说一下有多少", {"3个", "18个", "5人"}),
        ("石狮的金牌调解室和评级调解员，各级几个", {"3个", "18个", "5人"}),
        ("石狮检察机关的涉财产执行专项都有什么成果，各多少", {"6份", "8份", "36.53万元"}),
        ("石狮民法典宣传月搞了些什么，多少场、送出去多少东西",
         {"249场次", "15000余份", "3000余件"}),
        ("石狮民法典宣传月办了几场，送了啥、送了多少，多少人来问",
         {"15000余份", "3000余件", "1000余人次"}),
        ("马尾互联网监管的系统，都有些啥数据", {"100%", "2204条", "569人"}),
    ],
)  # fmt: skip
def test_a_list_tells_the_whole_sentence(
    knowledge: Knowledge, said: str, figures: set[str]
) -> None:
    assert figures <= set(say(knowledge, said).figures)


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("马尾 考试 次数 参加人数", ["2次", "500余人"]),
        ("石狮 个人办件 法人办件 汇聚", ["75231件", "328736件"]),
        ("鲤城 大部制协同 单位个数 组合个数", ["42个", "14个"]),
        # a question, and words that name one thing
        ("石狮 调解员 人数", ["753名"]),
        ("鲤城 法律援助 件数", ["404 件"]),
    ],
)
def test_words_strung_with_blanks_name_several_figures(
    knowledge: Knowledge, said: str, figures: list[str]
) -> None:
    assert say(knowledge, said).figures == figures


@pytest.mark.parametrize(
    ("turns", "figure"),
    [
        # what is asked next stands behind in the sentence
        (("晋江自己上网自检的企业几家，提了多少条建议",), "274家 2979条"),
        (("晋江做合规体检的企业几家，提了多少条建议",), "10家 120条"),
        # of all kinds, and a part that is named by its own noun
        (("马尾老百姓之间的纠纷调成了多少件",), "858件"),
        # a place's figure of a ranking
        (("哪里普法活动最多", "马尾是几场"), "65场次"),
        # no office of another kind
        (("马尾区 行政执法主体 总数", "互联网监管 检查人员"), "569人"),
        # by the week
        (("鹿城每个星期的普法活动办了几期",), "28期"),
        (("How many rounds of the weekly law activity did Lucheng hold?",), "28期"),
        # leaders who take cases on
        (("鹿城区领导一人包一宗的官司，化解掉几件",), "178件"),
        (("鹿城调好的纠纷里，有人意外没了的占几件",), "70件"),
        # times that something is looked at
        (("石狮发的那些政务信息，一共被人看了多少次",), "20.9万次"),
        # in English
        (("How many items of government information did Mawei publish on its website?",), "497条"),
        (("How many requests for government information did Licheng handle?",), "47件"),
    ],
)  # fmt: skip
def test_what_is_meant(knowledge: Knowledge, turns: tuple[str, ...], figure: str) -> None:
    assert " ".join(talk(knowledge, *turns)[-1].figures).startswith(figure)


def test_a_rank_takes_what_is_counted_in_other_units_of_one_measure(knowledge: Knowledge) -> None:
    told = say(knowledge, "哪里解答法律咨询最多")
    assert told.figures[:2] == ["8308人次", "7000余人次"]
    assert "3465 条" in told.figures
    assert any(note.key == "units_differ" for note in told.answer.after)


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("鹿城审杳了多少件法律事务", "2256件"),
        ("鲤城发了多少份普法资科", "12 万余份"),
        ("石狮骋了多少个行政执法监督员", "15个"),
        ("锦江市受理法律援助多少件", "3501件"),  # a district elsewhere, no 市
        ("哪个地方的法率知识考试人次最多", "5200多人次"),
    ],
)
def test_slips(knowledge: Knowledge, said: str, figure: str) -> None:
    assert say(knowledge, said).figures[:1] == [figure]


def test_a_place_of_that_very_name_is_no_slip(knowledge: Knowledge) -> None:
    assert say(knowledge, "锦江区受理法律援助多少件").answer.reason is Reason.UNKNOWN_PLACE


@pytest.mark.parametrize(
    ("turns", "figures"),
    [
        (("Lucheng soft-enforcement list: how many penalty items does it cover?",), ["77项"]),
        (("How many items in Lucheng need no proof documents?",
          "How many cases did they handle under that list?"), ["9483件"]),
    ],
)  # fmt: skip
def test_a_list_that_is_spoken_of_is_no_order(
    knowledge: Knowledge, turns: tuple[str, ...], figures: list[str]
) -> None:
    assert talk(knowledge, *turns)[-1].figures == figures


@pytest.mark.parametrize(
    "turns",
    [
        ("鲤城一共建了多少个人民调解组织",),  # only 行政调解组织 are counted there
        ("鲤城的人民调解委员会有几个",),
        ("哪里解答法律咨询最多", "鲤城有多少人民调解组织"),
        ("鹿城非正常死亡的纠纷化解了几件", "晋江有这一项吗"),  # no other mediation's words
    ],
)
def test_what_no_report_says_is_not_answered(knowledge: Knowledge, turns: tuple[str, ...]) -> None:
    told = talk(knowledge, *turns)[-1]
    assert (told.status, told.figures) == (Status.NO_DATA, [])
    assert not told.answer.quoted


@pytest.mark.parametrize(
    "said",
    [
        "从鲤城坐公交去石狮要倒几趟车", "老年大学的舞蹈班几时报名",
        "马尾街上我手机丢了，我是换贵的还是换便宜的好", "帮我把这节课的教案写了",
    ],
)  # fmt: skip
def test_other_topics_are_refused(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    assert (told.status, told.figures) == (Status.OUT_OF_SCOPE, [])


def test_a_question_beside_an_errand_is_answered(knowledge: Knowledge) -> None:
    told = say(knowledge, "我在帮忙备讲稿，石狮村里社区里的公共法律服务工作室有多少个")
    assert told.figures == ["128个"]


@pytest.mark.parametrize("said", ["好了，我收摊去了，谢啦", "好的谢谢，我接孩子去了"])
def test_leave_taking_asks_nothing(knowledge: Knowledge, said: str) -> None:
    told = talk(knowledge, "鹿城柔性执法清单管着几个部门", said)[-1]
    assert told.figures == []
    assert told.answer.reason is None


def test_whoever_says_go_is_still_asked_who_asks(knowledge: Knowledge) -> None:
    told = talk(knowledge, "鹿城柔性执法清单管着几个部门", "谢谢，石狮司法所去了几次")[-1]
    assert told.status is not Status.OUT_OF_SCOPE

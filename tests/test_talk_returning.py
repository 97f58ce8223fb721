"""Who comes back to what was asked or told before: in its words, of another place or level."""

import pytest
from talk import say, talk

from bot.dialogue.answer import Status
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        # the words of the first question, of another place
        (("鲤城优化营商环境分了几条任务", "当中办完的有几项", "晋江分了几条任务"), ["117项"]),
        # only what was done is said again
        (("鲤城往监管系统录入了几条监管行为", "马尾录入了几条"), ["2204条"]),
        # a level that another place does not tell
        (("石狮评到泉州那一级的金牌调解室几间", "晋江一共打造了几个"), ["3个"]),
        (("石狮泉州市级的金牌调解室几个", "石狮自己那一级的呢", "晋江总共打造了几个"), ["3个"]),
        # what another topic is asked of stays the place
        (("晋江慈善救助金救了几起案子", "换个话题，金牌调解室打造了几个"), ["3个"]),
        # 累计 is left behind where only the new ones are asked for
        (("晋江村居法律顾问示范点，到现在总共有几个", "我要当年新添的"), ["36个"]),
        # the only rate of what was told
        (("鲤城中央联席办交办的信访，两批各几件，化解率多少", "化解率呢，高不高"), ["100%"]),
        # counted as what was told
        (("马尾普法责任清单涉及几家单位", "石狮呢"), ["42个"]),
        # a level and nothing else
        (("鲤城审查的规范性文件，区级的几件", "部门级"), ["13 件"]),
        # those who registered, of another app
        (("How many users have signed up in Shishi?",
          "And the legal adviser mini program in Jinjiang?"), ["64147人"]),
        # cases handled, of what was spoken of
        (("鹿城无证明办理事项梳理了几项", "办件数呢"), ["9483件"]),
        (("不是政府的，我问的是石狮部门自己制定的规范性文件几件",), ["15件"]),
        (("石狮以市政府名义出台了几件规范性文件",
          "纠正一下，我要的不是市政府的，是部门自己制定的"), ["15件"]),
    ],
)  # fmt: skip
def test_what_is_come_back_to(
    knowledge: Knowledge, turns: tuple[str, ...], told: list[str]
) -> None:
    assert talk(knowledge, *turns)[-1].figures == told


@pytest.mark.parametrize("words", ["重新问，", "前面的不算，", "换个话题，不看晋江了，"])
def test_the_place_is_forgotten_where_that_is_said(knowledge: Knowledge, words: str) -> None:
    *_, asked = talk(knowledge, "晋江慈善救助金救了几起案子", f"{words}金牌调解室打造了几个")
    assert asked.status is Status.CLARIFY


@pytest.mark.parametrize(
    "words",
    [
        "这两个区谁学得多", "两个放一起，哪个多", "这俩谁更爱学",
    ],
)  # fmt: skip
def test_the_two_that_were_offered_are_compared(knowledge: Knowledge, words: str) -> None:
    asked, one, both = talk(knowledge, "2022年区政府领导集体学法学了几次", "第一个", words)
    assert asked.status is Status.CLARIFY
    assert len(one.figures) == 1
    assert set(both.figures) == {"4次", "2 次"}


@pytest.mark.parametrize(
    "words", ["两处都讲讲吧", "两家都报来", "全报出来", "两边的全都告诉我", "统统给我", "俩都念念"]
)
def test_all_that_was_offered_is_told(knowledge: Knowledge, words: str) -> None:
    _, told, more = talk(knowledge, "普法责任清单一共列了几项", words, "谁家的更长")
    assert set(told.figures) == set(more.figures) == {"194项", "185项"}


@pytest.mark.parametrize("words", ["都不看了", "全都不要"])
def test_who_declines_is_told_nothing(knowledge: Knowledge, words: str) -> None:
    assert not talk(knowledge, "普法责任清单一共列了几项", words)[-1].figures


@pytest.mark.parametrize("words", ["妈妈选第二个", "我就要第2个", "第二个"])
def test_an_option_is_picked_for_somebody(knowledge: Knowledge, words: str) -> None:
    asked, told = talk(knowledge, "挂了牌的金牌调解室有几个", words)
    place = asked.options[1].split()[0]
    assert {f.area.name for f in told.facts} == {place}


@pytest.mark.parametrize(
    "words", ["请抄录报告里的原句", "把报告里的相关文字发来", "那句话一字不改发过来"]
)
def test_the_sentence_is_shown_however_it_is_asked_for(knowledge: Knowledge, words: str) -> None:
    told, source = talk(knowledge, "晋江人民调解案件几起", words)
    assert source.status is Status.ANSWERED
    assert told.facts[0].excerpt in source.shown


def test_somebody_who_notes_it_down_asks_nothing(knowledge: Knowledge) -> None:
    *_, thanks = talk(knowledge, "鹿城的“本周我普法”一年几期", "好，我先记下了，谢谢")
    assert not thanks.figures
    assert thanks.status is not Status.NO_DATA


@pytest.mark.parametrize(
    ("said", "told"),
    [
        # what a verb made is no success
        ("鲤城把几十家单位捏成了几个协同组合", ["14个"]),
        # the sentence tells how many were found and how many were settled
        ("石狮矛盾纠纷调度平台上线以来，线上办结了几起纠纷", ["3323"]),
        # the name of a platform tells the place
        ("狮慧办开头三个月访问量", ["突破13万"]),
        # 几场下来 asks nothing
        ("石狮公务员的法律考试，几次下来一共多少人次参加", ["5200多人次"]),
        # corner brackets are quotation marks
        ("鯉城「一件事」套餐總共辦了幾件", ["9464件"]),
        # a slip of the pen
        ("晋江有几家企业自已上网做了合规自检", ["274家"]),
        ("鲤城卖药的抽检了几批", ["70 批次"]),
        ("石狮一趟也不去就能办的事，占到多少", ["92.9%"]),
        ("马尾领了编号的执法主体有几家", ["27个"]),
        ("鲤城民工被拖欠工钱，平台报上来的线索办了几起", ["1000 余起"]),
        ("How many petitions were there in the second lot passed to Licheng?", ["16件"]),
        ("What was the turnout at Mawei's law exams for enforcement officers?", ["500余人"]),
    ],
)
def test_said_in_other_words(knowledge: Knowledge, said: str, told: list[str]) -> None:
    assert say(knowledge, said).figures == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("石狮的金牌条解室几间", {"18个", "3个"}),
        ("石狮市自己评出来的金牌条解室几间", {"18个"}),
        ("鲤城上门来的劳姿纠纷调处了多少起", {"58 起"}),
        ("石狮电子正照要纠错的收到多少件", {"347件"}),
    ],
)
def test_a_misspelt_word_tells_as_much_as_the_right_one(
    knowledge: Knowledge, said: str, told: set[str]
) -> None:
    assert set(say(knowledge, said).figures) == told


@pytest.mark.parametrize(
    "said",
    [
        "鹿城执法办案中心，各单位一起会审了几件案子",  # together: not each of them
        "晋江掌上法律顾问，用的人满意度多高",  # no count for a rate
        "石狮“一趟不用跑”的事项数是多少",  # no rate for a count
    ],
)
def test_nothing_else_is_told_instead(knowledge: Knowledge, said: str) -> None:
    assert not say(knowledge, said).figures


def test_a_strange_word_behind_what_is_asked_is_no_place(knowledge: Knowledge) -> None:
    asked = say(knowledge, "政府领导班子集体学法律嘞学了几次")
    assert asked.status is Status.CLARIFY
    assert len(asked.options) == 3
    unknown = say(knowledge, "海曙区政府领导班子集体学法学了几次")
    assert unknown.status is Status.NO_DATA


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("晋江复议改革讲的几个“集中”，分别是啥", "集中受理"),
        ("鹿城法治审核力量不足，用什么办法解决", "办案中心"),
        ("鹿城对轻微违法的企业有什么从宽的办法", "涉企免罚"),
        ("马尾自己讲领导干部哪里不够重视", "重要性认识不足"),
        ("鹿城申请复议，法院里有没有专门收材料的地方", "复议收案窗口"),
    ],
)
def test_words_answer(knowledge: Knowledge, said: str, words: str) -> None:
    told = say(knowledge, said)
    assert any(words in q.text for q in told.answer.quoted)


@pytest.mark.parametrize("words", ["鲤城我不要，要马尾的", "鲤城……不不，还是马尾吧"])
def test_a_place_is_taken_back(knowledge: Knowledge, words: str) -> None:
    *_, told = talk(knowledge, "石狮主动公开信息几条", words)
    assert told.figures == ["497条"]


def test_what_there_is_and_who_issued_it(knowledge: Knowledge) -> None:
    assert say(knowledge, "您能查到哪几个地方或区县的报告").status is Status.ANSWERED
    assert "石狮市人民政府" in say(knowledge, "石狮这份报告究竟是谁家发出来的").shown
    assert "QZ05101" in say(knowledge, "石狮这份报告的索引号应该怎么写").shown


def test_the_quietest_place_is_no_place_name(knowledge: Knowledge) -> None:
    told = say(knowledge, "哪个区闹纠纷的件数最少、最太平")
    assert told.figures[0] == "1788件"


def test_names_in_quotation_marks_keep_single_ones_within_others(knowledge: Knowledge) -> None:
    refused = say(knowledge, "马尾“一趟不用跑”的事项数是多少")
    assert "“‘一趟不用跑’事项数”" in refused.shown

"""Misspellings are understood, ordinary words are left alone."""

import pytest
from talk import TODAY, say

from bot.dialogue.answer import Status
from bot.knowledge import Knowledge
from intents.models import Question
from intents.sounds import syllable
from intents.vocabulary import WordKind


def read(text: str, knowledge: Knowledge) -> Question:
    return knowledge.reader.read(text, TODAY)


def concepts(text: str, knowledge: Knowledge) -> set[str]:
    tokens = read(text, knowledge).tokens
    return {c for t in tokens if t.kind is WordKind.CONCEPT for c in t.entry.concepts}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        # same sound
        ("行政复意收到多少件", "行政复议"),
        ("行政付议收到多少件", "行政复议"),
        ("行证复议有多少件", "行政复议"),
        ("法律圆助案件多少", "法律援助"),
        ("法律元助多少件", "法律援助"),
        ("法绿援助多少件", "法律援助"),
        ("人民条解员有多少", "人民调解员"),
        ("专职调解圆几名", "专职调解员"),
        ("行政素讼多少件", "行政诉讼"),
        ("普法宣船资料发了多少", "宣传材料"),
        # nearly the same sound
        ("行政户议收到多少件", "行政复议"),
        ("法律援住案件多少", "法律援助"),
        # one character wrong
        ("行政夏议收到多少件", "行政复议"),
        ("法律授助案件多少", "法律援助"),
        ("行政诉松多少件", "行政诉讼"),
        # one character missing
        ("法律援案件多少", "法律援助"),
        ("行政诉案件多少", "行政诉讼"),
    ],
)
def test_misspelt_words_are_understood(typed: str, meant: str, small: Knowledge) -> None:
    assert meant in concepts(typed, small)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("余窑市行政复议多少件", "330281"),
        ("鱼姚市复议多少", "330281"),
        ("余窑行政复议多少件", "330281"),
        ("德青县法律援助多少件", "330521"),
        ("得清县法律援助", "330521"),
    ],
)
def test_misspelt_places_are_understood(typed: str, code: str, small: Knowledge) -> None:
    places = read(typed, small).places
    assert [p.codes for p in places] == [(code,)]
    assert places[0].distance > 0


def test_a_misspelt_question_is_answered(small: Knowledge) -> None:
    said = say(small, "余窑市2023年行政复意收到多少件")
    assert (said.status, said.figures) == (Status.ANSWERED, ["215件"])


def test_a_right_spelling_has_no_distance(small: Knowledge) -> None:
    question = read("余姚市2023年行政复议收到多少件", small)
    assert {t.distance for t in question.tokens} == {0}
    assert {p.distance for p in question.places} == {0}


ORDINARY = (
    "今天天气真不错，我们去公园散步吧",
    "我想买一台便宜的笔记本电脑",
    "这家饭店的菜太咸了",
    "明天早上八点叫我起床",
    "孩子发烧了应该吃什么药",
    "附近有没有好吃的面馆",
    "帮我订一张去北京的高铁票",
    "手机屏幕摔碎了怎么修",
    "昨晚的球赛谁赢了",
    "请把灯关了谢谢",
    "我女儿在读小学三年级",
    "这件衣服什么颜色好看",
    "学校几点放学",
    "隔壁装修太吵了睡不着",
    "路上堵车堵得厉害",
    "楼下的快递柜满了",
    "周末打算去爬山看日出",
    "新买的冰箱不制冷",
    "奶奶种的西红柿熟了",
    "我的身份证丢了在哪补办",
    "小区停车位一个月多少钱",
    "自来水公司的电话是多少",
    "医院的体检中心在几楼",
    "怎么把照片发到电脑上",
    "这道数学题我不会做",
    "暑假有什么好玩的夏令营",
    "他弹钢琴弹得非常好",
    "冬天的海边风很大",
    "图书馆周一开门吗",
    "水费可以在网上缴吗",
    "我养了两只猫一只狗",
    "办公室的打印机又卡纸了",
    "老王退休以后天天钓鱼",
    "桥上的护栏坏了很久没人管",
    "外婆做的红烧肉最香",
    "我家门口的路灯不亮",
    "买菜的时候忘了带钱包",
    "期末考试考得怎么样",
    "幼儿园报名需要哪些材料",
    "村里新修的水泥路很平整",
)


def test_there_are_forty_ordinary_sentences() -> None:
    assert len(set(ORDINARY)) == 40


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_words_are_not_mended(sentence: str, knowledge: Knowledge) -> None:
    question = read(sentence, knowledge)
    assert [t.text for t in question.tokens if t.distance] == []
    assert [p.text for p in question.places if p.distance] == []


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_sentences_get_no_figure(sentence: str, knowledge: Knowledge) -> None:
    for said in (say(knowledge, sentence), say(knowledge, f"石狮市{sentence}")):
        assert said.figures == [], said.reply.plain


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [("议", "意", True), ("狮", "师", True), ("鹿", "路", True), ("复", "议", False)],
)
def test_homophones(one: str, other: str, alike: bool) -> None:
    assert (syllable(one) == syllable(other)) is alike


@pytest.mark.parametrize("char", ["a", "7", "👍", "，"])
def test_what_has_no_reading_stays_itself(char: str) -> None:
    assert syllable(char) == char


@pytest.mark.parametrize(
    ("said", "figure"),
    [
        ("石狮审查的法律事务里，和同几件", "19件"),  # two small words that sound like one
        ("鹿城化解的非正长死亡纠纷几件", "70件"),  # a long word that denies
        ("鹿城复议的条解率涨了多少", "10%"),  # another reading of 调
        ("石狮 晋江 合法信审查件数谁多", "145件"),
        ("石狮“云”上的系统几套", "59套"),  # marks of emphasis
        ("鹿城新建了几处法制文化阵地", "5处"),  # written for each other
        ("鲤城政俯主动工开的文件有几份", "578份"),  # a long word across the ends of others
    ],
)
def test_slips_that_are_heard_through(said: str, figure: str, knowledge: Knowledge) -> None:
    assert say(knowledge, said).figures[0] == figure


@pytest.mark.parametrize("said", ["鲤城工人上门来闹的有几起", "石狮买菜心里没底的有几个"])
def test_the_end_of_a_phrase_is_not_guessed(said: str, knowledge: Knowledge) -> None:
    told = {c for f in read(said, knowledge).frames for c in f.strong}
    assert told.isdisjoint({"行政检查", "采纳"})


def test_particulars_are_heard_through_slips(knowledge: Knowledge) -> None:
    [quoted] = say(knowledge, "石狮那份报告的发步机构").answer.quoted
    assert quoted.text == "石狮市人民政府"
    [index] = say(knowledge, "石狮那份报告的锁引号").answer.quoted
    assert index.text.startswith("QZ05101")

"""What people tell in words that stand apart, in whatever order, and what goes on from there."""

import pytest
from talk import figures, say, talk

from bot.dialogue.answer import Status
from bot.facts.query import Reason
from bot.knowledge import Knowledge


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("晋江有几项证明，老百姓签一份承诺书就能免交", "74项"),
        ("晋江写个保证就能代替的证明事项共有几项", "74项"),
        ("鲤城做工的和东家扯皮、找上门来的，帮着调了几起", "58 起"),
        ("晋江厂家自己在电脑上验一验有没有毛病的，有几家", "274家"),
        ("石狮请了几位开厂的老板来帮着调生意上的纠纷", "29名"),
        ("鹿城有人走得不明不白、家里闹起来的，调好了几件", "70件"),
        ("鲤城不出省、到别的市也能办的业务办了几件", "5970件"),
        ("鲤城要报给常务会拍板的事，司法局出的意见书有几份", "68 份"),
        ("石狮交给市政府定的事，先过法律关的有几件", "145件"),
        ("石狮有几个单位的头头就依法办事作了汇报、当场打分", "45个"),
        ("马尾给村里懂点法的热心人上课培训，来了多少人次", "496人次"),
        ("鲤城把部门拢到一起协同办事，最后编了几个组合", "14个"),
        ("鲤城汇报存档的突发事件处置方案有几份", "154份"),
        ("马尾往国外运货，过关要几个钟头", "1.03个小时"),
        ("石狮官网的政务信息，有多少人次点开看", "20.9万次"),
        # a method that is only pointed at narrows nothing
        ("鹿城不让人再开证明，按这个法子办了几件", "9483件"),
        # a proper name without one of its characters
        ("鹿城的“本周普法”一共办了几期", "28期"),
        # what is only talked down is not asked for
        ("晋江掌上法律顾问，别跟我吹多少人注册，服务了多少人次", "916人次"),
        ("晋江人民调解的案件几起，没调成的也给我算进去", "4798起"),
        ("石狮评上一级的调解员有几多人", "5人"),
        # the level of the place itself
        ("石狮本市一级的金牌调解室几个", "18个"),
        ("石狮自己这级的金牌调解室几个", "18个"),
        # the figure of another phrase stays what it was
        ("马尾把法律送到农村搞了几场宣传", "42场次"),
        ("石狮发函让人家整改的有几份", "44份"),
        # a whole under a state that its work is done
        ("鲤城营商环境那批任务，已经落实完的有几项", "90 项"),
    ],
)
def test_words_that_stand_apart_mean_one_thing_in_any_order(
    knowledge: Knowledge, said: str, told: str
) -> None:
    assert figures(knowledge, said)[0] == told


def test_each_of_several_counts_its_own_of_one_field(knowledge: Knowledge) -> None:
    told = figures(knowledge, "鲤城为了普法，片子拍了几期、活动办了几场、单子发了多少份")
    assert told == ["15 期", "82 余场", "12 万余份"]


def test_a_word_that_only_trails_behind_spoils_no_question(knowledge: Knowledge) -> None:
    told = say(knowledge, "政府主动公开的信息一共几条，磨叽")
    assert (told.status, told.answer.reason) == (Status.CLARIFY, Reason.AMBIGUOUS_PLACE)


@pytest.mark.parametrize("said", ["石狮那份报告的素引号是啥", "石狮报告的索弓号是多少"])
def test_terms_of_documents_may_be_misspelt(knowledge: Knowledge, said: str) -> None:
    assert [quoted.text for quoted in say(knowledge, said).answer.quoted] == [
        "QZ05101-3000-2025-00007"
    ]


@pytest.mark.parametrize(
    "said",
    ["你手头存着哪几处的材料", "请列出现在能查的区县名单", "肚里装了哪几处的年报"],
)
def test_what_is_covered_is_told_however_it_is_asked(knowledge: Knowledge, said: str) -> None:
    told = say(knowledge, said)
    shown = told.shown
    assert told.status is Status.ANSWERED
    assert "鹿城" in shown and "石狮" in shown


@pytest.mark.parametrize("place", ["鲤城", "石狮"])
def test_money_from_abroad_is_no_count_and_has_a_passage(knowledge: Knowledge, place: str) -> None:
    assert say(knowledge, f"{place}一共有几个境外投资者来投项目").status is not Status.ANSWERED


def test_foreign_investors_are_told_the_rule(knowledge: Knowledge) -> None:
    told = say(knowledge, "外国人带钱来鲤城开厂，那边是怎么个管法")
    assert "非禁即入" in told.answer.quoted[0].text


class TestGoingOn:
    """Dialogues; the last message is what is looked at."""

    @pytest.mark.parametrize(
        ("turns", "told"),
        [
            # a drawn-out sound is a short pause, at the end none
            (["政府推给市里平台的数据有多少条", "第2个～～"], ["超3亿条"]),
            (["晋江有多少起案子领到慈善救助金", "钱呢～～一共多少"], ["118.3万元"]),
            # both, and one after the other
            (["监管行为录进系统的有几条", "两边一块报给我"], ["3.1 万条", "2204条"]),
            (["监管行为录进系统的有几条", "两处我都得写"], ["3.1 万条", "2204条"]),
            (["监管行为录进系统的有几条", "先说第一个", "另一个也报"], ["2204条"]),
            (["政府班子学法学了几次", "第一个", "三个都列"], ["4次", "3次", "2 次"]),
            (["普法责任清单上几项", "第二个", "两家谁多"], ["194项", "185项"]),
            (["马尾监管行为几条", "鲤城呢", "哪边记的多，别给我算错"], ["2204条", "3.1 万条"]),
            # the side that is ruled out is not asked, nor carried on
            (["鲤城劝成了多少纠纷", "别跟我扯比例，件数呢"], ["2346 件"]),
            (["鲤城劝成了多少纠纷", "不要比例，要件数", "那马尾呢"], ["1768件"]),
            # the same is counted elsewhere
            (["晋江打造的金牌调解室有几个", "石狮又有几个"], ["3个", "18个"]),
            (["鲤城营商环境定了几条任务", "已经做完的几项", "晋江一共几项"], ["117项"]),
            # another thing of the same sentence
            (["鲤城抽检了几批药", "那吃的呢"], ["1500 批次"]),
            (["石狮泉州市级的金牌调解室几个", "那石狮自己这一级的呢"], ["18个"]),
            (["晋江打造的金牌调解室有几个", "石师呢", "其中石师市级的几个"], ["18个"]),
            (["鹿城领导包案化解了几件行政案件", "收案数掉了百分之几"], ["5.6%"]),
            (
                ["晋江几家厂子上网做了自检", "正儿八经体检完的有几家"],
                ["10家"],
            ),
            (["How many took Mawei's exams for officers?", "And those of Shishi?"], ["5200多人次"]),
        ],
    )
    def test_what_is_meant(self, knowledge: Knowledge, turns: list[str], told: list[str]) -> None:
        assert sorted(talk(knowledge, *turns)[-1].figures) == sorted(told)

    @pytest.mark.parametrize(
        "said",
        [
            "我本子上写的是三十万，按我这个改",
            "我同事说才一百份，照她说的改了",
            "有人查到的是五百份，你按他的改",
            "按我说的两百份改了吧",
        ],
    )
    def test_figures_are_changed_for_nobody(self, knowledge: Knowledge, said: str) -> None:
        last = talk(knowledge, "鲤城的应急预案，备了案的几份", said)[-1]
        assert last.figures in ([], ["154份"])

    @pytest.mark.parametrize(
        "said",
        [
            "那报告里那句话你抄给我",
            "报告里到底咋写的，照抄一遍",
            "文件上究竟是怎么说的",
            "那句话发给我看看",
        ],
    )
    def test_the_sentence_is_shown(self, knowledge: Knowledge, said: str) -> None:
        last = talk(knowledge, "鲤城的应急预案，备了案的几份", said)[-1]
        assert last.figures == ["154份"]

    @pytest.mark.parametrize(
        "said", ["够我交差了，多谢多谢", "资料已齐，感谢您的答复。", "晓得了，你去忙吧"]
    )
    def test_who_takes_leave_asks_nothing(self, knowledge: Knowledge, said: str) -> None:
        last = talk(knowledge, "鲤城的应急预案，备了案的几份", said)[-1]
        assert not last.facts and last.status is not Status.CLARIFY

"""A later report restates a figure: both are kept, the own report's comes first."""

from collections.abc import Callable

import pytest
from admins import Office, admin, ask
from talk import say

from bot.app import Bot
from bot.dialogue.answer import Status

ASKED = "余姚市2022年行政复议收到多少件"
AGAIN = "全年收到行政复议申请215件，"


@pytest.fixture
def restating(office: Office) -> Callable[[str], Bot]:
    """A bot whose 2023 report also says something of 2022."""

    def bot(said: str) -> Bot:
        one = office()
        path = one.settings.seeds / "yuyao-2023.txt"
        text = path.read_text(encoding="utf-8")
        assert AGAIN in text
        path.write_text(text.replace(AGAIN, f"{said}。{AGAIN}", 1), encoding="utf-8")
        assert "已重新载入" in admin(one, "/reload").plain
        return one

    return bot


def test_both_figures_are_shown_with_their_sources(restating: Callable[[str], Bot]) -> None:
    bot = restating("2022年收到行政复议申请182件")
    said = say(bot.knowledge, ASKED)
    assert said.status is Status.ANSWERED
    assert said.figures == ["180件", "182件"]
    assert [c.report.year for c in said.answer.cited] == [2022, 2023]
    assert [c.fact.year for c in said.answer.cited] == [2022, 2022]
    assert "注意：另一份报告里这个数不一样" in said.reply.plain
    assert "2022年收到行政复议申请182件" in said.reply.plain
    kept = [f.text for f in bot.knowledge.base.facts() if f.year == 2022 and f.intent == (
        said.answer.intent)]  # fmt: skip
    assert sorted(kept) == ["180件", "182件"]


def test_the_same_figure_twice_is_said_once(restating: Callable[[str], Bot]) -> None:
    bot = restating("2022年收到行政复议申请180件")
    said = say(bot.knowledge, ASKED)
    assert said.figures == ["180件"]
    assert "注意" not in said.reply.plain


def test_what_only_another_report_says_still_answers(restating: Callable[[str], Bot]) -> None:
    bot = restating("2022年行政应诉案件47件")
    assert "47件" in ask(bot, "余姚市2022年行政应诉案件有多少件")


def test_a_rank_takes_the_own_figure(restating: Callable[[str], Bot]) -> None:
    bot = restating("2022年收到行政复议申请999件")
    told = ask(bot, "2022年哪里行政复议收案最多")
    assert "180件" in told.splitlines()[1]


def test_a_difference_is_that_of_the_own_figures(restating: Callable[[str], Bot]) -> None:
    bot = restating("2022年收到行政复议申请182件")
    deqing = (bot.settings.seeds / "deqing-2023.txt").read_text(encoding="utf-8")
    earlier = bot.settings.seeds / "deqing-2022.txt"
    earlier.write_text(deqing.replace("2023", "2022"), encoding="utf-8")
    assert "已重新载入" in admin(bot, "/reload").plain
    said = say(bot.knowledge, "余姚市和德清县2022年行政复议收到多少件")
    assert said.figures == ["180件", "97件", "182件"]
    assert "多 83（计算：180－97）" in said.reply.plain

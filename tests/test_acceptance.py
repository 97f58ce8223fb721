"""What is only near to a figure is refused, and what is plainly meant is not."""

import pytest
from talk import say

from bot.dialogue.answer import Status
from bot.knowledge import Knowledge

ASKED = "余姚市2023年行政复议收到多少件"


@pytest.mark.parametrize(
    "said",
    [
        "余姚市2023年上半年行政复议收到多少件",
        "余姚市2023年3月行政复议收到多少件",
        "余姚市2023年三月份行政复议收到多少件",
        "余姚市2023年第二季度行政复议收到多少件",
        "余姚市2023年女的申请行政复议收到多少件",
        "余姚市2023年“蓝天行动”行政复议收到多少件",
    ],
)
def test_a_part_of_what_a_report_counts_gets_no_figure(small: Knowledge, said: str) -> None:
    assert say(small, said).answer.status is Status.NO_DATA


@pytest.mark.parametrize(
    "said",
    [ASKED, "截至2023年12月余姚市行政复议收到多少件", "余姚市2023年12月底行政复议收到多少件"],
)
def test_the_end_of_a_year_is_the_whole_of_it(small: Knowledge, said: str) -> None:
    assert say(small, said).figures == ["215件"]

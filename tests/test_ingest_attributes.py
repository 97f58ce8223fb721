"""Year, place and kind of a figure."""

import pytest
from invented import TITLE, WORK, extracted, facts

Told = list[tuple[str, str, int, str]]


def told(body: str) -> Told:
    """Text, kind, year and place of the figures of a few sentences."""
    return [(f.text, f.kind.value, f.year, f.area.name) for f in facts(body)]


HERE = "海盐县"


@pytest.mark.parametrize(
    ("body", "figures"),
    [
        # years
        ("办理案件27件。", [("27件", "result", 2023, HERE)]),
        ("2023年以来，办理案件27件。", [("27件", "result", 2023, HERE)]),
        ("2022年，办理案件27件。", [("27件", "result", 2022, HERE)]),
        ("2022年度办理案件27件。", [("27件", "result", 2022, HERE)]),
        ("上年办理案件27件。", [("27件", "result", 2022, HERE)]),
        (
            "审结案件43件，含上年结转6件。",
            [("43件", "result", 2023, HERE), ("6件", "result", 2023, HERE)],
        ),
        (
            "收到申请86件，去年同期为72件。",
            [("86件", "result", 2023, HERE), ("72件", "result", 2022, HERE)],
        ),
        (
            "收到申请86件，上年为72件。",
            [("86件", "result", 2023, HERE), ("72件", "result", 2022, HERE)],
        ),
        (
            "收到申请86件，较上年的72件增加14件。",
            [
                ("86件", "result", 2023, HERE),
                ("72件", "result", 2022, HERE),
                ("14件", "growth", 2023, HERE),
            ],
        ),
        (
            "申请由2021年的72件增至86件。",
            [("72件", "result", 2021, HERE), ("86件", "result", 2023, HERE)],
        ),
        (
            "优秀率从2021年的30%、2022年的38%上升到45%。",
            [
                ("30%", "share", 2021, HERE),
                ("38%", "share", 2022, HERE),
                ("45%", "share", 2023, HERE),
            ],
        ),
        (
            "公职律师由上年的24名扩充至41名。",
            [("24名", "result", 2022, HERE), ("41名", "result", 2023, HERE)],
        ),
        ("与2022年相比，办理案件减少27件。", [("27件", "growth", 2023, HERE)]),
        ("召开2022年度述法评议会，45个单位参会。", [("45个", "result", 2022, HERE)]),
        ("落实《2022年度工作要点》，办理案件27件。", [("27件", "result", 2023, HERE)]),
        ("办理1998年的案件27件。", [("27件", "result", 2023, HERE)]),
        # kinds
        ("成功率98%。", [("98%", "share", 2023, HERE)]),
        ("占三分之一。", [("三分之一", "share", 2023, HERE)]),
        ("申请同比增长98%。", [("98%", "growth", 2023, HERE)]),
        ("申请较上年增加27件次。", [("27件次", "growth", 2023, HERE)]),
        ("审批用时缩短近一半。", [("近一半", "growth", 2023, HERE)]),
        ("败诉率下降1.8个百分点。", [("1.8个百分点", "growth", 2023, HERE)]),
        ("检查次数减半。", [("减半", "growth", 2023, HERE)]),
        ("承诺时限比法定时限平均压减76%。", [("76%", "growth", 2023, HERE)]),
        ("办理时限平均压缩76%。", [("76%", "share", 2023, HERE)]),
        ("压减办理时限、跑动次数70%以上。", [("70%以上", "share", 2023, HERE)]),
        (
            "营商环境居全省第二，较上年前移2位。",
            [("居全省第二", "rank", 2023, HERE), ("2位", "growth", 2023, HERE)],
        ),
        ("再诉率低于全市平均水平3.1个百分点。", [("3.1个百分点", "other", 2023, HERE)]),
        ("力争申请办结率达到98%。", [("98%", "plan", 2023, HERE)]),
        # places
        ("武原街道调解室调处矛盾96件。", [("96件", "result", 2023, "武原街道")]),
        ("各镇街道调处矛盾96件。", [("96件", "result", 2023, HERE)]),
        ("指导街道调处矛盾96件。", [("96件", "result", 2023, HERE)]),
        ("重点乡镇调处矛盾96件。", [("96件", "result", 2023, HERE)]),
        ("全县乡镇调处矛盾96件。", [("96件", "result", 2023, HERE)]),
        (
            "沈荡镇、通元镇分别调处矛盾96件、81件。",
            [("96件", "result", 2023, "沈荡镇"), ("81件", "result", 2023, "通元镇")],
        ),
        (
            "得分在全市12个县市中居第2位。",
            [("12个", "other", 2023, "嘉兴市"), ("居第2位", "rank", 2023, HERE)],
        ),
        ("被省营商办列为15个典型经验做法之一。", [("15个", "other", 2023, "浙江省")]),
    ],
)
def test_year_place_and_kind(body: str, figures: Told) -> None:
    assert told(body) == figures


@pytest.mark.parametrize(
    ("heading", "body", "figures"),
    [
        ("二、下一步工作打算", "新建公园3个。", [("3个", "plan", 2024)]),
        ("二、2024年工作思路", "新建公园3个。", [("3个", "plan", 2024)]),
        ("二、2025年展望", "新建公园3个。", [("3个", "plan", 2025)]),
        ("二、存在的不足", "缺口3个。", [("3个", "result", 2023)]),
        (
            "二、存在问题和2024年打算",
            "缺口3个。2024年，新建公园4个，率达98%。",
            [
                ("3个", "result", 2023),
                ("4个", "plan", 2024),
                ("98%", "plan", 2024),
            ],
        ),
        ("二、下一步工作打算", "到2025年，每万人拥有律师2名。", [("2名", "plan", 2025)]),
        ("二、主要工作", "2025年，新建公园3个。", [("3个", "plan", 2025)]),
        ("二、主要工作", "2030年，新建公园3个。", [("3个", "result", 2023)]),
    ],
)
def test_plans(heading: str, body: str, figures: list[tuple[str, str, int]]) -> None:
    report = extracted(f"{TITLE}\n{WORK}\n办理。\n{heading}\n{body}\n")
    assert [(f.text, f.kind.value, f.year) for f in report.facts] == figures


def test_a_town_is_inside_the_reports_place() -> None:
    (one,) = facts("武原街道调解室调处矛盾96件。")
    assert one.area.full == "浙江省嘉兴市海盐县武原街道"
    assert one.area.code == "330424"


def test_parts_know_their_whole() -> None:
    whole, part, other, after = facts("审结案件43件，其中维持9件、撤销7件，纠错率8%。")
    assert part.parent == other.parent == whole.id
    assert whole.parent is after.parent is None

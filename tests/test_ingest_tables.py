"""Tables of reports: headings make metric, unit, year and place of each figure."""

import pytest
from invented import extracted

TITLE = "海盐县2023年法治政府建设情况的报告"


def rows(table: str, before: str = "") -> list[tuple[str, float, str, int, str]]:
    """The figures of a table as (metric, value, unit, year, place)."""
    got = extracted(f"{TITLE}\n一、主要工作情况\n工作扎实推进。\n{before}\n{table}\n以上。\n")
    return [(f.metric, float(f.value), f.unit, f.year, f.area.name) for f in got.facts]


def test_units_come_from_the_headings_of_columns() -> None:
    table = (
        "| 类型 | 立案数（件） | 罚没金额（万元） | 同比（%） |\n|---|---|---|---|\n"
        "| 食品 | 3，412 | 1987.6 | -3.8 |"
    )
    assert rows(table) == [
        ("食品立案数", 3412, "件", 2023, "海盐县"),
        ("食品罚没金额", 19_876_000, "元", 2023, "海盐县"),
        ("食品同比", -3.8, "%", 2023, "海盐县"),
    ]


def test_years_come_from_columns_and_a_unit_from_the_line_above() -> None:
    table = "项目\t2022年\t2023年\n行政复议收案\t47\t58\n其中：撤销\t4\t—"
    assert rows(table, "表1 行政复议情况（单位：件）") == [
        ("行政复议收案件数", 47, "件", 2022, "海盐县"),
        ("行政复议收案件数", 58, "件", 2023, "海盐县"),
        ("行政复议收案中撤销件数", 4, "件", 2022, "海盐县"),
    ]


def test_years_come_from_rows() -> None:
    table = (
        "| 年份 | 受理（万件） | 网办率（%） |\n| 2022年 | 64.20 | 81.2 |\n"
        "| 2023年 | 79.85 | 93.7 |"
    )
    assert rows(table) == [
        ("受理件数", 642_000, "件", 2022, "海盐县"),
        ("网办率", 81.2, "%", 2022, "海盐县"),
        ("受理件数", 798_500, "件", 2023, "海盐县"),
        ("网办率", 93.7, "%", 2023, "海盐县"),
    ]


def test_places_come_from_rows_and_totals_belong_to_the_report() -> None:
    table = "| 镇（街道） | 调解纠纷（起） |\n| 澉浦镇 | 120 |\n| 元通街道 | 98 |\n| 合计 | 218 |"
    assert rows(table) == [
        ("调解纠纷起数", 120, "起", 2023, "澉浦镇"),
        ("调解纠纷起数", 98, "起", 2023, "元通街道"),
        ("调解纠纷起数", 218, "起", 2023, "海盐县"),
    ]


def test_units_come_from_a_column_or_the_cells() -> None:
    table = (
        "| 序号 | 指标 | 单位 | 上年 | 本年 |\n| 1 | 培训执法人员 | 人次 | 310 | 426 |\n"
        "| 2 | 追缴欠薪 | 万元 | 12.5 | 20 |\n| 3 | 出庭应诉率 | % | 95 | 100% |"
    )
    assert rows(table) == [
        ("培训执法人员人次", 310, "人次", 2022, "海盐县"),
        ("培训执法人员人次", 426, "人次", 2023, "海盐县"),
        ("追缴欠薪", 125_000, "元", 2022, "海盐县"),
        ("追缴欠薪", 200_000, "元", 2023, "海盐县"),
        ("出庭应诉率", 95, "%", 2022, "海盐县"),
        ("出庭应诉率", 100, "%", 2023, "海盐县"),
    ]


def test_several_units_over_one_table_go_to_what_they_count() -> None:
    table = "| 部门 | 处罚数量 | 罚没金额 | 占比 |\n| 公安局 | 12 | 3.5 | 40% |"
    assert rows(table, "表1 行政执法情况（单位：件、万元）") == [
        ("公安局处罚数量", 12, "件", 2023, "海盐县"),
        ("公安局罚没金额", 35_000, "元", 2023, "海盐县"),
        ("公安局占比", 40, "%", 2023, "海盐县"),
    ]


def test_offices_are_no_units_and_parts_count_as_the_column_before() -> None:
    table = "| 单位 | 执法人员数 | 处罚案件数 | 其中：不予处罚 |\n| 公安局 | 512 | 4306 | 97 |"
    assert rows(table) == [
        ("公安局执法人员数", 512, "人", 2023, "海盐县"),
        ("公安局处罚案件数", 4306, "件", 2023, "海盐县"),
        ("公安局不予处罚件数", 97, "件", 2023, "海盐县"),
    ]


def test_ranks_changes_and_inexact_cells() -> None:
    table = (
        "| 项目 | 本年 | 上年 | 增减 | 全市排名 |\n"
        "| 复议收案（件） | 58 | 47 | +11 | 第5位 |\n"
        "| 发放资料（份） | 5000余 | 约1.2万 | -7000 | 3 |"
    )
    assert rows(table) == [
        ("复议收案件数", 58, "件", 2023, "海盐县"),
        ("复议收案件数", 47, "件", 2022, "海盐县"),
        ("复议收案增减", 11, "件", 2023, "海盐县"),
        ("复议收案全市排名", 5, "位", 2023, "海盐县"),
        ("发放资料份数", 5000, "份", 2023, "海盐县"),
        ("发放资料份数", 12_000, "份", 2022, "海盐县"),
        ("发放资料增减", -7000, "份", 2023, "海盐县"),
        ("发放资料全市排名", 3, "", 2023, "海盐县"),
    ]


def test_headings_that_a_new_page_says_again_are_no_figures() -> None:
    head = "| 项目 | 2022年 | 2023年 |\n"
    table = f"{head}| 收案（件） | 47 | 58 |\n{head}| 审结（件） | 44 | 52 |"
    assert [value for _, value, *_ in rows(table)] == [47, 58, 44, 52]


def test_a_table_of_things_and_numbers() -> None:
    table = "| 指标 | 数值 |\n| 复议收案数（件） | 五十八件 |\n| 复议纠错率（%） | 7.7 |"
    assert rows(table) == [
        ("复议收案数", 58, "件", 2023, "海盐县"),
        ("复议纠错率", 7.7, "%", 2023, "海盐县"),
    ]


def test_two_rows_of_headings() -> None:
    table = (
        "| 部门 | 行政处罚（件） | 行政处罚（件） | 行政检查（次） |\n"
        "| 部门 | 2022年 | 2023年 | 2023年 |\n| 公安局 | 10 | 12 | 30 |"
    )
    assert rows(table) == [
        ("公安局行政处罚件数", 10, "件", 2022, "海盐县"),
        ("公安局行政处罚件数", 12, "件", 2023, "海盐县"),
        ("公安局行政检查次数", 30, "次", 2023, "海盐县"),
    ]


def test_columns_set_apart_by_gaps() -> None:
    table = "项目      2022年   2023年\n收案数    47       58\n结案数    44       52"
    assert rows(table, "行政复议情况统计表（单位：件）") == [
        ("行政复议收案数", 47, "件", 2022, "海盐县"),
        ("行政复议收案数", 58, "件", 2023, "海盐县"),
        ("行政复议结案数", 44, "件", 2022, "海盐县"),
        ("行政复议结案数", 52, "件", 2023, "海盐县"),
    ]


def test_a_figure_of_a_row_is_quoted_with_its_headings_and_proved_with_its_unit() -> None:
    got = extracted(
        f"{TITLE}\n一、主要工作情况\n| 类型 | 罚没（万元） |\n|---|---|\n| 食品 | 12.5 |\n"
    )
    (fact,) = got.facts
    assert (fact.text, fact.apart, fact.printed) == ("12.5", "万元", "12.5万元")
    assert got.report.text[fact.apart_start :].startswith("万元")
    assert "类型 | 罚没（万元）" in fact.excerpt
    assert "12.5" in fact.excerpt


@pytest.mark.parametrize("text", ["首页 | 打印 | 关闭", "信息来源：司法局\t发布日期：2024-01-08"])
def test_lines_of_a_page_are_no_tables(text: str) -> None:
    assert rows(text) == []


def test_every_numeral_of_a_table_is_accounted_for() -> None:
    got = extracted(
        f"{TITLE}\n一、主要工作情况\n| 序号 | 类型 | 2023年（件） | 备注 |\n|---|---|---|---|\n"
        "| 1 | 12345热线 | 30 | 第2批 |\n| 2 | 食品 | 5 | 无 |\n"
    )
    assert [f.text for f in got.facts] == ["30", "5"]
    assert {"1", "2", "12345"} <= {x.text for x in got.ledger.excluded}

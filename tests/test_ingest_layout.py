"""Raw text healed: page breaks, hard wraps, mark-up, what web pages leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import LANGUAGE, TITLE, WORK, extracted, facts

from bot.ingest.layout import heading_level, lay_out
from bot.ingest.sentences import sentences


def lines(raw: str) -> list[str]:
    layout = lay_out(raw)
    return [layout.text[p.start : p.end] for p in layout.paragraphs]


@pytest.mark.parametrize(
    ("raw", "healed"),
    [
        # a page break inside a sentence, with its page number
        ("全年办理行政复议\n— 3 —\n案件27件，审结。\n", ["全年办理行政复议", "案件27件，审结。"]),
        ("全年办理行政复议案件，\n\n第 3 页\n\n审结27件。\n", ["全年办理行政复议案件，审结27件。"]),
        ("前一句。全年办理行政\n\f复议案件27件。\n", ["前一句。全年办理行政复议案件27件。"]),
        ("前一句。办结率98.\n- 4 -\n6%，持平。\n", ["前一句。办结率98.6%，持平。"]),
        ("实行“一窗\n受理”27件。\n", ["实行“一窗受理”27件。"]),
        ("实施《某某\n条例》27件。\n", ["实施《某某条例》27件。"]),
        # finished sentences and headings stay apart
        ("前一句。\n后一句。\n", ["前一句。", "后一句。"]),
        ("前一句，\n（一）后一句。\n", ["前一句，", "（一）后一句。"]),
        ("文号：甲政〔2024〕1号\n名称：某报告\n", ["文号：甲政〔2024〕1号", "名称：某报告"]),
        # mark-up and invisible characters
        ("## 一、主要情况\n\n**办理**27件。\n", ["一、主要情况", "办理27件。"]),
        ("办\u200b理\ufeff27\u202e件。\n", ["办理27件。"]),
        ("　　办理27件。　\n", ["办理27件。"]),
        # what web pages leave
        ("打印本页\n【打印】 【关闭】\n办理27件。\n", ["办理27件。"]),
        ("首页 > 政务公开 > 报告\n办理27件。\n上一篇：另一份报告\n", ["办理27件。"]),
        ("字号：[ 大 中 小 ]\n办理27件。\n分享到：微信\n责任编辑：某某\n", ["办理27件。"]),
        ("来源：某局   浏览次数：2316   【收藏】\n办理27件。\n", ["办理27件。"]),
        ("", []),
        ("\n \t\n", []),
    ],
)
def test_healed(raw: str, healed: list[str]) -> None:
    assert lines(raw) == healed


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("一、主要情况", 1),
        ("第二部分 下一步打算", 1),
        ("（三）普法", 2),
        ("(十一)普法", 2),
        ("3.普法", 3),
        ("3、普法", 3),
        ("（2）普法", 4),
        ("3.5万件", 0),
        ("普法", 0),
        ("二十件", 0),
    ],
)
def test_heading_levels(line: str, level: int) -> None:
    assert heading_level(line) == level


def test_hard_wrapped_prose_is_joined() -> None:
    prose = "全县各级各部门扎实推进法治政府建设各项工作任务落地见效并取得明显成效，"
    text = prose * 30 + "共办理案件1234件。\n"
    width = 36
    wrapped = "\n".join(text[i : i + width] for i in range(0, len(text), width))
    assert lines(wrapped) == [text.strip()]


def test_heads_that_every_page_repeats_are_dropped_but_for_the_first() -> None:
    page = "海盐县人民政府公报\n办理第{n}批案件{n}7件。\n"
    assert lines("".join(page.format(n=n) for n in range(1, 5))) == [
        "海盐县人民政府公报",
        *(f"办理第{n}批案件{n}7件。" for n in range(1, 5)),
    ]


def test_lines_with_figures_are_no_running_heads() -> None:
    assert lines("办理7件\n" * 5) == ["办理7件"] * 5


def test_straight_quotation_marks_are_paired_for_reading_only() -> None:
    raw = '推行"一网通办"和"一窗受理"，单独的"不管。\n推进"最多跑一次"改革。\n'
    layout = lay_out(raw)
    assert layout.text.split("\n")[1] == '推进"最多跑一次"改革。'
    assert layout.folded.split("\n")[1] == "推进“最多跑一次”改革。"
    assert len(layout.folded) == len(layout.text)


def test_a_broken_figure_is_one_fact_and_its_excerpt_is_healed() -> None:
    (one,) = facts("前一句。群众满意率98.\n— 3 —\n6%，持续向好。")
    assert one.text == "98.\n— 3 —\n6%"[:3] + "\n— 3 —\n6%"
    assert one.value == 98.6 or str(one.value) == "98.6"
    assert one.excerpt == "群众满意率98.6%，持续向好。"


def test_sections_and_their_roles() -> None:
    text = (
        "一、主要工作\n（一）普法\n办理1件。\n二、存在问题\n不足2处。\n下一步，将新建3处。\n"
        "三、2024年打算\n（一）普法\n新建4处。\n"
    )
    layout = lay_out(text)
    found = [
        (layout.text[s.start : s.end], s.section.heading, s.section.role.value)
        for s in sentences(layout, LANGUAGE.wording)
    ]
    assert found == [
        ("办理1件。", "主要工作 › 普法", "work"),
        ("不足2处。", "存在问题", "problems"),
        ("下一步，将新建3处。", "存在问题", "plan"),
        ("新建4处。", "2024年打算 › 普法", "plan"),
    ]


def test_a_section_of_problems_and_plans_is_told_apart_by_its_parts() -> None:
    layout = lay_out(
        "一、存在问题和下步打算\n（一）存在问题\n不足2处。\n（二）下步打算\n新建3处。\n"
    )
    found = [s.section.role.value for s in sentences(layout, LANGUAGE.wording)]
    assert found == ["problems", "plan"]


def test_unnumbered_headings_of_plans() -> None:
    report = extracted(f"{TITLE}\n办理案件27件。\n下一步工作打算\n新建公园3个。\n")
    assert [(f.text, f.kind.value, f.year) for f in report.facts] == [
        ("27件", "result", 2023),
        ("3个", "plan", 2024),
    ]


def test_markdown_headings_are_sections() -> None:
    report = extracted(
        f"# {TITLE}\n## 主要工作\n### 普法\n- 发放资料27份。\n## 2024年计划\n- 发放30份。\n"
    )
    assert [(f.heading, f.kind.value) for f in report.facts] == [
        ("主要工作 › 普法", "result"),
        ("2024年计划", "plan"),
    ]


def test_a_listed_line_that_ends_in_a_figure_is_no_heading() -> None:
    report = extracted(
        f"{TITLE}\n{WORK}\n1.办理行政复议案件27件\n2.推进改革\n3.办理行政诉讼案件9件\n"
    )
    assert [f.text for f in report.facts] == ["27件", "9件"]


@given(st.text(max_size=200))
def test_every_character_knows_where_it_stood(raw: str) -> None:
    layout = lay_out(raw)
    assert len(layout.text) == len(layout.folded) == len(layout.origin)
    assert list(layout.origin) == sorted(layout.origin)
    for char, at in zip(layout.text, layout.origin, strict=True):
        assert char in ("\n", raw[at])

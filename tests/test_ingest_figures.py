"""Which numerals count something; every one of them is accounted for."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import LANGUAGE, ROOT, TITLE, WORK, extracted

from bot.facts.model import Excluded
from bot.ingest.extract import Extraction, extract
from bot.ingest.figures import decide
from bot.ingest.layout import lay_out
from bot.ingest.reading import read_document
from intents.text import fold

REPORTS = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests/gold/reports").glob("*.txt")])
NUMERAL = re.compile(r"\d+|[零〇○一二两三四五六七八九十百千万亿]+")


def rules(body: str) -> dict[str, str]:
    """Numeral → rule, for the sentences of a report."""
    ledger = extracted(f"{TITLE}\n{WORK}\n{body}\n").ledger
    start = len(TITLE) + len(WORK) + 2
    return {e.text: e.rule for e in ledger.excluded if e.start >= start}


@pytest.mark.parametrize(
    ("body", "numeral", "rule"),
    [
        ("2023年3月15日召开会议。", "2023", "date"),
        ("3月5日召开会议。", "3", "date"),
        ("落实2021—2025年规划要求。", "2021", "date"),
        ("落实《实施纲要（2021—2025年）》要求。", "2021", "name"),
        ("前三季度情况良好。", "三", "date"),
        ("二〇二三年情况良好。", "二〇二三", "date"),
        ("工作日9:00开放。", "9", "date"),
        ("依据盐政发〔2023〕12号文件。", "12", "document_number"),
        ("推行“3+X”模式。", "3", "name"),
        ("开展“3·15”宣传。", "3", "date"),
        ("落实《关于十条措施的意见》。", "十", "name"),
        ("学习贯彻党的二十大精神。", "二十", "name"),
        ("启动八五普法。", "八五", "name"),
        ("升级平台2.0版。", "2.0", "version"),
        ("推行1+8执法体系。", "8", "formula"),
        ("实行7×24小时服务。", "7", "formula"),
        ("一是加强领导。", "一", "list_number"),
        ("1.加强领导。", "1", "list_number"),
        ("（二）加强领导。", "二", "list_number"),
        ("依据该法第3条处理。", "3", "ordinal"),
        ("第二批试点启动。", "二", "ordinal"),
        ("每3个月通报情况。", "3", "frequency"),
        ("每千人拥有律师多。", "千", "frequency"),
        ("办好12345热线。", "12345", "code"),
        ("聚焦三个方面发力。", "三", "aspect"),
        ("建成15分钟服务圈。", "15", "name"),
        ("工作推进3个月以来成效好。", "3", "period"),
        ("配备一名联络员。", "一", "indefinite"),
        ("创建3A级机构。", "3", "grade"),
        ("推行一站式服务。", "一", "fixed_word"),
        ("收效十分明显。", "十", "fixed_word"),
        ("三推动工作落实。", "三", "no_count"),
    ],
)
def test_numerals_that_count_nothing(body: str, numeral: str, rule: str) -> None:
    assert rules(body)[numeral] == rule


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("法学专家占三分之一。", ["三分之一"]),
        ("播放量超千万次。", ["超千万次"]),
        ("行政检查次数减半。", ["减半"]),
        ("社区矫正对象漏管数为零。", ["零"]),
        ("监管行为不合格数为0。", ["0"]),
        ("万人律师比1.1。", ["1.1"]),
        ("办件由93件增至186件。", ["93件", "186件"]),
        ("审批时限压缩至3个工作日。", ["3个工作日"]),
        ("确立六大共建机制。", ["六大"]),
        ("配备一千名联络员。", ["一千名"]),
        ("增长一倍。", ["一倍"]),
        ("超过一半案件调解结案。", ["超过一半"]),
    ],
)
def test_numerals_that_count(body: str, texts: list[str]) -> None:
    assert [f.text for f in extracted(f"{TITLE}\n{WORK}\n{body}\n").facts] == texts


def unaccounted(extraction: Extraction) -> list[str]:
    """Numerals of the source that are neither in a fact nor in the ledger."""
    text = extraction.report.text
    told = [(f.start, f.end) for f in extraction.facts]
    told += [(e.start, e.end) for e in extraction.ledger.excluded]
    taken = {i for start, end in told for i in range(start, end)}
    return [
        text[max(0, m.start() - 9) : m.end() + 9]
        for m in NUMERAL.finditer(fold(text))
        if not taken.issuperset(range(*m.span()))
    ]


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_numeral_of_a_report_is_accounted_for(path: Path) -> None:
    extraction = extract(read_document(path, ROOT), LANGUAGE)
    assert unaccounted(extraction) == []
    assert extraction.ledger.facts == len(extraction.facts)
    for one in extraction.ledger.excluded:
        assert proves(extraction, one)


def proves(extraction: Extraction, one: Excluded) -> bool:
    told = extraction.report.text[one.start : one.end]
    quoted = "".join(one.text.split()) in "".join(one.sentence.split())
    return bool(one.rule) and told == one.text and quoted


def test_lines_that_are_dropped_are_accounted_for() -> None:
    extraction = extracted(
        f"浏览次数：2316\n{TITLE}\n{WORK}\n全年办理案件27\n— 3 —\n件，审结19件。\n打印本页\n"
    )
    assert unaccounted(extraction) == []
    assert {e.text: e.rule for e in extraction.ledger.excluded if e.text in ("2316", "3")} == {
        "2316": "leftover",
        "3": "page_number",
    }
    assert [f.text for f in extraction.facts] == ["27\n— 3 —\n件", "19件"]


PIECES = [
    "27件", "3,256", "一百零五", "98.6%", "第3条", "〔2023〕12号", "2023年", "“1+3”",
    "（", "）", "，", "。", "；", "、", "其中", "分别", "由", "增至", "办理案件",
    "同比增长", "居全省第", "二", "\n", "一、", "- 4 -", "千万", "之一", "近", "余", "成",
    "占", "12345", "万元", "零", " ", "《", "》",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_every_numeral_of_any_text_is_accounted_for(body: str) -> None:
    extraction = extracted(f"{TITLE}\n{WORK}\n办理。{body}\n")
    assert unaccounted(extraction) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=120))
def test_any_text_can_be_decided(text: str) -> None:
    layout = lay_out(text)
    numerals = decide(layout, LANGUAGE.grammar, LANGUAGE.wording)
    spans = [(f.start, f.end) for f in numerals.figures]
    assert spans == sorted(spans)
    for figure in numerals.figures:
        printed = layout.text[figure.start : figure.end]
        assert LANGUAGE.grammar.parse(printed) == figure.measured.quantity

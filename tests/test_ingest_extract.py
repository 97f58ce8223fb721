"""From a report to its facts: every one of them proved, whatever the report holds."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import LANGUAGE, ROOT, TITLE, WORK, document, extracted, facts

from bot.errors import ReportError
from bot.facts.model import Role
from bot.ingest.extract import Extraction, extract
from bot.ingest.reading import read_document
from bot.ingest.wording import REPORTS_FILE, load_wording
from intents.errors import DataFileError
from intents.quantities import Quantity

REPORTS = sorted([*(ROOT / "seeds").glob("*.txt"), *(ROOT / "tests/gold/reports").glob("*.txt")])


def prove(extraction: Extraction) -> None:
    """What the base checks of every fact, and what readers rely on."""
    report, facts = extraction.report, extraction.facts
    for fact in facts:
        assert report.text[fact.start : fact.end] == fact.text
        assert LANGUAGE.grammar.parse(fact.text) == Quantity(fact.value, fact.unit, fact.qualifier)
        assert "".join(fact.text.split()) in "".join(fact.excerpt.split())
        rows = fact.excerpt.split(
            "\n"
        )  # a sentence is one line; a table is quoted from its head on
        assert len(rows) == 1 or all("\t" in row or "|" in row for row in rows)
        assert fact.report == report.sha256
        assert 0 < len(fact.metric) <= 40
    assert len({fact.id for fact in facts}) == len(facts)
    assert {fact.parent for fact in facts} - {None} <= {fact.id for fact in facts}
    spans = [(fact.start, fact.end) for fact in facts]
    assert spans == sorted(spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_every_fact_of_a_report_is_proved(path: Path) -> None:
    prove(extract(read_document(path, ROOT), LANGUAGE))


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_extracting_again_gives_the_same(path: Path) -> None:
    read = read_document(path, ROOT)
    assert extract(read, LANGUAGE) == extract(read, LANGUAGE)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_passages_are_the_sentences_of_sections(path: Path) -> None:
    report = extract(read_document(path, ROOT), LANGUAGE).report
    assert {p.role for p in report.passages} >= {Role.WORK, Role.PROBLEMS, Role.PLAN} or (
        path.stem == "xiaoshan-2020"
    )
    for passage in report.passages:
        raw = "".join(report.text[passage.start : passage.end].split())
        assert raw[:1] == passage.text[:1]
        assert raw[-1:] == passage.text[-1:]
        assert passage.heading


def test_an_excerpt_is_the_sentence() -> None:
    first, second = facts("全年办理案件27件。审结19件，均已公开。")
    assert first.excerpt == "全年办理案件27件。"
    assert second.excerpt == "审结19件，均已公开。"
    assert second.clause == "审结19件"


def test_of_a_long_sentence_the_part_between_semicolons_is_quoted() -> None:
    long = "；".join(
        f"第{n}方面扎实推进各项重点工作任务落地见效，办理案件{n}7件" for n in range(1, 9)
    )
    found = facts(f"{long}。")
    assert found[2].excerpt == "第3方面扎实推进各项重点工作任务落地见效，办理案件37件；"


def test_of_a_monstrous_sentence_a_window_is_quoted() -> None:
    (one,) = facts("很长的一句话" * 400 + "办理案件27件" + "很长的一句话" * 400 + "。")
    assert one.text in one.excerpt
    assert len(one.excerpt) <= 620
    assert len(one.clause) <= 260


def test_a_figure_that_stands_in_no_sentence_is_told_of() -> None:
    report = extracted(f"{TITLE}\n{WORK}\n（一）完成27件实事\n办理案件19件。\n")
    assert [f.text for f in report.facts] == ["19件"]
    assert ("27", "heading") in {(e.text, e.rule) for e in report.ledger.excluded}


def test_the_same_figures_in_another_file_have_other_ids() -> None:
    text = f"{TITLE}\n{WORK}\n办理案件27件。\n"
    (one,) = extracted(text).facts
    (other,) = extract(document(text).__class__(
        Path("x"), "x", "1" * 64, "utf-8", text), LANGUAGE).facts  # fmt: skip
    assert one.id != other.id
    assert one.id.startswith("330424-2023-")


# -- broken word lists ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("\nverbs: [", "\nverbz: ["), r"reports\.yaml:\d+: unknown key 'verbz'"),
        (("\nrates: [", "\nrates: 率\nother: ["), r"reports\.yaml:\d+: unknown key 'other'"),
        (("\nrates: [", "\nverbs: ["), r"reports\.yaml:\d+: duplicate key 'verbs', first in line"),
        (("\nissuer_ends: [", "\nissuer_ends: 人民政府 #"), r"reports\.yaml:\d+: expected a list"),
    ],
)
def test_a_faulty_word_list_is_named(change: tuple[str, str], why: str, tmp_path: Path) -> None:
    text = REPORTS_FILE.read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "reports.yaml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(DataFileError, match=why):
        load_wording(path)


# -- hostile text --------------------------------------------------------------------------------


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_extracted_or_refused(text: str) -> None:
    try:
        prove(extract(document(text), LANGUAGE))
    except ReportError as error:
        assert "请" in str(error)


PIECES = [
    "27件", "３，２５６", "一百零五件", "98.6%", "第一", "办理", "行政复议", "案件",
    "其中", "分别", "，", "。", "；", "、", "（", "）", "“", "”", "《", "》", "\n",
    "\n\n", "一、工作", "（一）", "1.", "- 4 -", "由", "增至", "较上年", "同比增长",
    "居全省第2位", "之一", "2024年", "下一步", "某某镇", "【", "】", "\u200b", '"', "#",
    "*", "\t", " ", "|", ":", "：", "！", "<b>", "-", "翻一番", "占", "为零", "每",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_body_is_extracted_and_proved(body: str) -> None:
    prove(extracted(f"{TITLE}\n{WORK}\n{body}\n"))


LONG = 60_000
RUNS = {
    "digits": "9" * LONG,
    "thousands": "111," * (LONG // 4) + "1111",
    "numerals": "一" * LONG,
    "scales": "亿" * LONG,
    "numbers": "一千二百三十四万" * (LONG // 8),
    "brackets": "（" * LONG,
    "quotations": "“" * LONG,
    "titles": "《" * LONG,
    "closed brackets": "（）" * (LONG // 2),
    "figures in brackets": "（1件" * (LONG // 8) + "）" * (LONG // 8),
    "figures": "1件" * (LONG // 8),
    "list": "办理案件1件、" * (LONG // 14),
    "codes": "1、2、" * (LONG // 4),
    "ranks": "居全省第1" + "、第2" * (LONG // 12),
    "blanks": "办" + " " * LONG + "1件",
    "commas": "、" * LONG + "1件",
    "pluses": "1+" * (LONG // 2),
    "years": "2024-" * (LONG // 5),
    "dashes": "-" * LONG,
    "hashes": "#" * LONG,
    "lines": "办理1件\n" * (LONG // 20),
    "one word": "政" * LONG + "〔2024〕" * 1000,
    "of": "的" * LONG + "1件",
    "parts": "其中1件，" * (LONG // 20),
}


@pytest.mark.parametrize("name", RUNS)
def test_a_run_of_anything_takes_no_longer_than_its_length(name: str) -> None:
    started = time.process_time()
    extracted(f"{TITLE}\n{WORK}\n{RUNS[name]}\n")
    assert time.process_time() - started < 4


def test_a_long_report_is_read_in_time() -> None:
    """A third of a million characters (1 MB) within seconds: here a tenth of it."""
    body = (ROOT / "seeds" / "shishi-2024.txt").read_text(encoding="utf-8")
    started = time.process_time()
    extraction = extracted(TITLE + "\n" + (body * 6)[:34_000])
    assert time.process_time() - started < 3
    assert len(extraction.facts) > 500

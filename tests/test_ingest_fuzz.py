"""Whatever a file holds: a report or a reason, every figure proved, every numeral accounted for."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented import LANGUAGE, TITLE, WORK, document, extracted
from papers import as_page, as_pdf, as_word

from bot.errors import ReportError
from bot.ingest.extract import extract
from bot.ingest.formats.kinds import Format, format_of
from bot.ingest.formats.plain import decode
from bot.ingest.formats.worker import answer
from intents.numerals import ARABIC_PATTERN
from intents.text import fold

BOUNDED = settings(
    max_examples=60, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
TABLE = "| 项目 | 2023年 |\n| 收案 | 58 |\n"
TEXT = f"# {TITLE}\n## {WORK}\n全年收到行政复议申请27件，审结19件。\n{TABLE}以上。\n"
FILES = {"page": as_page(TEXT), "word": as_word(TEXT), "pdf": as_pdf(TEXT)}
PIECES = [
    *"一二三十百千万亿零点两第半数余几约近超不足以上。，、；：（）《》“”|\t \n\r%‰成倍番+-—~.:/",
    "3,256", "１，２", "2023年", "上年", "由", "增至", "较", "分别为", "分之", "其中", "各", "全县",
    "件", "起", "万元", "个百分点", "第3位", "居全省第", "翻两番", "一、", "（二）", "1.", "表1",
    "单位：件", "行政复议", "审结", "调解成功率", "武原镇", "嘉兴市", TABLE, "|---|---|\n",
    "合计 | 12 |\n",
]  # fmt: skip


@BOUNDED
@given(st.binary(max_size=600))
def test_any_bytes_are_a_text_or_have_a_reason(data: bytes) -> None:
    try:
        form = format_of(data)
        text = decode(data)[0] if form is Format.TEXT else str(answer(form, data))
    except ReportError as error:
        assert "请" in str(error)
    else:
        assert isinstance(text, str)


@pytest.mark.parametrize("name", FILES)
@BOUNDED
@given(changes=st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=5)), max_size=8))
def test_damaged_files_are_read_or_refused(name: str, changes: list[tuple[int, bytes]]) -> None:
    data = bytearray(FILES[name])
    for at, piece in changes:
        start = at % len(data)
        data[start : start + len(piece)] = piece
    try:
        told = answer(format_of(bytes(data)), bytes(data))
    except ReportError:
        return
    assert ("text" in told) != ("error" in told)
    assert "内部" not in str(told.get("error"))


@BOUNDED
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_any_text_gives_proved_figures_and_a_whole_ledger(body: str) -> None:
    got = extracted(f"{TITLE}\n{WORK}\n{body}\n")
    text = got.report.text
    for fact in got.facts:
        assert text[fact.start : fact.end] == fact.text
        assert text[fact.apart_start :].startswith(fact.apart)
        read = LANGUAGE.grammar.parse(fact.printed)
        assert read is not None
        assert (read.value, read.unit) == (fact.value, fact.unit)
        assert fact.metric
    taken = {i for fact in got.facts for i in range(fact.start, fact.end)}
    told = taken | {i for x in got.ledger.excluded for i in range(x.start, x.end)}
    numerals = ARABIC_PATTERN.finditer(fold(text))
    assert [m.group() for m in numerals if not told & set(range(*m.span()))] == []


@settings(BOUNDED, max_examples=25)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join))
def test_time_grows_with_the_text(piece: str) -> None:
    def taken(times: int) -> float:
        begun = time.process_time()
        extract(document(f"{TITLE}\n{WORK}\n{piece * times}\n"), LANGUAGE)
        return time.process_time() - begun

    assert taken(800) <= 16 * taken(200) + 0.5

"""Text made comparable, every character traced back to where it stood."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.errors import DataFileError
from intents.shapes import load_slips, load_variants
from intents.text import fold, is_invisible, normalise, plain_of, simplify


@pytest.mark.parametrize(
    ("raw", "folded"),
    [
        ("ＡＢＣ１２３", "ABC123"),
        ("３，２５６", "3,256"),
        ("甲，乙", "甲，乙"),
        ("共３，其中", "共3，其中"),
        ("９９．８％", "99.8%"),
        ("（一）：；！？", "(一):;!?"),
        ("中\u3000文\u00a0字", "中 文 字"),
        ("。、“”", "。、“”"),
        ("\u2f00\u2f08", "一人"),
        ("豈", "豈"),
    ],
)
def test_folding_keeps_the_length(raw: str, folded: str) -> None:
    assert fold(raw) == folded
    assert len(fold(raw)) == len(raw)


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("行政\u200b复\u200d议", "行政复议"),
        ("\u202e行政\u2066复议\u202c", "行政复议"),
        ("\ufeff行政复议", "行政复议"),
        ("行政複議", "行政复议"),
        ("法律援助案件幾多", "法律援助案件几多"),
        ("行政　　 复议\t\n多少", "行政 复议 多少"),
        ("  多少？", "多少?"),
        ("ＨＯＷ Many", "how many"),
        ("", ""),
        ("\u200b\u200b", ""),
    ],
)
def test_normalising_drops_what_nobody_reads(raw: str, plain: str) -> None:
    assert normalise(raw).plain == plain


@pytest.mark.parametrize(
    ("raw", "plain"),
    [
        ("钱呢～～～一共多少", "钱呢,一共多少"),
        ("第二个~~", "第二个"),
        ("～～在吗", "在吗"),
        ("好的，～谢谢", "好的，谢谢"),
        ("3~5件", "3~5件"),
    ],
)
def test_a_drawn_out_sound_is_a_short_pause(raw: str, plain: str) -> None:
    assert normalise(raw).plain == plain


def test_offsets_lead_back_to_what_was_typed() -> None:
    text = normalise("請問\u200b行政\u200d複議 有ＡＢ件")
    at = text.plain.index("复议")
    assert text.said(at, at + 2) == "複議"
    at = text.plain.index("行政")
    assert text.said(at, at + 4) == "行政\u200d複議"
    assert text.said(3, 3) == ""


@given(st.text(max_size=60))
def test_every_character_has_an_origin(raw: str) -> None:
    text = normalise(raw)
    assert len(text.plain) == len(text.origin)
    assert list(text.origin) == sorted(text.origin)
    assert all(0 <= at < len(raw) for at in text.origin)
    assert not any(is_invisible(c) for c in text.plain)
    assert len(fold(raw)) == len(raw)
    assert fold(fold(raw)) == fold(raw) or "，" in raw


@given(st.text(max_size=40))
def test_simplifying_keeps_the_length(raw: str) -> None:
    assert len(simplify(raw)) == len(raw)


@given(st.text(alphabet="調解调解abZ９9 -'’，,\u200b🙂鵬", max_size=12))
def test_words_are_made_comparable_as_messages_are(text: str) -> None:
    assert plain_of(text) == normalise(text).plain


def test_rare_variants_are_the_usual_character() -> None:
    assert normalise("报吿公幵了").plain == "报告公开了"
    assert normalise("報吿").plain == "报告"


def test_a_variant_without_its_usual_character_is_an_error_with_file_and_line(
    tmp_path: Path,
) -> None:
    file = tmp_path / "shapes.yaml"
    file.write_text("alike: [未末]\nslips: []\nvariants:\n  - 幵开\n  - 开\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"shapes\.yaml:5: expected a rare character"):
        load_variants(file)


def test_a_slip_of_the_pen_is_what_was_meant() -> None:
    assert normalise("自已己经办了").plain == "自己已经办了"


def test_a_slip_of_another_length_is_an_error_with_file_and_line(tmp_path: Path) -> None:
    file = tmp_path / "shapes.yaml"
    file.write_text("alike: []\nvariants: []\nslips: [己经=已]\n", encoding="utf-8")
    with pytest.raises(DataFileError, match=r"shapes\.yaml:3: expected two words"):
        load_slips(file)

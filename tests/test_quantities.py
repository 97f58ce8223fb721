"""Numbers with their units and the words that make them inexact."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from intents.errors import DataFileError
from intents.quantities import Form, Grammar, Qualifier, load_grammar
from intents.text import fold
from intents.units import UNITS_FILE

AT_LEAST, AT_MOST, ABOUT, EXACT = (
    Qualifier.AT_LEAST,
    Qualifier.AT_MOST,
    Qualifier.ABOUT,
    Qualifier.EXACT,
)

READ: list[tuple[str, str, str, Qualifier]] = [
    # digits, separators, full width, scales
    ("27件", "27", "件", EXACT),
    ("104 份", "104", "份", EXACT),
    ("3,256件", "3256", "件", EXACT),
    ("３，２５６件", "3256", "件", EXACT),
    ("３．５万元", "35000", "元", EXACT),
    ("９９．８％", "99.8", "%", EXACT),
    ("1524万余条", "15240000", "条", AT_LEAST),
    ("10余万件", "100000", "件", AT_LEAST),
    ("15.85万份", "158500", "份", EXACT),
    ("12.4亿元", "1240000000", "元", EXACT),
    ("1亿2千万元", "120000000", "元", EXACT),
    ("2万3千人", "23000", "人", EXACT),
    ("5千余人", "5000", "人", AT_LEAST),
    ("3千米", "3", "千米", EXACT),
    ("0件", "0", "件", EXACT),
    # Chinese numerals
    ("二十七件", "27", "件", EXACT),
    ("两千零三十件", "2030", "件", EXACT),
    ("一亿二千三百万元", "123000000", "元", EXACT),
    ("三百四十五点八万元", "3458000", "元", EXACT),
    ("半个工作日", "0.5", "个工作日", EXACT),
    ("半天", "0.5", "天", EXACT),
    ("两个半小时", "2.5", "小时", EXACT),
    ("3个半月", "3.5", "个月", EXACT),
    # inexact
    ("超3亿条", "300000000", "条", AT_LEAST),
    ("突破13万", "130000", "", AT_LEAST),
    ("逾6万人", "60000", "人", AT_LEAST),
    ("超过5000人次", "5000", "人次", AT_LEAST),
    ("不少于60学时", "60", "学时", AT_LEAST),
    ("不低于98%", "98", "%", AT_LEAST),
    ("95%以上", "95", "%", AT_LEAST),
    ("40多项", "40", "项", AT_LEAST),
    ("百余场", "100", "场", AT_LEAST),
    ("上百件", "100", "件", AT_LEAST),
    ("上万册", "10000", "册", AT_LEAST),
    ("万余人次", "10000", "人次", AT_LEAST),
    ("近5万人", "50000", "人", ABOUT),
    ("近万人", "10000", "人", ABOUT),
    ("约13万人次", "130000", "人次", ABOUT),
    ("30个左右", "30", "个", ABOUT),
    ("数十场", "10", "场", ABOUT),
    ("数万人次", "10000", "人次", ABOUT),
    ("几十件", "10", "件", ABOUT),
    ("二十几件", "20", "件", ABOUT),
    ("三十来家", "30", "家", ABOUT),
    ("不足5%", "5", "%", AT_MOST),
    ("不到4小时", "4", "小时", AT_MOST),
    ("最多80天", "80", "天", AT_MOST),
    ("不超过3个工作日", "3", "个工作日", AT_MOST),
    ("4%以内", "4", "%", AT_MOST),
    # ranges: the upper bound
    ("3至5天", "5", "天", AT_MOST),
    ("5～10件", "10", "件", AT_MOST),
    ("3%-5%", "5", "%", AT_MOST),
    # parts of a whole
    ("0.35‰", "0.035", "%", EXACT),
    ("八成", "80", "%", EXACT),
    ("近三成", "30", "%", ABOUT),
    ("七成五", "75", "%", EXACT),
    ("两成五", "25", "%", EXACT),
    ("超九成五", "95", "%", AT_LEAST),
    ("四成多", "40", "%", AT_LEAST),
    ("一半", "50", "%", EXACT),
    ("一半以上", "50", "%", AT_LEAST),
    ("过半数", "50", "%", AT_LEAST),
    ("百分之九十八点五", "98.5", "%", EXACT),
    ("百分之零点五", "0.5", "%", EXACT),
    ("百分之百", "100", "%", EXACT),
    ("千分之二", "0.2", "%", EXACT),
    ("万分之三点五", "0.035", "%", EXACT),
    ("三分之二", "66.666667", "%", EXACT),
    ("四分之三", "75", "%", EXACT),
    # changes
    ("翻一番", "100", "%", EXACT),
    ("翻了两番", "300", "%", EXACT),
    ("近一番", "100", "%", ABOUT),
    ("减半", "50", "%", EXACT),
    ("两倍", "2", "倍", EXACT),
    ("1.8个百分点", "1.8", "个百分点", EXACT),
    ("三点二个百分点", "3.2", "个百分点", EXACT),
    ("-3.2%", "-3.2", "%", EXACT),
    # units printed in another way
    ("3.2亿元人民币", "320000000", "元", EXACT),
    ("3000人（次）", "3000", "人次", EXACT),
    ("1765件（批）次", "1765", "件次", EXACT),
    ("20㎡", "20", "平方米", EXACT),
    # rarer measure words
    ("60卷", "60", "卷", EXACT),
    ("23宗", "23", "宗", EXACT),
    ("8600余辆次", "8600", "辆次", AT_LEAST),
    ("126.5亩", "126.5", "亩", EXACT),
    ("3个位次", "3", "个位次", EXACT),
    ("六大", "6", "", EXACT),
]


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return load_grammar()


@pytest.mark.parametrize(("text", "value", "unit", "qualifier"), READ)
def test_a_quantity_is_found_whole_and_proves_itself(
    text: str, value: str, unit: str, qualifier: Qualifier, grammar: Grammar
) -> None:
    folded = fold(f"办理{text}，")
    (found,) = grammar.find(folded)
    assert "".join(folded[found.start : found.end].split()) == fold("".join(text.split()))
    quantity = found.quantity
    assert (quantity.value, quantity.unit, quantity.qualifier) == (Decimal(value), unit, qualifier)
    assert grammar.parse(text) == quantity
    assert str(quantity.value) == value


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("居全市第二", [("居全市第二", 2)]),
        ("列全省县（市、区）第17位", [("列全省县(市、区)第17位", 17)]),
        ("在各县市（区）排名第3", [("各县市(区)排名第3", 3)]),
        ("居全市第2位、全省第二十一位", [("居全市第2位", 2), ("全省第二十一位", 21)]),
        ("分别居全省第2位、第3位", [("居全省第2位", 2), ("第3位", 3)]),
        ("由第8位上升至第5位", [("第8位", 8), ("上升至第5位", 5)]),
        ("位次由全省第12名升至第9名", [("全省第12名", 12), ("升至第9名", 9)]),
    ],
)
def test_ranks(text: str, places: list[tuple[str, int]], grammar: Grammar) -> None:
    folded = fold(text)
    found = [m for m in grammar.find(folded) if m.form is Form.RANK]
    assert [(folded[m.start : m.end], m.quantity.value) for m in found] == places
    for measured in found:
        assert grammar.parse(folded[measured.start : measured.end]) == measured.quantity


@pytest.mark.parametrize("text", ["第3条", "第12号", "第五次会议", "第一批"])
def test_ordinals_are_no_ranks(text: str, grammar: Grammar) -> None:
    assert not [m for m in grammar.find(text) if m.form is Form.RANK]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("节约130万元", ["元"]),
        ("3处罚款", [""]),
        ("5名单位", [""]),
        ("2部门", ["部门"]),
        ("12条件", [""]),
        ("成立3个中心", ["个"]),
    ],
)
def test_a_unit_is_none_in_front_of_the_rest_of_a_word(
    text: str, units: list[str], grammar: Grammar
) -> None:
    assert [m.quantity.unit for m in grammar.find(text)] == units


@pytest.mark.parametrize("text", ["节约130万元", "网上10件", "最近3件", "不超过5件"])
def test_an_approximator_is_none_inside_a_word(text: str, grammar: Grammar) -> None:
    (found,) = grammar.find(text)
    inside = text.startswith("不")
    assert (found.quantity.qualifier is AT_MOST) is inside
    assert (found.quantity.qualifier is EXACT) is not inside


@pytest.mark.parametrize("text", ["", "件", "27", "27件13件", "第一", "亿" * 50, "1" * 60 + "件"])
def test_parse_takes_exactly_one_quantity(text: str, grammar: Grammar) -> None:
    parsed = grammar.parse(text)
    assert (parsed is None) is (text not in ("27", "第一"))


def test_white_space_does_not_matter(grammar: Grammar) -> None:
    assert grammar.parse("98.\n6%") == grammar.parse("98.6%")
    assert grammar.parse("3.1 万条") == grammar.parse("3.1万条")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("\nfamilies:\n", "\nfamiles:\n"), r"units\.yaml:\d+: unknown key 'familes'"),
        (
            ("  person: [人,", "  person: [件, 人,"),
            r"units\.yaml:\d+: unit '件' is in two families",
        ),
        (
            ("元人民币: 元", "元人民币: 圆"),
            r"units\.yaml:\d+: '元人民币' stands for an unknown unit",
        ),
        (("  at_least: [超过,", "  atleast: [超过,"), r"units\.yaml:\d+: unknown key 'atleast'"),
        (("一半: 50", "一半: half"), r"units\.yaml:\d+: expected a whole number, got 'half'"),
    ],
)
def test_a_faulty_units_file_is_named(change: tuple[str, str], why: str, tmp_path: Path) -> None:
    text = UNITS_FILE.read_text(encoding="utf-8")
    assert change[0] in text
    path = tmp_path / "units.yaml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(DataFileError) as error:
        load_grammar(path)
    assert re.search(why, str(error.value))

"""Years as citizens write them, relative to a given day."""

from datetime import date

import pytest
from talk import TODAY

from intents.periods import Period, find_periods


def years(text: str, today: date = TODAY) -> list[int]:
    return [period.year for period in find_periods(text, today)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2022年", [2022]),
        ("2022", [2022]),
        ("石狮2022调解", [2022]),
        ("2022 年度", [2022]),
        ("1998年", [1998]),
        ("22年", [2022]),
        ("22 年度", [2022]),
        ("二〇二二年", [2022]),
        ("二零二二年", [2022]),
        ("二○二二年", [2022]),
        ("二o二二年", [2022]),
        ("二〇二二", [2022]),
        ("一九九八年", [1998]),
        ("二二年", [2022]),
        ("二一年度", [2021]),
        ("去年", [2025]),
        ("前年", [2024]),
        ("大前年", [2023]),
        ("今年", [2026]),
        ("本年度", [2026]),
        ("上年度", [2025]),
        ("上一年", [2025]),
        ("上一年度", [2025]),
        ("how many cases last year", [2025]),
        ("cases this year", [2026]),
        ("2021年和2022年", [2021, 2022]),
        ("2021、2022", [2021, 2022]),
        ("2021-2022年", [2021, 2022]),
        ("去年和前年", [2025, 2024]),
        ("今年跟去年各收了多少", [2026, 2025]),
    ],
)
def test_years(text: str, found: list[int]) -> None:
    assert years(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "调解成功多少",
        "比去年多多少",
        "较去年增长多少",
        "和去年相比",
        "去年比",
        "去年同期",
        "compared with last year",
        "三十年",
        "十年",
        "90年代",
        "20年来",
        "12345热线",
        "20221",
        "120222",
        "1524万",
        "3.22年",
        "两千件",
        "一二三四",
        "第二年",
        "一年",
        "3年",
    ],
)
def test_no_years(text: str) -> None:
    assert years(text) == []


def test_spans_are_the_words() -> None:
    text = "晋江 2021年度、去年的调解"
    assert [text[p.start : p.end] for p in find_periods(text, TODAY)] == ["2021年度", "去年"]


def test_relative_years_are_marked() -> None:
    assert find_periods("去年", TODAY) == (Period(0, 2, 2025, True),)
    assert find_periods("22年", TODAY) == (Period(0, 3, 2022, False),)


@pytest.mark.parametrize(
    ("today", "year"),
    [(date(2024, 12, 31), 2023), (date(2025, 1, 1), 2024), (date(2000, 2, 29), 1999)],
)
def test_relative_to_the_day_given(today: date, year: int) -> None:
    assert years("去年", today) == [year]
    assert years("2022年", today) == [2022]


def test_a_long_text_of_digits_is_no_year() -> None:
    assert years("20" * 5000) == []

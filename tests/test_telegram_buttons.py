"""Buttons: within Telegram's limits, and worth nothing when forged."""

import pytest

from bot.channels.telegram.buttons import Button, Page, Rating, keyboard, tapped
from bot.channels.telegram.memory import Content
from bot.messages import Option

STATIONS = tuple(Option(f"第{i}所", f"第{i}所调解") for i in range(12))


def buttons(*options: Option) -> list[Button]:
    return [button for row in keyboard(Content(options)) for button in row]


def test_at_most_eight_within_64_bytes() -> None:
    drawn = buttons(*STATIONS)
    assert [button.label for button in drawn] == [f"第{i}所" for i in range(8)]
    assert all(len(button.data.encode()) <= 64 for button in buttons(Option("x", "界" * 999)))
    assert buttons() == []


@pytest.mark.parametrize(
    ("option", "label"),
    [
        (Option("字" * 60, "x"), "字" * 60),
        (Option("字" * 61, "x"), "字" * 59 + "…"),
        (Option(" 石狮 ", "x"), "石狮"),
        (Option(" ", "说什么"), "说什么"),
    ],
)
def test_labels(option: Option, label: str) -> None:
    assert [button.label for button in buttons(option)] == [label]


def test_an_option_without_words_is_not_drawn() -> None:
    drawn = buttons(Option("", " "), STATIONS[0])
    assert [button.data[:5] for button in drawn] == ["o1:1:"]


def test_the_form_of_the_data_is_kept() -> None:
    # Buttons outlive the program: a changed form needs a new version in front.
    assert buttons(Option("石狮市", "石狮市调解")) == [Button("石狮市", "o1:0:984b97")]


def test_rows() -> None:
    content = Content(
        (STATIONS[0], STATIONS[1], Option("‹", "/p 1", True), Option("›", "/p 3", True)),
        (Option("原文", "/s"), Option("比较", "/c"), Option("相关", "/r")),
        rated=True,
        pages=("1", "2", "3"),
        page=1,
    )
    rows = [[button.label for button in row] for row in keyboard(content)]
    assert rows == [
        ["第0所"], ["第1所"], ["‹", "›"], ["‹ 1/3", "3/3 ›"],
        ["原文", "比较"], ["相关"], ["👍", "👎"],
    ]  # fmt: skip


def test_each_button_stands_for_what_it_shows() -> None:
    content = Content(STATIONS, STATIONS[:2], rated=True, pages=("1", "2"))
    for option, button in zip(STATIONS, buttons(*STATIONS), strict=False):
        assert tapped(content, button.data) is option
    assert tapped(content, "r1:+") == Rating(True)
    assert tapped(content, "r1:-") == Rating(False)
    assert tapped(content, "p1:1") == Page(1)
    [action] = [b for row in keyboard(content) for b in row if b.data.startswith("a1:1:")]
    assert tapped(content, action.data) is STATIONS[1]


def test_anything_else_stands_for_nothing() -> None:
    content = Content(STATIONS)
    data = buttons(*STATIONS)[0].data
    for forged in (
        None, "", "o1:1" + data[4:], data + "0", data.upper(), "o1:8:x", "o1:-1:x", "r1:+", "p1:0",
        "p1:1", "p1:99999999", "a" + data[1:],
    ):  # fmt: skip
        assert tapped(content, forged) is None
    assert tapped(Content(STATIONS[1:]), data) is None
    assert tapped(Content(), data) is None
    assert tapped(None, data) is None

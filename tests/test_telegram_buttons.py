"""Buttons: within Telegram's limits, and worth nothing when forged."""

import pytest

from bot.channels.telegram_buttons import Button, Shown, buttons, tapped
from bot.messages import Option

STATIONS = tuple(Option(f"第{i}所", f"第{i}所调解") for i in range(12))


def test_at_most_eight_within_64_bytes() -> None:
    drawn = buttons(STATIONS)
    assert [button.label for button in drawn] == [f"第{i}所" for i in range(8)]
    assert all(len(button.data.encode()) <= 64 for button in buttons([Option("x", "界" * 999)]))
    assert buttons(()) == ()


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
    assert [button.label for button in buttons([option])] == [label]


def test_an_option_without_words_is_not_drawn() -> None:
    drawn = buttons([Option("", " "), STATIONS[0]])
    assert [button.data[:5] for button in drawn] == ["o1:1:"]


def test_the_form_of_the_data_is_kept() -> None:
    # Buttons outlive the program: a changed form needs a new version in front.
    assert buttons([Option("石狮市", "石狮市调解")]) == (Button("石狮市", "o1:0:984b97"),)


def test_each_button_stands_for_its_option() -> None:
    for option, button in zip(STATIONS, buttons(STATIONS), strict=False):
        assert tapped(STATIONS, button.data) is option


def test_anything_else_stands_for_nothing() -> None:
    data = buttons(STATIONS)[0].data
    for forged in (None, "", "o1:1" + data[4:], data + "0", data.upper(), "o1:8:x", "o1:-1:x"):
        assert tapped(STATIONS, forged) is None
    assert tapped(STATIONS[1:], data) is None
    assert tapped((), data) is None


def test_the_least_recently_used_is_forgotten() -> None:
    shown = Shown(limit=2)
    first, second, third = ((option,) for option in STATIONS[:3])
    shown.put(1, 1, first)
    shown.put(1, 2, second)
    assert shown.get(1, 1) == first
    shown.put(2, 1, third)
    assert shown.get(1, 2) == ()
    assert (shown.get(1, 1), shown.get(2, 1)) == (first, third)

"""What is meant for the bot, and what it then hears."""

import pytest

from bot.channels.telegram.words import said_to


@pytest.mark.parametrize(
    ("text", "alone", "in_a_group", "in_reply"),
    [
        ("石狮 调解", "石狮 调解", None, "石狮 调解"),
        ("/start 石狮", "/start 石狮", "/start 石狮", "/start 石狮"),
        ("/start@FAZHIBOT 石狮", "/start 石狮", "/start 石狮", "/start 石狮"),
        ("/start@FazhiBot石狮", "/start石狮", "/start石狮", "/start石狮"),
        ("/start@Other", "/start", None, None),
        ("/石狮", "/石狮", None, "/石狮"),
        ("@FazhiBot 石狮", "石狮", "石狮", "石狮"),
        ("石狮@fazhibot调解@FazhiBot", "石狮 调解", "石狮 调解", "石狮 调解"),
        ("@FazhiBot", "", "", ""),
        ("@FazhiBot2 x", "@FazhiBot2 x", None, "@FazhiBot2 x"),
        ("a@FazhiBot x", "a@FazhiBot x", None, "a@FazhiBot x"),
        ("", "", None, ""),
    ],
)
def test_said_to(text: str, alone: str, in_a_group: str | None, in_reply: str | None) -> None:
    assert said_to("FazhiBot", text, addressed=False, alone=True) == alone
    assert said_to("FazhiBot", text, addressed=False, alone=False) == in_a_group
    assert said_to("FazhiBot", text, addressed=True, alone=False) == in_reply

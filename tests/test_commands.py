"""Slash commands, as people type them."""

import pytest

from bot.commands import ADMIN_ONLY, PUBLIC, Command, Name, parse
from bot.dialogue.wording import load_wording


@pytest.mark.parametrize(
    ("text", "name", "argument"),
    [
        ("/start", Name.START, ""),
        ("/help", Name.HELP, ""),
        ("/places", Name.PLACES, ""),
        ("/reset", Name.RESET, ""),
        ("/reload", Name.RELOAD, ""),
        ("  /help  ", Name.HELP, ""),
        ("/HELP", Name.HELP, ""),
        ("/help@fazhi_bot", Name.HELP, ""),
        ("/Start@fazhi_bot deep-link", Name.START, "deep-link"),
        ("/places 石狮市 2024", Name.PLACES, "石狮市 2024"),
        ("/help\n请问怎么用", Name.HELP, "请问怎么用"),
        ("/help\t请问", Name.HELP, "请问"),
        ("/help\u3000请问", Name.HELP, "请问"),
        ("/nothing", None, ""),
        ("/nothing at all", None, "at all"),
        ("/@fazhi_bot", None, ""),
        ("//", None, ""),
        ("/reload_now", None, ""),
    ],
)
def test_commands(text: str, name: Name | None, argument: str) -> None:
    assert parse(text) == Command(name, argument)


@pytest.mark.parametrize(
    "text",
    ["", " ", "/", " / ", "/ help", "help", "石狮/晋江 调解", "2021/2022", "a /help", "\\help"],
)
def test_no_commands(text: str) -> None:
    assert parse(text) is None


def test_the_menu_shows_what_everyone_may_use() -> None:
    assert not ADMIN_ONLY & set(PUBLIC)
    wording = load_wording()
    for name in PUBLIC:
        assert wording.say(f"command_{name.value}")
    assert f"/{Name.RELOAD.value}" not in wording.say("unknown_command")

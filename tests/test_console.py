"""The console: lines in, lines out."""

from io import StringIO

import pytest

from bot.channels.console import PROMPT, converse, show
from bot.messages import Option, Reply, Run, Style, text_reply

REPLY = Reply(
    (
        (Run("3323", Style.STRONG), Run("　办结化解")),
        (Run("石狮市 · 2024年"),),
        (Run("办结化解3323,\n化解率99.1%。", Style.QUOTE),),
    ),
    (Option("石狮市 2024年", "石狮市2024年调解"), Option("马尾区 2021年", "马尾区2021年调解")),
)


def test_a_reply_without_colour() -> None:
    assert show(REPLY, colour=False).splitlines() == [
        "3323　办结化解",
        "石狮市 · 2024年",
        "  办结化解3323,",
        "化解率99.1%。",
        "  1. 石狮市 2024年",
        "  2. 马尾区 2021年",
    ]


def test_a_reply_with_colour() -> None:
    shown = show(REPLY, colour=True)
    assert shown.startswith("\x1b[1m3323\x1b[0m　办结化解\n")
    assert "\x1b[2m  办结化解3323" in shown
    assert shown.count("\x1b[0m") == 2


def test_an_empty_reply() -> None:
    assert show(Reply(()), colour=True) == ""


def chat(*lines: str, terminal: bool = False) -> tuple[str, list[str]]:
    """What is written, and what was asked."""
    asked: list[str] = []
    written = StringIO()

    def answer(text: str) -> Reply:
        asked.append(text)
        return text_reply(f"答{len(asked)}")

    converse([f"{line}\n" for line in lines], written, answer, terminal=terminal)
    return written.getvalue(), asked


def test_lines_that_are_piped_in_are_shown_with_their_answers() -> None:
    written, asked = chat("  石狮调解 ", "", "   ", "那晋江呢")
    assert asked == ["石狮调解", "那晋江呢"]
    assert written == f"{PROMPT}石狮调解\n答1\n\n{PROMPT}那晋江呢\n答2\n\n"


def test_on_a_terminal_there_is_a_prompt_before_each_line() -> None:
    written, asked = chat("石狮调解", "", terminal=True)
    assert asked == ["石狮调解"]
    assert written == f"{PROMPT}答1\n\n{PROMPT}{PROMPT}"


@pytest.mark.parametrize("word", ["/quit", "/exit", "退出", "exit", "quit"])
@pytest.mark.parametrize("terminal", [True, False])
def test_leaving(word: str, terminal: bool) -> None:
    _, asked = chat("一", word, "二", terminal=terminal)
    assert asked == ["一"]


def test_nothing_is_asked_of_no_input() -> None:
    assert chat() == ("", [])


def test_each_answer_is_written_before_the_next_line_is_read() -> None:
    written = StringIO()
    flushed: list[str] = []

    class Watched(StringIO):
        def flush(self) -> None:
            flushed.append(self.getvalue())

    written = Watched()
    converse(["一\n", "二\n"], written, text_reply, terminal=False)
    assert flushed == [f"{PROMPT}一\n一\n\n", f"{PROMPT}一\n一\n\n{PROMPT}二\n二\n\n"]

"""Recording chats, generating dialogues from the base, cross-match."""

import re
from pathlib import Path

import pytest
from test_cli import Run, quick, run, seeded
from test_script_play import TODAY

from bot.channels.script.transcript import TranscriptError, read_chats
from bot.knowledge import Knowledge
from bot.playing.crossmatch import cross_match, examples
from bot.playing.generate import generate

__all__ = ["quick", "run", "seeded"]


def chats(folder: Path, text: str) -> tuple[tuple[str, ...], ...]:
    path = folder / "chat.txt"
    path.write_text(text, encoding="utf-8")
    return read_chats(path)


def test_chats(tmp_path: Path) -> None:
    assert chats(tmp_path, "甲\n乙\n\n\n丙\n") == (("甲", "乙"), ("丙",))
    assert chats(tmp_path, "> 甲\n答\n  引\n> 乙\n答\n") == (("甲", "乙"),)
    lines = '{"turns": ["甲", {"user": "乙"}]}\n\n{"question": "丙", "reply": "x"}\n'
    assert chats(tmp_path, lines) == (("甲", "乙"), ("丙",))
    log = '{"logger": "x", "message": "serving"}\n{"logger": "x", "text": "甲", "status": "y"}\n'
    assert chats(tmp_path, log) == (("甲",),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "nobody says anything"),
        (">  \n", "nobody says anything"),
        ('{"turns": [1]}\n', r"chat\.txt:1: not a logged chat"),
        ('{"question": "a"}\n{"x": 1}\n', r"chat\.txt:2: not a logged chat"),
        ('{"question": "a"}\n[\n', r"chat\.txt:2: not a logged chat"),
    ],
)
def test_a_transcript_that_cannot_be_read(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(TranscriptError, match=message):
        chats(tmp_path, text)
    (tmp_path / "x.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(TranscriptError, match="not UTF-8"):
        read_chats(tmp_path / "x.txt")


CHAT = """余姚2023年复议收了几件
审结呢
鼓楼区复议几件
余姚存在什么问题
/help

余姚有几个公职律师
"""


def test_a_recorded_chat_passes(run: Run, tmp_path: Path) -> None:
    (tmp_path / "chat.txt").write_text(CHAT, "utf-8")
    out = tmp_path / "new" / "chat.dialogue.yaml"
    assert run("record", tmp_path / "chat.txt", "-o", out).exit_code == 0
    text = out.read_text("utf-8")
    assert "figure: 215件" in text
    assert "status: clarify" in text
    assert "source: yuyao-2023" in text
    refused = out.with_name("chat-refused.dialogue.yaml")
    assert "reason: not_reported" in refused.read_text("utf-8")
    played = run("play", out.parent)
    assert played.exit_code == 0, played.output
    assert "1 dialogues (5 turns): 1 passed" in played.stdout
    assert "1 refusals (1 turns): 1 passed" in played.stdout


def test_a_chat_held_now_is_recorded(run: Run, tmp_path: Path) -> None:
    result = run("record", "--name", "今天的", stdin="余姚2023年复议收了几件\n\n")
    assert result.exit_code == 0
    assert result.stdout.startswith("series: 今天的\ndialogues:\n")
    assert "> 余姚2023年复议收了几件\n215件" in result.stderr
    only_refused = tmp_path / "r.dialogue.yaml"
    run("record", "-o", only_refused, stdin="余姚有几个公职律师\n")
    assert "refusals:" in only_refused.read_text("utf-8")
    assert run("record", stdin="").exit_code == 1
    assert run("record", "-o", tmp_path / "x.yaml", stdin="你好\n").exit_code == 2


def test_generated_dialogues(small: Knowledge) -> None:
    made = generate(small, 1000)
    again = generate(small, 1000)
    assert made == again
    assert len(made.dialogues) >= 15
    tags = {tag for d in made.refusals for tag in d.tags}
    assert {"contrast-year", "contrast-place", "contrast-sibling"} <= tags
    assert len(generate(small, 3).dialogues) == 3
    names = [d.name for d in (*made.dialogues, *made.refusals)]
    assert len(names) == len(set(names))


def test_every_figure_comes_back_and_hardly_a_neighbour(run: Run, tmp_path: Path) -> None:
    assert run("generate", "--from", "facts", "-n", "8", "-o", tmp_path).exit_code == 0
    result = run("play", tmp_path)
    assert re.search(r"8 dialogues .* 8 passed, 0 failed", result.stdout), result.output
    refused = re.search(r"\d+ refusals .* (\d+) failed", result.stdout)
    assert refused and int(refused[1]) <= 1, result.output
    assert run("generate", "-n", "1").stdout.startswith("series: facts dialogues")


def test_hardly_an_example_is_stolen(knowledge: Knowledge) -> None:
    thefts = list(cross_match(knowledge, TODAY))
    assert len(thefts) <= 0.01 * examples(knowledge), [str(t) for t in thefts]


def test_crossmatch(run: Run) -> None:
    result = run("crossmatch", "--allow", "1")
    assert result.exit_code == 0, result.output
    assert "examples stolen" in result.stderr
    if " 0 of" not in result.stderr:
        assert run("crossmatch").exit_code == 1

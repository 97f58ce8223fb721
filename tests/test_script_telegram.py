"""The same scripts through Telegram's API: the real channel over HTTP, here or elsewhere."""

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import REPORTS
from test_cli import Run, environment, quick, run
from test_script_play import MORE, TODAY

from bot.channels.script.judge import entries
from bot.channels.script.load import load_file
from bot.channels.script.overhear import Message, pattern, record_of
from bot.channels.script.play import Played, play_all
from bot.channels.script.told import told
from bot.dialogue.wording import load_wordings
from bot.knowledge import Knowledge
from bot.playing import knows_place
from bot.playing.messenger import Messenger
from bot.settings import Settings

__all__ = ["quick", "run"]

SCRIPT = """
dialogues:
  - turns:
      - {say: 余姚2023年复议收了几件, figure: 215件, place: 余姚市, year: 2023, source: yuyao-2023}
      - {say: 审结呢, figure: 198件, "reply~": 沿用, "excerpt~": 审结198件, metric~: 审结}
      - {say: 鼓楼区复议收了几件, status: clarify, options: [南京, 徐州], buttons: 2}
      - {tap: 2, figure: 55件}
      - {tap: 南京, value: 300, unit: 件}
      - {say: 余姚2021年复议收了几件, status: no_data, reason: unknown_year}
      - {say: 余姚2023年有几个公职律师, status: refused, not: [30名, 86名]}
"""
HERE_ONLY = """
dialogues:
  - {name: 去年, say: 余姚去年复议收了几件, at: 2024-05-01, figure: 215件}
  - name: 忘了
    turns:
      - {say: 余姚2023年复议收了几件, figure: 215件}
      - {say: 审结呢, wait: 2h, not: [198件]}
  - name: 群里
    in: group
    turns:
      - {say: 余姚2023年复议收了几件, silent: true}
      - {say: "@bot 余姚2023年复议收了几件", figure: 215件}
  - {name: 文件, send_file: x.dialogue.yaml, "reply~": 只看得懂文字}
  - {name: 群里的文件, send_file: x.dialogue.yaml, in: group, silent: true}
  - {name: 内联, inline: 余姚2023年复议收了几件, figure: 215件, place: 余姚市}
  - {name: 内联没有, inline: 今天天气, count: 0}
  - name: 改了重问
    turns:
      - {say: 余姚2022年复议收了几件, figure: 180件}
      - {edit: 余姚2023年复议收了几件, figure: 215件}
      - {tap: 原文, "reply~": 行政复议申请215件}
  - {name: 一上来就改, edit: 余姚2023年复议收了几件, figure: 215件}
  - name: 群里改
    in: group
    turns:
      - {say: "@bot 余姚2022年复议收了几件", figure: 180件}
      - {edit: "@bot 余姚2023年复议收了几件", figure: 215件}
      - {edit: "余姚2023年复议收了几件", silent: true}
  - {name: 管理员, say: /reload, as: admin, "reply~": 重新载入}
"""
Play = Callable[[str], list[Played]]


@pytest.fixture
def play(small: Knowledge, small_settings: Settings, tmp_path: Path) -> Iterator[Play]:
    with Messenger(small_settings, small, TODAY) as messenger:

        def played(text: str) -> list[Played]:
            path = tmp_path / "x.dialogue.yaml"
            path.write_text(text, encoding="utf-8")
            gazetteer = small.tongue.gazetteer
            loaded = load_file(path, lambda name: knows_place(gazetteer, name))
            assert [str(f) for f in loaded.faults] == []
            return list(play_all(loaded.scripts, messenger))

        yield played


def failures(played: list[Played]) -> list[str]:
    return [line for one in played if not one.ok for line in told(one)]


def test_the_same_semantics(play: Play) -> None:
    assert failures(play(SCRIPT)) == []
    assert failures(play(HERE_ONLY)) == []


def test_reports_of_its_own(play: Play) -> None:
    report = f"全年收到行政复议申请77件，审结70件。{MORE}"
    setup = f"setup: {{place: 海盐县, year: 2021, report: {report}}}\n"
    assert failures(play(setup + "dialogues: [{say: 海盐复议收了几件, figure: 77件}]\n")) == []
    [played] = play("setup: {report: 没有标题}\ndialogues: [{say: x, count: 1}]\n")
    assert "cannot be used" in "\n".join(told(played))


def test_failures_say_why(play: Play) -> None:
    text = "dialogues: [{turns: [{say: 余姚2023年复议收了几件, figure: 1}, {tap: 7, figure: 1},"
    [played] = play(text + " {send_file: nothing.txt, count: 0}]}]\n")
    told_text = "\n".join(told(played))
    assert "beaten by" in told_text
    assert "no button '7'; there are: 原文 | " in told_text
    assert "no file" in told_text


def test_by_command(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.dialogue.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    result = run("play", path, "--telegram")
    assert result.exit_code == 0, result.output
    assert "1 dialogues (7 turns): 1 passed" in result.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_a_bot_in_another_process(
    run: Run, small_settings: Settings, tmp_path: Path, mode: str
) -> None:
    path, log = tmp_path / "x.dialogue.yaml", tmp_path / "log.txt"
    path.write_text(SCRIPT + HERE_ONLY.partition("\n")[2].partition("\n")[2], encoding="utf-8")
    root = f"http://127.0.0.1:{free_port()}"
    token = "4242:AAFakeFakeFakeFakeFakeFakeFakeFake-_x"
    bot = {"FAZHIBOT_API_ROOT": root, "TELEGRAM_BOT_TOKEN": token, "PATH": os.environ["PATH"]}
    env = bot | environment(REPORTS, tmp_path / "var")
    if mode == "webhook":
        address = f"127.0.0.1:{free_port()}"
        env |= {"FAZHIBOT_MODE": "webhook", "FAZHIBOT_WEBHOOK_SECRET": "a-secret_123"}
        env |= {"FAZHIBOT_WEBHOOK_LISTEN": address, "FAZHIBOT_WEBHOOK_URL": f"http://{address}/x"}
    with log.open("wb") as out:
        started = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"], env=env, stdout=out, stderr=out
        )
        try:
            result = run("play", path, "--api-root", root)
            # A webhook was told to the server of the first run only.
            again = run("play", path, "--api-root", root) if mode == "polling" else result
        finally:
            started.terminate()
            started.wait(30)
    assert result.exit_code == 0, result.output + log.read_text("utf-8")
    assert again.exit_code == 0, again.output
    assert "12 dialogues" in result.stdout
    assert "3 skipped" in result.stdout


def test_where_the_api_may_be(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.dialogue.yaml"
    path.write_text(SCRIPT, encoding="utf-8")
    assert run("play", path, "--api-root", "http://example.org").exit_code == 2
    assert run("play", path, "--api-root", "http://127.0.0.1:1", "--jobs", "2").exit_code == 2


# -- what a message tells ----------------------------------------------------------------------

WORDINGS = load_wordings().by_language
TEMPLATES = [w.templates for w in WORDINGS.values()]


def overheard(key: str, language: str = "zh-Hans", **fields: str) -> dict[str, object]:
    text = WORDINGS[language].say(key, **fields)
    return record_of(Message(text, (), (), ()), TEMPLATES, lambda _: None)


def test_verdicts_are_told_from_the_words() -> None:
    assert overheard("out_of_scope")["status"] == "out_of_scope"
    assert overheard("out_of_scope", "en")["status"] == "out_of_scope"
    year = overheard("unknown_year", "zh-Hant", place="余姚市", year="2020", years="2023")
    assert (year["status"], year["reason"]) == ("no_data", "unknown_year")
    asked = overheard("which_place_for", measure="x")
    assert (asked["status"], asked["reason"]) == ("clarify", "ambiguous_place")
    silent = overheard("not_reported", place="余姚市", year="2023", measure="x")
    assert silent["status"] == "no_data"
    assert "reason" not in silent
    quote = record_of(Message("原文", (), ("原文",), ()), TEMPLATES, lambda _: None)
    assert (quote["status"], quote["passages"]) == ("answered", [{"text": "原文"}])


def test_a_figure_in_english() -> None:
    say = WORDINGS["en"].say
    where = say("where", place="余姚市 (Yuyao)", year="2023", kind="")
    text = f"215件  收案件数\n{where}\n收到215件。"
    message = Message(text, ("215件",), ("收到215件。",), ())
    [fact] = entries(record_of(message, TEMPLATES, lambda _: (215, "件")), "facts")
    assert (fact["text"], fact["metric"], fact["value"]) == ("215件", "收案件数", 215)
    assert (fact["jurisdiction"], fact["year"]) == ("余姚市", "2023")
    assert fact["excerpt"] == "收到215件。"


def test_a_template_with_a_field_twice() -> None:
    assert pattern("{place}，{place}现有").fullmatch("余姚，余姚现有")

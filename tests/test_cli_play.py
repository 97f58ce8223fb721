"""`fazhibot play`, as testers use it."""

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import REPORTS
from test_cli import Run, environment, invoke, quick, run

from bot.settings import ROOT, Settings

__all__ = ["quick", "run"]

ASKED = "{say: 余姚2023年复议收了几件, figure: 215件}"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "a.dialogue.yaml"
    path.write_text(
        f"dialogues:\n- {ASKED}\n- {{say: 德清复议几件, tags: [x], figure: 97件}}\n", "utf-8"
    )
    return path


def test_all_is_well(run: Run, script: Path, tmp_path: Path) -> None:
    result = run("play", script, "--junit", tmp_path / "out.xml")
    assert result.exit_code == 0, result.output
    assert "2 dialogues (2 turns): 2 passed, 0 failed" in result.stdout
    root = ElementTree.parse(tmp_path / "out.xml").getroot()
    assert len(root.findall("testsuite/testcase")) == 2


def test_one_fails(run: Run, script: Path) -> None:
    script.write_text(f"dialogues:\n- {ASKED.replace('215', '198')}\n", "utf-8")
    result = run("play", script)
    assert result.exit_code == 1
    assert "a.dialogue.yaml:2: turn 1" in result.stdout
    assert "wanted figure: 198件" in result.stdout
    assert "beaten by" in result.stdout


def test_a_broken_file_fails_and_the_others_are_played(run: Run, script: Path) -> None:
    (script.parent / "b.dialogue.yaml").write_text("dialogues:\n- {say: x}\n", "utf-8")
    result = run("play", script.parent)
    assert result.exit_code == 1
    assert "b.dialogue.yaml:2: the turn expects nothing" in result.stdout
    assert "2 passed" in result.stdout


def test_choosing(run: Run, script: Path) -> None:
    assert "1 dialogues" in run("play", script, "-k", "德清").stdout
    assert "1 dialogues" in run("play", script, "--tag", "x").stdout
    result = run("play", script, "-k", "德清 or")
    assert result.exit_code == 1
    assert "-k: a word is missing before 'the end'" in result.stderr


def test_nothing_chosen_is_a_failure(run: Run, script: Path) -> None:
    result = run("play", script, "-k", "没有这样的")
    assert result.exit_code == 1
    assert "nothing to play" in result.stderr


def test_no_such_file(small_settings: Settings, tmp_path: Path) -> None:
    env = environment(REPORTS, small_settings.data_dir)
    assert invoke(env, "play", str(tmp_path / "nothing.yaml")).exit_code == 2


def test_accepting_keeps_the_file_as_it_was_written(run: Run, script: Path) -> None:
    """Notepad writes a byte-order mark and CRLF; both stay."""
    old = "dialogues:\r\n- say: 余姚2023年复议收了几件\r\n  figure: 7件   # 旧\r\n"
    script.write_bytes(b"\xef\xbb\xbf" + old.encode())
    result = run("play", script, "--accept", stdin="n\n")
    assert result.exit_code == 1
    assert "-  figure: 7件   # 旧\n+  figure: 215件   # 旧\n" in result.stdout
    assert "write this?" in result.stdout
    assert script.read_bytes() == b"\xef\xbb\xbf" + old.encode()
    run("play", script, "--accept", stdin="y\n")
    assert script.read_bytes() == b"\xef\xbb\xbf" + old.replace("7件", "215件").encode()
    assert run("play", script).exit_code == 0


def test_accepting_tells_what_is_left(run: Run, script: Path) -> None:
    script.write_text(f"dialogues:\n- {ASKED[:-1]}, 'reply~': 不是}}\n", "utf-8")
    result = run("play", script, "--accept", "--yes")
    assert "by hand:" in result.stdout
    assert "reply~: 不是" in result.stdout


def test_what_is_mended_is_taken_out(run: Run, script: Path) -> None:
    script.write_text(f"dialogues:\n- {ASKED[:-1]}, known_failure: 不会}}\n", "utf-8")
    assert run("play", script, "--mended", "--yes").exit_code == 1
    assert script.read_text("utf-8") == f"dialogues:\n- {ASKED}\n"
    assert run("play", script).exit_code == 0


def test_reports(run: Run, script: Path, tmp_path: Path) -> None:
    script.write_text(f"dialogues:\n- {ASKED.replace('215', '198')}\n", "utf-8")
    result = run("play", script, "--coverage", "--html", tmp_path / "out.html")
    assert "measures: 1 of" in result.stdout
    assert "confusion: 行政复议审结件数 answered with 行政复议收案件数: 1" in result.stdout
    assert "没有通过（1）" in (tmp_path / "out.html").read_text("utf-8")


def test_a_file_given_twice_is_played_once(run: Run, script: Path) -> None:
    assert "2 dialogues" in run("play", script, script.parent, script.parent).stdout


def test_several_processes_give_the_same(small_settings: Settings, script: Path) -> None:
    env = os.environ | environment(REPORTS, small_settings.data_dir)
    words = [sys.executable, "-m", "bot", "play", str(script), "--jobs", "2"]
    done = subprocess.run(words, env=env, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 dialogues (2 turns): 2 passed" in done.stdout

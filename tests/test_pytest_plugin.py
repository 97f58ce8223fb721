"""The pytest plugin, as a tester runs it: a process of its own over the invented reports."""

import re
import subprocess
import sys
from pathlib import Path

from conftest import REPORTS

GOOD = "{say: 余姚2023年复议收了几件, figure: 215件}"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    (folder / "pytest.ini").write_text(f"[pytest]\nfazhibot_seeds = {REPORTS}\n", "utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-rA", "-v", *words],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_each_dialogue_is_a_test(tmp_path: Path) -> None:
    (tmp_path / "a.dialogue.yaml").write_text(
        f"""
dialogues:
  - {GOOD}
  - {{name: 不对, tags: [red], say: 余姚2023年复议收了几件, figure: 198件}}
  - {{name: 已知, say: 余姚2023年复议收了几件, figure: 1, known_failure: 还不会}}
  - {{name: 不跑, say: 余姚2023年复议收了几件, figure: 1, skip: 以后再说}}
  - {{name: 打错, say: x, figur: 1}}
""",
        "utf-8",
    )
    (tmp_path / "b.dialogue.yaml").write_text("dialogues: [", "utf-8")
    (tmp_path / "c.dialogue.yaml").write_text(f"dialogues:\n- {GOOD}\n", "utf-8")
    done = run(tmp_path)
    assert done.returncode == 1, done.stdout + done.stderr
    text = done.stdout
    assert "3 failed, 2 passed, 1 skipped, 1 xfailed" in text
    assert "a.dialogue.yaml:4: turn 1, say: 余姚2023年复议收了几件" in text
    assert "wanted figure: 198件" in text
    assert "beaten by" in text
    assert "a.dialogue.yaml:7: unknown key 'figur'" in text
    assert re.search(r"b\.dialogue\.yaml:\d: not valid YAML", text)
    assert "以后再说" in text
    assert "还不会" in text
    assert "Traceback" not in text
    again = run(tmp_path, "--fazhibot-telegram", "-p", "no:asyncio")
    assert "3 failed, 2 passed, 1 skipped, 1 xfailed" in again.stdout, again.stdout + again.stderr
    assert "beaten by" in again.stdout
    chosen = run(tmp_path, "-k", "red")
    assert "1 failed" in chosen.stdout
    assert "deselected" in chosen.stdout

"""`fazhibot reload`, `rollback`, `audit`; SIGHUP, and a running bot that follows."""

import logging
import signal
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Home

from bot import building
from bot.app import Bot, open_knowledge, watching
from bot.cli import main
from bot.facts.pointer import current_base
from bot.knowledge import Tongue
from bot.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def settings(home: Home, monkeypatch: pytest.MonkeyPatch, tongue: Tongue) -> Settings:
    monkeypatch.setattr(building, "load_tongue", lambda: tongue)
    return home(admins="7")


@pytest.fixture
def run(settings: Settings) -> Run:
    env = {"FAZHIBOT_SEEDS": str(settings.seeds), "FAZHIBOT_DATA_DIR": str(settings.data_dir)}

    def invoke(*words: str) -> Result:
        result = CliRunner(env=env).invoke(main, words)
        assert not result.exception or isinstance(result.exception, SystemExit), result.exc_info
        return result

    return invoke


def change(settings: Settings) -> None:
    path = settings.seeds / "deqing-2023.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("97件", "98件"), encoding="utf-8")


def test_a_reload_is_published_and_in_the_audit_log(run: Run, settings: Settings) -> None:
    before = current_base(settings.bases)
    change(settings)
    done = run("reload")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == ""
    assert "正在自测" in done.stderr
    assert "97件 → 98件" in done.stderr
    assert current_base(settings.bases) != before
    assert f"console　已发布　{before.stem[:12]} → " in run("audit").stdout


def test_a_reload_that_loses_answers_wants_a_yes(run: Run, settings: Settings) -> None:
    before = current_base(settings.bases)
    (settings.seeds / "deqing-2023.txt").unlink()
    done = run("reload")
    assert done.exit_code == 1
    assert "已取消" in done.stderr
    assert current_base(settings.bases) == before
    assert run("reload", "--yes").exit_code == 0
    assert current_base(settings.bases) != before


def test_a_reload_that_fails_leaves_the_old_base(run: Run, settings: Settings) -> None:
    before = current_base(settings.bases)
    for path in settings.seeds.iterdir():
        path.unlink()
    done = run("reload")
    assert done.exit_code == 1
    assert "没有可用的报告" in done.stderr
    assert current_base(settings.bases) == before


def test_a_waiting_release_of_another_process_is_told(run: Run, settings: Settings) -> None:
    knowledge = open_knowledge(settings)
    with closing(knowledge.base):
        releaser = Bot(settings, knowledge).desk.counter.releaser
        releaser._shelf.take()
        done = run("reload")
        releaser._shelf.give_back()
    assert done.exit_code == 1
    assert "另一个进程正在更换知识库" in done.stderr


def test_going_back(run: Run, settings: Settings) -> None:
    before = current_base(settings.bases)
    change(settings)
    run("reload")
    version = before.stem[:12]
    assert version in run("rollback").stderr
    assert run("rollback", version).exit_code == 0
    assert current_base(settings.bases) == before
    assert run("check").exit_code == 0
    assert current_base(settings.bases) == before
    assert run("rollback", "nothing").exit_code == 1


def test_without_a_base_the_first_one_is_built(run: Run, settings: Settings) -> None:
    current_base(settings.bases).unlink()
    assert run("reload").exit_code == 0


def wait_for(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_sighup_reloads_and_a_running_bot_follows(
    run: Run, settings: Settings, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "EVERY", 0.05)
    bot = Bot(settings, open_knowledge(settings))
    first = bot.knowledge.version
    handler = signal.getsignal(signal.SIGHUP)
    stop = watching.watch(bot)
    try:
        change(settings)
        with caplog.at_level(logging.INFO):
            signal.raise_signal(signal.SIGHUP)
            wait_for(lambda: any("已重新载入" in m for m in caplog.messages))
            second = bot.knowledge.version
            assert second != first
            run("rollback", first)
            wait_for(lambda: bot.knowledge.version == first)
    finally:
        stop()
        signal.signal(signal.SIGHUP, handler)
        bot.knowledge.base.close()
    assert "SIGHUP" in run("audit").stdout


def test_what_cannot_be_followed_is_logged(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    bot = Bot(settings, open_knowledge(settings))
    with closing(bot.knowledge.base):
        Path(settings.bases, "current").write_text(f"{'0' * 32}.sqlite\n")
        watching.follow(bot)
        assert "cannot be taken up" in caplog.text

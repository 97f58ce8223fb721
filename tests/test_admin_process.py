"""A running bot of a deployment: SIGHUP, another process, kill -9 in the middle of a release."""

import asyncio
import signal
import sys
from pathlib import Path

import conftest
import pytest
from served import Home
from served import home as housed

from bot.app.desk import now
from bot.facts.pointer import current_base
from bot.release.audit import AuditLog
from bot.settings import ROOT, Settings

ADMIN, CITIZEN = 7, 8
ASKED = "德清县2023年行政复议收到多少件"


@pytest.fixture
def settings(home: conftest.Home) -> Settings:
    return home(admins=str(ADMIN))


def change(settings: Settings, old: str, new: str) -> None:
    path = settings.seeds / "deqing-2023.txt"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


async def answered(place: Home, figure: str) -> None:
    """Ask until the answer is this one; every answer is one of the two that there are."""
    async with asyncio.timeout(30):
        while True:
            place.api.user_says(ASKED, CITIZEN)
            told = (await place.api.next_message(CITIZEN)).plain_text
            assert "97件" in told or "98件" in told
            if figure in told:
                return
            await asyncio.sleep(0.1)


async def command(place: Home, *words: str) -> str:
    """What a command of another process tells."""
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=ROOT, env=place.environment,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    out, err = await running.communicate()
    return out.decode() + err.decode()


async def test_a_running_bot_takes_up_what_is_published(settings: Settings, tmp_path: Path) -> None:
    first = current_base(settings.bases).stem[:12]
    async with housed(settings.seeds, settings.data_dir, "polling") as place:
        process = await place.start()
        await answered(place, "97件")
        change(settings, "97件", "98件")
        process.running.send_signal(signal.SIGHUP)
        await answered(place, "98件")
        assert "已回到版本" in await command(place, "rollback", first)
        await answered(place, "97件")
        place.api.user_says("/reload", ADMIN)
        await asyncio.sleep(0.2)
        process.kill()
        await process.running.wait()
        assert current_base(settings.bases).is_file()
        process = await place.start()
        await answered(place, "98件")  # the command is on disk: it is carried out after all
        assert await process.end() == 0
    told = AuditLog(settings.data_dir / "audit.jsonl", now).entries()
    done = [(e.who, e.what) for e in told if e.what in ("published", "rollback")]
    assert done[-1::-1][:3] == [
        ("build", "published"), ("SIGHUP", "published"), ("console", "rollback")
    ]  # fmt: skip
    assert done[0] == (str(ADMIN), "published")

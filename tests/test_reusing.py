"""A release takes over what has not changed; the base is the same as one that is read anew."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from admins import Office, admin, change, option

from bot import building
from bot.app import Bot
from bot.ingest import build as ingest
from bot.ingest.extract import Extraction
from bot.ingest.reading import Document


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read, in order."""
    names: list[str] = []
    extract = ingest.extract

    def noted(document: Document, language: object) -> Extraction:
        names.append(document.path.name)
        return extract(document, language)  # type: ignore[arg-type]

    monkeypatch.setattr(ingest, "extract", noted)
    return names


def anew(bot: Bot) -> str:
    """The version of a base that is built from nothing but the sources."""
    folder = bot.settings.data_dir / "anew"
    tongue = building.tongue_now()
    built = building.stage_base(building.sources_of(bot.settings), folder, tongue)
    shutil.rmtree(folder)
    return built.path.stem


def test_only_what_changed_is_read(office: Office, read: list[str]) -> None:
    bot = office()
    change(bot)
    read.clear()
    told = admin(bot, "/reload").plain
    assert read == ["deqing-2023.txt"]
    assert "5 份报告" in told
    assert "97件 → 98件" in told
    assert bot.knowledge.seal == anew(bot)


def rename(folder: Path) -> None:
    (folder / "deqing-2023.txt").rename(folder / "a.txt")


def double(folder: Path) -> None:
    shutil.copy(folder / "deqing-2023.txt", folder / "twice.txt")


def remove(folder: Path) -> None:
    (folder / "yuyao-2022.txt").unlink()


def add(folder: Path) -> None:
    text = (folder / "deqing-2023.txt").read_text(encoding="utf-8")
    (folder / "b.txt").write_text(text.replace("德清县", "海盐县"), encoding="utf-8")


@pytest.mark.parametrize("how", [rename, double, remove, add])
def test_the_base_is_the_same_as_one_that_is_read_anew(
    office: Office, how: Callable[[Path], None]
) -> None:
    bot = office()
    how(bot.settings.seeds)
    reply = admin(bot, "/reload")
    if reply.options:
        admin(bot, option(reply, "发布"))
    assert bot.knowledge.seal == anew(bot)


def test_corrections_come_and_go_as_if_read_anew(office: Office) -> None:
    bot = office()
    [fact] = [f for f in bot.knowledge.base.facts() if f.text == "97件"]
    for said in ("metric 仲裁收案件数", "hide", "drop"):
        admin(bot, option(admin(bot, f"/correct {fact.id} {said} # x"), "发布"))
        assert bot.knowledge.seal == anew(bot), said


def test_another_language_reads_everything(
    office: Office, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = office()
    monkeypatch.setattr(building, "language_fingerprint", lambda: "another")
    read.clear()
    admin(bot, "/reload")
    assert len(read) == 5

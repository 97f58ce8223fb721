"""pytest plugin `fazhibot`: each dialogue of a `*.dialogue.yaml` is a test.

A failed test names every failed turn by file and line with what was understood, the rivals and the
deciding cost. A file that cannot be read fails as one test and hides no other.

Everything of the bot is imported late, so that coverage is measured when pytest-cov asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bot.channels.script.model import Fault, Script
    from bot.channels.script.play import Played
    from bot.playing import Engine
    from bot.playing.messenger import Messenger

_SUFFIX = ".dialogue.yaml"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Where the reports lie, and how dialogues are played."""
    parser.addini("fazhibot_seeds", "Folder of reports that dialogues are played against.")
    group = parser.getgroup("fazhibot")
    group.addoption(
        "--fazhibot-telegram", action="store_true",
        help="Play dialogues through Telegram's API instead of the bare engine.",
    )  # fmt: skip


def pytest_configure(config: pytest.Config) -> None:
    """One stage for all dialogues of a run."""
    config.stash[_STAGE] = _Stage(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove what was built."""
    if _STAGE in config.stash:
        config.stash[_STAGE].close()


def pytest_collect_file(parent: pytest.Collector, file_path: Path) -> pytest.File | None:
    """Take the script files."""
    if file_path.name.endswith(_SUFFIX):
        return DialogueFile.from_parent(parent, path=file_path)
    return None


class _Stage:
    """The player, started when the first dialogue is collected."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config
        self._player: Engine | Messenger | None = None

    @property
    def player(self) -> Engine | Messenger:
        if self._player is None:
            from bot.app import open_knowledge
            from bot.playing import Engine
            from bot.playing.messenger import Messenger

            settings = self._settings()
            made = Messenger if self._config.getoption("--fazhibot-telegram") else Engine
            self._player = made(settings, open_knowledge(settings), date.today())
        return self._player

    def _settings(self) -> Any:
        """Of the environment; with an ini setting, of that folder and pytest's own cache alone."""
        from bot.settings import load_settings

        folder = self._config.getini("fazhibot_seeds")
        if not folder:
            return load_settings()
        cache = getattr(self._config, "cache", None)  # -p no:cacheprovider
        if cache is None:
            raise pytest.UsageError("fazhibot_seeds needs pytest's cache, where the base is kept")
        data = cache.mkdir("fazhibot")
        seeds = self._config.rootpath / str(folder)
        return load_settings({"FAZHIBOT_SEEDS": str(seeds), "FAZHIBOT_DATA_DIR": str(data)})

    def is_place(self, name: str) -> bool:
        from bot.playing import knows_place

        return knows_place(self.player.worlds.tongue.gazetteer, name)

    def close(self) -> None:
        if self._player is not None:
            self._player.__exit__(None, None, None)


_STAGE = pytest.StashKey[_Stage]()


class DialogueFile(pytest.File):
    """A script file."""

    def collect(self) -> Iterator[pytest.Item]:
        """Its dialogues, and its faults as tests that fail."""
        from bot.channels.script.load import load_file

        loaded = load_file(self.path, self.config.stash[_STAGE].is_place)
        for fault in loaded.faults:
            yield FaultItem.from_parent(self, name=f"line {fault.line}", fault=fault)
        for script in loaded.scripts:
            yield DialogueItem.from_parent(self, name=script.name, script=script)


class FaultItem(pytest.Item):
    """Something in a file that cannot be played."""

    def __init__(self, *, fault: Fault, **more: Any) -> None:
        super().__init__(**more)
        self.fault = fault

    def runtest(self) -> None:
        """Fail."""
        raise _Failed(str(self.fault))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        """The fault with file and line."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it stands."""
        return self.path, (self.fault.line or 1) - 1, self.name


class DialogueItem(pytest.Item):
    """One dialogue."""

    def __init__(self, *, script: Script, **more: Any) -> None:
        super().__init__(**more)
        self.script = script
        self.extra_keyword_matches.update(script.tags)

    def runtest(self) -> None:
        """Play it."""
        from bot.channels.script.play import play_one

        played: Played = play_one(self.script, self.config.stash[_STAGE].player)
        if played.skipped:
            pytest.skip(played.skipped)
        if not played.ok:
            from bot.channels.script.told import told

            raise _Failed("\n".join(told(played)))
        if played.known:
            pytest.xfail(played.reason)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Every failed turn; other errors as pytest shows them."""
        if isinstance(excinfo.value, _Failed):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Where it stands."""
        return self.path, self.script.line - 1, self.name


class _Failed(Exception):
    """A dialogue that is not as it should be, told."""

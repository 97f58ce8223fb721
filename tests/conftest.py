"""Bases that tests share: one of the seeds, one of small invented reports. Both are read-only."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from admins import ADMIN, OTHER, Office, player
from talk import TODAY

from bot import building
from bot.app import Bot, build_base, open_knowledge
from bot.knowledge import Knowledge, Tongue, load_knowledge, load_tongue
from bot.settings import PREFIX, ROOT, TOKEN, Settings, load_settings

REPORTS = Path(__file__).with_name("reports")
SEEDS = ROOT / "seeds"

Home = Callable[..., Settings]


@pytest.fixture(autouse=True, scope="session")
def clean_environment() -> Iterator[None]:
    """No test sees the token or the settings of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        for name in [n for n in os.environ if n.startswith(PREFIX) or n == TOKEN]:
            patch.delenv(name)
        yield


def settings_for(seeds: Path, data: Path, **more: str) -> Settings:
    """Settings as an environment would give them."""
    given = {"FAZHIBOT_SEEDS": str(seeds), "FAZHIBOT_DATA_DIR": str(data)}
    return load_settings(
        given | {f"FAZHIBOT_{name.upper()}": value for name, value in more.items()}
    )


def built(seeds: Path, data: Path, tongue: Tongue) -> Settings:
    """Settings with a base that was built from these reports."""
    settings = settings_for(seeds, data)
    build_base(settings, tongue)
    return settings


@pytest.fixture(scope="session")
def tongue() -> Tongue:
    """The language, as shipped."""
    return load_tongue()


@pytest.fixture(scope="session")
def seed_settings(tongue: Tongue, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The base of the seeds, built once."""
    return built(SEEDS, tmp_path_factory.mktemp("seeds"), tongue)


@pytest.fixture(scope="session")
def small_settings(tongue: Tongue, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The base of the invented reports, built once."""
    return built(REPORTS, tmp_path_factory.mktemp("small"), tongue)


@pytest.fixture(scope="session")
def knowledge(seed_settings: Settings, tongue: Tongue) -> Iterator[Knowledge]:
    """What the seeds say."""
    loaded = load_knowledge(seed_settings.bases, tongue)
    yield loaded
    loaded.base.close()


@pytest.fixture(scope="session")
def small(small_settings: Settings, tongue: Tongue) -> Iterator[Knowledge]:
    """What the invented reports say."""
    loaded = load_knowledge(small_settings.bases, tongue)
    yield loaded
    loaded.base.close()


@pytest.fixture
def office(home: Home, monkeypatch: pytest.MonkeyPatch, tongue: Tongue) -> Iterator[Office]:
    """Starts bots over one copy of the invented reports, with two admins."""
    monkeypatch.setattr(building, "load_tongue", lambda: tongue)
    started: list[Bot] = []

    def bot(admins: str = f"{ADMIN},{OTHER}") -> Bot:
        settings = home(admins=admins)
        knowledge = open_knowledge(settings)
        started.append(Bot(settings, knowledge, lambda: TODAY, play=player(settings)))
        return started[-1]

    yield bot
    for one in started:
        one.knowledge.base.close()


@pytest.fixture
def home(tongue: Tongue, tmp_path: Path) -> Home:
    """A copy of the invented reports with a base of its own, to be changed by one test."""

    def copy(**more: str) -> Settings:
        reports, data = tmp_path / "reports", tmp_path / "var"
        if not reports.exists():
            shutil.copytree(REPORTS, reports)
            built(reports, data, tongue)
        return settings_for(reports, data, **more)

    return copy

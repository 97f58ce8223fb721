"""The project's own dialogues: enough of them, kept apart, in several hands; some over Telegram."""

from datetime import date
from pathlib import Path

import pytest

from bot.channels.script.load import Loaded, load
from bot.channels.script.play import play_all
from bot.channels.script.select import by_tags
from bot.channels.script.told import told
from bot.knowledge import Knowledge
from bot.playing import knows_place
from bot.playing.messenger import Messenger
from bot.settings import Settings

HERE = Path(__file__).parent
DIALOGUES, REFUSALS = HERE / "dialogues", HERE / "refusals"


@pytest.fixture(scope="module")
def loaded(knowledge: Knowledge) -> Loaded:
    gazetteer = knowledge.tongue.gazetteer
    return load([DIALOGUES, REFUSALS], lambda name: knows_place(gazetteer, name))


def test_every_file_can_be_read(loaded: Loaded) -> None:
    assert [str(fault) for fault in loaded.faults] == []


def test_dialogues_and_refusals_are_kept_apart(loaded: Loaded) -> None:
    for script in loaded.scripts:
        folder = REFUSALS if script.refusal else DIALOGUES
        assert script.path.is_relative_to(folder), script.id


def test_there_are_enough(loaded: Loaded) -> None:
    dialogues = [s for s in loaded.scripts if not s.refusal]
    assert len(dialogues) >= 150
    assert sum(len(s.turns) for s in dialogues) >= 450
    assert len(loaded.scripts) - len(dialogues) >= 150


def test_known_failures_stay_few(loaded: Loaded) -> None:
    def known(refusal: bool) -> float:
        scripts = [s for s in loaded.scripts if s.refusal is refusal]
        failing = [s for s in scripts if s.known_failure or any(t.known_failure for t in s.turns)]
        return len(failing) / len(scripts)

    assert known(refusal=False) < 0.15
    assert known(refusal=True) < 0.05


def test_a_chosen_few_over_telegram(
    loaded: Loaded, knowledge: Knowledge, seed_settings: Settings
) -> None:
    chosen = [s for s in loaded.scripts if by_tags(("telegram",))(s)]
    assert len(chosen) >= 12
    with Messenger(seed_settings, knowledge, date(2026, 11, 22)) as messenger:
        played = play_all(chosen, messenger)
    assert [line for one in played if not one.ok for line in told(one)] == []

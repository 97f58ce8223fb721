"""The testers' guide: every example in it can be read, and every key is explained."""

import re
from pathlib import Path

import pytest

from bot.channels.script.load import load_file
from bot.channels.script.turns import KEYS
from intents.gazetteer import Gazetteer, load_gazetteer

GUIDE = Path(__file__).with_name("README.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```yaml\n(.*?)```", GUIDE, re.S)


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(Path(__file__).parents[1] / "config" / "places.csv")


@pytest.mark.parametrize("text", EXAMPLES)
def test_an_example_can_be_read(text: str, tmp_path: Path, gazetteer: Gazetteer) -> None:
    path = tmp_path / "example.dialogue.yaml"
    path.write_text(text, encoding="utf-8")
    loaded = load_file(path, lambda name: name in gazetteer.names)
    assert [str(fault) for fault in loaded.faults] == []
    assert loaded.scripts


@pytest.mark.parametrize("key", sorted(KEYS | {"each", "setup", "series", "skip", "tags"}))
def test_a_key_is_explained(key: str) -> None:
    assert re.search(rf"`{re.escape(key)}\b|`{re.escape(key)}:|^\s*{key}:", GUIDE, re.M), key

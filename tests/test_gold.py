"""Extraction against figures that a reader labelled by hand, without seeing the extractor.

The five seeds, and four invented reports of other provinces, years, wordings and layouts.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.facts.model import Fact
from bot.ingest.extract import Extraction, Language, extract
from bot.ingest.reading import read_document
from bot.ingest.wording import load_wording
from bot.knowledge import Tongue
from bot.settings import ROOT

GOLD = Path(__file__).with_name("gold")
SEEDS = ("licheng-2022", "shishi-2024", "jinjiang-2021", "lucheng-2022", "mawei-2021")
INVENTED = ("hulan-2023", "xiaoshan-2020", "yuzhong-2025", "dali-2024")


@dataclass(frozen=True)
class Score:
    """How an extraction compares with the gold."""

    gold: int
    found: int
    facts: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.found / self.gold

    @property
    def precision(self) -> float:
        return 1 - len(self.extra) / self.facts

    @property
    def attributes(self) -> float:
        return 1 - len(self.wrong) / self.found


@pytest.fixture(scope="module")
def language(tongue: Tongue) -> Language:
    return Language(tongue.grammar, load_wording(), tongue.gazetteer)


def extraction(stem: str, language: Language) -> Extraction:
    folder = ROOT / "seeds" if stem in SEEDS else GOLD / "reports"
    return extract(read_document(folder / f"{stem}.txt", ROOT), language)


def differences(fact: Fact, gold: dict[str, object]) -> Iterator[str]:
    if float(fact.value) != float(str(gold["value"])):
        yield f"value {fact.value}, not {gold['value']}"
    if fact.unit != gold["unit"]:
        yield f"unit {fact.unit!r}, not {gold['unit']!r}"
    if fact.area.name != gold["place"]:
        yield f"place {fact.area.name}, not {gold['place']}"
    if fact.year != gold["year"]:
        yield f"year {fact.year}, not {gold['year']}"


def compared(stem: str, language: Language) -> Score:
    facts = extraction(stem, language).facts
    lines = (GOLD / f"{stem}.jsonl").read_text(encoding="utf-8").splitlines()
    gold = [json.loads(line) for line in lines]
    wrong, missed, met = [], [], set()
    for label in gold:
        hit = next((f for f in facts if f.start < label["end"] and label["start"] < f.end), None)
        if hit is None:
            missed.append(f"{label['text']} {label['metric']}")
            continue
        met.add(hit.id)
        bad = list(differences(hit, label))
        if bad:
            wrong.append(f"{label['text']} {hit.metric}: {', '.join(bad)}")
    extra = tuple(f"{f.text} {f.metric}" for f in facts if f.id not in met)
    found = len(gold) - len(missed)
    return Score(len(gold), found, len(facts), tuple(wrong), tuple(missed), extra)


@pytest.mark.parametrize("stem", SEEDS)
def test_seeds_reach_their_floors(stem: str, language: Language) -> None:
    score = compared(stem, language)
    assert score.recall >= 0.97, score.missed
    assert score.precision >= 0.95, score.extra
    assert score.attributes >= 0.97, score.wrong


@pytest.mark.parametrize("stem", INVENTED)
def test_other_styles_reach_their_floors(stem: str, language: Language) -> None:
    score = compared(stem, language)
    assert score.recall >= 0.93, score.missed
    assert score.precision >= 0.90, score.extra
    assert score.attributes >= 0.93, score.wrong


@pytest.mark.parametrize("stem", (*SEEDS, *INVENTED))
def test_every_fact_is_proved_by_its_source(stem: str, language: Language) -> None:
    result = extraction(stem, language)
    for fact in result.facts:
        assert result.report.text[fact.start : fact.end] == fact.text
        quantity = language.grammar.parse(fact.text)
        assert quantity is not None
        assert (quantity.value, quantity.unit, quantity.qualifier) == (
            fact.value,
            fact.unit,
            fact.qualifier,
        )
        assert fact.printed in fact.excerpt
    assert len({fact.id for fact in result.facts}) == len(result.facts)


@pytest.mark.parametrize("stem", (*SEEDS, *INVENTED))
def test_names_stand_alone(stem: str, language: Language) -> None:
    result = extraction(stem, language)
    for fact in result.facts:
        assert len(fact.metric) >= 3, fact
        assert str(result.report.year) not in fact.metric, fact
        assert not fact.metric.startswith(("其中", "的", "和", "及")), fact

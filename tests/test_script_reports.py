"""Coverage, confusions and the page: what was exercised, what was mixed up, all of it escaped."""

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from test_script_play import engine, play

from bot.channels.script.exercised import (
    Exercised,
    Universe,
    confusion,
    coverage_lines,
    exercised,
)
from bot.channels.script.page import Run, page, write_page
from bot.channels.script.play import Played, Result
from bot.knowledge import Knowledge
from bot.playing import universe_of

__all__ = ["engine", "play"]

Play = Callable[..., list[Played]]
TEXT = """
- {say: 余姚2023年复议收了几件, figure: 215件}
- turns:
    - {say: 德清复议审结几件, figure: 90件}
    - {say: 余姚2023年呢, figure: 198件, "reply~": 沿用}
- {name: bad, say: 余姚2023年复议收了几件, figure: 198件, place: 余姚市, year: 2023}
- {name: unknown, say: 余姚2023年复议收了几件, figure: 7件}
- {name: asked back, say: 鼓楼区复议收了几件, status: clarify}
- {name: "<b>&", say: 余姚2023年复议收了几件, figure: 215件, skip: <i>}
"""


@pytest.fixture
def universe(small: Knowledge) -> Universe:
    return universe_of(small)


@pytest.fixture
def result(play: Play) -> Result:
    refused = play("- {say: 余姚2023年复议审结几件}\n- {say: 余姚有几个公职律师}\n", "refusals")
    return Result((*play(TEXT), *refused))


def by_title(found: tuple[Exercised, ...]) -> dict[str, Exercised]:
    return {kind.title: kind for kind in found}


def test_what_was_exercised(result: Result, universe: Universe) -> None:
    found = by_title(exercised(result, universe))
    measures = found["measures"]
    assert measures.passing["reconsideration.concluded"] == 2
    assert measures.failing["reconsideration.received"] == 2
    assert "legal_aid.cases" in measures.never
    assert measures.total == len(universe.intents)
    assert found["reasons"].passing == {"ambiguous_place": 1, "not_reported": 1}
    assert "unknown_year" in found["reasons"].never
    slots = found["place/year/measure slots"]
    assert slots.total == 27
    assert slots.passing["said/said/carried"] == 1
    assert {"余姚市", "德清县"} <= set(found["places"].passing)
    assert found["places"].never == ("鼓楼区",)
    keys = found["reply keys"]
    assert {"figure", "where", "carried", "which_place", "not_reported"} <= set(keys.passing)
    assert "admin_only" in keys.never


def test_only_failing_turns_are_told_apart(play: Play, universe: Universe) -> None:
    played = play("- {say: 余姚2023年复议收了几件, figure: 198件}\n")
    measures = by_title(exercised(Result(tuple(played)), universe))["measures"]
    assert measures.only_failing == ("reconsideration.received",)
    text = "\n".join(coverage_lines((measures,)))
    assert "measures: 1 of" in text
    assert "only in turns that fail: reconsideration.received" in text
    assert "never:" in text
    assert "more" in text


def test_confusions_have_names(result: Result, universe: Universe) -> None:
    pairs = confusion(result, universe)
    assert pairs["行政复议审结件数", "行政复议收案件数"] == 1
    assert pairs["no canonical measure", "行政复议收案件数"] == 1
    assert pairs["a refusal", "行政复议审结件数"] == 1
    assert sum(pairs.values()) == 3


def test_the_page(result: Result, universe: Universe, tmp_path: Path) -> None:
    run = Run(date(2026, 11, 22), "engine", 1.25)
    write_page(result, universe, run, tmp_path / "page.html")
    text = (tmp_path / "page.html").read_text("utf-8")
    assert "有 3 个对话不符合预期" in text
    assert "2026-11-22 · engine · 1.2 秒" in text
    assert "wanted figure: 198件" in text
    assert "<b>&" not in text
    assert "<i>" not in text
    assert "行政复议审结件数</td><td>→ 行政复议收案件数" in text
    assert "$" not in text


def test_the_page_is_well_formed(result: Result, universe: Universe) -> None:
    opened: list[str] = []

    class Strict(HTMLParser):
        def handle_starttag(self, tag: str, attrs: object) -> None:
            if tag != "meta":
                opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Strict().feed(page(result, universe, Run(date(2026, 11, 22), "engine", 0.1)))
    assert opened == []


def test_the_page_of_a_good_run(play: Play, universe: Universe) -> None:
    good = Result(tuple(play("- {say: 余姚2023年复议收了几件, figure: 215件}\n")))
    text = page(good, universe, Run(date(2026, 11, 22), "engine", 0.1))
    assert "全部符合预期" in text
    assert "没有。" in text

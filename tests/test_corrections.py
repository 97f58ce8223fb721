"""Corrections: a figure is mended or hidden as long as its source says what it said."""

from contextlib import closing
from pathlib import Path

import pytest
from admins import Office, admin, ask, change, option
from conftest import REPORTS, settings_for
from talk import say

from bot import building
from bot.app import Bot
from bot.building import build_base, ledgers
from bot.facts.model import Fact, Kind
from bot.ingest.build import Built
from bot.ingest.corrections import HIDDEN, load_corrections
from bot.knowledge import Knowledge, Tongue, load_knowledge
from bot.settings import Settings
from intents.errors import DataFileError


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(REPORTS, tmp_path / "var")


def fact_of(knowledge: Knowledge, text: str) -> Fact:
    [fact] = [f for f in knowledge.base.facts() if f.text == text]
    return fact


def corrected(settings: Settings, text: str, tongue: Tongue) -> tuple[Built, Knowledge]:
    path = settings.data_dir / "config" / building.CORRECTIONS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    built = build_base(settings, tongue)
    return built, load_knowledge(settings.bases, tongue)


def entry(fact: Fact, **more: object) -> str:
    values = {"text": fact.text, "note": "tested", **more}
    return f"{fact.id}:\n" + "".join(f"  {k}: {v}\n" for k, v in values.items())


def test_a_hidden_figure_is_no_answer_but_stays_in_the_ledger(
    settings: Settings, small: Knowledge, tongue: Tongue
) -> None:
    fact = fact_of(small, "97件")
    built, knowledge = corrected(settings, entry(fact, hide="true"), tongue)
    with closing(knowledge.base):
        assert built.stale == ()
        assert knowledge.base.fact(fact.id) is None
        assert "97件" not in say(knowledge, "德清县2023年行政复议收到多少件").figures
        hidden = [x for led in ledgers(knowledge.base) for x in led.excluded if x.rule == HIDDEN]
        assert [(x.text, x.start) for x in hidden] == [("97件", fact.start)]
        assert "tested" in knowledge.base.meta["corrections"]


def test_a_figure_gets_another_name_year_place_and_kind(
    settings: Settings, small: Knowledge, tongue: Tongue
) -> None:
    fact = fact_of(small, "97件")
    text = entry(fact, metric="仲裁收案件数", year=2022, place="330281", kind="plan")
    built, knowledge = corrected(settings, text, tongue)
    with closing(knowledge.base):
        mended = knowledge.base.fact(fact.id)
        assert built.stale == ()
        assert mended is not None
        assert (mended.metric, mended.year) == ("仲裁收案件数", 2022)
        assert (mended.area.name, mended.kind) == ("余姚市", Kind.PLAN)
        assert (mended.text, mended.value) == (fact.text, fact.value)


def test_a_figure_is_cut_anew_from_its_source(
    settings: Settings, small: Knowledge, tongue: Tongue
) -> None:
    fact = fact_of(small, "近900件")
    _, knowledge = corrected(settings, entry(fact, printed="900件"), tongue)
    with closing(knowledge.base):
        mended = knowledge.base.fact(fact.id)
        assert mended is not None
        assert (mended.text, mended.qualifier.value) == ("900件", "exact")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"text": "98件", "hide": "true"}, "原文这里是“97件”"),
        ({"printed": "98件"}, "没有“98件”"),
        ({"printed": "90件"}, "没有“90件”"),
        ({"printed": "收到"}, "没有“收到”"),
        ({"place": "999999"}, "没有代码是 999999 的地方"),
    ],
)
def test_a_correction_that_does_not_fit_changes_nothing_and_is_reported(
    settings: Settings, small: Knowledge, tongue: Tongue, more: dict[str, str], why: str
) -> None:
    fact = fact_of(small, "97件")
    built, knowledge = corrected(settings, "\n" + entry(fact, **more), tongue)
    with closing(knowledge.base):
        [stale] = built.stale
        assert why in stale
        assert "corrections.yaml:3: " in stale
        assert knowledge.base.fact(fact.id) == fact


def test_a_correction_of_a_report_that_has_changed_is_reported(
    settings: Settings, tongue: Tongue
) -> None:
    text = "330521-2023-00000000:\n  text: 97件\n  note: x\n  hide: true\n"
    built, knowledge = corrected(settings, text, tongue)
    with closing(knowledge.base):
        assert "没有这个事实了" in built.stale[0]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a:\n  text: 97件\n  hide: true\n", "missing key 'note'"),
        ("a:\n  text: 97件\n  note: x\n", "nothing to mend"),
        ("a:\n  text: 97件\n  note: x\n  value: 98\n", "unknown key 'value'"),
        ("a:\n  text: 97件\n  note: x\n  kind: sum\n", "unknown kind 'sum'"),
        ("a:\n  text: 97件\n  note: x\n  year: next\n", "whole number"),
    ],
)
def test_what_is_wrong_is_told_with_file_and_line(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "corrections.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataFileError, match=why) as caught:
        load_corrections([path])
    assert f"{path}:" in str(caught.value)


def test_the_later_file_stands(tmp_path: Path) -> None:
    for name, metric in (("a", "旧名"), ("b", "新名")):
        (tmp_path / name).write_text(f"f:\n  text: 1件\n  note: x\n  metric: {metric}\n", "utf-8")
    found = load_corrections([tmp_path / "a", tmp_path / "missing", tmp_path / "b"])
    assert [c.metric for c in found] == ["新名"]


def test_none_are_shipped() -> None:
    assert load_corrections([building.CORRECTIONS_FILE]) == ()


# -- from the chat ---------------------------------------------------------------------------


def test_an_admin_finds_a_figure_and_hides_it(office: Office) -> None:
    bot = office()
    reply = admin(bot, "/correct 德清县2023年行政复议收到多少件")
    shown = admin(bot, option(reply, "97件"))
    assert "全年收到行政复议申请97件" in shown.plain
    reply = admin(bot, option(shown, "不再用"))
    assert "97件 → " not in reply.plain
    assert "－ 德清县 2023年" in reply.plain
    assert "97件" in ask(bot, "德清县2023年行政复议收到多少件")
    admin(bot, option(reply, "发布"))
    assert "97件　" not in ask(bot, "德清县2023年行政复议收到多少件")
    again = Bot(bot.settings, building.open_knowledge(bot.settings))
    with closing(again.knowledge.base):
        assert again.knowledge.version == bot.knowledge.version


def test_an_admin_mends_a_name_and_takes_it_back(office: Office) -> None:
    bot = office()
    fact = fact_of(bot.knowledge, "97件")
    reply = admin(bot, f"/correct {fact.id} metric 仲裁收案件数 # 报告里写错了标题")
    assert "更正：" in reply.plain
    admin(bot, option(reply, "发布"))
    mended = bot.knowledge.base.fact(fact.id)
    assert mended is not None
    assert mended.metric == "仲裁收案件数"
    assert "报告里写错了标题" in bot.knowledge.base.meta["corrections"]
    reply = admin(bot, f"/correct {fact.id} drop")
    admin(bot, option(reply, "发布"))
    assert bot.knowledge.base.fact(fact.id) == fact


def test_a_correction_from_the_chat_must_fit_its_source(office: Office) -> None:
    bot = office()
    fact = fact_of(bot.knowledge, "97件")
    told = admin(bot, f"/correct {fact.id} printed 98件").plain
    assert told.startswith("没有更正，继续用原来的版本")
    assert "没有“98件”" in told
    assert "unknown kind 'x'" in admin(bot, f"/correct {fact.id} kind x").plain
    assert "whole number" in admin(bot, f"/correct {fact.id} year 明年").plain
    assert not (bot.settings.data_dir / "config").exists()


def test_a_correction_whose_report_changes_is_reported_at_the_next_release(office: Office) -> None:
    bot = office()
    fact = fact_of(bot.knowledge, "97件")
    admin(bot, option(admin(bot, f"/correct {fact.id} hide"), "发布"))
    change(bot, "97件", "98件")
    told = admin(bot, "/reload").plain
    assert "有一条更正不再适用：" in told
    assert "corrections.yaml:" in told
    assert "没有这个事实了" in told


@pytest.mark.parametrize(
    "said", ["/correct", "/correct 你好", "/correct 330521-2023-00000000", "/correct .* drop"]
)
def test_how_to_correct_is_told(office: Office, said: str) -> None:
    assert "更正一个数：/correct" in admin(office(), said).plain

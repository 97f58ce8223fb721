"""What is counted of questions, what is not kept, and what admins see of it."""

import json
import logging
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from admins import ADMIN, Office, admin, option
from click.testing import CliRunner
from conftest import settings_for
from talk import TODAY

from bot.app import Bot
from bot.cli import main
from bot.knowledge import Knowledge
from bot.learning.hearing import Heard, plain
from bot.learning.store import DOWN, Learning
from bot.messages import Message
from bot.settings import Settings

MISSED = "余姚市2023年摆茶摊的有多少件"
ANSWERED = "德清县2023年行政复议收到多少件"


class Calendar:
    day = TODAY

    def __call__(self) -> date:
        return self.day


@pytest.fixture
def calendar() -> Calendar:
    return Calendar()


@pytest.fixture
def learning(tmp_path: Path, calendar: Calendar) -> Learning:
    return Learning(tmp_path, 90, calendar)


@pytest.fixture
def bot(tmp_path: Path, small: Knowledge, small_settings: Settings) -> Bot:
    """A bot that counts into a folder of its own."""
    settings = settings_for(small_settings.seeds, tmp_path, admins=ADMIN)
    return Bot(settings, small, lambda: TODAY, counts=True)


def say(bot: Bot, text: str, user: str = "8") -> str:
    return bot.answer(Message(text, f"chat:{user}", user)).reply.plain


def missed(text: str = "摆茶摊的有几件", reason: str = "not_reported") -> Heard:
    return Heard(text, "no_data", reason, "reconsideration.received", "330281")


# -- counting --------------------------------------------------------------------------------


def test_what_is_refused_or_asked_back_is_counted_with_its_reason(bot: Bot) -> None:
    for user in ("8", "9", "9"):
        say(bot, MISSED, user)
    say(bot, "上海市2023年行政复议收到多少件")
    say(bot, "鼓楼区行政复议收到多少件")
    say(bot, ANSWERED)
    say(bot, "你好")
    say(bot, "/help")
    found = {m.text: m for m in bot.learning.missed()}
    assert len(found) == 3
    first = found[MISSED]
    assert (first.count, first.people) == (3, 2)
    assert found["上海市2023年行政复议收到多少件"].reason == "unknown_place"
    assert found["上海市2023年行政复议收到多少件"].measure == "reconsideration.received"
    assert found["鼓楼区行政复议收到多少件"].reason == "ambiguous_place"


def test_stats_tell_days_shares_measures_and_places(learning: Learning, calendar: Calendar) -> None:
    good = Heard("x", "answered", "", "reconsideration.received", "330521")
    for _ in range(3):
        learning.note(good, "8", "s")
    learning.note(missed(), "8", "s")
    calendar.day += timedelta(days=1)
    learning.note(good, "9", "t")
    stats = learning.stats()
    assert [(d.asked, d.answered) for d in stats.days] == [(4, 3), (1, 1)]
    assert stats.share == 0.8
    assert stats.measures[0] == ("reconsideration.received", 5)
    assert stats.places[0] == ("330521", 4)
    assert dict(stats.statuses) == {"answered": 4, "no_data": 1}
    assert [d.asked for d in learning.stats(1).days] == [1]


def test_thumbs_are_counted_once_a_person_and_question(bot: Bot) -> None:
    here = Message("", "chat:8", "8")
    bot.rate(here, good=True)
    say(bot, ANSWERED)
    bot.rate(here, good=True)
    bot.rate(here, good=False)
    stats = bot.learning.stats()
    assert (stats.good, stats.bad) == (0, 1)
    [kept] = bot.learning.missed()
    assert (kept.text, kept.reason) == (ANSWERED, DOWN)


# -- what is not kept ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("我的电话13800138000，复议多少", "我的电话#，复议多少"),
        ("身份证33028119900101123x", "身份证#"),
        ("写信到 zhang.san@example.com 谢谢", "写信到 # 谢谢"),
        ("2023年复议多少件？", "2023年复议多少件"),
        ("说" * 200, "说" * 60),
    ],
)
def test_particulars_are_not_kept(said: str, kept: str) -> None:
    assert plain(said) == kept


def test_no_user_is_kept_but_by_a_hash_that_nobody_can_make_anew(
    tmp_path: Path, learning: Learning, calendar: Calendar
) -> None:
    learning.note(missed(), "123456789", "telegram:55:123456789")
    learning.flush()
    whole = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"123456789" not in whole
    assert (tmp_path / "learning.salt").stat().st_mode & 0o077 == 0
    Learning(tmp_path, 90, calendar).note(missed(), "123456789", "other")
    again = Learning(tmp_path, 90, calendar)
    again.note(missed(), "123456789", "third")
    assert again.missed()[0].people == 1


def test_what_is_old_goes(learning: Learning, calendar: Calendar) -> None:
    learning.note(missed(), "8", "s")
    learning.flush()
    calendar.day += timedelta(days=91)
    learning.note(missed("别的"), "8", "s")
    assert [m.text for m in learning.missed()] == ["别的"]


def test_a_user_can_be_forgotten(learning: Learning) -> None:
    learning.note(missed(), "8", "s")
    learning.rate("8", "s", good=False)
    learning.note(missed(), "9", "t")
    learning.forget("8", "s")
    assert [(m.reason, m.count) for m in learning.missed()] == [("not_reported", 1)]
    assert not learning.rate("8", "s", good=True)


def test_testers_are_not_counted(small: Knowledge, tmp_path: Path) -> None:
    bot = Bot(settings_for(tmp_path, tmp_path / "var"), small)
    say(bot, MISSED)
    assert bot.learning.missed() == []
    assert not (tmp_path / "var").exists()


# -- trouble ---------------------------------------------------------------------------------


def test_a_disk_that_fails_costs_no_answer(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    bot.learning._path = bot.settings.data_dir / "file" / "x.sqlite"
    (bot.settings.data_dir / "file").write_text("no folder")
    with caplog.at_level(logging.WARNING):
        assert "97件" in say(bot, ANSWERED)
        bot.learning.flush()
    assert "counts are not written" in caplog.text


def test_many_questions_are_written_in_between(
    learning: Learning, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.learning.store._AT_ONCE", 500)
    for number in range(600):
        learning.note(missed(f"问{number % 7}"), str(number % 11), "s")
    with closing(sqlite3.connect(tmp_path / "learning.sqlite")) as db:
        assert db.execute("SELECT sum(count) FROM missed").fetchone()[0] >= 250
    assert sum(m.count for m in learning.missed()) == 600


# -- what admins see -------------------------------------------------------------------------


def test_unanswered_questions_are_grouped_with_words_to_teach(bot: Bot) -> None:
    assert "最近没有" in admin(bot, "/unanswered").plain
    for _ in range(3):
        say(bot, MISSED)
    say(bot, "上海市2023年行政复议收到多少件")
    reply = admin(bot, "/unanswered")
    assert reply.plain.startswith("没答上来的问题，共 4 次：")
    assert "3 次　" + MISSED in reply.plain
    assert "【没有这个地方 · 行政复议收案件数】1 次" in reply.plain
    assert "摆茶摊" in option(reply, "加为别名")


def test_stats_for_admins(bot: Bot) -> None:
    say(bot, ANSWERED)
    say(bot, MISSED, "9")
    bot.rate(Message("", "chat:8", "8"), good=False)
    told = admin(bot, "/stats").plain
    assert "2 个问题，答上 50%" in told
    assert "行政复议收案件数 1" in told
    assert "德清县 1" in told
    assert "点踩 1" in told


def test_the_command_line_exports(
    bot: Bot, tmp_path: Path, small_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    say(bot, MISSED)
    say(bot, ANSWERED)
    bot.learning.flush()
    env = {"FAZHIBOT_SEEDS": str(small_settings.seeds), "FAZHIBOT_DATA_DIR": str(tmp_path)}
    (tmp_path / "bases").symlink_to(small_settings.bases)

    def run(*words: str) -> str:
        done = CliRunner(env=env).invoke(main, words)
        assert done.exit_code == 0, done.output
        return done.stdout

    record = json.loads(run("stats", "--json", "--days", "99999"))
    assert record["asked"] == 2
    assert record["answered_share"] == 0.5
    assert {"intent": "reconsideration.received", "count": 1} in record["measures"]
    run("unanswered", "--export", str(tmp_path / "out.jsonl"))
    [line] = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["text"] == MISSED
    assert json.loads(line)["count"] == 1


# -- teaching --------------------------------------------------------------------------------


def test_a_missed_word_becomes_an_alias_through_a_release(office: Office) -> None:
    bot = office()
    bot._counts = True
    say(bot, MISSED)
    word = option(admin(bot, "/unanswered"), "加为别名")
    which = admin(bot, word)
    assert "是哪个指标？" in which.plain
    assert 1 < len(which.options) <= 8
    reply = admin(bot, f"{word} = 行政复议收案件数")
    assert "别名：摆茶摊 = 行政复议收案件数" in reply.plain
    assert "215件" not in say(bot, MISSED)
    assert not (bot.settings.data_dir / "config").exists()
    assert "已发布" in admin(bot, option(reply, "发布")).plain
    assert "215件" in say(bot, MISSED)
    overlay = bot.settings.data_dir / "config"
    assert '"摆茶摊":\n  measure: reconsideration.received\n' in (
        overlay / "aliases.yaml").read_text(encoding="utf-8")  # fmt: skip
    script = (overlay / "dialogues" / "aliases.dialogue.yaml").read_text(encoding="utf-8")
    assert "摆茶摊" in script
    assert "same_as: 1" in script
    assert "摆茶摊 = 行政复议收案件数" in admin(bot, "/audit").plain


def test_an_alias_is_taken_back(office: Office) -> None:
    bot = office()
    admin(bot, option(admin(bot, "/alias 摆茶摊 = 行政复议收案件数"), "发布"))
    admin(bot, option(admin(bot, "/alias 晒谷子 = 法律援助案件数"), "发布"))
    every = admin(bot, "/alias")
    assert "摆茶摊 → 行政复议收案件数" in every.plain
    admin(bot, option(admin(bot, option(every, "摆茶摊")), "发布"))
    assert "215件" not in say(bot, MISSED)
    assert "晒谷子" in admin(bot, "/alias").plain
    admin(bot, option(admin(bot, "/unalias 晒谷子"), "发布"))
    assert not list((bot.settings.data_dir / "config" / "dialogues").iterdir())
    assert "晒谷子" not in admin(bot, "/alias").plain


def test_going_back_takes_the_alias_along(office: Office) -> None:
    bot = office()
    first = bot.knowledge.version
    admin(bot, option(admin(bot, "/alias 摆茶摊 = 行政复议收案件数"), "发布"))
    admin(bot, f"/rollback {first}")
    assert "215件" not in say(bot, MISSED)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("/alias 民告官 = 行政复议收案件数", "already means something else in disputes.yaml:"),
        ("/alias 摆 = 行政复议收案件数", "2 到 20 个字"),
        ("/alias 20 = 行政复议收案件数", "2 to 20 letters"),
        ("/alias 摆茶摊 = 没有这样的指标", "是哪个指标？"),
        ("/alias 摆茶摊 = ", "是哪个指标？"),
        ("/alias 摆茶摊 = 行政复议", "是哪个指标？"),
        ("/unalias 摆茶摊", "加一个：/alias"),
        ("/alias \u202e\x00 = 行政复议收案件数", "加一个：/alias"),
        (f"/alias {'茶' * 5000} = 行政复议收案件数", "2 到 20 个字"),
        ("/alias", "加一个：/alias"),
    ],
)
def test_what_cannot_be_an_alias_is_told(office: Office, said: str, why: str) -> None:
    bot = office()
    before = bot.knowledge
    assert why in admin(bot, said).plain
    assert bot.knowledge is before
    assert not (bot.settings.data_dir / "config").exists()


@pytest.mark.parametrize(
    "word",
    ['茶"摊', "茶'摊", "茶: 摊", "茶 #摊", "{茶摊}", "*茶摊", "茶摊\n  measure: x", "<b>茶摊</b>"],
)
def test_strange_words_stay_words(office: Office, word: str) -> None:
    bot = office()
    reply = admin(bot, f"/alias {word} = 行政复议收案件数")
    assert "还没有启用" in reply.plain
    admin(bot, option(reply, "发布"))
    assert len(admin(bot, "/alias").options) == 1
    assert "已重新载入" in admin(bot, "/reload").plain
    admin(bot, option(admin(bot, option(admin(bot, "/alias"), "去掉")), "发布"))
    assert admin(bot, "/alias").options == ()


def test_an_alias_that_breaks_a_script_is_refused_outright(office: Office) -> None:
    bot = office()
    folder = bot.settings.data_dir / "config" / "dialogues"
    folder.mkdir(parents=True)
    line = "余姚市2023年行政复议审结多少件 => 198件"
    (folder / "ours.dialogue.yaml").write_text(line, encoding="utf-8")
    told = admin(bot, "/alias 行政复议审结 = 法律援助案件数").plain
    assert told.startswith("没有加，继续用原来的版本")
    assert "ours.dialogue.yaml:1: " in told

"""Releases with real dialogue scripts: what breaks holds a release up, file and line told."""

from pathlib import Path

import pytest
from admins import ADMIN, ASKED, Office, admin, ask, change, option
from talk import TODAY

from bot.app import Bot
from bot.playing.releasing import scripts_player

SCRIPT = """series: 德清
dialogues:
  - name: 复议
    turns:
      - {say: %s, figure: 97件, place: 德清县, year: 2023}
      - {say: 审结了多少, figure: 90件}
  - name: 不知道的
    turns:
      - {say: 德清县2023年卖了多少鱼, figure: 5件, known_failure: 报告没写}
"""


@pytest.fixture
def bot(office: Office, tmp_path: Path) -> Bot:
    """A bot of a deployment with scripts."""
    one = office()
    folder = tmp_path / "dialogues"
    folder.mkdir()
    (folder / "deqing.dialogue.yaml").write_text(SCRIPT % ASKED, encoding="utf-8")
    settings = type(one.settings)(
        **{n: getattr(one.settings, n) for n in one.settings.__slots__} | {"dialogues": folder}
    )
    play = scripts_player(settings, lambda: TODAY)
    return Bot(settings, one.knowledge, lambda: TODAY, play=play, lent=True)


def test_scripts_that_hold_let_a_release_through(bot: Bot) -> None:
    change(bot, "180件", "181件", "yuyao-2022.txt")
    told = admin(bot, "/reload").plain
    assert "对话脚本：3 轮，全部符合。" in told
    assert "已重新载入" in told


def test_a_script_that_breaks_is_told_with_file_and_line(bot: Bot) -> None:
    change(bot)
    reply = admin(bot, "/reload")
    assert "还没有启用" in reply.plain
    assert f"deqing.dialogue.yaml:5: {ASKED} → figure: 97件 ≠ 98件" in reply.plain
    assert "97件" in ask(bot, ASKED)
    admin(bot, option(reply, "取消"))


def test_a_script_that_cannot_be_read_is_told_and_holds_nothing_up(bot: Bot) -> None:
    path = bot.settings.dialogues / "broken.dialogue.yaml"
    path.write_text("dialogues:\n- {say: x}\n", encoding="utf-8")
    told = admin(bot, "/reload").plain
    assert "已重新载入" in told
    assert "broken.dialogue.yaml:2: the turn expects nothing" in told


def test_an_alias_comes_with_a_dialogue_that_the_harness_plays(bot: Bot) -> None:
    reply = admin(bot, "/alias 摆茶摊 = 行政复议收案件数")
    assert "对话脚本：5 轮，全部符合。" in reply.plain
    admin(bot, option(reply, "发布"))
    assert "215件" in ask(bot, "余姚市2023年摆茶摊有多少件")
    admin(bot, option(admin(bot, "/alias 晒谷子 = 法律援助案件数"), "取消"))
    again = admin(bot, "/reload").plain
    assert "对话脚本：5 轮，全部符合。" in again


def test_an_alias_that_takes_a_word_of_a_script_is_refused(bot: Bot) -> None:
    told = admin(bot, "/alias 审结了多少 = 法律援助案件数").plain
    assert told.startswith("没有加，继续用原来的版本")
    assert "deqing.dialogue.yaml:6: " in told
    assert bot.settings.admins >= {ADMIN}

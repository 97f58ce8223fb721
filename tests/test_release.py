"""Releases: what admins see of them, what stays when they fail, and what a crash leaves behind."""

import asyncio
import os
import shutil
import signal
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from admins import ADMIN, ASKED, OTHER, Office, admin, ask, change, option, script

from bot import building
from bot.app import Bot, watching
from bot.app.desk import now
from bot.errors import BaseError
from bot.facts.pointer import current_base
from bot.facts.writer import bases
from bot.messages import Message
from bot.release.audit import AuditLog
from bot.release.releaser import PATIENCE

# -- what is told ----------------------------------------------------------------------------


def test_a_release_tells_what_changes_and_is_published_at_once(office: Office) -> None:
    bot = office()
    script(bot, f"{ASKED} => 97件", "余姚市2023年行政复议收到多少件 => 215件")
    script(bot, "余姚市2023年行政复议收到多少件 => 215件")
    change(bot)
    told = admin(bot, "/reload").plain
    assert "已重新载入：5 份报告" in told
    assert "报告：新增 0，撤下 0，改动 1。" in told
    assert "（deqing-2023.txt）" in told
    assert "数：新增 0，没有了 0，变了 1。" in told
    assert "97件 → 98件" in told
    assert "会变的回答：1 个。" in told
    assert "（报告有变：deqing-2023.txt）" in told
    assert "对话脚本：1 轮，全部符合。" in told
    assert "自测：" in told
    assert "98件" in ask(bot, ASKED)


def test_a_release_without_changes_says_so(office: Office) -> None:
    bot = office()
    before = bot.knowledge.version
    told = admin(bot, "/reload").plain
    assert "没有变化。" in told
    assert bot.knowledge.version == before
    assert "97件" in ask(bot, ASKED)


def test_a_script_that_breaks_is_named_and_somebody_has_to_agree(office: Office) -> None:
    bot = office()
    before = bot.knowledge.version
    script(bot, "余姚市2023年行政复议收到多少件 => 215件", f"{ASKED} => 97件")
    change(bot)
    reply = admin(bot, "/reload")
    assert "还没有启用" in reply.plain
    assert "ours.dialogue.yaml:2: " in reply.plain
    assert [o.label for o in reply.options] == ["发布", "取消"]
    assert bot.knowledge.version == before
    assert "97件" in ask(bot, ASKED)
    told = admin(bot, option(reply, "发布"))
    assert before in told.plain
    assert "98件" in ask(bot, ASKED)
    assert admin(bot, option(told, before)).plain.startswith(f"已回到版本 {before}")
    assert "97件" in ask(bot, ASKED)


def test_a_script_that_fails_already_holds_nothing_up(office: Office) -> None:
    bot = office()
    script(bot, f"{ASKED} => 1000件")
    change(bot)
    told = admin(bot, "/reload").plain
    assert "已重新载入" in told
    assert "有 1 处不符，其中 0 处" in told
    assert "ours.dialogue.yaml:1: " in told


def test_an_answer_that_would_be_lost_is_shown_first(office: Office) -> None:
    bot = office()
    (bot.settings.seeds / "deqing-2023.txt").unlink()
    reply = admin(bot, "/reload")
    assert "还没有启用" in reply.plain
    assert "撤下 1" in reply.plain
    assert "97件" in ask(bot, ASKED)
    assert "已取消" in admin(bot, option(reply, "取消")).plain
    assert not (bot.settings.data_dir / "staged").exists()
    assert "没有更换" in admin(bot, option(reply, "发布")).plain
    assert "97件" in ask(bot, ASKED)


def test_an_alias_file_with_a_fault_is_refused_with_file_and_line(office: Office) -> None:
    bot = office()
    path = bot.settings.data_dir / "config" / building.ALIASES
    path.parent.mkdir(parents=True)
    path.write_text("民告官:\n  measure: reconsideration.received\n", encoding="utf-8")
    told = admin(bot, "/reload").plain
    assert "没有更换" in told
    assert "aliases.yaml:2: '民告官' already means something else in disputes.yaml:" in told
    assert "97件" in ask(bot, ASKED)


def test_progress_is_told_step_by_step(office: Office) -> None:
    bot = office()
    heard: list[str] = []
    change(bot)
    bot.answer(Message("/reload", "s", ADMIN, told=heard.append))
    assert heard[0] == "正在读报告 0/1 …"
    assert heard[-4:] == [
        "正在核对每个数的出处 …", "正在跑对话脚本 …", "正在自测 …", "正在和现在的版本比较 …",
    ]  # fmt: skip


# -- who ------------------------------------------------------------------------------------


def test_of_two_admins_the_second_is_told_who_is_at_it(office: Office) -> None:
    bot = office()
    (bot.settings.seeds / "deqing-2023.txt").unlink()
    first = admin(bot, "/reload")
    second = admin(bot, "/reload", OTHER)
    assert f"管理员 {ADMIN} 有一个等待确认的发布" in second.plain
    assert "等待确认" in admin(bot, f"/rollback {bot.knowledge.version}", OTHER).plain
    assert admin(bot, "/plan", OTHER).plain == first.plain
    assert "已取消" in admin(bot, option(second, "取消"), OTHER).plain
    assert "还没有启用" in admin(bot, "/reload", OTHER).plain


def test_another_process_is_told_that_a_release_waits(office: Office) -> None:
    bot = office()
    (bot.settings.seeds / "deqing-2023.txt").unlink()
    admin(bot, "/reload")
    assert "另一位管理员正在重新载入" in admin(office(), "/reload").plain


def test_a_plan_that_nobody_answers_gives_way(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = office()
    (bot.settings.seeds / "deqing-2023.txt").unlink()
    forgotten = admin(bot, "/reload")
    monkeypatch.setattr("bot.release.releaser.PATIENCE", -PATIENCE)
    assert "还没有启用" in admin(bot, "/reload", OTHER).plain
    assert "没有更换" in admin(bot, "/publish 000000000000", OTHER).plain
    assert "过期" in admin(bot, "/audit").plain
    assert option(forgotten, "发布").startswith("/publish ")


@pytest.mark.parametrize(
    "command", ["/reload", "/plan", "/publish x", "/cancel x", "/rollback x", "/audit"]
)
def test_admins_command_in_private_themselves_and_nobody_else(office: Office, command: str) -> None:
    bot = office()
    before = bot.knowledge
    for user in ("", "8", "77", "console"):
        assert admin(bot, command, user).plain == "这个命令只有管理员能用。"
    in_group = Message(command, "s", ADMIN, group=True)
    assert bot.answer(in_group).reply.plain == "管理命令请在和我的私聊里发。"
    forwarded = Message(command, "s", ADMIN, second_hand=True)
    assert "转发或改过的命令不算数" in bot.answer(forwarded).reply.plain
    assert bot.knowledge is before
    assert not (bot.settings.data_dir / "audit.jsonl").exists()


def test_the_old_buttons_of_a_removed_admin_are_refused(office: Office) -> None:
    bot = office()
    (bot.settings.seeds / "deqing-2023.txt").unlink()
    reply = admin(bot, "/reload")
    fewer = Bot(bot.settings.__class__(**{
        **{n: getattr(bot.settings, n) for n in bot.settings.__slots__},
        "admins": frozenset({OTHER}),
    }), bot.knowledge)  # fmt: skip
    for said in (o.say for o in reply.options):
        assert admin(fewer, said).plain == "这个命令只有管理员能用。"
    admin(bot, option(reply, "取消"))


# -- versions --------------------------------------------------------------------------------


def test_going_back_lasts_until_the_next_release(office: Office) -> None:
    bot = office()
    first = bot.knowledge.version
    change(bot)
    admin(bot, "/reload")
    told = admin(bot, "/rollback")
    assert first in told.plain
    assert "（现在用的）" in told.plain
    admin(bot, option(told, first))
    assert "97件" in ask(bot, ASKED)
    again = office()
    assert again.knowledge.version == first
    assert "97件" in ask(again, ASKED)
    assert "已重新载入" in admin(again, "/reload").plain
    assert "98件" in ask(again, ASKED)


def test_strange_versions_are_no_way_back(office: Office) -> None:
    bot = office()
    before = bot.knowledge
    for name in ("nothing", "../x", "x" * 500, "'; DROP"):
        assert "没有这个版本" in admin(bot, f"/rollback {name}").plain
    assert bot.knowledge is before


def test_a_damaged_version_is_no_way_back(office: Office) -> None:
    bot = office()
    first = current_base(bot.settings.bases)
    change(bot)
    admin(bot, "/reload")
    data = bytearray(first.read_bytes())
    data[len(data) // 2] ^= 1
    first.write_bytes(data)
    assert "已损坏" in admin(bot, f"/rollback {first.stem[:12]}").plain
    assert "98件" in ask(bot, ASKED)


def test_what_another_process_publishes_is_taken_up(office: Office) -> None:
    bot, other = office(), office()
    change(bot)
    admin(other, "/reload")
    assert "97件" in ask(bot, ASKED)
    assert bot.desk.counter.releaser.follow()
    assert "98件" in ask(bot, ASKED)
    assert not bot.desk.counter.releaser.follow()


def test_a_plan_over_another_base_is_not_published(office: Office) -> None:
    bot = office()
    (bot.settings.seeds / "deqing-2023.txt").unlink()
    plan = admin(bot, "/reload")
    change(bot, "收到行政复议申请", "收到行政复议申请书", "yuyao-2023.txt")
    building.build_base(bot.settings, building.load_tongue())
    watching.follow(bot)
    after = bot.knowledge.version
    assert "在此期间知识库已经换过" in admin(bot, option(plan, "发布")).plain
    assert bot.knowledge.version == after


def test_the_oldest_versions_go_with_everything_beside_them(office: Office) -> None:
    bot = office()
    for number in range(6):
        change(bot, f"{97 + number}件", f"{98 + number}件")
        assert "已重新载入" in admin(bot, "/reload").plain
    kept = {path.stem for path in bases(bot.settings.bases)}
    assert len(kept) == 5
    assert {p.stem for p in bot.settings.bases.glob("*.answers")} <= kept


# -- audit -----------------------------------------------------------------------------------


def test_every_change_is_in_the_audit_log_and_survives(office: Office) -> None:
    bot = office()
    first = bot.knowledge.version
    change(bot)
    admin(bot, "/reload", OTHER)
    second = bot.knowledge.version
    admin(bot, f"/rollback {first}")
    lines = admin(office(), "/audit").plain.splitlines()
    assert [word in line for word, line in zip(("回退", "已发布", "开始"), lines[1:], strict=True)]
    assert f"{second} → {first}" in lines[1]
    assert f"{OTHER}　已发布　{first} → {second}　reload" in lines[2]


def test_a_failure_is_in_the_audit_log(office: Office) -> None:
    bot = office()
    for path in bot.settings.seeds.iterdir():
        path.unlink()
    admin(bot, "/reload")
    assert "失败" in admin(bot, "/audit").plain


def test_a_line_that_was_cut_off_hides_no_other(tmp_path: Path) -> None:
    log = AuditLog(tmp_path / "audit.jsonl", now)
    assert log.entries() == []
    log.record("published", "7", "a", "b")
    with (tmp_path / "audit.jsonl").open("ab") as file:
        file.write(b'{"at": "2026-')
    log.record("rollback", "7", "b", "a")
    assert [e.what for e in log.entries()] == ["rollback", "published"]
    assert [e.what for e in log.entries(1)] == ["rollback"]


# -- under load, and under the axe -----------------------------------------------------------


async def test_no_answer_mixes_two_versions_under_load(office: Office) -> None:
    """200 questions a second from 40 chats while bases are swapped."""
    bot = office()
    figures = {bot.knowledge.seal: "97件"}
    seen: Counter[str] = Counter()
    done, asked = asyncio.Event(), asyncio.Event()

    async def citizen(number: int) -> None:
        while not done.is_set():
            turned = bot.answer(Message(ASKED, f"chat{number}"))
            assert turned.trace is not None
            [cited] = turned.trace.answer.cited
            seen[turned.seal, cited.fact.text] += 1
            if turned.seal == bot.knowledge.seal:
                asked.set()
            await asyncio.sleep(0.2)

    citizens = [asyncio.create_task(citizen(n)) for n in range(40)]
    for number in range(3):
        await asyncio.wait_for(asked.wait(), 10)
        change(bot, f"{97 + number}件", f"{98 + number}件")
        reply = await bot.handle(Message("/reload", "a", ADMIN))
        assert "已重新载入" in reply.plain
        figures[bot.knowledge.seal] = f"{98 + number}件"
        asked.clear()
    await asyncio.wait_for(asked.wait(), 10)
    done.set()
    await asyncio.gather(*citizens)
    assert len({seal for seal, _ in seen}) == 4
    assert all(figures[seal] == text for seal, text in seen)


STEPS = ((os, "replace"), (os, "fsync"), (Path, "replace"), (Path, "mkdir"), (Path, "write_text"),
         (Path, "write_bytes"), (shutil, "rmtree"), (sqlite3, "connect"))  # fmt: skip
"""Whatever changes the disk in a release; the process is killed before each of them in turn."""


def release_until(bot: Bot, last: int) -> int:
    """A release in another process that is killed before its step number *last*; how it ended."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    done = 0

    def counted(real: Callable[..., object]) -> Callable[..., object]:
        def step(*given: object, **more: object) -> object:
            nonlocal done
            done += 1
            if done == last:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*given, **more)

        return step

    for owner, name in STEPS:
        setattr(owner, name, counted(getattr(owner, name)))
    told = bot.answer(Message("/reload", "s", ADMIN)).reply.plain
    os._exit(0 if "已重新载入" in told else 1)


def test_kill_9_at_any_step_leaves_a_base_that_loads(office: Office) -> None:
    bot = office()
    log = AuditLog(bot.settings.data_dir / "audit.jsonl", now)
    old, step, ended, outcomes = bot.knowledge.version, 0, -1, []
    while ended:
        step += 1
        figure = f"{1000 + step}件"
        change(bot, f"{999 + step}件" if step > 1 else "97件", figure)
        ended = release_until(bot, step)
        assert ended in (0, signal.SIGKILL)
        with closing(building.reopen(current_base(bot.settings.bases)).base) as base:
            assert base.report_count() == 5
            outcomes.append("new" if any(f.text == figure for f in base.facts()) else "old")
            assert outcomes[-1] == "new" or base.version == old
            old = base.version
        assert len(log.entries()) >= outcomes.count("new")
    assert {*outcomes} == {"old", "new"}
    assert len(outcomes) > 10


def test_no_base_at_all_is_said(tmp_path: Path) -> None:
    with pytest.raises(BaseError):
        current_base(tmp_path)


def entries(bot: Bot) -> list[tuple[str, str, str, str]]:
    return [(e.who, e.what, e.before, e.after) for e in bot.desk.counter.releaser.audit.entries()]


def test_what_happened_unseen_is_in_the_audit_log_as_well(office: Office) -> None:
    bot = office()
    first, releaser = bot.knowledge.version, bot.desk.counter.releaser
    releaser.catch_up("build")
    releaser.catch_up("build")
    assert entries(bot) == [("build", "published", "", first)]
    change(bot)
    building.build_base(bot.settings, building.load_tongue())
    watching.follow(bot)
    second = bot.knowledge.version
    assert entries(bot)[0] == ("build", "published", first, second)
    releaser.audit.record("publish", ADMIN, second, "ffffffffffff", "reload")
    releaser.catch_up("build")
    assert entries(bot)[0] == (ADMIN, "failed", second, "")
    releaser.audit.record("publish", ADMIN, first, second, "reload")
    releaser.catch_up("build")
    releaser.catch_up("build")
    assert entries(bot)[:2] == [
        (ADMIN, "published", first, second), (ADMIN, "publish", first, second),
    ]  # fmt: skip


def test_a_log_that_cannot_be_written_stops_no_release_that_is_published(
    office: Office, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = office()
    change(bot)
    record = AuditLog.record

    def full(log: AuditLog, what: str, *given: str) -> object:
        if what == "published":
            raise OSError(28, "No space left on device")
        return record(log, what, *given)

    monkeypatch.setattr(AuditLog, "record", full)
    assert "已重新载入" in admin(bot, "/reload").plain
    assert "98件" in ask(bot, ASKED)
    assert "the audit log is not written" in caplog.text


@pytest.mark.parametrize("name", [building.ALIASES, building.CORRECTIONS])
def test_broken_files_of_the_deployment_stop_no_start(office: Office, name: str) -> None:
    bot = office()
    path = bot.settings.data_dir / "config" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\xff\xfe{[")
    with closing(building.open_knowledge(bot.settings).base) as base:
        assert base.version == bot.knowledge.version
    current_base(bot.settings.bases).unlink()
    with closing(building.open_knowledge(bot.settings).base) as base:
        assert base.report_count() == 5
    told = admin(bot, "/reload").plain
    assert "没有更换" in told
    assert name in told

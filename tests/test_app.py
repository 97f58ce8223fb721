"""The bot as a whole: commands, reloading while it answers, bases that are missing or damaged."""

import asyncio
import logging
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from conftest import REPORTS, SEEDS, Home
from talk import TODAY

from bot import building, commands
from bot.app import MAX_EXAMPLES, Bot, ledgers, make_bot, open_knowledge
from bot.errors import BaseError, ReportError
from bot.facts.pointer import current_base
from bot.facts.writer import POINTER
from bot.ingest.build import Built
from bot.knowledge import Knowledge, Tongue
from bot.messages import Message, Reply
from bot.settings import Settings

ADMIN = "7"
ASKED = "余姚市2023年行政复议收到多少件"


class Clock:
    """A time that the test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


Start = Callable[..., Bot]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def start(
    home: Home, clock: Clock, monkeypatch: pytest.MonkeyPatch, tongue: Tongue
) -> Iterator[Start]:
    """Starts bots over a copy of the invented reports; gives their bases back in the end."""
    monkeypatch.setattr(building, "load_tongue", lambda: tongue)
    opened: list[Knowledge] = []
    load = building.load_knowledge

    def remembered(folder: Path, tongue: Tongue) -> Knowledge:
        opened.append(load(folder, tongue))
        return opened[-1]

    monkeypatch.setattr(building, "load_knowledge", remembered)

    def bot(**more: str) -> Bot:
        settings = home(admins=ADMIN, **more)
        return Bot(settings, open_knowledge(settings), lambda: TODAY, clock)

    yield bot
    for knowledge in opened:
        knowledge.base.close()


def ask(bot: Bot, text: str, session: str = "s", user: str = "") -> str:
    return bot.answer(Message(text, session, user)).reply.plain


def handle(bot: Bot, text: str, user: str = "") -> Reply:
    return asyncio.run(bot.handle(Message(text, "s", user)))


def append(settings: Settings, name: str = "yuyao-2023.txt") -> None:
    """Change a report so that its figures stay."""
    with (settings.seeds / name).open("a", encoding="utf-8") as file:
        file.write("\n")


# -- commands --------------------------------------------------------------------------------


def test_start_introduces_itself_with_questions_that_it_answers(start: Start) -> None:
    bot = start()
    reply = bot.answer(Message("/start", "s")).reply
    assert "4 个地方" in reply.plain
    assert "5 份报告" in reply.plain
    assert f"{bot.knowledge.base.size} 个数" in reply.plain
    assert 0 < len(reply.options) <= MAX_EXAMPLES
    for option in reply.options:
        record = bot.answer(Message(option.say, option.say)).trace
        assert record is not None
        assert record.answer.status.value == "answered", option.say


def test_examples_of_the_seeds_are_answered(
    seed_settings: Settings, knowledge: Knowledge, clock: Clock
) -> None:
    bot = Bot(seed_settings, knowledge, lambda: TODAY, clock)
    options = bot.answer(Message("/start", "s")).reply.options
    assert options
    for option in options:
        turned = bot.answer(Message(option.say, option.say))
        assert turned.trace is not None
        assert turned.trace.answer.cited, option.say


def test_commands(start: Start) -> None:
    bot = start()
    assert "打字问" in ask(bot, "/help")
    assert all(place in ask(bot, "/places") for place in ("余姚市 2022/2023", "德清县"))
    assert "/help" in ask(bot, "/nonsense")
    assert ask(bot, "/reload") == "这个命令只有管理员能用。"
    assert bot.answer(Message("/help", "s")).trace is None


def replied(bot: Bot, text: str, locale: str = "", user: str = "1", language: str = "") -> Reply:
    return bot.answer(Message(text, f"s:{user}", user, language, locale)).reply


def labels(reply: Reply) -> list[str]:
    return [option.label for option in (*reply.options, *reply.actions)]


def test_a_figure_leads_to_its_original_its_peers_and_its_neighbours(start: Start) -> None:
    bot = start()
    answer = replied(bot, ASKED)
    assert labels(answer) == ["原文", "与其他地区比较", "同一报告的相关数字"]
    original, peers, neighbours = (replied(bot, option.say) for option in answer.actions)
    assert "215件" in original.plain
    assert "——《" in original.plain
    assert peers.about is not None
    assert peers.about.status == "answered"
    assert peers.chart is not None
    assert len({bar.label for bar in peers.chart.bars}) > 1
    assert "余姚市 2023年的报告里" in neighbours.plain
    assert "215件　" not in neighbours.plain
    replied(bot, ASKED)
    assert replied(bot, "/source").plain == original.plain


@pytest.mark.parametrize("command", ["/source", "/compare", "/related"])
@pytest.mark.parametrize("ids", ["", " made-up 330281-2023-zzzzzzzz"])
def test_without_a_figure_there_is_nothing_to_show(start: Start, command: str, ids: str) -> None:
    assert "没有可以出示的原文" in replied(start(), command + ids).plain


def test_deep_links_ask_or_show(start: Start) -> None:
    bot = start()
    fact = bot.answer(Message(ASKED, "x")).trace
    assert fact is not None
    key = fact.answer.cited[0].fact.id
    assert "215件" in replied(bot, f"/start {key}").plain
    assert "215件" in replied(bot, f"/start {commands.link('余姚行政复议收案')}").plain
    assert commands.link("长" * 100) == ""
    for strange in ("q_", "q_%", "q_====", "inline", "x" * 100, "q_" + "A" * 63):
        assert "您好" in replied(bot, f"/start {strange}").plain


def test_topics_are_paged_and_can_be_asked(start: Start) -> None:
    bot = start()
    first = replied(bot, "/topics")
    assert labels(first)[-1].startswith("› 2/")
    second = replied(bot, first.options[-1].say)
    assert [label[0] for label in labels(second)[-2:]] == ["‹", "›"]
    assert all(option.in_place for option in second.options[-2:])
    assert replied(bot, "/topics 999999").plain == replied(bot, "/topics 1").plain
    asked = bot.answer(Message(first.options[0].say, "t")).trace
    assert asked is not None
    assert asked.answer.status.value in ("answered", "clarify")


def test_commands_speak_the_users_language(start: Start) -> None:
    bot = start()
    assert "program" in replied(bot, "/about", "en").plain
    assert bot.knowledge.version in replied(bot, "/about").plain
    assert "您選的語言" in replied(bot, "/privacy", "zh-Hant").plain
    assert "/delete_me" in replied(bot, "/privacy").plain
    choices = replied(bot, "/language")
    assert labels(choices) == ["简体中文", "繁體中文", "English"]
    chosen = replied(bot, choices.options[2].say)
    assert (chosen.language, chosen.plain) == ("en", "All right, I shall answer in English.")
    assert "《" in replied(bot, ASKED, language="en").plain


def test_feedback_and_deletion(start: Start) -> None:
    bot = start()
    assert "/feedback" in replied(bot, "/feedback").plain
    assert replied(bot, "/feedback").feedback == ""
    assert replied(bot, "/feedback 很好").feedback == "很好"
    replied(bot, ASKED)
    asks = replied(bot, "/delete_me")
    assert not asks.forget
    assert "没有删" in replied(bot, asks.options[1].say).plain
    assert "沿用" in replied(bot, "那2022年呢").plain
    assert replied(bot, asks.options[0].say).forget
    assert "余姚市 ·" not in replied(bot, "那2022年呢").plain


def test_about_of_replies(start: Start) -> None:
    bot = start()
    told = [
        replied(bot, text).about for text in (ASKED, "/help", "/nonsense", "/reload", "今天天气")
    ]
    assert [(a.status, a.reason) for a in told if a] == [
        ("answered", ""), ("answered", ""), ("out_of_scope", ""), ("refused", ""),
        ("out_of_scope", "out_of_scope"),
    ]  # fmt: skip
    assert told[1] and told[1].intent == "/help"
    assert replied(bot, "你好").rated is False
    assert replied(bot, ASKED).rated


def test_searching(start: Start) -> None:
    bot = start()
    found = bot.search(Message("余姚 行政复议", "i"))
    assert any("215件" in hit.title for hit in found)
    assert all("余姚市" in hit.reply.plain and "——《" in hit.reply.plain for hit in found)
    assert len({hit.id for hit in found}) == len(found) <= 10
    assert 3 <= len(bot.search(Message("", "i"))) <= 10
    assert bot.search(Message("今天天气", "i")) == ()


def test_a_turn_is_made_once(start: Start) -> None:
    bot = start()
    first = bot.answer(Message(ASKED, "a")).trace
    assert bot.answer(Message(ASKED, "b")).trace is first
    replied(bot, "/language en", user="c")
    assert bot.answer(Message(ASKED, "c", language="en")).trace is not first


def test_a_turn_has_its_trace_and_its_time(start: Start) -> None:
    turned = start().answer(Message(ASKED, "s"))
    assert turned.trace is not None
    assert [c.fact.text for c in turned.trace.answer.cited] == ["215件"]
    assert 0 < turned.elapsed_ms < 1000


def test_reset_forgets(start: Start) -> None:
    bot = start()
    ask(bot, ASKED)
    assert "198件" in ask(bot, "审结了多少")
    ask(bot, "/reset")
    assert "198件" not in ask(bot, "审结了多少")


# -- sessions --------------------------------------------------------------------------------


def test_dialogues_do_not_mix(start: Start) -> None:
    bot = start()
    ask(bot, ASKED, "one")
    ask(bot, "德清县2023年行政复议收到多少件", "other")
    assert "198件" in ask(bot, "审结了多少", "one")
    assert "90件" in ask(bot, "审结了多少", "other")
    assert "件　" not in ask(bot, "审结了多少", "third")


def test_a_dialogue_is_forgotten_in_time(start: Start, clock: Clock) -> None:
    bot = start()
    ask(bot, ASKED)
    clock.now += 1799
    assert "198件" in ask(bot, "审结了多少")
    clock.now += 1801
    assert "198件" not in ask(bot, "审结了多少")


# -- reload ----------------------------------------------------------------------------------


def test_an_admin_reloads(start: Start) -> None:
    bot = start()
    before = bot.knowledge
    path = bot.settings.seeds / "deqing-2023.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("97件", "98件"), encoding="utf-8")
    reply = handle(bot, "/reload", ADMIN)
    assert bot.knowledge is not before
    assert bot.knowledge.version != before.version
    assert bot.knowledge.version in reply.plain
    assert "5 份报告" in reply.plain
    assert f"{bot.knowledge.base.size} 个数" in reply.plain
    assert "98件" in ask(bot, "德清县2023年行政复议收到多少件")


def test_a_reload_without_changes_keeps_the_version(start: Start) -> None:
    bot = start()
    before = bot.knowledge.version
    assert before in handle(bot, "/reload", ADMIN).plain
    assert bot.knowledge.version == before


@pytest.mark.parametrize("user", ["", "8", "77", "7 ", "console"])
def test_nobody_else_reloads(start: Start, user: str) -> None:
    bot = start()
    before = bot.knowledge
    assert handle(bot, "/reload", user).plain == "这个命令只有管理员能用。"
    assert handle(bot, "/reload@fazhi_bot", user).plain == "这个命令只有管理员能用。"
    assert ask(bot, "/reload", user=user) == "这个命令只有管理员能用。"
    assert bot.knowledge is before


def test_an_admin_reloads_on_the_console_too(start: Start) -> None:
    assert "已重新载入" in ask(start(), "/reload", user=ADMIN)


def test_a_reload_names_the_reports_that_it_could_not_take(start: Start) -> None:
    bot = start()
    (bot.settings.seeds / "bad.txt").write_bytes(b"\x00")
    reply = handle(bot, "/reload", ADMIN)
    assert "已重新载入" in reply.plain
    assert "bad.txt：这不是文本文件" in reply.plain


def spoil_seeds(settings: Settings) -> None:
    for path in settings.seeds.glob("*.txt"):
        path.write_bytes(b"\x00")


def drop_seeds(settings: Settings) -> None:
    shutil.rmtree(settings.seeds)


def block_data(settings: Settings) -> None:
    shutil.rmtree(settings.data_dir)
    settings.data_dir.write_text("a file where the folder was")


@pytest.mark.parametrize(
    ("harm", "why"),
    [(spoil_seeds, "没有可用的报告"), (drop_seeds, "没有可用的报告"), (block_data, "var")],
)
def test_a_failing_reload_keeps_the_old_base_and_says_why(
    start: Start, harm: Callable[[Settings], None], why: str
) -> None:
    bot = start()
    before = bot.knowledge
    harm(bot.settings)
    reply = handle(bot, "/reload", ADMIN)
    assert bot.knowledge is before
    assert before.version in reply.plain
    assert why in reply.plain
    assert "215件" in ask(bot, ASKED)
    assert "已重新载入" not in reply.plain


def test_a_reload_works_again_after_a_failure(start: Start) -> None:
    bot = start()
    shutil.move(bot.settings.seeds, bot.settings.seeds.with_name("away"))
    assert "没有更换" in handle(bot, "/reload", ADMIN).plain
    shutil.move(bot.settings.seeds.with_name("away"), bot.settings.seeds)
    assert "已重新载入" in handle(bot, "/reload", ADMIN).plain


class Slow:
    """A build that waits until the test lets it go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()
        stage = building.stage_base

        def waiting(*given: Any) -> Built:
            self.begun.set()
            assert self.go_on.wait(10)
            return stage(*given)

        monkeypatch.setattr(building, "stage_base", waiting)


async def until(event: threading.Event) -> None:
    assert await asyncio.to_thread(event.wait, 10)


async def test_questions_are_answered_while_reloading(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = start()
    before = bot.knowledge
    slow = Slow(monkeypatch)
    reloading = asyncio.create_task(bot.handle(Message("/reload", "s", ADMIN)))
    await until(slow.begun)
    for number in range(20):
        reply = await bot.handle(Message(ASKED, f"{number}"))
        assert "215件" in reply.plain
    assert not reloading.done()
    assert bot.knowledge is before
    slow.go_on.set()
    assert "已重新载入" in (await reloading).plain
    assert bot.knowledge is not before
    assert "215件" in (await bot.handle(Message(ASKED, "after"))).plain


async def test_of_two_reloads_at_once_one_waits_its_turn(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    bot = start()
    slow = Slow(monkeypatch)
    first = asyncio.create_task(bot.handle(Message("/reload", "s", ADMIN)))
    await until(slow.begun)
    second = await bot.handle(Message("/reload", "t", ADMIN))
    assert second.plain == "另一位管理员正在重新载入，请稍后。"
    slow.go_on.set()
    assert "已重新载入" in (await first).plain
    assert "已重新载入" in (await bot.handle(Message("/reload", "t", ADMIN))).plain


# -- opening ---------------------------------------------------------------------------------


@pytest.fixture
def shelf(home: Home, tongue: Tongue, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a base that is good until the test harms it."""
    monkeypatch.setattr(building, "load_tongue", lambda: tongue)
    return home()


def version(settings: Settings) -> str:
    knowledge = open_knowledge(settings)
    with closing(knowledge.base):
        assert knowledge.base.report_count()
        return knowledge.version


def test_a_good_base_is_opened_as_it_is(shelf: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    before = current_base(shelf.bases)

    def unexpected(*_: object) -> Built:
        raise AssertionError("built again")

    monkeypatch.setattr(building, "build_base", unexpected)
    assert version(shelf) == before.stem[:12]


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: flip(path),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
        lambda path: (path.parent / POINTER).write_text("../x.sqlite"),
        lambda path: (path.parent / POINTER).unlink(),
        lambda path: shutil.rmtree(path.parent),
    ],
    ids=["flipped", "empty", "missing", "strange pointer", "no pointer", "no folder"],
)
def test_a_damaged_base_is_rebuilt_from_the_seeds(
    shelf: Settings, harm: Callable[[Path], object], caplog: pytest.LogCaptureFixture
) -> None:
    before = current_base(shelf.bases)
    harm(before)
    with caplog.at_level(logging.WARNING):
        assert version(shelf) == before.stem[:12]
    assert caplog.messages, "a rebuilt base is worth a line in the log"
    assert current_base(shelf.bases) == before


def test_a_damaged_base_without_seeds_is_a_clear_error(shelf: Settings) -> None:
    drop_seeds(shelf)
    flip(current_base(shelf.bases))
    with pytest.raises(BaseError, match=r"已损坏.*fazhibot build"):
        open_knowledge(shelf)


def test_no_base_and_no_seeds_is_a_clear_error(shelf: Settings) -> None:
    drop_seeds(shelf)
    shutil.rmtree(shelf.bases)
    with pytest.raises(BaseError, match="还没有知识库"):
        open_knowledge(shelf)


def test_no_base_and_only_bad_seeds_is_a_clear_error(shelf: Settings) -> None:
    spoil_seeds(shelf)
    shutil.rmtree(shelf.bases)
    with pytest.raises(ReportError, match="没有可用的报告"):
        open_knowledge(shelf)


def test_a_base_without_seeds_still_answers(shelf: Settings) -> None:
    before = current_base(shelf.bases)
    drop_seeds(shelf)
    assert version(shelf) == before.stem[:12]


def test_changed_reports_make_a_new_base(shelf: Settings) -> None:
    before = current_base(shelf.bases)
    append(shelf)
    assert version(shelf) != before.stem[:12]
    assert current_base(shelf.bases) != before


def test_a_new_report_makes_a_new_base(shelf: Settings) -> None:
    shutil.copy(SEEDS / "mawei-2021.txt", shelf.seeds)
    knowledge = open_knowledge(shelf)
    with closing(knowledge.base):
        assert "马尾区" in knowledge.names.values()


def test_a_changed_language_makes_a_new_base(
    shelf: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_base(shelf.bases)
    monkeypatch.setattr(building, "language_fingerprint", lambda: "another")
    assert version(shelf) != before.stem[:12]


def test_other_seeds_do_not_replace_a_base(shelf: Settings, tmp_path: Path) -> None:
    """`FAZHIBOT_DATA_DIR=tmp fazhibot ask` answers from the base that lies there."""
    before = current_base(shelf.bases)
    other = tmp_path / "other"
    other.mkdir()
    shutil.copy(REPORTS / "deqing-2023.txt", other)
    elsewhere = type(shelf)(**{**{n: getattr(shelf, n) for n in shelf.__slots__}, "seeds": other})
    assert version(elsewhere) == before.stem[:12]


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), ReportError("broken")])
def test_a_stale_base_that_cannot_be_rebuilt_answers_on(
    shelf: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
) -> None:
    before = current_base(shelf.bases)
    append(shelf)

    def failing(*_: object) -> Built:
        raise error

    monkeypatch.setattr(building, "build_base", failing)
    assert version(shelf) == before.stem[:12]
    assert str(error) in caplog.text


def test_make_bot(shelf: Settings) -> None:
    bot = make_bot(shelf)
    with closing(bot.knowledge.base):
        assert "reader" in vars(bot.knowledge)  # nothing is left for the first question to wait for
        assert "215件" in ask(bot, ASKED)


def test_ledgers_of_every_report(small: Knowledge) -> None:
    found = ledgers(small.base)
    assert len(found) == small.base.report_count()
    assert sum(ledger.facts for ledger in found) == small.base.size
    assert all(ledger.excluded for ledger in found)

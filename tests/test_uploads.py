"""Reports that admins send to the bot: previewed, published, taken back; hostile ones refused."""

from collections.abc import Callable
from pathlib import Path

import pytest
from admins import ADMIN, Office, admin, ask, option

from bot.app import Bot, open_knowledge
from bot.desk.receiving import safe_name
from bot.ingest.reading import MAX_BYTES
from bot.messages import Message, Reply
from bot.settings import Settings

HAIYAN = """关于海盐县2023年法治政府建设情况的报告

海盐县人民政府

一、主要工作情况

（一）化解争议。全年收到行政复议申请61件，审结58件。办理法律援助案件412件。
""".encode()
ASKED = "海盐县2023年行政复议收到多少件"
NAME = "海盐县 2023 年报告.txt"


def send(bot: Bot, data: bytes, name: str = NAME, **more: object) -> Reply:
    message = Message("", ADMIN, **{"user": ADMIN, **more})  # type: ignore[arg-type]
    return bot.receive_document(message, name, data)


def files(settings: Settings) -> list[str]:
    return sorted(p.name for p in (settings.data_dir / "reports").glob("*"))


def test_a_report_is_shown_and_published_when_somebody_agrees(office: Office) -> None:
    bot = office()
    before = bot.knowledge.version
    reply = send(bot, HAIYAN)
    assert (
        "收到《关于海盐县2023年法治政府建设情况的报告》，浙江省嘉兴市海盐县 2023年" in reply.plain
    )
    assert "读出 3 个数" in reply.plain
    assert "61件　" in reply.plain
    assert "新增 1" in reply.plain
    assert "海盐县" not in ask(bot, "/places")
    assert files(bot.settings) == []
    assert bot.knowledge.version == before
    assert "已发布" in admin(bot, option(reply, "发布")).plain
    assert "61件" in ask(bot, ASKED)
    assert len(files(bot.settings)) == 1
    again = Bot(bot.settings, open_knowledge(bot.settings))
    assert again.knowledge.version == bot.knowledge.version
    assert "61件" in ask(again, ASKED)
    again.knowledge.base.close()


def test_a_report_that_is_cancelled_leaves_nothing(office: Office) -> None:
    bot = office()
    admin(bot, option(send(bot, HAIYAN), "取消"))
    assert files(bot.settings) == []
    assert not (bot.settings.data_dir / "staged").exists()
    assert "61件" not in ask(bot, ASKED)


def test_a_report_is_taken_back(office: Office) -> None:
    bot = office()
    assert "没有发给我的报告" in admin(bot, "/withdraw").plain
    admin(bot, option(send(bot, HAIYAN), "发布"))
    reply = admin(bot, option(admin(bot, "/withdraw"), "海盐县"))
    assert "撤下 1" in reply.plain
    assert "61件" in ask(bot, ASKED)
    admin(bot, option(reply, "发布"))
    assert "61件" not in ask(bot, ASKED)
    assert files(bot.settings) == []


def test_the_same_file_twice_is_said(office: Office) -> None:
    bot = office()
    seed = bot.settings.seeds / "deqing-2023.txt"
    assert "已经在知识库里" in send(bot, seed.read_bytes()).plain
    assert "deqing-2023.txt" in send(bot, seed.read_bytes(), "other.txt").plain


def test_a_second_report_of_the_place_and_year_is_said(office: Office) -> None:
    bot = office()
    more = (bot.settings.seeds / "deqing-2023.txt").read_bytes() + "（更正稿）\n".encode()
    reply = send(bot, more)
    assert "注意：德清县 2023年已有报告" in reply.plain
    admin(bot, option(reply, "取消"))


BAD: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "blank": lambda: b" \n \n",
    "zeros": lambda: bytes(10_000),
    "picture": lambda: b"\x89PNG\r\n\x1a\n" + bytes(500),
    "nothing said": lambda: "今天天气不错。\n".encode(),
    "no figures": lambda: HAIYAN.split("（一）".encode())[0] + "工作有序。\n".encode(),
    "html without text": lambda: b"<html><script>alert(1)</script></html>",
    "binary": lambda: bytes(range(256)) * 40,
}


@pytest.mark.parametrize("kind", BAD)
def test_what_is_no_report_is_refused_with_the_reason(office: Office, kind: str) -> None:
    bot = office()
    before = bot.knowledge.version
    told = send(bot, BAD[kind](), "x.txt").plain
    assert told.startswith("没有收这份文件，继续用原来的版本")
    assert len(told) > 30
    assert bot.knowledge.version == before
    assert files(bot.settings) == []
    assert not (bot.settings.data_dir / "staged").exists()


def test_a_file_that_is_too_big_is_not_even_written(office: Office) -> None:
    bot = office()
    assert "文件太大（上限 20 MB）" in send(bot, bytes(MAX_BYTES + 1)).plain


@pytest.mark.parametrize(
    "more", [{"user": "8"}, {"user": ""}, {"group": True}, {"second_hand": True}]
)
def test_nobody_else_sends_reports(office: Office, more: dict[str, object]) -> None:
    bot = office()
    assert "收到《" not in send(bot, HAIYAN, **more).plain
    assert not (bot.settings.data_dir / "reports").exists()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd", "/etc/passwd", "..", ".", "", "   ", "a\x00b.txt", ".hidden.txt",
        "C:\\Windows\\x.txt", "报告.TXT", "<script>.txt", "a/b/c.md", "x" * 500 + ".txt", "-rf.txt",
        "\u202etxt.exe", "年报.pdf.exe", "$(reboot).txt", "a\nb.txt", "CON.txt", "名" * 300,
    ],
)  # fmt: skip
def test_names_are_hostile(name: str) -> None:
    safe = safe_name(name, b"data")
    assert Path(safe).name == safe
    assert not safe.startswith((".", "-"))
    assert safe.isprintable()
    assert len(safe.encode()) < 255
    assert Path(safe).suffix in (".txt", ".md")
    assert safe_name(name, b"other") != safe


def test_a_hostile_name_lands_where_it_belongs(office: Office) -> None:
    bot = office()
    reply = send(bot, HAIYAN, "../../../evil/../海盐.txt")
    admin(bot, option(reply, "发布"))
    [file] = files(bot.settings)
    assert file.startswith("海盐-")
    assert file.endswith(".txt")

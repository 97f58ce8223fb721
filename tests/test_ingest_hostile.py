"""A folder of hostile files: each is refused with its reason, and the good ones are taken."""

import io
import os
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from conftest import REPORTS, settings_for
from papers import as_pdf, as_word
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas
from test_ingest_word import packed, part

from bot.app import build_base
from bot.errors import ReportError
from bot.ingest.formats.kinds import Format, format_of
from bot.ingest.formats.sandbox import Sandbox
from bot.ingest.reading import read_document, shown
from bot.knowledge import Tongue

GOOD = (REPORTS / "deqing-2023.txt").read_text(encoding="utf-8")


def document(body: str, before: str = "") -> bytes:
    inner = part("document", f"<w:body><w:p><w:r><w:t>{body}</w:t></w:r></w:p></w:body>")
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": before + inner})


def bomb() -> bytes:
    """A few kilobytes that unpack to 60 MB."""
    return packed({"word/document.xml": part("document", " " * 60_000_000)})


def lying_bomb() -> bytes:
    """The same, but its directory says that it is small."""
    data = bytearray(bomb())
    at = data.rindex(b"PK\x01\x02") if b"PK\x01\x02" in data else 0
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(data)


def locked() -> bytes:
    """A document whose parts say that they are encrypted."""
    data = bytearray(document("x"))
    for at in (
        i for i in range(len(data) - 4) if data[i : i + 4] in (b"PK\x01\x02", b"PK\x03\x04")
    ):
        flags = at + (8 if data[at + 2] == 1 else 6)
        data[flags] |= 1
    return bytes(data)


def laughs() -> bytes:
    entities = '<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    return document("&i;", f"<!DOCTYPE w [{entities}]>")


def outside() -> bytes:
    return document("&x;", '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')


def locked_pdf() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption("secret"))
    canvas.drawString(100, 100, "text")
    canvas.save()
    return stream.getvalue()


def picture_pdf() -> bytes:
    """Pages without a letter, as a scanner makes them."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.rect(100, 100, 200, 300)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def other_zip(name: str) -> bytes:
    return packed({name: "x"})


HOSTILE: dict[str, tuple[bytes, str]] = {
    "bomb.docx": (bomb(), "压缩炸弹"),
    "lying.docx": (lying_bomb(), "压缩炸弹|已损坏"),
    "locked.docx": (locked(), "密码"),
    "laughs.docx": (laughs(), "不安全"),
    "outside.docx": (outside(), "不安全"),
    "cut.docx": (as_word(GOOD)[:4000], "已损坏"),
    "broken.docx": (document("a</w:t><b>"), "不完整"),
    "sheet.docx": (other_zip("xl/workbook.xml"), "Excel"),
    "slides.docx": (other_zip("ppt/presentation.xml"), "演示文稿"),
    "archive.docx": (other_zip("报告.txt"), "压缩文件"),
    "office.docx": (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "old.doc": (b"\xd0\xcf\x11\xe0" + bytes(600), "旧版"),
    "locked.pdf": (locked_pdf(), "密码"),
    "cut.pdf": (as_pdf(GOOD)[:900], "已损坏|没有文字"),
    "scanned.pdf": (picture_pdf(), "扫描件"),
    "nothing.pdf": (b"%PDF-1.7\n", "已损坏"),
    "picture.html": (b"\x89PNG\r\n\x1a\n" + bytes(90), "图片"),
    "program.txt": (b"\x7fELF" + bytes(90), "程序"),
    "mail.mht": (b"MIME-Version: 1.0\nContent-Type: multipart/related\n\n<html>", "单个文件网页"),
    "empty.html": (b"<html><body><script>x</script></body></html>", "没有文字"),
    "rich.rtf": (b"{\\rtf1 x}", "RTF"),
    "packed.txt": (b"\x1f\x8b" + zlib.compress(b"x"), "压缩文件"),
    "nameless.txt": (("没有标题的一段话，3件。\n" * 9).encode(), "标题"),
    "long.txt": (("甲" * 300_001).encode(), "万字"),
    "dense.txt": (f"{GOOD}\n{'办件3件，' * 10_001}".encode(), "个数字"),
}  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    seeds = tmp_path_factory.mktemp("hostile") / "seeds"
    seeds.mkdir()
    for name, (data, _) in HOSTILE.items():
        (seeds / name).write_bytes(data)
    (seeds / "link.txt").symlink_to("/etc/passwd")
    (seeds / "endless.txt").symlink_to("/dev/zero")
    (seeds / "loop.txt").symlink_to("loop.txt")
    os.mkfifo(seeds / "pipe.txt")
    (seeds / "good.docx").write_bytes(as_word(GOOD))
    return seeds


def test_each_hostile_file_is_refused_with_its_reason(folder: Path, tongue: Tongue) -> None:
    built = build_base(settings_for(folder, folder.parent / "var"), tongue)
    why = {Path(refused.file).name: refused.reason for refused in built.refused}
    expected = {name: reason for name, (_, reason) in HOSTILE.items()}
    expected |= dict.fromkeys(("link.txt", "endless.txt", "loop.txt"), "符号链接")
    assert built.reports == 1
    assert set(why) == set(expected)
    for name, reason in expected.items():
        assert any(part in why[name] for part in reason.split("|")), f"{name}: {why[name]}"
        assert "请" in why[name], why[name]


NAMES = [
    "a\nb.txt", "\x1b[31mred.txt", "txt.\u202egnp", "坏\udcff名.txt", "-rf.txt", "$(id).txt",
    "很" * 80 + ".txt", "<b>&amp;.txt", "%s%n.txt",
]  # fmt: skip


def test_names_of_files_are_hostile_text(tmp_path: Path, tongue: Tongue) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    for name in NAMES:
        (seeds / name).write_bytes(b"\x00")
    (seeds / "good.txt").write_text(GOOD, encoding="utf-8")
    seen: list[str] = []
    settings = settings_for(seeds, tmp_path / "var")
    built = build_base(settings, tongue, lambda done, total, name: seen.append(name))
    assert len(built.refused) == len(NAMES)
    for text in (*seen, *(refused.file for refused in built.refused)):
        text.encode()
        assert text.isprintable()


def test_a_name_is_shown_without_what_terminals_obey() -> None:
    assert shown("a\x1b[2Jb\u202e\n") == "a\ufffd[2Jb\ufffd\ufffd"
    assert len(shown("长" * 5000)) <= 202


def test_a_file_that_takes_too_long_is_ended_and_the_next_is_read() -> None:
    slow = b"<html>" + b"<div>" * 60_000 + "<p>很深，很慢。".encode()
    with Sandbox(seconds=0.7) as sandbox:
        with pytest.raises(ReportError, match="还没读完"):
            sandbox.read(Format.PAGE, slow)
        assert sandbox.read(Format.PAGE, "<p>可读，3件。".encode()).text == "可读，3件。"


def test_a_file_that_takes_too_much_memory_is_refused_and_the_next_is_read() -> None:
    wide = b"<html>" + b"<b><i>" * 400_000
    with Sandbox(memory=160 << 20) as sandbox:
        with pytest.raises(ReportError, match=r"内存|读不出来|还没读完"):
            sandbox.read(Format.PAGE, wide)
        assert sandbox.read(Format.PAGE, "<p>可读，3件。".encode()).text == "可读，3件。"


def test_a_process_that_dies_is_replaced() -> None:
    with Sandbox() as sandbox:
        sandbox.read(Format.PAGE, b"<p>a</p>")
        process = sandbox._process
        assert process is not None
        process.kill()
        process.wait()
        assert sandbox.read(Format.PAGE, b"<p>b</p>").text == "b"


def test_the_process_knows_no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELEGRAM_BOT_TOKEN", "123:secret")
    with Sandbox() as sandbox:
        sandbox.read(Format.PAGE, b"<p>a</p>")
        process = sandbox._process
        assert process is not None
        assert b"secret" not in Path(f"/proc/{process.pid}/environ").read_bytes()


def test_what_a_file_is_its_content_tells(tmp_path: Path) -> None:
    for form, data in {
        Format.TEXT: GOOD.encode(),
        Format.WORD: as_word(GOOD),
        Format.PDF: as_pdf(GOOD),
        Format.PAGE: b"\xef\xbb\xbf\n<!-- x -->\n<!DOCTYPE HTML><html>",
    }.items():
        assert format_of(data) is form
    assert format_of("<html>".encode("utf-16")) is Format.PAGE
    assert format_of("<某某条例>第一条".encode()) is Format.TEXT


def test_zip_entries_never_become_paths(tmp_path: Path) -> None:
    stream = io.BytesIO(document("正文，3件。"))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("../../evil.txt", "x")
        archive.writestr("/etc/evil.txt", "x")
    path = tmp_path / "a.docx"
    path.write_bytes(stream.getvalue())
    assert read_document(path, tmp_path).text == "正文，3件。"
    assert [p.name for p in tmp_path.rglob("*")] == ["a.docx"]

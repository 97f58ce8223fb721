"""Files of every encoding, and files that are no reports."""

import codecs
from pathlib import Path

import pytest
from invented import LANGUAGE, ROOT, TITLE, WORK

from bot.errors import ReportError
from bot.ingest.extract import extract
from bot.ingest.reading import MAX_BYTES, decode, read_document

TEXT = f"{TITLE}\n{WORK}\n全年收到行政复议申请27件，审结19件。\n海盐县人民政府\n2024年2月1日\n"
ENCODED = {
    "utf-8": TEXT.encode(),
    "utf-8-sig": codecs.BOM_UTF8 + TEXT.encode(),
    "gb18030": TEXT.encode("gb18030"),
    "gbk": TEXT.encode("gbk"),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16-be": codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
    "crlf": TEXT.replace("\n", "\r\n").encode(),
    "cr": TEXT.replace("\n", "\r").encode("gb18030"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding_gives_the_same_figures(name: str, tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(ENCODED[name])
    document = read_document(path, tmp_path)
    got = extract(document, LANGUAGE)
    assert [(f.text, f.metric) for f in got.facts] == [
        ("27件", "收到行政复议申请件数"),
        ("19件", "行政复议审结件数"),
    ]
    with path.open(encoding=document.encoding, newline="") as file:
        text = file.read()
    assert text == document.text
    assert [text[f.start : f.end] for f in got.facts] == ["27件", "19件"]


NO_REPORTS: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "文件是空的"),
    "blank": (b" \r\n\t\n", "文件是空的"),
    "only a mark": (codecs.BOM_UTF8, "文件里没有文字"),
    "nul": ("海盐县\0报告".encode(), "含有二进制内容"),
    "png": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "这是图片"),
    "jpeg": (b"\xff\xd8\xff\xe0" + bytes(range(256)), "这是图片"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "PDF 已损坏"),
    "docx": (b"PK\x03\x04" + bytes(30), "文件已损坏"),
    "doc": (b"\xd0\xcf\x11\xe0" + bytes(30), "这是旧版 Word 或 Excel 文件"),
    "noise": (bytes((i * 37 + 129) % 255 + 1 for i in range(900)), "无法识别文字编码"),
    "half utf-16": (codecs.BOM_UTF16_LE + b"\x00\xd8\x00", "无法识别文字编码"),
    "other script": ("отчёт о работе".encode("gb18030") * 9, "无法识别文字编码"),
}


@pytest.mark.parametrize("name", NO_REPORTS)
def test_no_report_is_refused_with_the_reason_and_what_to_do(name: str, tmp_path: Path) -> None:
    data, why = NO_REPORTS[name]
    path = tmp_path / "report.txt"
    path.write_bytes(data)
    with pytest.raises(ReportError, match=why) as error:
        read_document(path, tmp_path)
    assert "请" in str(error.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"读不出来（.+）；请检查文件和权限"):
        read_document(tmp_path / "nothing.txt", tmp_path)


def test_a_folder_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="读不出来"):
        read_document(tmp_path, tmp_path)


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReportError, match="超过 20 MB"):
        read_document(path, tmp_path)


def test_a_report_is_cited_by_its_path_below_the_root(tmp_path: Path) -> None:
    inside = ROOT / "seeds" / "licheng-2022.txt"
    assert read_document(inside, ROOT).name == "seeds/licheng-2022.txt"
    assert read_document(inside, tmp_path).name == str(inside)


def test_utf_8_is_preferred() -> None:
    assert decode(b"plain")[1] == "utf-8-sig"
    assert decode("报告".encode())[1] == "utf-8-sig"
    assert decode("报告".encode("gb18030"))[1] == "gb18030"

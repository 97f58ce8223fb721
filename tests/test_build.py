"""A folder of reports becomes a base; one bad report never stops the others."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from conftest import REPORTS, settings_for

from bot.app import build_base
from bot.errors import ReportError
from bot.facts.pointer import current_base
from bot.ingest.build import Built, fingerprint, report_files
from bot.ingest.extract import Extraction, Language, extract
from bot.ingest.reading import Document
from bot.knowledge import Tongue, load_knowledge
from bot.settings import ROOT

GOOD = (REPORTS / "deqing-2023.txt").read_text(encoding="utf-8")
PLACELESS = "关于2023年法治政府建设情况的报告\n\n全年收到行政复议申请97件。\n"
YEARLESS = "关于德清县法治政府建设情况的报告\n\n全年收到行政复议申请97件。\n"
TITLELESS = "德清县2023年收到行政复议申请97件。\n"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    folder.mkdir()
    return folder


def build(seeds: Path, tongue: Tongue) -> Built:
    return build_base(settings_for(seeds, seeds.parent / "var"), tongue)


def places(seeds: Path, tongue: Tongue) -> list[str]:
    """The places of the base that is current now."""
    knowledge = load_knowledge(seeds.parent / "var" / "bases", tongue)
    with closing(knowledge.base):
        return list(knowledge.names.values())


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("binary.txt", b"MZ\x00\x01\x02" * 99, "程序"),
        ("picture.txt", bytes(range(128, 256)) * 9, "编码"),
        ("empty.txt", b"", "空"),
        ("blank.txt", b" \n\r\n\t\n", "空"),
        ("bom.txt", b"\xef\xbb\xbf", ""),
        ("placeless.txt", PLACELESS.encode(), "哪个地方"),
        ("yearless.txt", YEARLESS.encode(), "哪一年"),
        ("titleless.txt", TITLELESS.encode(), "标题"),
        ("torn.txt", GOOD.encode()[:7], ""),
        ("copy.txt", GOOD.encode(), "a-good.txt"),
        ("half.txt", GOOD.encode("utf-16")[:-1], "编码"),
    ],
)
def test_one_bad_report_does_not_stop_the_others(
    seeds: Path, tongue: Tongue, name: str, content: bytes, reason: str
) -> None:
    (seeds / "a-good.txt").write_text(GOOD, encoding="utf-8")
    (seeds / name).write_bytes(content)
    shutil.copy(REPORTS / "yuyao-2023.txt", seeds / "z-good.txt")
    built = build(seeds, tongue)
    assert [r.file for r in built.refused] == [str(seeds / name)]
    assert built.refused[0].reason
    assert reason in built.refused[0].reason
    assert built.reports == 2
    assert built.facts > 10
    assert places(seeds, tongue) == ["德清县", "余姚市"]


def test_everything_bad_at_once(seeds: Path, tongue: Tongue) -> None:
    bad = {"1.txt": b"\x00", "2.txt": b"", "3.txt": PLACELESS.encode(), "4.txt": YEARLESS.encode()}
    for name, content in bad.items():
        (seeds / name).write_bytes(content)
    (seeds / "5.txt").write_text(GOOD, encoding="utf-8")
    built = build(seeds, tongue)
    assert [Path(r.file).name for r in built.refused] == sorted(bad)
    assert built.reports == 1


def test_a_report_that_cannot_be_read(
    seeds: Path, tongue: Tongue, monkeypatch: pytest.MonkeyPatch
) -> None:
    (seeds / "1.txt").write_text(GOOD, encoding="utf-8")
    (seeds / "2.txt").write_text(GOOD + " ", encoding="utf-8")
    settings = settings_for(seeds, seeds.parent / "var")
    opened, read = os.open, Path.read_bytes

    def forbidden(path: Path, flags: int) -> int:
        if path.name == "2.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags)

    def unread(path: Path) -> bytes:
        if path.name == "2.txt":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(os, "open", forbidden)
    monkeypatch.setattr(Path, "read_bytes", unread)
    built = build_base(settings, tongue)
    (refused,) = built.refused
    assert "读不出来" in refused.reason
    assert "Permission denied" in refused.reason
    assert built.reports == 1


def test_a_fault_of_the_program_costs_one_report_only(
    seeds: Path, tongue: Tongue, monkeypatch: pytest.MonkeyPatch
) -> None:
    (seeds / "1.txt").write_text(GOOD, encoding="utf-8")
    (seeds / "2.txt").write_text(GOOD + " ", encoding="utf-8")

    def faulty(document: Document, language: Language) -> Extraction:
        if document.path.name == "2.txt":
            raise IndexError
        return extract(document, language)

    monkeypatch.setattr("bot.ingest.build.extract", faulty)
    built = build(seeds, tongue)
    assert built.reports == 1
    assert "IndexError" in built.refused[0].reason


def test_a_file_that_is_no_report_by_its_size(seeds: Path, tongue: Tongue) -> None:
    (seeds / "1.txt").write_text(GOOD, encoding="utf-8")
    with (seeds / "2.txt").open("wb") as file:
        file.truncate(21_000_000)
    assert "20 MB" in build(seeds, tongue).refused[0].reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encodings_and_line_ends(seeds: Path, tongue: Tongue, encoding: str, newline: str) -> None:
    (seeds / "1.txt").write_bytes(GOOD.replace("\n", newline).encode(encoding))
    built = build(seeds, tongue)
    assert (built.reports, built.facts, built.refused) == (1, 4, ())
    knowledge = load_knowledge(seeds.parent / "var" / "bases", tongue)
    with closing(knowledge.base), (seeds / "1.txt").open(encoding=encoding, newline="") as file:
        text = file.read()
        assert all(text[f.start : f.end] == f.text for f in knowledge.base.facts())


@pytest.mark.parametrize("there", [True, False])
def test_no_reports_at_all(tmp_path: Path, tongue: Tongue, there: bool) -> None:
    folder = tmp_path / "none"
    if there:
        folder.mkdir()
    with pytest.raises(ReportError, match="没有可用的报告") as caught:
        build(folder, tongue)
    assert str(folder) in str(caught.value)
    assert not (tmp_path / "var" / "bases" / "current").exists()


def test_only_bad_reports_keep_the_old_base_and_say_why(seeds: Path, tongue: Tongue) -> None:
    (seeds / "1.txt").write_text(GOOD, encoding="utf-8")
    old = build(seeds, tongue).path
    (seeds / "1.txt").write_text(PLACELESS, encoding="utf-8")
    with pytest.raises(ReportError, match=r"1\.txt: .*哪个地方"):
        build(seeds, tongue)
    assert current_base(old.parent) == old


def test_a_report_that_becomes_bad_leaves_the_next_base(seeds: Path, tongue: Tongue) -> None:
    (seeds / "1.txt").write_text(GOOD, encoding="utf-8")
    shutil.copy(REPORTS / "yuyao-2023.txt", seeds / "2.txt")
    build(seeds, tongue)
    (seeds / "1.txt").write_bytes(b"\x00")
    assert [Path(r.file).name for r in build(seeds, tongue).refused] == ["1.txt"]
    assert places(seeds, tongue) == ["余姚市"]


def test_which_files_are_reports(seeds: Path) -> None:
    for name in ("b.txt", "A.TXT", "c.md", ".hidden.txt", "README.md", "notes.dat", "d.txt~"):
        (seeds / name).write_text("x")
    (seeds / "folder.txt").mkdir()
    (seeds / "folder.txt" / "e.txt").write_text("x")
    found = [path.relative_to(seeds).as_posix() for path in report_files(seeds)]
    assert found == ["A.TXT", "b.txt", "c.md", "folder.txt/e.txt", "notes.dat"]
    assert report_files(seeds / "missing") == []


def test_progress_goes_from_none_to_all(seeds: Path, tongue: Tongue) -> None:
    (seeds / "1.txt").write_text(GOOD, encoding="utf-8")
    (seeds / "2.txt").write_bytes(b"")
    seen: list[tuple[int, int, str]] = []
    settings = settings_for(seeds, seeds.parent / "var")
    build_base(settings, tongue, lambda *step: seen.append(step))
    assert seen == [(0, 2, "1.txt"), (1, 2, "2.txt"), (2, 2, "")]


def test_the_same_reports_give_the_same_base(seeds: Path, tongue: Tongue) -> None:
    shutil.copytree(REPORTS, seeds, dirs_exist_ok=True)
    first = build(seeds, tongue).path
    for path in seeds.iterdir():
        os.utime(path, (1, 1))
    assert build(seeds, tongue).path == first
    (seeds / "deqing-2023.txt").write_text(GOOD.replace("97件", "98件"), encoding="utf-8")
    assert build(seeds, tongue).path != first


def test_the_order_of_hashes_gives_the_same_base(tmp_path: Path) -> None:
    names = set()
    for number in ("0", "1", "20261122"):
        env = os.environ | {
            "FAZHIBOT_SEEDS": str(REPORTS),
            "FAZHIBOT_DATA_DIR": str(tmp_path / number),
            "PYTHONHASHSEED": number,
        }
        command = [sys.executable, "-m", "bot", "build"]
        subprocess.run(command, cwd=ROOT, env=env, check=True, capture_output=True, timeout=30)
        names.add(current_base(tmp_path / number / "bases").name)
    assert len(names) == 1


def test_fingerprints_tell_names_and_contents_apart(tmp_path: Path) -> None:
    one, other = tmp_path / "1.txt", tmp_path / "2.txt"
    one.write_text("a")
    other.write_text("b")
    first = fingerprint([one, other])
    assert fingerprint([one]) != first
    assert fingerprint([one, other]) == first
    other.write_text("c")
    assert fingerprint([one, other]) != first
    one.rename(tmp_path / "3.txt")
    assert fingerprint([tmp_path / "3.txt"]) != fingerprint([other])


def test_reports_inside_the_project_are_cited_from_its_root(
    tmp_path: Path, tongue: Tongue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build_base(settings_for(REPORTS, tmp_path / "var"), tongue)
    knowledge = load_knowledge(tmp_path / "var" / "bases", tongue)
    with closing(knowledge.base):
        files = {report.file for report in knowledge.base.reports()}
    assert "tests/reports/deqing-2023.txt" in files
    assert all((ROOT / file).is_file() for file in files)


def test_reports_elsewhere_are_cited_as_they_were_given(
    seeds: Path, tongue: Tongue, monkeypatch: pytest.MonkeyPatch
) -> None:
    (seeds / "1.txt").write_text(GOOD, encoding="utf-8")
    monkeypatch.chdir(seeds.parent)
    for given in (Path("seeds"), seeds):
        build_base(settings_for(given, seeds.parent / "var"), tongue)
        knowledge = load_knowledge(seeds.parent / "var" / "bases", tongue)
        with closing(knowledge.base):
            assert [r.file for r in knowledge.base.reports()] == [str(given / "1.txt")]

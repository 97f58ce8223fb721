"""The base: written whole or not at all, opened whole or not at all."""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from bot.errors import BaseError
from bot.facts import base as base_module
from bot.facts.base import FactBase
from bot.facts.model import Area, Covered, Entry, Excluded, Fact, Kind, Passage, Report, Role
from bot.facts.pointer import current_base
from bot.facts.writer import KEPT, POINTER, Batch, Entered, bases, point_to, seal, write_base
from bot.knowledge import Knowledge, Tongue, load_knowledge
from intents.models import Profile
from intents.quantities import Grammar, Qualifier, load_grammar

YUYAO = Area("330281", "余姚市", "浙江省宁波市余姚市")
DEQING = Area("330521", "德清县", "浙江省湖州市德清县")
META = {"language": "l", "seeds": "/s", "reports": "r"}
TEXT = "收到行政复议申请27件，审结约3.1万件。"


PASSAGE = Passage(
    role=Role.PROBLEMS,
    heading="二、问题",
    text="宣传不够。",
    start=1,
    end=6,
    plain="宣传不够。",
    said=frozenset({"普法", "宣传"}),
)


@pytest.fixture(scope="module")
def grammar() -> Grammar:
    return load_grammar()


def report(area: Area = YUYAO, year: int = 2023) -> Report:
    return Report(
        file=f"reports/{area.code}-{year}.txt",
        sha256=f"{area.code}{year}" + "0" * 54,
        title=f"{area.name}{year}年法治政府建设情况报告",
        area=area,
        year=year,
        published="2024-01-31",
        text=TEXT,
        entries=(Entry("issuer", "余姚市人民政府", 3, 10),),
        passages=(PASSAGE,),
    )


def fact(source: Report, figure: str, value: str, key: str = "1") -> Fact:
    start = source.text.index(figure)
    return Fact(
        id=f"{source.area.code}-{source.year}-{key}",
        report=source.sha256,
        area=source.area,
        year=source.year,
        metric="行政复议申请收到件数",
        intent=None,
        text=figure,
        value=Decimal(value),
        unit="件",
        qualifier=Qualifier.EXACT,
        kind=Kind.RESULT,
        excerpt=source.text,
        heading="一、工作",
        clause=source.text,
        start=start,
        end=start + len(figure),
    )


def entered(one: Fact, *concepts: str, intent: str) -> Entered:
    said = frozenset(concepts)
    topic = frozenset({"行政复议"})
    light = frozenset({"案件"})
    profile = Profile(said, light, topic, said | {"广"}, one.metric, "case", one.kind.value, intent)
    named = replace(one, intent=intent)
    return Entered(named, profile, topic | {"化解"}, "收到行政复议申请27件")


def batch(source: Report, *facts: Entered) -> Batch:
    return Batch(source, (Excluded("date", "2023", source.title, 0, 4),), facts)


def good(area: Area = YUYAO, year: int = 2023) -> Batch:
    """A report with two proved facts, the second one a part of the first."""
    source = report(area, year)
    first = fact(source, "27件", "27")
    second = replace(
        fact(source, "约3.1万件", "31000", "2"),
        metric="行政复议审结件数",
        qualifier=Qualifier.ABOUT,
        parent=first.id,
    )
    return batch(
        source,
        entered(first, "行政复议", "收案", intent="received"),
        entered(second, "行政复议", "办结", intent="concluded"),
    )


@contextmanager
def opened(path: Path, grammar: Grammar) -> Iterator[FactBase]:
    base = FactBase(path, grammar)
    with closing(base):
        yield base


@pytest.fixture
def base(tmp_path: Path, grammar: Grammar) -> Iterator[FactBase]:
    batches = [good(), good(DEQING), good(YUYAO, 2022)]
    with opened(write_base(tmp_path, batches, META), grammar) as base:
        yield base


# -- what is written is read -----------------------------------------------------------------


def test_a_passage_comes_back_with_what_it_says(base: FactBase) -> None:
    for report in base.reports():
        assert report.passages == (PASSAGE,)


def test_facts_come_back_as_they_went_in(base: FactBase) -> None:
    written = [e.fact for b in (good(YUYAO, 2022), good(), good(DEQING)) for e in b.entered]
    assert list(base.facts()) == written
    assert base.size == len(written) == 6
    assert base.facts("330281", 2022) == tuple(written[:2])
    assert base.facts(year=2023) == tuple(written[2:])
    assert base.fact(written[1].id) == written[1]
    assert base.fact("none") is None


def test_reports_come_back_as_they_went_in(base: FactBase) -> None:
    newest, oldest = report(), report(year=2022)
    assert base.reports() == (oldest, newest, report(DEQING))
    assert base.report_count() == 3
    assert base.report(newest.sha256) == newest
    assert base.reports_of("330281") == (newest, oldest)
    assert base.reports_of("330281", 2022) == (oldest,)
    assert base.reports_of("330281", 1999) == base.reports_of("110000") == ()
    assert base.excluded(newest.sha256) == (Excluded("date", "2023", newest.title, 0, 4),)


def test_a_report_without_date_or_facts_stays_so(tmp_path: Path, grammar: Grammar) -> None:
    undated = replace(report(), published=None)
    with opened(write_base(tmp_path, [batch(undated)], META), grammar) as base:
        assert base.reports()[0].published is None
        assert base.covered == (Covered("330281", 2023, "余姚市", YUYAO.full, 0),)


def test_what_is_covered(base: FactBase) -> None:
    assert base.covered == (
        Covered("330281", 2022, "余姚市", YUYAO.full, 2),
        Covered("330281", 2023, "余姚市", YUYAO.full, 2),
        Covered("330521", 2023, "德清县", DEQING.full, 2),
    )
    assert base.meta.items() >= META.items()


def test_candidates(base: FactBase) -> None:
    first, second = base.candidates("330281", 2023)
    assert (first.id, first.code, first.year) == ("330281-2023-1", "330281", 2023)
    assert first.profile.strong == {"行政复议", "收案"}
    assert first.profile.closure == {"行政复议", "收案", "广"}
    assert first.profile.soft == {"案件"}
    assert first.profile.head == {"行政复议"}
    assert (first.profile.metric, first.profile.kind) == ("行政复议申请收到件数", "result")
    assert (first.profile.intent, first.profile.family) == ("received", "case")
    assert first.context == {"行政复议", "化解"}
    assert first.around == "收到行政复议申请27件"
    assert [first.part, second.part] == [False, True]
    assert list(base.candidates("330281", 1999)) == []


def test_figures_over_all_places(base: FactBase) -> None:
    received = [c.id for c in base.of_measure("received")]
    assert received == ["330281-2022-1", "330281-2023-1", "330521-2023-1"]
    assert [c.id for c in base.of_measure("received", 2023)] == received[1:]
    assert [c.id for c in base.of_measure("received", limit=1)] == received[:1]
    assert list(base.of_measure("none")) == []
    assert [c.id for c in base.saying(frozenset({"行政复议", "收案"}))] == received
    assert len(base.saying(frozenset({"行政复议"}))) == 6
    assert len(base.saying(frozenset({"行政复议"}), 2022)) == 2
    assert len(base.saying(frozenset({"行政复议"}), limit=4)) == 4
    assert list(base.saying(frozenset({"行政复议", "none"}))) == []
    assert list(base.saying(frozenset())) == []


def test_the_same_content_is_the_same_base(tmp_path: Path) -> None:
    one = write_base(tmp_path / "one", [good(), good(DEQING)], META)
    other = write_base(tmp_path / "other", [good(), good(DEQING)], META)
    assert one.read_bytes() == other.read_bytes()
    assert one.name == other.name == f"{seal(one)}.sqlite"
    assert write_base(tmp_path / "third", [good()], META).name != one.name


def test_a_base_may_be_shared_between_threads(base: FactBase) -> None:
    found: list[int] = []

    def read() -> None:
        for n in range(50):
            found.append(len(base.facts()) + len(base.candidates("330281", 2022 + n % 2)))

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [8] * 200


# -- damage ----------------------------------------------------------------------------------


def refused(path: Path, grammar: Grammar) -> str:
    """The message that a base is refused with."""
    with pytest.raises(BaseError) as caught, opened(path, grammar):
        pass
    assert "fazhibot build" in str(caught.value)
    return str(caught.value)


def test_any_flipped_byte_refuses_the_load(tmp_path: Path, grammar: Grammar) -> None:
    path = write_base(tmp_path, [good()], META)
    size = path.stat().st_size
    places = {*range(128), *range(0, size, 61), size - 1}
    with path.open("r+b", buffering=0) as file:
        for place in sorted(places):
            file.seek(place)
            byte = file.read(1)
            file.seek(place)
            file.write(bytes([byte[0] ^ 0x01]))
            with pytest.raises(BaseError, match="已损坏"):
                FactBase(path, grammar)
            file.seek(place)
            file.write(byte)
    with opened(path, grammar) as base:
        assert base.size == 2


@pytest.mark.parametrize("kept", [0, 1, 4096, -1])
def test_a_truncated_file_is_refused(tmp_path: Path, grammar: Grammar, kept: int) -> None:
    path = write_base(tmp_path, [good()], META)
    data = path.read_bytes()
    path.write_bytes(data[:kept])
    message = refused(path, grammar)
    assert path.name in message
    assert "已损坏" in message


def test_an_appended_file_is_refused(tmp_path: Path, grammar: Grammar) -> None:
    path = write_base(tmp_path, [good()], META)
    with path.open("ab") as file:
        file.write(b"\0")
    assert "已损坏" in refused(path, grammar)


def test_a_renamed_file_is_refused(tmp_path: Path, grammar: Grammar) -> None:
    path = write_base(tmp_path, [good()], META)
    assert "已损坏" in refused(path.rename(tmp_path / f"{'0' * 32}.sqlite"), grammar)


def resealed(path: Path) -> Path:
    """The file under the name that its content has now."""
    return path.rename(path.with_name(f"{seal(path)}.sqlite"))


def changed(path: Path, statement: str) -> Path:
    """A base that was changed by somebody who knows how to seal it."""
    with closing(sqlite3.connect(path)) as db:
        db.execute(statement)
        db.commit()
    return resealed(path)


@pytest.mark.parametrize(
    "change",
    [
        'UPDATE fact SET start = start + 1, "end" = "end" + 1 WHERE key LIKE \'%-1\'',
        "UPDATE fact SET start = start - 1",
        'UPDATE fact SET "end" = "end" - 1',
        'UPDATE fact SET start = 999, "end" = 1003',
        "UPDATE fact SET text = '28件' WHERE text = '27件'",
        "UPDATE fact SET value = '28' WHERE value = '27'",
        "UPDATE fact SET value = '31000.1' WHERE value = '31000'",
        "UPDATE fact SET unit = '人' WHERE value = '27'",
        "UPDATE fact SET qualifier = 'exact' WHERE qualifier = 'about'",
        "UPDATE report SET text = replace(text, '27', '28')",
        "UPDATE report SET text = '　' || text",
    ],
)
def test_a_fact_that_is_not_proved_refuses_the_load(
    tmp_path: Path, grammar: Grammar, change: str
) -> None:
    path = changed(write_base(tmp_path, [good(), good(DEQING)], META), change)
    assert "与原文不符" in refused(path, grammar)


def test_of_a_large_base_each_fact_is_proved_when_it_is_read(
    tmp_path: Path, grammar: Grammar, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base_module, "PROVED_AT_ONCE", 1)
    written = write_base(tmp_path, [good()], META)
    path = changed(written, "UPDATE fact SET value = '28' WHERE value = '27'")
    with opened(path, grammar) as base:
        assert base.fact("330281-2023-2") is not None
        with pytest.raises(BaseError, match="330281-2023-1"):
            base.fact("330281-2023-1")
        with pytest.raises(BaseError, match="330281-2023-1"):
            base.facts()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE meta SET value = '0' WHERE key = 'format'", "格式"),
        ("DELETE FROM meta", "格式"),
        ("DROP TABLE covered", "已损坏"),
        ("DROP TABLE meta", "已损坏"),
        ("DROP TABLE fact", "已损坏"),
        ("DROP TABLE metric", "已损坏"),
        ("DELETE FROM report", "知识库"),
    ],
)
def test_another_format_is_refused(tmp_path: Path, grammar: Grammar, change: str, why: str) -> None:
    path = changed(write_base(tmp_path, [good()], META), change)
    assert why in refused(path, grammar)


def test_what_is_no_database_is_refused(tmp_path: Path, grammar: Grammar) -> None:
    path = tmp_path / "x.sqlite"
    path.write_bytes(b"no database at all, but properly sealed" * 99)
    assert "已损坏" in refused(resealed(path), grammar)


def test_a_missing_file(tmp_path: Path, grammar: Grammar) -> None:
    assert "没有知识库" in refused(tmp_path / f"{'0' * 32}.sqlite", grammar)


# -- the pointer -----------------------------------------------------------------------------


def test_the_pointer_names_the_last_base(tmp_path: Path) -> None:
    write_base(tmp_path, [good()], META)
    last = write_base(tmp_path, [good(DEQING)], META)
    assert current_base(tmp_path) == last


def test_pointing_back_is_a_rollback(tmp_path: Path, tongue: Tongue) -> None:
    first = write_base(tmp_path, [good()], META)
    write_base(tmp_path, [good(DEQING)], META)
    point_to(first)
    knowledge = load_knowledge(tmp_path, tongue)
    with closing(knowledge.base):
        assert knowledge.version == first.stem[:12]


@pytest.mark.parametrize("folder", ["", "missing"])
def test_without_a_pointer_there_is_no_base(tmp_path: Path, folder: str) -> None:
    with pytest.raises(BaseError, match=r"还没有知识库.*fazhibot build"):
        current_base(tmp_path / folder)


@pytest.mark.parametrize(
    "content",
    [
        b"../../etc/passwd.sqlite",
        b"/tmp/other.sqlite",
        b"",
        b"\n",
        b"base",
        b"\xff\xfe",
        b"a.sqlite\n/b",
    ],
)
def test_a_strange_pointer_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / POINTER).write_bytes(content)
    with pytest.raises(BaseError, match="fazhibot build"):
        current_base(tmp_path)


def test_a_pointer_to_nothing_is_refused(tmp_path: Path, grammar: Grammar) -> None:
    (tmp_path / POINTER).write_text(f"{'0' * 32}.sqlite\n")
    assert "没有知识库" in refused(current_base(tmp_path), grammar)


# -- writing ---------------------------------------------------------------------------------


def test_old_bases_are_pruned_to_five(tmp_path: Path) -> None:
    written = []
    for number in range(KEPT + 3):
        written.append(write_base(tmp_path, [good()], META | {"number": str(number)}))
        os.utime(written[-1], (number, number))
    assert KEPT == 5
    assert len(list(bases(tmp_path))) == KEPT
    assert set(bases(tmp_path)) == set(written[-KEPT:])
    assert current_base(tmp_path) == written[-1]


def test_writing_an_old_base_again_keeps_it(tmp_path: Path) -> None:
    first = write_base(tmp_path, [good()], META)
    for number in range(KEPT):
        write_base(tmp_path, [good()], META | {"number": str(number)})
    again = write_base(tmp_path, [good()], META)
    assert again == first
    assert current_base(tmp_path) == first
    assert first.is_file()


def test_a_failing_batch_leaves_the_old_base_current(tmp_path: Path, grammar: Grammar) -> None:
    old = write_base(tmp_path, [good()], META)
    before = sorted(tmp_path.iterdir())

    def failing() -> Iterator[Batch]:
        yield good(DEQING)
        raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        write_base(tmp_path, failing(), META)
    with pytest.raises(sqlite3.IntegrityError):
        write_base(tmp_path, [good(DEQING), good(DEQING)], META)
    assert sorted(tmp_path.iterdir()) == before
    assert current_base(tmp_path) == old
    with opened(old, grammar) as base:
        assert base.size == 2


def test_a_failing_first_build_leaves_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "bases"
    with pytest.raises(sqlite3.IntegrityError):
        write_base(folder, [good(), good()], META)
    assert list(folder.iterdir()) == []


def test_an_interrupted_draft_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / f"draft-{os.getpid()}.sqlite").write_bytes(b"half a base")
    path = write_base(tmp_path, [good()], META)
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted([path.name, POINTER])


def test_a_pointer_that_cannot_be_written_leaves_the_old_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = write_base(tmp_path, [good()], META)
    rename = Path.replace

    def full(path: Path, target: Path) -> Path:
        if Path(target).name == POINTER:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write_base(tmp_path, [good(DEQING)], META)
    assert current_base(tmp_path) == old


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OSError, match="file"):
        write_base(tmp_path / "file" / "bases", [good()], META)


def test_reading_writes_nothing(tmp_path: Path, grammar: Grammar) -> None:
    """The data folder may be read-only."""
    path = write_base(tmp_path, [good()], META)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.iterdir()}
    tmp_path.chmod(0o555)
    path.chmod(0o444)
    try:
        with opened(path, grammar) as base:
            base.facts()
            base.candidates("330281", 2023)
            assert {p: p.stat().st_mtime_ns for p in tmp_path.iterdir()} == before
            with pytest.raises(sqlite3.OperationalError):
                base.select("DELETE FROM fact")
    finally:
        tmp_path.chmod(0o755)


# -- the seeds -------------------------------------------------------------------------------


def test_every_fact_of_the_seeds_is_proved_by_its_report(knowledge: Knowledge) -> None:
    reports = {report.sha256: report for report in knowledge.base.reports()}
    facts = knowledge.base.facts()
    assert facts
    for one in facts:
        assert reports[one.report].text[one.start : one.end] == one.text
        assert knowledge.base.fact(one.id) == one
    assert len({one.id for one in facts}) == len(facts)


def test_names_tell_places_of_one_name_apart(small: Knowledge) -> None:
    assert small.names["330281"] == "余姚市"
    assert small.names["320106"] == "江苏省南京市鼓楼区"
    assert small.names["320302"] == "江苏省徐州市鼓楼区"
    assert small.years["330281"] == (2022, 2023)

"""The command line, as scripts and people use it: records, statuses, messages."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import REPORTS, SEEDS, Home

from bot import __version__, building, logs
from bot.cli import base as base_commands
from bot.cli import main
from bot.cli.root import progress_bar
from bot.facts.pointer import current_base
from bot.knowledge import Knowledge, Tongue
from bot.settings import ROOT, SETTINGS_FILE, Settings, load_settings
from intents.numerals import ARABIC_PATTERN, HAN_PATTERN

ASKED = "余姚市2023年行政复议收到多少件"
Run = Callable[..., Result]
Json = dict[str, Any]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, tongue: Tongue) -> Iterator[None]:
    """The language is read once for all runs in this process; bases are given back."""
    monkeypatch.setattr(building, "load_tongue", lambda: tongue)
    monkeypatch.setattr(base_commands, "load_tongue", lambda: tongue)
    opened: list[Knowledge] = []
    load = building.load_knowledge

    def remembered(folder: Path, tongue: Tongue) -> Knowledge:
        opened.append(load(folder, tongue))
        return opened[-1]

    monkeypatch.setattr(building, "load_knowledge", remembered)
    yield
    for knowledge in opened:
        knowledge.base.close()


def environment(seeds: Path, data: Path) -> dict[str, str]:
    return {"FAZHIBOT_SEEDS": str(seeds), "FAZHIBOT_DATA_DIR": str(data)}


def invoke(env: dict[str, str], *words: str, stdin: str = "") -> Result:
    result = CliRunner(env=env).invoke(main, words, input=stdin)
    unexpected = result.exception and not isinstance(result.exception, SystemExit)
    assert not unexpected, result.exc_info
    return result


@pytest.fixture
def run(quick: None, small_settings: Settings) -> Run:
    """Runs a command over the invented reports."""
    env = environment(REPORTS, small_settings.data_dir)
    return lambda *words, **more: invoke(env, *map(str, words), **more)


@pytest.fixture
def seeded(quick: None, seed_settings: Settings) -> Run:
    """Runs a command over the seeds."""
    env = environment(SEEDS, seed_settings.data_dir)
    return lambda *words, **more: invoke(env, *map(str, words), **more)


def lines(result: Result, status: int = 0) -> list[Json]:
    """The records on stdout, where nothing else may stand."""
    assert result.exit_code == status, result.output
    return [json.loads(line) for line in result.stdout.split("\n") if line]


# -- the contract's records ------------------------------------------------------------------

NUMBER = (int, float)
OPTIONAL = (str, type(None))
AREA = {"code": str, "full": str}
PASSAGE_SOURCE = {
    "file": str, "title": str, "jurisdiction": str, "year": int, "start": int, "end": int,
}  # fmt: skip
FACT = {
    "id": str, "jurisdiction": str, "area": AREA, "year": int, "metric": str, "intent": OPTIONAL,
    "text": str, "value": NUMBER, "unit": str, "qualifier": str, "kind": str, "excerpt": str,
    "source": PASSAGE_SOURCE | {"published": OPTIONAL},
}  # fmt: skip
TURN = {
    "question": str, "status": str, "intent": OPTIONAL, "facts": [FACT],
    "passages": [{"text": str, "source": PASSAGE_SOURCE}],
    "options": [{"label": str, "say": str}], "reason": OPTIONAL, "reply": str,
    "understood": dict, "elapsed_ms": NUMBER,
}  # fmt: skip
QUALIFIERS = {"exact", "at_least", "at_most", "about"}
KINDS = {"result", "plan", "rank", "growth", "share", "other"}
STATUSES = {"answered", "clarify", "no_data", "out_of_scope"}


def fits(value: object, shape: object, where: str = "record") -> None:
    """A value has exactly the keys and types of the contract."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), where
        assert value.keys() == shape.keys(), where
        for key, inner in shape.items():
            fits(value[key], inner, f"{where}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for item in value:
            fits(item, shape[0], f"{where}[]")
    else:
        assert isinstance(value, shape), f"{where}: {value!r}"  # type: ignore[arg-type]
        assert not isinstance(value, bool), where


def check_fact(record: Json) -> None:
    fits(record, FACT)
    assert record["qualifier"] in QUALIFIERS
    assert record["kind"] in KINDS
    assert re.fullmatch(r"\d{6}", record["area"]["code"])
    assert record["area"]["full"].endswith(record["jurisdiction"])
    published = record["source"]["published"]
    assert published is None or re.fullmatch(r"\d{4}-\d{2}-\d{2}", published)


def check_turn(record: Json) -> None:
    fits(record, TURN)
    assert record["status"] in STATUSES
    assert record["status"] == "answered" or record["facts"] == []
    assert record["reply"].strip()
    assert all(len(passage["text"]) <= 600 for passage in record["passages"])
    assert (record["reason"] is not None) >= (record["status"] == "no_data")
    for fact in record["facts"]:
        check_fact(fact)
        shown = (fact["text"], fact["jurisdiction"], str(fact["year"]), fact["excerpt"])
        assert all(part in record["reply"] for part in shown)


def test_facts(seeded: Run, knowledge: Knowledge) -> None:
    records = lines(seeded("facts", "--json"))
    assert len(records) == knowledge.base.size
    assert len({record["id"] for record in records}) == len(records)
    for record in records:
        check_fact(record)


def test_offsets_of_facts_count_in_the_file(seeded: Run) -> None:
    texts: dict[str, str] = {}
    for record in lines(seeded("facts", "--json")):
        source = record["source"]
        if source["file"] not in texts:
            with (ROOT / source["file"]).open(encoding="utf-8", newline="") as file:
                texts[source["file"]] = file.read()
        assert texts[source["file"]][source["start"] : source["end"]] == record["text"]
        assert "".join(record["text"].split()) in "".join(record["excerpt"].split())


def test_values_are_plain_numbers(run: Run) -> None:
    by_text = {record["text"]: record for record in lines(run("facts", "--json"))}
    for text, value, unit, qualifier in (
        ("215件", 215, "件", "exact"),
        ("1524万余元", 15240000, "元", "at_least"),
        ("3.2万份", 32000, "份", "exact"),
        ("12.5%", 12.5, "%", "exact"),
        ("近900件", 900, "件", "at_most"),
        ("99%以上", 99, "%", "at_least"),
    ):
        record = by_text[text]
        assert (record["value"], record["unit"]) == (value, unit)
        assert type(record["value"]) is type(value)
        if text != "近900件":  # close to, or not quite: both are honest
            assert record["qualifier"] == qualifier
    assert by_text["近900件"]["qualifier"] in ("about", "at_most")


@pytest.mark.parametrize(
    ("words", "picked"),
    [
        (("--place", "余姚市"), lambda r: r["jurisdiction"] == "余姚市"),
        (("--place", "330521"), lambda r: r["area"]["code"] == "330521"),
        (("--place", "鼓楼"), lambda r: r["jurisdiction"] == "鼓楼区"),
        (("--place", "徐州市"), lambda r: "徐州" in r["area"]["full"]),
        (("--year", "2022"), lambda r: r["year"] == 2022),
        (("--place", "余姚", "--year", "2022"), lambda r: r["year"] == 2022),
        (
            ("--intent", "reconsideration.received"),
            lambda r: r["intent"] == "reconsideration.received",
        ),
    ],
)
def test_filters_of_facts(run: Run, words: tuple[str, ...], picked: Callable[[Json], bool]) -> None:
    every = lines(run("facts", "--json"))
    some = lines(run("facts", "--json", *words))
    assert some == [record for record in every if picked(record)]
    assert 0 < len(some) < len(every)


@pytest.mark.parametrize("words", [("--place", "无此地"), ("--year", "1999"), ("--intent", "x.y")])
def test_a_filter_that_nothing_passes(run: Run, words: tuple[str, ...]) -> None:
    result = run("facts", *words)
    assert (result.exit_code, result.stdout) == (0, "")


def test_facts_for_people(run: Run) -> None:
    shown = run("facts", "--place", "德清县").stdout.splitlines()
    assert "德清县 2023  97件  收到行政复议申请件数" in shown
    assert len(shown) == 4


# -- ask -------------------------------------------------------------------------------------


def ask(run: Run, question: str) -> Json:
    (record,) = lines(run("ask", question, "--json"))
    check_turn(record)
    assert record["question"] == question
    return record


def test_an_answer(run: Run) -> None:
    record = ask(run, ASKED)
    assert record["status"] == "answered"
    assert record["intent"] == "reconsideration.received"
    assert [fact["text"] for fact in record["facts"]] == ["215件"]
    assert record["passages"] == record["options"] == []
    assert record["reason"] is None
    understood = record["understood"]
    assert understood["place"] == {"value": "余姚市", "origin": "said"}
    assert understood["year"] == {"value": "2023", "origin": "said"}
    assert understood["measure"]["origin"] == "said"
    assert 0 < record["elapsed_ms"] < 5000


def test_what_was_not_said_is_default(run: Run) -> None:
    understood = ask(run, "余姚行政复议收到多少件")["understood"]
    assert understood["year"] == {"value": "2023", "origin": "default"}


@pytest.mark.parametrize(
    ("question", "status", "reason"),
    [
        ("鼓楼区行政复议收到多少件", "clarify", "ambiguous_place"),
        ("行政复议收到多少件", "clarify", "ambiguous_place"),
        ("余姚市", "clarify", "no_measure"),
        ("上海市行政复议收到多少件", "no_data", "unknown_place"),
        ("余姚市2019年行政复议收到多少件", "no_data", "unknown_year"),
        ("德清县行政诉讼多少件", "no_data", "not_reported"),
        ("今天天气怎么样", "out_of_scope", "out_of_scope"),
        ("", "out_of_scope", "out_of_scope"),
    ],
)
def test_other_statuses(run: Run, question: str, status: str, reason: str) -> None:
    record = ask(run, question)
    assert (record["status"], record["reason"]) == (status, reason)
    assert bool(record["options"]) == (status == "clarify" or reason == "unknown_year")


def test_options_say_what_can_be_asked(run: Run) -> None:
    options = ask(run, "行政复议收到多少件")["options"]
    assert {"label": "德清县 2023年", "say": "德清县2023年行政复议收案件数"} in options
    for option in options:
        assert ask(run, option["say"])["status"] == "answered"


def test_passages(run: Run) -> None:
    record = ask(run, "余姚市存在什么问题")
    assert (record["status"], record["facts"]) == ("answered", [])
    texts = {(REPORTS / "yuyao-2023.txt").read_text(encoding="utf-8")}
    for passage in record["passages"]:
        source = passage["source"]
        assert any(text[source["start"] : source["end"]] == passage["text"] for text in texts)
    assert sum(len(passage["text"]) for passage in record["passages"]) <= 600


def test_passages_of_the_seeds_are_cut_from_the_file(seeded: Run) -> None:
    for place in ("石狮市", "鲤城区", "马尾区", "晋江市"):
        (record,) = lines(seeded("ask", f"{place}存在什么问题", "--json"))
        check_turn(record)
        assert record["passages"], place


def test_commands_are_answered_too(run: Run) -> None:
    for command in ("/start", "/help", "/places"):
        record = ask(run, command)
        assert (record["status"], record["facts"]) == ("answered", [])
    assert ask(run, "/reload")["reply"] == "这个命令只有管理员能用。"


def test_an_answer_for_people(run: Run) -> None:
    shown = run("ask", ASKED).stdout
    assert shown.startswith("215件　")
    assert "余姚市 · 2023年" in shown
    assert "  全年收到行政复议申请215件" in shown
    assert "\x1b" not in shown


# -- batches ---------------------------------------------------------------------------------


def batch(folder: Path, *items: object) -> Path:
    path = folder / "batch.jsonl"
    texts = [i if isinstance(i, str) else json.dumps(i, ensure_ascii=False) for i in items]
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_a_batch_of_questions_and_dialogues(run: Run, tmp_path: Path) -> None:
    path = batch(
        tmp_path,
        {"id": "b", "question": ASKED},
        "",
        {"id": "a", "turns": [ASKED, "审结了多少", "那德清呢"]},
        {"id": 7, "question": "审结了多少"},
        {"question": ASKED},
    )
    one, dialogue, three, four = lines(run("ask", "--json", "--batch", path))
    assert next(iter(one)) == "id"
    assert [r["id"] for r in (one, dialogue, three, four)] == ["b", "a", 7, None]
    assert dialogue.keys() == {"id", "turns"}
    assert [[f["text"] for f in turn["facts"]] for turn in dialogue["turns"]] == [
        ["215件"], ["198件"], ["90件"],
    ]  # fmt: skip
    assert three["facts"] == [], "each dialogue starts from a clean session"
    for record in (one, three, four):
        check_turn({key: value for key, value in record.items() if key != "id"})
    for turn in dialogue["turns"]:
        check_turn(turn)


def test_a_batch_is_the_same_as_its_questions_one_by_one(run: Run, tmp_path: Path) -> None:
    questions = [ASKED, "鼓楼区复议", "余姚存在什么问题", "天气"]
    path = batch(tmp_path, *({"id": q, "question": q} for q in questions))
    for record in lines(run("ask", "--json", "--batch", path)):
        alone = ask(run, record.pop("id"))
        assert record | {"elapsed_ms": 0} == alone | {"elapsed_ms": 0}


def test_a_batch_of_nothing(run: Run, tmp_path: Path) -> None:
    assert lines(run("ask", "--json", "--batch", batch(tmp_path, "", "", ""))) == []
    path = batch(tmp_path, {"id": "x", "turns": []})
    assert lines(run("ask", "--json", "--batch", path)) == [{"id": "x", "turns": []}]


def test_line_ends_of_a_batch(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    odd = json.dumps({"id": 1, "question": f"余姚市\u2028{ASKED}\x85"}, ensure_ascii=False)
    path.write_bytes(f"{odd}\r\n\r\n{odd}\r\n".encode())
    records = lines(run("ask", "--json", "--batch", path))
    assert [[f["text"] for f in r["facts"]] for r in records] == [["215件"]] * 2


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        "7",
        "null",
        '"多少"',
        '{"id": 1}',
        '{"id": 1, "questions": "x"}',
        '{"id": 1, "turns": 7}',
        '{"id": 1, "turns": "石狮调解"}',
        '{"id": 1, "question": null}',
    ],
)
def test_a_broken_line_of_a_batch_is_named(run: Run, tmp_path: Path, bad: str) -> None:
    path = batch(tmp_path, {"id": 0, "question": ASKED}, bad)
    result = run("ask", "--json", "--batch", path)
    assert result.exit_code == 2
    assert f"{path}:2: " in result.stderr


def test_a_batch_in_another_encoding_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes(json.dumps({"id": 1, "question": ASKED}, ensure_ascii=False).encode("gb18030"))
    result = run("ask", "--json", "--batch", path)
    assert result.exit_code in (1, 2)
    assert str(path) in result.stderr


# -- wrong usage -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ask",), "--batch"),
        (("ask", "x", "--batch", str(SETTINGS_FILE)), "--batch"),
        (("ask", "--batch", "/none/there"), "/none/there"),
        (("ask", "--batch", "/tmp"), "/tmp"),
        (("ask", "one", "two"), "two"),
        (("facts", "--year", "zweitausend"), "zweitausend"),
        (("facts", "--nonsense"), "--nonsense"),
        (("explain",), "QUESTION"),
        (("eval",), "FILE"),
        (("eval", "/none/there"), "/none/there"),
        (("nonsense",), "nonsense"),
    ],
)
def test_wrong_usage(run: Run, words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert said in result.stderr


@pytest.mark.parametrize("command", sorted(main.commands))
def test_help(run: Run, command: str) -> None:
    for flag in ("--help", "-h"):
        result = run(command, flag)
        assert result.exit_code == 0
        assert result.stdout.startswith("Usage: ")


def test_version(run: Run) -> None:
    assert __version__ in run("--version").stdout


@pytest.mark.parametrize(
    "words", [("facts",), ("check",), ("build",), ("ask", "x"), ("chat",), ("start",), ("run",)]
)
def test_an_unknown_setting_is_wrong_usage(quick: None, words: tuple[str, ...]) -> None:
    result = invoke({"FAZHIBOT_TOKN": "x"}, *words)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "FAZHIBOT_TOKN" in result.stderr


def test_a_bad_line_in_the_settings_file_is_wrong_usage(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.yaml"
    path.write_text(SETTINGS_FILE.read_text(encoding="utf-8") + "colour: red\n", encoding="utf-8")
    line = len(path.read_text(encoding="utf-8").splitlines())
    monkeypatch.setattr(base_commands, "load_settings", lambda: load_settings(file=path))
    result = run("check")
    assert result.exit_code == 2
    assert f"{path}:{line}: unknown key 'colour'" in result.stderr


def test_run_needs_a_token(run: Run) -> None:
    result = run("run")
    assert result.exit_code == 2
    assert "TELEGRAM_BOT_TOKEN" in result.stderr


# -- bases -----------------------------------------------------------------------------------


@pytest.fixture
def own(quick: None, home: Home) -> tuple[Settings, Run]:
    """A copy of the reports and their base that the test may harm."""
    settings = home()
    env = environment(settings.seeds, settings.data_dir)
    return settings, lambda *words, **more: invoke(env, *map(str, words), **more)


def test_build_says_what_it_did(own: tuple[Settings, Run]) -> None:
    settings, run = own
    result = run("build")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "5 reports, 31 facts" in result.stderr
    assert str(current_base(settings.bases)) in result.stderr


def test_build_with_a_refused_report_exits_1_but_builds(own: tuple[Settings, Run]) -> None:
    settings, run = own
    before = current_base(settings.bases)
    (settings.seeds / "bad.txt").write_bytes(b"\x00")
    (settings.seeds / "yuyao-2022.txt").unlink()
    result = run("build")
    assert result.exit_code == 1
    refused = [line for line in result.stderr.splitlines() if "bad.txt: " in line]
    assert len(refused) == 1
    assert "4 reports" in result.stderr
    assert current_base(settings.bases) != before
    assert lines(run("facts", "--json", "--year", "2022")) == []


def test_build_without_a_good_report_exits_1_and_keeps_the_base(
    own: tuple[Settings, Run],
) -> None:
    settings, run = own
    before = current_base(settings.bases)
    for path in settings.seeds.glob("*.txt"):
        path.write_bytes(b"")
    result = run("build")
    assert result.exit_code == 1
    assert result.stderr.count("文件是空的") == 5
    assert current_base(settings.bases) == before


def test_a_data_folder_that_cannot_be_written(quick: None, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for words in (("build",), ("check",), ("ask", ASKED)):
        result = CliRunner(env=environment(REPORTS, tmp_path / "file")).invoke(main, words)
        assert isinstance(result.exception, SystemExit), result.exception
        assert result.exit_code in (1, 2)
        assert str(tmp_path / "file") in result.stderr


def test_check(run: Run, own: tuple[Settings, Run]) -> None:
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "5 reports, 31 facts, version " in result.stderr
    settings, harmed = own
    path = current_base(settings.bases)
    path.write_bytes(path.read_bytes()[:-1])
    assert harmed("check").exit_code == 0, "rebuilt from the reports"
    for report in settings.seeds.glob("*.txt"):
        report.unlink()
    assert harmed("check").exit_code == 0
    path.write_bytes(path.read_bytes()[:-1])
    result = harmed("check")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "已损坏" in result.stderr


def test_a_missing_base_is_built_on_the_way(own: tuple[Settings, Run]) -> None:
    settings, run = own
    (settings.bases / "current").unlink()
    assert ask(run, ASKED)["status"] == "answered"


def test_progress_is_shown_on_a_terminal_only(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for terminal in (False, True):
        monkeypatch.setattr(sys.stderr, "isatty", lambda terminal=terminal: terminal)
        show = progress_bar()
        for step in ((0, 2, "1.txt"), (1, 2, "2.txt"), (2, 2, "")):
            show(*step)
        out, err = capsys.readouterr()
        assert out == ""
        assert bool(err) == terminal


def test_python_m_bot() -> None:
    words = [sys.executable, "-m", "bot", "--version"]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == f"fazhibot, version {__version__}\n"


# -- coverage, explain, chat -----------------------------------------------------------------

SUMMARY = re.compile(r"^(\S+): (\d+) facts, (\d+) excluded numerals$")
LISTED = re.compile(r"^    (\w+)  (.+)  @(\d+)  ")


def numerals(text: str) -> set[int]:
    """Where the digits and Chinese numerals of a text stand."""
    found = [*ARABIC_PATTERN.finditer(text), *HAN_PATTERN.finditer(text)]
    return {i for match in found for i in range(*match.span()) if text[i] not in ",.点"}


def test_coverage_sums_to_all_numerals(seeded: Run, knowledge: Knowledge) -> None:
    """Every digit and Chinese numeral of every report is in a fact or excluded by a rule."""
    summaries = [m for line in seeded("coverage").stdout.splitlines() if (m := SUMMARY.match(line))]
    assert len(summaries) == 5
    assert sum(int(m[2]) for m in summaries) == knowledge.base.size
    for report in knowledge.base.reports():
        facts = [f for f in knowledge.base.facts() if f.report == report.sha256]
        excluded = knowledge.base.excluded(report.sha256)
        (summary,) = [m for m in summaries if m[1] == report.file]
        assert (int(summary[2]), int(summary[3])) == (len(facts), len(excluded))
        spans = [(x.start, x.end) for x in (*facts, *excluded)]
        kept = {i for start, end in spans for i in range(start, end)}
        missed = sorted(numerals(report.text) - kept)
        assert [report.text[max(0, i - 9) : i + 9] for i in missed] == []


def test_coverage_by_rule(run: Run, small: Knowledge) -> None:
    shown = run("coverage", "--list").stdout.splitlines()
    rules = [line for line in shown if re.match(r"^  \w+: \d+$", line)]
    listed = [m for line in shown if (m := LISTED.match(line))]
    total = sum(len(small.base.excluded(r.sha256)) for r in small.base.reports())
    assert sum(int(line.rpartition(" ")[2]) for line in rules) == len(listed) == total
    assert any(m[1] == "document_number" and m[2] == "2024" for m in listed)
    assert not any(LISTED.match(line) for line in run("coverage").stdout.splitlines())


def test_explain(run: Run) -> None:
    shown = run("explain", "余姚市2023年行政复意收到多少件").stdout
    assert "read as: 余姚市2023年行政复意收到多少件" in shown
    assert "行政复意 → 行政复议 (spelling, distance 1)" in shown
    assert "place: 余姚市 (said)" in shown
    assert "year: 2023 (said)" in shown
    assert "status: answered" in shown
    assert "reconsideration.received" in shown
    assert re.search(r"^  收到行政复议申请件数 .*: best", shown, re.MULTILINE)
    assert re.search(
        r"^  受理法律援助.*: beaten by \w+: -?[\d.]+ against -?[\d.]+; -?[\d.]+ bits.*$",
        shown,
        re.MULTILINE,
    )
    assert shown.rstrip().endswith("2024-02-06 发布")


@pytest.mark.parametrize("question", ["犇骉羴", "/help", "上海复议", "鼓楼区复议", "谢谢", ""])
def test_explain_whatever(run: Run, question: str) -> None:
    assert run("explain", question).exit_code == 0


@pytest.mark.parametrize("command", ["chat", "start"])
def test_chat_with_what_is_piped_in(run: Run, command: str) -> None:
    result = run(command, stdin=f"{ASKED}\n\n审结了多少\n/help\n/reload\n退出\n德清县\n")
    assert result.exit_code == 0
    blocks = result.stdout.split("> ")[1:]
    assert [block.splitlines()[0] for block in blocks] == [ASKED, "审结了多少", "/help", "/reload"]
    assert "215件" in blocks[0]
    assert "198件" in blocks[1]
    assert "只有管理员" in blocks[3]
    assert "\x1b" not in result.stdout


def test_chat_on_a_terminal_begins_with_an_introduction(
    quick: None, small_settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    for name, value in environment(REPORTS, small_settings.data_dir).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stdin", Terminal(f"{ASKED}\n"))
    monkeypatch.setattr(sys, "stdout", screen)
    main.main(["chat"], standalone_mode=False)
    text = screen.getvalue()
    assert "我回答各地政府" in text
    assert "\x1b[1m215件\x1b[0m" in text
    assert text.endswith("> ")


def test_leaving_with_the_keyboard_is_no_failure(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> Knowledge:
        raise KeyboardInterrupt

    monkeypatch.setattr(base_commands, "open_knowledge", interrupted)
    result = run("check")
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Traceback" not in result.output


def test_chat_with_nothing(run: Run) -> None:
    result = run("chat")
    assert (result.exit_code, result.stdout) == (0, "")


# -- eval ------------------------------------------------------------------------------------


def labels(folder: Path) -> Path:
    text = (REPORTS / "yuyao-2023.txt").read_text(encoding="utf-8")
    at = text.index("215件")
    right = [{"doc": "yuy", "start": at, "end": at + 4}]
    wrong = [{"doc": "yuy", "start": 0, "end": 4}]
    plain = {"kind": "figure", "status": "answered", "style": "plain"}
    return batch(
        folder,
        plain | {"id": "1", "question": ASKED, "expect": right},
        plain | {"id": "2", "question": ASKED, "expect": wrong},
        plain | {"id": "3", "question": "天气", "kind": "offtopic", "status": "out_of_scope"},
        {
            "id": "4",
            "turns": [
                {"user": ASKED, "kind": "figure", "status": "answered", "expect": right},
                {"user": "审结了多少", "kind": "figure", "status": "answered"},
            ],
        },
    )


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ((), 0),
        (("--floor", "80"), 0),
        (("--floor", "81"), 1),
        (("--ceiling", "20"), 0),
        (("--ceiling", "19"), 1),
        (("--kinds", "offtopic", "--floor", "100"), 0),
        (("--kinds", "offtopic,figure", "--floor", "81"), 1),
    ],
)
def test_eval(run: Run, tmp_path: Path, words: tuple[str, ...], status: int) -> None:
    result = run("eval", labels(tmp_path), "--doc", "yuy=yuyao-2023", *words)
    assert result.exit_code == status, result.output
    if "--kinds" not in words:
        assert "5 turns: right 80.0 %, wrong 20.0 %" in result.stdout
        assert "dialogues: 1 of 1 right in every turn" in result.stdout
        assert "2 wrong [figure]" not in result.stdout


def test_eval_shows_failures(run: Run, tmp_path: Path) -> None:
    shown = run("eval", labels(tmp_path), "--doc", "yuy=yuyao-2023", "--failures").stdout
    assert f"2 wrong [figure] {ASKED} → answered  215件" in shown
    shown = run("eval", labels(tmp_path)).stdout
    assert "right 40.0 %" in shown, "without --doc the names of the labels are unknown"


def test_eval_of_a_broken_file(run: Run, tmp_path: Path) -> None:
    path = batch(tmp_path, "{")
    result = run("eval", path)
    assert result.exit_code == 1
    assert f"{path}:1: not a labelled question" in result.stderr


def test_eval_with_a_malformed_doc(run: Run, tmp_path: Path) -> None:
    result = run("eval", labels(tmp_path), "--doc", "yuyao")
    assert result.exit_code == 2
    assert "--doc" in result.stderr


# -- telegram --------------------------------------------------------------------------------


@pytest.mark.parametrize("command", ["run", "start"])
def test_with_a_token_the_bot_serves_telegram(
    quick: None, small_settings: Settings, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    from bot.channels import telegram

    started: list[tuple[str, list[str], str]] = []

    def serve(setup: telegram.Setup, talker: object, menu: list[telegram.Command]) -> None:
        shown = [entry.name for entry in menu if entry.scope is telegram.Scope.EVERYWHERE]
        started.append((setup.token, shown, setup.api_root))

    monkeypatch.setattr(telegram, "run", serve)
    monkeypatch.setattr(logs, "set_up", lambda form: None)
    env = environment(REPORTS, small_settings.data_dir)
    token = {"TELEGRAM_BOT_TOKEN": "12:secret", "FAZHIBOT_API_ROOT": "http://127.0.0.1:9"}
    result = invoke(env | token, command)
    assert result.exit_code == 0, result.output
    shown = ["start", "help", "places", "topics", "source", "reset", "about"]
    assert started == [("12:secret", shown, "http://127.0.0.1:9")]
    assert "secret" not in result.output


# -- in a process of its own -----------------------------------------------------------------


def process(*words: str, stdin: str = "", **env: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("FAZHIBOT_")}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=ROOT,
        env=clean | env,
        input=stdin,
        capture_output=True,
        encoding="utf-8",
        timeout=30,
        check=False,
    )


def test_process_build_and_ask(tmp_path: Path) -> None:
    env = environment(REPORTS, tmp_path / "var")
    done = process("ask", ASKED, "--json", **env)
    assert done.returncode == 0
    record = json.loads(done.stdout)
    check_turn(record)
    assert record["facts"][0]["text"] == "215件"
    assert "还没有知识库" in done.stderr, "what was rebuilt is said, beside the records"
    again = process("ask", ASKED, "--json", **env)
    assert (again.returncode, again.stderr) == (0, "")
    assert len(again.stdout.splitlines()) == 1


def test_process_chat(small_settings: Settings) -> None:
    env = environment(REPORTS, small_settings.data_dir)
    done = process("start", stdin=f"{ASKED}\n那德清呢\n", **env)
    assert (done.returncode, done.stderr) == (0, "")
    assert "215件" in done.stdout
    assert "97件" in done.stdout


def test_process_wrong_setting() -> None:
    done = process("check", FAZHIBOT_NONSENSE="1")
    assert (done.returncode, done.stdout) == (2, "")
    assert "FAZHIBOT_NONSENSE" in done.stderr
    assert "Traceback" not in done.stderr


def test_process_whose_reader_goes_away(seed_settings: Settings) -> None:
    env = os.environ | environment(SEEDS, seed_settings.data_dir)
    command = f"{sys.executable} -m bot facts --json | head -n 1"
    done = subprocess.run(
        command, shell=True, cwd=ROOT, env=env, capture_output=True, timeout=30, check=False
    )
    assert json.loads(done.stdout)["id"]
    assert b"Traceback" not in done.stderr

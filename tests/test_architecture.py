"""Rules of the house that no linter knows: sizes, imports of libraries, words, documents."""

import ast
import io
import re
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from bot.cli import main
from bot.commands import Name
from bot.desk.words import admin_wording
from bot.dialogue.wording import REPLIES_FILE, Wording, load_wording
from bot.settings import PREFIX, ROOT, SETTINGS_FILE
from intents.gazetteer import Gazetteer, load_gazetteer
from intents.yamlfile import read

MAX_MODULE = 300
MAX_FUNCTION = 40
PACKAGES = ("bot", "intents")
MODULES = sorted(p for package in PACKAGES for p in (ROOT / package).rglob("*.py"))

ONE_FILE = {
    "telegram": r"bot/channels/telegram/\w+\.py",
    "aiohttp": r"bot/channels/(?:fake_bot_\w+|telegram/(?:client|fetching|service))\.py",
    "prometheus_client": r"bot/channels/telegram/metrics\.py",
    "matplotlib": r"bot/channels/telegram/drawing\.py",
    "yaml": r"intents/yamlfile\.py",
    "opencc": r"intents/text\.py",
    "ahocorasick": r"intents/\w+\.py",
    "pypinyin": r"intents/sounds\.py",
    "rapidfuzz": r"intents/\w+\.py",
    "click": r"bot/cli/\w+\.py",
    "rich": r"bot/cli/root\.py",
    "pytest": r"bot/pytest_plugin\.py",
    "sqlite3": r"bot/(?:facts|learning|channels/telegram)/\w+\.py",
    "selectolax": r"bot/ingest/formats/html\.py",
    "defusedxml": r"bot/ingest/formats/word\.py",
    "pdfminer": r"bot/ingest/formats/pdf\.py",
}
"""Each library and where it may be imported; but for a few, in one file."""
_SEVERAL_FILES = ("telegram", "aiohttp", "sqlite3", "click")


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name(path))


# -- sizes -----------------------------------------------------------------------------------


def test_modules_are_short() -> None:
    lengths = {name(p): len(p.read_text(encoding="utf-8").splitlines()) for p in MODULES}
    assert {n: length for n, length in lengths.items() if length > MAX_MODULE} == {}


def test_functions_are_short() -> None:
    long = {
        f"{name(path)}:{node.lineno} {node.name}": lines
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := (node.end_lineno or 0) - node.lineno + 1) > MAX_FUNCTION
    }
    assert long == {}


# -- imports ---------------------------------------------------------------------------------


@cache
def imported(path: Path) -> frozenset[str]:
    """Top-level names of the packages that a module imports, wherever it does."""
    found: list[str] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found += (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.append(node.module)
    return frozenset(module.partition(".")[0] for module in found)


def importers(library: str) -> set[str]:
    return {name(path) for path in MODULES if library in imported(path)}


@pytest.mark.parametrize("library", ONE_FILE)
def test_a_library_is_imported_where_it_belongs(library: str) -> None:
    found = importers(library)
    assert {n for n in found if not re.fullmatch(ONE_FILE[library], n)} == set()
    if library not in _SEVERAL_FILES:
        assert len(found) <= 1, f"{library} is imported in {sorted(found)}"


def test_no_other_library_is_imported() -> None:
    known = {*sys.stdlib_module_names, *PACKAGES, *ONE_FILE}
    found = {(name(p), library) for p in MODULES for library in imported(p)}
    assert {pair for pair in found if pair[1] not in known} == set()


def test_the_language_knows_no_bot() -> None:
    assert not [n for n in importers("bot") if n.startswith("intents/")]


def test_clocks_and_dice_are_handed_in() -> None:
    """The same question gets the same reply: today is an argument, and nothing is random."""
    apart = (
        r"bot/(app|pytest_plugin|cli/|playing/(letters|messenger)|channels/(telegram|fake_bot)"
        r"|ingest/formats/sandbox)"
    )
    pure = [p for p in MODULES if not re.match(apart, name(p))]
    forbidden = {"random", "secrets", "uuid", "time", "asyncio"}
    assert {(name(p), m) for p in pure for m in imported(p) if m in forbidden} == set()
    calls = re.compile(r"\b(?:today|now|utcnow)\(\)")
    assert [name(p) for p in pure if calls.search(p.read_text(encoding="utf-8"))] == []


def test_nothing_is_printed() -> None:
    calls = [
        f"{name(path)}:{node.lineno}"
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"
    ]
    assert calls == []


# -- no rule for one place -------------------------------------------------------------------


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(ROOT / "config" / "places.csv")


def seed_names(gazetteer: Gazetteer) -> set[str]:
    """Every name of the seeds' places and of what they lie in, and the names of their files."""
    stems = {path.stem.rpartition("-")[0] for path in (ROOT / "seeds").glob("*.txt")}
    assert len(stems) == 5
    places = [p for p in gazetteer.places.values() if p.pinyin in stems]
    assert {p.pinyin for p in places} == stems
    told = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "seeds").glob("*.txt"))
    larger = (gazetteer.places[code] for p in places for code in gazetteer.lineage(p.code))
    above = [place for place in larger if place.name in told]
    return {n for place in (*places, *above) for n in (place.short, place.pinyin)}


def said_in_code(path: Path) -> Iterator[tuple[int, str]]:
    """What the code of a module says, without comments and docstrings."""
    source = path.read_text(encoding="utf-8")
    docstrings = {
        node.value.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type in (tokenize.STRING, tokenize.NAME) and token.start[0] not in docstrings:
            yield token.start[0], token.string


def said_in_data(path: Path) -> Iterator[tuple[int, str]]:
    yield from enumerate(path.read_text(encoding="utf-8").splitlines(), 1)


def test_no_rule_names_a_place_of_the_seeds(gazetteer: Gazetteer) -> None:
    names = sorted(seed_names(gazetteer))
    data = [p for f in ("intents", "config", "bot") for p in (ROOT / f).rglob("*") if p.is_file()]
    found = []
    for path in sorted(data):
        if path.name == "places.csv" or path.suffix in (".pyc", ".so"):
            continue
        said = said_in_code(path) if path.suffix == ".py" else said_in_data(path)
        for line, text in said:
            found += [f"{name(path)}:{line} {n}" for n in names if n in text.lower()]
    assert found == []


# -- what the bot says -----------------------------------------------------------------------


def constants(node: ast.AST) -> set[str]:
    return {
        n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }


def patterns() -> set[str]:
    """Keys that are made up of a fixed and a variable part, as regular expressions."""
    made = set()
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.JoinedStr):
                parts = [
                    re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"\w+"
                    for v in node.values
                ]
                if re.fullmatch(r"[a-z_]+", str(getattr(node.values[0], "value", ""))):
                    made.add("".join(parts))
    return made


def wording() -> Wording:
    """What is said to citizens and what is said to admins."""
    citizens, admins = load_wording().templates, admin_wording().templates
    assert not citizens.keys() & admins.keys()
    return Wording({**citizens, **admins})


def named_keys() -> Iterator[tuple[str, str, set[str] | None]]:
    """Where a key is named for certain: Note("key", {...}) and say("key", ...)."""
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            called = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if called not in ("Note", "say", "_say"):
                continue
            given: set[str] | None = {k.arg for k in node.keywords if k.arg}
            if called == "Note":
                fields = node.args[1] if len(node.args) > 1 else None
                literal = isinstance(fields, ast.Dict) and all(fields.keys)
                given = constants(ast.Tuple([k for k in fields.keys if k])) if literal else None
                given = set() if fields is None else given
            elif any(k.arg is None for k in node.keywords):
                given = None
            chosen = node.args[0]
            choice = isinstance(chosen, ast.IfExp)
            branches = [chosen.body, chosen.orelse] if choice else [chosen]
            for branch in branches:
                if isinstance(branch, ast.Constant):
                    yield f"{name(path)}:{node.lineno}", str(branch.value), given


def test_every_key_that_is_said_exists() -> None:
    templates = wording().templates
    assert [(where, key) for where, key, _ in named_keys() if key not in templates] == []


def test_every_field_of_a_template_is_given() -> None:
    words = wording()
    wrong = [
        f"{where} {key}: given {sorted(given)}, used {sorted(words.fields(key))}"
        for where, key, given in named_keys()
        if key in words.templates and given is not None and not words.fields(key) <= given
    ]
    assert wrong == []


def test_every_key_of_the_file_is_said() -> None:
    said = {text for path in MODULES for text in constants(tree(path))}
    made = patterns()
    unused = [
        key
        for key in wording().templates
        if key not in said and not any(re.fullmatch(pattern, key) for pattern in made)
    ]
    assert unused == []


def test_no_reply_is_written_in_code() -> None:
    """Sentences for citizens stand in replies.yaml; errors for admins may be in the code."""
    han = re.compile(r"[\u4e00-\u9fff]{8,}.*[，。？！]")
    found = []
    for path in MODULES:
        if not name(path).startswith(("bot/dialogue", "bot/app")):
            continue
        said = [(n, t) for n, t in said_in_code(path) if not t.startswith("r")]
        found += [f"{name(path)}:{n} {t}" for n, t in said if han.search(t)]
    assert found == []


# -- documents -------------------------------------------------------------------------------


def readme() -> str:
    return (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_the_readme_documents_the_command(command: str) -> None:
    assert re.search(rf"fazhibot {command}\b", readme()), f"README.md: no `fazhibot {command}`"


@pytest.mark.parametrize("setting", sorted(key for key, _ in read(SETTINGS_FILE).pairs()))
def test_the_readme_documents_the_setting(setting: str) -> None:
    assert f"{PREFIX}{setting.upper()}" in readme(), f"README.md: no {PREFIX}{setting.upper()}"


def test_the_readme_names_the_token() -> None:
    assert "TELEGRAM_BOT_TOKEN" in readme()


@pytest.mark.parametrize("command", list(Name), ids=lambda c: c.value)
def test_the_readme_documents_the_slash_command(command: Name) -> None:
    assert f"/{command.value}" in readme(), f"README.md: no /{command.value}"


def test_the_menu_texts_are_for_commands_that_there_are() -> None:
    keys = [k for k in load_wording().templates if k.startswith("command_")]
    assert {k.removeprefix("command_") for k in keys} <= {c.value for c in Name}


def test_replies_have_one_file() -> None:
    assert REPLIES_FILE == ROOT / "config" / "replies.yaml"

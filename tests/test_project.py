"""What surrounds the code: Makefile, environment, lock files, continuous integration, image."""

import json
import os
import re
import shutil
import subprocess
import tomllib
from collections.abc import Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.lock", "requirements-dev.lock")
TARGETS = ("help", "run", "test", "check", "bench", "lock", "clean")
GATE = ("ruff format --check", "ruff check", "mypy", "lint-imports", "pytest --cov --cov-branch")


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def surroundings(**extra: str) -> dict[str, str]:
    """The environment without what a surrounding make, or a person, hands to the Makefile."""
    ours = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "PYTHON", "UPGRADE")
    return {name: value for name, value in os.environ.items() if name not in ours} | extra


def run(
    *command: str | Path, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=cwd,
        env=env or surroundings(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )


def write_program(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


# Makefile


@pytest.mark.parametrize("target", TARGETS)
def test_make_knows_the_target(target: str) -> None:
    done = run("make", "--no-print-directory", "--dry-run", target, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_make_alone_lists_every_target() -> None:
    done = run("make", "--no-print-directory", cwd=ROOT)
    assert re.findall(r"^ +make ([a-z]+)\t\S", done.stdout, re.MULTILINE) == list(TARGETS)


def test_make_run_ends_as_the_bot() -> None:
    *_, last = run("make", "--no-print-directory", "-n", "run", cwd=ROOT).stdout.splitlines()
    assert last == "exec .venv/bin/fazhibot start"


def test_gate_is_complete_and_in_order() -> None:
    gate = run("make", "--no-print-directory", "-n", "check", cwd=ROOT).stdout
    places = [re.search(rf"(?m)^\.venv/bin/(python -m )?{step}", gate) for step in GATE]
    starts = [place.start() for place in places if place]
    assert len(starts) == len(GATE)
    assert starts == sorted(starts)


# .ci


def test_ci_runs_make_test_from_anywhere_without_stdin(tmp_path: Path) -> None:
    write_program(tmp_path / "make", '#!/bin/sh\necho "make $*"; pwd -P; wc -c\n')
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    done = run(ROOT / ".ci" / "run", cwd=tmp_path, env=surroundings(PATH=path))
    assert done.stdout.split("\n")[:2] == ["make test", str(ROOT.resolve())]
    assert done.stdout.split()[-1] == "0"
    assert done.returncode == 0


def test_ci_fails_with_the_tests(tmp_path: Path) -> None:
    write_program(tmp_path / "make", "#!/bin/sh\nexit 2\n")
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    assert run(ROOT / ".ci" / "run", cwd=tmp_path, env=surroundings(PATH=path)).returncode == 2


# The environment, made with an interpreter that only writes down what it is asked

PYTHON_STUB = """#!/bin/sh
here=$(dirname "$0")
case "$*" in
    *"-m venv "*)
        echo venv >>calls
        mkdir -p .venv/bin && cp "$0" .venv/bin/python ;;
    *"-m pip "*)
        for last; do :; done
        echo "pip $last" >>calls
        if [ -e broken ]; then echo "pip says why"; exit 1; fi
        : >.venv/bin/fazhibot && chmod +x .venv/bin/fazhibot ;;
    *ensurepip*) echo "$0" ;;
    *find_spec*) ;;
    *) echo "3.11" ;;
esac
"""
FRESH = ["venv", "pip requirements.lock", "pip ."]
TOOLS = ("sh", "cat", "cksum", "tr", "rm", "cp", "mkdir", "chmod", "dirname", "sed", "flock")


class Tree:
    """A copy of what the environment depends on, with a PATH that holds no python of its own."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.bin = root / "bin"
        self.bin.mkdir(parents=True)
        (root / ".ci").mkdir()
        shutil.copy(ROOT / ".ci" / "environment", root / ".ci")
        for name in (*LOCKS, "pyproject.toml"):
            (root / name).write_text(name, encoding="utf-8")
        for tool in TOOLS:
            if found := shutil.which(tool):
                (self.bin / tool).symlink_to(found)

    def add_python(self, name: str, text: str = PYTHON_STUB) -> None:
        write_program(self.bin / name, text)

    def make(self, want: str, **env: str) -> subprocess.CompletedProcess[str]:
        environ = {"PATH": str(self.bin), **env}
        return run(self.root / ".ci" / "environment", want, cwd=self.root.parent, env=environ)

    def calls(self) -> list[str]:
        """What was done since the last look."""
        calls = self.root / "calls"
        if not calls.exists():
            return []
        lines = calls.read_text(encoding="utf-8").splitlines()
        calls.unlink()
        return lines


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    tree = Tree(tmp_path / "a tree")
    tree.add_python("python3")
    return tree


def test_environment_is_made_once(tree: Tree) -> None:
    assert tree.make("run").returncode == 0
    assert tree.calls() == FRESH
    again = tree.make("run")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert tree.calls() == []


def test_tests_need_more_and_then_serve_both(tree: Tree) -> None:
    tree.make("run")
    tree.calls()
    tree.make("dev")
    assert tree.calls() == ["pip requirements-dev.lock"]
    tree.make("run")
    tree.make("dev")
    assert tree.calls() == []


@pytest.mark.parametrize("name", [*LOCKS, "pyproject.toml"])
def test_changed_pins_begin_anew(tree: Tree, name: str) -> None:
    tree.make("run")
    tree.calls()
    (tree.root / name).write_text("changed", encoding="utf-8")
    tree.make("run")
    assert tree.calls() == FRESH


def test_settings_of_the_tools_change_nothing(tree: Tree) -> None:
    project = tree.root / "pyproject.toml"
    project.write_text("[project]\n[tool.ruff]\n", encoding="utf-8")
    tree.make("run")
    tree.calls()
    project.write_text("[project]\n[tool.ruff]\nline-length = 80\n", encoding="utf-8")
    tree.make("run")
    assert tree.calls() == []


@pytest.mark.parametrize("broken", ["bin/python", "bin/fazhibot", ".state"])
def test_broken_environment_is_made_anew(tree: Tree, broken: str) -> None:
    tree.make("run")
    tree.calls()
    (tree.root / ".venv" / broken).unlink()
    assert tree.make("run").returncode == 0
    assert tree.calls() == FRESH


def test_moved_tree_is_made_anew(tree: Tree) -> None:
    tree.make("run")
    tree.calls()
    moved = tree.root.rename(tree.root.parent / "moved")
    path = {"PATH": str(moved / "bin")}
    assert run(moved / ".ci" / "environment", "run", cwd=moved, env=path).returncode == 0
    assert (moved / "calls").read_text(encoding="utf-8").split("\n")[0] == "venv"


@pytest.mark.parametrize("ready", [[], ["run"]], ids=["first install", "dev on top of run"])
def test_failed_install_is_told_and_mended(tree: Tree, ready: list[str]) -> None:
    for want in ready:
        tree.make(want)
    (tree.root / "broken").touch()
    failed = tree.make("dev")
    assert failed.returncode == 1
    assert "pip says why" in failed.stderr
    (tree.root / "broken").unlink()
    tree.calls()
    assert tree.make("dev").returncode == 0
    assert tree.calls() == [*FRESH, "pip requirements-dev.lock"]


def test_old_python_is_passed_over(tree: Tree) -> None:
    tree.add_python("python3", "#!/bin/sh\nexit 1\n")
    tree.add_python("python3.12")
    assert tree.make("run").returncode == 0
    assert tree.calls() == FRESH


def test_named_python_is_the_only_candidate(tree: Tree) -> None:
    named = tree.make("run", PYTHON=str(tree.root / "nowhere"))
    assert named.returncode == 1
    assert f"PYTHON={tree.root / 'nowhere'}" in named.stderr
    assert tree.calls() == []


def test_another_python_begins_anew_and_the_same_does_not(tree: Tree) -> None:
    tree.make("run")
    tree.calls()
    tree.make("run", PYTHON="python3")
    assert tree.calls() == []
    tree.add_python("python3.13", PYTHON_STUB.replace('"3.11"', '"3.13"'))
    tree.make("run", PYTHON="python3.13")
    assert tree.calls() == FRESH


def test_missing_python_is_told(tree: Tree) -> None:
    (tree.bin / "python3").unlink()
    done = tree.make("run")
    assert done.returncode == 1
    assert "no python >= 3.11" in done.stderr
    assert not (tree.root / ".venv").exists()


def test_python_without_venv_is_told_with_its_remedy(tree: Tree) -> None:
    text = '#!/bin/sh\ncase "$*" in *ensurepip*) exit 1 ;; *) echo python3.11 ;; esac\n'
    tree.add_python("python3", text)
    done = tree.make("run")
    assert done.returncode == 1
    assert "apt install python3-venv (or python3.11-venv)" in done.stderr


# Lock files

PIN = re.compile(
    r"(?P<name>[a-z0-9.-]+)==(?P<version>[^\s;]+)(?: ; [^\\]+?)?(?: --hash=sha256:[0-9a-f]{64})+"
)


def pins(lock: str) -> dict[str, str]:
    """Name → version; fails on a line that is not a pin with its hashes."""
    found = {}
    for line in read(lock).replace("\\\n", "").splitlines():
        match = PIN.fullmatch(re.sub(r" +", " ", line))
        assert match, f"{lock}: {line[:80]}"
        assert match["name"] not in found
        found[match["name"]] = match["version"]
    return found


def asked_for() -> Iterator[tuple[str, Requirement]]:
    """What pyproject asks for, each with the smallest lock file that must have it."""
    project = tomllib.loads(read("pyproject.toml"))
    for text in (*project["build-system"]["requires"], *project["project"]["dependencies"]):
        yield "requirements.lock", Requirement(text)
    for text in project["dependency-groups"]["dev"]:
        yield "requirements-dev.lock", Requirement(text)


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_is_nothing_but_hashed_pins(lock: str) -> None:
    assert len(pins(lock)) > 20


@pytest.mark.parametrize("lock", LOCKS)
def test_lock_names_no_address(lock: str) -> None:
    assert not re.search(r"://|@|(?m:^\s*-(?!-hash=))|index|find-links", read(lock))


def test_locks_hold_all_that_pyproject_asks_for() -> None:
    for lock, requirement in asked_for():
        version = pins(lock).get(canonicalize_name(requirement.name))
        assert version, f"{requirement.name} is not in {lock}: make lock"
        assert Version(version) in requirement.specifier, f"{requirement}: make lock"


def test_what_is_tested_is_what_runs() -> None:
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


# Image


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, arguments)."""
    text = re.sub(r"^#.*\n", "", read("Dockerfile"), flags=re.MULTILINE).replace("\\\n", " ")
    split = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return [(word.upper(), rest.strip()) for word, rest in split]


def last(word: str) -> str:
    return [rest for name, rest in instructions() if name == word][-1]


def test_image_is_built_in_two_stages_from_one_slim_python() -> None:
    bases = [rest.split() for word, rest in instructions() if word == "FROM"]
    assert [base[0] for base in bases] == ["python:3.12-slim"] * 2
    assert bases[0][1:] == ["AS", "builder"]


def test_image_takes_only_hashed_packages() -> None:
    installs = re.findall(r"pip install [^&]+", read("Dockerfile"))
    assert installs
    assert all("--require-hashes" in text or "--no-deps" in text for text in installs)


def test_image_runs_as_a_numbered_user_who_owns_only_the_data() -> None:
    assert re.fullmatch(r"[1-9]\d+:[1-9]\d+", last("USER"))
    owned = [rest for word, rest in instructions() if "chown" in rest]
    assert owned == [f"chown -R {last('USER')} {last('VOLUME')}"]
    assert f"FAZHIBOT_DATA_DIR={last('VOLUME')}" in last("ENV").split()


def test_image_starts_and_stops_as_one_process() -> None:
    assert json.loads(last("CMD")) == ["fazhibot", "start"]
    assert json.loads(last("HEALTHCHECK").partition(" CMD ")[2]) == ["fazhibot", "check"]
    assert last("STOPSIGNAL") == "SIGTERM"
    assert not [rest for word, rest in instructions() if word == "ENTRYPOINT"]


def test_image_holds_its_base_before_the_user_changes() -> None:
    order = instructions()
    assert order.index(("RUN", "fazhibot build")) < order.index(("USER", last("USER")))


def test_image_gets_only_what_exists_and_is_let_through() -> None:
    ignore = [line for line in read(".dockerignore").splitlines() if line and line[0] != "#"]
    assert ignore[0] == "*"
    let_through = {line[1:] for line in ignore if line[0] == "!"}
    copied = {
        source.rstrip("/")
        for word, rest in instructions()
        if word == "COPY" and not rest.startswith("--from=")
        for source in rest.split()[:-1]
    }
    assert copied == let_through
    assert [source for source in sorted(copied) if not (ROOT / source).exists()] == []


@pytest.mark.parametrize(
    "command", [rest for word, rest in instructions() if word == "RUN"], ids=lambda text: text[:30]
)
def test_image_commands_are_plain_shell(command: str) -> None:
    done = run("sh", "-n", "-c", command, cwd=ROOT)
    assert done.returncode == 0, done.stderr


# Nothing that is nobody's business

SKIPPED = (".git", ".venv", "var", "build", "dist", "seeds", "tests", ".*_cache", "__pycache__")
SECRETS = re.compile(
    r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pos]_\w{30}"
)


def project_files(folder: Path = ROOT) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if any(fnmatch(path.name, pattern) for pattern in SKIPPED):
            continue
        if path.is_dir():
            yield from project_files(path)
        else:
            yield path


def test_no_secret_is_written_down() -> None:
    texts = ((path, path.read_bytes().decode("utf-8", "replace")) for path in project_files())
    assert [path for path, text in texts if SECRETS.search(text)] == []


@pytest.mark.parametrize(
    "name",
    ["Makefile", "Dockerfile", ".dockerignore", ".ci/run", ".ci/environment", ".ci/lock"],
)
def test_tools_name_no_host(name: str) -> None:
    assert not re.search(r"://|\b[\w-]+\.(com|org|net|io|cn)\b|\b\d+\.\d+\.\d+\.\d+\b", read(name))

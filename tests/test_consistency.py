"""Holds the tree to docs/architecture.md: what a machine can see of the house rules."""

import ast
import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "niangjia"
LOCKS = ("requirements.txt", "requirements-dev.txt", "tools/vendor/package-lock.json")
MANIFESTS = ("src/niangjia/static/vendor/manifest.json", "tests/browser/vendor/manifest.json")

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
# Names that say nothing of what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "managers", "signals", "common", "misc", "base"}
# Django looks for a database engine under this name.
DATABASE_ENGINE = "src/niangjia/config/postgresql/base.py"
NOT_WRITTEN_BY_HAND = {"vendor", "data", "migrations", "__pycache__"}
# Django fixes what these hold.
FRAMEWORK_FOLDERS = {"migrations", "management", "commands"}


def files(*suffixes: str) -> Iterator[Path]:
    """Our own files of the tree: nothing fetched, compiled or generated."""
    for top in ("src", "tests", "tools", "bench"):
        for path in sorted((ROOT / top).rglob("*")):
            if path.suffix in suffixes and not NOT_WRITTEN_BY_HAND & set(path.parts[:-1]):
                yield path


def python_files() -> Iterator[Path]:
    yield ROOT / "run"
    yield from files(".py")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="unpacked without its history")
def test_nothing_that_is_kept_is_a_link() -> None:
    """A link leads to somewhere on one machine only; checked out elsewhere it replaces what stands there."""
    command = ["git", "ls-files", "--stage"]
    lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    assert lines
    assert [line for line in lines if line.startswith("120000")] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", LOCKS[:2])
def test_every_locked_requirement_has_a_hash(name: str) -> None:
    requirements = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ").splitlines()
    assert requirements
    assert [line for line in requirements if "--hash=sha256:" not in line] == []


def test_the_development_lock_holds_the_runtime_lock() -> None:
    """`./run` lays it on top of a runtime environment, so nothing may differ."""
    runtime, development = (pinned((ROOT / name).read_text(encoding="utf-8")) for name in LOCKS[:2])
    assert {name: development.get(name) for name in runtime} == runtime


def pinned(lock: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9._\[\],-]+)==([^\s;\\]+)", lock, flags=re.MULTILINE))


@pytest.mark.parametrize("name", MANIFESTS)
def test_vendored_files_are_those_of_the_manifest(name: str) -> None:
    manifest = ROOT / name
    listed = {entry["file"]: entry["sha256"] for entry in json.loads(manifest.read_text(encoding="utf-8"))}
    present = [path for path in manifest.parent.iterdir() if path != manifest]
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in present} == listed


def test_every_package_says_what_it_owns() -> None:
    packages = [path for path in SOURCE.rglob("__init__.py") if not FRAMEWORK_FOLDERS & set(path.parts)]
    silent = [named(path) for path in packages if not ast.get_docstring(ast.parse(path.read_text("utf-8")))]
    assert packages
    assert silent == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    sources = [ROOT / "run", *files(".py", ".html", ".css", ".js")]
    long = {named(path): count for path in sources if (count := lines(path)) > LONGEST_FILE}
    assert long == {}


def lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def test_no_function_is_longer_than_a_page() -> None:
    long = {
        f"{named(path)}:{node.name}": length
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION
    }
    assert long == {}


def test_every_name_says_what_is_inside() -> None:
    """`services` may be a domain, never a drawer for everything."""
    empty = [
        named(path)
        for path in files(".py")
        if named(path) != DATABASE_ENGINE
        and (path.stem in EMPTY_NAMES | {"services"} or EMPTY_NAMES & set(path.relative_to(ROOT).parts[:-1]))
    ]
    assert empty == []


def test_styles_need_no_newer_browser_than_the_offices_have() -> None:
    """Chrome 109 does not know `color-mix()`."""
    sheets = [path for path in SOURCE.rglob("*.css") if "color-mix(" in path.read_text(encoding="utf-8")]
    assert sheets == []


def test_nothing_served_comes_from_another_host() -> None:
    reference = re.compile(r"""(?:src|href|action)\s*=\s*["']?(?:https?:)?//|url\(\s*["']?(?:https?:)?//""")
    sources = [path for path in files(".html", ".css") if SOURCE in path.parents]
    assert [named(path) for path in sources if reference.search(path.read_text(encoding="utf-8"))] == []

"""Which program each word of `./run` reaches, and what the parts of `./run test` are."""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from niangjia.config import command

TOOLS = Path(__file__).resolve().parent.parent.parent / "tools"


@pytest.mark.parametrize(
    ("words", "development", "arguments"),
    [
        ([], False, ["-m", "niangjia", "start"]),
        (["--port", "8010"], False, ["-m", "niangjia", "start", "--port", "8010"]),
        (["--version"], False, ["-m", "niangjia", "--version"]),
        (["policy", "test", "x.toml"], False, ["-m", "niangjia", "policy", "test", "x.toml"]),
        (["migrate"], False, ["-m", "niangjia", "migrate"]),
        (["test", "-k", "name"], True, [str(TOOLS / "suite.py"), "-k", "name"]),
        (["vendor"], True, [str(TOOLS / "vendor" / "vendor.py")]),
    ],
)
def test_a_word_reaches_its_program(
    run: ModuleType, words: list[str], development: bool, arguments: list[str]
) -> None:
    assert run.command_for(words) == (development, arguments)


def test_help_names_every_word(run: ModuleType) -> None:
    explained = {line.split()[0] for line in run.HELP.splitlines() if line.startswith("  ")}
    assert set(run.TOOLS) | set(command.WORDS) - {"start"} <= explained


def test_every_tool_is_there(run: ModuleType) -> None:
    assert [path for path in run.TOOLS.values() if not (Path(run.ROOT) / path).is_file()] == []


@pytest.mark.parametrize("word", sorted(command.WORDS))
def test_every_word_of_the_command_leads_to_a_function(word: str) -> None:
    module, function = command.WORDS[word].split(":")
    assert callable(getattr(import_module(module), function))


@pytest.fixture
def suite(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(TOOLS))
    for name in ("suite", "postgres", "chromium"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return import_module("suite")


def test_everything_runs_where_everything_is_there(suite: ModuleType) -> None:
    parts = suite.parts(quick=False, database="postgresql://x/y", browser=True)
    assert [(part.marks, part.database) for part in parts] == [
        ("not browser", None),
        ("database and not browser", "postgresql://x/y"),
        ("browser", None),
        ("browser and smoke", "postgresql://x/y"),
    ]


def test_quick_means_sqlite_without_browser(suite: ModuleType) -> None:
    parts = suite.parts(quick=True, database="postgresql://x/y", browser=True)
    assert [(part.marks, part.database) for part in parts] == [("not browser and not slow", None)]


@pytest.mark.parametrize(
    ("codes", "verdict"),
    [([0, 0, 0, 0], 0), ([0, 5, 5, 5], 0), ([0, 1, 0, 0], 1), ([2, 0, 0, 0], 2), ([5, 5], 5), ([5, 1], 1)],
)
def test_a_failure_anywhere_and_no_test_at_all_both_fail(
    suite: ModuleType, codes: list[int], verdict: int
) -> None:
    assert suite.verdict(codes) == verdict

"""When `./run` installs, what, and what it says when it cannot."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

RUNTIME, DEVELOPMENT = {"requirements.txt": "r1"}, {"requirements-dev.txt": "d1"}
BOTH = RUNTIME | DEVELOPMENT


@pytest.fixture
def script(run: ModuleType) -> Path:
    return Path(run.__file__ or "")


@pytest.mark.parametrize(
    ("wanted", "have", "anew", "locks"),
    [
        (RUNTIME, {}, True, ["requirements.txt"]),
        (BOTH, {}, True, ["requirements.txt", "requirements-dev.txt"]),
        (RUNTIME, RUNTIME, False, []),
        (RUNTIME, BOTH, False, []),
        (BOTH, BOTH, False, []),
        (BOTH, RUNTIME, False, ["requirements-dev.txt"]),
        (RUNTIME, {"requirements.txt": "old"}, True, ["requirements.txt"]),
        (BOTH, {"requirements.txt": "old"}, True, ["requirements.txt", "requirements-dev.txt"]),
        (BOTH, RUNTIME | {"requirements-dev.txt": "old"}, True, ["requirements.txt", "requirements-dev.txt"]),
    ],
)
def test_only_additions_are_laid_on_top_and_changes_start_anew(
    run: ModuleType, wanted: dict[str, str], have: dict[str, str], anew: bool, locks: list[str]
) -> None:
    assert run.still_to_install(wanted, have) == (anew, locks)


def test_an_environment_without_its_stamp_counts_as_half_made(run: ModuleType, tmp_path: Path) -> None:
    run.PYTHON, run.STAMP = tmp_path / "python", tmp_path / "requirements.json"
    run.PYTHON.symlink_to(sys.executable)
    assert run.recorded() == {}
    run.STAMP.write_text('{"requirements.txt": "r1"}', encoding="utf-8")
    assert run.recorded() == RUNTIME
    run.PYTHON.unlink()
    run.PYTHON.symlink_to(tmp_path / "python that was removed")
    assert run.recorded() == {}


def test_a_changed_lock_changes_the_stamp(run: ModuleType, tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    lock.write_text("django==1", encoding="utf-8")
    before = run.stamp_of([lock])
    lock.write_text("django==2", encoding="utf-8")
    assert before != run.stamp_of([lock])


def test_the_script_needs_nothing_but_the_standard_library(script: Path) -> None:
    tree = ast.parse(script.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_an_old_python_can_read_as_far_as_its_sentence(script: Path) -> None:
    tree = ast.parse(script.read_text(encoding="utf-8"), feature_version=(3, 7))
    kinds = [type(node) for node in tree.body]
    assert kinds[:3] == [ast.Expr, ast.Import, ast.If]


@pytest.mark.parametrize("old", ["python3.6", "python3.8", "python3.9", "python3.10"])
def test_an_old_python_gets_one_sentence(script: Path, old: str) -> None:
    found = shutil.which(old)
    if not found or subprocess.run([found, "--version"], capture_output=True).returncode:
        pytest.skip(f"{old} is not on this machine")
    answer = subprocess.run([found, str(script)], capture_output=True, text=True)
    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "needs Python 3.11 or newer" in answer.stderr


def test_a_name_on_the_path_that_does_not_answer_is_not_uv(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = tmp_path / "uv"
    shim.write_text("#!/bin/sh\nexit 127\n", encoding="utf-8")
    shim.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert run.working_uv() is None
    shim.write_text("#!/bin/sh\nexit 0\n", encoding="utf-8")
    assert run.working_uv() == str(shim)


def test_no_certificates_anywhere_is_noticed(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "none.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    assert not run.certificates_known()
    bundle = tmp_path / "own.pem"
    bundle.touch()
    monkeypatch.setenv("PIP_CERT", str(bundle))
    assert run.certificates_known()

"""`./run check`: every promise a machine can hold us to, short of the tests of behaviour."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

CHECKS: dict[str, list[str | Path]] = {
    "style": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
    "types": [BIN / "mypy"],
    "layers": [BIN / "lint-imports"],
    # Locks without addresses, vendored files, names, sizes, colours, translations: see the tests themselves.
    "consistency": [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "tests/test_consistency.py",
        "tests/test_translations.py",
    ],
    "settings": [sys.executable, "-m", "niangjia", "check", "--fail-level", "WARNING"],
    "migrations": [sys.executable, "-m", "niangjia", "makemigrations", "--check", "--dry-run"],
    "generated pages": [sys.executable, "-m", "niangjia", "docs", "--check"],
}


def main(names: list[str]) -> int:
    """Run the checks named, or all; returns how many fail."""
    unknown = [name for name in names if name not in CHECKS]
    if unknown:
        print(f"niangjia: no check is called {', '.join(unknown)}; there are {', '.join(CHECKS)}.")
        return 2
    with tempfile.TemporaryDirectory(prefix="niangjia-check-") as home:
        # A home of its own: a check must neither need nor touch the developer's database.
        surroundings = {
            **os.environ,
            "NIANGJIA_HOME": home,
            "NIANGJIA_DATABASE": f"sqlite:///{home}/check.sqlite3",
        }
        failed = [name for name in names or CHECKS if not passes(name, surroundings)]
    print(f"niangjia: failed: {', '.join(failed)}" if failed else "niangjia: all checks passed")
    return len(failed)


def passes(name: str, surroundings: dict[str, str]) -> bool:
    start = time.monotonic()
    done = subprocess.run(CHECKS[name], cwd=ROOT, env=surroundings, capture_output=True, text=True)
    print(
        f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - start:.1f} s)", flush=True
    )
    if done.returncode:
        print(done.stdout + done.stderr, flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

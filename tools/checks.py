"""`./run check`: every promise a machine can hold us to, short of the tests of behaviour."""

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# As many at once, in this order: types take as long as all the others.
AT_ONCE = 2
CHECKS: dict[str, list[str | Path]] = {
    "types": [BIN / "mypy"],
    "style": [BIN / "ruff", "check", "."],
    "format": [BIN / "ruff", "format", "--check", "."],
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
    chosen = names or list(CHECKS)
    with ThreadPoolExecutor(AT_ONCE) as lanes:
        failed = [name for name, passed in zip(chosen, lanes.map(passes, chosen), strict=True) if not passed]
    print(f"niangjia: failed: {', '.join(failed)}" if failed else "niangjia: all checks passed")
    return len(failed)


def passes(name: str) -> bool:
    """In a home of its own: a check must neither need nor touch the developer's database, nor that of another check."""
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="niangjia-check-") as home:
        own = {"NIANGJIA_HOME": home, "NIANGJIA_DATABASE": f"sqlite:///{home}/check.sqlite3"}
        done = subprocess.run(
            CHECKS[name], cwd=ROOT, env={**os.environ, **own}, capture_output=True, text=True
        )
    mark = "FAIL" if done.returncode else "ok  "
    said = f"\n{done.stdout}{done.stderr}" if done.returncode else ""
    print(f"{mark} {name} ({time.monotonic() - start:.1f} s){said}", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

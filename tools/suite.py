"""`./run test [--quick] [pytest arguments]`: everything on SQLite, on PostgreSQL, then in the browser."""

import os
import signal
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import chromium
import postgres

ROOT = Path(__file__).resolve().parent.parent
NOTHING_COLLECTED = 5
# Each part has its own database; and what one process has compiled the next ones need not compile again.
NOT_PASSED_ON = {"NIANGJIA_DATABASE", "PYTHONDONTWRITEBYTECODE"}
# Tests of one file share their database rows and cost; they stay together, in the order that tests/conftest.py gives:
# xdist by itself would begin with files of many tests, and wait for the long ones at the end.
IN_PARALLEL = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")

NO_POSTGRESQL = (
    "niangjia: no PostgreSQL here, so the tests on it are left out. "
    "Install it (apt-get install postgresql), or name one by NIANGJIA_TEST_POSTGRES."
)
NO_CHROMIUM = (
    "niangjia: no Chromium here, so the browser tests are left out. "
    "Install it (apt-get install chromium-headless-shell)."
)


@dataclass(frozen=True)
class Part:
    """One run of pytest: which tests, on which database (None: SQLite)."""

    title: str
    marks: str
    options: tuple[str, ...] = ()
    database: str | None = None

    def run(self, arguments: list[str]) -> int:
        print(f"\nniangjia: {self.title}", flush=True)
        surroundings = {name: value for name, value in os.environ.items() if name not in NOT_PASSED_ON}
        if self.database:
            surroundings["NIANGJIA_DATABASE"] = self.database
        command = [sys.executable, "-m", "pytest", "-m", self.marks, *self.options, *arguments]
        return subprocess.run(command, cwd=ROOT, env=surroundings).returncode


def parts(quick: bool, database: str | None, browser: bool) -> list[Part]:
    if quick:
        return [Part("SQLite, quick", "not browser and not slow", IN_PARALLEL)]
    chosen = [Part("SQLite", "not browser", IN_PARALLEL)]
    if database:
        chosen.append(Part("PostgreSQL", "database and not browser", IN_PARALLEL, database))
    if browser:
        chosen.append(Part("browser on SQLite", "browser", IN_PARALLEL))
    if browser and database:
        chosen.append(Part("browser smoke on PostgreSQL", "browser and smoke", IN_PARALLEL, database))
    return chosen


def verdict(codes: list[int]) -> int:
    """Fails if any part failed, or if no part found a test."""
    failed = [code for code in codes if code not in (0, NOTHING_COLLECTED)]
    if failed:
        return failed[0]
    return 0 if 0 in codes else NOTHING_COLLECTED


def main(arguments: list[str]) -> int:
    # Asked to end, it ends its pytest and its PostgreSQL first.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    quick = "--quick" in arguments
    arguments = [argument for argument in arguments if argument != "--quick"]
    browser = chromium.path() is not None
    with ExitStack() as stack:
        database = None if quick else os.environ.get("NIANGJIA_TEST_POSTGRES") or private(stack)
        codes = [part.run(arguments) for part in parts(quick, database, browser)]
    if not quick and not database:
        print(NO_POSTGRESQL)
    if not quick and not browser:
        print(NO_CHROMIUM)
    return verdict(codes)


def private(stack: ExitStack) -> str | None:
    programs = postgres.binaries()
    return stack.enter_context(postgres.private_server(programs)) if programs else None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

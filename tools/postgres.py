"""A private PostgreSQL for one test run: made in a temporary folder, reached by a socket, gone at the end."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from niangjia.config.processes import die_with_parent

SECONDS_TO_START = 30
# Nothing here outlives the run, so nothing needs to reach the disk; nor is it swept, as no row stays for long.
FAST = (
    *(
        "fsync=off",
        "synchronous_commit=off",
        "full_page_writes=off",
        "wal_level=minimal",
        "max_wal_senders=0",
    ),
    *("autovacuum=off", "max_wal_size=8GB", "listen_addresses=", "timezone=UTC"),
)


def binaries() -> Path | None:
    """The newest server programs: Debian keeps them off the path, one folder a version."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = sorted(found, key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))])
    if newest:
        return newest[-1].parent
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def owner() -> str | None:
    """PostgreSQL refuses to run as root; whoever else is there will do."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


@contextmanager
def private_server(programs: Path) -> Iterator[str]:
    """Yields the address, as NIANGJIA_DATABASE wants it."""
    user = owner()
    with tempfile.TemporaryDirectory(prefix="niangjia-pg-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        if user:
            shutil.chown(folder, user)
        data = folder / "data"
        initdb = [
            "-D",
            str(data),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run(
            [programs / "initdb", *initdb], check=True, stdout=subprocess.DEVNULL, user=user, cwd=name
        )
        server = subprocess.Popen(
            [
                programs / "postgres",
                "-D",
                data,
                "-k",
                name,
                *(part for pair in FAST for part in ("-c", pair)),
            ],
            stderr=(folder / "log").open("wb"),
            preexec_fn=partial(die_with_parent, os.getpid()),
            user=user,
            # The folder that root works in may be closed to the other user.
            cwd=name,
        )
        try:
            wait_until_ready(programs, server, folder)
            yield f"postgresql://postgres@/niangjia?host={name}"
        finally:
            # Fast: open connections are cut, none is waited for.
            server.send_signal(signal.SIGINT)
            server.wait()


def wait_until_ready(programs: Path, server: "subprocess.Popen[bytes]", folder: Path) -> None:
    limit = time.monotonic() + SECONDS_TO_START
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder]).returncode:
        if server.poll() is not None or time.monotonic() > limit:
            raise SystemExit(f"niangjia: PostgreSQL did not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.1)

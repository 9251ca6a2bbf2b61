"""A build that is killed leaves nothing; the next one builds the same city, in another process and database too."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection

from tests.demo.conftest import POLICIES, SEED, TODAY

# A loaded machine builds for a while.
PATIENCE = 240
CITY = ["--scale", "small", "--seed", str(SEED), "--today", TODAY.isoformat()]


class Elsewhere:
    """A database and a home of its own, reached through the `niangjia` command only."""

    def __init__(self, folder: Path) -> None:
        self.name = f"{connection.settings_dict['NAME']}_demo"
        self.home = folder
        self.address = f"sqlite:///{folder / 'city.sqlite3'}"
        if connection.vendor == "postgresql":
            given = connection.settings_dict
            server = f"{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}"
            self.address = f"postgresql://{server}/{self.name}"

    def niangjia(self, *words: str) -> "subprocess.Popen[str]":
        surroundings = os.environ | {
            "NIANGJIA_HOME": str(self.home),
            "NIANGJIA_DATABASE": self.address,
            "NIANGJIA_POLICIES": str(POLICIES),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        command = [sys.executable, "-m", "niangjia", *words]
        return subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, text=True)

    def said(self, *words: str) -> str:
        process = self.niangjia(*words)
        out, _err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, out
        return out

    def count(self, table: str) -> int:
        query = f"SELECT COUNT(*) FROM {table}"
        if connection.vendor == "postgresql":
            with psycopg.connect(self.address) as database:
                return int(database.execute(query).fetchone()[0])  # type: ignore[index,arg-type]
        with closing(sqlite3.connect(self.address.removeprefix("sqlite:///"))) as database:
            return int(database.execute(query).fetchone()[0])

    def papers(self) -> int:
        return sum(1 for _file in (self.home / "files").glob("??/??/*"))


@pytest.fixture
def elsewhere(tmp_path: Path, standing: None, django_db_blocker: Any) -> Iterator[Elsewhere]:
    made = Elsewhere(tmp_path)
    if connection.vendor == "sqlite":
        yield made
        return
    with psycopg.connect(made.address.replace(made.name, "postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{made.name}"')
        server.execute(f'CREATE DATABASE "{made.name}" TEMPLATE template0')
        yield made
        server.execute(f'DROP DATABASE "{made.name}" WITH (FORCE)')


@pytest.mark.slow
@pytest.mark.usefixtures("city")
def test_killed_midway_nothing_stays_and_the_next_build_is_the_same_city(elsewhere: Elsewhere) -> None:
    elsewhere.said("migrate", "--verbosity", "0")
    killed = elsewhere.niangjia("demo", "build", *CITY)
    assert killed.stdout is not None
    for line in killed.stdout:
        # By now the whole organisation, the rosters' people and the first files with papers are written.
        if "2025 年 3 月" in line:
            break
    killed.send_signal(signal.SIGKILL)
    killed.communicate(timeout=PATIENCE)
    assert killed.returncode == -signal.SIGKILL
    for table in (
        "kernel_user",
        "organisation_unionbody",
        "membership_person",
        "kernel_auditentry",
        "demo_democity",
    ):
        assert elsewhere.count(table) == 0, table
    assert elsewhere.papers() > 0, "the papers on disk wait for the housekeeping"

    elsewhere.said("demo", "build", *CITY)
    here = StringIO()
    call_command("demo", "export", stdout=here)
    assert elsewhere.said("demo", "export").splitlines() == here.getvalue().splitlines()
    assert "发现 0 处问题" in elsewhere.said("audit", "verify")

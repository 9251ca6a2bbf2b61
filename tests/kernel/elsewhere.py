"""Other processes on the database of a test: they see what is committed, and they can be killed."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from django.db import connection

PATIENCE = 30.0


class Elsewhere:
    """The test database as another process sees it: on SQLite a copy in a file, taken when first asked."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "copy.sqlite3"
        self.processes: list[subprocess.Popen[str]] = []

    def worker(self, *words: str) -> "subprocess.Popen[str]":
        return self.process("tests.kernel.worker_process", *words)

    def process(self, module: str, *words: str) -> "subprocess.Popen[str]":
        self._copy()
        command = [sys.executable, "-m", module, *words]
        environment = os.environ | {
            "NIANGJIA_DATABASE": self._address(),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.processes.append(process)
        return process

    def ask(self, query: str) -> list[Any]:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(query)
                return [row[0] for row in cursor.fetchall()]
        with closing(sqlite3.connect(self.file)) as copy:
            return [row[0] for row in copy.execute(query)]

    def effects(self) -> list[str]:
        return self.ask("SELECT key FROM kernel_event WHERE topic = 'effect' ORDER BY id")

    def states(self) -> list[str]:
        return self.ask("SELECT state FROM kernel_job WHERE name LIKE 'tests.%' ORDER BY id")

    def attempts(self) -> list[int]:
        return self.ask("SELECT attempt FROM kernel_job WHERE name LIKE 'tests.%' ORDER BY id")

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.communicate()

    def _copy(self) -> None:
        if connection.vendor == "sqlite" and not self.file.exists():
            connection.ensure_connection()
            with closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)

    def _address(self) -> str:
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.file}"
        given = connection.get_connection_params()
        options = {name: given[name] for name in ("host", "port", "user", "password") if given.get(name)}
        return f"postgresql:///{given['dbname']}?{urlencode(options)}"


def finished(process: "subprocess.Popen[str]") -> int:
    _out, said = process.communicate(timeout=PATIENCE)
    print(said)  # shown by pytest when the worker did not end as it should
    return process.returncode

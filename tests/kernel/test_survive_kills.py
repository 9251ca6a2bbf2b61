"""Real worker processes, really killed: nothing is lost, nothing is done twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from tests.kernel import work

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 30.0


class Elsewhere:
    """The test database as another process sees it: on SQLite a copy in a file, taken at the first worker."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "copy.sqlite3"
        self.workers: list[subprocess.Popen[str]] = []

    def worker(self, *words: str) -> "subprocess.Popen[str]":
        self._copy()
        command = [sys.executable, "-m", "tests.kernel.worker_process", *words]
        environment = os.environ | {
            "NIANGJIA_DATABASE": self._address(),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
        self.workers.append(process)
        return process

    def ask(self, query: str) -> list[Any]:
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(query)
                return [row[0] for row in cursor.fetchall()]
        with sqlite3.connect(self.file) as copy:
            return [row[0] for row in copy.execute(query)]

    def effects(self) -> list[str]:
        return self.ask("SELECT key FROM kernel_event WHERE topic = 'effect' ORDER BY id")

    def states(self) -> list[str]:
        return self.ask("SELECT state FROM kernel_job WHERE name LIKE 'tests.%' ORDER BY id")

    def attempts(self) -> list[int]:
        return self.ask("SELECT attempt FROM kernel_job WHERE name LIKE 'tests.%' ORDER BY id")

    def _copy(self) -> None:
        if connection.vendor == "sqlite" and not self.file.exists():
            connection.ensure_connection()
            with sqlite3.connect(self.file) as copy:
                connection.connection.backup(copy)

    def _address(self) -> str:
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.file}"
        given = connection.settings_dict
        return f"postgresql://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT']}/{given['NAME']}"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    place = Elsewhere(tmp_path)
    yield place
    for process in place.workers:
        process.kill()
        process.communicate()


def until(condition: Callable[[], object]) -> None:
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, "nothing happened"
        time.sleep(0.05)


def finished(process: "subprocess.Popen[str]") -> int:
    _out, said = process.communicate(timeout=PATIENCE)
    print(said)  # shown by pytest when the worker did not end as it should
    return process.returncode


def lease_runs_out(seconds: float = 2) -> None:
    if connection.vendor == "postgresql":  # alone on SQLite, the next worker need not wait
        time.sleep(seconds + 0.2)


def test_killed_from_outside_it_goes_on_where_it_was(elsewhere: Elsewhere) -> None:
    work.write_steps.enqueue(steps=40, pause=0.03)
    first = elsewhere.worker("--stop-when-idle")
    until(lambda: len(elsewhere.effects()) >= 5)
    first.send_signal(signal.SIGKILL)
    assert finished(first) == -signal.SIGKILL
    assert 5 <= len(elsewhere.effects()) < 40
    assert elsewhere.states() == ["running"]

    lease_runs_out()
    assert finished(elsewhere.worker("--stop-when-idle")) == 0
    assert elsewhere.effects() == [str(step) for step in range(40)]
    assert (elsewhere.states(), elsewhere.attempts()) == (["done"], [2])


def test_killed_before_and_after_a_commit_each_step_is_done_once(elsewhere: Elsewhere) -> None:
    work.write_steps.enqueue(steps=6, die_inside=2, die_after=4)
    assert finished(elsewhere.worker("--stop-when-idle")) == -signal.SIGKILL
    assert elsewhere.effects() == ["0", "1"]
    lease_runs_out()
    assert finished(elsewhere.worker("--stop-when-idle")) == -signal.SIGKILL
    assert elsewhere.effects() == ["0", "1", "2", "3", "4"]
    lease_runs_out()
    assert finished(elsewhere.worker("--stop-when-idle")) == 0
    assert elsewhere.effects() == ["0", "1", "2", "3", "4", "5"]
    assert (elsewhere.states(), elsewhere.attempts()) == (["done"], [3])


def test_an_atomic_body_is_done_with_its_job_or_not_at_all(elsewhere: Elsewhere) -> None:
    work.write_at_once.enqueue(name="only", die=True)
    assert finished(elsewhere.worker("--stop-when-idle")) == -signal.SIGKILL
    assert elsewhere.effects() == []
    lease_runs_out()
    assert finished(elsewhere.worker("--stop-when-idle")) == 0
    assert (elsewhere.effects(), elsewhere.states()) == (["only"], ["done"])


def test_a_long_body_keeps_its_lease(elsewhere: Elsewhere) -> None:
    asked = work.outlast_the_lease.enqueue()
    assert finished(elsewhere.worker("--stop-when-idle")) == 0
    assert (elsewhere.states(), elsewhere.attempts()) == (["done"], [1])
    assert [int(lost) for lost in elsewhere.ask(f"SELECT result FROM kernel_job WHERE id = {asked.pk}")] == [
        0
    ]


def test_asked_to_stop_it_finishes_what_it_has_begun(elsewhere: Elsewhere) -> None:
    work.write_steps.enqueue(steps=20, pause=0.05)
    work.write.enqueue(name="not begun")
    work.write.enqueue(name="not begun", key="k")
    running = elsewhere.worker("--stop-when-idle")
    until(lambda: elsewhere.effects())
    running.terminate()
    assert finished(running) == 0
    assert elsewhere.states() == ["done", "queued", "queued"]
    assert len(elsewhere.effects()) == 20


def test_a_worker_that_stays_runs_quick_work_beside_long_work(elsewhere: Elsewhere) -> None:
    work.write_long.enqueue(name="long", seconds=3)
    work.write.enqueue(name="quick")
    running = elsewhere.worker()
    until(lambda: "quick" in elsewhere.effects())
    assert "long" not in elsewhere.effects()
    running.terminate()
    assert finished(running) == 0
    assert elsewhere.effects() == ["quick", "long"]


def test_one_run_takes_one_job(elsewhere: Elsewhere) -> None:
    work.write.enqueue(name="a")
    work.write.enqueue(name="b")
    assert finished(elsewhere.worker("--once")) == 0
    assert elsewhere.effects() == ["a"]


def test_two_workers_share_the_work_or_on_sqlite_the_second_says_why_not(elsewhere: Elsewhere) -> None:
    for number in range(30):
        work.write.enqueue(name=str(number))
    work.write_long.enqueue(name="long", seconds=2)
    first = elsewhere.worker("--stop-when-idle")
    until(lambda: elsewhere.effects())
    second = elsewhere.worker("--stop-when-idle")
    _out, said = second.communicate(timeout=PATIENCE)
    assert finished(first) == 0
    if connection.vendor == "sqlite":
        assert second.returncode == 1
        assert "已有一个 worker 在运行" in said
    else:
        assert second.returncode == 0
    assert sorted(elsewhere.effects()) == sorted([*map(str, range(30)), "long"])
    assert set(elsewhere.attempts()) == {1}

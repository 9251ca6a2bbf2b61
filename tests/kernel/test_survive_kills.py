"""Real worker processes, really killed: nothing is lost, nothing is done twice."""

import signal
import time
from collections.abc import Callable

import pytest
from django.db import connection

from tests.kernel import work
from tests.kernel.elsewhere import PATIENCE, Elsewhere, finished

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


def until(condition: Callable[[], object]) -> None:
    limit = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < limit, "nothing happened"
        time.sleep(0.05)


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
    # The first goes on until told to stop: on a slow machine the second may take its time to come.
    first = elsewhere.worker()
    until(lambda: elsewhere.effects())
    second = elsewhere.worker("--stop-when-idle")
    _out, said = second.communicate(timeout=PATIENCE)
    until(lambda: len(elsewhere.effects()) == 31)
    first.terminate()
    assert finished(first) == 0
    if connection.vendor == "sqlite":
        assert second.returncode == 1
        assert "已有一个 worker 在运行" in said
    else:
        assert second.returncode == 0
    assert sorted(elsewhere.effects()) == sorted([*map(str, range(30)), "long"])
    assert set(elsewhere.attempts()) == {1}

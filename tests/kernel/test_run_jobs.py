"""A job runs, fails, waits, is retried, is cancelled; its row tells all of it."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.access import CLOCK, Actor
from niangjia.kernel.errors import Missing, WrongState
from niangjia.kernel.jobs import Cancelled, Job, LostLease, Progress, housekeeping, job, run_until_idle
from niangjia.kernel.jobs import progress as pace
from niangjia.kernel.jobs.actions import cancel, retry
from niangjia.kernel.jobs.models import State
from niangjia.kernel.jobs.queries import jobs_visible_to
from niangjia.kernel.jobs.running import claim, delay, reap, run
from tests.cast import a_user
from tests.kernel import work

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=clock.CHINA)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for a wish to cancel at every step."""
    monkeypatch.setattr(pace, "PACE", 0.0)


def claimed(kind: str) -> Job:
    taken = claim([kind])
    assert taken is not None
    return taken


def test_a_job_runs_and_keeps_its_result() -> None:
    asked = work.write.enqueue(name="one")
    assert asked.state == State.QUEUED

    assert run_until_idle() == 1

    asked.refresh_from_db()
    assert (asked.state, asked.result, asked.attempt) == (State.DONE, {"wrote": "one"}, 1)
    assert asked.lease_until is None
    assert work.effects() == ["one"]


def test_a_job_goes_with_the_transaction_that_asked_for_it() -> None:
    with pytest.raises(ValueError, match="the row was refused"), transaction.atomic():
        work.write.enqueue(name="never")
        raise ValueError("the row was refused")
    assert run_until_idle() == 0


def test_wrong_arguments_are_refused_where_they_are_given() -> None:
    with pytest.raises(TypeError):
        work.write.enqueue(nmae="typo")


def test_a_job_waits_for_its_time() -> None:
    with clock.at(NOON):
        work.write.enqueue(name="later", run_at=NOON + timedelta(hours=1))
        assert run_until_idle() == 0
    with clock.at(NOON + timedelta(hours=1)):
        assert run_until_idle() == 1


def test_of_one_key_only_one_is_unfinished() -> None:
    first = work.write.enqueue(name="a", key="list-7")
    assert work.write.enqueue(name="b", key="list-7") == first
    run_until_idle()
    assert work.write.enqueue(name="c", key="list-7") != first
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(name=work.write.name, key="list-7")


def test_a_failure_is_tried_again_and_tells_nothing_personal() -> None:
    with clock.at(NOON):
        asked = work.fail.enqueue(times=1)
        run_until_idle()
        asked.refresh_from_db()
        assert asked.state == State.WAITING
        assert "ValueError" in asked.error
        assert "work.py" in asked.error
        assert "110101" not in asked.error
        assert timedelta(seconds=5) <= asked.run_at - NOON <= timedelta(seconds=15)
    with clock.at(NOON + timedelta(seconds=15)):
        run_until_idle()
    asked.refresh_from_db()
    assert (asked.state, asked.result, asked.attempt, asked.error) == (State.DONE, "at last", 2, "")


def test_retries_end() -> None:
    asked = work.fail.enqueue(times=99)
    for hours in range(5):
        with clock.at(clock.now() + timedelta(hours=2 * hours)):
            run_until_idle()
    asked.refresh_from_db()
    assert (asked.state, asked.attempt) == (State.FAILED, 3)
    assert asked.error


def test_a_refusal_is_final_and_keeps_its_sentence() -> None:
    asked = work.refuse.enqueue()
    run_until_idle()
    asked.refresh_from_db()
    assert (asked.state, asked.attempt, asked.error) == (State.FAILED, 1, "名单为空，请先导入。")


def test_the_delay_doubles_up_to_an_hour_and_spreads() -> None:
    for attempt, seconds in [(1, 10), (2, 20), (5, 160), (9, 2560), (10, 3600), (4000, 3600)]:
        drawn = {delay(attempt).total_seconds() for _ in range(20)}
        assert all(seconds * 0.5 <= each <= seconds * 1.5 for each in drawn)
        assert len(drawn) > 1


def test_progress_is_written_and_foretells_the_rest(impatient: None) -> None:
    with clock.at(NOON):
        work.write_steps.enqueue(steps=10)
        taken = claimed(work.write_steps.name)
        progress = Progress(taken)
        progress.total = 10
    with clock.at(NOON + timedelta(seconds=40)):
        progress.advance(4)
        taken.refresh_from_db()
        assert (taken.done, taken.total, taken.share) == (4, 10, 0.4)
        assert taken.remaining == timedelta(seconds=60)


def test_the_rest_is_unknown_before_the_first_step() -> None:
    work.write_steps.enqueue(steps=10)
    taken = claimed(work.write_steps.name)
    assert taken.remaining is None
    assert taken.share is None


def test_a_resumed_job_starts_at_its_mark() -> None:
    asked = work.write_steps.enqueue(steps=4)
    Job.objects.filter(pk=asked.pk).update(mark=3)
    run_until_idle()
    assert work.effects() == ["3"]


def test_an_effect_and_its_mark_are_one() -> None:
    work.write_steps.enqueue(steps=1)
    taken = claimed(work.write_steps.name)
    progress = Progress(taken)
    with pytest.raises(ValueError, match="in the middle"), progress.commit(mark=1):
        work.effect("half")
        raise ValueError("in the middle")
    taken.refresh_from_db()
    assert taken.mark is None
    assert work.effects() == []


def test_a_lost_worker_cannot_write_any_more() -> None:
    with clock.at(NOON):
        asked = work.write_steps.enqueue(steps=1)
        zombie = claimed(work.write_steps.name)
        assert reap() == 0
    with clock.at(NOON + timedelta(minutes=1)):
        assert reap() == 1
        heir = claimed(work.write_steps.name)
        assert (heir.pk, heir.token) == (zombie.pk, zombie.token + 1)

        late = Progress(zombie)
        with pytest.raises(LostLease), late.commit(mark=1):
            work.effect("twice")
        with pytest.raises(LostLease):
            late.finish("mine")
        run(zombie)
        assert work.effects() == []

        run(heir)
    asked.refresh_from_db()
    assert (asked.state, work.effects()) == (State.DONE, ["0"])


def test_a_job_that_kills_its_worker_is_given_up_in_the_end() -> None:
    asked = work.write.enqueue(name="bomb")
    for _ in range(3):
        claimed(work.write.name)
        with clock.at(clock.now() + timedelta(hours=1)):
            reap()
        Job.objects.filter(pk=asked.pk, state=State.WAITING).update(run_at=clock.now())
    asked.refresh_from_db()
    assert asked.state == State.FAILED
    assert "3" in asked.error


def test_who_asked_sees_cancels_and_retries_and_nobody_else_does() -> None:
    mine, stranger = Actor(a_user()), Actor(a_user())
    asked = work.write.enqueue(actor=mine, name="mine")
    assert list(jobs_visible_to(mine)) == [asked]
    assert list(jobs_visible_to(stranger)) == []
    with pytest.raises(Missing):
        cancel(asked.public_id, actor=stranger)

    assert cancel(asked.public_id, actor=mine).state == State.CANCELLED
    assert run_until_idle() == 0
    with pytest.raises(WrongState):
        cancel(asked.public_id, actor=mine)
    with pytest.raises(Missing):
        retry(asked.public_id, actor=stranger)

    assert retry(asked.public_id, actor=mine).state == State.QUEUED
    assert run_until_idle() == 1
    with pytest.raises(WrongState):
        retry(asked.public_id, actor=mine)


def test_a_retry_does_not_overtake_the_same_work() -> None:
    first = work.write.enqueue(name="a", key="k")
    cancel(first.public_id, actor=CLOCK)
    work.write.enqueue(name="b", key="k")
    with pytest.raises(WrongState):
        retry(first.public_id, actor=CLOCK)


def test_a_running_job_stops_where_it_can(impatient: None) -> None:
    asked = work.write_steps.enqueue(steps=3)
    taken = claimed(work.write_steps.name)
    cancel(asked.public_id, actor=CLOCK)
    with pytest.raises(Cancelled):
        Progress(taken).check()
    run(taken)
    asked.refresh_from_db()
    assert asked.state == State.CANCELLED
    # The step that was committed stays, and is not repeated by a retry.
    assert work.effects() == ["0"]
    retry(asked.public_id, actor=CLOCK)
    run_until_idle()
    assert work.effects() == ["0", "1", "2"]


def test_a_job_that_waits_for_its_retry_can_still_be_cancelled() -> None:
    asked = work.write.enqueue(name="x")
    claimed(work.write.name)
    cancel(asked.public_id, actor=CLOCK)
    reap(everything=True)
    run_until_idle()
    asked.refresh_from_db()
    assert (asked.state, work.effects()) == (State.CANCELLED, [])


def test_finished_jobs_go_after_a_month_and_unfinished_stay() -> None:
    done, left = work.write.enqueue(name="x"), work.refuse.enqueue()
    run_until_idle()
    waiting = work.write.enqueue(name="y", run_at=clock.now() + timedelta(days=400))
    with clock.at(clock.now() + timedelta(days=29)):
        housekeeping.prune.enqueue()
        run_until_idle()
        assert Job.objects.filter(pk__in=[done.pk, left.pk]).count() == 2
    with clock.at(clock.now() + timedelta(days=31)):
        housekeeping.prune.enqueue()
        run_until_idle()
    assert not Job.objects.filter(pk__in=[done.pk, left.pk]).exists()
    assert Job.objects.filter(pk=waiting.pk).exists()


def test_two_kinds_cannot_share_a_name() -> None:
    with pytest.raises(ValueError, match="two kinds"):
        job(label="x", name=work.write.name)(work.write.body)

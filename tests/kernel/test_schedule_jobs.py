"""Periodic work: a slot is run once, whoever asks, and once after a pause."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from niangjia.kernel import clock
from niangjia.kernel.jobs import Job, daily, housekeeping, minutes, run_until_idle
from niangjia.kernel.jobs.models import State
from niangjia.kernel.jobs.worker import keep, plan
from tests.kernel import work

NAME = "tests.kernel.work.write"
MONDAY = datetime(2026, 11, 23, tzinfo=clock.CHINA)


def at(hour: int, minute: int = 0, day: int = 0) -> datetime:
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def test_minutes_cut_the_hour() -> None:
    assert minutes(15).slot(at(9, 44)) == at(9, 30)
    assert minutes(15).slot(at(9, 45)) == at(9, 45)
    assert minutes(60).slot(at(23, 59)) == at(23)


def test_a_day_begins_at_its_time_in_china() -> None:
    assert daily("02:10").slot(at(2, 10)) == at(2, 10)
    assert daily("02:10").slot(at(2, 9)) == at(2, 10, day=-1)


@pytest.mark.parametrize("count", [0, -5, 1441])
def test_a_period_is_a_day_at_most(count: int) -> None:
    with pytest.raises(ValueError, match="period"):
        minutes(count)


@pytest.mark.django_db
def test_a_slot_is_planned_once() -> None:
    for _ in range(3):
        plan(NAME, at(2, 10))
    assert Job.objects.filter(name=NAME).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(name=NAME, slot=at(2, 10))


@pytest.mark.django_db
def test_a_finished_slot_is_not_planned_again_but_the_next_one_is() -> None:
    plan(NAME, at(9))
    Job.objects.update(state=State.DONE, finished_at=at(9, 1))
    plan(NAME, at(9))
    assert Job.objects.count() == 1
    plan(NAME, at(10))
    assert Job.objects.count() == 2


@pytest.mark.django_db
def test_a_slot_does_not_start_beside_an_unfinished_one() -> None:
    plan(NAME, at(9))
    plan(NAME, at(10))
    assert list(Job.objects.values_list("slot", flat=True)) == [at(9)]


@pytest.mark.django_db
def test_after_a_pause_of_days_missed_work_is_made_up_once() -> None:
    with clock.at(at(4)):
        keep()
        run_until_idle()
    with clock.at(at(4, day=5)):
        keep()
        keep()
        planned = Job.objects.filter(name=housekeeping.prune.name, state=State.QUEUED)
        assert list(planned.values_list("slot", flat=True)) == [at(3, 20, day=5)]
        run_until_idle()
    assert not Job.objects.exclude(state=State.DONE).exists()


@pytest.mark.django_db
def test_remembered_slots_do_not_pile_up() -> None:
    for day in range(6):
        with clock.at(at(4, day=day)):
            keep()
            run_until_idle()
    assert Job.objects.filter(name=housekeeping.prune.name).count() <= 3


@pytest.mark.django_db
def test_work_by_hand_does_not_hinder_the_schedule() -> None:
    work.write.enqueue(name="by hand", run_at=at(9, day=300))
    plan(NAME, at(9))
    assert Job.objects.filter(name=NAME).count() == 2

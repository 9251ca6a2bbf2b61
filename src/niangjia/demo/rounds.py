"""集中建档: whole streets whose needy families are filed together, each step for all of them by the same people."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from random import Random
from typing import Any

from niangjia.assistance.kinds import State
from niangjia.assistance.models import HardshipFile
from niangjia.assistance.workflow import hardship
from niangjia.demo.agenda import Agenda
from niangjia.demo.desks import Desks
from niangjia.demo.families import Placed
from niangjia.demo.hardship import FileLife
from niangjia.demo.objections import Objections
from niangjia.kernel import calendar, clock
from niangjia.kernel.workflow.tasks import Task

# Working days that each step lets wait; the clock takes the end of the notice by itself.
STEPS = {
    "review": 2,
    "record_visit": 6,
    "record_check": 5,
    "publish": 2,
    "approve": 3,
    "file_away": 2,
}


class Round:
    """The families of one street that apply on one day."""

    def __init__(self, random: Random, agenda: Agenda, desks: Desks, families: Sequence[Placed]) -> None:
        self.random = random
        self.agenda = agenda
        self.desks = desks
        objections = Objections(random, agenda, desks)
        self._applying = [FileLife(random, agenda, desks, one.family, objections) for one in families]
        self._lives: dict[int, FileLife] = {}
        self._steps = list(STEPS)

    def begin(self) -> None:
        for life in self._applying:
            life.begin()
            assert life.file is not None
            self._lives[life.file.pk] = life
        self._plan_next(clock.today())

    def _plan_next(self, start: date) -> None:
        if self._steps:
            day = calendar.add_working_days(start, STEPS[self._steps[0]])
            self.agenda.add(day, self._take)

    def _take(self) -> None:
        name = self._steps.pop(0)
        step = hardship.transitions[name]
        assert step.duty is not None, "a round takes steps of desks"
        for desk, files in self._by_desk(step.sources).items():
            actor = self.desks.somebody(self.random, step.duty, *desk)
            for outcome in step.many(files, actor=actor, each=partial(self._said, name)):
                if outcome.refusal:
                    raise outcome.refusal
        self._plan_next(self._ready_on())

    def _by_desk(self, states: Sequence[str]) -> Mapping[Any, list[HardshipFile]]:
        """Files that lie on one desk, and that the same people must keep out of."""
        files = HardshipFile.objects.filter(pk__in=self._lives, state__in=states).in_bulk()
        tasks = Task.objects.filter(workflow=hardship.name, object_id__in=files, closed_at=None)
        found: dict[Any, list[HardshipFile]] = {}
        for task in tasks.select_related("unit").prefetch_related("barred").order_by("object_id"):
            barred = frozenset(user.pk for user in task.barred.all())
            found.setdefault((task.unit, barred), []).append(files[task.object_id])
        return found

    def _said(self, name: str, file: HardshipFile) -> Mapping[str, Any]:
        life = self._lives[file.pk]
        life.file = file
        return life.answers(name)

    def _ready_on(self) -> date:
        """Today; once on notice, when the last of the windows is over."""
        ends = [
            due
            for due in HardshipFile.objects.filter(pk__in=self._lives).values_list("due_on", flat=True)
            if due is not None
        ]
        if self._steps[:1] == ["approve"]:
            for due in set(ends):
                self.agenda.expect_clock(due + timedelta(days=1))
            return max(ends)
        if not self._steps:
            self._expect_renewals()
        return clock.today()

    def _expect_renewals(self) -> None:
        filed = HardshipFile.objects.filter(pk__in=self._lives, state=State.FILED)
        for day in set(filed.values_list("renewal_on", flat=True)):
            assert day is not None
            self.agenda.expect_clock(day + timedelta(days=1))


def plan(random: Random, agenda: Agenda, desks: Desks, families: Sequence[Placed]) -> None:
    """A round for each street and day."""

    def key(placed: Placed) -> tuple[date, int]:
        return placed.family.story.begins_on, placed.union.parent_id or 0

    for (day, _street), some in groupby(sorted(families, key=key), key=key):
        agenda.add(day, Round(random, agenda, desks, list(some)).begin)

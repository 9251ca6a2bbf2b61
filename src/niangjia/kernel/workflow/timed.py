"""What the clock does to workflows: exits on the day after a stage's last day, and desks whose holder has left."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import access, clock
from niangjia.kernel.jobs import job, minutes
from niangjia.kernel.prepared import compiled
from niangjia.kernel.workflow.declaration import WORKFLOWS, Outcome, Transition, Workflow
from niangjia.kernel.workflow.tasks import Desks, Task


def timed_steps() -> list[Transition]:
    return [
        step for workflow in WORKFLOWS.values() for step in workflow.transitions.values() if step.by_clock
    ]


def run_due(limit: int = 5000) -> list[Outcome]:
    """Take every timed exit that is due. Safe to repeat: a row that has moved on is refused."""
    outcomes: list[Outcome] = []
    for step in timed_steps():
        due = _due(step.workflow, step.sources, limit, connection.vendor)(clock.today().isoformat())
        outcomes += step.many(due, actor=access.CLOCK)
    return outcomes


@cache
def _due(workflow: Workflow, states: Sequence[str], limit: int, _vendor: str) -> Callable[[str], list[Any]]:
    rows: Any = workflow.model._base_manager.filter(state__in=states, due_on__lt=date.min)
    return compiled(rows.order_by("due_on", "pk")[:limit], date.min)


def reroute() -> int:
    """Bring tasks to another desk when nobody at the present one can do them any more; how many moved."""
    moved = 0
    desks = Desks(clock.today())
    for workflow in WORKFLOWS.values():
        open_tasks = Task.objects.filter(workflow=workflow.name, closed_at=None).exclude(duty="")
        units = dict(
            workflow.model._base_manager.filter(pk__in=open_tasks.values("object_id")).values_list(
                "pk", "unit_id"
            )
        )
        for task in open_tasks.prefetch_related("barred").iterator(500):
            barred = [user.pk for user in task.barred.all()]
            duty = access.DUTIES[task.duty]
            desk = desks.find(duty, units[task.object_id], barred)
            if desk != task.unit_id:
                moved += Task.objects.filter(pk=task.pk, closed_at=None).update(unit_id=desk)
    return moved


@job(label=_("到期流转"), every=minutes(10))
def take_timed_exits(progress: Any) -> int:
    return sum(1 for outcome in run_due() if outcome.refusal is None)


@job(label=_("待办改派"), every=minutes(60))
def reroute_tasks(progress: Any) -> int:
    return reroute()

"""How a case of any workflow is shown in places that know only the workflow: inbox, search, the step page."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from niangjia.kernel.access import DUTIES, Actor
from niangjia.kernel.audit import Happening, happenings
from niangjia.kernel.workflow import WORKFLOWS, Workflow, tasks
from niangjia.kernel.workflow.engine import action_label
from niangjia.kernel.workflow.tasks import Task
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.navigation import row_address
from niangjia.web.shell.parts import Moment, Tone


@dataclass(frozen=True)
class CasePages:
    """`route` is the detail page's name, `whose(row)` says whom the case is about, `tones` colour its states.

    `listed(rows)` reads only what a list shows of a case. `begun` are the pages of openings that ask step by step,
    by the opening's name; any other opening has the one page that is made from its declaration.
    """

    route: str
    whose: Callable[[Any], str]
    tones: Mapping[str, Tone]
    listed: Callable[[Any], Any] = lambda rows: rows
    begun: Mapping[str, Callable[[ActorRequest], HttpResponse]] = field(default_factory=dict)

    def url(self, row: Any) -> str:
        return row_address(self.route, row.public_id)


CASES: dict[str, CasePages] = {}


@dataclass(frozen=True)
class Desk:
    """One line of the inbox."""

    task: Task
    row: Any
    workflow: Workflow
    whose: str
    url: str

    @property
    def state_label(self) -> str:
        return self.workflow.state_label(self.task.state)

    @property
    def tone(self) -> Tone:
        return tone(self.workflow, self.task.state)

    @property
    def came_through(self) -> str:
        return action_label(self.workflow, self.task.opened_through)


def desks(waiting: Iterable[Task], actor: Actor) -> list[Desk]:
    """The tasks with those cases that the actor sees (still, by this door), one query per kind of case."""
    waiting = list(waiting)
    rows: dict[tuple[str, int], Any] = {}
    for name in {task.workflow for task in waiting}:
        workflow = WORKFLOWS[name]
        ids = [task.object_id for task in waiting if task.workflow == name]
        found = CASES[name].listed(workflow.visible_to(actor).filter(pk__in=ids))
        rows |= {(name, row.pk): row for row in found}
    return [
        Desk(
            task,
            row,
            WORKFLOWS[task.workflow],
            CASES[task.workflow].whose(row),
            CASES[task.workflow].url(row),
        )
        for task in waiting
        if (row := rows.get((task.workflow, task.object_id)))
    ]


def first_on_desk(actor: Actor, workflow: Workflow) -> Desk | None:
    """The most urgent case of this kind that waits for the actor."""
    waiting = tasks.on_desk_of(actor).filter(workflow=workflow.name)[:1]
    return next(iter(desks(waiting, actor)), None)


def task_of(workflow: Workflow, row: Any) -> Task | None:
    """What is to be done with the case now, if anything. Mostly on the desk of its own unit, which is at hand."""
    task = tasks.open_task_of(workflow.name, row.pk)
    if task and task.unit_id == row.unit_id:
        task.unit = row.unit
    return task


def tone(workflow: Workflow, state: str) -> Tone:
    return CASES[workflow.name].tones.get(state, "")


def whose_desk(task: Task | None) -> str:
    """A sentence saying who has the case now; empty when nobody needs to act."""
    if task is None:
        return ""
    if not task.duty:
        return _("现在等申请人办理。")
    facts = {"unit": task.unit, "duty": DUTIES[task.duty].label}
    return _("现在由%(unit)s的“%(duty)s”办理。") % facts


def arrival(workflow: Workflow, row: Any, happened: Sequence[Happening] | None = None) -> Moment | None:
    """The step that brought the case where it stands, with what was written then."""
    steps = [one for one in _happened(row, happened) if one.to_state == row.state]
    return _moment(workflow, steps[-1]) if steps else None


def story(workflow: Workflow, row: Any, happened: Sequence[Happening] | None = None) -> list[Moment]:
    """Everything that happened to the case, newest first. `happened`: the same, if it has been read already."""
    return [_moment(workflow, one) for one in reversed(_happened(row, happened))]


def _happened(row: Any, known: Sequence[Happening] | None) -> Sequence[Happening]:
    return happenings(row) if known is None else known


def _moment(workflow: Workflow, one: Happening) -> Moment:
    return Moment(
        at=one.at,
        what=action_label(workflow, one.action),
        who=one.actor,
        acting_for=one.principal,
        note=one.remark,
    )

"""How a case of any workflow is shown in places that know only the workflow: inbox, search, the step page."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from niangjia.kernel import audit
from niangjia.kernel.workflow import WORKFLOWS, Workflow
from niangjia.kernel.workflow.engine import action_label
from niangjia.kernel.workflow.tasks import Task
from niangjia.web.shell.parts import Moment, Tone


@dataclass(frozen=True)
class CasePages:
    """`route` is the detail page's name, `whose(row)` says whom the case is about, `tones` colour its states."""

    route: str
    whose: Callable[[Any], str]
    tones: Mapping[str, Tone]

    def url(self, row: Any) -> str:
        return reverse(self.route, args=[row.public_id])


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


def desks(tasks: Iterable[Task]) -> list[Desk]:
    """The tasks with their cases, one query per kind of case."""
    tasks = list(tasks)
    rows: dict[tuple[str, int], Any] = {}
    for name in {task.workflow for task in tasks}:
        workflow = WORKFLOWS[name]
        ids = [task.object_id for task in tasks if task.workflow == name]
        found = workflow.model._base_manager.select_related(*workflow.related).in_bulk(ids)
        rows |= {(name, pk): row for pk, row in found.items()}
    return [
        Desk(
            task,
            row,
            WORKFLOWS[task.workflow],
            CASES[task.workflow].whose(row),
            CASES[task.workflow].url(row),
        )
        for task in tasks
        if (row := rows.get((task.workflow, task.object_id)))
    ]


def tone(workflow: Workflow, state: str) -> Tone:
    return CASES[workflow.name].tones.get(state, "")


def story(workflow: Workflow, row: Any) -> list[Moment]:
    """Everything that happened to the case, newest first."""
    return [
        Moment(
            at=entry.at,
            what=action_label(workflow, entry.action),
            who=str(entry.actor or ""),
            acting_for=str(entry.principal or ""),
            note=entry.remark.text if hasattr(entry, "remark") else "",
        )
        for entry in reversed(list(audit.history(row)))
    ]

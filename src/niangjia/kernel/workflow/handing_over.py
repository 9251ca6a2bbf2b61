"""Whom rows are about, who must keep out of them, and the desk that gets them next: asked once for a whole batch."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from niangjia.kernel import audit, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.audit.entries import actors_of, people_behind
from niangjia.kernel.workflow import tasks
from niangjia.kernel.workflow.deadlines import Calendar
from niangjia.kernel.workflow.declaration import Workflow


class Facts:
    """Who the rows are about and who must keep out, asked once for all rows of a batch.

    `happened`: what happened to the only row, if that has been read already.
    """

    def __init__(
        self, workflow: Workflow, rows: Sequence[Any], happened: Sequence[audit.Happening] | None = None
    ) -> None:
        self.workflow = workflow
        self.rows = rows
        self.happened = happened
        self.calendar = Calendar(clock.today())
        self._performers: dict[tuple[str, ...], dict[int, set[int]]] = {}

    @cached_property
    def subjects(self) -> Mapping[int, set[int]]:
        return self.workflow.subjects(self.rows)

    @cached_property
    def conflicts(self) -> Mapping[int, set[int]]:
        return self.workflow.conflicts(self.rows)

    def performers(self, actions: tuple[str, ...]) -> Mapping[int, set[int]]:
        if not actions:
            return {}
        if self.happened is not None:
            return {self.rows[0].pk: people_behind(self.happened, actions)}
        if actions not in self._performers:
            ids = [row.pk for row in self.rows]
            self._performers[actions] = actors_of(audit.object_type(self.workflow.model), ids, actions)
        return self._performers[actions]


def hand_over(
    workflow: Workflow, rows: Sequence[Any], actor: Actor, through: str, *, is_return: bool
) -> None:
    """Put the rows on the next desk. All of them have just entered the same state."""
    stage = workflow.stage(rows[0].state)
    if not stage.has_task:
        return
    facts = Facts(workflow, rows)
    # Only the steps of this desk's duty bar anybody from it; the others are taken elsewhere.
    forward = [
        step for step in workflow.leaving(stage.state) if not step.is_return and step.duty == stage.duty
    ]
    performers = facts.performers(tuple(sorted({action for step in forward for action in step.unlike})))
    desks = tasks.Desks(clock.today())
    opened, barred = [], {}
    for row in rows:
        subject = min(facts.subjects.get(row.pk, ()), default=None) if stage.by_subject else None
        duty = stage.duty if subject is None else None
        kept_out = facts.conflicts.get(row.pk, set()) | performers.get(row.pk, set()) if duty else set()
        opened.append(
            tasks.Task(
                workflow=workflow.name,
                object_id=row.pk,
                state=row.state,
                duty=duty.name if duty else "",
                unit_id=desks.find(duty, row.unit_id, kept_out) if duty else row.unit_id,
                subject_id=subject,
                due_on=row.due_on,
                opened_by_id=actor.user_id,
                opened_through=through,
                is_return=is_return,
            )
        )
        barred[row.pk] = kept_out
    tasks.open_many(opened, barred)

"""Tasks 待办: who has which case on the desk until when. Opened and closed by the engine only."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import access, bulk, clock
from niangjia.kernel.access import Actor, Desk, Duty, Grant
from niangjia.kernel.prepared import NOBODY, compiled


class Task(models.Model):
    """待办. At most one is open per case. `unit` is the desk, which may lie above the case's own unit."""

    workflow = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    state = models.CharField(max_length=40)
    duty = models.CharField(max_length=60, blank=True, help_text="empty: the person concerned")
    unit = models.ForeignKey(settings.UNIT_MODEL, models.PROTECT, related_name="+")
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    barred = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", help_text="四眼、回避")
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField(default=clock.now)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_through = models.CharField(max_length=60)
    is_return = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("待办")
        constraints = [
            models.UniqueConstraint(
                fields=["workflow", "object_id"], condition=Q(closed_at=None), name="task_one_open_per_case"
            )
        ]
        indexes = [
            models.Index(fields=["unit", "duty", "due_on"], condition=Q(closed_at=None), name="task_desk"),
            models.Index(fields=["subject"], condition=Q(closed_at=None), name="task_subject"),
            models.Index(fields=["opened_by"], condition=Q(closed_at=None), name="task_opened_by"),
        ]

    def __str__(self) -> str:
        return f"{self.workflow}/{self.object_id} {self.state}"


def on_desk_of(actor: Actor) -> "QuerySet[Task]":
    """The open tasks this actor is to do, most urgent first: by post, as a delegate, or as the person concerned."""
    return _on_desk(actor.user_id, actor.grants)


def first_on_desk_of(actor: Actor, most: int) -> list[Task]:
    """The first of them. The home page of all staff: what is asked for these posts is written once."""
    return _first_on_desk(actor.grants, most, connection.vendor)(actor.account.pk)


@lru_cache(maxsize=1024)
def _first_on_desk(grants: tuple[Grant, ...], most: int, _vendor: str) -> Callable[[int], list[Task]]:
    return compiled(_on_desk(NOBODY, grants)[:most])


def _on_desk(user_id: int | None, grants: Iterable[Grant]) -> "QuerySet[Task]":
    mine = Q(subject=user_id)
    for grant in grants:
        people = [person for person in (user_id, grant.principal_id) if person is not None]
        barred = Task.barred.through.objects.filter(task_id=models.OuterRef("pk"), user_id__in=people)
        mine |= Q(~models.Exists(barred), duty=grant.duty.name, unit_id=grant.unit_id)
    return Task.objects.filter(mine, closed_at=None).order_by(models.F("due_on").asc(nulls_last=True), "pk")


def waiting_for_others(actor: Actor, *, returned: bool) -> "QuerySet[Task]":
    """What this actor passed on and others have now; `returned`: only what was sent back, else only what was not."""
    return Task.objects.filter(opened_by=actor.user_id, closed_at=None, is_return=returned).order_by("-pk")


def open_task_of(workflow: str, object_id: int) -> Task | None:
    return next(iter(_open_tasks(workflow, connection.vendor)(object_id)), None)


@cache
def _open_tasks(workflow: str, _vendor: str) -> Callable[[int], list[Task]]:
    return compiled(Task.objects.filter(workflow=workflow, object_id=NOBODY, closed_at=None).order_by())


class Desks:
    """Finds the desk for each task; remembers within one batch, since most rows of a list share it."""

    def __init__(self, on: date) -> None:
        self._on = on
        self._known: dict[tuple[str, int], Sequence[Desk]] = {}

    def find(self, duty: Duty, unit_id: int, barred: Collection[int]) -> int:
        """The nearest unit, this one or above, where somebody not barred holds the duty; else the top."""
        key = (duty.name, unit_id)
        if key not in self._known:
            self._known[key] = access.directory().desks(duty, unit_id, self._on)
        desks = self._known[key]
        return next((desk.unit_id for desk in desks if desk.holders - set(barred)), desks[-1].unit_id)


def close(workflow: str, object_ids: Iterable[int]) -> None:
    ids = list(object_ids)
    now = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(CLOSE.format(places=", ".join(["%s"] * len(ids))), [now, workflow, *ids])


# In SQL, since every step closes one task and opens another.
CLOSE = """
UPDATE kernel_task SET closed_at = %s
WHERE workflow = %s AND closed_at IS NULL AND object_id IN ({places})
"""
COLUMNS = (
    "workflow", "object_id", "state", "duty", "unit", "subject", "due_on", "opened_at", "opened_by", "opened_through",
    "is_return", "closed_at",
)  # fmt: skip
_LINKS = ("unit", "subject", "opened_by")
_values: Any = attrgetter(*(f"{name}_id" if name in _LINKS else name for name in COLUMNS))


def open_many(tasks: Sequence[Task], barred: Mapping[int, Collection[int]]) -> None:
    """`barred` gives, per case, the users who must not get it."""
    ids = bulk.add(Task, COLUMNS, [_values(task) for task in tasks])
    kept_out = [
        (pk, user) for pk, task in zip(ids, tasks, strict=True) for user in sorted(barred[task.object_id])
    ]
    if kept_out:
        bulk.insert(Task.barred.through, ("task", "user"), kept_out)

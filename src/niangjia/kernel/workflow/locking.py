"""Reading and locking the rows of a case with what their sentences need. Every step asks for one: compiled once."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet

from niangjia.kernel.prepared import NOBODY, compiled

if TYPE_CHECKING:
    from niangjia.kernel.workflow.declaration import Workflow


def lock(workflow: "Workflow", ids: Sequence[int]) -> list[Any]:
    """The rows that still exist, in the order of their keys, held until the transaction ends."""
    if len(ids) == 1:
        return _one(workflow, connection.vendor, is_held=True)(ids[0])
    return list(_held(workflow).prefetch_related(*workflow.asked).filter(pk__in=ids).order_by("pk"))


def read(workflow: "Workflow", pk: int) -> list[Any]:
    """The row, to be looked at; none if there is none."""
    return _one(workflow, connection.vendor, is_held=False)(pk)


def _held(workflow: "Workflow") -> "QuerySet[Any]":
    return _rows(workflow).select_for_update(of=("self",), no_key=True)


def _rows(workflow: "Workflow") -> "QuerySet[Any]":
    return workflow.model._base_manager.select_related(*workflow.related)


@cache
def _one(workflow: "Workflow", vendor: str, is_held: bool) -> Callable[[int], list[Any]]:
    """By primary key, for one kind of database; nothing that it keeps belongs to a connection or a thread."""
    rows = _held(workflow) if is_held else _rows(workflow)
    return compiled(rows.filter(pk=NOBODY).order_by())

"""Reading and locking the rows of a case with what their sentences need.

The query for one row is compiled once: every step asks it, and Django needs longer to write it than the database to
answer it. It is Django's own text and Django makes the objects, so the answer is the same as that for many.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import get_related_populators

if TYPE_CHECKING:
    from niangjia.kernel.workflow.declaration import Workflow

# A key that no row has: where it stands in the text, the wanted one goes.
NOBODY = -1


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
    compiler = rows.filter(pk=NOBODY).order_by().query.get_compiler(connection=connection)
    sql, given = compiler.as_sql()
    if tuple(given) != (NOBODY,):
        raise TypeError(f"{workflow.name}: its rows cannot be found by their key alone")
    select, shape, alias = compiler.select, compiler.klass_info, connection.alias
    converters = list(compiler.get_converters([column for column, _text, _name in select]).items())
    own = shape["select_fields"]
    names = [select[place][0].target.attname for place in own]
    populators = get_related_populators(shape, select, alias)  # type: ignore[call-arg]  # the stubs are of a later Django

    def find(pk: int) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(sql, [pk])
            found = cursor.fetchall()
        rows = []
        for values in map(list, found):
            for place, (convert, expression) in converters:
                for one in convert:
                    values[place] = one(values[place], expression, connection)
            row = workflow.model.from_db(alias, names, values[own[0] : own[-1] + 1])
            for populator in populators:
                populator.populate(values, row)
            rows.append(row)
        return rows

    return find

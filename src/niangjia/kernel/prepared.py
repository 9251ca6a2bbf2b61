"""Queries by one key that are compiled once, since Django needs longer to write them than a database to answer.

It is Django's own text, and Django makes the objects: the answer is what the query itself would give.
"""

from collections.abc import Callable
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet, prefetch_related_objects
from django.db.models.query import get_related_populators

Row = TypeVar("Row", bound=Model)

# A key that no row has: where it stands among the parameters, the wanted one goes.
NOBODY = -1


def compiled(rows: "QuerySet[Row]", nobody: object = NOBODY) -> Callable[[Any], list[Row]]:
    """Rows filtered by the key `nobody` and by constants, to be asked with other keys of the same kind of database.

    A key of letters is given as letters, and so is a day: 2026-03-01. Nothing that it keeps belongs to a connection or
    a thread. They come in no order, or in that of the query.
    """
    compiler = rows.query.get_compiler(connection=connection)
    sql, given = compiler.as_sql()
    places = [place for place, value in enumerate(given) if value in (nobody, str(nobody))]
    if not places:
        raise TypeError(f"{rows.model.__name__}: these rows cannot be found by a key")
    select, shape, alias = compiler.select, compiler.klass_info, connection.alias
    assert shape is not None, "whole rows are asked for"
    converters = list(compiler.get_converters([column for column, _text, _name in select]).items())
    own = shape["select_fields"]
    names = [select[position][0].target.attname for position in own]
    populators = get_related_populators(shape, select, alias)  # type: ignore[call-arg]  # the stubs are of a later Django
    lookups = rows._prefetch_related_lookups  # type: ignore[attr-defined]

    def find(key: Any) -> list[Row]:
        wanted = list(given)
        for place in places:
            wanted[place] = key
        with connection.cursor() as cursor:
            cursor.execute(sql, wanted)
            answer = cursor.fetchall()
        found = []
        for values in map(list, answer):
            for position, (convert, expression) in converters:
                for one in convert:
                    values[position] = one(values[position], expression, connection)
            row = rows.model.from_db(alias, names, values[own[0] : own[-1] + 1])
            for populator in populators:
                populator.populate(values, row)
            found.append(row)
        if found and lookups:
            prefetch_related_objects(found, *lookups)
        return found

    return find


class ByKey(Generic[Row]):
    """Rows by a key, written once for each kind of database. `rows` names them by the key `nobody`."""

    def __init__(self, rows: "Callable[[], QuerySet[Row]]", nobody: object = NOBODY) -> None:
        self._find = cache(lambda _vendor: compiled(rows(), nobody))

    def __call__(self, key: object) -> list[Row]:
        return self._find(connection.vendor)(key)


class Children(Generic[Row]):
    """The rows that belong to one owner, the oldest first. `chosen` may narrow them by constants alone."""

    def __init__(
        self,
        model: type[Row],
        owner: str,
        chosen: "Callable[[QuerySet[Row]], QuerySet[Row]]" = lambda rows: rows,
    ) -> None:
        self._model, self._owner, self._chosen = model, owner, chosen
        self._find = ByKey(self._rows)

    def of(self, owner: Model | int) -> list[Row]:
        """Given itself, the owner is at hand in each row."""
        key = owner if isinstance(owner, int) else owner.pk
        found = sorted(self._find(key), key=lambda row: row.pk)
        if isinstance(owner, Model):
            for row in found:
                setattr(row, self._owner, owner)
        return found

    def _rows(self) -> "QuerySet[Row]":
        rows: Any = self._model._base_manager.filter(**{self._owner: NOBODY})
        return self._chosen(rows).order_by()

"""Writing rows without the weight of the ORM: very many (`executemany` on SQLite, COPY on PostgreSQL), a few of a
kind that every step of a case writes, or the same columns of many that were read.

Nothing is validated, no signal is sent: the caller has checked everything and the tables' constraints check it again.
Sealed columns are given as sealed bytes.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models, transaction

from niangjia.kernel import clock
from niangjia.kernel.fields.rows import with_indexes

Column = Any
Row = TypeVar("Row", bound=models.Model)
Converter = Callable[[Any], Any]


def reserve(model: type[models.Model], count: int) -> list[int]:
    """So many primary keys that nobody else gets. In a transaction, which on SQLite holds the write lock."""
    _must_be_in_transaction()
    table, key = model._meta.db_table, str(model._meta.pk.column)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', key, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(
            "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = %s), 0),"
            f' coalesce((SELECT max("{key}") FROM "{table}"), 0))',
            [table],
        )
        first = cursor.fetchone()[0] + 1
    return list(range(first, first + count))


def insert(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    alike: Mapping[str, Any] | None = None,
) -> None:
    """Rows as tuples of values in the order of `names` (field names; foreign keys as ids).

    `alike` are the columns that all rows have alike; one that is not named gets its field's default, or NULL.
    A JSON column may be given as text.
    """
    _must_be_in_transaction()
    alike = {**_defaults(model, (*names, *(alike or ()))), **(alike or {})}
    table, columns, converters = _plan(model, (*names, *alike), connection.vendor)
    given = tuple(
        convert(value) if convert and value is not None else value
        for convert, value in zip(converters[len(names) :], alike.values(), strict=True)
    )
    places = [(place, convert) for place, convert in enumerate(converters[: len(names)]) if convert]
    lines = _converted(rows, given, places)
    if connection.vendor == "postgresql":
        statement = f"COPY {table} ({columns}) FROM STDIN"
        with (
            connection.wrap_database_errors,
            connection.connection.cursor() as raw,
            raw.copy(statement) as copy,
        ):
            for line in lines:
                copy.write_row(line)
        return
    marks = ", ".join("?" for _converter in converters)
    # The plain connection of sqlite3: Django's cursor would translate the statement for every row.
    with connection.wrap_database_errors:
        connection.connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", lines)


def public_ids(count: int) -> Iterator[UUID]:
    """New public ids for many rows (UUID version 7): 74 bits of each are random, and all begin with the moment.

    Random ones would each touch another page of the index, which at a million rows costs more than the rows themselves.
    """
    begin = int(clock.now().timestamp() * 1000) << 80 | 7 << 76 | 2 << 62
    noise = os.urandom(10 * count)
    for place in range(0, 10 * count, 10):
        bits = int.from_bytes(noise[place : place + 10])
        yield UUID(int=begin | (bits >> 68) << 64 | bits & (1 << 62) - 1)


def with_public_ids(rows: Sequence[Row]) -> Sequence[Row]:
    """The same new rows, for `bulk_create`, each under such an id."""
    for row, public_id in zip(rows, public_ids(len(rows)), strict=True):
        row.public_id = public_id  # type: ignore[attr-defined]  # whoever calls it has one
    return rows


def add(model: type[models.Model], names: Sequence[str], rows: Sequence[Sequence[Any]]) -> list[int]:
    """A few rows of one kind, every column named; their primary keys in the same order."""
    if len(rows) > 1:
        ids = reserve(model, len(rows))
        key = model._meta.pk.name
        insert(model, (key, *names), ([pk, *row] for pk, row in zip(ids, rows, strict=True)))
        return ids
    return [_add_one(model, tuple(names), row) for row in rows]


def update(rows: Sequence[models.Model], names: Iterable[str]) -> None:
    """Write the named columns of rows of one kind as `save` would, with one statement that is prepared once.

    `bulk_update` compares every row with every other in one long CASE.
    """
    model, quote = type(rows[0]), connection.ops.quote_name
    fields: list[Column] = [model._meta.get_field(name) for name in with_indexes(model, names)]
    key: Column = model._meta.pk
    places = ", ".join(f"{quote(_column(field))} = %s" for field in fields)
    statement = f"UPDATE {quote(model._meta.db_table)} SET {places} WHERE {quote(_column(key))} = %s"
    lines = [
        [*(field.get_db_prep_save(field.pre_save(row, False), connection) for field in fields), row.pk]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, lines)


def update_each(changed: Sequence[tuple[models.Model, Iterable[str]]]) -> None:
    """As `update`, each row with names of its own: those that change the same are written together."""
    groups: dict[tuple[type[models.Model], tuple[str, ...]], list[models.Model]] = {}
    for row, names in changed:
        groups.setdefault((type(row), tuple(names)), []).append(row)
    for (_model, names), rows in groups.items():
        update(rows, names)


def _add_one(model: type[models.Model], names: tuple[str, ...], row: Sequence[Any]) -> int:
    table, columns, converters = _plan(model, names, connection.vendor)
    marks = ", ".join("%s" for _name in names)
    values = [
        convert(value) if convert and value is not None else value
        for convert, value in zip(converters, row, strict=True)
    ]
    key = connection.ops.quote_name(str(model._meta.pk.column))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING {key}", values)
        return int(cursor.fetchone()[0])


@cache
def _plan(
    model: type[models.Model], names: tuple[str, ...], vendor: str
) -> tuple[str, str, list[Converter | None]]:
    """The table, its columns as SQL names them, and what turns a value into one of the database `vendor`."""
    quote = connection.ops.quote_name
    fields = [model._meta.get_field(name) for name in names]
    columns = ", ".join(quote(_column(field)) for field in fields)
    return quote(model._meta.db_table), columns, [_converter(field) for field in fields]


def _converted(
    rows: Iterable[Sequence[Any]], given: Sequence[Any], converters: Sequence[tuple[int, Converter]]
) -> Iterator[Sequence[Any]]:
    for values in rows:
        row = [*values, *given]
        for place, convert in converters:
            if row[place] is not None:
                row[place] = convert(row[place])
        yield row


def _column(field: Column) -> str:
    return str(field.column)


def _defaults(model: type[models.Model], names: Sequence[str]) -> dict[str, Any]:
    given = {*names, model._meta.pk.name}
    left = [field for field in model._meta.concrete_fields if field.name not in given and not field.null]
    return {field.name: _plain(field.get_default()) for field in left if not field.unique}


def _plain(value: Any) -> Any:
    """A choice as its own text: database libraries do not know enumerations."""
    return value.value if isinstance(value, Enum) else value


def _converter(field: Column) -> Converter | None:
    """What the database's own library wants for a value, where it differs from the value itself."""
    if isinstance(field, models.JSONField):
        return lambda value: (
            value if isinstance(value, str) else connection.ops.adapt_json_value(value, field.encoder)
        )
    if connection.vendor == "postgresql":
        return None
    if isinstance(field, models.UUIDField):
        return attrgetter("hex")
    if isinstance(field, models.DateTimeField):
        return lambda value: str(connection.ops.adapt_datetimefield_value(value))
    if isinstance(field, models.DateField):
        return date.isoformat
    return None


def _must_be_in_transaction() -> None:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "write many rows in one transaction, or lose some of them"
        )

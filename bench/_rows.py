"""Writes many rows fast: `executemany` on SQLite, COPY on PostgreSQL, with secondary indexes made afterwards."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.core.management.color import no_style
from django.db import connection, models

BATCH = 20_000


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Rows as tuples of column values in the order of `names` (field names; foreign keys as ids).

    Columns not named get the model's default.
    """
    defaults = _defaults(model, names)
    fields = [model._meta.get_field(name) for name in (*names, *defaults)]
    columns = [str(field.column) for field in fields]
    given = tuple(defaults.values())
    rows = ((*row, *given) for row in rows)
    if connection.vendor == "postgresql":
        _copy(model, columns, rows)
        return
    converters = [_converter(field) for field in fields]
    marks = ", ".join("?" for _ in columns)
    statement = f'INSERT INTO "{model._meta.db_table}" ({_quoted(columns)}) VALUES ({marks})'
    connection.ensure_connection()
    # The plain connection of sqlite3: Django's cursor would translate the statement for every row.
    for batch in batches(rows, BATCH):
        connection.connection.executemany(statement, [_adapted(converters, row) for row in batch])


def _defaults(model: type[models.Model], names: Sequence[str]) -> dict[str, Any]:
    left = [field for field in model._meta.concrete_fields if not field.null and field.name not in names]
    found = {field.name: field.get_default() for field in left if not (field.primary_key or field.unique)}
    return {name: value for name, value in found.items() if value is not None}


def _adapted(converters: Sequence[Callable[[Any], Any] | None], row: Sequence[Any]) -> list[Any]:
    pairs = zip(converters, row, strict=True)
    return [value if convert is None or value is None else convert(value) for convert, value in pairs]


def _quoted(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _copy(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    connection.ensure_connection()
    statement = f'COPY "{model._meta.db_table}" ({_quoted(columns)}) FROM STDIN'
    with connection.connection.cursor() as raw, raw.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _converter(field: Any) -> Callable[[Any], Any] | None:
    """What SQLite stores for a value, where it differs from the value itself."""
    if isinstance(field, models.UUIDField):
        return lambda value: value.hex
    if isinstance(field, models.DateTimeField):
        return connection.ops.adapt_datetimefield_value
    if isinstance(field, models.DateField):
        return connection.ops.adapt_datefield_value
    return None


def batches(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


@contextmanager
def without_indexes(*tables: type[models.Model]) -> Iterator[None]:
    """Secondary indexes are dropped and made again afterwards, exactly as the migrations made them."""
    found = [pair for model in tables for pair in _indexes(model._meta.db_table)]
    with connection.cursor() as cursor:
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
    yield
    with connection.cursor() as cursor:
        for _, statement in found:
            cursor.execute(statement)


def _indexes(table: str) -> list[tuple[str, str]]:
    query = (
        "SELECT i.indexname, i.indexdef FROM pg_indexes i LEFT JOIN pg_constraint c ON c.conname = i.indexname"
        " WHERE i.tablename = %s AND c.oid IS NULL"
        if connection.vendor == "postgresql"
        else "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        return list(cursor.fetchall())


def reset_sequences(*tables: type[models.Model]) -> None:
    """After rows with ids of our own, so that the next row gets a free one."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(statement)

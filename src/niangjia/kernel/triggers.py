"""Database triggers that no application code can talk its way around.

All of them are listed here by name. They are made again after every migration, since SQLite drops a table's triggers
when it rebuilds the table.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

_APPEND_ONLY: list[type[models.Model]] = []

_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION niangjia_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END $$
"""


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Class decorator: rows of this table are written once and neither changed nor removed."""
    _APPEND_ONLY.append(model)
    return model


def names() -> list[str]:
    """Every trigger that must exist in this database."""
    return [name for model in _APPEND_ONLY for name, _ in _statements(model._meta.db_table)]


def install() -> None:
    """Make every trigger whose table exists; safe to repeat."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        for model in _APPEND_ONLY:
            table = model._meta.db_table
            if table in tables:
                for name, statement in _statements(table):
                    cursor.execute(_drop(name, table))
                    cursor.execute(statement)


def remove() -> None:
    with connection.cursor() as cursor:
        for model in _APPEND_ONLY:
            for name, _ in _statements(model._meta.db_table):
                cursor.execute(_drop(name, model._meta.db_table))


@contextmanager
def suspended() -> Iterator[None]:
    """For the one fixture that empties the tables between tests; no shipped code calls it."""
    remove()
    try:
        yield
    finally:
        install()


def installed() -> list[str]:
    """The triggers found in the database."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return sorted(row[0] for row in cursor.fetchall())


def _drop(name: str, table: str) -> str:
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {name}{on_table}"


def _statements(table: str) -> list[tuple[str, str]]:
    if connection.vendor == "postgresql":
        call = "EXECUTE FUNCTION niangjia_append_only()"
        return [
            (
                f"{table}_append_only",
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {call}",
            ),
            (
                f"{table}_no_truncate",
                f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
            ),
        ]
    return [
        (
            f"{table}_no_{verb}",
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only: {verb.upper()} refused'); END",
        )
        for verb in ("update", "delete")
    ]

"""The same SQL inside PostgreSQL, over tables or views that are already there, in a transaction with its own
limits.

The caller brings the cursor (any DB-API one); this module opens no connection.
"""

from collections.abc import Mapping
from typing import Any, Protocol

from niangjia.policy import ir
from niangjia.policy.errors import PolicyError
from niangjia.policy.sets import statement
from niangjia.policy.sets.border import Column, Kind
from niangjia.policy.sets.dialect import POSTGRESQL
from niangjia.policy.sets.statement import Source, Sources

KINDS: dict[str, Kind] = {
    "text": "text",
    "character varying": "text",
    "character": "text",
    "boolean": "bool",
    "date": "date",
    "double precision": "float",
    "real": "float",
}
INTEGERS = {"smallint", "integer", "bigint"}
# A numeric column without a declared scale may hold any number of decimals.
ANY_DIGITS = 1000


class Cursor(Protocol):
    def execute(self, query: Any, parameters: Any = None, /) -> Any: ...
    def fetchall(self) -> list[Any]: ...


def source(cursor: Cursor, relation: str, scaled: bool = False) -> Source:
    """A table or view by its name as PostgreSQL knows it (found on the search path)."""
    cursor.execute(
        "SELECT attname, format_type(atttypid, NULL), atttypmod FROM pg_attribute"
        " WHERE attrelid = to_regclass(%s) AND attnum > 0 AND NOT attisdropped ORDER BY attnum",
        [POSTGRESQL.identifier(relation)],
    )
    columns: Mapping[str, Column] = {
        name: kind(type_, modifier, scaled) for name, type_, modifier in cursor.fetchall()
    }
    if not columns:
        raise PolicyError(
            f"数据库里没有名为“{relation}”的表或视图：请核对名称与检索路径。",
            f"The database has no table or view '{relation}' on the search path: check its name.",
        )
    return Source(POSTGRESQL.identifier(relation), columns)


def kind(type_: str, modifier: int, scaled: bool) -> Column:
    if type_ == "numeric":
        return Column("decimal", ANY_DIGITS if modifier < 0 else (modifier - 4) & 0xFFFF)
    if type_ in INTEGERS:
        return Column("scaled" if scaled else "integer")
    return Column(KINDS.get(type_, "text"))


def limit(cursor: Cursor, *, seconds: int = 600, memory: str = "64MB", spill: str = "4GB") -> None:
    """Bound the running transaction: time, memory of each sort or hash, spill. Spill limits need a
    superuser's grant.
    """
    cursor.execute(f"SET LOCAL statement_timeout = {int(seconds) * 1000}")
    cursor.execute("SELECT set_config('work_mem', %s, true)", [memory])
    cursor.execute("SET LOCAL jit = off")
    cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
    if cursor.fetchall()[0][0]:
        cursor.execute("SELECT set_config('temp_file_limit', %s, true)", [spill])


def store(
    cursor: Cursor,
    program: ir.Program,
    archive: Sources,
    table: str,
    *,
    scaled: bool = False,
    steps: bool = False,
) -> None:
    """Run and keep the results as a new table of that name."""
    query = statement.select(program, POSTGRESQL, archive, scaled=scaled, steps=steps)
    cursor.execute(f"CREATE TABLE {POSTGRESQL.identifier(table)} AS {query}")

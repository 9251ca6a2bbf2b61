"""The embedded engine: archives as CSV or Parquet files, or rows streamed in, through DuckDB under a memory cap.

Spill goes into a private folder that is gone when the run ends; nothing else touches the disk but the result.
"""

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from itertools import islice
from pathlib import Path
from typing import Any

import duckdb

from niangjia.policy import ir
from niangjia.policy.sets import statement
from niangjia.policy.sets.border import Column, Kind
from niangjia.policy.sets.dialect import DUCKDB
from niangjia.policy.sets.statement import Source, Sources

Progress = Callable[[float], None]
CHUNK = 20_000
# Packed with Snappy, its default: zstd costs 6 % of a whole run and saves 5 % of the file. Dictionaries stay small,
# since a search for longer ones saves only 2 %. The second version of the format takes a quarter off the writing.
PARQUET = "FORMAT parquet, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 4096"
KINDS: dict[str, Kind] = {
    "VARCHAR": "text",
    "BOOLEAN": "bool",
    "DATE": "date",
    "DOUBLE": "float",
    "FLOAT": "float",
}


STATISTICS = (
    "SELECT path_in_schema, stats_min_value, stats_max_value, stats_null_count, num_values "
    "FROM parquet_metadata({0})"
)


class Cancelled(Exception):
    """Raised by a progress callback when nobody waits for the result any more."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that the caller streams: `columns` gives name and SQL type (`BIGINT`, `DECIMAL(14,2)`, `VARCHAR`
    …).
    """

    columns: Mapping[str, str]
    values: Iterable[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Archive:
    """What a run reads. `units` and each relation are a file (.csv, .parquet) or `Rows`.

    `scaled`: integer columns of money and numbers hold the smallest unit (fen), as the application's database
    does; otherwise every number is written as people write it. `key` joins rows to units; `carry` is copied
    to the result, None = every unit column that is no input.
    """

    units: Path | Rows
    relations: Mapping[str, Path | Rows] = field(default_factory=dict)
    key: str = ""
    scaled: bool = False
    carry: tuple[str, ...] | None = None


def opening() -> Callable[[], duckdb.DuckDBPyConnection]:
    """Begins to open an engine in a thread; what is returned waits for it.

    Compiling a policy takes as long, and neither needs the other.
    """
    made: list[duckdb.DuckDBPyConnection] = []
    thread = threading.Thread(target=lambda: made.append(duckdb.connect()), daemon=True)
    thread.start()

    def opened() -> duckdb.DuckDBPyConnection:
        thread.join()
        return made.pop() if made else duckdb.connect()

    return opened


@contextmanager
def session(
    memory: str = "2GB",
    threads: int | None = None,
    spool: Path | None = None,
    opened: Callable[[], duckdb.DuckDBPyConnection] | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A private in-memory engine that stays under `memory` by spilling; `opened` gives one that was opened before.

    What it spills is personal data in plain text: `spool` names a folder that the caller keeps private and sweeps after
    a crash (default: the system's temporary folder).
    """
    with tempfile.TemporaryDirectory(prefix="niangjia-policy-", dir=spool) as spill:
        connection = (opened or duckdb.connect)()
        try:
            connection.execute("SET memory_limit = ?", [memory])
            connection.execute("SET temp_directory = ?", [spill])
            # A run over millions needs no order of rows, and keeping it costs memory.
            connection.execute("SET preserve_insertion_order = false")
            if threads:
                connection.execute("SET threads = ?", [threads])
            yield connection
        finally:
            connection.close()


@contextmanager
def watched(connection: duckdb.DuckDBPyConnection, progress: Progress | None) -> Iterator[None]:
    """Report the share done (0 … 1) every half second while a statement runs; raising in `progress` cancels
    it.
    """
    if progress is None:
        yield
        return
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    over = threading.Event()
    failed: list[Cancelled] = []

    def look() -> None:
        while not over.wait(0.5):
            try:
                progress(min(max(connection.query_progress(), 0.0) / 100, 1.0))
            except Cancelled as error:
                failed.append(error)
                connection.interrupt()
                return

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        yield
    except duckdb.InterruptException:
        if not failed:
            raise
    finally:
        over.set()
        watcher.join()
    if failed:
        raise failed[0]
    progress(1.0)


def sources(connection: duckdb.DuckDBPyConnection, program: ir.Program, archive: Archive) -> Sources:
    """Open the archive in a session: files are read in place, streamed rows are taken in first."""
    units = _source(connection, "units", archive.units, archive.scaled)
    rows = {
        relation.name: _source(connection, relation.name, archive.relations[relation.name], archive.scaled)
        for relation in program.relations
        if relation.name in archive.relations
    }
    key = archive.key or next((relation.key for relation in program.relations), "")
    if archive.carry is not None:
        return Sources(units, rows, key, archive.carry)
    inputs = {given.name for given in program.inputs}
    return Sources(units, rows, key, tuple(name for name in units.columns if name not in inputs))


def _source(connection: duckdb.DuckDBPyConnection, name: str, given: Path | Rows, scaled: bool) -> Source:
    sql = _file(given) if isinstance(given, Path) else _staged(connection, name, given)
    described = connection.execute(f"DESCRIBE SELECT * FROM {sql}").fetchall()
    columns = {column: kind(str(type_), scaled) for column, type_, *_ in described}
    if isinstance(given, Path) and given.suffix != ".csv":
        columns |= _proved(connection, given, columns)
    return Source(sql, columns)


def _proved(
    connection: duckdb.DuckDBPyConnection, file: Path, columns: Mapping[str, Column]
) -> dict[str, Column]:
    """Columns with what a Parquet file's statistics say of them: a fact that is there in every row needs no asking."""
    groups: dict[str, list[Any]] = {}
    for name, *told in connection.execute(STATISTICS.format(DUCKDB.text(str(file)))).fetchall():
        groups.setdefault(name, []).append(told)
    return {
        name: replace(columns[name], span=_span(told), full=all(missing == 0 for _, _, missing, _ in told))
        for name, told in groups.items()
        if name in columns
    }


def _span(groups: Iterable[tuple[str | None, str | None, int | None, int]]) -> tuple[Decimal, Decimal] | None:
    """From the least to the greatest number; None unless each group of rows that has any tells both."""
    bounds = [(low, high) for low, high, missing, count in groups if missing != count]
    try:
        return min(Decimal(low or "") for low, _ in bounds), max(Decimal(high or "") for _, high in bounds)
    except (InvalidOperation, ValueError):
        return None


def _file(file: Path) -> str:
    path = DUCKDB.text(str(file))
    if file.suffix == ".csv":
        # Text as it stands: the border decides what a number is, not the sniffer.
        return f"read_csv({path}, header = true, all_varchar = true)"
    return f"read_parquet({path})"


def _staged(connection: duckdb.DuckDBPyConnection, name: str, rows: Rows) -> str:
    table = DUCKDB.identifier(name)
    columns = ", ".join(f"{DUCKDB.identifier(column)} {type_}" for column, type_ in rows.columns.items())
    connection.execute(f"CREATE TEMP TABLE {table} ({columns})")
    appender = connection.appender(name)
    values = iter(rows.values)
    while chunk := list(islice(values, CHUNK)):
        appender.append_rows(chunk)
        appender.flush()
    return table


def kind(type_: str, scaled: bool) -> Column:
    """How a column of this SQL type is read. `scaled` says that integers hold the smallest unit."""
    if type_.startswith("DECIMAL"):
        return Column("decimal", int(type_.rstrip(")").split(",")[1]))
    if "INT" in type_:
        return Column("scaled" if scaled and type_ != "HUGEINT" else "integer")
    return Column(KINDS.get(type_, "text"))


def write(
    connection: duckdb.DuckDBPyConnection,
    program: ir.Program,
    archive: Sources,
    output: Path,
    *,
    scaled: bool = False,
    steps: bool = False,
    progress: Progress | None = None,
) -> None:
    """Run and write the results to a .parquet or .csv file; Parquet carries the policy and its digest."""
    query = statement.select(program, DUCKDB, archive, scaled=scaled, steps=steps)
    with watched(connection, progress):
        connection.execute(f"COPY ({query}) TO {DUCKDB.text(str(output))} ({_format(program, output)})")


def write_rows(
    connection: duckdb.DuckDBPyConnection, program: ir.Program, archive: Sources, relation: str, output: Path
) -> None:
    """The results per row of a relation (a policy with outputs `per` member)."""
    query = statement.select_rows(program, DUCKDB, archive, relation)
    connection.execute(f"COPY ({query}) TO {DUCKDB.text(str(output))} ({_format(program, output)})")


def _format(program: ir.Program, output: Path) -> str:
    if output.suffix == ".csv":
        return "FORMAT csv, HEADER"
    facts = {
        "policy": program.policy,
        "version": program.version,
        "region": program.region,
        "day": program.on.isoformat(),
        "digest": program.digest,
    }
    metadata = ", ".join(f"{name}: {DUCKDB.text(value)}" for name, value in facts.items())
    return f"{PARQUET}, KV_METADATA {{{metadata}}}"


def counts(connection: duckdb.DuckDBPyConnection, output: Path) -> dict[str, int]:
    """How many units of a written result have each status."""
    rows = connection.execute(f"SELECT status, count(*) FROM {_file(output)} GROUP BY 1").fetchall()
    return dict(rows)


def fetch(
    connection: duckdb.DuckDBPyConnection,
    program: ir.Program,
    archive: Sources,
    *,
    scaled: bool = False,
    steps: bool = False,
) -> Iterator[dict[str, Any]]:
    """Run and stream the results as dictionaries, a chunk at a time."""
    result = connection.execute(statement.select(program, DUCKDB, archive, scaled=scaled, steps=steps))
    names = [column[0] for column in result.description or ()]
    while chunk := result.fetchmany(CHUNK):
        for row in chunk:
            yield dict(zip(names, row, strict=True))

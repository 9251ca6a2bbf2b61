"""Runs one program over the same cases on every engine and brings the answers into one shape: integers, or
None.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from niangjia.policy import ir, python
from niangjia.policy.sets import duck, postgres, spark
from niangjia.policy.sets.statement import Source, Sources
from tests.policy.sets import polars_runner
from tests.policy.sets.reference import Reference

KEY = "户号"
ALONE = 3
TYPES = {"bool": "BOOLEAN", "choice": "VARCHAR", "date": "DATE"}


@dataclass(frozen=True)
class Answer:
    """What a case came to. `outputs` are scaled integers, booleans or places in a list; empty unless decided."""

    status: str
    reason: str | None
    outputs: tuple[Any, ...]


def scaled(value: Any, shape: ir.Shape) -> Any:
    """A value as people write it → the program's integer."""
    if value is None or isinstance(value, bool):
        return value
    if shape.type == "choice":
        return shape.choices.index(value)
    if isinstance(value, date):
        return value.year * 10000 + value.month * 100 + value.day
    exact = Fraction(value) * 10**shape.scale
    assert exact.denominator == 1, f"{value} is finer than its type"
    return int(exact)


def by_reference(
    text: str, on: date, program: ir.Program, cases: Sequence[Mapping[str, Any]]
) -> list[Answer]:
    reference = Reference(text, on)
    answers = []
    for case in cases:
        made = reference.decide(dict(case))
        decided = made["status"] == "decided"
        outputs = [scaled(made["outputs"][one.name], one.shape) for one in program.outputs] if decided else []
        answers.append(Answer(made["status"], made["reason"], tuple(outputs)))
    return answers


def _answer(program: ir.Program, row: Mapping[str, Any]) -> Answer:
    decided = row["status"] == "decided"
    if not decided:
        assert all(row[one.name] is None for one in program.outputs), "an undecided case must show nothing"
    outputs = [scaled(row[one.name], one.shape) for one in program.outputs] if decided else []
    return Answer(row["status"], row["reason"], tuple(outputs))


def _sql_type(one: ir.Input, integers: bool) -> str:
    return TYPES.get(one.shape.type, "BIGINT" if integers else "DECIMAL(38, 5)")


def rows_of(
    inputs: Sequence[ir.Input], cases: Sequence[tuple[int, Mapping[str, Any]]], integers: bool = False
) -> duck.Rows:
    """Cases as a stream for DuckDB: numbers as people write them, or (`integers`) already scaled."""
    columns = {KEY: "BIGINT"} | {one.name: _sql_type(one, integers) for one in inputs}

    def shown(one: ir.Input, value: Any) -> Any:
        return _fen(value, one.shape) if integers and isinstance(value, Decimal) else value

    return duck.Rows(
        columns, [[key, *(shown(one, case.get(one.name)) for one in inputs)] for key, case in cases]
    )


def _fen(value: Decimal, shape: ir.Shape) -> int:
    """As a database would hold it; what is finer than the column cannot be held, so a value out of range
    stands in.
    """
    exact = value.scaleb(shape.scale)
    held = exact == exact.to_integral_value() and abs(exact) < 2**63
    return int(exact) if held else 2**63 - 1


def archive(program: ir.Program, cases: Sequence[Mapping[str, Any]], integers: bool = False) -> duck.Archive:
    units = list(enumerate(cases))
    members = [(key, row) for key, case in units for row in reversed(case.get("成员", []))]
    relations: dict[str, Any] = {
        one.name: rows_of(one.fields, members, integers) for one in program.relations
    }
    return duck.Archive(rows_of(program.inputs, units, integers), relations, KEY, integers, (KEY,))


def by_python(program: ir.Program, cases: Sequence[Mapping[str, Any]]) -> list[Answer]:
    run = python.emit(program)
    answers = []
    for case in cases:
        status, reason, outputs, _ = run(case)
        gate = program.gates[reason] if status == ir.EXCLUDED else None
        answers.append(Answer(ir.STATUSES[status], gate, tuple(outputs or ())))
    return answers


def by_duckdb(
    program: ir.Program, cases: Sequence[Mapping[str, Any]], integers: bool = False
) -> list[Answer]:
    with duck.session("1GB", threads=1) as connection:
        opened = duck.sources(connection, program, archive(program, cases, integers))
        rows = {row[KEY]: row for row in duck.fetch(connection, program, opened)}
    return [_answer(program, rows[key]) for key in range(len(cases))]


def by_files(
    program: ir.Program, cases: Sequence[Mapping[str, Any]], folder: Path, integers: bool = False
) -> list[Answer]:
    """DuckDB over Parquet: each case in files of its own, whose statistics prove most facts, and all of them in one."""
    alone = [_from_files(program, [case], folder, integers)[0] for case in cases[:ALONE]]
    return alone + _from_files(program, cases, folder, integers)[ALONE:]


def _from_files(
    program: ir.Program, cases: Sequence[Mapping[str, Any]], folder: Path, integers: bool
) -> list[Answer]:
    given = archive(program, cases, integers)
    with duck.session("1GB", threads=1) as connection:
        files = {
            name: stored(connection, rows, folder / f"{place}.parquet")
            for place, (name, rows) in enumerate({"": given.units, **given.relations}.items())
        }
        units = files.pop("")
        opened = duck.sources(connection, program, duck.Archive(units, files, KEY, integers, (KEY,)))
        rows = {row[KEY]: row for row in duck.fetch(connection, program, opened)}
    return [_answer(program, rows[key]) for key in range(len(cases))]


def stored(connection: Any, rows: Any, file: Path) -> Path:
    """Decimals as narrow as the fullest input of a policy, so that what is not finer can be proved to be in range."""
    columns = ", ".join(f'"{name}" {type_}' for name, type_ in rows.columns.items())
    connection.execute(f"CREATE OR REPLACE TEMP TABLE stored ({columns})")
    if rows.values:
        connection.executemany(
            f"INSERT INTO stored VALUES ({', '.join('?' * len(rows.columns))})", rows.values
        )
    shown = [
        f'CAST("{name}" AS DECIMAL(38, 2)) AS "{name}"'
        if type_.startswith("DECIMAL") and _coarse(connection, name)
        else f'"{name}"'
        for name, type_ in rows.columns.items()
    ]
    connection.execute(f"COPY (SELECT {', '.join(shown)} FROM stored) TO '{file}' (FORMAT parquet)")
    return file


def _coarse(connection: Any, name: str) -> bool:
    query = f'SELECT count(*) FROM stored WHERE "{name}" <> ROUND("{name}", 2)'
    return bool(connection.execute(query).fetchall() == [(0,)])


def settle(one: ir.Input, value: Any) -> tuple[Any, bool]:
    """Value and flag of an input, by hand."""
    absent = one.default if one.default is not None else one.neutral
    if value is None:
        code, flag = absent, one.default is not None
    else:
        code, flag = _known(one, value), True
        if code is None:
            code, flag = one.neutral, False
    return (bool(code) if one.shape.type == "bool" else code), flag


def _known(one: ir.Input, value: Any) -> int | None:
    if one.shape.type == "choice":
        return one.shape.choices.index(value) if value in one.shape.choices else None
    if isinstance(value, Decimal):
        exact = value.scaleb(one.shape.scale)
        if exact != exact.to_integral_value():
            return None
        code = int(exact)
    else:
        code = scaled(value, one.shape)
    return code if one.shape.type == "bool" or one.shape.low <= code <= one.shape.high else None


def _facts(
    inputs: Sequence[ir.Input], cases: Sequence[tuple[int, Mapping[str, Any]]]
) -> dict[str, list[Any]]:
    facts: dict[str, list[Any]] = {"key": [key for key, _ in cases]}
    for one in inputs:
        settled = [settle(one, case.get(one.name)) for _, case in cases]
        facts[one.column] = [value for value, _ in settled]
        facts[one.flag] = [flag for _, flag in settled]
    return facts


def by_polars(program: ir.Program, cases: Sequence[Mapping[str, Any]]) -> list[Answer]:
    units = list(enumerate(cases))
    members = [(key, row) for key, case in units for row in case.get("成员", [])]
    rows = {one.name: _facts(one.fields, members) for one in program.relations}
    frame = polars_runner.run(program, _facts(program.inputs, units), rows).sort("key")
    answers = []
    for row in frame.iter_rows(named=True):
        status = ir.STATUSES[row[program.status]]
        reason = program.gates[row[program.reason]] if status == "excluded" else None
        outputs = tuple(row[one.column] for one in program.outputs) if status == "decided" else ()
        answers.append(Answer(status, reason, outputs))
    return answers


def in_range(program: ir.Program, cases: Sequence[Mapping[str, Any]]) -> None:
    """Every column of every decided case lies inside the range that the compiler proved for it."""
    units = list(enumerate(cases))
    members = [(key, row) for key, case in units for row in case.get("成员", [])]
    rows = {one.name: _facts(one.fields, members) for one in program.relations}
    frame = polars_runner.run(program, _facts(program.inputs, units), rows)
    for stage in program.stages:
        if isinstance(stage, ir.UnitStage):
            made = [*stage.aggregates, *(one for layer in stage.layers for one in layer)]
            for one in made:
                values = frame[one.name]
                assert values.null_count() == 0, f"{one.name} is null"
                assert one.shape.low <= int(values.min()), f"{one.name}: {values.min()} < {one.shape.low}"  # type: ignore[arg-type]
                assert int(values.max()) <= one.shape.high, f"{one.name}: {values.max()} > {one.shape.high}"  # type: ignore[arg-type]


def by_postgres(cursor: Any, program: ir.Program, cases: Sequence[Mapping[str, Any]]) -> list[Answer]:
    opened = archive(program, cases)
    postgres.limit(cursor, seconds=20, memory="32MB", spill="1GB")
    units = _postgres_table(cursor, "policy_units", opened.units)
    rows = {
        name: _postgres_table(cursor, "policy_" + name, given) for name, given in opened.relations.items()
    }
    postgres.store(cursor, program, Sources(units, rows, KEY, (KEY,)), "policy_results")
    cursor.execute("SELECT * FROM policy_results")
    names = [column[0] for column in cursor.description]
    found = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    for table in ("policy_units", "policy_results", *(f"policy_{name}" for name in rows)):
        cursor.execute(f'DROP TABLE "{table}"')
    return [_answer(program, found[key]) for key in range(len(cases))]


def _postgres_table(cursor: Any, name: str, rows: Any) -> Source:
    columns = ", ".join(f'"{column}" {type_}' for column, type_ in rows.columns.items())
    cursor.execute(f'CREATE TEMP TABLE "{name}" ({columns})')
    places = ", ".join(["%s"] * len(rows.columns))
    cursor.executemany(f'INSERT INTO "{name}" VALUES ({places})', list(rows.values))
    return postgres.source(cursor, name)


def by_spark(session: Any, program: ir.Program, cases: Sequence[Mapping[str, Any]]) -> list[Answer]:
    opened = archive(program, cases)
    units = _spark_view(session, "policy_units", opened.units)
    rows = {name: _spark_view(session, "policy_" + name, given) for name, given in opened.relations.items()}
    frame = spark.run(session, program, Sources(units, rows, KEY, (KEY,)))
    found = {row[KEY]: row.asDict() for row in frame.collect()}
    return [_answer(program, found[key]) for key in range(len(cases))]


def _spark_view(session: Any, name: str, rows: Any) -> Source:
    words = {"BIGINT": "bigint", "BOOLEAN": "boolean", "VARCHAR": "string", "DATE": "date"}
    schema = ", ".join(f"`{column}` {words.get(type_, type_)}" for column, type_ in rows.columns.items())
    return spark.register(session.createDataFrame(list(map(tuple, rows.values)), schema), name)


def difference(expected: Sequence[Answer], found: Sequence[Answer]) -> list[tuple[int, Answer, Answer]]:
    return [
        (place, one, two) for place, (one, two) in enumerate(zip(expected, found, strict=True)) if one != two
    ]


def against_reference(
    expected: Sequence[Answer], found: Sequence[Answer], cases: Sequence[Mapping[str, Any]]
) -> list[tuple[int, Answer, Answer]]:
    """Differences, but for one freedom: over an empty list an engine may still ask for the unit's facts of
    the formula.
    """
    return [
        (place, one, two)
        for place, one, two in difference(expected, found)
        if cases[place]["成员"] or two.status != "incomplete"
    ]

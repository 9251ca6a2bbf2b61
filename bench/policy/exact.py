"""0 differing fen: Python, DuckDB, Polars, PostgreSQL and Spark over the archive and over random policies.

`python bench/policy/exact.py [--policies 400] [--households 100000] [--spark 20] [--postgres URL]`. The
random policies are held against an interpreter over exact fractions; the archive against a Decimal function
written from the rules.
"""

import argparse
import json
import sys
import tempfile
from collections import Counter
from functools import partial
from pathlib import Path
from random import Random

import archive
import duckdb
from peers import by_decimal, by_niangjia

from niangjia.policy import python
from niangjia.policy.compiling import compile_policy
from niangjia.policy.errors import PolicyError
from niangjia.policy.library import Library
from niangjia.policy.sets import duck, postgres, spark
from niangjia.policy.sets.statement import Sources
from tests.policy.sets import engines
from tests.policy.sets.generator import ON, Maker, cases_for

ROOT = Path(__file__).resolve().parent.parent.parent
DATA = ROOT / "var" / "bench" / "data"
RESULTS = ROOT / "bench" / "results"
ROWS = 80


def random_policies(count: int, cursor, session, on_spark: int) -> Counter:
    """Cells compared and differing, by engine; every policy over the same cases."""
    found: Counter = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(count):
            random = Random(seed)
            policy = Maker(random).make()
            file = Path(folder) / "350600" / "random.toml"
            file.parent.mkdir(exist_ok=True)
            file.write_text(policy.text, encoding="utf-8")
            library = Library(Path(folder))
            try:
                program = compile_policy(library.load(file), ON, library).program
            except PolicyError:
                found["refused at load"] += 1
                continue
            cases = cases_for(policy, random, ROWS)
            answers = engines.by_python(program, cases)
            expected = engines.by_reference(policy.text, ON, program, cases)
            found["cells"] += ROWS * (2 + len(program.outputs))
            found["python"] += len(engines.against_reference(expected, answers, cases))
            runs = {"duckdb": engines.by_duckdb, "polars": engines.by_polars}
            runs["duckdb, fen"] = lambda program, cases: engines.by_duckdb(program, cases, integers=True)
            runs["duckdb, files"] = partial(engines.by_files, folder=file.parent, integers=True)
            if cursor is not None:
                runs["postgresql"] = lambda program, cases: engines.by_postgres(cursor, program, cases)
            if seed < on_spark and session is not None:
                runs["spark"] = lambda program, cases: engines.by_spark(session, program, cases)
            for name, run in runs.items():
                found[name] += len(engines.difference(answers, run(program, cases)))
                found[f"programs on {name}"] += 1
    return found


def households(count: int, cursor, session) -> Counter:
    """The common programme over one archive: rows that differ from the Decimal function, by engine."""
    folder = DATA / f"exact-{count}"
    if not (folder / "members.parquet").exists():
        archive.write(folder, count, decimal=True)
    program = by_niangjia.program()
    expected = {}
    run, bad = python.emit(program), Counter()
    cases = dict(stored_cases(folder))
    for key, case in cases.items():
        expected[key] = by_hand(program, case)
        _, _, outputs, _ = run(case)
        bad["python"] += (tuple(outputs) if outputs else None) != expected[key]
    second = engines.by_polars(program, list(cases.values()))
    bad["polars"] = sum(
        (one.outputs or None) != expected[key] for key, one in zip(cases, second, strict=True)
    )
    for name, rows in engine_rows(program, folder, cursor, session):
        got = {row["户号"]: row for row in rows}
        bad[name] = sum(_outputs(program, got.get(key)) != values for key, values in expected.items()) + abs(
            len(got) - len(expected)
        )
    bad["households"] = len(expected)
    return bad


def engine_rows(program, folder: Path, cursor, session):
    files = duck.Archive(
        folder / "households.parquet", {"成员": folder / "members.parquet"}, "户号", carry=("户号",)
    )
    with duck.session() as connection:
        yield "duckdb", duck.fetch(connection, program, duck.sources(connection, program, files))
    if cursor is not None:
        yield "postgresql", postgres_rows(program, folder, cursor)
    if session is not None:
        units = spark.view(session, "households", folder / "households.parquet")
        members = spark.view(session, "members", folder / "members.parquet")
        frame = spark.run(session, program, Sources(units, {"成员": members}, "户号", ("户号",)))
        yield "spark", (row.asDict() for row in frame.toLocalIterator())


def postgres_rows(program, folder: Path, cursor):
    """Both files copied into temporary tables, run and fetched inside one bounded transaction."""
    types = {"BIGINT": "bigint", "VARCHAR": "text", "BOOLEAN": "boolean", "DECIMAL(14,2)": "numeric(14,2)"}
    postgres.limit(cursor, seconds=300, memory="64MB", spill="4GB")
    for name in ("households", "members"):
        result = duckdb.execute(f"SELECT * FROM read_parquet('{folder / (name + '.parquet')}')")
        columns = ", ".join(f'"{column[0]}" {types[str(column[1])]}' for column in result.description)
        cursor.execute(f'CREATE TEMP TABLE "{name}" ({columns})')
        with cursor.copy(f'COPY "{name}" FROM STDIN') as copy:
            while chunk := result.fetchmany(10_000):
                for row in chunk:
                    copy.write_row(row)
        cursor.execute(f'ANALYZE "{name}"')
    tables = {name: postgres.source(cursor, name) for name in ("households", "members")}
    postgres.store(
        cursor,
        program,
        Sources(tables["households"], {"成员": tables["members"]}, "户号", ("户号",)),
        "results",
    )
    cursor.execute('SELECT * FROM "results"')
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def stored_cases(folder: Path):
    """Each household with its members, as the single-case runner takes it."""
    connection = duckdb.connect()
    members: dict[int, list[dict]] = {}
    names = ("月收入", "刚性医疗", "刚性教育")
    for key, *values in connection.execute(f"FROM read_parquet('{folder}/members.parquet')").fetchall():
        members.setdefault(key, []).append(dict(zip(names, values, strict=True)))
    result = connection.execute(f"FROM read_parquet('{folder}/households.parquet')")
    columns = [column[0] for column in result.description]
    while chunk := result.fetchmany(10_000):
        for row in chunk:
            case = dict(zip(columns, row, strict=True))
            key = case.pop("户号")
            yield key, case | {"成员": members.get(key, [])}


def by_hand(program, case: dict) -> tuple | None:
    """The Decimal function's results as the program's integers."""
    made = by_decimal.case(case)
    return made and tuple(engines.scaled(made[output.name], output.shape) for output in program.outputs)


def _outputs(program, row: dict | None) -> tuple | None:
    if row is None or row["status"] != "decided":
        return None
    return tuple(engines.scaled(row[output.name], output.shape) for output in program.outputs)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=int, default=400)
    parser.add_argument("--households", type=int, default=100_000)
    parser.add_argument("--spark", type=int, default=20, help="random policies on Spark; 0 leaves Spark out")
    parser.add_argument("--postgres", default="", help="postgresql://…; absent: left out")
    given = parser.parse_args()
    cursor = None
    if given.postgres:
        import psycopg

        cursor = psycopg.connect(given.postgres).cursor()
    session = spark.session() if given.spark else None
    report = {
        "random policies": random_policies(given.policies, cursor, session, given.spark),
        "archive": households(given.households, cursor, session),
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "policy-exact.json").write_text(
        json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8"
    )
    print(json.dumps(report, ensure_ascii=False, indent=1))
    asked = ("python", "duckdb", "duckdb, fen", "duckdb, files", "polars", "postgresql", "spark")
    return int(any(part[name] for part in report.values() for name in asked))


if __name__ == "__main__":
    sys.exit(main())

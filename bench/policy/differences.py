"""How many households of a finished batch differ from ours in any result, by engine; every amount compared in
fen, with status and what is missing.
"""

import json
import sys
from pathlib import Path

import duckdb

OUT = Path(__file__).resolve().parent.parent.parent / "var" / "bench" / "out"
AMOUNTS = (
    "人均月收入",
    "扣支后人均",
    "挂号费减免",
    "检查费减免",
    "医疗救助",
    "大病补助",
    "互助给付",
    "应发",
    "缺口",
)
FEN = {
    "sql": "CAST({0} * 100 AS BIGINT)",
    "openfisca": "CAST(round(CAST({0} AS DOUBLE) * 100) AS BIGINT)",
}


def differing(size: str, engine: str) -> int:
    tests = [f"a.{name} IS DISTINCT FROM b.{name}" for name in ("status", "missing", "户类别")]
    for name in AMOUNTS:
        tests.append(f"a.{name} IS DISTINCT FROM {FEN.get(engine, '{0}').format('b.' + name)}")
    ours, theirs = (f"read_parquet('{OUT / f'{size}-{name}.parquet'}')" for name in ("niangjia", engine))
    connection = duckdb.connect(config={"memory_limit": "4GB", "threads": 2})
    query = f"SELECT count(*) FILTER (b.户号 IS NULL OR a.户号 IS NULL OR {' OR '.join(tests)})"
    return connection.execute(f"{query} FROM {ours} a FULL JOIN {theirs} b USING (户号)").fetchall()[0][0]


if __name__ == "__main__":
    print(
        json.dumps(
            {engine: differing(sys.argv[1], engine) for engine in ("sql", "polars", "pandas", "openfisca")}
        )
    )

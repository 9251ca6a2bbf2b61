"""The same SQL on Apache Spark, for archives that do not fit one machine. pyspark and Java are the caller's
to install.
"""

import importlib
from pathlib import Path
from typing import Any

from niangjia.policy import ir
from niangjia.policy.errors import PolicyError
from niangjia.policy.sets import statement
from niangjia.policy.sets.border import Column, Kind
from niangjia.policy.sets.dialect import SPARK
from niangjia.policy.sets.duck import Archive, Rows
from niangjia.policy.sets.statement import Source, Sources

KINDS: dict[str, Kind] = {
    "string": "text",
    "boolean": "bool",
    "date": "date",
    "double": "float",
    "float": "float",
}
INTEGERS = {"tinyint", "smallint", "int", "bigint"}


def session(master: str = "local[2]", memory: str = "2g") -> Any:
    """A Spark session that fails on overflow instead of wrapping."""
    builder = importlib.import_module("pyspark.sql").SparkSession.builder
    return (
        builder.master(master)
        .appName("niangjia policy")
        .config("spark.driver.memory", memory)
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.session.timeZone", "UTC")
        .getOrCreate()
    )


def view(spark: Any, name: str, file: Path, scaled: bool = False) -> Source:
    """A .csv or .parquet file as something to select from."""
    frame = spark.read.csv(str(file), header=True) if file.suffix == ".csv" else spark.read.parquet(str(file))
    return register(frame, name, scaled)


def register(frame: Any, name: str, scaled: bool = False) -> Source:
    frame.createOrReplaceTempView(SPARK.identifier(name))
    return Source(SPARK.identifier(name), {column: kind(type_, scaled) for column, type_ in frame.dtypes})


def kind(type_: str, scaled: bool) -> Column:
    if type_.startswith("decimal"):
        return Column("decimal", int(type_.rstrip(")").split(",")[1]))
    if type_ in INTEGERS:
        return Column("scaled" if scaled else "integer")
    return Column(KINDS.get(type_, "text"))


def write(
    spark: Any,
    program: ir.Program,
    archive: Archive,
    output: Path,
    *,
    scaled: bool = False,
    steps: bool = False,
) -> dict[str, int]:
    """Run over files and write one result (Spark makes `output` a folder); gives the count per status."""
    units = view(spark, "units", _path(archive.units), archive.scaled)
    rows = {name: view(spark, name, _path(file), archive.scaled) for name, file in archive.relations.items()}
    key = archive.key or next((relation.key for relation in program.relations), "")
    inputs = {given.name for given in program.inputs}
    carry = tuple(name for name in units.columns if name not in inputs)
    frame = run(spark, program, Sources(units, rows, key, carry), scaled=scaled, steps=steps).cache()
    writer = frame.write.mode("overwrite")
    if output.suffix == ".csv":
        writer.csv(str(output), header=True)
    else:
        writer.parquet(str(output))
    return {row["status"]: row["count"] for row in frame.groupBy("status").count().collect()}


def _path(given: Path | Rows) -> Path:
    if isinstance(given, Path):
        return given
    raise PolicyError(
        "Spark 只读档案文件；流式行请用 DuckDB。",
        "Spark reads archive files only; stream rows through DuckDB.",
    )


def run(
    spark: Any, program: ir.Program, archive: Sources, *, scaled: bool = False, steps: bool = False
) -> Any:
    """The results as a Spark data frame."""
    return spark.sql(statement.select(program, SPARK, archive, scaled=scaled, steps=steps))

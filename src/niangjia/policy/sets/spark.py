"""The same SQL on Apache Spark, for archives that do not fit one machine. pyspark and Java are the caller's
to install.
"""

import importlib
from pathlib import Path
from typing import Any

from niangjia.policy import ir
from niangjia.policy.sets import statement
from niangjia.policy.sets.border import Column, Kind
from niangjia.policy.sets.dialect import SPARK
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
    frame.createOrReplaceTempView(name)
    return Source(SPARK.identifier(name), {column: kind(type_, scaled) for column, type_ in frame.dtypes})


def kind(type_: str, scaled: bool) -> Column:
    if type_.startswith("decimal"):
        return Column("decimal", int(type_.rstrip(")").split(",")[1]))
    if type_ in INTEGERS:
        return Column("scaled" if scaled else "integer")
    return Column(KINDS.get(type_, "text"))


def run(
    spark: Any, program: ir.Program, archive: Sources, *, scaled: bool = False, steps: bool = False
) -> Any:
    """The results as a Spark data frame."""
    return spark.sql(statement.select(program, SPARK, archive, scaled=scaled, steps=steps))

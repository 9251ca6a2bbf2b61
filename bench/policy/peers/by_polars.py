"""The programme by hand in Polars on Int64 fen, streamed from Parquet to Parquet."""

from pathlib import Path

import polars
from polars import col, lit, max_horizontal, min_horizontal, when

LINES = {"镇江": 90000, "南京": 107000, "徐州": 76550}
OUTPUTS = [
    "户类别",
    "人均月收入",
    "扣支后人均",
    "挂号费减免",
    "检查费减免",
    "医疗救助",
    "大病补助",
    "互助给付",
    "应发",
    "缺口",
]
MOST = 1_000_000_000
MONEY = ("车价", "意外支出", "挂号费", "检查费")
CITIES = ("镇江", "南京", "徐州", "宿迁")
# What may be missing, in the order in which it is told, and the flag that says it is there.
MISSING = (
    "车价",
    "成员",
    "成员.月收入",
    "城市",
    "成员.刚性医疗",
    "成员.刚性教育",
    "意外支出",
    "自付",
    "挂号费",
    "检查费",
)
BANDS = ((0, 1_000_000, 50), (1_000_000, 3_000_000, 40), (3_000_000, 8_000_000, 30), (8_000_000, 10**15, 20))


def batch(archive: Path, output: Path) -> None:
    members = polars.scan_parquet(archive / "members.parquet")
    sums = members.group_by("户号").agg(
        人数=polars.len(),
        收入=col("月收入").sum(),
        刚性=(col("刚性医疗").fill_null(0) + col("刚性教育").fill_null(0)).sum(),
        **{
            f"known 成员.{name}": (col(name) if name == "月收入" else col(name).fill_null(0))
            .is_between(0, MOST)
            .fill_null(False)
            .all()
            for name in ("月收入", "刚性医疗", "刚性教育")
        },
    )
    rows = polars.scan_parquet(archive / "households.parquet").join(sums, on="户号", how="left")
    rows = rows.with_columns(
        **{f"known {name}": col(name).fill_null(0).is_between(0, MOST) for name in MONEY},
        **{f"known {name}": col(f"known {name}").fill_null(True) for name in MISSING if "." in name},
        known_own=col("自付").is_between(0, MOST).fill_null(False),
        known_city=col("城市").is_in(CITIES).fill_null(False),
        known_members=col("人数").is_between(1, 50).fill_null(False),
        own=col("自付").fill_null(0),
        n=col("人数").fill_null(1).cast(polars.Int64),
        **{name: col(name).fill_null(0) for name in ("车价", "意外支出", "挂号费", "检查费", "收入", "刚性")},
        **{name: col(name).fill_null(False) for name in ("二套房", "农民工", "参保")},
    )
    rows = rows.rename({"known_own": "known 自付", "known_city": "known 城市", "known_members": "known 成员"})
    rows = rows.with_columns(ok=polars.all_horizontal(*(f"known {name}" for name in MISSING)))
    decided = decide(rows)
    masked = [when(col("ok")).then(col(name)).alias(name) for name in OUTPUTS]
    status = when(col("ok")).then(lit("decided")).otherwise(lit("incomplete")).alias("status")
    gaps = [when(~col(f"known {name}")).then(lit(name)) for name in MISSING]
    missing = (
        when(~col("ok")).then(polars.concat_str(gaps, separator="、", ignore_nulls=True)).alias("missing")
    )
    decided.select("户号", status, missing, *masked).sink_parquet(output, compression="snappy")


def whole_amount(left: polars.Expr) -> polars.Expr:
    """The tier that the amount falls into takes all of it."""
    return (
        when(left < 600_000)
        .then(0)
        .when(left <= 1_000_000)
        .then(50_000)
        .when(left <= 3_000_000)
        .then((left * 10 + 50) // 100)
        .when(left <= 8_000_000)
        .then((left * 15 + 50) // 100)
        .otherwise((left * 20 + 50) // 100)
    )


def decide(rows: polars.LazyFrame) -> polars.LazyFrame:
    over = col("收入") * 12 - col("刚性") - col("意外支出")
    half = (over.abs() + col("n") * 6) // (col("n") * 12)
    rows = rows.with_columns(
        人均月收入=(col("收入") + col("n") // 2) // col("n"),
        扣支后人均=when(over < 0).then(-half).otherwise(half),
        line=col("城市").replace_strict(LINES, default=90000, return_dtype=polars.Int64),
    )
    rows = rows.with_columns(
        户类别=when(col("二套房") | (col("车价") > 15_000_000))
        .then(lit("无"))
        .when(col("人均月收入") <= col("line"))
        .then(lit("低保户"))
        .when(col("人均月收入") * 10 <= col("line") * 15)
        .then(lit("低保边缘"))
        .when(col("扣支后人均") <= col("line"))
        .then(lit("意外致困"))
        .otherwise(lit("无"))
    ).with_columns(known=col("户类别") != "无", lowest=col("户类别") == "低保户")
    fee = when("lowest").then(col("挂号费")).when("known").then((col("挂号费") + 1) // 2).otherwise(0)
    check = (
        when("lowest")
        .then((col("检查费") + 1) // 2)
        .when("known")
        .then((col("检查费") * 3 + 5) // 10)
        .otherwise(0)
    )
    rows = rows.with_columns(
        挂号费减免=min_horizontal(fee, 50_000), 检查费减免=min_horizontal(check, 200_000)
    )
    rows = rows.with_columns(left=max_horizontal(col("own") - col("挂号费减免") - col("检查费减免"), 0))
    rows = rows.with_columns(
        above=max_horizontal(col("left") - when("lowest").then(200_000).otherwise(300_000), 0)
    )
    tiered = sum((col("above").clip(low, high) - low) * rate for low, high, rate in BANDS)
    medical = when("known").then(min_horizontal((tiered + 50) // 100, 3_000_000)).otherwise(0)
    rows = rows.with_columns(医疗救助=medical).with_columns(
        left=max_horizontal(col("left") - col("医疗救助"), 0)
    )
    left = col("left")
    rows = rows.with_columns(
        大病补助=when("农民工").then(min_horizontal(whole_amount(left), 5_000_000)).otherwise(0)
    )
    rest = max_horizontal(max_horizontal(left - col("大病补助"), 0) - 30_000, 0)
    mutual = when("参保").then(min_horizontal((rest * 6 + 5) // 10, 5_000_000)).otherwise(0)
    total = col("医疗救助") + col("大病补助") + col("互助给付")
    ceiling = (col("own") * 9 + 5) // 10
    return (
        rows.with_columns(互助给付=mutual)
        .with_columns(应发=total - max_horizontal(total - ceiling, 0))
        .with_columns(缺口=col("own") - col("应发"))
    )

"""One small policy and archive that the tests of runners, simulation and command share."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from niangjia.policy.sets import duck

ON = date(2025, 10, 1)
POLICY = """[policy]
region = "350600"
scheme = "random"
title = "试验"
version = "1"
from = 2024-01-01
unit = "household"
source = "x"
outputs = ["补助", "类别"]
[input."自付"]
type = "money"
min = 0
max = 100000
[input."入会日"]
type = "date"
default = 2020-01-01
[input."参保"]
type = "bool"
default = false
[relation."成员"]
key = "户号"
max_count = 5
[relation."成员".fields]
"月收入" = { type = "money", min = 0, max = 100000 }
[param."比例"]
type = "rate"
value = 0.5
source = "x"
[[step]]
name = "人均"
type = "money"
expr = "round(sum(成员.月收入) / count(成员), 2)"
source = "x"
[[step]]
name = "类别"
type = ["低保", "其他"]
cases = [{ when = "人均 <= 900", then = "低保" }, { then = "其他" }]
source = "x"
[[step]]
name = "补助"
type = "money"
expr = "round(自付 * 比例, 2) if 类别 == '低保' else 0"
source = "x"
[[gate]]
name = "未参保"
exclude = "not 参保"
reason = "没有参保"
source = "x"
"""
UNITS = """户号,自付,参保,入会日,单位
1,1000.01,true,2021-05-01,东区
2,2000,是,,东区
3,300,0,,西区
4,,1,,西区
5,1e3,true,,西区
6,10.001,true,,西区
"""
MEMBERS = """户号,月收入
1,1800
1,0
2,5000
3,100
4,100
5,100
6,100
99,100
"""


def files(folder: Path, suffix: str = ".csv") -> duck.Archive:
    units, members = folder / "units.csv", folder / "成员.csv"
    units.write_text(UNITS, encoding="utf-8")
    members.write_text(MEMBERS, encoding="utf-8")
    if suffix == ".parquet":
        import duckdb

        for file in (units, members):
            table = f"read_csv('{file}', all_varchar = true)"
            duckdb.execute(f"COPY (FROM {table}) TO '{file.with_suffix('.parquet')}' (FORMAT parquet)")
        units, members = units.with_suffix(".parquet"), members.with_suffix(".parquet")
    return duck.Archive(units, {"成员": members})


def rows() -> duck.Archive:
    """The same archive streamed from a database that keeps whole fen."""
    units = duck.Rows(
        {"户号": "BIGINT", "自付": "BIGINT", "参保": "BOOLEAN", "入会日": "DATE", "单位": "VARCHAR"},
        iter(
            [
                (1, 100001, True, date(2021, 5, 1), "东区"),
                (2, 200000, True, None, "东区"),
                (3, 30000, False, None, "西区"),
                (4, None, True, None, "西区"),
                (5, 10**17, True, None, "西区"),
                (6, -1, True, None, "西区"),
            ]
        ),
    )
    members = [(1, 180000), (1, 0), (2, 500000), (3, 10000), (4, 10000), (5, 10000), (6, 10000)]
    return duck.Archive(
        units, {"成员": duck.Rows({"户号": "BIGINT", "月收入": "BIGINT"}, members)}, scaled=True
    )


PAID = Decimal("500.01")

"""The programme by hand in pandas on int64 fen."""

from pathlib import Path

import numpy
import pandas

from peers import facts

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
MONEY = ("车价", "意外支出", "自付", "挂号费", "检查费")
BANDS = ((0, 1_000_000, 50), (1_000_000, 3_000_000, 40), (3_000_000, 8_000_000, 30), (8_000_000, 10**15, 20))


def batch(archive: Path, output: Path) -> None:
    members = pandas.read_parquet(archive / "members.parquet")
    incomes = members["月收入"].isna()
    members = members.fillna({"月收入": 0, "刚性医疗": 0, "刚性教育": 0})
    members["刚性"] = members["刚性医疗"] + members["刚性教育"]
    sums = members.groupby("户号").agg(人数=("户号", "size"), 收入=("月收入", "sum"), 刚性=("刚性", "sum"))
    rows = pandas.read_parquet(archive / "households.parquet").merge(
        sums, left_on="户号", right_index=True, how="left"
    )
    lacking = {name: facts.out_of_range(rows[name].fillna(0).to_numpy()) for name in MONEY}
    lacking["自付"] |= rows["自付"].isna().to_numpy()
    lacking["城市"] = ~rows["城市"].isin(facts.CITIES).to_numpy()
    lacking["成员"] = ~rows["人数"].between(1, 50).to_numpy()
    for name in ("月收入", "刚性医疗", "刚性教育"):
        bad = facts.out_of_range(members[name].to_numpy()) | (name == "月收入") & incomes.to_numpy()
        lacking[f"成员.{name}"] = rows["户号"].isin(members.loc[bad, "户号"]).to_numpy()
    missing, status, words = facts.told(lacking)
    decide(rows)
    rows["status"], rows["missing"] = status.to_pandas(), words.to_pandas()
    rows.loc[missing, OUTPUTS[1:]] = numpy.nan
    rows["户类别"] = rows["户类别"].where(~missing, None)
    result = rows[["户号", "status", "missing", *OUTPUTS]].astype(dict.fromkeys(OUTPUTS[1:], "Int64"))
    result.to_parquet(output, index=False)


def decide(rows: pandas.DataFrame) -> None:
    money = [*MONEY, "收入", "刚性"]
    rows[money] = rows[money].fillna(0).astype("int64")
    yes = {name: rows[name].eq(True).to_numpy(dtype=bool) for name in ("二套房", "农民工", "参保")}
    count = rows["人数"].fillna(1).astype("int64").to_numpy()
    income, own = rows["收入"].to_numpy(), rows["自付"].to_numpy()
    average = (income + count // 2) // count
    over = income * 12 - rows["刚性"].to_numpy() - rows["意外支出"].to_numpy()
    net = numpy.sign(over) * ((numpy.abs(over) + count * 6) // (count * 12))
    line = rows["城市"].map(LINES).fillna(90000).astype("int64").to_numpy()
    kind = numpy.select(
        [
            yes["二套房"] | (rows["车价"].to_numpy() > 15_000_000),
            average <= line,
            average * 10 <= line * 15,
            net <= line,
        ],
        ["无", "低保户", "低保边缘", "意外致困"],
        "无",
    )
    known, lowest = kind != "无", kind == "低保户"
    registration, checks = rows["挂号费"].to_numpy(), rows["检查费"].to_numpy()
    fee = numpy.minimum(
        numpy.where(lowest, registration, numpy.where(known, (registration + 1) // 2, 0)), 50000
    )
    check = numpy.where(lowest, (checks + 1) // 2, numpy.where(known, (checks * 3 + 5) // 10, 0))
    check = numpy.minimum(check, 200_000)
    left = numpy.maximum(own - fee - check, 0)
    above = numpy.maximum(left - numpy.where(lowest, 200_000, 300_000), 0)
    tiered = sum((numpy.clip(above, low, high) - low) * rate for low, high, rate in BANDS)
    medical = numpy.where(known, numpy.minimum((tiered + 50) // 100, 3_000_000), 0)
    left = numpy.maximum(left - medical, 0)
    rate = numpy.select([left <= 3_000_000, left <= 8_000_000], [10, 15], 20)
    whole = numpy.select([left < 600_000, left <= 1_000_000], [0, 50_000], (left * rate + 50) // 100)
    serious = numpy.where(yes["农民工"], numpy.minimum(whole, 5_000_000), 0)
    left = numpy.maximum(left - serious, 0)
    mutual = numpy.minimum((numpy.maximum(left - 30_000, 0) * 6 + 5) // 10, 5_000_000)
    mutual = numpy.where(yes["参保"], mutual, 0)
    total = medical + serious + mutual
    paid = total - numpy.maximum(total - (own * 9 + 5) // 10, 0)
    for name, values in zip(
        OUTPUTS, (kind, average, net, fee, check, medical, serious, mutual, paid, own - paid), strict=True
    ):
        rows[name] = values

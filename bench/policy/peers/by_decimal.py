"""The programme as a careful engineer writes it with Decimal: the second reading of the rules, and the
oracle.
"""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

MOST = Decimal(10_000_000)
CENT = Decimal("0.01")
ZERO = Decimal(0)
LINES = {"镇江": Decimal(900), "南京": Decimal(1070), "徐州": Decimal("765.50")}
DEDUCTIBLES = {"低保户": Decimal(2000)}
HALF, CHECK_SHARE, MUTUAL_SHARE = Decimal("0.5"), Decimal("0.3"), Decimal("0.6")
CEILING_SHARE, EDGE = Decimal("0.9"), Decimal("1.5")
MARGINAL = (
    (ZERO, Decimal(10000), Decimal("0.5")),
    (Decimal(10000), Decimal(30000), Decimal("0.4")),
    (Decimal(30000), Decimal(80000), Decimal("0.3")),
    (Decimal(80000), None, Decimal("0.2")),
)


def cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def category(case: dict[str, Any], average: Decimal, net: Decimal, line: Decimal) -> str:
    if case["二套房"] or case["车价"] > 150000:
        return "无"
    if average <= line:
        return "低保户"
    if average <= line * EDGE:
        return "低保边缘"
    return "意外致困" if net <= line else "无"


def relief(amount: Decimal) -> Decimal:
    total = ZERO
    for low, high, rate in MARGINAL:
        if amount > low:
            total += ((amount if high is None else min(amount, high)) - low) * rate
    return cents(total)


def serious_illness(paid: Decimal) -> Decimal:
    if paid < 6000:
        return ZERO
    if paid <= 10000:
        return Decimal(500)
    if paid <= 30000:
        return cents(paid * Decimal("0.10"))
    if paid <= 80000:
        return cents(paid * Decimal("0.15"))
    return cents(paid * Decimal("0.20"))


def amount(value: Decimal | None, default: Decimal | None = None) -> Decimal | None:
    """The fact as the policy declares it: 0 to ten million, exact to the fen; else not known."""
    if value is None:
        return default
    if not ZERO <= value <= MOST or value.as_tuple().exponent < -2:  # type: ignore[operator]
        return None
    return value


def facts(given: dict[str, Any]) -> dict[str, Any] | None:
    """The facts with their defaults; None when a needed one is missing or out of range."""
    case = {name: amount(given[name], ZERO) for name in ("车价", "意外支出", "挂号费", "检查费")}
    case["自付"] = amount(given["自付"])
    case["成员"] = [
        {
            "月收入": amount(one["月收入"]),
            "刚性医疗": amount(one["刚性医疗"], ZERO),
            "刚性教育": amount(one["刚性教育"], ZERO),
        }
        for one in given["成员"]
    ]
    if not 1 <= len(case["成员"]) <= 50 or None in case.values():
        return None
    if any(None in one.values() for one in case["成员"]):
        return None
    return case | {name: bool(given[name]) for name in ("二套房", "农民工", "参保")} | {"城市": given["城市"]}


def case(given: dict[str, Any]) -> dict[str, Any] | None:
    """Decimals in, Decimals out; None when the case is incomplete."""
    case = facts(given)
    if case is None:
        return None
    members = case["成员"]
    count = len(members)
    income = sum((member["月收入"] for member in members), ZERO)
    rigid = sum((member["刚性医疗"] + member["刚性教育"] for member in members), ZERO)
    average = cents(income / count)
    line = LINES.get(case["城市"], Decimal(900))
    net = cents((income * 12 - rigid - case["意外支出"]) / (count * 12))
    kind = category(case, average, net, line)
    known = kind != "无"
    if kind == "低保户":
        fee, check = case["挂号费"], cents(case["检查费"] * HALF)
    elif known:
        fee, check = cents(case["挂号费"] * HALF), cents(case["检查费"] * CHECK_SHARE)
    else:
        fee = check = ZERO
    fee, check = min(fee, Decimal(500)), min(check, Decimal(2000))
    left = max(case["自付"] - fee - check, ZERO)
    above = max(left - DEDUCTIBLES.get(kind, Decimal(3000)), ZERO)
    medical = min(relief(above), Decimal(30000)) if known else ZERO
    left = max(left - medical, ZERO)
    serious = min(serious_illness(left), Decimal(50000)) if case["农民工"] else ZERO
    left = max(left - serious, ZERO)
    mutual = ZERO
    if case["参保"]:
        mutual = min(cents(max(left - 300, ZERO) * MUTUAL_SHARE), Decimal(50000))
    total = medical + serious + mutual
    ceiling = cents(case["自付"] * CEILING_SHARE)
    paid = total - max(total - ceiling, ZERO)
    return {
        "户类别": kind,
        "人均月收入": average,
        "扣支后人均": net,
        "挂号费减免": fee,
        "检查费减免": check,
        "医疗救助": medical,
        "大病补助": serious,
        "互助给付": mutual,
        "应发": paid,
        "缺口": case["自付"] - paid,
    }

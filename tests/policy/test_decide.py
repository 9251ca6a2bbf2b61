"""Deciding a case: exact to the fen, excluded before incomplete before decided, dated rules, other policies."""

from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.policy import calendar, ir
from niangjia.policy.errors import PolicyError
from niangjia.policy.evaluate import evaluate
from niangjia.policy.typed import DATE, Typed, half_away
from tests.policy.files import decide, flag, money, step, write

TIER = """[tier."档"]
kind = "whole"
source = "第三条"
rows = [
  { lt = 6000, amount = 0 }, { le = 10000, amount = 500 },
  { le = 30000, rate = 0.10 }, { le = 80000, rate = 0.15 }, { rate = 0.20 } ]
"""
GATE = """[[gate]]
name = "{name}"
{kind} = "{condition}"
reason = {{ zh = "不符合", en = "not eligible" }}
source = "第二条"
"""
MEMBERS = """[relation."成员"]
key = "户号"
max_count = 3
unit = "人"
[relation."成员".fields]
"收入" = { type = "money", min = 0, max = 100000 }
"生日" = { type = "date" }
"关系" = { type = ["本人", "子女"], default = "本人" }
"""


def paid(path: Path, case: dict[str, Any], **options: Any) -> Any:
    outputs = decide(path, case, **options).outputs
    assert outputs is not None
    return outputs["补助"]


@pytest.mark.parametrize(
    ("cost", "whole", "marginal"),
    [
        ("5999.99", "0", "0"),
        ("6000", "500", "500"),
        ("10000", "500", "500"),
        ("10000.01", "1000.00", "500.00"),
        ("30000", "3000", "2500"),
        ("30000.01", "4500.00", "2500.00"),
        ("80000", "12000", "10000"),
        ("80000.01", "16000.00", "10000.00"),
        ("250000", "50000", "44000"),
        ("280000", "56000", "50000"),
    ],
)
def test_both_readings_of_a_tier(tmp_path: Path, cost: str, whole: str, marginal: str) -> None:
    one = write(tmp_path, money() + TIER + step("tier(档, 自付)"), "one")
    two = write(tmp_path, money() + TIER + step("marginal(档, 自付)"), "two")
    assert paid(one, {"自付": D(cost)}) == D(whole)
    assert paid(two, {"自付": D(cost)}) == D(marginal)


def test_marginal_slices_may_be_rounded_each(tmp_path: Path) -> None:
    rows = 'rows = [{ le = 0.05, rate = 0.1 }, { le = 0.10, rate = 0.1 }, { rate = 0.1 }]\nsource = "一"\n'
    once = write(
        tmp_path, money() + f'[tier."档"]\nkind = "marginal"\n{rows}' + step("tier(档, 自付)"), "once"
    )
    each = write(
        tmp_path,
        money() + f'[tier."档"]\nkind = "marginal"\nround = "each"\n{rows}' + step("tier(档, 自付)"),
        "each",
    )
    assert paid(once, {"自付": D("0.15")}) == D("0.02")
    assert paid(each, {"自付": D("0.15")}) == D("0.03")


def test_rounding_takes_halves_away_from_zero(tmp_path: Path) -> None:
    path = write(tmp_path, money() + step("round((自付 - 300) / 200, 2)"))
    assert paid(path, {"自付": D(301)}) == D("0.01")
    assert paid(path, {"自付": D(299)}) == D("-0.01")


def test_floor_and_ceil_give_whole_numbers(tmp_path: Path) -> None:
    body = '[input."户数"]\ntype = "int"\nunit = "户"\nmin = 0\nmax = 1000000\n'
    up = step("ceil(户数 * 0.30)", type_='"int"\nunit = "户"')
    assert paid(write(tmp_path, body + up), {"户数": 4543}) == 1363
    assert paid(write(tmp_path, body + up.replace("ceil", "floor")), {"户数": 4543}) == 1362


@pytest.mark.parametrize(
    "given", ["5.005", "abc", 5.0, True, -1, 1000001, D("NaN"), D("Infinity"), [1], "1e-400", {}]
)
def test_what_is_not_an_exact_amount_in_range_is_reported(tmp_path: Path, given: object) -> None:
    decision = decide(write(tmp_path, money() + step("自付")), {"自付": given})
    assert (decision.status, decision.missing, decision.outputs) == ("incomplete", ("自付",), None)


@pytest.mark.parametrize("given", ["5.00", 5, D("5.000")])
def test_an_amount_may_come_as_text_integer_or_decimal(tmp_path: Path, given: object) -> None:
    assert paid(write(tmp_path, money() + step("自付")), {"自付": given}) == D(5)


def test_a_default_stands_in_for_what_is_absent_but_not_for_what_is_wrong(tmp_path: Path) -> None:
    path = write(tmp_path, money(more="default = 7") + step("自付"))
    assert paid(path, {}) == D(7)
    assert decide(path, {"自付": -1}).missing == ("自付",)


def test_one_unknown_fact_does_not_hide_an_exclusion(tmp_path: Path) -> None:
    gates = GATE.format(name="房车", kind="exclude", condition="二套房 or 车价 > 150000")
    path = write(tmp_path, money() + money("车价") + flag("二套房") + gates + step("自付"))
    assert decide(path, {"二套房": True}).reason == "房车"
    assert decide(path, {"车价": D("150000.01")}).reason == "房车"
    assert decide(path, {"车价": 150000, "二套房": False}).missing == ("自付",)
    assert decide(path, {"自付": 5, "二套房": False}).missing == ("车价",)
    assert decide(path, {"自付": 5, "二套房": False, "车价": 0}).status == "decided"


def test_the_first_proved_gate_in_file_order_is_the_reason(tmp_path: Path) -> None:
    gates = GATE.format(name="一", kind="require", condition="农民工") + GATE.format(
        name="二", kind="exclude", condition="公职"
    )
    path = write(tmp_path, flag("农民工") + flag("公职") + gates + step("1.00"))
    assert decide(path, {"农民工": False, "公职": True}).reason == "一"
    assert decide(path, {"公职": True}).reason == "二"
    assert decide(path, {"农民工": True, "公职": False}).status == "decided"


def test_only_the_branch_taken_needs_its_facts(tmp_path: Path) -> None:
    path = write(tmp_path, flag("农民工") + money() + step("自付 if 农民工 else 0"))
    assert paid(path, {"农民工": False}) == 0
    assert decide(path, {"农民工": True}).missing == ("自付",)
    assert decide(path, {"自付": 5}).missing == ("农民工",)


def test_cases_take_the_first_line_that_holds(tmp_path: Path) -> None:
    cases = """[[step]]
name = "类别"
type = ["低", "中", "高"]
source = "一"
cases = [{ when = "自付 < 10", then = "低" }, { when = "自付 < 100", then = "中" }, { then = "高" }]
"""
    path = write(
        tmp_path,
        money() + cases + step("10.00 if 类别 in ('低', '中') else 0.00"),
        outputs='["补助", "类别"]',
    )
    assert [decide(path, {"自付": x}).outputs for x in (9, 10, 100)] == [
        {"补助": 10, "类别": "低"},
        {"补助": 10, "类别": "中"},
        {"补助": 0, "类别": "高"},
    ]


def test_members_are_gathered_whatever_their_order(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        MEMBERS
        + step("round(sum(成员.收入) / count(成员), 2)", "人均", '"money"\nunit = "元/人"')
        + step("count(成员.关系 == '子女' and age(成员.生日) < 18)", "子女", '"int"\nunit = "人"')
        + step("any(成员.收入 > 2000)", "高", '"bool"')
        + step("sum(成员.收入, 成员.关系 == '本人')"),
        outputs='["补助", "人均", "子女", "高"]',
    )
    rows = [
        {"收入": 3000, "生日": date(1980, 1, 1)},
        {"收入": D("0.01"), "生日": "2007-06-02", "关系": "子女"},
        {"收入": 0, "生日": "2007-06-01", "关系": "子女"},
    ]
    wanted = {"补助": 3000, "人均": D("1000.00"), "子女": 1, "高": True}
    assert decide(path, {"成员": rows}).outputs == decide(path, {"成员": rows[::-1]}).outputs == wanted


def test_too_few_too_many_or_wrong_rows_are_reported(tmp_path: Path) -> None:
    path = write(tmp_path, MEMBERS + step("sum(成员.收入)"))
    row = {"收入": 5}
    assert decide(path, {}).missing == ("成员",)
    assert decide(path, {"成员": []}).missing == ("成员",)
    assert decide(path, {"成员": [row] * 4}).missing[0] == "成员"
    assert decide(path, {"成员": [row, {}]}).missing == ("成员.收入",)
    assert decide(path, {"成员": [row, "x"]}).missing == ("成员.收入",)
    assert decide(path, {"成员": [row, {"收入": -1}]}).missing == ("成员.收入",)


def test_any_is_settled_by_one_known_row(tmp_path: Path) -> None:
    gate = GATE.format(name="高收入", kind="exclude", condition="any(成员.收入 > 2000)")
    path = write(tmp_path, MEMBERS + gate + step("1.00"))
    assert decide(path, {"成员": [{"收入": 3000}, {}]}).status == "excluded"
    assert decide(path, {"成员": [{"收入": 1000}, {}]}).status == "incomplete"


def test_without_rows_no_row_asks_for_the_units_facts(tmp_path: Path) -> None:
    rows = MEMBERS.replace("max_count = 3", "min_count = 0\nmax_count = 3")
    path = write(tmp_path, rows + money() + step("1.00 if any(成员.收入 > 自付) else 2.00"))
    assert paid(path, {"成员": []}) == 2
    assert decide(path, {"成员": [{"收入": 5}]}).missing == ("自付",)


def test_row_steps_may_use_the_unit_and_give_results_per_row(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        MEMBERS
        + money()
        + step("sum(成员.收入)", "全家")
        + step("round(自付 * 0.1, 2) if 成员.收入 * 2 <= 全家 else 0", more='per = "成员"', name="份额")
        + step("sum(成员.份额)"),
        outputs='["补助", "份额"]',
    )
    case = {"自付": 100, "成员": [{"收入": 10}, {"收入": 30}]}
    assert decide(path, case).outputs == {"补助": 10, "份额": [10, 0]}


def test_rules_change_with_the_day_and_silence_stays_silent(tmp_path: Path) -> None:
    parameter = """[param."标准"]
type = "money"
source = "一"
dated = [{ from = 2024-01-01, value = 500 }, { from = 2025-01-01, unknown = true }, { from = 2026-01-01, value = 1000 }]
"""
    path = write(tmp_path, flag("在档") + parameter + step("标准 if 在档 else 0"))
    assert paid(path, {"在档": True}, on=date(2024, 12, 31)) == 500
    assert decide(path, {"在档": True}, on=date(2025, 1, 1)).missing == ("标准",)
    assert paid(path, {"在档": False}, on=date(2025, 12, 31)) == 0
    assert paid(path, {"在档": True}, on=date(2026, 1, 1)) == 1000
    assert paid(path, {"在档": True}, on=date(2025, 1, 1), settings={"标准": D(600)}) == 600


def test_an_unpublished_table_cell_is_missing_only_where_it_is_asked_for(tmp_path: Path) -> None:
    body = """[input."级别"]
type = { keys_of = "奖励" }
[table."奖励"]
type = "money"
source = "一"
rows = { "技师" = 1000, "高级技师" = 2000, "高级工" = "unknown" }
"""
    path = write(tmp_path, body + step("lookup(奖励, 级别)"))
    assert paid(path, {"级别": "高级技师"}) == 2000
    assert decide(path, {"级别": "高级工"}).missing == ("奖励",)
    assert decide(path, {"级别": "学徒"}).missing[0] == "级别"


def test_a_cap_in_principle_may_be_lifted_and_only_that(tmp_path: Path) -> None:
    soft = write(tmp_path, money() + step("自付", more='cap = { at = "50000", in_principle = true }'), "soft")
    hard = write(
        tmp_path, money() + step("自付", more='cap = { at = "50000" }\nfloor = { at = "100" }'), "hard"
    )
    assert paid(soft, {"自付": 60000}) == 50000
    assert paid(soft, {"自付": 60000}, lifted={"补助": "集体研究"}) == 60000
    assert (paid(hard, {"自付": 60000}), paid(hard, {"自付": 1})) == (50000, 100)
    with pytest.raises(PolicyError, match="原则上"):
        paid(hard, {"自付": 1}, lifted={"补助": "集体研究"})


def test_another_policy_is_seen_as_nothing_when_it_excludes(tmp_path: Path) -> None:
    gate = GATE.format(name="非会员", kind="require", condition="会员")
    write(tmp_path, flag("会员") + money("费用") + gate + step("round(费用 * 0.5, 2)"), "mutual")
    use = '[uses."互助"]\npolicy = "350600/mutual"\n[uses."互助".with]\n"费用" = "max(自付 - 100, 0)"\n'
    path = write(
        tmp_path,
        money() + use + step("自付 - 互助.补助") + step("互助.excluded", "未享受", '"bool"'),
        outputs='["补助", "未享受"]',
    )
    assert decide(path, {"自付": 300, "会员": True}).outputs == {"补助": 200, "未享受": False}
    assert decide(path, {"自付": 300, "会员": False}).outputs == {"补助": 300, "未享受": True}
    assert decide(path, {"自付": 300}).missing == ("会员",)


def test_a_bound_input_out_of_the_other_policys_range_is_not_known(tmp_path: Path) -> None:
    write(tmp_path, money("费用").replace("1000000", "100") + step("费用"), "mutual")
    use = '[uses."互助"]\npolicy = "350600/mutual"\n[uses."互助".with]\n"费用" = "自付"\n'
    path = write(tmp_path, money() + use + step("互助.补助"))
    assert paid(path, {"自付": 100}) == 100
    assert decide(path, {"自付": D("100.01")}).status == "incomplete"


def test_a_personal_policy_is_run_for_each_member_and_projected_back(tmp_path: Path) -> None:
    gate = GATE.format(name="未成年", kind="require", condition="age(生日) >= 18")
    birth = '[input."生日"]\ntype = "date"\n'
    write(
        tmp_path,
        birth + money("收入").replace("1000000", "100000") + gate + step("round(收入 * 0.1, 2)"),
        "personal",
    )
    use = '[uses."个人"]\npolicy = "350600/personal"\nper = "成员"\n'
    path = write(
        tmp_path,
        MEMBERS + use + step("sum(个人.补助)") + step("count(个人.excluded)", "排除", '"int"\nunit = "人"'),
        outputs='["补助", "排除"]',
    )
    rows = [
        {"收入": 100, "生日": "1980-01-01"},
        {"收入": 500, "生日": "2020-01-01"},
        {"收入": 50, "生日": "1990-01-01"},
    ]
    assert decide(path, {"成员": rows}).outputs == {"补助": 15, "排除": 1}
    del rows[1]["收入"]
    assert decide(path, {"成员": rows}).outputs == {"补助": 15, "排除": 1}
    del rows[0]["收入"]
    assert decide(path, {"成员": rows}).missing == ("成员.收入",)


def test_policies_that_use_each_other_are_refused(tmp_path: Path) -> None:
    write(tmp_path, '[uses."甲"]\npolicy = "350600/one"\n' + step("甲.补助"), "two")
    path = write(tmp_path, '[uses."乙"]\npolicy = "350600/two"\n' + step("乙.补助"), "one")
    with pytest.raises(PolicyError, match="成环"):
        decide(path, {})


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**6))
def test_half_away_is_the_nearest_with_halves_away_from_zero(above: int, below: int) -> None:
    from fractions import Fraction

    exact = Fraction(above, below)
    got = half_away(above, below)
    assert abs(exact - got) <= Fraction(1, 2)
    if abs(exact - got) == Fraction(1, 2):
        assert abs(got) > abs(exact)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_days_months_and_years_agree_with_the_calendar(one: date, two: date) -> None:
    def typed(name: str, day: date) -> Typed:
        return Typed(ir.Ref(name), DATE, 0, calendar.EARLIEST, calendar.LATEST)

    columns = {"一": calendar.number(one), "二": calendar.number(two)}
    start, end = typed("一", one), typed("二", two)
    days = calendar.days(start, end)
    assert evaluate(days.expr, columns) == (two - one).days
    assert days.low <= (two - one).days <= days.high
    months = (two.year - one.year) * 12 + two.month - one.month - (two.day < one.day)
    assert evaluate(calendar.months(start, end).expr, columns) == months
    years = two.year - one.year - ((two.month, two.day) < (one.month, one.day))
    assert evaluate(calendar.years(start, end).expr, columns) == years
    assert evaluate(calendar.month(start).expr, columns) == one.month


def test_a_rows_helper_is_never_taken_for_the_units_of_the_same_step(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        MEMBERS
        + money()
        + step("9 == count(成员) and sum(自付 if 成员.收入 > 5 else 成员.收入) > 3", "混合", '"bool"')
        + step("sum(成员.收入, 混合 or 成员.关系 == '子女')"),
    )
    assert decide(path, {"自付": "0.001", "成员": [{"收入": None, "关系": "本人"}]}).outputs == {"补助": 0}

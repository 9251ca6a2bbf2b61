"""The equality tests can fail: each planted fault in the compiled form or in an engine's text is caught."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from niangjia.policy import ir
from niangjia.policy.records import Record, replace
from niangjia.policy.sets import expressions
from tests.policy.sets import engines
from tests.policy.sets.conftest import Compile

ON = date(2025, 10, 1)
POLICY = """[policy]
region = "350600"
scheme = "random"
title = "试验"
version = "1"
from = 2024-01-01
unit = "household"
source = "x"
outputs = ["补助", "差额", "结余"]
[input."自付"]
type = "money"
min = 0
max = 100000
[input."收入"]
type = "money"
min = -50000
max = 50000
[tier."档"]
kind = "whole"
source = "x"
rows = [{ lt = 6000, amount = 0 }, { le = 10000, amount = 500 }, { rate = 0.15 }]
[[step]]
name = "补助"
type = "money"
expr = "tier(档, 自付)"
source = "x"
[[step]]
name = "差额"
type = "money"
expr = "round(收入 / 8, 2)"
source = "x"
[[step]]
name = "结余"
type = "money"
expr = "收入 - 自付"
source = "x"
"""
CASES = [
    {"自付": Decimal(paid), "收入": Decimal(income), "成员": []}
    for paid in ("0", "5999.99", "6000", "10000", "10000.01", "12345.67", "100000")
    for income in ("-50000", "-0.05", "-0.04", "0.05", "49999.99")
]


def changed(node: Any, change: Any) -> Any:
    """The same tree with `change` applied to every node, innermost first."""
    if isinstance(node, tuple):
        return tuple(changed(part, change) for part in node)
    if isinstance(node, Record):
        parts = {name: changed(getattr(node, name), change) for name in node.__match_args__}
        node = change(replace(node, **parts))
    return node


def expected(program: ir.Program) -> list[engines.Answer]:
    return engines.by_reference(POLICY, ON, program, CASES)


def test_the_sound_program_agrees_everywhere(compiled: Compile) -> None:
    program = compiled(POLICY, ON)
    for run in (engines.by_python, engines.by_duckdb, engines.by_polars):
        assert engines.difference(expected(program), run(program, CASES)) == []
    engines.in_range(program, CASES)


def test_less_than_turned_into_at_most_in_a_tier_is_caught(compiled: Compile) -> None:
    program = compiled(POLICY, ON)

    def blunt(node: Any) -> Any:
        return replace(node, sign="<=") if isinstance(node, ir.Compare) and node.sign == "<" else node

    wrong = changed(program, blunt)
    for run in (engines.by_python, engines.by_duckdb, engines.by_polars):
        assert engines.difference(expected(program), run(wrong, CASES))


def test_a_lost_sign_in_rounding_is_caught(compiled: Compile) -> None:
    program = compiled(POLICY, ON)

    def unsigned(node: Any) -> Any:
        return replace(node, nonnegative=True) if isinstance(node, ir.Div) else node

    wrong = changed(program, unsigned)
    for run in (engines.by_python, engines.by_duckdb):
        assert engines.difference(expected(program), run(wrong, CASES))


def test_truncation_in_the_sql_text_is_caught(compiled: Compile, monkeypatch: pytest.MonkeyPatch) -> None:
    program = compiled(POLICY, ON)

    def truncating(write: expressions.Writer, expr: ir.Div) -> str:
        return f"({write(expr.left)} // {write(expr.right)})"

    monkeypatch.setitem(expressions.WRITERS, ir.Div, truncating)
    assert engines.difference(expected(program), engines.by_duckdb(program, CASES))


def test_a_wrong_interval_for_minus_is_caught(compiled: Compile) -> None:
    program = compiled(POLICY, ON)

    def careless(node: Any) -> Any:
        if isinstance(node, ir.Definition) and isinstance(node.expr, ir.Sub):
            # low - low and high - high: the classic slip of interval arithmetic.
            return replace(node, shape=replace(node.shape, low=-50_000_00 - 0, high=50_000_00 - 100_000_00))
        return node

    wrong = changed(program, careless)
    assert wrong != program
    with pytest.raises(AssertionError, match="结余"):
        engines.in_range(wrong, CASES)

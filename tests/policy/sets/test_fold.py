"""Expressions are written with less work in them, and mean the same."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.policy import ir
from niangjia.policy.sets.folding import ALWAYS, Known, fold

A, B, C = map(ir.Ref, "abc")
KNOWN = Known({"copy": A, "sure": ALWAYS}, {"b": frozenset("a")})
NONE = Known({}, {})


def both(*items: ir.Expr) -> ir.Expr:
    return ir.And(items)


def either(*items: ir.Expr) -> ir.Expr:
    return ir.Or(items)


@pytest.mark.parametrize(
    ("written", "left"),
    [
        (both(A, either(C, A)), A),
        (either(A, both(A, C)), A),
        (both(A, either(B, both(A, C))), both(A, either(B, C))),
        (either(A, both(ir.Not(A), C)), either(A, C)),
        (either(both(B, ir.Not(C)), both(ir.Not(C), B, A)), both(B, ir.Not(C))),
        (ir.Not(both(ir.Not(A), ir.Not(C))), either(A, C)),
        (ir.If(((A, ir.Const(2)), (C, ir.Const(1))), ir.Const(1)), ir.If(((A, ir.Const(2)),), ir.Const(1))),
    ],
)
def test_what_was_asked_once_is_not_asked_again(written: ir.Expr, left: ir.Expr) -> None:
    assert fold(written, NONE) == left


def test_a_column_that_follows_from_another_or_equals_it_is_not_asked_beside_it() -> None:
    assert fold(both(A, B, C), KNOWN) == both(B, C)
    assert fold(both(B, either(C, ir.Not(ir.Ref("copy")))), KNOWN) == both(B, C)


def truths(names: str) -> st.SearchStrategy[ir.Expr]:
    columns = st.sampled_from([*map(ir.Ref, [*names, "copy", "sure"]), ALWAYS])
    return st.recursive(
        columns,
        lambda inner: st.one_of(
            st.builds(ir.Not, inner),
            st.builds(ir.And, st.lists(inner, max_size=4).map(tuple)),
            st.builds(ir.Or, st.lists(inner, max_size=4).map(tuple)),
            st.builds(ir.If, st.lists(st.tuples(inner, inner), max_size=2).map(tuple), inner),
        ),
        max_leaves=16,
    )


def holds(expr: ir.Expr, case: dict[str, bool]) -> bool:
    match expr:
        case ir.Ref(name):
            return case[name]
        case ir.Truth(value):
            return value
        case ir.Not(item):
            return not holds(item, case)
        case ir.And(items):
            return all(holds(item, case) for item in items)
        case ir.Or(items):
            return any(holds(item, case) for item in items)
        case ir.If(branches, otherwise):
            taken = (value for condition, value in branches if holds(condition, case))
            return holds(next(taken, otherwise), case)
    raise AssertionError(expr)


@given(truths("abc"))
def test_nothing_else_changes(expr: ir.Expr) -> None:
    folded = fold(expr, KNOWN)
    for a, b, c in product((False, True), repeat=3):
        case = {"a": a or b, "b": b, "c": c, "copy": a or b, "sure": True}
        assert holds(folded, case) == holds(expr, case)

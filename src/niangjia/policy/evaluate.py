"""Evaluates IR over a dictionary of columns: for the few expressions an explanation looks at one by one."""

from __future__ import annotations

from collections.abc import Mapping

from niangjia.policy import ir
from niangjia.policy.typed import half_away


def evaluate(node: ir.Expr, columns: Mapping[str, int]) -> int:
    """The integer of an expression; booleans are 0 and 1."""

    def go(part: ir.Expr) -> int:
        return evaluate(part, columns)

    match node:
        case ir.Const(value) | ir.Truth(value):
            return int(value)
        case ir.Ref(name):
            return int(columns[name])
        case ir.Add(left, right):
            return go(left) + go(right)
        case ir.Sub(left, right):
            return go(left) - go(right)
        case ir.Mul(left, right):
            return go(left) * go(right)
        case ir.Div(left, right, mode):
            return half_away(go(left), go(right)) if mode == "half" else go(left) // go(right)
        case ir.Min(items):
            return min(map(go, items))
        case ir.Max(items):
            return max(map(go, items))
        case ir.If(branches, otherwise):
            return go(next((value for condition, value in branches if go(condition)), otherwise))
        case ir.Compare(sign, left, right):
            return int(_compare(sign, go(left), go(right)))
        case ir.In(item, values):
            return int(go(item) in values)
        case ir.And(items):
            return int(all(map(go, items)))
        case ir.Or(items):
            return int(any(map(go, items)))
        case ir.Not(item):
            return int(not go(item))


def _compare(sign: str, left: int, right: int) -> bool:
    return {
        "<": left < right,
        "<=": left <= right,
        ">": left > right,
        ">=": left >= right,
        "==": left == right,
        "!=": left != right,
    }[sign]

"""Typed arithmetic: an IR expression with its scale, proved bounds, unit, and the flags it needs to be known.

Every operation follows the bounds and refuses what could leave 64 bits, mix units, or lose digits.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal

from niangjia.policy import ir, units
from niangjia.policy.errors import PolicyError
from niangjia.policy.records import Record, replace

LARGEST = 2**63 - 1
MOST_DIGITS = 18
NUMBER, BOOL, DATE, CHOICE = "number", "bool", "date", "choice"
_KIND_NAMES = {
    NUMBER: ("数", "a number"),
    BOOL: ("是非（真/假）", "true or false"),
    DATE: ("日期", "a day"),
    CHOICE: ("选项", "a choice"),
}
Known = frozenset[str]


class Typed(Record):
    """`unit` None = a bare number. `label` is set for a quoted label that has not met its choice yet."""

    expr: ir.Expr
    kind: str
    scale: int = 0
    low: int = 0
    high: int = 1
    unit: units.Unit | None = None
    choices: tuple[str, ...] = ()
    known: Known = frozenset()
    label: str | None = None

    @property
    def known_expr(self) -> ir.Expr:
        return flags(self.known)


def flags(known: Known) -> ir.Expr:
    refs = tuple(ir.Ref(name) for name in sorted(known))
    if not refs:
        return ir.Truth(True)
    return refs[0] if len(refs) == 1 else ir.And(refs)


def where_known(value: Typed, expr: ir.Expr) -> ir.Expr:
    """`expr`, but true while the value is not known: what it is made of is missing then, not this."""
    return ir.Or((ir.Not(value.known_expr), expr)) if value.known else expr


def constant(value: Decimal, unit: units.Unit | None = None) -> Typed:
    """A number with the scale of its written text: 0.150 has three digits."""
    exponent = value.as_tuple().exponent
    scale = max(-exponent, 0) if isinstance(exponent, int) else 0
    scaled = int(value.scaleb(scale))
    return checked(Typed(ir.Const(scaled), NUMBER, scale, scaled, scaled, unit))


def checked(value: Typed) -> Typed:
    if value.low < -LARGEST or value.high > LARGEST or value.scale > MOST_DIGITS:
        raise PolicyError(
            "这里的数可能超过 64 位整数，请缩小输入的 min/max，或先用 round(…, 2) 去掉多余的小数位。",
            "This number could pass 64 bits; narrow the inputs' min/max or round(…, 2) first.",
        )
    return value


def need(value: Typed, kind: str) -> Typed:
    if value.kind != kind:
        is_zh, is_en = _KIND_NAMES.get(value.kind, ("文字", "a text"))
        want_zh, want_en = _KIND_NAMES[kind]
        raise PolicyError(f"这里需要{want_zh}，得到的是{is_zh}。", f"This needs {want_en}, not {is_en}.")
    return value


def same_unit(left: Typed, right: Typed) -> units.Unit | None:
    if not units.agree(left.unit, right.unit):
        raise PolicyError(
            f"单位不同，不能相加或相比：{units.show(left.unit)} 与 {units.show(right.unit)}。",
            f"Units differ and cannot be added or compared: "
            f"{units.show_en(left.unit)} and {units.show_en(right.unit)}.",
        )
    return left.unit if left.unit is not None else right.unit


def rescale(value: Typed, scale: int) -> Typed:
    """The same number with more digits."""
    if value.kind != NUMBER or value.scale == scale:
        return value
    factor = 10 ** (scale - value.scale)
    expr = (
        ir.Const(value.expr.value * factor)
        if isinstance(value.expr, ir.Const)
        else ir.Mul(value.expr, ir.Const(factor))
    )
    return checked(replace(value, expr=expr, scale=scale, low=value.low * factor, high=value.high * factor))


def align(values: Sequence[Typed]) -> list[Typed]:
    scale = max(value.scale for value in values)
    return [rescale(value, scale) for value in values]


def together(values: Sequence[Typed]) -> Known:
    return frozenset().union(*(value.known for value in values))


def add(left: Typed, right: Typed, sign: int = 1) -> Typed:
    need(left, NUMBER), need(right, NUMBER)
    unit = same_unit(left, right)
    one, two = align([left, right])
    low, high = (
        (one.low + two.low, one.high + two.high) if sign > 0 else (one.low - two.high, one.high - two.low)
    )
    make = ir.Add if sign > 0 else ir.Sub
    return checked(
        Typed(make(one.expr, two.expr), NUMBER, one.scale, low, high, unit, known=together([left, right]))
    )


def multiply(left: Typed, right: Typed) -> Typed:
    need(left, NUMBER), need(right, NUMBER)
    corners = [one * two for one in (left.low, left.high) for two in (right.low, right.high)]
    expr: ir.Expr = ir.Mul(left.expr, right.expr)
    if isinstance(left.expr, ir.Const) and isinstance(right.expr, ir.Const):
        expr = ir.Const(left.expr.value * right.expr.value)
    unit = units.times(left.unit, right.unit)
    known = together([left, right])
    return checked(
        Typed(expr, NUMBER, left.scale + right.scale, min(corners), max(corners), unit, known=known)
    )


def negate(value: Typed) -> Typed:
    need(value, NUMBER)
    expr = (
        ir.Const(-value.expr.value) if isinstance(value.expr, ir.Const) else ir.Sub(ir.Const(0), value.expr)
    )
    return replace(value, expr=expr, low=-value.high, high=-value.low)


def half_away(above: int, below: int) -> int:
    """above / below to the nearest integer, halves away from zero."""
    size = (abs(above) + below // 2) // below
    return size if above >= 0 else -size


def divide(above: Typed, below: Typed, digits: int, mode: str) -> Typed:
    """above / below kept to `digits` decimals: mode half, floor or ceil."""
    need(above, NUMBER), need(below, NUMBER)
    if below.low <= 0:
        raise PolicyError(
            "除数可能为 0 或负数，请用 max(除数, 1) 或给输入写 min。",
            "The divisor could be zero or below; use max(divisor, 1) or give the input a min.",
        )
    if mode == "ceil":
        return negate(divide(negate(above), below, digits, "floor"))
    shift = digits + below.scale - above.scale
    unit, known = units.times(above.unit, below.unit, -1), together([above, below])
    top = rescale(replace(above, scale=0), shift) if shift > 0 else replace(above, scale=0)
    base = rescale(replace(below, scale=0), -shift) if shift < 0 else replace(below, scale=0)
    widest = max(abs(top.low), abs(top.high)) + base.high // 2
    checked(replace(top, low=-widest, high=widest))
    exact: Callable[[int, int], int] = half_away if mode == "half" else lambda a, b: a // b
    ends = [exact(a, b) for a in (top.low, top.high) for b in (base.low, base.high)]
    if isinstance(base.expr, ir.Const) and base.expr.value == 1:
        expr: ir.Expr = top.expr
    else:
        expr = ir.Div(top.expr, base.expr, "half" if mode == "half" else "floor", top.low >= 0)
    return checked(Typed(expr, NUMBER, digits, min(ends), max(ends), unit, known=known))


ONE = Typed(ir.Const(1), NUMBER, 0, 1, 1, None)


def rounded(value: Typed, digits: int) -> Typed:
    if value.scale <= digits:
        return rescale(value, digits)
    return divide(value, ONE, digits, "half")


def smallest(values: Sequence[Typed], largest: bool = False) -> Typed:
    unit: units.Unit | None = None
    for value in values:
        need(value, NUMBER)
        unit = same_unit(replace(value, unit=unit), value)
    even = align(values)
    pick = max if largest else min
    low, high = pick(each.low for each in even), pick(each.high for each in even)
    items = tuple(each.expr for each in even)
    expr: ir.Expr = ir.Max(items) if largest else ir.Min(items)
    return Typed(expr, NUMBER, even[0].scale, low, high, unit, known=together(values))


def meet(values: Sequence[Typed]) -> list[Typed]:
    """Bring the sides of a comparison or the branches of a choice to one kind, unit, scale and label list."""
    labelled = next((value for value in values if value.kind == CHOICE and value.label is None), None)
    if labelled is not None:
        values = [as_label(value, labelled.choices) if value.label is not None else value for value in values]
    first = values[0]
    for value in values[1:]:
        need(value, first.kind)
        if value.choices != first.choices:
            raise PolicyError(
                f"选项不同：{'、'.join(first.choices)} 与 {'、'.join(value.choices)}。",
                f"The choices differ: {', '.join(first.choices)} and {', '.join(value.choices)}.",
            )
    if first.kind != NUMBER:
        return list(values)
    unit: units.Unit | None = None
    for value in values:
        unit = same_unit(replace(value, unit=unit), value)
    return [replace(value, unit=unit) for value in align(values)]


def as_label(value: Typed, choices: tuple[str, ...]) -> Typed:
    if value.label not in choices:
        raise PolicyError(
            f"没有选项“{value.label}”，可用：{'、'.join(choices)}。",
            f"There is no choice '{value.label}'; known: {', '.join(choices)}.",
        )
    at = choices.index(value.label)
    return Typed(ir.Const(at), CHOICE, 0, at, at, None, choices)


def compare(sign: str, left: Typed, right: Typed) -> Typed:
    one, two = meet([left, right])
    if one.label is not None:
        raise PolicyError(
            "两边都是文字，无法比较。", "Both sides are quoted texts; there is nothing to compare."
        )
    if one.kind in (BOOL, CHOICE) and sign not in ("==", "!="):
        raise PolicyError("是非和选项只能用 == 或 !=。", "True/false and choices only know == and !=.")
    return Typed(ir.Compare(sign, one.expr, two.expr), BOOL, known=together([left, right]))


def union(values: Sequence[Typed]) -> Typed:
    """The type and bounds that cover all branches; the caller fills in `expr` and `known`."""
    return replace(values[0], low=min(v.low for v in values), high=max(v.high for v in values))

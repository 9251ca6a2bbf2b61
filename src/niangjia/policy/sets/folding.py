"""Expressions with less work in them: what is known before the run is put in, and what follows from it falls away.

A flag that an archive's own statistics prove true takes its column, its tests and its place in each `AND` with it.
"""

from collections.abc import Mapping

from niangjia.policy import ir

Known = Mapping[str, ir.Truth]
ALWAYS, NEVER = ir.Truth(True), ir.Truth(False)


def fold(expr: ir.Expr, known: Known) -> ir.Expr:
    """The same value, given the columns whose truth is `known`: no + 0, no choice between plain truths."""
    match expr:
        case ir.Ref(name):
            return known.get(name, expr)
        case ir.Const() | ir.Truth():
            return expr
        case ir.Not(item):
            return _not(fold(item, known))
        case ir.And(items):
            return _and(tuple(fold(item, known) for item in items))
        case ir.Or(items):
            return _or(tuple(fold(item, known) for item in items))
        case ir.If(branches, otherwise):
            return _choice(branches, otherwise, known)
        case ir.Compare(sign, left, right):
            return ir.Compare(sign, fold(left, known), fold(right, known))
        case ir.In(item, values):
            return ir.In(fold(item, known), values)
        case ir.Min(items):
            return ir.Min(tuple(fold(item, known) for item in items))
        case ir.Max(items):
            return ir.Max(tuple(fold(item, known) for item in items))
        case ir.Div(left, right, mode, nonnegative):
            return ir.Div(fold(left, known), fold(right, known), mode, nonnegative)
    return _sum(expr, known)


def _sum(expr: ir.Add | ir.Sub | ir.Mul, known: Known) -> ir.Expr:
    left, right = fold(expr.left, known), fold(expr.right, known)
    if isinstance(expr, ir.Add | ir.Sub) and right == ir.Const(0):
        return left
    if isinstance(expr, ir.Add) and left == ir.Const(0):
        return right
    return type(expr)(left, right)


def _not(item: ir.Expr) -> ir.Expr:
    if isinstance(item, ir.Truth):
        return ir.Truth(not item.value)
    return item.item if isinstance(item, ir.Not) else ir.Not(item)


def _and(items: tuple[ir.Expr, ...]) -> ir.Expr:
    kept = _flat(ir.And, items, ALWAYS)
    return NEVER if NEVER in kept else kept[0] if len(kept) == 1 else ir.And(kept) if kept else ALWAYS


def _or(items: tuple[ir.Expr, ...]) -> ir.Expr:
    kept = _flat(ir.Or, items, NEVER)
    return ALWAYS if ALWAYS in kept else kept[0] if len(kept) == 1 else ir.Or(kept) if kept else NEVER


def _flat(
    kind: type[ir.And] | type[ir.Or], items: tuple[ir.Expr, ...], neutral: ir.Truth
) -> tuple[ir.Expr, ...]:
    """The items that matter, each once; those of an item of the same kind stand beside the others."""
    spread = [part for one in items for part in (one.items if isinstance(one, kind) else (one,))]
    return tuple(dict.fromkeys(part for part in spread if part != neutral))


def _choice(branches: tuple[tuple[ir.Expr, ir.Expr], ...], otherwise: ir.Expr, known: Known) -> ir.Expr:
    """Branches that cannot be taken are left out, and all behind one that is always taken."""
    last = fold(otherwise, known)
    kept: list[tuple[ir.Expr, ir.Expr]] = []
    for condition, value in branches:
        condition = fold(condition, known)
        if condition == ALWAYS:
            last = fold(value, known)
            break
        if condition != NEVER:
            kept.append((condition, fold(value, known)))
    if not kept:
        return last
    if len(kept) == 1:
        return _logic(*kept[0], last) or ir.If(tuple(kept), last)
    return ir.If(tuple(kept), last)


def _logic(condition: ir.Expr, value: ir.Expr, otherwise: ir.Expr) -> ir.Expr | None:
    """`value if condition else otherwise` as plain logic, which engines vectorise, where one of the two is a truth."""
    if isinstance(value, ir.Truth):
        if value == otherwise:
            return value
        return _or((condition, otherwise)) if value.value else _and((_not(condition), otherwise))
    if isinstance(otherwise, ir.Truth):
        return _or((_not(condition), value)) if otherwise.value else _and((condition, value))
    return None

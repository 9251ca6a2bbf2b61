"""Expressions with less work in them: what is known before the run is put in, and what follows from it falls away.

A flag that an archive's own statistics prove true takes its column, its tests and its place in each `AND` with it; what
an `AND` or `OR` has asked once is not asked again inside it.
"""

from collections.abc import Iterable, Mapping

from niangjia.policy import ir
from niangjia.policy.records import Record

ALWAYS, NEVER = ir.Truth(True), ir.Truth(False)
NOTHING: frozenset[str] = frozenset()
Joint = ir.And | ir.Or


class Known(Record):
    """Columns that are a constant or another column (which is none itself), and the truths that hold where a column
    holds.
    """

    values: Mapping[str, ir.Expr]
    follows: Mapping[str, frozenset[str]]

    def of(self, ref: ir.Ref) -> ir.Expr:
        value = self.values.get(ref.name, ref)
        return self.values.get(value.name, value) if isinstance(value, ir.Ref) else value

    def within(self, told: Mapping[str, ir.Expr]) -> "Known":
        return Known({**self.values, **told}, self.follows) if told else self


def fold(expr: ir.Expr, known: Known) -> ir.Expr:
    """The same value, given what is `known`: no + 0, no choice between plain truths, no truth asked twice."""
    match expr:
        case ir.Ref():
            return known.of(expr)
        case ir.Const() | ir.Truth():
            return expr
        case ir.Not(item):
            return _not(fold(item, known))
        case ir.And() | ir.Or():
            return _joint(expr, known)
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
    if isinstance(item, ir.And | ir.Or) and all(isinstance(part, ir.Not) for part in item.items):
        return _join(ir.Or if isinstance(item, ir.And) else ir.And, map(_bare, item.items))
    return item.item if isinstance(item, ir.Not) else ir.Not(item)


def _joint(expr: Joint, known: Known) -> ir.Expr:
    """Plain columns first: inside the other items of an `AND` they hold, inside those of an `OR` they do not."""
    kind, hold = type(expr), isinstance(expr, ir.And)
    items = _spread(kind, expr.items)
    plain = {item: fold(item, known) for item in items if isinstance(_bare(item), ir.Ref | ir.Truth)}
    told = {
        name: ir.Truth(isinstance(item, ir.Ref) == hold)
        for item in plain.values()
        if isinstance(column := _bare(item), ir.Ref)
        for name in (column.name, *_following(known, item, hold))
    }
    inside = known.within(told)
    return _join(kind, (plain.get(item) or fold(item, inside) for item in items), known)


def _following(known: Known, item: ir.Expr, hold: bool) -> frozenset[str]:
    """What holds too, inside an `AND`, where a column does."""
    return known.follows.get(item.name, NOTHING) if hold and isinstance(item, ir.Ref) else NOTHING


def _bare(item: ir.Expr) -> ir.Expr:
    return item.item if isinstance(item, ir.Not) else item


def _and(*items: ir.Expr) -> ir.Expr:
    return _join(ir.And, items)


def _or(*items: ir.Expr) -> ir.Expr:
    return _join(ir.Or, items)


def _join(kind: type[Joint], items: Iterable[ir.Expr], known: Known | None = None) -> ir.Expr:
    """The items that matter, each once; one that says more than another adds nothing to an `OR`, one that says less
    nothing to an `AND`.
    """
    neutral, decisive = (ALWAYS, NEVER) if kind is ir.And else (NEVER, ALWAYS)
    kept = tuple(dict.fromkeys(item for item in _spread(kind, items) if item != neutral))
    if decisive in kept:
        return decisive
    if known and kind is ir.And:
        implied = frozenset[str]().union(*(_following(known, item, True) for item in kept))
        kept = tuple(item for item in kept if not (isinstance(item, ir.Ref) and item.name in implied))
    kept = _unabsorbed(ir.Or if kind is ir.And else ir.And, kept)
    return kept[0] if len(kept) == 1 else kind(kept) if kept else neutral


def _spread(kind: type[Joint], items: Iterable[ir.Expr]) -> list[ir.Expr]:
    """Those of an item of the same kind stand beside the others."""
    return [part for one in items for part in (_spread(kind, one.items) if isinstance(one, kind) else (one,))]


def _unabsorbed(other: type[Joint], items: tuple[ir.Expr, ...]) -> tuple[ir.Expr, ...]:
    if len(items) < 2 or not any(isinstance(item, other) for item in items):
        return items
    parts = [frozenset(item.items) if isinstance(item, other) else frozenset([item]) for item in items]
    return tuple(
        item for item, own in zip(items, parts, strict=True) if not any(part < own for part in parts)
    )


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
    while kept and kept[-1][1] == last:
        kept.pop()
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
        return _or(condition, otherwise) if value.value else _and(_not(condition), otherwise)
    if isinstance(otherwise, ir.Truth):
        return _or(_not(condition), value) if otherwise.value else _and(condition, value)
    return None

"""Facts as columns: what the case gives, the fields of its rows, and inputs that are formulas elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from niangjia.policy import ir, typed, units
from niangjia.policy.conversion import as_type
from niangjia.policy.errors import PolicyError
from niangjia.policy.layout import UNIT
from niangjia.policy.model import Input
from niangjia.policy.notes import BoundNote
from niangjia.policy.records import replace
from niangjia.policy.typed import BOOL, CHOICE, DATE, NUMBER, Typed

if TYPE_CHECKING:
    from niangjia.policy.scopes import Scope


def given(scope: Scope, made: Input) -> Typed:
    """An input of the program itself."""
    at = scope.border_of(made, made.name)
    scope.layout.inputs[made.name] = at
    scope.layout.gap(made.name, at.flag, "fact")
    scope.notes.inputs[made.name] = made
    return _seen(at, made)


def of_row(scope: Scope, relation: str, made: Input) -> Typed:
    """A field of a list, the same column for every policy that asks for it."""

    def build() -> Typed:
        rows(scope, relation)
        at = scope.border_of(made, f"{relation}.{made.name}")
        scope.layout.add_field(relation, at)
        (flag,) = scope.row_flags(relation, frozenset([at.flag]))
        scope.layout.gap(at.column, flag, "row")
        scope.notes.fields[at.column] = made
        return _seen(at, made)

    root = scope.root()
    return root.memo(("field", f"{relation}.{made.name}"), build)


def rows(scope: Scope, name: str) -> str:
    """Declares a list; the flag that it has as many rows as allowed."""
    made = scope.policy.relations[name]
    flag = f"known·{name}"
    if name not in scope.layout.relations:
        scope.layout.relations[name] = ir.Relation(name, flag, made.key, (), made.min_count, made.max_count)
        scope.layout.gap(name, flag, "fact")
    return flag


def bound(scope: Scope, made: Input, value: Typed) -> Typed:
    """An input of a used policy that is a formula here: held within its range, not known outside."""
    at = scope.border_of(made, scope.alias + made.name)
    want = _seen(at, made)
    try:
        value = as_type(value, scope.with_choices(made.type))
    except PolicyError as error:
        raise error.within(item=f"{scope.alias}输入“{made.name}”") from None
    if value.kind not in (NUMBER, DATE) or (want.low <= value.low and value.high <= want.high):
        return value
    held = ir.Max((ir.Min((value.expr, ir.Const(want.high))), ir.Const(want.low)))
    column = scope.layout.define(scope.frame, ir.Definition(at.column, held, at.shape, "part"))
    inside = (
        ir.Compare(">=", value.expr, ir.Const(want.low)),
        ir.Compare("<=", value.expr, ir.Const(want.high)),
    )
    fits = typed.where_known(value, ir.And(inside))
    known = value.known | scope.layout.flag(scope.frame, at.flag, fits)
    scope.layout.gap(at.column, _of_unit(scope, at.flag), "bound")
    scope.notes.bounds[at.column] = BoundNote(scope.policy, made, at.shape)
    return replace(value, expr=column, low=want.low, high=want.high, known=known)


def _of_unit(scope: Scope, flag: str) -> str:
    return flag if scope.frame == UNIT else scope.layout.gathered(scope.frame, flag)


def _seen(at: ir.Input, made: Input) -> Typed:
    shape = at.shape
    kind = {"bool": BOOL, "date": DATE, "choice": CHOICE}.get(shape.type, NUMBER)
    unit = units.parse(made.type.unit) if kind == NUMBER else None
    return Typed(
        ir.Ref(at.column), kind, shape.scale, shape.low, shape.high, unit, shape.choices, frozenset([at.flag])
    )

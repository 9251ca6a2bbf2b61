"""Parameters, tiers and lookups of the day as constants and conditions; what print leaves open stays
unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from niangjia.policy import ir, tiers, typed, units
from niangjia.policy.conversion import empty, literal, nearest, setting
from niangjia.policy.errors import PolicyError
from niangjia.policy.hosts import Host
from niangjia.policy.layout import UNIT
from niangjia.policy.model import Scalar, Table
from niangjia.policy.records import replace
from niangjia.policy.typed import NUMBER, Typed

if TYPE_CHECKING:
    from niangjia.policy.scopes import Scope


def parameter(scope: Scope, name: str) -> Typed:
    made = scope.policy.parameters[name]
    item, type_ = f"参数“{name}”", scope.with_choices(made.type)
    entry = scope.entry(made.values, item)
    value, known = entry.value, typed.Known()
    if scope.parent is None and name in scope.settings:
        value = another(scope, name)
    if value is None:
        known = scope.unknown_rule(made)
        value = nearest(made.values, entry, type_)
    try:
        return replace(literal(value, type_), known=known)
    except PolicyError as error:
        raise error.within(file=made.origin, item=item) from None


def another(scope: Scope, name: str) -> Scalar:
    """What the caller puts in the place of a parameter, refused with a sentence when it cannot be one."""
    made = scope.policy.parameters[name]
    try:
        return setting(scope.settings[name], scope.with_choices(made.type), made.values)
    except PolicyError as error:
        raise error.within(file=scope.policy.path.name, item=f"参数“{name}”") from None


def tier(scope: Scope, name: str, argument: Typed, kind: str, host: Host) -> Typed:
    tier = scope.policy.tiers.get(name)
    if tier is None:
        raise scope.unknown(name)
    entry = scope.entry(tier.rows, f"档位“{name}”")
    if entry.value is None:
        known = argument.known | scope.unknown_rule(tier)
        return Typed(ir.Const(0), NUMBER, 2, 0, 0, units.parse(tier.gives), known=known)
    try:
        tiers.check_rows(entry.value)
    except PolicyError as error:
        raise error.within(file=tier.origin, item=f"档位“{name}”") from None
    host.marks.append(tiers.mark(tier, entry.value, argument))
    return tiers.lower(tier, entry.value, argument, kind or tier.kind)


def lookup(scope: Scope, name: str, key: Typed, host: Host) -> Typed:
    table = scope.policy.tables.get(name)
    if table is None:
        raise scope.unknown(name)
    type_ = scope.with_choices(table.type)
    rows = scope.entry(table.rows, f"表“{name}”").value
    if rows is None:
        return replace(literal(empty(type_), type_), known=key.known | scope.unknown_rule(table))
    _check_keys(name, rows, key.choices, table.default)
    values = [rows.get(label, table.default) for label in key.choices]
    cells = typed.align([literal(empty(type_) if value is None else value, type_) for value in values])
    whole = typed.union(cells)
    branches = tuple(
        (ir.Compare("==", key.expr, ir.Const(at)), cell.expr) for at, cell in enumerate(cells[:-1])
    )
    expr = ir.If(branches, cells[-1].expr) if branches else cells[0].expr
    silent = tuple(at for at, value in enumerate(values) if value is None)
    known = key.known | (_silent_cells(scope, table, key, silent, host) if silent else typed.Known())
    return replace(whole, expr=expr, known=known)


def _check_keys(
    name: str, rows: dict[str, Scalar | None], choices: tuple[str, ...], default: Scalar | None
) -> None:
    missing = [label for label in choices if label not in rows]
    if missing and default is None:
        raise PolicyError(
            f'表“{name}”缺少“{"、".join(missing)}”，请补上、写 default 或写 "unknown"。',
            f"The table '{name}' lacks {', '.join(missing)}; add it, give a default, or say \"unknown\".",
        )
    extra = [label for label in rows if label not in choices]
    if extra:
        raise PolicyError(
            f"表“{name}”的“{'、'.join(extra)}”不在选项之中。",
            f"{', '.join(extra)} of '{name}' is not among the choices.",
        )


def _silent_cells(scope: Scope, table: Table, key: Typed, silent: tuple[int, ...], host: Host) -> typed.Known:
    printed = typed.where_known(key, ir.Not(ir.In(key.expr, silent)))
    known = host.flag_for(printed, host.frame)
    (flag,) = known if host.frame == UNIT else scope.row_flags(host.frame, known)
    scope.silent(table, flag)
    return known

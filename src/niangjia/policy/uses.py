"""Other policies inside a program: their inputs bound to formulas here, their results seen from here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from niangjia.policy import ir, typed
from niangjia.policy.errors import PolicyError
from niangjia.policy.hosts import Host, shape_of
from niangjia.policy.layout import Cause
from niangjia.policy.lowering import Lowering
from niangjia.policy.model import Policy, Use
from niangjia.policy.records import replace
from niangjia.policy.text import parse
from niangjia.policy.typed import BOOL, DATE, NUMBER, Typed

if TYPE_CHECKING:
    from niangjia.policy.scopes import Scope


def of_use(scope: Scope, use: Use, name: str, frame: str) -> Typed:
    """`alias.name` as a formula sees it; `alias.excluded` tells whether a gate of theirs is proved."""
    if use.per and frame != use.per:
        raise PolicyError(
            f"“{use.alias}”按“{use.per}”逐行计算，请放进 sum、count、any、all。",
            f"'{use.alias}' is computed per row of '{use.per}'; put it into sum, count, any or all.",
        )
    other = used(scope, use)
    excluded, settled = other.excluded()
    if name == "excluded":
        whole = ir.Or((excluded, typed.flags(settled)))
        known = other.layout.flag(other.frame, f"{other.alias}known·excluded", whole, Cause(settled))
        return Typed(excluded, BOOL, known=known)
    if name not in other.policy.steps:
        raise PolicyError(f"“{use.policy}”没有步骤“{name}”。", f"'{use.policy}' has no step '{name}'.")
    return other.memo(("seen", name), lambda: _seen_outside(other, name, excluded, settled))


def used(scope: Scope, use: Use) -> Scope:
    """The other policy as a scope of the same program, its inputs bound to formulas here."""
    if use.alias not in scope.others:
        policy = scope.library.used(use, scope.on)
        _check_use(scope, use, policy)
        other = replace(
            scope,
            policy=policy,
            settings={},
            alias=f"{scope.alias}{use.alias}/",
            frame=use.per or scope.frame,
            bindings={},
            parent=scope,
            made={},
            active=[],
            others={},
            shut=None,
        )
        for name in policy.inputs:
            binding = _binding(scope, use, name, other.frame)
            if binding is not None:
                other.bindings[name] = binding
        scope.others[use.alias] = other
    return scope.others[use.alias]


def _check_use(scope: Scope, use: Use, policy: Policy) -> None:
    above: Scope | None = scope
    while above is not None:
        if above.policy.id == policy.id:
            raise PolicyError(
                f"政策互相引用成环：{policy.id}。", f"Policies use each other in a circle: {policy.id}."
            )
        above = above.parent
    unknown = [name for name in use.bindings if name not in policy.inputs]
    if unknown:
        raise PolicyError(
            f"“{use.policy}”没有输入“{'、'.join(unknown)}”。",
            f"'{use.policy}' has no input {', '.join(unknown)}.",
        ).within(item=f"引用“{use.alias}”")


def _binding(scope: Scope, use: Use, name: str, frame: str) -> Callable[[], Typed] | None:
    if name in use.bindings:
        return lambda: _lower_binding(scope, use, name, frame)
    relation = scope.policy.relations.get(use.per)
    step = scope.policy.steps.get(name)
    of_row = relation is not None and any(each.name == name for each in relation.fields)
    if of_row or (use.per and step is not None and step.per == use.per):
        return lambda: scope.member(use.per, name, frame)
    if name in scope.policy.inputs or name in scope.policy.steps or name in scope.policy.parameters:
        return lambda: scope.name(name, frame)
    return None


def _lower_binding(scope: Scope, use: Use, name: str, frame: str) -> Typed:
    host = Host(f"{scope.alias}{use.alias}/{name}", frame, scope)
    try:
        return host.column_for(Lowering(parse(use.bindings[name]), host).whole(), frame)
    except PolicyError as error:
        raise error.within(file=scope.policy.path.name, item=f"引用“{use.alias}”的“{name}”") from None


def _seen_outside(scope: Scope, name: str, excluded: ir.Expr, settled: typed.Known) -> Typed:
    """A step as a using policy sees it: nothing (0, false, first label) from an excluded case."""
    value = scope.step(scope.policy.steps[name])
    if not scope.policy.gates:
        return value
    nothing: ir.Expr = ir.Truth(False) if value.kind == BOOL else ir.Const(0)
    if value.kind == DATE:
        nothing = ir.Const(value.low)
    column = f"{scope.alias}{name}·seen"
    low, high = (min(value.low, 0), max(value.high, 0)) if value.kind == NUMBER else (value.low, value.high)
    seen = replace(value, low=low, high=high)
    expr = ir.If(((excluded, nothing),), value.expr)
    ref = scope.layout.define(scope.frame, ir.Definition(column, expr, shape_of(seen), "part"))
    needed = settled | value.known
    whole = ir.Or((excluded, typed.flags(needed)))
    known = scope.layout.flag(scope.frame, f"{scope.alias}known·{name}·seen", whole, Cause(needed))
    return replace(seen, expr=ref, known=known)

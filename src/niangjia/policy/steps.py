"""Lowers one step: formula or cases of the day, declared type, floor and cap, and its note for the trace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from niangjia.policy import ir, typed
from niangjia.policy.conversion import as_type, empty, literal
from niangjia.policy.errors import PolicyError
from niangjia.policy.hosts import Host, shape_of
from niangjia.policy.layout import UNIT
from niangjia.policy.lowering import Lowering
from niangjia.policy.model import Entry, Formula, Limit, Step
from niangjia.policy.notes import LimitNote, StepNote, Written, written
from niangjia.policy.records import replace
from niangjia.policy.text import parse
from niangjia.policy.typed import BOOL, CHOICE, NUMBER, Typed

if TYPE_CHECKING:
    from niangjia.policy.scopes import Scope


class StepLowering:
    """One step: its formula or cases for the day, its type, its floor and cap, its note for the trace."""

    def __init__(self, scope: Scope, step: Step) -> None:
        self.scope = scope
        self.step = step
        self.frame = step.per or scope.frame
        base = f"{step.per}.{step.name}" if step.per else step.name
        self.column = scope.alias + base
        self.host = Host(self.column, self.frame, scope)
        self.type = scope.with_choices(step.type)
        self.conditions: list[Written] = []
        self.formulas: list[Written] = []
        self.row: ir.Expr | None = None
        self.limits: list[LimitNote] = []

    def whole(self) -> Typed:
        scope, step = self.scope, self.step
        if step.per and (scope.frame != UNIT or step.per not in scope.policy.relations):
            raise PolicyError(f"per 的列表“{step.per}”不存在。", f"There is no list '{step.per}' for 'per'.")
        entry = scope.entry(step.formulas, f"步骤“{step.name}”")
        value = self._value(entry)
        for kind, limit in (("floor", step.floor), ("cap", step.cap)):
            if limit is not None:
                value = self._limited(value, kind, limit)
        shape = shape_of(value, self.type.name)
        ref = scope.layout.define(self.frame, ir.Definition(self.column, value.expr, shape))
        scope.notes.steps.append(
            StepNote(
                step,
                scope.policy,
                scope.alias,
                self.frame,
                self.column,
                shape,
                value.known,
                tuple(self.formulas),
                tuple(self.conditions),
                self.row,
                tuple(self.host.marks),
                entry,
                tuple(self.limits),
            )
        )
        return replace(value, expr=ref)

    def _value(self, entry: Entry[Formula]) -> Typed:
        if entry.value is None:
            known = self.scope.unknown_rule(self.step)
            return replace(as_type(literal(empty(self.type), self.type), self.type), known=known)
        if entry.value.expr:
            return as_type(self._lower(entry.value.expr, self.formulas), self.type)
        return self._cases(entry.value)

    def _lower(self, formula: str, kept: list[Written]) -> Typed:
        source = parse(formula)
        host = self.host
        before = len(host.slots), len(host.turns), len(host.tests)
        value = Lowering(source, self.host).whole()
        kept.append(written(source, host, *before))
        return value

    def _cases(self, formula: Formula) -> Typed:
        rows = formula.cases
        if rows[-1].when is not None or any(row.when is None for row in rows[:-1]):
            raise PolicyError(
                "除最后一行外，每行都要写 when；最后一行不写。",
                "Every row but the last has a 'when'; the last has none.",
            )
        values, conditions = [], []
        for number, row in enumerate(rows, 1):
            try:
                if row.when is not None:
                    conditions.append(typed.need(self._lower(row.when, self.conditions), BOOL))
                values.append(self._then(row.then))
            except PolicyError as error:
                raise error.within(item=f"步骤“{self.step.name}”第 {number} 行") from None
        if not conditions:
            return values[0]
        self.row = ir.If(
            tuple((condition.expr, ir.Const(at)) for at, condition in enumerate(conditions)),
            ir.Const(len(rows) - 1),
        )
        lowering = Lowering(parse("0"), self.host)
        return lowering.choose(list(zip(conditions, values, strict=False)), values[-1])

    def _then(self, then: str) -> Typed:
        if self.type.name == "choice":
            self.formulas.append(Written(None, (), label=then))
            return typed.as_label(Typed(ir.Const(0), CHOICE, label=then), self.type.choices)
        return as_type(self._lower(then, self.formulas), self.type)

    def _limited(self, value: Typed, kind: str, limit: Limit) -> Typed:
        at = as_type(self._lower(limit.at, []), self.type)
        typed.need(at, NUMBER)
        before = self.host.column_for(value, self.frame)
        lifted = self.scope.lifted.get(self.scope.alias + self.step.name, "") if limit.in_principle else ""
        shape = shape_of(at, self.type.name)
        self.limits.append(LimitNote(kind, limit, before.expr, at.expr, shape, lifted))
        return before if lifted else typed.smallest([before, at], largest=kind == "floor")

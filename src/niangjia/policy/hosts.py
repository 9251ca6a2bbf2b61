"""The step a formula stands in: what the formula may call upon, and what lowering it leaves for the trace."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from niangjia.policy import ir, typed, units
from niangjia.policy.layout import Cause, Layout
from niangjia.policy.records import Mutable, Record, fresh, replace
from niangjia.policy.typed import BOOL, CHOICE, DATE, Typed


class Names(Protocol):
    """What a formula may call upon: the scope of the policy it stands in."""

    on: date
    layout: Layout

    def name(self, name: str, frame: str) -> Typed: ...
    def member(self, base: str, name: str, frame: str) -> Typed: ...
    def relation_of(self, base: str) -> str: ...
    def rows_of(self, relation: str) -> Typed: ...
    def count_of(self, relation: str) -> Typed: ...
    def row_flags(self, relation: str, flags: typed.Known) -> typed.Known: ...
    def tier(self, name: str, argument: Typed, kind: str, host: Host) -> Typed: ...
    def lookup(self, name: str, key: Typed, host: Host) -> Typed: ...


class Slot(Record):
    """A stretch of the formula's text that a value replaces when the step is explained."""

    start: int
    end: int
    value: Typed
    frame: str


class Turn(Record):
    """A condition at this stretch of text: whether it held, and whether that is known."""

    start: int
    end: int
    value: Typed
    frame: str


class Test(Record):
    """A comparison of two numbers at this stretch of text: how far the sides are apart."""

    start: int
    end: int
    apart: Typed
    frame: str


class Mark(Record):
    """Which row of a tier applied: `row` gives its position, `rules` what each row says (zh, en).

    `bounds` are the tier's bounds in the digits of `argument`, for finding examples at them.
    """

    name: str
    row: ir.Expr
    rules: tuple[tuple[str, str], ...]
    argument: Typed
    bounds: tuple[int, ...]


class Host(Mutable):
    """The step a formula belongs to: helper columns take its name, marks and slots are kept for the trace."""

    column: str
    frame: str
    names: Names
    slots: list[Slot] = fresh(default_factory=list)
    marks: list[Mark] = fresh(default_factory=list)
    turns: list[Turn] = fresh(default_factory=list)
    tests: list[Test] = fresh(default_factory=list)

    def column_for(self, value: Typed, frame: str) -> Typed:
        """The same value as a plain column or constant, so that using it twice costs nothing."""
        if isinstance(value.expr, ir.Ref | ir.Const):
            return value
        name = self.names.layout.free_name(self.column)
        made = ir.Definition(name, value.expr, shape_of(value), "part")
        return replace(value, expr=self.names.layout.define(frame, made))

    def flag_for(self, expr: ir.Expr, frame: str, *causes: Cause) -> typed.Known:
        """A flag that depends on values: the branch taken decides which facts were needed."""
        name = self.names.layout.free_name(f"known·{self.column}")
        return self.names.layout.flag(frame, name, expr, *causes)


def shape_of(value: Typed, type_name: str = "") -> ir.Shape:
    kinds = {BOOL: "bool", DATE: "date", CHOICE: "choice"}
    name = type_name or kinds.get(value.kind) or ("int" if value.scale == 0 else "number")
    unit = units.show(value.unit) if value.unit else ""
    return ir.Shape(name, value.scale, value.low, value.high, unit, value.choices)  # type: ignore[arg-type]


def replace_frame(host: Host, frame: str) -> Host:
    """The same host (its lists shared) writing helper columns into another frame."""
    return replace(host, frame=frame)

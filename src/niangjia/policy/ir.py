"""The typed intermediate form: what Python, SQL and Polars all execute, over integers and booleans only.

Numbers are `integer / 10**scale` with the scale known here; dates are YYYYMMDD; choices are positions in
their list.
A program is total: every intermediate value fits 64 bits, every divisor is above zero, no operand is ever
null.

Null lives only at the border. For each input a runner makes two columns: the value and its *flag* (bool):
    given and in range        → (value, true)          absent, has a default → (default, true)
    absent without default    → (neutral, false)       given, but not in range or not exact → (neutral, false)
Everything after that – which facts are known, which gates are proved, the status – is ordinary boolean
columns that the
compiler lays out, so every runner gives the same answer without any three-valued logic of its own.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from niangjia.policy.records import Record

EXCLUDED, INCOMPLETE, DECIDED = 0, 1, 2
STATUSES = ("excluded", "incomplete", "decided")


class Const(Record):
    """A 64-bit integer."""

    value: int


class Truth(Record):
    value: bool


class Ref(Record):
    """A column of the frame the expression stands in (unit frame or one relation's rows)."""

    name: str


class Add(Record):
    left: Expr
    right: Expr


class Sub(Record):
    left: Expr
    right: Expr


class Mul(Record):
    left: Expr
    right: Expr


class Div(Record):
    """left / right, right > 0 proved. mode half: nearest, halves away from zero; floor: towards minus
    infinity.

    If `nonnegative` (left ≥ 0 proved): half = (left + right//2) // right, floor = left // right.
    Else half = sign(left) * ((|left| + right//2) // right). left + right//2 is proved to fit 64 bits.
    """

    left: Expr
    right: Expr
    mode: Literal["half", "floor"]
    nonnegative: bool


class Min(Record):
    items: tuple[Expr, ...]


class Max(Record):
    items: tuple[Expr, ...]


class If(Record):
    """The value of the first branch whose condition holds, else `otherwise`. Values are all ints or all
    bools.
    """

    branches: tuple[tuple[Expr, Expr], ...]
    otherwise: Expr


class Compare(Record):
    """Two integers of one scale; `sign` is one of < <= > >= == !=. Two booleans: only == and !=."""

    sign: str
    left: Expr
    right: Expr


class In(Record):
    item: Expr
    values: tuple[int, ...]


class And(Record):
    items: tuple[Expr, ...]


class Or(Record):
    items: tuple[Expr, ...]


class Not(Record):
    item: Expr


Expr = Const | Truth | Ref | Add | Sub | Mul | Div | Min | Max | If | Compare | In | And | Or | Not


class Shape(Record):
    """How to read a column. `low` and `high` are proved bounds of the integer (0 and 1 for a bool)."""

    type: Literal["money", "int", "rate", "number", "bool", "date", "choice"]
    scale: int = 0
    low: int = 0
    high: int = 1
    unit: str = ""
    choices: tuple[str, ...] = ()


class Input(Record):
    """A fact at the border. `name` is the key in the case, `column` and `flag` the two columns it becomes.

    `default` None = required. Bounds of the shape are inclusive; a choice outside its list, a number with
    more decimals
    than the scale and a day that does not exist are "not in range" too.
    """

    name: str
    column: str
    flag: str
    shape: Shape
    default: int | None
    neutral: int


class Relation(Record):
    """A list inside the case. `flag` (unit frame) = the list is given and min_count ≤ rows ≤ max_count.

    In a set-based run a unit without rows has 0 rows. `key` is the column of the rows' table that names
    their unit.
    """

    name: str
    flag: str
    key: str
    fields: tuple[Input, ...]
    min_count: int
    max_count: int


class Aggregate(Record):
    """Rows → unit. sum of `value`, count, any and all of `value`, over rows where `where` holds (None = all
    rows).

    A unit without rows: 0, 0, false, true. With more than the relation's max_count rows: 0, 0, false, false.
    count with `value` and `where` None is the number of rows.
    """

    name: str
    relation: str
    kind: Literal["sum", "count", "any", "all"]
    value: Expr | None
    where: Expr | None
    shape: Shape


class Definition(Record):
    """One new column. `part`: value (a step's result), part (its helper), known (a flag), gate, status, reason,
    need (only the list of what is missing reads it: of no use to a case that is decided).
    """

    name: str
    expr: Expr
    shape: Shape
    part: Literal["value", "part", "known", "gate", "status", "reason", "need"] = "value"


Layer = tuple[Definition, ...]
"""Columns that depend only on earlier layers and stages: one CTE, one `with_columns`."""


class RowStage(Record):
    """New columns on the rows of one relation.

    `carried`: unit columns joined onto the rows first, under their own names; they stay for later stages.
    """

    relation: str
    carried: tuple[str, ...]
    layers: tuple[Layer, ...]


class UnitStage(Record):
    """New columns on the units: first the aggregates (by relation, left join on the key), then the layers."""

    aggregates: tuple[Aggregate, ...]
    layers: tuple[Layer, ...]


class Output(Record):
    """A result. Null unless the case is DECIDED. `relation` "" = one per unit, else one per row of that
    relation.
    """

    name: str
    column: str
    shape: Shape
    relation: str = ""


class Gap(Record):
    """A thing that may be missing: `flag` false puts `name` on the list of an INCOMPLETE case. It is false only
    where the thing matters: what a branch not taken would need is not asked for.

    kind fact: an input or relation; row: a field that is wrong in at least one row; rule: a parameter or table
    cell whose value is `unknown`; bound: an input of a policy in use that comes out beyond its range.
    """

    name: str
    flag: str
    kind: Literal["fact", "row", "rule", "bound"]


class Program(Record):
    """A policy (with all it uses) for one day. `digest`: SHA-256 over texts, day and settings.

    `status` names the int column 0 excluded, 1 incomplete, 2 decided; `reason` the int column holding the
    position in
    `gates` of the first proved gate, or -1. The missing list of an incomplete case is `[g.name for g in gaps
    if flag is false]`.
    Stages run in order. Columns of the unit frame at the start: every input's column and flag, every
    relation's flag.
    Columns of a relation's rows at the start: its fields' columns and flags.
    """

    policy: str
    version: str
    region: str
    on: date
    digest: str
    inputs: tuple[Input, ...]
    relations: tuple[Relation, ...]
    stages: tuple[RowStage | UnitStage, ...]
    outputs: tuple[Output, ...]
    gates: tuple[str, ...]
    gaps: tuple[Gap, ...]
    status: str
    reason: str

"""What compiling a policy leaves behind for its explanation: steps, gates, limits and the formulas as
written.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from niangjia.policy import ir, typed
from niangjia.policy.lowering import Host, Mark, Slot, Test, Turn
from niangjia.policy.model import Entry, Formula, Gate, Input, Limit, Policy, Step
from niangjia.policy.text import Source
from niangjia.policy.typed import Typed


@dataclass(frozen=True, slots=True)
class Written:
    """One formula of a step with what a trace fills in; `label` is the fixed result of a choice row."""

    source: Source | None
    slots: tuple[Slot, ...]
    turns: tuple[Turn, ...] = ()
    tests: tuple[Test, ...] = ()
    label: str = ""


def written(source: Source, host: Host, slots: int = 0, turns: int = 0, tests: int = 0) -> Written:
    """What the host has collected for this formula, from the given places on."""
    return Written(source, tuple(host.slots[slots:]), tuple(host.turns[turns:]), tuple(host.tests[tests:]))


@dataclass(frozen=True, slots=True)
class StepNote:
    """What the explanation needs to know of one compiled step."""

    step: Step
    policy: Policy
    alias: str
    frame: str
    column: str
    shape: ir.Shape
    known: typed.Known
    formulas: tuple[Written, ...]
    conditions: tuple[Written, ...]
    row: ir.Expr | None
    marks: tuple[Mark, ...]
    entry: Entry[Formula]
    limits: tuple[LimitNote, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitNote:
    kind: str
    limit: Limit
    before: ir.Expr
    at: ir.Expr
    shape: ir.Shape
    lifted: str = ""


@dataclass(frozen=True, slots=True)
class GateNote:
    gate: Gate
    policy: Policy
    alias: str
    condition: Typed
    written: Written
    proved: ir.Expr
    cleared: ir.Expr


@dataclass(slots=True)
class Notes:
    """Everything compiled so far that a trace shows, in order of completion."""

    steps: list[StepNote] = field(default_factory=list)
    gates: list[GateNote] = field(default_factory=list)
    inputs: dict[str, Input] = field(default_factory=dict)
    fields: dict[str, Input] = field(default_factory=dict)
    settings_used: set[str] = field(default_factory=set)

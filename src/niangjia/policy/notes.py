"""What compiling a policy leaves behind for its explanation: steps, gates, limits and the formulas as
written.
"""

from __future__ import annotations

from niangjia.policy import ir, typed
from niangjia.policy.hosts import Host, Mark, Slot, Test, Turn
from niangjia.policy.model import Entry, Formula, Gate, Input, Limit, Policy, Step, Text
from niangjia.policy.records import Mutable, Record, fresh
from niangjia.policy.text import Source
from niangjia.policy.typed import Typed


class Written(Record):
    """One formula of a step with what a trace fills in; `label` is the fixed result of a choice row."""

    source: Source | None
    slots: tuple[Slot, ...]
    turns: tuple[Turn, ...] = ()
    tests: tuple[Test, ...] = ()
    label: str = ""


def written(source: Source, host: Host, slots: int = 0, turns: int = 0, tests: int = 0) -> Written:
    """What the host has collected for this formula, from the given places on."""
    return Written(source, tuple(host.slots[slots:]), tuple(host.turns[turns:]), tuple(host.tests[tests:]))


class StepNote(Record):
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


class LimitNote(Record):
    kind: str
    limit: Limit
    before: ir.Expr
    at: ir.Expr
    shape: ir.Shape
    lifted: str = ""


class GateNote(Record):
    gate: Gate
    policy: Policy
    alias: str
    condition: Typed
    written: Written
    proved: ir.Expr


class BoundNote(Record):
    """An input of a policy in use that is a formula of the policy using it."""

    policy: Policy
    input: Input
    shape: ir.Shape


class Notes(Mutable):
    """Everything compiled so far that a trace shows, in order of completion."""

    steps: list[StepNote] = fresh(default_factory=list)
    needs: dict[tuple[str, str], list[str]] = fresh(default_factory=dict)
    gates: list[GateNote] = fresh(default_factory=list)
    inputs: dict[str, Input] = fresh(default_factory=dict)
    fields: dict[str, Input] = fresh(default_factory=dict)
    bounds: dict[str, BoundNote] = fresh(default_factory=dict)
    silent: dict[str, Text] = fresh(default_factory=dict)
    lacking: dict[tuple[str, str], list[ir.Expr]] = fresh(default_factory=dict)

    def used_by(self, alias: str) -> dict[str, Policy]:
        """The policies in use directly below `alias`, by their names there."""
        found = [(note.alias, note.policy) for note in self.steps] + [(n.alias, n.policy) for n in self.gates]
        below = {
            name.removeprefix(alias).removesuffix("/"): policy for name, policy in found if name != alias
        }
        return {name: policy for name, policy in below.items() if "/" not in name}

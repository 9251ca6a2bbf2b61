"""One compiled policy for one case after another: decide quickly, or explain every step."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any

from niangjia.policy import convert, ir, python
from niangjia.policy.compiling import Compiled
from niangjia.policy.records import Record
from niangjia.policy.trace import Trace, Tracer

Case = python.Case


class Decision(Record):
    """`outputs` is None unless decided; `reason` the name of the gate that excludes; `missing` as in the
    program.
    """

    status: str
    outputs: dict[str, Any] | None
    reason: str
    missing: tuple[str, ...]


class Engine:
    """Functions are generated when first needed and kept: one for results, one with every column."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.program = compiled.program

    @cached_property
    def run(self) -> Callable[[Case], python.Result]:
        """The bare function: status, reason, outputs as integers."""
        return python.emit(self.program)

    @cached_property
    def tracer(self) -> Tracer:
        return Tracer(self.compiled)

    def decide(self, case: Case) -> Decision:
        status, reason, codes, known = self.run(case)
        if codes is not None:
            pairs = zip(self.program.outputs, codes, strict=True)
            return Decision("decided", {o.name: convert.value(code, o.shape) for o, code in pairs}, "", ())
        if status == ir.EXCLUDED:
            return Decision("excluded", None, self.program.gates[reason], ())
        gaps = zip(self.program.gaps, known, strict=True)
        return Decision("incomplete", None, "", tuple(gap.name for gap, fine in gaps if not fine))

    def explain(self, case: Case) -> Trace:
        return self.tracer.trace(case)

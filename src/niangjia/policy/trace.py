"""The trace of one case: every step with its value, formula, filled-in numbers, tier row and article.

`entries` writes the code for the JSON once per program; a trace then only fills values in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from niangjia.policy import convert, ir, python
from niangjia.policy.compiling import Compiled
from niangjia.policy.entries import Entry, EntryWriter
from niangjia.policy.evaluate import evaluate
from niangjia.policy.hosts import shape_of
from niangjia.policy.layout import UNIT
from niangjia.policy.notes import GateNote, LimitNote, StepNote
from niangjia.policy.records import Record
from niangjia.policy.typed import Typed, flags
from niangjia.policy.wording import Wording

Columns = Mapping[str, int]
Read = Callable[[Columns], int]


class Reader(Record):
    """How a column reads: its shape by frame and name."""

    shapes: dict[tuple[str, str], ir.Shape]

    def shape(self, value: Typed, frame: str) -> ir.Shape:
        if isinstance(value.expr, ir.Ref):
            for where in (frame, UNIT):
                if (where, value.expr.name) in self.shapes:
                    return self.shapes[where, value.expr.name]
        return shape_of(value)


class Plan(Record):
    """One step, for reading its parts off a traced run one by one."""

    note: StepNote
    known: Read | None
    row: Read | None
    sources: tuple[str, ...]
    marks: tuple[tuple[str, Read, tuple[tuple[str, str], ...]], ...]
    limits: tuple[tuple[LimitNote, Read, Read], ...]


def _read(expr: ir.Expr) -> Read:
    return lambda columns: evaluate(expr, columns)


class Tracer:
    """Compiles the traced function of a program with its plans, then draws traces."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        program = compiled.program
        self.reader = Reader(_shapes(program))
        self.plans = tuple(self._plan(note) for note in compiled.notes.steps)
        self._run = python.emit_traced(program)
        self._entries: dict[str, tuple[Entry, ...]] = {}

    def entries(self, language: str) -> tuple[Entry, ...]:
        """Per plan the function that makes its JSON entry."""
        if language not in self._entries:
            writer = EntryWriter(self.compiled.program, self.reader.shape, language)
            self._entries[language] = writer.functions([plan.note for plan in self.plans])
        return self._entries[language]

    def wording(self, language: str) -> Wording:
        """The policy's own words, and those of the policies it uses."""
        notes = self.compiled.notes
        used = [*(note.policy for note in notes.steps), *(note.policy for note in notes.gates)]
        return Wording.of(language, *used, self.compiled.policy)

    def _plan(self, note: StepNote) -> Plan:
        return Plan(
            note,
            _read(flags(note.known)) if note.known else None,
            _read(note.row) if note.row is not None else None,
            tuple(case.source for case in note.entry.value.cases) if note.entry.value else (),
            tuple((mark.name, _read(mark.row), mark.rules) for mark in note.marks),
            tuple((limit, _read(limit.before), _read(limit.at)) for limit in note.limits),
        )

    def trace(self, case: python.Case) -> Trace:
        traced = self._run(case)
        return Trace(self, case, traced.unit, traced.rows)


def _shapes(program: ir.Program) -> dict[tuple[str, str], ir.Shape]:
    shapes = {(UNIT, given.column): given.shape for given in program.inputs}
    for relation in program.relations:
        shapes |= {(relation.name, given.column): given.shape for given in relation.fields}
    for stage in program.stages:
        frame = stage.relation if isinstance(stage, ir.RowStage) else UNIT
        shapes |= {(frame, made.name): made.shape for layer in stage.layers for made in layer}
    return shapes


class Trace(Record):
    """One traced run. `columns` holds the unit's values, `rows` each relation's; `steps` and `json` read
    them.
    """

    tracer: Tracer
    case: python.Case
    columns: dict[str, int]
    rows: dict[str, list[dict[str, int]]]

    @property
    def program(self) -> ir.Program:
        return self.tracer.compiled.program

    @property
    def status(self) -> str:
        return ir.STATUSES[self.columns[self.program.status]]

    @property
    def gate(self) -> GateNote | None:
        """The gate that excludes: the first one proved, in file order."""
        at = self.columns[self.program.reason]
        own = [note for note in self.tracer.compiled.notes.gates if not note.alias]
        return own[at] if at >= 0 else None

    @property
    def missing(self) -> tuple[ir.Gap, ...]:
        return tuple(gap for gap in self.program.gaps if not self.columns[gap.flag])

    @property
    def outputs(self) -> dict[str, Any]:
        """By name, as Decimal, int, bool, label or date; empty unless decided."""
        if self.status != "decided":
            return {}
        return {
            output.name: convert.value(self._codes(output), output.shape) for output in self.program.outputs
        }

    def _codes(self, output: ir.Output) -> Any:
        if output.relation:
            return [row[output.column] for row in self.rows[output.relation]]
        return self.columns[output.column]

    def frames(self, frame: str) -> list[tuple[int, Columns]]:
        """(row number, columns): the unit itself as number 0, or each row over the unit's columns."""
        if frame == UNIT:
            return [(0, self.columns)]
        return [(at, {**self.columns, **row}) for at, row in enumerate(self.rows.get(frame, ()), 1)]

    def steps(self, language: str = "zh") -> list[dict[str, Any]]:
        made: list[dict[str, Any]] = []
        frames = {relation.name: self.frames(relation.name) for relation in self.program.relations}
        for plan, entry in zip(self.tracer.plans, self.tracer.entries(language), strict=True):
            if plan.note.frame == UNIT:
                made.append(entry(self.columns))
                continue
            for item, columns in frames[plan.note.frame]:
                row = entry(columns)
                row["item"] = item
                made.append(row)
        return made

    def json(self, language: str = "zh") -> dict[str, Any]:
        """What `explain --json` prints: only texts, numbers as exact text."""
        program, policy = self.program, self.tracer.compiled.policy
        gate = self.gate
        made: dict[str, Any] = {
            "policy": program.policy,
            "title": policy.title[language],
            "version": program.version,
            "on": program.on.isoformat(),
            "digest": program.digest,
            "status": self.status,
            "outputs": self._plain_outputs(),
            "missing": [gap.name for gap in self.missing] if self.status == "incomplete" else [],
            "steps": self.steps(language),
        }
        if gate is not None:
            reason = {"name": gate.gate.name, "text": gate.gate.reason[language], "source": gate.gate.source}
            made["reason"] = reason
        return made

    def _plain_outputs(self) -> dict[str, Any]:
        if self.status != "decided":
            return {}
        made: dict[str, Any] = {}
        for output in self.program.outputs:
            codes = self._codes(output)
            plain = convert.plain
            made[output.name] = (
                [plain(code, output.shape) for code in codes]
                if output.relation
                else plain(codes, output.shape)
            )
        return made

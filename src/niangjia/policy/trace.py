"""The trace of one case: every step with its value, formula, filled-in numbers, tier row and article.

Templates are cut once per program; a trace then only fills values in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any

from niangjia.policy import convert, ir, python
from niangjia.policy.compiling import Compiled
from niangjia.policy.evaluate import evaluate
from niangjia.policy.hosts import shape_of
from niangjia.policy.layout import UNIT
from niangjia.policy.notes import GateNote, LimitNote, StepNote, Written
from niangjia.policy.records import Mutable, Record, fresh
from niangjia.policy.typed import Typed, flags

Columns = Mapping[str, int]


Read = Callable[[Columns], int]


class Reader(Mutable):
    """Where an expression's value is found in a traced run: a column, an extra of the function, or
    evaluated.
    """

    shapes: dict[tuple[str, str], ir.Shape]
    extras: list[ir.Expr] = fresh(default_factory=list)

    def read(self, expr: ir.Expr, frame: str) -> Read:
        if isinstance(expr, ir.Const | ir.Truth):
            fixed = int(expr.value)
            return lambda columns: fixed
        if isinstance(expr, ir.Ref):
            return itemgetter(expr.name)
        if frame == UNIT:
            self.extras.append(expr)
            return itemgetter(f"·{len(self.extras) - 1}")
        return lambda columns: evaluate(expr, columns)

    def shape(self, value: Typed, frame: str) -> ir.Shape:
        if isinstance(value.expr, ir.Ref):
            for where in (frame, UNIT):
                if (where, value.expr.name) in self.shapes:
                    return self.shapes[where, value.expr.name]
        return shape_of(value)


class Template(Record):
    """A formula cut at its values: `form` takes the texts of `slots` in order."""

    text: str
    form: str
    slots: tuple[tuple[Read, Callable[[int], str]], ...]

    def fill(self, columns: Columns) -> str:
        return self.form % tuple([show(read(columns)) for read, show in self.slots])


def cut(written: Written, reader: Reader) -> Template:
    if written.source is None:
        return Template(written.label, written.label.replace("%", "%%"), ())
    text, at, form = written.source.text, 0, ""
    slots = []
    for slot in sorted(written.slots, key=lambda each: (each.start, -each.end)):
        if slot.start < at:
            continue
        form += text[at : slot.start].replace("%", "%%")
        shape = reader.shape(slot.value, slot.frame)
        if isinstance(slot.value.expr, ir.Const | ir.Truth):
            form += convert.plain(int(slot.value.expr.value), shape).replace("%", "%%")
        else:
            form += "%s"
            slots.append((reader.read(slot.value.expr, slot.frame), convert.formatter(shape)))
        at = slot.end
    return Template(text, form + text[at:].replace("%", "%%"), tuple(slots))


class Plan(Record):
    """One step, ready to be read off a traced run."""

    note: StepNote
    known: Read | None
    row: Read | None
    value: Read
    show: Callable[[int], str]
    templates: tuple[Template, ...]
    conditions: tuple[Template, ...]
    sources: tuple[str, ...]
    marks: tuple[tuple[str, Read, tuple[tuple[str, str], ...]], ...]
    limits: tuple[tuple[LimitNote, Read, Read], ...]
    fixed: dict[str, dict[str, Any]]

    def entry(self, columns: Columns, item: int, language: str) -> dict[str, Any]:
        known = self.known is None or bool(self.known(columns))
        row = self.row(columns) if self.row is not None and known else None
        template = (
            self.templates[row or 0] if self.templates and (row is None) == (self.row is None) else None
        )
        entry = dict(self.fixed[language])
        if known:
            entry["value"] = self.show(self.value(columns))
        if item:
            entry["item"] = item
        if template is not None:
            entry["expr"] = template.text
            entry["with"] = template.fill(columns) if known else None
        if row is not None:
            entry["row"] = row + 1
            entry["source"] = self.sources[row] or entry["source"]
            if row < len(self.conditions):
                entry["when"] = self.conditions[row].fill(columns)
        if self.marks and known:
            tier, read, rules = self.marks[0]
            at = read(columns)
            entry["tier"], entry["row"], entry["rule"] = tier, at + 1, rules[at][language == "en"]
        if self.limits:
            entry["limits"] = [self._limit(each, columns) for each in self.limits]
        return entry

    def _limit(self, each: tuple[LimitNote, Read, Read], columns: Columns) -> dict[str, Any]:
        note, before, at = each[0], each[1](columns), each[2](columns)
        hit = before > at if note.kind == "cap" else before < at
        made: dict[str, Any] = {
            "kind": note.kind,
            "at": self.show(at),
            "before": self.show(before),
            "hit": hit,
            "in_principle": note.limit.in_principle,
            "source": note.limit.source,
        }
        if note.lifted:
            made["lifted"] = note.lifted
        return made


class Tracer:
    """Compiles the traced function of a program with its plans, then draws traces."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        program = compiled.program
        self.reader = Reader(_shapes(program))
        self.plans = tuple(self._plan(note) for note in compiled.notes.steps)
        self._run = python.emit_traced(program, tuple(self.reader.extras))

    def _plan(self, note: StepNote) -> Plan:
        reader, frame = self.reader, note.frame
        limits = tuple(
            (each, reader.read(each.before, frame), reader.read(each.at, frame)) for each in note.limits
        )
        fixed = {}
        for language in ("zh", "en"):
            fixed[language] = {
                "name": note.alias + note.step.name,
                "label": note.step.label[language],
                "value": None,
                "unit": note.shape.unit,
                "policy": note.policy.title[language],
                "version": note.policy.version,
                "origin": note.step.origin,
                "source": note.entry.source or note.step.source,
            }
        return Plan(
            note,
            reader.read(flags(note.known), frame) if note.known else None,
            reader.read(note.row, frame) if note.row is not None else None,
            itemgetter(note.column),
            convert.formatter(note.shape),
            tuple(cut(written, reader) for written in note.formulas),
            tuple(cut(written, reader) for written in note.conditions),
            tuple(case.source for case in note.entry.value.cases) if note.entry.value else (),
            tuple((mark.name, reader.read(mark.row, frame), mark.rules) for mark in note.marks),
            limits,
            fixed,
        )

    def trace(self, case: python.Case) -> Trace:
        traced = self._run(case)
        columns = traced.unit
        for at, extra in enumerate(traced.extras):
            columns[f"·{at}"] = extra
        return Trace(self, case, columns, traced.rows)


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
        made = []
        columns = self.columns
        for plan in self.tracer.plans:
            if plan.note.frame == UNIT:
                made.append(plan.entry(columns, 0, language))
            else:
                made.extend(plan.entry(row, item, language) for item, row in self.frames(plan.note.frame))
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

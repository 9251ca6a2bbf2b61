"""What would have to change: per single fact the nearest value at which the outcome becomes another one.

Candidates are the boundaries of the conditions the fact flows into; each is verified by running the case
again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from niangjia.policy import calendar, convert, ir
from niangjia.policy.evaluate import evaluate
from niangjia.policy.layout import UNIT, children
from niangjia.policy.records import Record
from niangjia.policy.trace import Columns, Trace

MOST_ROWS = 20
Probe = tuple[Columns, dict[str, list[dict[str, int]]]]


class Flip(Record):
    """`relation` and `row` (from 1) name the list for a field. `outcome` is the status or outputs after the
    change.
    """

    name: str
    relation: str
    row: int
    shape: ir.Shape
    before: int
    after: int
    status: str
    outputs: dict[str, Any]

    @property
    def apart(self) -> int:
        return abs(self.after - self.before)


def flips(trace: Trace) -> list[Flip]:
    """One flip per known fact at most, those that are nearest in their own range first."""
    finder = _Finder(trace)
    found = [flip for fact in finder.facts() if (flip := finder.nearest(fact)) is not None]
    return sorted(found, key=lambda flip: flip.apart / max(flip.shape.high - flip.shape.low, 1))


class _Fact(Record):
    given: ir.Input
    relation: str
    row: int
    before: int


class _Finder:
    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.program = trace.program
        self.tests = list(_comparisons(self.program))
        self.start = _outcome(self.program, trace.columns, trace.rows)

    def facts(self) -> Iterator[_Fact]:
        columns = self.trace.columns
        for given in self.program.inputs:
            if columns[given.flag]:
                yield _Fact(given, "", 0, columns[given.column])
        for relation in self.program.relations:
            for at, row in enumerate(self.trace.rows[relation.name][:MOST_ROWS], 1):
                for given in relation.fields:
                    if row[given.flag]:
                        yield _Fact(given, relation.name, at, row[given.column])

    def nearest(self, fact: _Fact) -> Flip | None:
        candidates = (
            self._values(fact) if fact.given.shape.type in ("bool", "choice") else self._boundaries(fact)
        )
        for value in sorted(set(candidates) - {fact.before}, key=lambda code: abs(code - fact.before)):
            if self.probe_outcome(fact, value) != self.start:
                return self._flip(fact, value)
        return None

    def _flip(self, fact: _Fact, value: int) -> Flip:
        after = self.trace.tracer.trace(self._changed(fact, value))
        given = fact.given
        return Flip(
            given.name, fact.relation, fact.row, given.shape, fact.before, value, after.status, after.outputs
        )

    def _values(self, fact: _Fact) -> list[int]:
        shape = fact.given.shape
        return list(range(shape.low, shape.high + 1)) if shape.type == "choice" else [0, 1]

    def _boundaries(self, fact: _Fact) -> Iterator[int]:
        """For every condition that turns between here and an end of the range: the first value where it
        does.
        """
        shape = fact.given.shape
        here = self._truths(fact, fact.before)
        for end in (shape.low, shape.high):
            there = self._truths(fact, end)
            for at, (now, then) in enumerate(zip(here, there, strict=True)):
                if now != then:
                    yield self._turning(fact, at, now, end)

    def _turning(self, fact: _Fact, at: int, now: bool, end: int) -> int:
        """Halve the way between the value that is and the end of the range until the condition's turn is
        found.
        """
        same, other = _ordinal(fact.before, fact.given.shape), _ordinal(end, fact.given.shape)
        while abs(other - same) > 1:
            middle = (same + other) // 2
            if self._truths(fact, _code(middle, fact.given.shape), at)[0] == now:
                same = middle
            else:
                other = middle
        return _code(other, fact.given.shape)

    def _truths(self, fact: _Fact, value: int, only: int | None = None) -> list[bool]:
        """Whether each test (or only that one) holds when the fact has this value."""
        columns, rows = self._probe(fact, value)
        made = []
        for frame, test in self.tests if only is None else (self.tests[only],):
            if frame == UNIT:
                made.append(bool(evaluate(test, columns)))
            elif frame != fact.relation:
                made.append(False)
            else:
                made.append(bool(evaluate(test, {**columns, **rows[frame][fact.row - 1]})))
        return made

    def probe_outcome(self, fact: _Fact, value: int) -> tuple[Any, ...]:
        return _outcome(self.program, *self._probe(fact, value))

    def _probe(self, fact: _Fact, value: int) -> Probe:
        traced = self.trace.tracer.trace(self._changed(fact, value))
        return traced.columns, traced.rows

    def _changed(self, fact: _Fact, value: int) -> Mapping[str, Any]:
        new = convert.value(value, fact.given.shape)
        case = dict(self.trace.case)
        if not fact.relation:
            return case | {fact.given.name: new}
        rows = list(case[fact.relation])
        rows[fact.row - 1] = dict(rows[fact.row - 1]) | {fact.given.name: new}
        return case | {fact.relation: rows}


def _ordinal(code: int, shape: ir.Shape) -> int:
    return calendar.day(code).toordinal() if shape.type == "date" else code


def _code(ordinal: int, shape: ir.Shape) -> int:
    return calendar.number(date.fromordinal(ordinal)) if shape.type == "date" else ordinal


def _comparisons(program: ir.Program) -> Iterator[tuple[str, ir.Expr]]:
    """Every comparison of the program with the frame it is made in, each once."""
    seen: set[tuple[str, ir.Expr]] = set()
    for frame, whole in _expressions(program):
        todo = [whole]
        while todo:
            node = todo.pop()
            todo.extend(children(node))
            test = _turning_point(node)
            if test is not None and (frame, test) not in seen:
                seen.add((frame, test))
                yield frame, test


def _turning_point(node: ir.Expr) -> ir.Compare | None:
    """A comparison, or the one hidden in min and max of two."""
    if isinstance(node, ir.Compare):
        return node
    if isinstance(node, ir.Min | ir.Max) and len(node.items) == 2:
        return ir.Compare("<", *node.items)
    return None


def _expressions(program: ir.Program) -> Iterator[tuple[str, ir.Expr]]:
    for output in program.outputs:
        if output.shape.type not in ("bool", "choice"):
            yield output.relation, ir.Compare(">", ir.Ref(output.column), ir.Const(0))
    for stage in program.stages:
        frame = stage.relation if isinstance(stage, ir.RowStage) else UNIT
        for layer in stage.layers:
            yield from ((frame, made.expr) for made in layer)
        if isinstance(stage, ir.UnitStage):
            for gathered in stage.aggregates:
                parts = (gathered.value, gathered.where)
                yield from ((gathered.relation, part) for part in parts if part is not None)


def _outcome(
    program: ir.Program, columns: Mapping[str, int], rows: Mapping[str, list[dict[str, int]]]
) -> tuple[Any, ...]:
    """What counts as another outcome: status, reason, a label, or money turning to or from nothing."""
    status = columns[program.status]
    if status != ir.DECIDED:
        return status, columns[program.reason]
    signs: list[Any] = []
    for output in program.outputs:
        frames = rows[output.relation] if output.relation else [columns]
        codes = [frame[output.column] for frame in frames]
        plain = output.shape.type in ("bool", "choice")
        signs.append(tuple(code if plain else (code > 0) - (code < 0) for code in codes))
    return (status, *signs)

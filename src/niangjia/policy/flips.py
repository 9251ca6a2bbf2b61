"""What would have to change: per single fact the nearest value at which the outcome becomes another one, and the
nearest at which the amount falls into another band.

Candidates are the boundaries of the conditions the fact flows into; each is verified by running the case
again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from niangjia.policy import calendar, convert, ir
from niangjia.policy.evaluate import evaluate
from niangjia.policy.layout import UNIT, children
from niangjia.policy.records import Record, replace
from niangjia.policy.trace import Columns, Trace

MOST_ROWS = 20
Probe = tuple[Columns, dict[str, list[dict[str, int]]]]


class Band(Record):
    """Which row of a tier (or line of `cases`, `tier` empty) of a step applies: `rule` in Chinese and English."""

    step: str
    tier: str
    rule: tuple[str, str]


class Flip(Record):
    """`relation` and `row` (from 1) name the list for a field; status and outputs are those after the change. `band`
    says which tier row or case line the amount falls into then, empty where the outcome itself is another one.
    """

    name: str
    relation: str
    row: int
    shape: ir.Shape
    before: int
    after: int
    status: str
    outputs: dict[str, Any]
    band: tuple[Band, ...] = ()

    @property
    def apart(self) -> int:
        return abs(self.after - self.before)


def flips(trace: Trace) -> list[Flip]:
    """One flip per known fact at most, those that are nearest in their own range first."""
    return flips_and_bands(trace)[0]


def band_flips(trace: Trace) -> list[Flip]:
    """One per known number at most: the nearest value at which another tier row or case line says the amount."""
    return flips_and_bands(trace)[1]


def flips_and_bands(trace: Trace) -> tuple[list[Flip], list[Flip]]:
    """Both kinds: they look at the same boundaries, which are found once."""
    finder = Finder(trace)
    facts = list(finder.facts())
    return _nearest_first(map(finder.nearest, facts)), _nearest_first(map(finder.next_band, facts))


def _nearest_first(found: Iterable[Flip | None]) -> list[Flip]:
    made = [flip for flip in found if flip is not None]
    return sorted(made, key=lambda flip: flip.apart / max(flip.shape.high - flip.shape.low, 1))


class Fact(Record):
    given: ir.Input
    relation: str
    row: int
    before: int


class Finder:
    def __init__(self, trace: Trace) -> None:
        self.trace = trace
        self.program = trace.program
        self.tests = list(_comparisons(self.program))
        self.start = _outcome(self.program, trace.columns, trace.rows)
        self._turns: dict[tuple[str, str, int], tuple[int, ...]] = {}

    def facts(self) -> Iterator[Fact]:
        columns = self.trace.columns
        for given in self.program.inputs:
            if columns[given.flag]:
                yield Fact(given, "", 0, columns[given.column])
        for relation in self.program.relations:
            for at, row in enumerate(self.trace.rows[relation.name][:MOST_ROWS], 1):
                for given in relation.fields:
                    if row[given.flag]:
                        yield Fact(given, relation.name, at, row[given.column])

    def nearest(self, fact: Fact) -> Flip | None:
        candidates = (
            self._values(fact) if fact.given.shape.type in ("bool", "choice") else self._boundaries(fact)
        )
        for value in sorted(set(candidates) - {fact.before}, key=lambda code: abs(code - fact.before)):
            if self.probe_outcome(fact, value) != self.start:
                return self._flip(fact, value)
        return None

    def next_band(self, fact: Fact) -> Flip | None:
        if fact.given.shape.type in ("bool", "choice") or self.trace.status != "decided":
            return None
        here, outputs = set(bands(self.trace)), self.trace.outputs
        candidates = set(self._boundaries(fact)) - {fact.before}
        for value in sorted(candidates, key=lambda code: abs(code - fact.before)):
            after = self.at(fact, value)
            new = tuple(band for band in bands(after) if band not in here)
            if new and after.status == "decided" and after.outputs != outputs:
                return replace(self._flip(fact, value), band=new)
        return None

    def _flip(self, fact: Fact, value: int) -> Flip:
        after = self.at(fact, value)
        given = fact.given
        return Flip(
            given.name, fact.relation, fact.row, given.shape, fact.before, value, after.status, after.outputs
        )

    def at(self, fact: Fact, value: int) -> Trace:
        """The same case, but for this one fact."""
        return self.trace.tracer.trace(self.changed(fact, value))

    def _values(self, fact: Fact) -> list[int]:
        shape = fact.given.shape
        return list(range(shape.low, shape.high + 1)) if shape.type == "choice" else [0, 1]

    def _boundaries(self, fact: Fact) -> tuple[int, ...]:
        key = fact.given.name, fact.relation, fact.row
        if key not in self._turns:
            self._turns[key] = tuple(self._turns_of(fact))
        return self._turns[key]

    def _turns_of(self, fact: Fact) -> Iterator[int]:
        """For every condition that turns between here and an end of the range: the first value where it does."""
        shape = fact.given.shape
        here = self._truths(fact, fact.before)
        for end in (shape.low, shape.high):
            there = self._truths(fact, end)
            for at, (now, then) in enumerate(zip(here, there, strict=True)):
                if now != then:
                    yield self._turning(fact, at, now, end)

    def _turning(self, fact: Fact, at: int, now: bool, end: int) -> int:
        """Halve the way between the value that is and the end of the range until the condition's turn is
        found.
        """
        same, other = ordinal_of(fact.before, fact.given.shape), ordinal_of(end, fact.given.shape)
        while abs(other - same) > 1:
            middle = (same + other) // 2
            if self._truths(fact, code_of(middle, fact.given.shape), at)[0] == now:
                same = middle
            else:
                other = middle
        return code_of(other, fact.given.shape)

    def _truths(self, fact: Fact, value: int, only: int | None = None) -> list[bool]:
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

    def probe_outcome(self, fact: Fact, value: int) -> tuple[Any, ...]:
        return _outcome(self.program, *self._probe(fact, value))

    def _probe(self, fact: Fact, value: int) -> Probe:
        traced = self.at(fact, value)
        return traced.columns, traced.rows

    def changed(self, fact: Fact, value: int) -> Mapping[str, Any]:
        new = convert.value(value, fact.given.shape)
        case = dict(self.trace.case)
        if not fact.relation:
            return case | {fact.given.name: new}
        rows = list(case[fact.relation])
        rows[fact.row - 1] = dict(rows[fact.row - 1]) | {fact.given.name: new}
        return case | {fact.relation: rows}


def bands(trace: Trace) -> list[Band]:
    """The tier rows and case lines that apply, of the policy's own steps that are known."""
    found = []
    for plan in trace.tracer.plans:
        note = plan.note
        for _, columns in trace.frames(note.frame) if not note.alias else ():
            if plan.known is not None and not plan.known(columns):
                continue
            found += [Band(note.step.name, name, rules[at(columns)]) for name, at, rules in plan.marks]
            if plan.row is not None and note.shape.type not in ("bool", "choice"):
                line = plan.row(columns) + 1
                found.append(Band(note.step.name, "", (f"第 {line} 种情形", f"case {line}")))
    return found


def ordinal_of(code: int, shape: ir.Shape) -> int:
    return calendar.day(code).toordinal() if shape.type == "date" else code


def code_of(ordinal: int, shape: ir.Shape) -> int:
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

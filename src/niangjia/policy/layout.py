"""Collects columns while a policy is compiled, then lays them out: row and unit stages in turn, layers
inside a stage.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from niangjia.policy import ir
from niangjia.policy.records import Mutable, Record, fresh, replace

UNIT = ""
Key = tuple[str, str]


class Cause(Record):
    """Where `guards` hold, a flag is false for want of these."""

    known: frozenset[str]
    guards: tuple[ir.Expr, ...] = ()


class Layout(Mutable):
    """Frames are UNIT or a relation's name; a column is (frame, name).

    `causes`: of flags that depend on values. `lacking`: for a row's flag, when a row needs it and lacks it.
    """

    inputs: dict[str, ir.Input] = fresh(default_factory=dict)
    relations: dict[str, ir.Relation] = fresh(default_factory=dict)
    definitions: dict[Key, ir.Definition] = fresh(default_factory=dict)
    aggregates: dict[str, ir.Aggregate] = fresh(default_factory=dict)
    gaps: dict[str, list[ir.Gap]] = fresh(default_factory=dict)
    causes: dict[Key, tuple[Cause, ...]] = fresh(default_factory=dict)
    lacking: dict[Key, list[ir.Expr]] = fresh(default_factory=dict)
    _numbers: dict[str, int] = fresh(default_factory=dict)
    _rank: dict[Key, int] = fresh(default_factory=dict)
    _read: dict[Key, tuple[Key, ...]] = fresh(default_factory=dict)

    def define(self, frame: str, definition: ir.Definition) -> ir.Ref:
        self.definitions[frame, definition.name] = definition
        return ir.Ref(definition.name)

    def flag(self, frame: str, name: str, expr: ir.Expr, *causes: Cause) -> frozenset[str]:
        """A fact is known: either a border's own flag (no causes), or one that others make false."""
        self.define(frame, ir.Definition(name, expr, ir.Shape("bool"), "known"))
        if causes:
            self.causes[frame, name] = causes
        return frozenset([name])

    def gap(self, name: str, flag: str, kind: Literal["fact", "row", "rule", "bound"]) -> None:
        made = ir.Gap(name, flag, kind)
        known = self.gaps.setdefault(name, [])
        if made not in known:
            known.append(made)

    def gather(self, made: ir.Aggregate, stem: str) -> ir.Ref:
        """The unit's column for what is gathered, the same one for the same thing; `made` needs no name yet."""
        for known in self.aggregates.values():
            if replace(known, name="") == replace(made, name="", shape=known.shape):
                return ir.Ref(known.name)
        name = made.name or self.free_name(stem)
        self.aggregates[name] = replace(made, name=name)
        return ir.Ref(name)

    def gathered(self, relation: str, flag: str) -> str:
        """A row's flag gathered over all rows; a unit's flag as it is."""
        if not self.is_of_row(relation, flag):
            return flag
        every = ir.Aggregate(f"{relation}·{flag}", relation, "all", ir.Ref(flag), None, ir.Shape("bool"))
        return self.gather(every, flag).name

    def free_name(self, stem: str) -> str:
        """Free in every frame: a row's formula must never mistake its own helper for the unit's."""
        number = self._numbers[stem] = self._numbers.get(stem, 0) + 1
        return f"{stem}·{number}"

    def add_field(self, relation: str, made: ir.Input) -> None:
        old = self.relations[relation]
        if all(each.name != made.name for each in old.fields):
            self.relations[relation] = replace(old, fields=(*old.fields, made))

    def stages(self) -> tuple[ir.RowStage | ir.UnitStage, ...]:
        ranks = {key: self._stage_of(key) for key in self.definitions}
        ranks |= {(UNIT, name): self._stage_of((UNIT, name)) for name in self.aggregates}
        last = max(ranks.values(), default=1)
        made: list[ir.RowStage | ir.UnitStage] = []
        joined: set[Key] = set()
        for rank in range(last + 1):
            if rank % 2:
                made.append(self._unit_stage(rank, ranks))
                continue
            for relation in self.relations:
                stage = self._row_stage(relation, rank, ranks, joined)
                made.extend([stage] if stage.carried or stage.layers else [])
        return tuple(made)

    def _stage_of(self, key: Key) -> int:
        """Inputs are there before any stage (-1); rows compute in even stages, units in odd ones."""
        if key not in self._rank:
            frame, name = key
            if frame == UNIT and name in self.aggregates:
                before = 0
                for need in self._needs(key):
                    below = self._stage_of(need)
                    before = max(before, below + (need[0] == UNIT and below >= 0))
                self._rank[key] = _after(before, rows=False)
            elif key in self.definitions:
                stage = -1
                for need in self._needs(key):
                    below = self._stage_of(need)
                    stage = max(stage, below if need[0] == frame else below + (below >= 0))
                self._rank[key] = _after(stage, rows=frame != UNIT)
            else:
                self._rank[key] = -1
        return self._rank[key]

    def _needs(self, key: Key) -> tuple[Key, ...]:
        """The columns an aggregate or definition reads, each in the frame it lives in."""
        if key not in self._read:
            self._read[key] = tuple(self._looked_up(key))
        return self._read[key]

    def _looked_up(self, key: Key) -> Iterator[Key]:
        frame, name = key
        if frame == UNIT and name in self.aggregates:
            made = self.aggregates[name]
            sources = [expr for expr in (made.value, made.where) if expr is not None]
            frame = made.relation
        else:
            sources = [self.definitions[key].expr]
        for column in dict.fromkeys(each for expr in sources for each in columns_of(expr)):
            yield self._home(frame, column)

    def _home(self, frame: str, column: str) -> Key:
        return (frame, column) if frame != UNIT and self.is_of_row(frame, column) else (UNIT, column)

    def is_of_row(self, relation: str, column: str) -> bool:
        """Whether the column lives on the relation's rows rather than on the unit."""
        return (relation, column) in self.definitions or any(
            column in (each.column, each.flag) for each in self.relations[relation].fields
        )

    def _row_stage(self, relation: str, rank: int, ranks: dict[Key, int], joined: set[Key]) -> ir.RowStage:
        keys = [key for key in self.definitions if key[0] == relation and ranks[key] == rank]
        asked = [
            (UNIT, made.name)
            for made in self.aggregates.values()
            if made.relation == relation and ranks[UNIT, made.name] == rank + 1
        ]
        needs = [name for key in (*keys, *asked) for frame, name in self._needs(key) if frame == UNIT]
        carried = tuple(name for name in dict.fromkeys(needs) if (relation, name) not in joined)
        joined.update((relation, name) for name in carried)
        return ir.RowStage(relation, carried, self._layers(keys, ranks, rank))

    def _unit_stage(self, rank: int, ranks: dict[Key, int]) -> ir.UnitStage:
        keys = [key for key in self.definitions if key[0] == UNIT and ranks[key] == rank]
        made = tuple(made for name, made in self.aggregates.items() if ranks[UNIT, name] == rank)
        return ir.UnitStage(made, self._layers(keys, ranks, rank))

    def _layers(self, keys: list[Key], ranks: dict[Key, int], rank: int) -> tuple[ir.Layer, ...]:
        depth: dict[Key, int] = {}

        def deep(key: Key) -> int:
            if key not in depth:
                inside = [
                    need for need in self._needs(key) if need in self.definitions and ranks[need] == rank
                ]
                depth[key] = 1 + max((deep(need) for need in inside if need[0] == key[0]), default=-1)
            return depth[key]

        rows: dict[int, list[ir.Definition]] = {}
        for key in keys:
            rows.setdefault(deep(key), []).append(self.definitions[key])
        return tuple(tuple(rows[level]) for level in sorted(rows))


def _after(stage: int, rows: bool) -> int:
    """The first stage of the right kind that is not before `stage`."""
    stage = max(stage, 0)
    return stage + (stage % 2 if rows else 1 - stage % 2)


def columns_of(expr: ir.Expr) -> Iterator[str]:
    """The names an expression reads, with repetitions."""
    todo: list[ir.Expr] = [expr]
    while todo:
        node = todo.pop()
        if isinstance(node, ir.Ref):
            yield node.name
        elif not isinstance(node, ir.Const | ir.Truth):
            todo.extend(children(node))


def children(node: ir.Expr) -> Iterable[ir.Expr]:
    match node:
        case ir.Const() | ir.Truth() | ir.Ref():
            return ()
        case ir.Min(items) | ir.Max(items) | ir.And(items) | ir.Or(items):
            return items
        case ir.If(branches, otherwise):
            return (*(part for branch in branches for part in branch), otherwise)
        case ir.Not(item) | ir.In(item):
            return (item,)
        case ir.Add(left, right) | ir.Sub(left, right) | ir.Mul(left, right):
            return (left, right)
        case ir.Div(left, right) | ir.Compare(_, left, right):
            return (left, right)

"""IR → one Python function with exact ints. The traced variant returns every column, not just results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache
from types import CodeType
from typing import Any, TypeVar

from niangjia.policy import convert, ir
from niangjia.policy.layout import UNIT
from niangjia.policy.records import Record
from niangjia.policy.typed import half_away

Case = Mapping[str, Any]
T = TypeVar("T")


class Traced(Record):
    """`unit`: column → value. `rows`: relation → one dict of columns per row. `extras`: in the order asked
    for.
    """

    unit: dict[str, int]
    rows: dict[str, list[dict[str, int]]]


class Emitter:
    """Writes the body line by line. Unit columns are locals u0…, a relation's row columns r0…, aggregates
    a0…
    """

    def __init__(self, program: ir.Program, traced: bool = False) -> None:
        self.program = program
        self.traced = traced
        self.lines: list[str] = ["def run(case):", " get = case.get"]
        self.globals: dict[str, Any] = {"half": half_away, "Decimal": Decimal}
        self.unit: dict[str, str] = {}
        self.row: dict[str, dict[str, str]] = {relation.name: {} for relation in program.relations}
        self.opened: set[str] = set()
        self.late: list[str] = []
        self.kept_rows = _kept_rows(program)

    def source(self) -> str:
        for given in self.program.inputs:
            self._border(given, self.unit, " ", "get")
        for relation in self.program.relations:
            self._open(relation)
        pending: dict[str, ir.RowStage] = {}
        for stage in self.program.stages:
            if isinstance(stage, ir.RowStage):
                pending[stage.relation] = stage
                continue
            made = dict.fromkeys([*pending, *(aggregate.relation for aggregate in stage.aggregates)])
            for name in made:
                self._loop(name, pending.get(name), [a for a in stage.aggregates if a.relation == name])
            pending = {}
            self._layers(stage.layers, UNIT, " ")
        for name, left in pending.items():
            self._loop(name, left, [])
        for relation in self.program.relations:
            if relation.name not in self.opened and self.traced:
                self._loop(relation.name, None, [])
        self._return()
        return "\n".join(self.lines)

    def function(self) -> Callable[[Case], Any]:
        exec(_code(self.source(), f"<{self.program.policy}>"), self.globals)
        made: Callable[[Case], Any] = self.globals["run"]
        return made

    # The border

    def _border(self, given: ir.Input, names: dict[str, str], pad: str, get: str) -> None:
        number = len(names)
        prefix = "u" if names is self.unit else "r"
        value, flag = f"{prefix}{number}", f"{prefix}{number + 1}"
        names[given.column], names[given.flag] = value, flag
        absent = (self._plain(given, given.neutral), "False")
        if given.default is not None:
            absent = (self._plain(given, given.default), "True")
        neutral = self._plain(given, given.neutral)
        shape = given.shape
        add = self.lines.append
        add(f"{pad}v = {get}({given.name!r})")
        add(f"{pad}if v is None: {value} = {absent[0]}; {flag} = {absent[1]}")
        if shape.type == "bool":
            add(f"{pad}elif v is True or v is False: {value} = v; {flag} = True")
            add(f"{pad}else: {value} = {neutral}; {flag} = False")
            return
        add(f"{pad}else:")
        add(f"{pad} {value} = {self._reader(shape)}")
        add(f"{pad} {flag} = {value} is not None and {shape.low} <= {value} <= {shape.high}")
        add(f"{pad} if not {flag}: {value} = {neutral}")

    def _plain(self, given: ir.Input, value: int) -> str:
        return str(bool(value)) if given.shape.type == "bool" else str(value)

    def _reader(self, shape: ir.Shape) -> str:
        if shape.type == "choice":
            name = f"codes{len(self.globals)}"
            self.globals[name] = {label: at for at, label in enumerate(shape.choices)}.get
            return f"{name}(v) if type(v) is str else None"
        if shape.type == "date":
            self.globals["day"] = convert.day
            return "day(v)"
        name = f"scaled{shape.scale}"
        self.globals[name] = convert.SCALED[shape.scale]
        if shape.scale == 0:
            return f"v if type(v) is int else {name}(v)"
        return f"v * {10**shape.scale} if type(v) is int else {name}(v)"

    def _open(self, relation: ir.Relation) -> None:
        at = self._at(relation.name)
        flag = f"u{len(self.unit)}"
        self.unit[relation.flag] = flag
        add = self.lines.append
        add(f" rows{at} = get({relation.name!r})")
        add(f" if type(rows{at}) is not list: rows{at} = []; {flag} = False; few{at} = True")
        add(" else:")
        add(f"  n = len(rows{at}); few{at} = n <= {relation.max_count}")
        add(f"  {flag} = few{at} and n >= {relation.min_count}")
        add(f"  if not few{at}: rows{at} = []")

    def _at(self, relation: str) -> int:
        return [each.name for each in self.program.relations].index(relation)

    # Rows

    def _loop(self, name: str, stage: ir.RowStage | None, aggregates: list[ir.Aggregate]) -> None:
        at, names = self._at(name), self.row[name]
        add = self.lines.append
        made = {aggregate.name: f"a{len(self.unit) + place}" for place, aggregate in enumerate(aggregates)}
        for aggregate in aggregates:
            start = {"sum": "0", "count": "0", "any": "False", "all": f"few{at}"}[aggregate.kind]
            add(f" {made[aggregate.name]} = {start}")
        keep = self.traced or name in self.kept_rows
        add(f" kept = []\n for row in rows{at}:" if keep else f" for row in rows{at}:")
        if name not in self.opened:
            add("  got = row.get if isinstance(row, dict) else {}.get")
            for given in self.program.relations[at].fields:
                self._border(given, names, "  ", "got")
            self.opened.add(name)
        elif names:
            add(f"  {', '.join(names.values())}, = row")
        if stage is not None:
            self._layers(stage.layers, name, "  ")
        for aggregate in aggregates:
            self._gather(aggregate, made[aggregate.name], name)
        if keep:
            add(f"  kept.append(({', '.join(names.values())}{',' if names else ''}))")
            add(f" rows{at} = kept")
        elif not (names or aggregates):
            add("  pass")
        self.unit.update(made)

    def _gather(self, made: ir.Aggregate, target: str, frame: str) -> None:
        where = f"  if {self.expr(made.where, frame)}: " if made.where is not None else "  "
        value = "True" if made.value is None else self.expr(made.value, frame)
        steps = {
            "sum": f"{target} += {value}",
            "count": f"{target} += 1",
            "any": f"{target} = {target} or {value}",
            "all": f"{target} = {target} and {value}",
        }
        self.lines.append(where + steps[made.kind])

    def _layers(self, layers: Iterable[ir.Layer], frame: str, pad: str) -> None:
        names = self.unit if frame == UNIT else self.row[frame]
        prefix = "u" if frame == UNIT else "r"
        for layer in layers:
            for definition in layer:
                local = f"{prefix}{len(names)}"
                later = definition.part == "need" and frame == UNIT and not self.traced
                lines = self.late if later else self.lines
                lines.append(f"{pad}{local} = {self.expr(definition.expr, frame)}")
                names[definition.name] = local

    # Results

    def _return(self) -> None:
        if self.traced:
            rows = ", ".join(f"rows{at}" for at in range(len(self.program.relations)))
            self.lines.append(f" return ({', '.join(self.unit.values())},), [{rows}]")
            return
        outputs = "".join(f"{self._result(output)}, " for output in self.program.outputs)
        status, reason = self.unit[self.program.status], self.unit[self.program.reason]
        gaps = "".join(f"{self.unit[gap.flag]}, " for gap in self.program.gaps)
        self.lines.append(f" if {status} == 2: return 2, {reason}, ({outputs}), ()")
        self.lines += self.late
        self.lines.append(f" return {status}, {reason}, None, ({gaps})")

    def _result(self, output: ir.Output) -> str:
        if not output.relation:
            return self.unit[output.column]
        place = list(self.row[output.relation]).index(output.column)
        return f"[row[{place}] for row in rows{self._at(output.relation)}]"

    # Expressions

    def expr(self, node: ir.Expr, frame: str) -> str:
        def go(part: ir.Expr) -> str:
            return self.expr(part, frame)

        match node:
            case ir.Const(value) | ir.Truth(value):
                return f"({value})" if isinstance(value, int) and value < 0 else str(value)
            case ir.Ref(name):
                return self.row[frame][name] if frame and name in self.row[frame] else self.unit[name]
            case ir.Add(left, right):
                return f"({go(left)} + {go(right)})"
            case ir.Sub(left, right):
                return f"({go(left)} - {go(right)})"
            case ir.Mul(left, right):
                return f"({go(left)} * {go(right)})"
            case ir.Div():
                return _division(node, go(node.left), go(node.right))
            case ir.Min(items) | ir.Max(items):
                return _extreme(items, [go(item) for item in items], isinstance(node, ir.Max))
            case ir.If(branches, otherwise):
                chain = "".join(f"{go(value)} if {go(condition)} else " for condition, value in branches)
                return f"({chain}{go(otherwise)})"
            case ir.Compare(sign, left, right):
                return f"({go(left)} {sign} {go(right)})"
            case ir.In(item, values):
                return f"({go(item)} in {values!r})"
            case ir.And(items) | ir.Or(items):
                return "(" + (" and " if isinstance(node, ir.And) else " or ").join(map(go, items)) + ")"
            case ir.Not(item):
                return f"(not {go(item)})"


def _kept_rows(program: ir.Program) -> set[str]:
    """Relations whose rows are needed again after their first loop."""
    loops: dict[str, set[int]] = {}
    for at, stage in enumerate(program.stages):
        if isinstance(stage, ir.RowStage):
            loops.setdefault(stage.relation, set()).add(at + 1)
        else:
            for aggregate in stage.aggregates:
                loops.setdefault(aggregate.relation, set()).add(at)
    again = {name for name, places in loops.items() if max(places) > min(places) or max(places) > 1}
    return again | {output.relation for output in program.outputs if output.relation}


def _division(node: ir.Div, left: str, right: str) -> str:
    if node.mode == "floor":
        return f"({left} // {right})"
    if not node.nonnegative:
        return f"half({left}, {right})"
    if isinstance(node.right, ir.Const):
        return f"(({left} + {node.right.value // 2}) // {right})"
    return f"(({left} + {right} // 2) // {right})"


def _extreme(items: tuple[ir.Expr, ...], texts: list[str], largest: bool) -> str:
    if len(items) == 2 and all(isinstance(item, ir.Ref | ir.Const) for item in items):
        return f"({texts[0]} if {texts[0]} {'>' if largest else '<'} {texts[1]} else {texts[1]})"
    return f"{'max' if largest else 'min'}({', '.join(texts)})"


@lru_cache(maxsize=64)
def _code(source: str, name: str) -> CodeType:
    """Most policies say the same from one day to the next."""
    return compile(source, name, "exec")


Result = tuple[int, int, tuple[Any, ...] | None, tuple[bool, ...]]


def emit(program: ir.Program) -> Callable[[Case], Result]:
    """case → (status, reason, outputs as integers or None, flags of `program.gaps` unless decided)."""
    return Emitter(program).function()


def emit_traced(program: ir.Program) -> Callable[[Case], Traced]:
    """case → every column."""
    emitter = Emitter(program, traced=True)
    function = emitter.function()
    unit = tuple(emitter.unit)
    relations = [(relation.name, tuple(emitter.row[relation.name])) for relation in program.relations]

    def run(case: Case) -> Traced:
        values, rows = function(case)
        kept = {
            name: [dict(zip(columns, row, strict=True)) for row in part]
            for (name, columns), part in zip(relations, rows, strict=True)
        }
        return Traced(dict(zip(unit, values, strict=True)), kept)

    return run

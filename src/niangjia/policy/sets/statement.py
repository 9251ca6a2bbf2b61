"""A program as SQL: one CTE per layer, rows grouped to units where the program says so, results masked by
status.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from niangjia.policy import ir
from niangjia.policy.records import replace
from niangjia.policy.sets import border
from niangjia.policy.sets.border import Column
from niangjia.policy.sets.dialect import Dialect, Names
from niangjia.policy.sets.expressions import Writer
from niangjia.policy.sets.folding import ALWAYS, Known, fold

KEY = "编号"
EXACT_DOUBLE = 2**53


@dataclass(frozen=True, slots=True)
class Source:
    """Something to select from (`sql`: a table name or function call) and the columns that it has."""

    sql: str
    columns: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Sources:
    """The archive: units, and the rows of each relation. `key` is the unit column that rows are joined on.

    `carry` are unit columns copied to the result unchanged, so that it can be read by unit and category.
    """

    units: Source
    rows: Mapping[str, Source] = field(default_factory=dict)
    key: str = ""
    carry: tuple[str, ...] = ()


def select(
    program: ir.Program, dialect: Dialect, sources: Sources, *, scaled: bool = False, steps: bool = False
) -> str:
    """One SELECT: carried columns, status, reason, missing, outputs; with `steps` every value on the way as
    well.
    """
    return _Statement(program, dialect, sources, scaled).units(steps)


def select_rows(
    program: ir.Program, dialect: Dialect, sources: Sources, relation: str, *, scaled: bool = False
) -> str:
    """The results per row of one relation: the unit's key, the row's own carried columns, the outputs."""
    return _Statement(program, dialect, sources, scaled).of_rows(relation)


class _Statement:
    """Builds the chain of CTEs; `units_frame` and `frames` name the newest one of the units and of each
    relation.
    """

    def __init__(self, program: ir.Program, dialect: Dialect, sources: Sources, scaled: bool) -> None:
        self.program, self.dialect, self.sources, self.scaled = program, dialect, sources, scaled
        self.names = Names(dialect)
        self.key = self.names[KEY]
        self.write = Writer(dialect, self.names)
        self.parts: list[tuple[str, str]] = []
        self.counted: set[str] = set()
        self.values: dict[str, ir.Expr] = {}
        self.follows: dict[str, frozenset[str]] = {}
        self.known = Known(self.values, self.follows)
        self.made: dict[tuple[str, ir.Expr], ir.Ref] = {}
        self.carried: set[tuple[str, str]] = set()
        self.units_frame = self._border(program.inputs, sources.units, sources.key, sources.carry)
        self.frames = {
            relation.name: self._border(relation.fields, sources.rows[relation.name], relation.key, ())
            for relation in program.relations
            if relation.name in sources.rows
        }
        for stage in program.stages:
            self._stage(stage)
        self._count(program.relations, ())

    def units(self, steps: bool) -> str:
        decided = f"{self._value(self.program.status)} = {ir.DECIDED}"
        columns = [self.names["carried " + name] + f" AS {self._plain(name)}" for name in self.sources.carry]
        columns += [
            f"{self._status()} AS status",
            f"{self._reason()} AS reason",
            f"{self._missing()} AS missing",
        ]
        for name, column, shape in self._results(steps):
            value = border.shown(self.dialect, shape, self._value(column), self.scaled)
            columns.append(f"CASE WHEN {decided} THEN {value} END AS {self._plain(name)}")
        return self._text(f"SELECT {_list(columns)}\nFROM {self.units_frame}")

    def of_rows(self, relation: str) -> str:
        decided = f"{self._value(self.program.status, 'u.')} = {ir.DECIDED}"
        columns = [f"r.{self.key} AS {self._plain(self.sources.key)}"]
        for output in self.program.outputs:
            if output.relation == relation:
                value = border.shown(
                    self.dialect, output.shape, self._value(output.column, "r."), self.scaled
                )
                columns.append(f"CASE WHEN {decided} THEN {value} END AS {self._plain(output.name)}")
        join = f"{self.frames[relation]} r JOIN {self.units_frame} u ON u.{self.key} = r.{self.key}"
        return self._text(f"SELECT {_list(columns)}\nFROM {join}")

    def _value(self, column: str, frame: str = "") -> str:
        """A column of the newest frame, or what it is known to be everywhere."""
        value = self.known.of(ir.Ref(column))
        return frame + self.names[value.name] if isinstance(value, ir.Ref) else self.write(value)

    def _text(self, final: str) -> str:
        layers = ",\n".join(f"{name} AS ({body})" for name, body in self.parts)
        return f"WITH {layers}\n{final}"

    def _plain(self, name: str) -> str:
        return self.dialect.identifier(name)

    def _results(self, steps: bool) -> Iterable[tuple[str, str, ir.Shape]]:
        outputs = [(one.name, one.column, one.shape) for one in self.program.outputs if not one.relation]
        yield from outputs
        if steps:
            written = {column for _, column, _ in outputs}
            for stage in self.program.stages:
                if isinstance(stage, ir.UnitStage):
                    for layer in stage.layers:
                        for one in layer:
                            if one.part == "value" and one.name not in written:
                                yield one.name, one.name, one.shape

    def _status(self) -> str:
        lines = " ".join(
            f"WHEN {place} THEN {self.dialect.label(status, ir.STATUSES)}"
            for place, status in enumerate(ir.STATUSES)
        )
        return f"CASE {self._value(self.program.status)} {lines} END"

    def _reason(self) -> str:
        lines = " ".join(
            f"WHEN {place} THEN {self.dialect.text(gate)}" for place, gate in enumerate(self.program.gates)
        )
        excluded = f"{self._value(self.program.status)} = {ir.EXCLUDED}"
        if not lines:
            return f"CAST(NULL AS {self.dialect.text_type})"
        return f"CASE WHEN {excluded} THEN CASE {self._value(self.program.reason)} {lines} END END"

    def _missing(self) -> str:
        gaps = [
            f"CASE WHEN NOT {self._value(gap.flag)} THEN {self.dialect.text(gap.name)} END"
            for gap in self.program.gaps
            if self.values.get(gap.flag) != ALWAYS
        ]
        if not gaps:
            return f"CAST(NULL AS {self.dialect.text_type})"
        incomplete = f"{self._value(self.program.status)} = {ir.INCOMPLETE}"
        return f"CASE WHEN {incomplete} THEN CONCAT_WS('、', {_list(gaps)}) END"

    def _add(self, body: str) -> str:
        name = f"l{len(self.parts) + 1}"
        self.parts.append((name, body + self.dialect.fence))
        return name

    def _border(self, inputs: Sequence[ir.Input], source: Source, key: str, carry: tuple[str, ...]) -> str:
        """Two CTEs: what the archive says, then value and flag of each input."""
        reads = [f"{self._plain(key)} AS {self.key}"] if key else []
        reads += [f"{self._plain(name)} AS {self.names['carried ' + name]}" for name in carry]
        kept = [self.key] if key else []
        kept += [self.names["carried " + name] for name in carry]
        for given in inputs:
            raw, present = self.names["raw " + given.column], self.names["given " + given.column]
            column = source.columns.get(given.name)
            raw_sql, present_sql = border.read(self.dialect, given, column, self._plain(given.name))
            reads += [f"{raw_sql} AS {raw}", f"{present_sql} AS {present}"]
            value, flag = border.settle(self.dialect, given, column, raw, present)
            kept += [f"{value} AS {self.names[given.column]}"]
            if flag == "TRUE":
                self.values[given.flag] = ALWAYS
            else:
                kept += [f"{flag} AS {self.names[given.flag]}"]
        frame = self._add(f"SELECT {_list(reads or ['1 AS nothing'])} FROM {source.sql}")
        return self._add(f"SELECT {_list(kept or ['1 AS nothing'])} FROM {frame}")

    def _stage(self, stage: ir.RowStage | ir.UnitStage) -> None:
        if isinstance(stage, ir.RowStage):
            if stage.relation in self.frames:
                self._carry(stage)
                self.frames[stage.relation] = self._layers(
                    self.frames[stage.relation], stage.layers, stage.relation
                )
            return
        self._count(self.program.relations, stage.aggregates)
        self.units_frame = self._layers(self.units_frame, stage.layers)

    def _layers(self, frame: str, layers: Sequence[ir.Layer], relation: str = "") -> str:
        for layer in layers:
            folded = [(one.name, fold(one.expr, self.known)) for one in layer]
            columns = [
                f"{self.write(expr)} AS {self.names[name]}"
                for name, expr in folded
                if self._is_new(name, expr, relation)
            ]
            if columns:
                frame = self._add(f"SELECT *, {_list(columns)} FROM {frame}")
        return frame

    def _is_new(self, name: str, expr: ir.Expr, relation: str) -> bool:
        """Whether it takes a column of its own: constants need none, and what another column holds already neither."""
        if isinstance(expr, ir.Truth | ir.Const | ir.Ref):
            self.values[name] = expr
            return False
        same = self.made.setdefault((relation, expr), ir.Ref(name))
        if same.name != name:
            self.values[name] = same
            return False
        if isinstance(expr, ir.And):
            held = {item.name for item in expr.items if isinstance(item, ir.Ref)}
            self.follows[name] = frozenset(held).union(*(self.follows.get(each, ()) for each in held))
        return True

    def _carry(self, stage: ir.RowStage) -> None:
        """Unit columns joined onto the rows, for rules that look from the member to the household."""
        if not stage.carried:
            return
        flags = {relation.flag for relation in self.program.relations}
        if flags & set(stage.carried):
            self._count(self.program.relations, ())
        found = dict.fromkeys(self.known.of(ir.Ref(name)) for name in stage.carried)
        fresh = {(stage.relation, one.name) for one in found if isinstance(one, ir.Ref)} - self.carried
        self.carried |= fresh
        columns = [
            "r.*",
            *(f"u.{self.names[name]} AS {self.names[name]}" for _relation, name in sorted(fresh)),
        ]
        rows = self.frames[stage.relation]
        join = f"{rows} r JOIN {self.units_frame} u ON u.{self.key} = r.{self.key}"
        self.frames[stage.relation] = self._add(f"SELECT {_list(columns)} FROM {join}")

    def _count(self, relations: Iterable[ir.Relation], aggregates: Sequence[ir.Aggregate]) -> None:
        """Join each relation's aggregates onto the units; the first time its flag comes along."""
        for relation in relations:
            asked = [one for one in aggregates if one.relation == relation.name]
            if asked or relation.name not in self.counted:
                self._group(relation, asked)
                self.counted.add(relation.name)

    def _group(self, relation: ir.Relation, asked: Sequence[ir.Aggregate]) -> None:
        columns = ["u.*"]
        first = relation.name not in self.counted
        if relation.name not in self.frames:
            columns += [f"{_empty(one, self.write)} AS {self.names[one.name]}" for one in asked]
            columns += [f"{_truth(relation.min_count == 0)} AS {self.names[relation.flag]}"] if first else []
            self.units_frame = self._add(f"SELECT {_list(columns)} FROM {self.units_frame} u")
            return
        # Each aggregate once, whatever asks for it.
        sums = {"COUNT(*)": "rows_of_unit"}
        for one in map(self._folded, asked):
            name = self.names[one.name]
            if _every_row(one):
                value = f"(COALESCE(g.rows_of_unit, 0) <= {relation.max_count})"
            else:
                value = self._joined(one, relation, sums.setdefault(self._aggregate(one), name))
            columns.append(f"{value} AS {name}")
        counted = [f"{aggregate} AS {name}" for aggregate, name in sums.items()]
        rows = self.frames[relation.name]
        group = self._add(f"SELECT {_list([self.key, *counted])} FROM {rows} GROUP BY {self.key}")
        if first:
            held = f"COALESCE(g.rows_of_unit, 0) BETWEEN {relation.min_count} AND {relation.max_count}"
            columns.append(f"({held}) AS {self.names[relation.flag]}")
        join = f"{self.units_frame} u LEFT JOIN {group} g ON g.{self.key} = u.{self.key}"
        self.units_frame = self._add(f"SELECT {_list(columns)} FROM {join}")

    def _folded(self, one: ir.Aggregate) -> ir.Aggregate:
        where, value = (part and fold(part, self.known) for part in (one.where, one.value))
        return replace(one, where=None if where == ALWAYS else where, value=value)

    def _aggregate(self, one: ir.Aggregate) -> str:
        where = self.write(one.where) if one.where is not None else None
        value = self.write(one.value) if one.value is not None else None
        if one.kind == "count":
            held = " AND ".join(part for part in (where, value) if part)
            return f"COUNT(CASE WHEN {held} THEN 1 END)" if held else "COUNT(*)"
        if one.kind == "sum":
            if where:
                value = f"CASE WHEN {where} THEN {value} ELSE {self.dialect.integer(0)} END"
            small = max(abs(one.shape.low), abs(one.shape.high)) < EXACT_DOUBLE
            return (self.dialect.small_sum if small else self.dialect.sum).format(value)
        if one.kind == "any":
            return f"{self.dialect.any}({value} AND {where})" if where else f"{self.dialect.any}({value})"
        return f"{self.dialect.all}({value} OR NOT {where})" if where else f"{self.dialect.all}({value})"

    def _joined(self, one: ir.Aggregate, relation: ir.Relation, name: str) -> str:
        column = f"g.{name}"
        if one.kind in ("sum", "count"):
            column = f"CAST({column} AS BIGINT)"
        empty, over = (
            _empty(one, self.write),
            "FALSE" if one.kind in ("any", "all") else self.dialect.integer(0),
        )
        held = f"WHEN g.rows_of_unit <= {relation.max_count} THEN {column}"
        if empty == over:
            return f"CASE {held} ELSE {over} END"
        return f"CASE {held} WHEN g.rows_of_unit IS NULL THEN {empty} ELSE {over} END"


def _every_row(one: ir.Aggregate) -> bool:
    """Whether it holds of all rows, whatever they are."""
    return one.kind == "all" and one.value == ALWAYS


def _empty(one: ir.Aggregate, write: Writer) -> str:
    if one.kind in ("sum", "count"):
        return write(ir.Const(0))
    return _truth(one.kind == "all")


def _truth(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _list(items: Sequence[str]) -> str:
    return ", ".join(items)

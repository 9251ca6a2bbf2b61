"""What a change would do: two versions of a policy, or one parameter swept, over the same archive.

Every number comes from full runs of the compiled policies; money is `Decimal` yuan, counts are units (户, 人
…).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

import duckdb

from niangjia.policy import ir
from niangjia.policy.errors import PolicyError
from niangjia.policy.sets import statement
from niangjia.policy.sets.dialect import DUCKDB
from niangjia.policy.sets.statement import Sources

Progress = Callable[[int, int], None]
BUCKETS = (0, 100, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000)


@dataclass(frozen=True, slots=True)
class Side:
    """One version over the archive: how many ended how, how many are paid, and what it costs."""

    label: str
    digest: str
    decided: int
    excluded: int
    incomplete: int
    entitled: int
    cost: Decimal


@dataclass(frozen=True, slots=True)
class Change:
    """Units that move one way and by how much in all; `amount` is positive for gains and negative for losses."""

    units: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One category or organisation: its units, both costs, who gains and who loses."""

    name: str
    units: int
    before: Decimal
    after: Decimal
    gain: Change
    lose: Change


@dataclass(frozen=True, slots=True)
class Bucket:
    """Units whose change lies between two amounts, the one farther from zero included; low = high is no
    change.
    """

    low: Decimal | None
    high: Decimal | None
    units: int

    @property
    def text(self) -> str:
        """The span in words that need no language; empty for no change."""
        if self.low == self.high:
            return ""
        if self.low is None:
            return f"< {self.high:,}"
        return f"> {self.low:,}" if self.high is None else f"{self.low:,} … {self.high:,}"


@dataclass(frozen=True, slots=True)
class Gap:
    """需要 − 自有资金 = 缺口: what the policy costs, what the union has of its own, and what is missing."""

    need: Decimal
    own: Decimal

    @property
    def gap(self) -> Decimal:
        return self.need - self.own


@dataclass(frozen=True, slots=True)
class Comparison:
    """`newly` and `no_longer` are units that begin or cease to be paid; `undecided` lack facts in either
    version.

    Gains, losses and buckets leave the undecided ones out: nobody knows yet what they are due.
    """

    before: Side
    after: Side
    gain: Change
    lose: Change
    same: int
    newly: int
    no_longer: int
    undecided: int
    lines: Mapping[str, tuple[Line, ...]] = field(default_factory=dict)
    buckets: tuple[Bucket, ...] = ()
    gap: Gap | None = None


@dataclass(frozen=True, slots=True)
class Point:
    """One value of a swept parameter, and what the policy then is."""

    value: Decimal
    side: Side
    gap: Gap | None


def _stage(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    program: ir.Program,
    archive: Sources,
    keep: Sequence[str] = (),
) -> None:
    """Run and keep the status, the amount and the columns asked for: the engine computes nothing else."""
    names = dict.fromkeys(["status", _principal(program).name, *keep])
    columns = ", ".join(DUCKDB.identifier(name) for name in names)
    query = statement.select(program, DUCKDB, archive, scaled=True)
    connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute(f"CREATE TEMP TABLE {table} AS SELECT {columns} FROM ({query})")


def _side(connection: duckdb.DuckDBPyConnection, table: str, program: ir.Program) -> Side:
    output = _principal(program)
    counts = ", ".join(
        f"count(*) FILTER (status = '{status}')" for status in ("decided", "excluded", "incomplete")
    )
    paid = DUCKDB.identifier(output.name)
    row = connection.execute(
        f"SELECT {counts}, count(*) FILTER ({paid} > 0), coalesce(sum({paid}), 0) FROM {table}"
    ).fetchall()[0]
    label = f"{program.policy} {program.version} · {program.on}"
    decided, excluded, incomplete, entitled, cost = row
    return Side(label, program.digest, decided, excluded, incomplete, entitled, _yuan(cost, output))


def _principal(program: ir.Program) -> ir.Output:
    """The first result that is an amount per unit: what is paid."""
    for output in program.outputs:
        if not output.relation and output.shape.type in ("money", "int", "number", "rate"):
            return output
    raise PolicyError(
        f"政策“{program.policy}”没有按户（人）给出的金额，无法测算。",
        f"The policy '{program.policy}' has no amount per unit, so there is nothing to simulate.",
    )


def _yuan(value: int, output: ir.Output) -> Decimal:
    return Decimal(int(value)).scaleb(-output.shape.scale)


def compare(
    connection: duckdb.DuckDBPyConnection,
    before: ir.Program,
    after: ir.Program,
    archive: Sources,
    *,
    by: Sequence[str] = (),
    own: Decimal | None = None,
    progress: Progress = lambda done, total: None,
) -> Comparison:
    """Run both and set them side by side. `by` are carried columns (and choice outputs of `after`) to break
    down by.
    """
    if not archive.key:
        raise PolicyError(
            "请指明档案中每户（人）的编号列，两个版本要靠它对齐。",
            "Name the archive's key column: the two versions are matched by it.",
        )
    total = 3 + len(by)
    for done, (table, program) in enumerate((("before_run", before), ("after_run", after))):
        progress(done, total)
        _stage(connection, table, program, archive, [archive.key, *(by if done else ())])
    _pair(connection, before, after, archive, by)
    progress(2, total)
    lines = {}
    for done, column in enumerate(by):
        lines[column] = tuple(_lines(connection, _principal(after), column))
        progress(3 + done, total)
    sides = _side(connection, "before_run", before), _side(connection, "after_run", after)
    result = _summary(connection, sides, _principal(after), lines, own)
    progress(total, total)
    return result


def _pair(
    connection: duckdb.DuckDBPyConnection,
    before: ir.Program,
    after: ir.Program,
    archive: Sources,
    by: Sequence[str],
) -> None:
    """One row per unit: both amounts at one scale, and whether both versions reach a decision or an
    exclusion.
    """
    old, new = _principal(before), _principal(after)
    if old.shape.scale != new.shape.scale:
        raise PolicyError(
            "两个版本的结果精度不同，无法逐户比较。",
            "The two versions' results differ in precision and cannot be compared unit by unit.",
        )
    key = DUCKDB.identifier(archive.key)
    groups = "".join(
        f", CAST(b.{DUCKDB.identifier(name)} AS VARCHAR) AS {DUCKDB.identifier('by ' + name)}" for name in by
    )
    doubled = connection.execute(f"SELECT count(*) - count(DISTINCT {key}) FROM before_run").fetchall()[0][0]
    if doubled:
        raise PolicyError(
            f"档案里“{archive.key}”有 {doubled} 个重复或空白，无法逐户对齐：请先去重。",
            f"The archive's '{archive.key}' has {doubled} doubles or blanks: remove them first.",
        )
    connection.execute("DROP TABLE IF EXISTS pairs")
    connection.execute(
        f"""CREATE TEMP TABLE pairs AS
        SELECT coalesce(a.{DUCKDB.identifier(old.name)}, 0) AS old_amount,
               coalesce(b.{DUCKDB.identifier(new.name)}, 0) AS new_amount,
               (a.status <> 'incomplete' AND b.status <> 'incomplete') AS settled{groups}
        FROM before_run a JOIN after_run b USING ({key})"""
    )


MOVES = """count(*) FILTER (settled AND new_amount > old_amount),
 coalesce(sum(new_amount - old_amount) FILTER (settled AND new_amount > old_amount), 0),
 count(*) FILTER (settled AND new_amount < old_amount),
 coalesce(sum(new_amount - old_amount) FILTER (settled AND new_amount < old_amount), 0)"""


def _summary(
    connection: duckdb.DuckDBPyConnection,
    sides: tuple[Side, Side],
    output: ir.Output,
    lines: Mapping[str, tuple[Line, ...]],
    own: Decimal | None,
) -> Comparison:
    row = connection.execute(
        f"""SELECT {MOVES}, count(*) FILTER (settled AND new_amount = old_amount),
        count(*) FILTER (settled AND old_amount <= 0 AND new_amount > 0),
        count(*) FILTER (settled AND old_amount > 0 AND new_amount <= 0),
        count(*) FILTER (NOT settled) FROM pairs"""
    ).fetchall()[0]
    gain, lose = Change(row[0], _yuan(row[1], output)), Change(row[2], _yuan(row[3], output))
    gap = Gap(sides[1].cost, own) if own is not None else None
    same, newly, no_longer, undecided = row[4:]
    buckets = tuple(_buckets(connection, output))
    return Comparison(*sides, gain, lose, same, newly, no_longer, undecided, lines, buckets, gap)


def _lines(connection: duckdb.DuckDBPyConnection, output: ir.Output, column: str) -> Iterator[Line]:
    name = DUCKDB.identifier("by " + column)
    rows = connection.execute(
        f"""SELECT coalesce({name}, ''), count(*), sum(old_amount), sum(new_amount), {MOVES}
        FROM pairs GROUP BY 1 ORDER BY abs(sum(new_amount) - sum(old_amount)) DESC, 1"""
    ).fetchall()
    for label, units, old, new, gains, gained, losses, lost in rows:
        yield Line(
            label,
            units,
            _yuan(old, output),
            _yuan(new, output),
            Change(gains, _yuan(gained, output)),
            Change(losses, _yuan(lost, output)),
        )


def _buckets(connection: duckdb.DuckDBPyConnection, output: ir.Output) -> Iterator[Bucket]:
    """Losses from the largest, no change, gains up to the largest."""
    edges = [Decimal(edge) for edge in BUCKETS]
    below = [(None, -edges[-1]), *((-high, -low) for low, high in reversed(list(pairwise(edges))))]
    above = [*pairwise(edges), (edges[-1], None)]
    spans: list[tuple[Decimal | None, Decimal | None]] = [*below, (Decimal(0), Decimal(0)), *above]
    unit = 10**output.shape.scale
    tests = []
    for low, high in spans:
        losing = high is not None and high <= 0 and low != high
        parts = ["settled", "new_amount = old_amount"] if low == high else ["settled"]
        if low is not None and low != high:
            parts.append(f"new_amount - old_amount {'>=' if losing else '>'} {int(low * unit)}")
        if high is not None and low != high:
            parts.append(f"new_amount - old_amount {'<' if losing else '<='} {int(high * unit)}")
        tests.append(f"count(*) FILTER ({' AND '.join(parts)})")
    counts = connection.execute(f"SELECT {', '.join(tests)} FROM pairs").fetchall()[0]
    for (low, high), units in zip(spans, counts, strict=True):
        yield Bucket(low, high, units)


def sweep(
    connection: duckdb.DuckDBPyConnection,
    programs: Mapping[Decimal, ir.Program],
    archive: Sources,
    *,
    own: Decimal | None = None,
    progress: Progress = lambda done, total: None,
) -> list[Point]:
    """The same policy compiled with one parameter at several values: cost and reach of each."""
    points = []
    for done, (value, program) in enumerate(programs.items()):
        progress(done, len(programs))
        _stage(connection, "swept_run", program, archive)
        side = _side(connection, "swept_run", program)
        points.append(Point(value, side, Gap(side.cost, own) if own is not None else None))
    progress(len(programs), len(programs))
    return points


def facts(found: Comparison | Point) -> dict[str, Any]:
    """The result as plain data for JSON; money as text so that no reader rounds it."""
    return dict(_jsonable(asdict(found)))


def _jsonable(value: Any) -> Any:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Mapping):
        return {key: _jsonable(one) for key, one in value.items()}
    return [_jsonable(one) for one in value] if isinstance(value, (list, tuple)) else value

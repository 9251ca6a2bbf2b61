"""From the archive's columns to the value and flag of each input, and back from results to what people read.

A number given as text or float is taken only if it is a plain decimal; more decimals than the input keeps, a
value out of range, an unknown label or an impossible day are *not known*, exactly as in a single case.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from niangjia.policy import ir
from niangjia.policy.errors import PolicyError
from niangjia.policy.sets.dialect import Dialect

Kind = Literal["scaled", "integer", "decimal", "float", "text", "bool", "date"]
WIDEST = 38
TRUE_WORDS = ("true", "1", "是")
FALSE_WORDS = ("false", "0", "否")


def unreadable(column: str, kind: str, wanted: tuple[str, str]) -> PolicyError:
    """The archive stores an input in a form that cannot be read exactly."""
    return PolicyError(
        f"档案的“{column}”一列是 {kind}，这里需要{wanted[0]}：请转换这一列后重试。",
        f"The archive's column '{column}' is {kind} but {wanted[1]} is needed: convert it and try again.",
    )


@dataclass(frozen=True, slots=True)
class Column:
    """How the archive stores one column. `scaled`: whole fen (or the input's smallest unit); `digits` of a
    decimal.

    What the file says of itself: the `span` of its numbers as they are stored, and that it is `full`, without NULL.
    """

    kind: Kind
    digits: int = 0
    span: tuple[Decimal, Decimal] | None = None
    full: bool = False


def read(dialect: Dialect, given: ir.Input, column: Column | None, name: str) -> tuple[str, str]:
    """SQL for (raw, present): raw is the scaled integer or boolean, NULL where it is unreadable. Where the archive
    has none it is NULL too, unless the column is `faithful`: then what an absent value counts as stands there.
    """
    if column is None:
        kind = "BOOLEAN" if given.shape.type == "bool" else "BIGINT"
        return f"CAST(NULL AS {kind})", "FALSE"
    raw, present = _raw(dialect, given, column, name), f"({name} IS NOT NULL)"
    if column.kind == "text":
        present = f"COALESCE((TRIM({name}) <> ''), FALSE)"
    if faithful(given, column) and not column.full:
        absent = given.neutral if given.default is None else given.default
        raw = f"COALESCE({raw}, {_writer(dialect, given)(absent)})"
    return raw, present


def _raw(dialect: Dialect, given: ir.Input, column: Column, name: str) -> str:
    if given.shape.type == "bool":
        return _read_bool(dialect, column, name)
    if given.shape.type == "choice":
        return _read_choice(dialect, given, column, name)
    if given.shape.type == "date":
        return _read_date(dialect, given, column, name)
    return _read_number(dialect, given.shape, column, name, given.name)


def faithful(given: ir.Input, column: Column | None) -> bool:
    """Whether every stored value can be read, so that one look at NULL, before anything else, settles what is absent.
    What follows then never meets a NULL, which saves a tenth of a whole run.
    """
    kinds = ("bool",) if given.shape.type == "bool" else ("scaled", "date")
    return column is not None and (column.kind in kinds or _in_range(given, column))


def _in_range(given: ir.Input, column: Column | None) -> bool:
    """Whether the file's statistics prove that each of its numbers is one that the input takes."""
    if column is None or column.span is None or column.digits > given.shape.scale:
        return False
    if column.kind not in ("scaled", "integer", "decimal") or given.shape.type in ("bool", "date", "choice"):
        return False
    unit = 1 if column.kind == "scaled" else 10**given.shape.scale
    low, high = (bound * unit for bound in column.span)
    return given.shape.low <= low <= high <= given.shape.high


def settle(
    dialect: Dialect, given: ir.Input, column: Column | None, raw: str, present: str
) -> tuple[str, str]:
    """SQL for (value, flag) once raw and present stand in columns of their own. The shortest text that is
    true wins: this runs for every cell of the archive.
    """
    write, optional = _writer(dialect, given), given.default is not None
    if faithful(given, column):
        present = "TRUE" if optional or (column and column.full) else present
        if given.shape.type == "bool" or _in_range(given, column):
            return raw, present
    inside = f"{raw} BETWEEN {dialect.integer(given.shape.low)} AND {dialect.integer(given.shape.high)}"
    if given.shape.type == "bool":
        return _general(given, raw, present, f"({raw} IS NOT NULL)", write)
    if faithful(given, column):
        value = f"CASE WHEN {inside} THEN {raw} ELSE {write(given.neutral)} END"
        return value, f"({inside})" if present == "TRUE" else f"({present} AND {inside})"
    return _general(given, raw, present, f"COALESCE({inside}, FALSE)", write)


def _general(
    given: ir.Input, raw: str, present: str, inside: str, write: Callable[[int], str]
) -> tuple[str, str]:
    neutral = write(given.neutral)
    if given.default is None:
        return f"CASE WHEN {inside} THEN {raw} ELSE {neutral} END", inside
    value = f"CASE WHEN {inside} THEN {raw} WHEN {present} THEN {neutral} ELSE {write(given.default)} END"
    return value, f"({inside} OR NOT {present})"


def _writer(dialect: Dialect, given: ir.Input) -> Callable[[int], str]:
    return _truth if given.shape.type == "bool" else dialect.integer


def _truth(value: int) -> str:
    return "TRUE" if value else "FALSE"


def _read_bool(dialect: Dialect, column: Column, name: str) -> str:
    if column.kind == "bool":
        return name
    if column.kind in ("integer", "scaled"):
        return f"CASE {name} WHEN 1 THEN TRUE WHEN 0 THEN FALSE END"
    if column.kind != "text":
        raise unreadable(name, column.kind, (" true 或 false", "true or false"))
    yes, no = (", ".join(dialect.text(word) for word in words) for words in (TRUE_WORDS, FALSE_WORDS))
    word = f"LOWER(TRIM({name}))"
    return f"CASE WHEN {word} IN ({yes}) THEN TRUE WHEN {word} IN ({no}) THEN FALSE END"


def _read_choice(dialect: Dialect, given: ir.Input, column: Column, name: str) -> str:
    if column.kind == "scaled":
        return f"CAST({name} AS BIGINT)"
    if column.kind != "text":
        raise unreadable(name, column.kind, ("文字", "text"))
    places = " ".join(
        f"WHEN {dialect.text(label)} THEN {dialect.integer(place)}"
        for place, label in enumerate(given.shape.choices)
    )
    return f"CASE {name} {places} END"


def _read_date(dialect: Dialect, given: ir.Input, column: Column, name: str) -> str:
    if column.kind == "text" and dialect.day:
        written = dialect.matches.format(f"TRIM({name})", dialect.text("^[0-9]{4}-[0-9]{2}-[0-9]{2}$"))
        name = f"CASE WHEN {written} THEN {dialect.day.format(f'TRIM({name})')} END"
    elif column.kind != "date":
        raise unreadable(given.name, column.kind, ("日期", "a date"))
    parts = (
        f"EXTRACT({part} FROM {name}) * {factor}"
        for part, factor in (("YEAR", 10000), ("MONTH", 100), ("DAY", 1))
    )
    return f"CAST({' + '.join(parts)} AS BIGINT)"


def _read_number(dialect: Dialect, shape: ir.Shape, column: Column, name: str, label: str) -> str:
    if column.kind == "scaled":
        return f"CAST({name} AS BIGINT)"
    if column.kind == "float" and dialect.name == "spark":
        name, column = f"CAST({name} AS DECIMAL(38, 12))", Column("decimal", 12)
    if column.kind in ("text", "float"):
        return _from_text(dialect, shape, name)
    if column.kind not in ("integer", "decimal"):
        raise unreadable(label, column.kind, ("数字", "a number"))
    low, high = (_plain(bound, shape.scale) for bound in (shape.low, shape.high))
    fits = f"{name} BETWEEN {low} AND {high}"
    taken = _scaled(shape, name)
    if column.digits > shape.scale:
        taken = f"CASE WHEN {_exact(dialect, shape, column.digits, name)} THEN {taken} END"
    return f"CASE WHEN {fits} THEN {taken} END"


def _exact(dialect: Dialect, shape: ir.Shape, digits: int, name: str) -> str:
    """Whether an in-range decimal has no more decimals than the input keeps.

    Both sides are narrowed first: Spark drops decimals when two wide decimals meet, and 1.00001 would equal
    1.00.
    """
    width = _width(shape) + digits - shape.scale
    if dialect.name == "postgresql" or width > WIDEST:
        return f"{name} = ROUND({name}, {shape.scale})"
    narrow = f"CAST({name} AS DECIMAL({width}, {digits}))"
    return f"{narrow} = CAST({narrow} AS DECIMAL({_width(shape) + 1}, {shape.scale}))"


def _from_text(dialect: Dialect, shape: ir.Shape, name: str) -> str:
    text = f"TRIM(CAST({name} AS {dialect.text_type}))"
    zeros = f"([.][0-9]{{0,{shape.scale}}}0*)?"
    plain = dialect.matches.format(text, dialect.text(f"^[+-]?[0-9]{{1,18}}{zeros}$"))
    low, high = (_plain(bound, shape.scale) for bound in (shape.low, shape.high))
    number = f"CAST({text} AS DECIMAL(38, {shape.scale}))"
    return f"CASE WHEN {plain} THEN CASE WHEN {number} BETWEEN {low} AND {high} THEN {_scaled(shape, number)} END END"


def _scaled(shape: ir.Shape, number: str) -> str:
    """An in-range number as its integer. The narrowest decimal keeps the engine in 64-bit arithmetic."""
    if not shape.scale:
        return f"CAST({number} AS BIGINT)"
    return f"CAST(CAST({number} AS DECIMAL({_width(shape)}, {shape.scale})) * {10**shape.scale} AS BIGINT)"


def _width(shape: ir.Shape) -> int:
    """Digits of the largest value in range."""
    return max(len(str(max(abs(shape.low), abs(shape.high)))), shape.scale + 1)


def _plain(value: int, scale: int) -> str:
    """A bound in the unit people write, as a decimal literal."""
    return f"{Decimal(value).scaleb(-scale):f}"


def shown(dialect: Dialect, shape: ir.Shape, column: str, scaled: bool) -> str:
    """A result column as it is written out: labels, days, decimals; `scaled` keeps whole fen."""
    if shape.type == "choice":
        labels = " ".join(
            f"WHEN {dialect.integer(place)} THEN {dialect.label(label, shape.choices)}"
            for place, label in enumerate(shape.choices)
        )
        return f"CASE {column} {labels} END"
    if shape.type == "date":
        return _day(dialect, column)
    if shape.type == "bool" or scaled or not shape.scale:
        return column
    fraction = f"0.{'0' * (shape.scale - 1)}1"
    return f"CAST({column} * {fraction} AS DECIMAL(20, {shape.scale}))"


def _day(dialect: Dialect, column: str) -> str:
    by, hundred = dialect.divide, 100
    parts = (f"{column} {by} 10000", f"({column} {by} {hundred}) % {hundred}", f"{column} % {hundred}")
    return f"MAKE_DATE({', '.join(f'CAST({part} AS INTEGER)' for part in parts)})"

"""IR expressions as SQL text. Every operand is a 64-bit integer or a boolean and never null, so the text is
plain.
"""

from collections.abc import Callable

from niangjia.policy import ir
from niangjia.policy.sets.dialect import Dialect, Names

SIGNS = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


class Writer:
    """Writes expressions over one set of column names in one dialect."""

    def __init__(self, dialect: Dialect, names: Names) -> None:
        self.dialect = dialect
        self.names = names

    def __call__(self, expr: ir.Expr) -> str:
        return WRITERS[type(expr)](self, expr)

    def joined(self, items: tuple[ir.Expr, ...], word: str) -> str:
        return word.join(self(item) for item in items)


def _constant(write: Writer, expr: ir.Const) -> str:
    return write.dialect.integer(expr.value)


def _truth(write: Writer, expr: ir.Truth) -> str:
    return "TRUE" if expr.value else "FALSE"


def _reference(write: Writer, expr: ir.Ref) -> str:
    return write.names[expr.name]


def _add(write: Writer, expr: ir.Add) -> str:
    return f"({write(expr.left)} + {write(expr.right)})"


def _subtract(write: Writer, expr: ir.Sub) -> str:
    return f"({write(expr.left)} - {write(expr.right)})"


def _multiply(write: Writer, expr: ir.Mul) -> str:
    return f"({write(expr.left)} * {write(expr.right)})"


def _divide(write: Writer, expr: ir.Div) -> str:
    """All three engines truncate towards zero, so a half is added with the sign of the dividend."""
    left, right, by = write(expr.left), write(expr.right), write.dialect.divide
    if expr.mode == "floor":
        whole = f"({left} {by} {right})"
        if expr.nonnegative:
            return whole
        return f"({whole} - CASE WHEN {left} % {right} < 0 THEN {write(ir.Const(1))} ELSE {write(ir.Const(0))} END)"
    if isinstance(expr.right, ir.Const):
        half = write(ir.Const(expr.right.value // 2))
    else:
        half = f"({right} {by} {write(ir.Const(2))})"
    if not expr.nonnegative:
        half = f"CASE WHEN {left} < 0 THEN -{half} ELSE {half} END"
    return f"(({left} + {half}) {by} {right})"


def _least(write: Writer, expr: ir.Min) -> str:
    return _extreme(write, expr.items, "LEAST", "<=")


def _greatest(write: Writer, expr: ir.Max) -> str:
    return _extreme(write, expr.items, "GREATEST", ">=")


def _extreme(write: Writer, items: tuple[ir.Expr, ...], word: str, sign: str) -> str:
    """Of two plain numbers a choice: DuckDB makes it in a third of the time. Nested ones would double their text."""
    if len(items) != 2 or not all(_is_plain(item) for item in items):
        return f"{word}({write.joined(items, ', ')})"
    left, right = map(write, items)
    return f"CASE WHEN {left} {sign} {right} THEN {left} ELSE {right} END"


def _is_plain(expr: ir.Expr) -> bool:
    match expr:
        case ir.Const() | ir.Ref():
            return True
        case ir.Add(left, right) | ir.Sub(left, right) | ir.Mul(left, right):
            return _is_plain(left) and _is_plain(right)
        case ir.Div(left, ir.Const(), _mode, nonnegative):
            return nonnegative and _is_plain(left)
    return False


def _choose(write: Writer, expr: ir.If) -> str:
    """One flat CASE: an IF in the last place continues the list instead of nesting."""
    branches = list(expr.branches)
    otherwise = expr.otherwise
    while isinstance(otherwise, ir.If):
        branches += otherwise.branches
        otherwise = otherwise.otherwise
    if not branches:
        return write(otherwise)
    lines = " ".join(f"WHEN {write(condition)} THEN {write(value)}" for condition, value in branches)
    return f"CASE {lines} ELSE {write(otherwise)} END"


def _compare(write: Writer, expr: ir.Compare) -> str:
    return f"({write(expr.left)} {SIGNS[expr.sign]} {write(expr.right)})"


def _contained(write: Writer, expr: ir.In) -> str:
    if not expr.values:
        return "FALSE"
    values = ", ".join(write.dialect.integer(value) for value in expr.values)
    return f"({write(expr.item)} IN ({values}))"


def _and(write: Writer, expr: ir.And) -> str:
    return f"({write.joined(expr.items, ' AND ')})" if expr.items else "TRUE"


def _or(write: Writer, expr: ir.Or) -> str:
    return f"({write.joined(expr.items, ' OR ')})" if expr.items else "FALSE"


def _not(write: Writer, expr: ir.Not) -> str:
    return f"(NOT {write(expr.item)})"


WRITERS: dict[type, Callable[..., str]] = {
    ir.Const: _constant,
    ir.Truth: _truth,
    ir.Ref: _reference,
    ir.Add: _add,
    ir.Sub: _subtract,
    ir.Mul: _multiply,
    ir.Div: _divide,
    ir.Min: _least,
    ir.Max: _greatest,
    ir.If: _choose,
    ir.Compare: _compare,
    ir.In: _contained,
    ir.And: _and,
    ir.Or: _or,
    ir.Not: _not,
}

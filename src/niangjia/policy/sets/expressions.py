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
        expr = simpler(expr)
        return WRITERS[type(expr)](self, expr)

    def joined(self, items: tuple[ir.Expr, ...], word: str) -> str:
        return word.join(self(item) for item in items)


def simpler(expr: ir.Expr) -> ir.Expr:
    """The same value with less work: no + 0, and a choice between truths as plain logic, which engines
    vectorise.
    """
    match expr:
        case ir.Add(left, ir.Const(0)) | ir.Add(ir.Const(0), left) | ir.Sub(left, ir.Const(0)):
            return simpler(left)
        case ir.If(branches, otherwise) if len(branches) == 1:
            return _logic(branches[0][0], simpler(branches[0][1]), simpler(otherwise)) or expr
        case ir.And(items):
            kept = _without(items, True)
            return simpler(kept[0]) if len(kept) == 1 else ir.And(kept)
        case ir.Or(items):
            kept = _without(items, False)
            return simpler(kept[0]) if len(kept) == 1 else ir.Or(kept)
    return expr


def _without(items: tuple[ir.Expr, ...], neutral: bool) -> tuple[ir.Expr, ...]:
    """The items that matter, each once."""
    return tuple(dict.fromkeys(one for one in map(simpler, items) if one != ir.Truth(neutral)))


def _logic(condition: ir.Expr, value: ir.Expr, otherwise: ir.Expr) -> ir.Expr | None:
    """`value if condition else otherwise` where one of the two is a plain truth."""
    if isinstance(value, ir.Truth):
        if value == otherwise:
            return value
        return ir.Or((condition, otherwise)) if value.value else ir.And((ir.Not(condition), otherwise))
    if isinstance(otherwise, ir.Truth):
        return ir.Or((ir.Not(condition), value)) if otherwise.value else ir.And((condition, value))
    return None


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
    return f"LEAST({write.joined(expr.items, ', ')})"


def _greatest(write: Writer, expr: ir.Max) -> str:
    return f"GREATEST({write.joined(expr.items, ', ')})"


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

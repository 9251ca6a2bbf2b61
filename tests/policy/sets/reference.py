"""What docs/policies.md says, computed the slow way: exact fractions on the raw syntax tree of the file's
text.

It shares nothing with the engine, neither the reader nor the lowering: it is the other side of every equality
test.
"""

import ast
import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

UNKNOWN = object()
DIGITS = {"money": 2, "int": 0}


class Reference:
    """One policy on one day. `decide(case)` gives status, reason and outputs."""

    def __init__(self, text: str, on: date) -> None:
        self.file = tomllib.loads(text, parse_float=Decimal)
        self.on = on
        self.steps = {step["name"]: step for step in self.file.get("step", [])}

    def decide(self, case: dict[str, Any]) -> dict[str, Any]:
        run = _Run(self, case)
        verdicts = [(gate, run.gate(gate)) for gate in self.file.get("gate", [])]
        for gate, verdict in verdicts:
            if verdict is True:
                return {"status": "excluded", "reason": gate["name"], "outputs": {}}
        outputs = {name: run.unit(name) for name in self.file["policy"]["outputs"]}
        if any(verdict is UNKNOWN for _, verdict in verdicts) or UNKNOWN in outputs.values():
            return {"status": "incomplete", "reason": None, "outputs": {}}
        return {"status": "decided", "reason": None, "outputs": outputs}


class _Run:
    def __init__(self, policy: Reference, case: dict[str, Any]) -> None:
        self.policy, self.case = policy, case
        self.found: dict[Any, Any] = {}

    def gate(self, gate: dict[str, Any]) -> Any:
        """True = excluded."""
        if "exclude" in gate:
            return self.text(gate["exclude"], None)
        held = self.text(gate["require"], None)
        return held if held is UNKNOWN else not held

    def unit(self, name: str) -> Any:
        if name not in self.found:
            self.found[name] = self._unit(name)
        return self.found[name]

    def _unit(self, name: str) -> Any:
        file = self.policy.file
        if name in self.policy.steps:
            return self.step(self.policy.steps[name], None)
        if name in file.get("param", {}):
            return self.parameter(file["param"][name])
        return fact(file["input"][name], self.case.get(name))

    def parameter(self, given: dict[str, Any]) -> Any:
        if "value" in given:
            return number(given["value"])
        entry = in_force(given["dated"], self.policy.on)
        return UNKNOWN if entry.get("unknown") else number(entry["value"])

    def step(self, step: dict[str, Any], row: int | None) -> Any:
        if "dated" in step:
            step = step | in_force(step["dated"], self.policy.on)
        value = self.cases(step, row) if "cases" in step else self.text(step["expr"], row)
        for kind, choose in (("cap", min), ("floor", max)):
            if kind in step and value is not UNKNOWN:
                bound = self.text(step[kind]["at"], row)
                value = bound if bound is UNKNOWN else choose(value, bound)
        return value

    def cases(self, step: dict[str, Any], row: int | None) -> Any:
        for line in step["cases"]:
            held = self.text(line["when"], row) if "when" in line else True
            if held is UNKNOWN:
                return UNKNOWN
            if held:
                return line["then"] if isinstance(step["type"], list) else self.text(line["then"], row)
        raise AssertionError("the last line is open")

    def rows(self) -> Any:
        """The members, or UNKNOWN when there are too few or too many."""
        relation = self.policy.file["relation"]["成员"]
        rows = self.case["成员"]
        return rows if relation.get("min_count", 1) <= len(rows) <= relation["max_count"] else UNKNOWN

    def field(self, name: str, row: int) -> Any:
        if (name, row) not in self.found:
            step = self.policy.steps.get(name)
            given = self.policy.file["relation"]["成员"]["fields"].get(name)
            self.found[name, row] = (
                self.step(step, row) if step else fact(given, self.case["成员"][row].get(name))  # type: ignore[arg-type]
            )
        return self.found[name, row]

    def text(self, text: str, row: int | None) -> Any:
        tree = ast.parse(text, mode="eval").body
        return self.node(tree, text, row)

    def node(self, node: ast.expr, text: str, row: int | None) -> Any:
        return getattr(self, "on_" + type(node).__name__.lower())(node, text, row)

    def on_constant(self, node: ast.Constant, text: str, row: int | None) -> Any:
        if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            return Fraction(Decimal(ast.get_source_segment(text, node) or ""))
        return node.value

    def on_name(self, node: ast.Name, text: str, row: int | None) -> Any:
        if node.id in ("true", "false"):
            return node.id == "true"
        return self.policy.on if node.id == "当日" else self.unit(node.id)

    def on_attribute(self, node: ast.Attribute, text: str, row: int | None) -> Any:
        assert row is not None
        return self.field(node.attr, row)

    def on_unaryop(self, node: ast.UnaryOp, text: str, row: int | None) -> Any:
        value = self.node(node.operand, text, row)
        if value is UNKNOWN:
            return UNKNOWN
        return not value if isinstance(node.op, ast.Not) else -value

    def on_binop(self, node: ast.BinOp, text: str, row: int | None) -> Any:
        left, right = self.node(node.left, text, row), self.node(node.right, text, row)
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case _:
                return left / right

    def on_boolop(self, node: ast.BoolOp, text: str, row: int | None) -> Any:
        """One known true side settles `or`, one known false side settles `and`."""
        settling = isinstance(node.op, ast.Or)
        sides = [self.node(side, text, row) for side in node.values]
        if settling in [side for side in sides if side is not UNKNOWN]:
            return settling
        return UNKNOWN if UNKNOWN in sides else not settling

    def on_compare(self, node: ast.Compare, text: str, row: int | None) -> Any:
        left = self.node(node.left, text, row)
        if isinstance(node.ops[0], ast.In):
            labels = node.comparators[0]
            chosen = labels.elts if isinstance(labels, ast.Tuple) else [labels]
            return UNKNOWN if left is UNKNOWN else left in [self.node(label, text, row) for label in chosen]
        right = self.node(node.comparators[0], text, row)
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        return COMPARISONS[type(node.ops[0])](left, right)

    def on_ifexp(self, node: ast.IfExp, text: str, row: int | None) -> Any:
        held = self.node(node.test, text, row)
        if held is UNKNOWN:
            return UNKNOWN
        return self.node(node.body if held else node.orelse, text, row)

    def on_call(self, node: ast.Call, text: str, row: int | None) -> Any:
        name = node.func.id  # type: ignore[attr-defined]
        if name in ("sum", "count", "any", "all"):
            return self.aggregate(name, node.args, text)
        if name == "unit":
            return self.node(node.args[0], text, row)
        if name in ("tier", "whole", "marginal", "lookup"):
            value = self.node(node.args[1], text, row)
            named = node.args[0].id  # type: ignore[attr-defined]
            return UNKNOWN if value is UNKNOWN else self.listed(name, named, value)
        values = [self.node(argument, text, row) for argument in node.args]
        return UNKNOWN if UNKNOWN in values else FUNCTIONS[name](*values)

    def listed(self, call: str, named: str, value: Any) -> Any:
        if call == "lookup":
            table = self.policy.file["table"][named]
            rows = table.get("rows") or in_force(table["dated"], self.policy.on)["rows"]
            found = rows.get(value, table.get("default"))
            return UNKNOWN if found == "unknown" else number(found)
        tier = self.policy.file["tier"][named]
        rows = tier.get("rows") or in_force(tier["dated"], self.policy.on)["rows"]
        kind = tier["kind"] if call == "tier" else call
        return whole(rows, value) if kind == "whole" else marginal(rows, value, tier.get("round") == "each")

    def aggregate(self, kind: str, arguments: list[ast.expr], text: str) -> Any:
        rows = self.rows()
        if rows is UNKNOWN:
            return UNKNOWN
        if isinstance(arguments[0], ast.Name):
            return Fraction(len(rows))
        values = [self.node(arguments[0], text, place) for place in range(len(rows))]
        held = [
            self.node(arguments[1], text, place) if len(arguments) > 1 else True for place in range(len(rows))
        ]
        return AGGREGATES[kind](values, held)


def fact(given: dict[str, Any], value: Any) -> Any:
    """A fact as the border takes it: default when absent, UNKNOWN when required, out of range or not exact."""
    if value is None:
        return plain(given["default"]) if "default" in given else UNKNOWN
    kind = given["type"]
    if isinstance(kind, list):
        return value if value in kind else UNKNOWN
    if kind == "bool":
        return value
    if kind == "date":
        low, high = given.get("min", date(1900, 1, 1)), given.get("max", date(2199, 12, 31))
        return value if low <= value <= high else UNKNOWN
    low, high = (Fraction(given.get(side, bound)) for side, bound in (("min", 0), ("max", 1)))
    exact = Fraction(value) * 10 ** (given.get("digits", DIGITS.get(kind, 4)))
    return Fraction(value) if low <= Fraction(value) <= high and exact.denominator == 1 else UNKNOWN


def plain(value: Any) -> Any:
    return value if isinstance(value, (bool, str, date)) else Fraction(value)


number = plain


def in_force(entries: list[dict[str, Any]], on: date) -> dict[str, Any]:
    return [entry for entry in entries if entry["from"] <= on][-1]


def half_up(value: Fraction, digits: Fraction) -> Fraction:
    """Nearest, halves away from zero."""
    unit = Fraction(10) ** int(digits)
    size = (abs(value) * unit + Fraction(1, 2)).__floor__()
    return (size if value >= 0 else -size) / unit


def reaches(row: dict[str, Any], value: Fraction) -> bool:
    if "lt" in row:
        return value < Fraction(row["lt"])
    return "le" not in row or value <= Fraction(row["le"])


def whole(rows: list[dict[str, Any]], value: Fraction) -> Fraction:
    row = next(row for row in rows if reaches(row, value))
    return Fraction(row["amount"]) if "amount" in row else half_up(Fraction(row["rate"]) * value, Fraction(2))


def marginal(rows: list[dict[str, Any]], value: Fraction, each: bool) -> Fraction:
    """Every slice below the value at its own rate; the first row's slice also takes what is below zero."""
    total, low = Fraction(0), Fraction(0)
    for place, row in enumerate(rows):
        high = Fraction(row.get("lt", row.get("le", max(value, low))))
        reached = place == 0 or value > low
        part = Fraction(row["rate"]) * (min(value, high) - low) if reached else Fraction(0)
        total += half_up(part, Fraction(2)) if each else part
        low = high
    return total if each else half_up(total, Fraction(2))


def _sum(values: list[Any], held: list[Any]) -> Any:
    counted = [value for value, taken in zip(values, held, strict=True) if taken is not False]
    return UNKNOWN if UNKNOWN in held or UNKNOWN in counted else sum(counted, Fraction(0))


def _count(values: list[Any], held: list[Any]) -> Any:
    return UNKNOWN if UNKNOWN in values else Fraction(sum(map(bool, values)))


def _any(values: list[Any], held: list[Any]) -> Any:
    """One row known to hold settles it."""
    if True in values:
        return True
    return UNKNOWN if UNKNOWN in values else False


def _all(values: list[Any], held: list[Any]) -> Any:
    """One row known not to hold settles it."""
    if False in values:
        return False
    return UNKNOWN if UNKNOWN in values else True


def age(born: date, on: date) -> Fraction:
    return Fraction(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


AGGREGATES: dict[str, Callable[..., Any]] = {"sum": _sum, "count": _count, "any": _any, "all": _all}
FUNCTIONS: dict[str, Callable[..., Any]] = {
    "min": min,
    "max": max,
    "round": half_up,
    "floor": lambda value: Fraction(value.__floor__()),
    "ceil": lambda value: Fraction(value.__ceil__()),
    "years": age,
    "year": lambda day: Fraction(day.year),
    "month": lambda day: Fraction(day.month),
}
COMPARISONS: dict[type, Callable[[Any, Any], bool]] = {
    ast.Lt: lambda left, right: left < right,
    ast.LtE: lambda left, right: left <= right,
    ast.Gt: lambda left, right: left > right,
    ast.GtE: lambda left, right: left >= right,
    ast.Eq: lambda left, right: left == right,
    ast.NotEq: lambda left, right: left != right,
}

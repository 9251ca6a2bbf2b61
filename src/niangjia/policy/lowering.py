"""One formula → typed IR: a walk over Python's syntax tree that knows only what the grammar allows."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from niangjia.policy import calendar, ir, typed, units
from niangjia.policy.errors import PolicyError
from niangjia.policy.gathering import Gathering
from niangjia.policy.hosts import Host, Slot, Test, Turn, replace_frame
from niangjia.policy.layout import Cause
from niangjia.policy.records import replace
from niangjia.policy.text import TODAY, Source
from niangjia.policy.typed import BOOL, CHOICE, DATE, NUMBER, Typed

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


class Lowering:
    """Lowers the nodes of one formula in one frame."""

    def __init__(self, source: Source, host: Host, frame: str | None = None) -> None:
        self.source = source
        self.host = host
        self.names = host.names
        self.frame = host.frame if frame is None else frame

    def whole(self) -> Typed:
        return self.lower(self.source.tree)

    def lower(self, node: ast.expr) -> Typed:
        try:
            value = self._lower(node)
        except PolicyError as error:
            raise self._placed(error, node) from None
        if value.kind == BOOL:
            self.host.turns.append(Turn(self.source.offset(node), self.source.end(node), value, self.frame))
        return value

    def _placed(self, error: PolicyError, node: ast.AST) -> PolicyError:
        """With the column of the innermost node it arose in."""
        if not error.place.column and not error.place.item:
            error.place = replace(error.place, column=self.source.column(node))
        return error

    def _lower(self, node: ast.expr) -> Typed:
        match node:
            case ast.Constant():
                return self._constant(node)
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.Attribute(value=ast.Name(id=base), attr=name):
                return self._slot(node, self.names.member(base, name, self.frame))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return typed.negate(self.lower(operand))
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                item = typed.need(self.lower(operand), BOOL)
                return replace(item, expr=ir.Not(item.expr))
            case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as op, right=right):
                return typed.add(self.lower(left), self.lower(right), 1 if isinstance(op, ast.Add) else -1)
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return typed.multiply(self.lower(left), self.lower(right))
            case ast.BinOp(op=ast.Div()):
                raise PolicyError(
                    "除法只能直接写在 round(…, 位数)、floor 或 ceil 里；比较时请改写成乘法。",
                    "'/' stands only directly inside round(…, digits), floor or ceil; else multiply instead.",
                )
            case ast.BoolOp(op=op, values=values):
                return self._logic(isinstance(op, ast.Or), [typed.need(self.lower(v), BOOL) for v in values])
            case ast.Compare():
                return self._compare(node)
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self.choose([(self.lower(test), self.lower(body))], self.lower(orelse))
            case ast.Call(func=ast.Name(id=function), args=args, keywords=[]):
                return self._call(node, function, args)
        raise PolicyError(
            f"公式里不能写“{self.source.segment(node)}”。",
            f"'{self.source.segment(node)}' is not part of the language.",
        )

    def _constant(self, node: ast.Constant) -> Typed:
        if isinstance(node.value, bool):
            return Typed(ir.Truth(node.value), BOOL)
        if isinstance(node.value, str):
            return Typed(ir.Const(0), CHOICE, label=node.value)
        written = self.source.segment(node)
        if (
            isinstance(node.value, int | float)
            and written.replace(".", "", 1).isdigit()
            and written.isascii()
        ):
            return typed.constant(Decimal(written))
        raise PolicyError(
            f"数字“{written}”请写成普通小数。", f"Write the number '{written}' as a plain decimal."
        )

    def _name(self, node: ast.Name, name: str) -> Typed:
        if name in ("true", "false"):
            return Typed(ir.Truth(name == "true"), BOOL)
        if name == TODAY:
            today = calendar.number(self.names.on)
            return Typed(ir.Const(today), DATE, 0, today, today)
        return self._slot(node, self.names.name(name, self.frame))

    def _slot(self, node: ast.AST, value: Typed) -> Typed:
        self.host.slots.append(Slot(self.source.offset(node), self.source.end(node), value, self.frame))
        return value

    def _compare(self, node: ast.Compare) -> Typed:
        if len(node.ops) == 1 and isinstance(node.ops[0], ast.In):
            return self._within(self.lower(node.left), node.comparators[0])
        sides = [self.lower(side) for side in (node.left, *node.comparators)]
        parts = []
        for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
            sign = _SIGNS.get(type(op))
            if sign is None:
                raise PolicyError(
                    "只能用 < <= > >= == != 和 in 比较。", "Only < <= > >= == != and in compare."
                )
            parts.append(typed.compare(sign, left, right))
            if left.kind == NUMBER and len(node.ops) == 1:
                span = self.source.offset(node), self.source.end(node)
                self.host.tests.append(Test(*span, typed.add(left, right, -1), self.frame))
        return parts[0] if len(parts) == 1 else self._logic(False, parts)

    def _within(self, item: Typed, labels: ast.expr) -> Typed:
        listed = labels.elts if isinstance(labels, ast.Tuple) else [labels]
        chosen = [typed.meet([item, self.lower(each)])[1] for each in listed]
        if item.kind != CHOICE or not all(isinstance(each.expr, ir.Const) for each in chosen):
            raise PolicyError(
                "in 右边应是选项列表，如 ('甲', '乙')。", "'in' takes labels on its right, like ('甲', '乙')."
            )
        values = tuple(each.expr.value for each in chosen if isinstance(each.expr, ir.Const))
        return Typed(ir.In(item.expr, values), BOOL, known=item.known)

    def _logic(self, is_or: bool, parts: Sequence[Typed]) -> Typed:
        """and / or. One known true side settles an `or`, one known false side an `and`."""
        items = tuple(part.expr for part in parts)
        expr: ir.Expr = ir.Or(items) if is_or else ir.And(items)
        everything = typed.together(parts)
        if all(part.known == everything for part in parts):
            return Typed(expr, BOOL, known=everything)
        settled = tuple(
            ir.And((part.known_expr, part.expr if is_or else ir.Not(part.expr))) for part in parts
        )
        whole = ir.Or((typed.flags(everything), *settled))
        known = self.host.flag_for(whole, self.frame, Cause(everything))
        return Typed(expr, BOOL, known=known)

    def choose(self, branches: Sequence[tuple[Typed, Typed]], otherwise: Typed) -> Typed:
        """if / else and cases. Only the facts of the branch taken are needed."""
        conditions = [typed.need(condition, BOOL) for condition, _ in branches]
        values = typed.meet([*(value for _, value in branches), otherwise])
        exprs = [value.expr for value in values]
        expr = ir.If(tuple((c.expr, v) for c, v in zip(conditions, exprs, strict=False)), exprs[-1])
        known = self._known_of_branch(conditions, values)
        return replace(typed.union(values), expr=expr, known=known)

    def _known_of_branch(self, conditions: Sequence[Typed], values: Sequence[Typed]) -> typed.Known:
        first = conditions[0].known
        everything = typed.together([*conditions, *values])
        if everything == first or not everything:
            return first
        known: ir.Expr = values[-1].known_expr
        for condition, value in zip(reversed(conditions), reversed(values[:-1]), strict=True):
            taken = value.known_expr
            branch = taken if taken == known else ir.If(((condition.expr, taken),), known)
            known = ir.And((condition.known_expr, branch)) if condition.known else branch
        return self.host.flag_for(known, self.frame, *_reached(conditions, values))

    # Calls

    def _call(self, node: ast.Call, function: str, args: list[ast.expr]) -> Typed:
        made = _CALLS.get(function)
        if made is None:
            raise PolicyError(f"没有函数“{function}”。", f"There is no function '{function}'.")
        least, most, method = made
        if not least <= len(args) <= most:
            raise PolicyError(
                f"{function} 的参数个数不对。", f"{function} takes another number of arguments."
            )
        return method(self, node, args)

    def _smallest(self, node: ast.Call, args: list[ast.expr]) -> Typed:
        assert isinstance(node.func, ast.Name)
        return typed.smallest([self.lower(arg) for arg in args], node.func.id == "max")

    def _round(self, node: ast.Call, args: list[ast.expr]) -> Typed:
        digits = args[1]
        if not isinstance(digits, ast.Constant) or type(digits.value) is not int or digits.value > 6:
            raise PolicyError(
                "round 的第二项是 0 到 6 的位数。", "The second argument of round is a number from 0 to 6."
            )
        return self._quotient(args[0], digits.value, "half")

    def _whole(self, node: ast.Call, args: list[ast.expr]) -> Typed:
        assert isinstance(node.func, ast.Name)
        return self._quotient(args[0], 0, node.func.id)

    def _quotient(self, node: ast.expr, digits: int, mode: str) -> Typed:
        try:
            above, below = self._fraction(node)
            if below is None and mode == "half":
                return typed.rounded(typed.need(above, NUMBER), digits)
            return typed.divide(above, below or typed.ONE, digits, mode)
        except PolicyError as error:
            raise self._placed(error, node) from None

    def _fraction(self, node: ast.expr) -> tuple[Typed, Typed | None]:
        """Products and quotients as one numerator and one denominator, so that nothing is lost on the way."""
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult | ast.Div)):
            return self.lower(node), None
        above, below = self._fraction(node.left)
        top, base = self._fraction(node.right)
        if isinstance(node.op, ast.Div):
            top, base = base or typed.ONE, top
        above = above if top is typed.ONE else typed.multiply(above, top)
        if base is not None:
            below = base if below is None else typed.multiply(below, base)
        return above, below

    def _tier(self, node: ast.Call, args: list[ast.expr]) -> Typed:
        assert isinstance(node.func, ast.Name)
        kind = "" if node.func.id == "tier" else node.func.id
        argument = self.host.column_for(typed.need(self.lower(args[1]), NUMBER), self.frame)
        return self.names.tier(_word(args[0]), argument, kind, replace_frame(self.host, self.frame))

    def _lookup(self, node: ast.Call, args: list[ast.expr]) -> Typed:
        key = self.host.column_for(typed.need(self.lower(args[1]), CHOICE), self.frame)
        value = self.names.lookup(_word(args[0]), key, replace_frame(self.host, self.frame))
        return self._slot(node, value)

    def _aggregate(self, node: ast.Call, args: list[ast.expr]) -> Typed:
        assert isinstance(node.func, ast.Name)
        function = node.func.id
        if isinstance(args[0], ast.Name) and function == "count":
            return self._slot(node, self.names.count_of(args[0].id))
        gathering = Gathering(self.host)
        relation = gathering.relation(args)
        before, asked = len(self.host.slots), (len(self.host.turns), len(self.host.tests))
        inner = Lowering(self.source, self.host, relation)
        parts = [inner.lower(arg) for arg in args]
        del self.host.slots[before:], self.host.turns[asked[0] :], self.host.tests[asked[1] :]
        return self._slot(node, gathering.gather(function, relation, parts))

    def _date(self, node: ast.Call, args: list[ast.expr]) -> Typed:
        try:
            assert isinstance(args[0], ast.Constant) and isinstance(args[0].value, str)
            day = calendar.number(date.fromisoformat(args[0].value))
        except (AssertionError, ValueError):
            raise PolicyError("日期写成 date('2024-07-01')。", "Write a day as date('2024-07-01').") from None
        return Typed(ir.Const(day), DATE, 0, day, day)

    def _days(self, node: ast.Call, args: list[ast.expr]) -> Typed:
        assert isinstance(node.func, ast.Name)
        function = node.func.id
        days = [self.host.column_for(typed.need(self.lower(arg), DATE), self.frame) for arg in args]
        if function == "age":
            today = calendar.number(self.names.on)
            function, days = "years", [days[0], Typed(ir.Const(today), DATE, 0, today, today)]
        made = calendar.FUNCTIONS[function](*days)
        unit = {"years": "年", "months": "月", "days": "日"}.get(function)
        shown = units.parse("岁" if node.func.id == "age" else unit) if unit else None
        return replace(made, unit=shown, known=typed.together(days))

    def _unit(self, node: ast.Call, args: list[ast.expr]) -> Typed:
        number, unit = self.lower(args[0]), args[1]
        if not isinstance(unit, ast.Constant) or not isinstance(unit.value, str):
            raise PolicyError("写成 unit(12, '月/年')。", "Write unit(12, '月/年').")
        if not isinstance(number.expr, ir.Const):
            raise PolicyError("unit 只给写出的数字加单位。", "unit gives a unit to a written number only.")
        return replace(number, unit=units.parse(unit.value))


def _reached(conditions: Sequence[Typed], values: Sequence[Typed]) -> Iterator[Cause]:
    """One line after the other: a condition matters when those before are known not to hold, a value when its
    own holds.
    """
    before: tuple[ir.Expr, ...] = ()
    for condition, value in zip(conditions, values, strict=False):
        yield Cause(condition.known, before)
        known = (*before, condition.known_expr)
        yield Cause(value.known, (*known, condition.expr))
        before = (*known, ir.Not(condition.expr))
    yield Cause(values[-1].known, before)


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    raise PolicyError("第一项应是档位或表的名称。", "The first argument is the name of a tier or table.")


_Call = Callable[[Lowering, ast.Call, list[ast.expr]], Typed]
_CALLS: dict[str, tuple[int, int, _Call]] = {
    "min": (2, 50, Lowering._smallest),
    "max": (2, 50, Lowering._smallest),
    "round": (2, 2, Lowering._round),
    "floor": (1, 1, Lowering._whole),
    "ceil": (1, 1, Lowering._whole),
    "tier": (2, 2, Lowering._tier),
    "whole": (2, 2, Lowering._tier),
    "marginal": (2, 2, Lowering._tier),
    "lookup": (2, 2, Lowering._lookup),
    "sum": (1, 2, Lowering._aggregate),
    "count": (1, 1, Lowering._aggregate),
    "any": (1, 1, Lowering._aggregate),
    "all": (1, 1, Lowering._aggregate),
    "date": (1, 1, Lowering._date),
    "year": (1, 1, Lowering._days),
    "month": (1, 1, Lowering._days),
    "age": (1, 1, Lowering._days),
    "years": (2, 2, Lowering._days),
    "months": (2, 2, Lowering._days),
    "days": (2, 2, Lowering._days),
    "unit": (2, 2, Lowering._unit),
}

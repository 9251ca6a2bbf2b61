"""Formulas as sentences: what was compared, added or looked up, with the numbers of the case, in Chinese or
English.

Conditions are told as facts (the income 950 yuan is above the line 900 yuan, by 50), so they are true as
they stand.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from niangjia.policy import ir, typed
from niangjia.policy.evaluate import evaluate
from niangjia.policy.hosts import Slot, Test, Turn, shape_of
from niangjia.policy.model import Policy
from niangjia.policy.notes import Written
from niangjia.policy.text import TODAY
from niangjia.policy.trace import Columns, Reader
from niangjia.policy.wording import Wording

Say = Callable[[Columns], str]
_ROUND = {"zh": "{0}（四舍五入，保留{1}位小数）", "en": "{0} (rounded to {1} decimals)"}
_FEN = {"zh": "{0}（四舍五入到分）", "en": "{0} (rounded to the fen)"}
_SHAPES = {
    "floor": {"zh": "{0}（舍去小数）", "en": "{0} (fraction dropped)"},
    "ceil": {"zh": "{0}（小数进一）", "en": "{0} (rounded up)"},
    "tier": {"zh": "{1} 按“{0}”分档计算", "en": "{1} by the tiers '{0}'"},
    "whole": {"zh": "{1} 按“{0}”整额分档计算", "en": "the whole of {1} by the tiers '{0}'"},
    "marginal": {"zh": "{1} 按“{0}”分段计算", "en": "{1} slice by slice by the tiers '{0}'"},
    "years": {"zh": "{0}至{1}的整年数", "en": "full years from {0} to {1}"},
    "months": {"zh": "{0}至{1}的整月数", "en": "full months from {0} to {1}"},
    "days": {"zh": "{0}至{1}的天数", "en": "days from {0} to {1}"},
    "age": {"zh": "{0}出生至当日的周岁", "en": "age on the day, born {0}"},
    "year": {"zh": "{0}的年份", "en": "the year of {0}"},
    "month": {"zh": "{0}的月份", "en": "the month of {0}"},
    "sum": {"zh": "各行{0}之和", "en": "the sum of {0}"},
    "count": {"zh": "{0}者的数目", "en": "the number of rows with {0}"},
    "any": {"zh": "有一行满足“{0}”", "en": "some row has {0}"},
    "all": {"zh": "每一行都满足“{0}”", "en": "every row has {0}"},
}
_ORDER = {"zh": ("低于", "等于", "高于"), "en": ("is below", "equals", "is above")}
_BY = {"zh": ("（少 {}）", "", "（多 {}）"), "en": (" (by {})", "", " (by {})")}
_AND = {"zh": "，", "en": ", "}
_EXTREME = {
    ("min", "zh"): "{} 中较小者",
    ("max", "zh"): "{} 中较大者",
    ("min", "en"): "the smallest of {}",
    ("max", "en"): "the largest of {}",
}
_NOT_BELOW_ZERO = {"zh": "{}（小于 0 按 0 计）", "en": "{} (0 if below 0)"}
_WORDS: dict[type[ast.cmpop], dict[str, str]] = {
    ast.Lt: {"zh": "低于", "en": "below"},
    ast.LtE: {"zh": "不超过", "en": "up to"},
    ast.Gt: {"zh": "高于", "en": "above"},
    ast.GtE: {"zh": "不低于", "en": "at least"},
    ast.Eq: {"zh": "为", "en": "being"},
    ast.NotEq: {"zh": "不为", "en": "not being"},
    ast.In: {"zh": "属于", "en": "one of"},
}
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "×", ast.Div: "÷"}


class Phraser:
    """Turns one formula of one policy into something that can be said of any traced case.

    `others`: the policies it uses, by their names in it.
    """

    def __init__(
        self, policy: Policy, others: Mapping[str, Policy], written: Written, reader: Reader, wording: Wording
    ) -> None:
        self.policy = policy
        self.others = others
        self.wording = wording
        self.language = wording.language
        self.reader = reader
        self.source = written.source
        self.slots = {(slot.start, slot.end): slot for slot in written.slots}
        self.turns = {(turn.start, turn.end): turn for turn in written.turns}
        self.tests = {(test.start, test.end): test for test in written.tests}

    def whole(self) -> Say:
        assert self.source is not None
        return self.say(self.source.tree)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        assert self.source is not None
        return self.source.offset(node), self.source.end(node)

    def say(self, node: ast.expr) -> Say:
        """A number, label or day as words."""
        span = self._span(node)
        if span in self.slots:
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "lookup":
                return self._looked_up(node.args, self.slots[span])
            return self._named(node, self.slots[span])
        match node:
            case ast.Constant(value=str() as label):
                return self._fixed(f"“{self.wording.label(label)}”")
            case ast.Name(id=name) if name == TODAY:
                return self._fixed({"zh": "当日", "en": "the day"}[self.language])
            case ast.BinOp(left=left, op=op, right=right):
                tight = isinstance(op, ast.Mult | ast.Div)
                before = self._inner(left) if tight else self.say(left)
                after = self._inner(right) if tight or isinstance(op, ast.Sub) else self.say(right)
                return self._joined(before, f" {_SIGNS[type(op)]} ", after)
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self._joined(self._fixed("-"), "", self._inner(operand))
            case ast.IfExp(test=test, body=body, orelse=orelse):
                return self._branch(test, self.say(body), self.say(orelse))
            case ast.Call(func=ast.Name(id=function), args=args):
                return self._call(function, args)
        if span in self.turns:
            return self.facts(node)
        assert self.source is not None
        return self._fixed(self.source.segment(node))

    def _fixed(self, text: str) -> Say:
        return lambda columns: text

    def _joined(self, left: Say, sign: str, right: Say) -> Say:
        return lambda columns: left(columns) + sign + right(columns)

    def _inner(self, node: ast.expr) -> Say:
        """In brackets where reading would be unclear without."""
        said = self.say(node)
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
            return lambda columns: f"（{said(columns)}）" if self.language == "zh" else f"({said(columns)})"
        return said

    def label(self, node: ast.expr) -> str:
        """The label of a name, or of what a call gathers."""
        match node:
            case ast.Name(id=name):
                for items in (self.policy.steps, self.policy.parameters, self.policy.inputs):
                    if name in items:
                        return items[name].label[self.language]
                return name
            case ast.Attribute(value=ast.Name(id=base), attr=name):
                return self._member(base, name)
            case ast.Call(func=ast.Name(id=function), args=args):
                inside = self.describe(args[0])
                if (
                    function == "count"
                    and isinstance(args[0], ast.Name)
                    and args[0].id in self.policy.relations
                ):
                    inside = self.policy.relations[args[0].id].label[self.language]
                    return f"{inside}数" if self.language == "zh" else f"number of {inside}"
                return self._gathered(function, inside, args)
        assert self.source is not None
        return self.source.segment(node)

    def _gathered(self, function: str, inside: str, args: Sequence[ast.expr]) -> str:
        said = _SHAPES[function][self.language].format(inside)
        if len(args) < 2:
            return said
        where = self.describe(args[1])
        return f"{where}者的{said}" if self.language == "zh" else f"{said} where {where}"

    def describe(self, node: ast.expr) -> str:
        """A condition or amount of a row in words without numbers of the case: 关系为“子女”且周岁低于18."""
        match node:
            case ast.BoolOp(op=op, values=values):
                words = {"zh": ("且", "或"), "en": (" and ", " or ")}[self.language]
                return words[isinstance(op, ast.Or)].join(self.describe(value) for value in values)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return {"zh": "非", "en": "not "}[self.language] + self.describe(operand)
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                word = _WORDS[type(op)][self.language]
                space = "" if self.language == "zh" else " "
                return space.join((self.describe(left), word, self.describe(right)))
            case ast.BinOp(left=left, op=sign, right=right):
                return f"{self.describe(left)} {_SIGNS[type(sign)]} {self.describe(right)}"
            case ast.Constant(value=str() as label):
                return f"“{self.wording.label(label)}”"
            case ast.Tuple(elts=elements):
                return ("、" if self.language == "zh" else ", ").join(
                    self.describe(each) for each in elements
                )
            case ast.Call(func=ast.Name(id="age")):
                return {"zh": "周岁", "en": "age"}[self.language]
            case ast.Call(args=args) if len(args) == 1 or isinstance(args[1], ast.Constant):
                return self.describe(args[0])
        return self.label(node)

    def _member(self, base: str, name: str) -> str:
        relation = self.policy.relations.get(base)
        if relation is not None:
            if name in self.policy.steps:
                return self.policy.steps[name].label[self.language]
            return next((each.label[self.language] for each in relation.fields if each.name == name), name)
        other, alias = self.others.get(base), self.wording.label(base)
        said = (
            other.steps[name].label[self.language] if other and name in other.steps else self._outcome(name)
        )
        return f"{alias}的{said}" if self.language == "zh" else f"{said} of {alias}"

    def _outcome(self, name: str) -> str:
        """`别名.excluded` in words."""
        return {"zh": "不适用", "en": "exclusion"}[self.language] if name == "excluded" else name

    def _shape(self, node: ast.expr, slot: Slot) -> ir.Shape:
        """A parameter shows as its declared type."""
        if isinstance(node, ast.Name) and node.id in self.policy.parameters:
            return shape_of(slot.value, self.policy.parameters[node.id].type.name)
        return self.reader.shape(slot.value, slot.frame)

    def _named(self, node: ast.expr, slot: Slot) -> Say:
        shape, expr, label = self._shape(node, slot), slot.value.expr, self.label(node)
        if shape.type == "bool":
            colon = "：" if self.language == "zh" else ": "
            return lambda columns: f"{label}{colon}{self.wording.value(evaluate(expr, columns), shape)}"
        space = "" if shape.type == "choice" and self.language == "zh" else " "
        return lambda columns: f"{label}{space}{self.wording.value(evaluate(expr, columns), shape)}"

    def _call(self, function: str, args: Sequence[ast.expr]) -> Say:
        if function in ("min", "max"):
            return self._extreme(function, args)
        if function in ("date", "unit"):
            first, *rest = (str(arg.value) for arg in args if isinstance(arg, ast.Constant))
            return self._fixed(" ".join([first, *(self.wording.unit(unit, first) for unit in rest)]))
        if function in ("tier", "whole", "marginal"):
            return self._tier(function, args)
        form = _SHAPES[function][self.language] if function != "round" else ""
        if function == "round":
            digits = args[1].value if isinstance(args[1], ast.Constant) else 2
            form = (_FEN if digits == 2 else _ROUND)[self.language].replace("{1}", str(digits))
            args = args[:1]
        parts = [self.say(arg) for arg in args]
        return lambda columns: form.format(*(part(columns) for part in parts))

    def _extreme(self, function: str, args: Sequence[ast.expr]) -> Say:
        parts = [self.say(arg) for arg in args if not (isinstance(arg, ast.Constant) and arg.value == 0)]
        if function == "max" and len(parts) == 1 and len(args) == 2:
            form = _NOT_BELOW_ZERO[self.language]
        else:
            parts, form = [self.say(arg) for arg in args], _EXTREME[function, self.language]
        comma = "、" if self.language == "zh" else ", "
        return lambda columns: form.format(comma.join(part(columns) for part in parts))

    def _tier(self, function: str, args: Sequence[ast.expr]) -> Say:
        name = args[0].id if isinstance(args[0], ast.Name) else ""
        label, argument = self.policy.tiers[name].label[self.language], self.say(args[1])
        form = _SHAPES[function][self.language]
        return lambda columns: form.format(label, argument(columns))

    def _looked_up(self, args: Sequence[ast.expr], slot: Slot) -> Say:
        name = args[0].id if isinstance(args[0], ast.Name) else ""
        table, key = self.policy.tables[name], self.say(args[1])
        label, expr = table.label[self.language], slot.value.expr
        shape = shape_of(slot.value, table.type.name)
        form = "“{0}”中{1}的 {2}" if self.language == "zh" else "{2} from '{0}' for {1}"
        return lambda columns: form.format(
            label, key(columns), self.wording.value(evaluate(expr, columns), shape)
        )

    def _branch(self, test: ast.expr, body: Say, orelse: Say) -> Say:
        turn, facts = self.turns[self._span(test)], self.facts(test)
        form = "因为{0}，取 {1}" if self.language == "zh" else "since {0}: {1}"

        def said(columns: Columns) -> str:
            taken = body if evaluate(turn.value.expr, columns) else orelse
            return form.format(facts(columns), taken(columns))

        return said

    # Conditions, as facts

    def facts(self, node: ast.expr) -> Say:
        """The facts that settle a condition: of an `or` that holds only those that hold, and so on."""
        return lambda columns: _AND[self.language].join(self._settling(node, columns))

    def _settling(self, node: ast.expr, columns: Columns) -> list[str]:
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return self._settling(node.operand, columns)
        if isinstance(node, ast.BoolOp):
            whole = self._holds(self.turns[self._span(node)], columns)
            settles = whole == isinstance(node.op, ast.Or)
            parts = [part for part in node.values if not settles or self._settles(part, whole, columns)]
            return [fact for part in parts for fact in self._settling(part, columns)]
        return [self._fact(node)(columns)]

    def _settles(self, node: ast.expr, whole: bool, columns: Columns) -> bool:
        turn = self.turns[self._span(node)]
        known = evaluate(turn.value.known_expr, columns)
        return bool(known) and self._holds(turn, columns) == whole

    @staticmethod
    def _holds(turn: Turn, columns: Columns) -> bool:
        return bool(evaluate(turn.value.expr, columns))

    def _fact(self, node: ast.expr) -> Say:
        if isinstance(node, ast.Compare):
            span = self._span(node)
            if span in self.tests:
                return self._order(node, self.tests[span])
            return self.say(node.left)
        return self.say(node)

    def _side(self, node: ast.expr, test: Test) -> Say:
        """A written number takes the unit of what it is compared with."""
        if not isinstance(node, ast.Constant):
            return self.say(node)
        assert self.source is not None
        number = typed.constant(Decimal(self.source.segment(node)), test.apart.unit)
        shape, code = shape_of(number), number.low
        return self._fixed(self.wording.value(code, shape))

    def _order(self, node: ast.Compare, test: Test) -> Say:
        left, right = self._side(node.left, test), self._side(node.comparators[0], test)
        shape = shape_of(test.apart)

        def said(columns: Columns) -> str:
            apart = evaluate(test.apart.expr, columns)
            at = (apart > 0) - (apart < 0) + 1
            by = _BY[self.language][at].format(self.wording.value(abs(apart), shape))
            return f"{left(columns)} {_ORDER[self.language][at]} {right(columns)}{by}"

        return said

"""Random policies as TOML text, and cases on their boundaries: what the equality tests feed every engine."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

ON = date(2025, 10, 1)
LABELS = ("甲类", "乙类", "丙类")
ROLES = ("本人", "配偶", "子女")


@dataclass
class Given:
    """An input as generated: how to draw a value for it."""

    name: str
    kind: str
    low: Any
    high: Any
    digits: int = 0
    default: Any = None


@dataclass
class Policy:
    text: str
    inputs: list[Given]
    fields: list[Given]
    min_count: int
    max_count: int
    outputs: list[str]
    boundaries: list[Decimal] = field(default_factory=list)


class Maker:
    """Draws one policy. Every formula is well typed by construction; only 64-bit ranges may still refuse it."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.boundaries: list[Decimal] = []
        self.inputs = [self.given(name, kind) for name, kind in INPUTS]
        self.fields = [self.given(name, kind) for name, kind in FIELDS]
        self.min_count, self.max_count = random.choice((0, 1)), random.choice((3, 8))
        self.steps: dict[str, list[str]] = {kind: [] for kind in ("money", "int", "bool", "choice")}
        self.row_steps: list[str] = []
        self.row = False

    def given(self, name: str, kind: str) -> Given:
        low, high = {
            "money": self.random.choice(((0, 100_000), (0, 10_000_000), (-50_000, 50_000))),
            "int": self.random.choice(((0, 20), (-5, 120))),
            "rate": (0, 1),
            "number": (0, 1000),
        }.get(kind, (None, None))
        digits = {"money": 2, "rate": 4, "number": 3}.get(kind, 0)
        one = Given(name, kind, low, high, digits)
        if self.random.random() < 0.5:
            one.default = value_for(one, self.random, [])
        return one

    def pick(self, *options: Any) -> Any:
        return options[self.random.randrange(len(options))]

    def literal(self, low: int = 0, high: int = 100_000) -> str:
        value = Decimal(self.random.randint(low * 100, high * 100)).scaleb(-2)
        value = value if self.random.random() < 0.4 else value.quantize(Decimal(1))
        self.boundaries.append(value)
        return f"{value:f}"

    def field(self, kind: str) -> str:
        names = [one.name for one in self.fields if one.kind == kind]
        return "成员." + self.random.choice(names)

    def input(self, kind: str) -> str:
        return self.random.choice([one.name for one in self.inputs if one.kind == kind])

    def money(self, depth: int) -> str:
        if depth <= 0 or self.random.random() < 0.15:
            leaves = [self.input("money"), "慰问金"]
            if self.row:
                leaves += [self.field("money")] * 3 + ["成员." + name for name in self.row_steps]
            return self.pick(*leaves, *self.steps["money"][-3:])
        deeper = depth - 1
        forms = [
            lambda: f"({self.money(deeper)} {self.pick('+', '-')} {self.money(deeper)})",
            lambda: f"{self.pick('min', 'max')}({self.money(deeper)}, {self.money(deeper)})",
            lambda: f"{self.pick('min', 'max')}({self.money(deeper)}, {self.literal()})",
            lambda: f"round({self.money(deeper)} * {self.factor(deeper)}, {self.pick(0, 1, 2, 2)})",
            lambda: f"round({self.money(deeper)} / {self.divisor(deeper)}, 2)",
            lambda: (
                f"round({self.money(deeper)} * {self.factor(deeper)} / {self.divisor(deeper)}, {self.pick(0, 2)})"
            ),
            lambda: f"({self.money(deeper)} if {self.truth(deeper)} else {self.money(deeper)})",
            lambda: f"{self.pick('tier', 'whole')}(整档, {self.money(deeper)})",
            lambda: f"{self.pick('tier', 'marginal')}({self.pick('累进档', '逐级档')}, {self.money(deeper)})",
            lambda: f"lookup(标准, {self.choice()})",
            lambda: f"-{self.money(0)}",
        ]
        if not self.row:
            forms += [self.row_sum] * 2
        return str(self.pick(*forms)())

    def factor(self, depth: int) -> str:
        return str(self.pick(self.input("rate"), self.input("number"), "0.15", "1.5", "0.333", self.whole(0)))

    def divisor(self, depth: int) -> str:
        return str(
            self.pick("3", "7", "12", "0.7", f"max({self.whole(0)}, 1)", f"({self.input('number')} + 0.001)")
        )

    def whole(self, depth: int) -> str:
        """A whole number without unit."""
        leaves = [self.input("int"), str(self.random.randint(0, 40))]
        leaves += [self.field("int")] if self.row else ["count(成员)", *self.steps["int"][-2:]]
        if depth <= 0 or self.random.random() < 0.2:
            return str(self.pick(*leaves))
        deeper = depth - 1
        forms = [
            lambda: f"({self.whole(deeper)} {self.pick('+', '-')} {self.whole(deeper)})",
            lambda: f"{self.pick('floor', 'ceil')}({self.whole(deeper)} / {self.divisor(0)})",
            lambda: f"round({self.whole(deeper)} / {self.divisor(0)}, 0)",
            lambda: f"floor({self.money(deeper)} / unit(100, '元'))",
            lambda: f"({self.whole(deeper)} if {self.truth(deeper)} else {self.whole(deeper)})",
            lambda: f"{self.pick('min', 'max')}({self.whole(deeper)}, {self.whole(deeper)})",
            lambda: f"{self.pick('year', 'month')}({self.day()})",
            lambda: f"floor(years({self.day()}, 当日) / unit(1, '年'))",
        ]
        if not self.row:
            forms += [lambda: f"count({self.inside(self.truth, 1)})"] * 2
        return str(self.pick(*forms)())

    def day(self) -> str:
        return self.field("date") if self.row else self.input("date")

    def choice(self) -> str:
        return self.pick(self.input("choice"), *self.steps["choice"])

    def truth(self, depth: int) -> str:
        if depth <= 0 or self.random.random() < 0.15:
            leaves = [self.input("bool"), *self.steps["bool"][-2:]]
            return str(self.pick(*leaves, *([self.field("bool")] * 2 if self.row else [])))
        deeper, sign = depth - 1, self.pick("<", "<=", ">", ">=", "==", "!=")
        forms = [
            lambda: f"{self.money(deeper)} {sign} {self.literal()}",
            lambda: f"{self.money(deeper)} {sign} {self.money(deeper)}",
            lambda: f"{self.whole(deeper)} {sign} {self.whole(deeper)}",
            lambda: f"({self.truth(deeper)} {self.pick('and', 'or')} {self.truth(deeper)})",
            lambda: f"(not {self.truth(deeper)})",
            lambda: f"{self.choice()} == '{self.pick(*LABELS)}'",
            lambda: f"{self.choice()} in ('{LABELS[0]}', '{self.pick(*LABELS[1:])}')",
        ]
        if self.row:
            forms.append(lambda: f"{self.field('choice')} != '{self.pick(*ROLES)}'")
        else:
            forms += [lambda: f"{self.pick('any', 'all')}({self.inside(self.truth, 1)})"] * 2
        return f"({self.pick(*forms)()})"

    def inside(self, make: Any, depth: int) -> str:
        """An argument of an aggregate: it must name at least one field."""
        self.row = True
        try:
            text = make(depth)
            return text if "成员." in text else f"({self.field('bool')} and {text})"
        finally:
            self.row = False

    def row_sum(self) -> str:
        self.row = True
        try:
            text = self.money(1)
            text = text if "成员." in text else self.field("money")
        finally:
            self.row = False
        where = f", {self.inside(self.truth, 1)}" if self.random.random() < 0.4 else ""
        return f"sum({text}{where})"

    def make(self) -> Policy:
        body = [self.lists()]
        for place in range(self.random.randint(0, 2)):
            self.row = True
            body.append(self.step(f"行{place}", "money", self.money(2), 'per = "成员"'))
            self.row = False
            self.row_steps.append(f"行{place}")
        for place in range(self.random.randint(3, 7)):
            body.append(self.unit_step(place))
        last = self.steps["money"] + self.steps["int"] + self.steps["bool"] + self.steps["choice"]
        outputs = self.random.sample(last, min(len(last), 4))
        gates = [self.gate(place) for place in range(self.random.randint(0, 2))]
        head = HEAD.format(outputs=", ".join(f'"{name}"' for name in outputs))
        facts = "".join(self.fact(one) for one in self.inputs)
        text = head + facts + self.relation() + "".join(body) + "".join(gates)
        return Policy(
            text, self.inputs, self.fields, self.min_count, self.max_count, outputs, self.boundaries
        )

    def unit_step(self, place: int) -> str:
        kind = self.pick("money", "money", "money", "int", "bool", "choice", "cases")
        name = self.pick("值", "step", "Step") + str(place)
        if kind == "choice":
            lines = [f'{{ when = "{self.truth(2)}", then = "{self.pick(*LABELS)}" }}' for _ in range(2)]
            lines.append(f'{{ then = "{LABELS[2]}" }}')
            self.steps["choice"].append(name)
            return STEP.format(name=name, type=list_of(LABELS), body=f"cases = [{', '.join(lines)}]", more="")
        if kind == "cases":
            lines = [f'{{ when = "{self.truth(2)}", then = "{self.money(2)}" }}' for _ in range(2)]
            lines.append(f'{{ then = "{self.money(1)}" }}')
            self.steps["money"].append(name)
            return STEP.format(name=name, type='"money"', body=f"cases = [{', '.join(lines)}]", more="")
        expr = {"money": self.money, "int": self.whole, "bool": self.truth}[kind](4)
        more = ""
        if kind == "money" and self.random.random() < 0.3:
            more = f'cap = {{ at = "{self.literal(100)}", source = "x" }}'
        self.steps[kind].append(name)
        return self.step(name, kind, expr, more)

    def step(self, name: str, kind: str, expr: str, more: str) -> str:
        return STEP.format(name=name, type=f'"{kind}"', body=f'expr = "{expr}"', more=more)

    def gate(self, place: int) -> str:
        word = self.pick("exclude", "require")
        return f'[[gate]]\nname = "门{place}"\n{word} = "{self.truth(2)}"\nreason = "理由"\nsource = "x"\n'

    def fact(self, one: Given) -> str:
        return f'[input."{one.name}"]\n' + "\n".join(facts_of(one)) + "\n"

    def relation(self) -> str:
        lines = [f'"{one.name}" = {{ {", ".join(facts_of(one))} }}' for one in self.fields]
        return (
            f'[relation."成员"]\nkey = "户号"\nmin_count = {self.min_count}\nmax_count = {self.max_count}\n'
            '[relation."成员".fields]\n' + "\n".join(lines) + "\n"
        )

    def lists(self) -> str:
        unknown = self.random.random() < 0.1
        value = "unknown = true" if unknown else f"value = {self.literal()}"
        bounds = sorted(self.random.sample(range(1, 80_000), 3))
        self.boundaries += [Decimal(bound) for bound in bounds]
        signs = [self.pick("lt", "le") for _ in bounds]
        whole = [
            f"{{ {signs[0]} = {bounds[0]}, amount = 0 }}",
            f"{{ {signs[1]} = {bounds[1]}, amount = 500.5 }}",
            f"{{ {signs[2]} = {bounds[2]}, rate = 0.125 }}",
            "{ rate = 0.2 }",
        ]
        steps = [
            f"{{ {sign} = {bound}, rate = 0.{self.random.randint(1, 999):03} }}"
            for sign, bound in zip(signs, bounds, strict=True)
        ]
        cells = ", ".join(f'"{label}" = {self.literal()}' for label in LABELS[:2])
        last = self.pick(f'"{LABELS[2]}" = 7.5', f'"{LABELS[2]}" = "unknown"')
        return LISTS.format(
            value=value,
            whole=", ".join(whole),
            marginal=", ".join([*steps, "{ rate = 0.3 }"]),
            cells=f"{cells}, {last}",
        )


INPUTS = (
    ("自付", "money"),
    ("收入", "money"),
    ("人次", "int"),
    ("比例", "rate"),
    ("系数", "number"),
    ("农民工", "bool"),
    ("参保", "bool"),
    ("类别", "choice"),
    ("入会日", "date"),
)
FIELDS = (
    ("月收入", "money"),
    ("医疗", "money"),
    ("岁数", "int"),
    ("在读", "bool"),
    ("身份", "choice"),
    ("生日", "date"),
)
HEAD = """[policy]
region = "350600"
scheme = "random"
title = "随机"
version = "1"
from = 2024-01-01
unit = "household"
source = "x"
outputs = [{outputs}]
"""
STEP = """[[step]]
name = "{name}"
type = {type}
{body}
{more}
source = "x"
"""
LISTS = """[param."慰问金"]
type = "money"
source = "x"
dated = [{{ from = 2024-01-01, value = 1 }}, {{ from = 2025-01-01, {value} }}]
[tier."整档"]
kind = "whole"
source = "x"
rows = [{whole}]
[tier."累进档"]
kind = "marginal"
source = "x"
rows = [{marginal}]
[tier."逐级档"]
kind = "marginal"
round = "each"
source = "x"
rows = [{marginal}]
[table."标准"]
type = "money"
source = "x"
rows = {{ {cells} }}
"""


def list_of(labels: tuple[str, ...]) -> str:
    return "[" + ", ".join(f'"{label}"' for label in labels) + "]"


def labels_of(one: Given) -> tuple[str, ...]:
    return ROLES if one.name == "身份" else LABELS


def facts_of(one: Given) -> list[str]:
    kind = list_of(labels_of(one)) if one.kind == "choice" else f'"{one.kind}"'
    lines = [f"type = {kind}"]
    if one.low is not None:
        lines += [f"min = {one.low}", f"max = {one.high}"]
    if one.kind in ("rate", "number"):
        lines.append(f"digits = {one.digits}")
    if one.default is not None:
        lines.append(f"default = {written(one.default)}")
    return lines


def written(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else f"{value}"


def value_for(one: Given, random: Random, boundaries: list[Decimal]) -> Any:
    """A value inside the range, often at its edge or at a boundary of the rules."""
    if one.kind == "bool":
        return random.random() < 0.5
    if one.kind == "choice":
        return random.choice(labels_of(one))
    if one.kind == "date":
        return date(1955, 1, 1) + timedelta(days=random.randint(0, 28_000))
    unit = Decimal(1).scaleb(-one.digits)
    near = [edge + random.choice((-unit, 0 * unit, unit)) for edge in boundaries]
    near = [value for value in near if one.low <= value <= one.high]
    if near and one.kind == "money" and random.random() < 0.5:
        return random.choice(near).quantize(unit)
    if random.random() < 0.2:
        return random.choice((Decimal(one.low), Decimal(one.high), Decimal(one.low) + unit)).quantize(unit)
    return Decimal(random.randint(one.low * 10**one.digits, one.high * 10**one.digits)).scaleb(-one.digits)


def poison_for(one: Given, random: Random) -> Any:
    """A value no rule should ever see."""
    if one.kind == "choice":
        return "不在表内"
    if one.kind == "date":
        return random.choice((date(1850, 1, 1), date(2300, 12, 31)))
    if one.kind == "bool":
        return None
    return random.choice(
        (
            Decimal("9E+18"),
            Decimal("-9E+18"),
            Decimal(-500_000),
            Decimal("0.0001"),
            Decimal("1.00001"),
            Decimal(10**14),
        )
    )


def cases_for(policy: Policy, random: Random, count: int) -> list[dict[str, Any]]:
    return [_case(policy, random) for _ in range(count)]


def _case(policy: Policy, random: Random) -> dict[str, Any]:
    wrong = random.choice((0, 0, 0.05, 0.3))

    def draw(one: Given) -> Any:
        if random.random() < wrong:
            return random.choice((None, poison_for(one, random)))
        return value_for(one, random, policy.boundaries)

    members = random.choice((1, 1, 2, 3, policy.max_count, policy.max_count + 1, policy.min_count, 0))
    case = {one.name: draw(one) for one in policy.inputs}
    return case | {"成员": [{one.name: draw(one) for one in policy.fields} for _ in range(members)]}

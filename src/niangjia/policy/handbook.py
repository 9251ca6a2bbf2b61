"""`docs`: one policy as a handbook page in Markdown, read by staff: what it needs, how it computes, its
examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from niangjia.policy import tiers
from niangjia.policy.library import Library
from niangjia.policy.model import Entry, Input, Parameter, Policy, Row, Scalar, Stack, Step, T, Tier, Type
from niangjia.policy.wording import Wording

_WORDS = {
    "zh": {
        "source": "依据",
        "force": "施行",
        "unit": "对象",
        "inputs": "需要的资料",
        "gates": "不能享受的情形",
        "params": "标准与参数",
        "steps": "计算步骤",
        "examples": "例子",
        "needed": "必填",
        "default": "默认",
        "unknown": "未公布",
        "expect": "结果",
        "notes": "说明",
        "order": "顺序",
        "uses": "引用的政策",
        "layer": "第 {} 层",
        "sees": "看到",
        "takes": "扣除",
        "gives_way": "先让减",
        "whole": "整额",
        "marginal": "分段",
        "open": "原则上",
        "yes": "是",
        "no": "否",
        "comma": "、",
        "else": "其余情况",
    },
    "en": {
        "source": "Source",
        "force": "In force",
        "unit": "For",
        "inputs": "Facts needed",
        "gates": "Who is excluded",
        "params": "Rates and parameters",
        "steps": "Steps",
        "examples": "Examples",
        "needed": "required",
        "default": "default",
        "unknown": "not published",
        "expect": "Result",
        "notes": "Notes",
        "order": "Order",
        "uses": "Policies it uses",
        "layer": "layer {}",
        "sees": "sees",
        "takes": "takes off",
        "gives_way": "cut first",
        "whole": "the whole amount",
        "marginal": "slice by slice",
        "open": "in principle",
        "yes": "yes",
        "no": "no",
        "comma": ", ",
        "else": "otherwise",
    },
}
_KINDS = {
    "zh": {"bool": "是/否", "date": "日期", "int": "整数", "rate": "比例", "number": "数"},
    "en": {"bool": "yes/no", "date": "day", "int": "whole number", "rate": "share", "number": "number"},
}
UNITS = {
    "zh": {"person": "个人", "household": "家庭", "employer": "用人单位", "claim": "给付申请"},
    "en": {"person": "person", "household": "household", "employer": "employer", "claim": "claim"},
}


def page(policy: Policy, library: Library, language: str = "zh") -> str:
    """Markdown; inherited parts are shown with the file they come from."""
    whole = library.resolve(policy, policy.start)
    return "\n".join(_Page(whole, language).lines()) + "\n"


class _Page:
    def __init__(self, policy: Policy, language: str) -> None:
        self.policy = policy
        self.language = language
        self.words = _WORDS[language]
        self.wording = Wording.of(language, policy)

    def lines(self) -> Iterator[str]:
        policy, words = self.policy, self.words
        until = policy.until.isoformat() if policy.until else "…"
        yield f"# {policy.title[self.language]}"
        yield ""
        yield f"- `{policy.id}` {policy.version}"
        yield f"- {words['force']}: {policy.start} – {until}"
        yield f"- {words['unit']}: {UNITS[self.language][policy.unit]}"
        yield f"- {words['source']}: {self.wording.cited(policy.source)}"
        if policy.notes:
            yield f"- {words['notes']}: {policy.notes[self.language]}"
        yield from self._part("inputs", self._inputs())
        yield from self._part("gates", self._gates())
        yield from self._part("params", self._rules())
        yield from self._part("uses", self._uses())
        yield from self._part("order", self._stack())
        yield from self._part("steps", self._steps())
        yield from self._part("examples", self._examples())

    def _part(self, name: str, lines: Iterator[str]) -> Iterator[str]:
        made = list(lines)
        if made:
            yield from ("", f"## {self.words[name]}", "", *made)

    def _inputs(self) -> Iterator[str]:
        for made in self.policy.inputs.values():
            yield f"- {self._input(made)}"
        for relation in self.policy.relations.values():
            yield f"- **{relation.label[self.language]}** ({relation.min_count}–{relation.max_count})"
            yield from (f"  - {self._input(made)}" for made in relation.fields)

    def _input(self, made: Input) -> str:
        type_ = made.type
        kind = self._listed(type_.choices) or self._kind(type_)
        bounds = f" {made.low} – {made.high}" if made.low is not None and made.high is not None else ""
        need = (
            self.words["needed"]
            if made.default is None
            else f"{self.words['default']} {self._show(made.default)}"
        )
        name = "" if made.label[self.language] == made.name else f" `{made.name}`"
        return f"**{made.label[self.language]}**{name} ({kind}{bounds}; {need})"

    def _kind(self, type_: Type) -> str:
        if type_.keys_of:
            rows = self.policy.tables[type_.keys_of].rows
            return self._listed(dict.fromkeys(key for entry in rows for key in entry.value or ()))
        return self.wording.unit(type_.unit) or _KINDS[self.language].get(type_.name, "")

    def _listed(self, labels: Iterable[str]) -> str:
        return self.words["comma"].join(map(self.wording.label, labels))

    def _gates(self) -> Iterator[str]:
        for gate in self.policy.gates.values():
            sign = "not " if gate.negated else ""
            rule = f"`{sign}({gate.condition})`"
            yield f"- {gate.reason[self.language]}: {rule}{self._from(gate.source, gate.origin)}"

    def _rules(self) -> Iterator[str]:
        for made in self.policy.parameters.values():
            yield f"- **{made.label[self.language]}**{self._from(made.source, made.origin)}"
            for entry in made.values:
                yield f"  - {self._when(entry)}{self._value(made, entry)}"
        for tier in self.policy.tiers.values():
            yield f"- **{tier.label[self.language]}** ({self.words[tier.kind]}){self._from(tier.source, tier.origin)}"
            yield from self._tier(tier)
        for table in self.policy.tables.values():
            yield f"- **{table.label[self.language]}**{self._from(table.source, table.origin)}"
            for rows in table.rows:
                cells = [
                    f"{self.wording.label(key)} {self.words['unknown'] if value is None else self._show(value)}"
                    for key, value in (rows.value or {}).items()
                ]
                yield f"  - {self._when(rows)}{self._silent(rows) or self.words['comma'].join(cells)}"

    def _tier(self, tier: Tier) -> Iterator[str]:
        for entry in tier.rows:
            if entry.value is None:
                yield f"  - {self._when(entry)}{self.words['unknown']}"
                continue
            for rule in tiers.rules(tier, entry.value):
                yield f"  - {self._when(entry)}{rule[self.language == 'en']}"

    def _when(self, entry: Entry[T]) -> str:
        if entry.start == date.min:
            return ""
        return f"{entry.start} – {entry.until or '…'}: "

    def _value(self, made: Parameter, entry: Entry[Scalar]) -> str:
        if entry.value is None:
            return self._silent(entry)
        if made.type.name == "rate" and isinstance(entry.value, Decimal):
            return f"{tiers.plain(entry.value * 100)}%"
        shown = self._show(entry.value)
        return f"{shown} {self.wording.unit(made.type.unit, shown)}".rstrip()

    def _silent(self, entry: Entry[T]) -> str:
        return f"{self.words['unknown']} {entry.note}".rstrip() if entry.value is None else ""

    def _stack(self) -> Iterator[str]:
        stack = self.policy.stack
        if stack is None:
            return
        for name, order in stack.orders.items():
            mark = " ←" if name == stack.order else ""
            yield f"- {self.wording.label(name) or self.words['order']}: {self._arrows(order)}{mark}"

        yield from self._layers(stack)
        for ceiling in stack.ceilings:
            cut = f"{self.words['gives_way']}: {self._arrows(ceiling.gives_way)}"
            name = self.wording.label(ceiling.name)
            yield f"- **{name}** ≤ `{ceiling.limit}`; {cut} — {self.wording.cited(ceiling.source)}"

    def _layers(self, stack: Stack) -> Iterator[str]:
        for number, name in enumerate(stack.orders[stack.order], 1):
            layer = next(each for each in stack.layers if each.alias == name)
            place, words = self.words["layer"].format(number), self.words
            does = f"{words['sees']} `{layer.sees or stack.pool}`, {words['takes']} `{layer.amount}`"
            source = self.wording.cited(layer.source)
            yield f"- {place}: **{self.wording.label(name)}** `{layer.policy}`, {does} — {source}"

    def _uses(self) -> Iterator[str]:
        for use in self.policy.uses.values():
            told = "; ".join(f"`{name} = {formula}`" for name, formula in use.bindings.items())
            yield f"- **{self.wording.label(use.alias)}** `{use.policy}` {use.version} {told}".rstrip()

    def _arrows(self, names: Iterable[str]) -> str:
        return " → ".join(map(self.wording.label, names))

    def _steps(self) -> Iterator[str]:
        for number, step in enumerate(self.policy.steps.values(), 1):
            label = f"**{step.label[self.language]}** (`{step.name}`)"
            yield f"{number}. {label}{self._from(step.source, step.origin)}"
            yield from self._formulas(step)

    def _formulas(self, step: Step) -> Iterator[str]:
        for entry in step.formulas:
            when = self._when(entry)
            if entry.value is None:
                yield f"   - {when}{self.words['unknown']}"
            elif entry.value.expr:
                yield f"   - {when}`{entry.value.expr}`"
            else:
                for row in entry.value.cases:
                    yield f"   - {when}{self._line(row)}"
        for kind, limit in (("≤", step.cap), ("≥", step.floor)):
            if limit is not None:
                open_ = f" ({self.words['open']})" if limit.in_principle else ""
                yield f"   - {kind} `{limit.at}`{open_} {self.wording.cited(limit.source)}".rstrip()

    def _line(self, row: Row) -> str:
        when = f"`{row.when}`" if row.when else self.words["else"]
        return f"{when} → {self.wording.label(row.then)}"

    def _examples(self) -> Iterator[str]:
        for example in self.policy.examples:
            given, expect = self._show(example.given), self._show(example.expect)
            yield f"- **{example.name}** ({example.on}): {given} → **{expect}**"

    def _from(self, source: str, origin: str) -> str:
        own = f"{self.policy.region}/{self.policy.path.name}"
        return f" — {self.wording.cited(source)}" + (f" [{origin}]" if origin != own else "")

    def _show(self, value: object) -> str:
        """A value of the file, by the labels of its names."""
        if isinstance(value, bool):
            return self.words["yes" if value else "no"]
        if isinstance(value, list):
            return "[" + "；".join(map(self._show, value)) + "]"
        if isinstance(value, dict):
            return self.words["comma"].join(
                f"{self._label(key)} {self._show(each)}" for key, each in value.items()
            )
        return self.wording.label(value) if isinstance(value, str) else str(value)

    def _label(self, name: str) -> str:
        policy = self.policy
        found = policy.inputs.get(name) or policy.steps.get(name) or policy.relations.get(name)
        return found.label[self.language] if found else name

"""`docs`: one policy as a handbook page in Markdown, read by staff: what it needs, how it computes, its
examples.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from niangjia.policy import tiers
from niangjia.policy.library import Library
from niangjia.policy.model import Entry, Input, Policy, Step, T, Tier

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
    },
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

    def lines(self) -> Iterator[str]:
        policy, words = self.policy, self.words
        until = policy.until.isoformat() if policy.until else "…"
        yield f"# {policy.title[self.language]}"
        yield ""
        yield f"- `{policy.id}` {policy.version}"
        yield f"- {words['force']}: {policy.start} – {until}"
        yield f"- {words['unit']}: {UNITS[self.language][policy.unit]}"
        yield f"- {words['source']}: {policy.source}"
        if policy.notes:
            yield f"- {words['notes']}: {policy.notes[self.language]}"
        yield from self._part("inputs", self._inputs())
        yield from self._part("gates", self._gates())
        yield from self._part("params", self._rules())
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
        kind = "、".join(type_.choices) if type_.choices else type_.keys_of or type_.unit or type_.name
        bounds = f" {made.low} – {made.high}" if made.low is not None and made.high is not None else ""
        need = self.words["needed"] if made.default is None else f"{self.words['default']} {made.default}"
        return f"**{made.label[self.language]}** ({kind}{bounds}; {need})"

    def _gates(self) -> Iterator[str]:
        for gate in self.policy.gates.values():
            sign = "not " if gate.negated else ""
            rule = f"`{sign}({gate.condition})`"
            yield f"- {gate.reason[self.language]}: {rule}{self._from(gate.source, gate.origin)}"

    def _rules(self) -> Iterator[str]:
        for made in self.policy.parameters.values():
            yield f"- **{made.label[self.language]}**{self._from(made.source, made.origin)}"
            for entry in made.values:
                yield f"  - {self._when(entry)}{self._silent(entry) or entry.value} {made.type.unit}".rstrip()
        for tier in self.policy.tiers.values():
            yield f"- **{tier.label[self.language]}** ({tier.kind}){self._from(tier.source, tier.origin)}"
            yield from self._tier(tier)
        for table in self.policy.tables.values():
            yield f"- **{table.label[self.language]}**{self._from(table.source, table.origin)}"
            for rows in table.rows:
                cells = [
                    f"{key} {self.words['unknown'] if value is None else value}"
                    for key, value in (rows.value or {}).items()
                ]
                yield f"  - {self._when(rows)}{self._silent(rows) or '、'.join(cells)}"

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

    def _silent(self, entry: Entry[T]) -> str:
        return f"{self.words['unknown']} {entry.note}".rstrip() if entry.value is None else ""

    def _stack(self) -> Iterator[str]:
        stack = self.policy.stack
        if stack is None:
            return
        for name, order in stack.orders.items():
            mark = " ←" if name == stack.order else ""
            yield f"- {name or self.words['order']}: {' → '.join(order)}{mark}"

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
                    yield f"   - {when}`{row.when or '…'}` → {row.then}"
        for kind, limit in (("≤", step.cap), ("≥", step.floor)):
            if limit is not None:
                open_ = " (原则上)" if limit.in_principle else ""
                yield f"   - {kind} `{limit.at}`{open_} {limit.source}".rstrip()

    def _examples(self) -> Iterator[str]:
        for example in self.policy.examples:
            given = "，".join(f"{name} {_show(value)}" for name, value in example.given.items())
            expect = "，".join(f"{name} {_show(value)}" for name, value in example.expect.items())
            yield f"- **{example.name}** ({example.on}): {given} → **{expect}**"

    def _from(self, source: str, origin: str) -> str:
        own = f"{self.policy.region}/{self.policy.path.name}"
        return f" — {source}" + (f" [{origin}]" if origin != own else "")


def _show(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "[" + "；".join(_show(each) for each in value) + "]"
    if isinstance(value, dict):
        return "，".join(f"{key} {_show(each)}" for key, each in value.items())
    return str(value)

"""One policy inside a program: resolves its names to typed columns on demand: only what is needed is
compiled.

A scope may stand at unit level or, for a policy used `per` a relation, on that relation's rows.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from niangjia.policy import facts, ir, rules, typed, units, uses
from niangjia.policy.borders import border
from niangjia.policy.errors import Place, PolicyError
from niangjia.policy.hosts import Host
from niangjia.policy.layout import UNIT, Layout
from niangjia.policy.library import Library
from niangjia.policy.lowering import Lowering
from niangjia.policy.model import (
    Dated,
    Entry,
    Gate,
    Input,
    Parameter,
    Policy,
    Step,
    T,
    Table,
    Text,
    Tier,
    Type,
)
from niangjia.policy.notes import GateNote, Notes, written
from niangjia.policy.records import Mutable, fresh, replace
from niangjia.policy.steps import StepLowering
from niangjia.policy.text import parse
from niangjia.policy.typed import BOOL, NUMBER, Typed


class Scope(Mutable):
    """`settings` overrides parameters of the root policy; `lifted` lifts in-principle limits, with the
    reasons.
    """

    policy: Policy
    on: date
    library: Library
    layout: Layout
    notes: Notes
    settings: dict[str, object]
    lifted: dict[str, str]
    alias: str = ""
    frame: str = UNIT
    bindings: dict[str, Callable[[], Typed]] = fresh(default_factory=dict)
    parent: Scope | None = None
    made: dict[tuple[str, str], Typed] = fresh(default_factory=dict)
    active: list[str] = fresh(default_factory=list)
    others: dict[str, Scope] = fresh(default_factory=dict)
    shut: tuple[ir.Expr, typed.Known] | None = None

    # Names, as formulas see them

    def name(self, name: str, frame: str) -> Typed:
        policy = self.policy
        if name in policy.steps:
            step = policy.steps[name]
            if step.per and frame != step.per:
                raise PolicyError(
                    f"“{name}”是“{step.per}”每一行的步骤，请写成 {step.per}.{name}。",
                    f"'{name}' is computed per row of '{step.per}'; write {step.per}.{name}.",
                )
            return self.step(step)
        if name in policy.parameters:
            return self.parameter(name)
        if name in policy.inputs:
            return self.input(name)
        raise self.unknown(name)

    def unknown(self, name: str) -> PolicyError:
        from difflib import get_close_matches

        policy = self.policy
        known = [
            *policy.inputs,
            *policy.parameters,
            *policy.steps,
            *policy.tiers,
            *policy.tables,
            *policy.relations,
        ]
        near = get_close_matches(name, known, 1, 0.4)
        zh, en = (f"，是否想写“{near[0]}”？", f"; did you mean '{near[0]}'?") if near else ("。", ".")
        return PolicyError(f"没有名为“{name}”的输入、参数或步骤{zh}", f"There is no '{name}'{en}")

    def member(self, base: str, name: str, frame: str) -> Typed:
        if base in self.policy.uses:
            return uses.of_use(self, self.policy.uses[base], name, frame)
        relation = self.policy.relations.get(base)
        if relation is None:
            raise self.unknown(base)
        if frame != base:
            raise PolicyError(
                f'“{base}.{name}”每行不同，请放进 sum、count、any、all，或写 per = "{base}"。',
                f"'{base}.{name}' differs by row; put it into sum, count, any, all, or say per = '{base}'.",
            )
        step = self.policy.steps.get(name)
        if step is not None and step.per == base:
            return self.step(step)
        for each in relation.fields:
            if each.name == name:
                return facts.of_row(self, base, each)
        raise PolicyError(f"“{base}”没有字段“{name}”。", f"'{base}' has no field '{name}'.")

    def relation_of(self, base: str) -> str:
        if base in self.policy.relations:
            return base
        return self.policy.uses[base].per if base in self.policy.uses else ""

    def rows_of(self, relation: str) -> Typed:
        """How many rows there may be, and the flag that there are as many as allowed; the value is of no use."""
        flag = facts.rows(self, relation)
        made = self.layout.relations[relation]
        unit = units.parse(self.policy.relations[relation].unit)
        return Typed(ir.Const(0), NUMBER, 0, made.min_count, made.max_count, unit, known=frozenset([flag]))

    def count_of(self, relation: str) -> Typed:
        rows = self.rows_of(relation)
        name = f"{relation}·行数"
        shape = ir.Shape("int", 0, 0, rows.high)
        self.layout.aggregates.setdefault(name, ir.Aggregate(name, relation, "count", None, None, shape))
        within = ir.Max((ir.Min((ir.Ref(name), ir.Const(rows.high))), ir.Const(rows.low)))
        return replace(rows, expr=within)

    def row_flags(self, relation: str, known: typed.Known) -> typed.Known:
        """Row flags gathered over all rows become unit flags; unit flags stay what they are."""
        return frozenset(self.layout.gathered(relation, flag) for flag in known)

    # Facts

    def input(self, name: str) -> Typed:
        if name in self.bindings:
            return self.memo(
                ("bound", name), lambda: facts.bound(self, self.policy.inputs[name], self.bindings[name]())
            )
        if self.parent is not None:
            return self.parent.adopt(self.policy.inputs[name])
        return self.adopt(self.policy.inputs[name])

    def adopt(self, made: Input) -> Typed:
        """The program's own input: declared here, or asked for by a policy in use."""
        if self.parent is not None:
            return self.parent.adopt(made)
        return self.memo(("input", made.name), lambda: facts.given(self, made))

    def border_of(self, made: Input, column: str) -> ir.Input:
        with_choices = replace(made, type=self.with_choices(made.type))
        try:
            return border(with_choices, column)
        except PolicyError as error:
            raise error.within(file=made.origin, item=f"输入“{made.name}”") from None

    def root(self) -> Scope:
        return self if self.parent is None else self.parent.root()

    def with_choices(self, type_: Type) -> Type:
        if not type_.keys_of:
            return type_
        table = self.policy.tables.get(type_.keys_of)
        if table is None:
            raise self.unknown(type_.keys_of)
        keys = dict.fromkeys(key for entry in table.rows for key in entry.value or ())
        return replace(type_, choices=tuple(keys), keys_of="")

    # Rules

    def parameter(self, name: str) -> Typed:
        return self.memo(("param", name), lambda: rules.parameter(self, name))

    def unknown_rule(self, rule: Parameter | Tier | Table | Step) -> typed.Known:
        """Print does not say: a flag that is never true, with the rule's name on the list of what is missing."""
        known = self.layout.flag(UNIT, f"known·{self.alias}{rule.name}", ir.Truth(False))
        self.silent(rule, *known)
        return known

    def silent(self, rule: Parameter | Tier | Table | Step, flag: str) -> None:
        """Where the flag is false, print does not say."""
        name, label, title = self.alias + rule.name, rule.label, self.policy.title
        self.layout.gap(name, flag, "rule")
        of_other = Text(f"{title.zh}的{label.zh}", f"{label.en} of {title.en}")
        self.notes.silent[name] = of_other if self.alias else label

    def entry(self, values: Dated[T], item: str) -> Entry[T]:
        """What holds on the day. check proves that there is always exactly one; here a missing day is an
        error.
        """
        best: Entry[T] | None = None
        for entry in values:
            if entry.start <= self.on and (best is None or entry.start >= best.start):
                best = entry
        if best is None or (best.until is not None and best.until < self.on):
            raise PolicyError(
                f"{self.on} 没有规定值；未公布请写 unknown = true。",
                f"Nothing is laid down for {self.on}; if print is silent write unknown = true.",
                Place(self.policy.path.name, item),
            )
        return best

    def tier(self, name: str, argument: Typed, kind: str, host: Host) -> Typed:
        return rules.tier(self, name, argument, kind, host)

    def lookup(self, name: str, key: Typed, host: Host) -> Typed:
        return rules.lookup(self, name, key, host)

    # Steps and gates

    def step(self, step: Step) -> Typed:
        if self.active:
            self.notes.needs.setdefault((self.alias, self.active[-1]), []).append(step.name)
        return self.memo(("step", step.name), lambda: self._step(step))

    def memo(self, key: tuple[str, str], build: Callable[[], Typed]) -> Typed:
        if key not in self.made:
            self.made[key] = build()
        return self.made[key]

    def _step(self, step: Step) -> Typed:
        if step.name in self.active:
            circle = " → ".join([*self.active[self.active.index(step.name) :], step.name])
            raise PolicyError(
                f"步骤循环引用：{circle}。", f"Steps depend on each other in a circle: {circle}."
            )
        self.active.append(step.name)
        try:
            return StepLowering(self, step).whole()
        except PolicyError as error:
            raise error.within(file=self.policy.path.name, item=f"步骤“{step.name}”") from None
        finally:
            self.active.pop()

    def excluded(self) -> tuple[ir.Expr, typed.Known]:
        """Whether a gate is proved, and the flags that say every gate is settled."""
        if self.shut is None:
            made = [self.gate(gate) for gate in self.policy.gates.values()]
            settled = frozenset().union(*(note.condition.known for note in made))
            if not made:
                self.shut = ir.Truth(False), settled
            else:
                proved = ir.Or(tuple(note.proved for note in made)) if len(made) > 1 else made[0].proved
                shape = ir.Shape("bool")
                name = f"{self.alias}excluded"
                self.shut = (
                    self.layout.define(self.frame, ir.Definition(name, proved, shape, "gate")),
                    settled,
                )
        return self.shut

    def gate(self, gate: Gate) -> GateNote:
        item = f"排除条件“{gate.name}”"
        try:
            source = parse(gate.condition)
            host = Host(f"{self.alias}{gate.name}", self.frame, self)
            condition = typed.need(Lowering(source, host).whole(), BOOL)
        except PolicyError as error:
            raise error.within(file=self.policy.path.name, item=item) from None
        holds = ir.Not(condition.expr) if gate.negated else condition.expr
        both = ir.And((condition.known_expr, holds)) if condition.known else holds
        name = f"gate·{self.alias}{gate.name}"
        proved = self.layout.define(self.frame, ir.Definition(name, both, ir.Shape("bool"), "gate"))
        note = GateNote(gate, self.policy, self.alias, condition, written(source, host), proved)
        self.notes.gates.append(note)
        return note

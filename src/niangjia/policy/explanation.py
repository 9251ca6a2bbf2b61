"""The explanation of one case that a person can follow: verdict, why, what is missing, every step, what
would change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from niangjia.policy import convert, ir
from niangjia.policy.borders import encode
from niangjia.policy.compiling import Compiled
from niangjia.policy.evaluate import evaluate
from niangjia.policy.flips import Flip, flips_and_bands
from niangjia.policy.model import Input, Policy, Text
from niangjia.policy.notes import BoundNote, GateNote, StepNote, Written
from niangjia.policy.phrases import Phraser, Say
from niangjia.policy.records import Record
from niangjia.policy.trace import Columns, Plan, Trace

NATION = "000000"
MOST_FLIPS = 6
MOST_BANDS = 3


class Line(Record):
    """One step: `how` tells the arithmetic with its numbers, `because` the tier row, case line, cap.

    `origin` names the policy the rule is inherited from, as people call it; empty for the policy's own.
    """

    name: str
    label: str
    row: int
    value: str
    how: str
    because: tuple[str, ...]
    source: str
    origin: str


class Explanation(Record):
    """All texts in one language. `render` modules turn it into plain text or an HTML fragment."""

    language: str
    title: str
    status: str
    verdict: tuple[str, ...]
    missing: tuple[str, ...]
    steps: tuple[Line, ...]
    changes: tuple[str, ...]
    notes: str

    def json(self) -> dict[str, Any]:
        made = {name: getattr(self, name) for name in self.__match_args__}
        return made | {
            "steps": [{name: getattr(line, name) for name in line.__match_args__} for line in self.steps]
        }


def explain(trace: Trace, language: str = "zh", changes: bool = True) -> Explanation:
    """`changes` False leaves out the search for values that flip the outcome (some tens of milliseconds)."""
    return _Teller(trace, language).whole(changes)


class _Teller:
    def __init__(self, trace: Trace, language: str) -> None:
        self.trace = trace
        self.language = language
        self.compiled: Compiled = trace.tracer.compiled
        self.policy = self.compiled.policy
        self.wording = trace.tracer.wording(language)
        self._said: dict[int, Say] = {}

    def pick(self, zh: str, en: str) -> str:
        return en if self.language == "en" else zh

    def whole(self, changes: bool) -> Explanation:
        trace, policy = self.trace, self.policy
        on = self.wording.value(_number(trace), ir.Shape("date"))
        title = self.pick(
            f"{policy.title.zh}（{policy.version}）：按 {on} 的规定",
            f"{policy.title.en} ({policy.version}), as of {on}",
        )
        return Explanation(
            self.language,
            title,
            trace.status,
            tuple(self._verdict()),
            tuple(self._missing()) if trace.status == "incomplete" else (),
            tuple(self._lines()),
            tuple(self._changes()) if changes else (),
            policy.notes[self.language] if policy.notes else "",
        )

    # Verdict

    def _verdict(self) -> list[str]:
        gate = self.trace.gate
        if gate is not None:
            return [self._excluded(gate)]
        if self.trace.status == "incomplete":
            return [self.pick("现有资料还不能得出结论。", "What is known does not settle the case yet.")]
        made = []
        for output in self.trace.program.outputs:
            label = self.policy.steps[output.name].label[self.language]
            codes = [columns[output.column] for _, columns in self.trace.frames(output.relation)]
            said = self.pick("、", ", ").join(self.wording.value(code, output.shape) for code in codes)
            made.append(self.pick(f"{label}：{said}。", f"{label}: {said}."))
        return made

    def _excluded(self, gate: GateNote) -> str:
        facts = self._say(gate, gate.written, condition=True)(self.trace.columns)
        reason, source = gate.gate.reason[self.language], self.wording.cited(gate.gate.source)
        origin = _inherited(gate.policy, gate.gate.origin, self.language)
        return self.pick(
            f"不符合条件：{reason}。事实是：{facts}。依据：{source}{f'，沿用{origin}' if origin else ''}。",
            f"Not eligible: {reason}. The facts: {facts}. Source: {source}{f', from {origin}' if origin else ''}.",
        )

    def _say(self, note: StepNote | GateNote, written: Written, condition: bool = False) -> Say:
        if id(written) not in self._said:
            others = self.compiled.notes.used_by(note.alias)
            phraser = Phraser(note.policy, others, written, self.trace.tracer.reader, self.wording)
            assert written.source is not None
            self._said[id(written)] = phraser.facts(written.source.tree) if condition else phraser.whole()
        return self._said[id(written)]

    # What is missing

    def _missing(self) -> list[str]:
        return [self._gap(gap) for gap in self.trace.missing]

    def _gap(self, gap: ir.Gap) -> str:
        notes = self.compiled.notes
        if gap.kind == "rule":
            label = notes.silent[gap.name]
            return self.pick(f"规定未公布：{label.zh}", f"not laid down in print: {label.en}")
        if gap.kind == "bound":
            return self._bound_gap(notes.bounds[gap.name])
        made = notes.inputs.get(gap.name) or notes.fields.get(gap.name)
        if made is None:
            label = (
                self.policy.relations[gap.name].label
                if gap.name in self.policy.relations
                else Text(gap.name, gap.name)
            )
            return self.pick(
                f"{label.zh}：未提供，或行数不对", f"{label.en}: not given, or a wrong number of rows"
            )
        if gap.kind == "row":
            return self._row_gap(gap, made)
        return self._fact_gap(made, self.trace.case.get(gap.name))

    def _row_gap(self, gap: ir.Gap, made: Input) -> str:
        relation = gap.name.partition(".")[0]
        given = next(r for r in self.trace.program.relations if r.name == relation)
        flag = next(each.flag for each in given.fields if each.column == gap.name)
        lacking = self.compiled.notes.lacking.get((relation, flag), [])
        frames = self.trace.frames(relation)
        bad = [at for at, row in frames if any(evaluate(expr, row) for expr in lacking)]
        where = [str(at) for at in bad or [at for at, row in frames if not row[flag]]]
        list_ = self.policy.relations[relation].label
        return self.pick(
            f"{list_.zh}第 {'、'.join(where)} 行的{made.label.zh}：未提供或不在允许范围",
            f"{made.label.en} in row {', '.join(where)} of {list_.en}: not given or out of range",
        )

    def _bound_gap(self, note: BoundNote) -> str:
        label, title = note.input.label[self.language], note.policy.title[self.language]
        allowed = self.wording.range(note.shape)
        return self.pick(
            f"{title}的{label}：算得的数不在允许范围（{allowed}）",
            f"{label} of {title}: what comes out is not allowed ({allowed})",
        )

    def _fact_gap(self, made: Input, given: Any) -> str:
        label = made.label[self.language]
        if given is None:
            return self.pick(f"{label}：未提供", f"{label}: not given")
        shape = next(each.shape for each in self.trace.program.inputs if each.name == made.name)
        zh, en = _wrong(given, shape)
        allowed = self.wording.range(shape)
        return self.pick(f"{label}：“{given}”{zh}（{allowed}）", f"{label}: '{given}' {en} ({allowed})")

    # Steps

    def _lines(self) -> list[Line]:
        made: list[Line] = []
        told: set[tuple[str, int]] = set()
        for plan in self.trace.tracer.plans:
            for row, columns in self.trace.frames(plan.note.frame):
                shut = self._shut(plan.note.alias, columns) if plan.note.alias else None
                if shut is None and (plan.known is None or plan.known(columns)):
                    made.append(self._line(plan, columns, row))
                elif shut is not None and (plan.note.alias, row) not in told:
                    told.add((plan.note.alias, row))
                    made.append(self._closed(shut, columns, row))
        return made

    def _shut(self, alias: str, columns: Columns) -> GateNote | None:
        """The gate by which a policy in use excludes this case, if any."""
        gates = (note for note in self.compiled.notes.gates if note.alias == alias)
        return next((note for note in gates if evaluate(note.proved, columns)), None)

    def _closed(self, note: GateNote, columns: Columns, row: int) -> Line:
        """One line for a policy in use that gives nothing, instead of its steps."""
        facts = self._say(note, note.written, condition=True)(columns)
        reason = note.gate.reason[self.language]
        because = self.pick(f"{reason}：{facts}", f"{reason}: {facts}")
        value = self.pick("不适用", "does not apply")
        label = note.policy.title[self.language]
        source = self.wording.cited(note.gate.source)
        origin = _inherited(note.policy, note.gate.origin, self.language)
        return Line(note.alias + note.gate.name, label, row, value, "", (because,), source, origin)

    def _line(self, plan: Plan, columns: Columns, row: int) -> Line:
        note, language = plan.note, self.language
        case = plan.row(columns) if plan.row is not None else 0
        because, source = [], note.entry.source or note.step.source
        how = ""
        written = note.formulas[case] if note.formulas else None
        if written is not None and written.source is not None:
            how = self._say(note, written)(columns)
        if note.shape.type == "bool" and plan.row is None and how:
            because, how = [self.pick(f"因为{how}", f"since {how}")], ""
        if plan.row is not None and case < len(note.conditions):
            facts = self._say(note, note.conditions[case], condition=True)(columns)
            because.append(self.pick(f"因为{facts}", f"since {facts}"))
        if plan.row is not None:
            source = plan.sources[case] or source
            if case == len(note.conditions):
                because.append(self.pick("前面各行都不符合", "none of the lines before applies"))
        for name, rule in dict.fromkeys(
            (note.policy.tiers[name].label[language], rules[at(columns)][language == "en"])
            for name, at, rules in plan.marks
        ):
            because.append(self.pick(f"“{name}”适用：{rule}", f"'{name}' applies: {rule}"))
        because += [self._limit(each, columns) for each in plan.limits if _hit(each, columns)]
        value = self.wording.value(columns[note.column], note.shape)
        label = note.step.label[language]
        if note.alias:
            label = f"{note.policy.title[language]} · {label}"
        source = self.wording.cited(source)
        origin = _inherited(note.policy, note.step.origin, self.language)
        return Line(note.alias + note.step.name, label, row, value, how, tuple(because), source, origin)

    def _limit(self, each: Any, columns: Columns) -> str:
        note, _, at = each
        limit = self.wording.value(at(columns), note.shape)
        if note.lifted:
            return self.pick(
                f"上限 {limit} 已放开：{note.lifted}", f"the limit of {limit} was lifted: {note.lifted}"
            )
        cite = self.wording.cited(note.limit.source)
        source = f"（{cite}）" if cite else ""
        open_zh, open_en = (
            ("，属“原则上”，经批准可放开", ", in principle: may be lifted")
            if note.limit.in_principle
            else ("", "")
        )
        if note.kind == "cap":
            return self.pick(f"封顶 {limit}{open_zh}{source}", f"capped at {limit}{open_en}{source}")
        return self.pick(f"不低于 {limit}{open_zh}{source}", f"at least {limit}{open_en}{source}")

    # What would change it

    def _changes(self) -> list[str]:
        if self.trace.status == "incomplete":
            return []
        outcomes, bands = flips_and_bands(self.trace)
        found = outcomes[:MOST_FLIPS]
        told = {(flip.name, flip.relation, flip.row, flip.after) for flip in found}
        near = [flip for flip in bands if (flip.name, flip.relation, flip.row, flip.after) not in told]
        return [self._change(flip) for flip in (*found, *near[:MOST_BANDS])]

    def _change(self, flip: Flip) -> str:
        notes = self.compiled.notes
        made = notes.fields[f"{flip.relation}.{flip.name}"] if flip.relation else notes.inputs[flip.name]
        label = made.label[self.language]
        if flip.relation:
            rows = self.policy.relations[flip.relation].label
            label = self.pick(
                f"{rows.zh}第 {flip.row} 行的{label}", f"{label} in row {flip.row} of {rows.en}"
            )
        before, after = (self.wording.value(code, flip.shape) for code in (flip.before, flip.after))
        apart = self._apart(flip)
        return self.pick(
            f"如果{label}是 {after}{apart}，而不是 {before}：{self._then(flip)}",
            f"if {label} were {after}{apart} instead of {before}: {self._then(flip)}",
        )

    def _apart(self, flip: Flip) -> str:
        if flip.shape.type in ("bool", "choice", "date"):
            return ""
        words = self.wording.value(flip.apart, flip.shape)
        more = flip.after > flip.before
        return self.pick(f"（{'多' if more else '少'} {words}）", f" ({words} {'more' if more else 'less'})")

    def _then(self, flip: Flip) -> str:
        if flip.status == "excluded":
            return self.pick("不符合条件", "not eligible")
        if flip.status == "incomplete":
            if self.trace.status == "excluded":
                return self.pick("不再被排除，但资料还不齐", "no longer excluded, but not all is known")
            return self.pick("就得不出结论", "the case could not be settled")
        parts = []
        for output in self.trace.program.outputs:
            label = self.policy.steps[output.name].label[self.language]
            given = flip.outputs[output.name]
            code = None if isinstance(given, list) else encode(given, output.shape)
            said = str(given) if code is None else self.wording.value(code, output.shape)
            parts.append(f"{label} {said}")
        return self.pick("，", ", ").join(parts) + self._band(flip)

    def _band(self, flip: Flip) -> str:
        """The row or line by which the amount is found then, told of the first one alone."""
        if not flip.band:
            return ""
        band = flip.band[0]
        rule = band.rule[self.language == "en"]
        named = self.policy.tiers[band.tier].label if band.tier else self.policy.steps[band.step].label
        label = named[self.language]
        return self.pick(f"（改按“{label}”的{rule}）", f" (then by '{label}': {rule})")


def _inherited(policy: Policy, origin: str, language: str) -> str:
    """Whose rule it is: titles say the place, but for those of the nation."""
    if origin not in policy.above:
        return ""
    region, title = policy.above[origin]
    if language == "en":
        return f"the national ‘{title.en}’" if region == NATION else f"‘{title.en}’"
    return f"全国《{title.zh}》" if region == NATION else f"《{title.zh}》"


def _wrong(given: Any, shape: ir.Shape) -> tuple[str, str]:
    """Why a value that was given cannot be taken."""
    if shape.type == "date" and convert.day(given) is None:
        return "不是日期，请写成 2024-07-01", "is no day; write 2024-07-01"
    if shape.type in ("money", "int", "rate", "number") and convert.SCALED[shape.scale](given) is None:
        if convert.SCALED[-1](given) is None:
            return "不是数", "is no number"
        return f"最多 {shape.scale} 位小数", f"has more than {shape.scale} decimals"
    return "不在允许范围", "is not allowed"


def _number(trace: Trace) -> int:
    on = trace.program.on
    return on.year * 10000 + on.month * 100 + on.day


def _hit(each: Any, columns: Mapping[str, int]) -> bool:
    note, before, at = each
    return bool(before(columns) > at(columns) if note.kind == "cap" else before(columns) < at(columns))

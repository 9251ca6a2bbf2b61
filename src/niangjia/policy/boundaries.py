"""Boundaries: which of them no example stands on, and what a tier pays just below, at and just above each
(cliffs).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from niangjia.policy import convert, ir, tiers, typed
from niangjia.policy.errors import Finding, Place
from niangjia.policy.evaluate import evaluate
from niangjia.policy.hosts import Mark, Test
from niangjia.policy.model import Policy, Tier, TierRow
from niangjia.policy.notes import Written
from niangjia.policy.trace import Trace


def findings(policy: Policy, traces: Sequence[Trace]) -> Iterator[Finding]:
    yield from _without_example(policy, traces)
    yield from dict.fromkeys(_below_zero(policy, traces))
    for tier in policy.tiers.values():
        for entry in tier.rows:
            if entry.value is not None and tier.kind == "whole":
                yield from _cliffs(policy, tier, entry.value)


def _without_example(policy: Policy, traces: Sequence[Trace]) -> Iterator[Finding]:
    """Tier bounds and comparisons of numbers that no example meets exactly."""
    wanted: dict[tuple[str, str, str], bool] = {}
    for trace in traces:
        notes = trace.tracer.compiled.notes
        for step in notes.steps:
            if step.alias:
                continue
            item = f"步骤“{step.step.name}”"
            for mark in step.marks:
                _meet_bounds(wanted, item, mark, trace, step.frame)
            for written in (*step.formulas, *step.conditions):
                _meet_tests(wanted, item, written, trace)
        for gate in notes.gates:
            if not gate.alias:
                _meet_tests(wanted, f"排除条件“{gate.gate.name}”", gate.written, trace)
    for (item, zh, en), met in wanted.items():
        if not met:
            yield Finding(
                "warning",
                f"没有恰在界线上的示例：{zh}。",
                f"No example stands exactly on {en}.",
                Place(policy.path.name, item),
            )


def _below_zero(policy: Policy, traces: Sequence[Trace]) -> Iterator[Finding]:
    """A tier begins with its first row, also below zero: seldom what was meant where that row is a share."""
    for note in (note for trace in traces for note in trace.tracer.compiled.notes.steps if not note.alias):
        for mark in note.marks:
            rows = next(
                (each.value for each in note.policy.tiers[mark.name].rows if each.value is not None), ()
            )
            if mark.argument.low < 0 and rows and rows[0].rate is not None:
                yield Finding(
                    "note",
                    f"档位“{mark.name}”可能遇到负数，负数按第一行计算；不该有负数时请写 max(…, 0)。",
                    f"The tier '{mark.name}' may meet an amount below zero, which its first row decides; "
                    "write max(…, 0) where that cannot be.",
                    Place(policy.path.name, f"步骤“{note.step.name}”"),
                )


def _meet_bounds(
    wanted: dict[tuple[str, str, str], bool], item: str, mark: Mark, trace: Trace, frame: str
) -> None:
    argument = mark.argument
    found = values(argument.expr, argument.known_expr, trace, frame)
    for bound in mark.bounds:
        words = convert.digits(bound, argument.scale)
        key = (item, f"{mark.name} {words}", f"{mark.name} {words}")
        wanted[key] = wanted.get(key, False) or bound in found


def _meet_tests(wanted: dict[tuple[str, str, str], bool], item: str, written: Written, trace: Trace) -> None:
    for test in written.tests:
        assert written.source is not None
        text = written.source.text[test.start : test.end]
        key = (item, text, text)
        wanted[key] = wanted.get(key, False) or _meets(test, trace)


def _meets(test: Test, trace: Trace) -> bool:
    return 0 in values(test.apart.expr, test.apart.known_expr, trace, test.frame)


def values(expr: ir.Expr, known: ir.Expr, trace: Trace, frame: str) -> list[int]:
    frames = [columns for _, columns in trace.frames(frame)]
    return [evaluate(expr, columns) for columns in frames if evaluate(known, columns)]


def _cliffs(policy: Policy, tier: Tier, rows: Sequence[TierRow]) -> Iterator[Finding]:
    for row in rows:
        if row.bound is None:
            continue
        scale = 2
        at = int(row.bound.scaleb(scale))
        below, on, above = (_pays(tier, rows, code) for code in (at - 1, at, at + 1))
        jumps = max(abs(on - below), abs(above - on)) > 1
        if jumps:
            told = [
                f"{convert.digits(code, 2)} → {convert.digits(paid, 2)}"
                for code, paid in ((at - 1, below), (at, on), (at + 1, above))
            ]
            yield Finding(
                "note",
                f"此处有跳档：{'，'.join(told)}。",
                f"A cliff: {', '.join(told)}.",
                Place(policy.path.name, f"档位“{tier.name}”"),
            )


def _pays(tier: Tier, rows: Sequence[TierRow], code: int) -> int:
    argument = typed.Typed(ir.Const(code), typed.NUMBER, 2, code, code)
    return evaluate(tiers.lower(tier, rows, argument, "whole").expr, {})

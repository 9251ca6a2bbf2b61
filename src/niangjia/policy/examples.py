"""Worked examples as tests: each is compiled for its day and reading, run, and compared to the fen."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from niangjia.policy import convert, ir
from niangjia.policy.compiling import compile_policy
from niangjia.policy.engine import Engine
from niangjia.policy.errors import Finding, Place, PolicyError
from niangjia.policy.library import Library, in_force, not_in_force
from niangjia.policy.model import Example, Policy
from niangjia.policy.trace import Trace

_TOLD = ("status", "reason", "missing")


def normal(value: Any) -> Any:
    """Keys of a case, NFKC-normalised as names in policies are."""
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFKC", str(key)): normal(each) for key, each in value.items()}
    return [normal(each) for each in value] if isinstance(value, list) else value


class _Engines:
    """Examples that share a day, a reading and the steps they ask about share one compiled program."""

    def __init__(self, policy: Policy, library: Library) -> None:
        self.policy = policy
        self.library = library
        self.made: dict[tuple[object, ...], Engine] = {}

    def trace(self, example: Example) -> Trace:
        """The example's traced run; steps it expects are asked for beside the outputs."""
        whole = self.library.whole(self.policy, example.on, example.order)
        asked = [_step_of(name) for name in normal(example.expect)]
        outputs = tuple(dict.fromkeys([*whole.outputs, *(name for name in asked if name in whole.steps)]))
        settings = normal(example.settings)
        key = (example.on, example.order, outputs, repr((settings, example.lifted)))
        if key not in self.made:
            self.made[key] = Engine(
                compile_policy(
                    self.policy,
                    example.on,
                    self.library,
                    outputs=outputs,
                    settings=settings,
                    lifted=example.lifted,
                    order=example.order,
                )
            )
        return self.made[key].explain(normal(example.given))


def _step_of(name: str) -> str:
    return name.rpartition(".")[2]


def failures(policy: Policy, library: Library) -> Iterator[tuple[Finding | None, Trace | None]]:
    """For each example its trace and, when it does not come out as expected, one finding per difference."""
    engines = _Engines(policy, library)
    for example in policy.examples:
        place = Place(policy.path.name, f"示例“{example.name}”")
        if not in_force(policy, example.on):
            yield Finding("error", *not_in_force(policy, example.on), place), None
            continue
        try:
            trace = engines.trace(example)
        except PolicyError as error:
            yield Finding("error", f"{error.text('zh')}", f"{error.text('en')}", place), None
            continue
        yield None, trace
        for zh, en in _differences(example, trace):
            yield Finding("error", zh, en, place), None


def _differences(example: Example, trace: Trace) -> Iterator[tuple[str, str]]:
    expect = normal(example.expect)
    for stranger in strangers(trace):
        yield stranger.zh, stranger.en
    status = expect.get("status", "decided" if set(expect) - set(_TOLD) else trace.status)
    if status != trace.status:
        why = _why(trace)
        yield f"应为 {status}，实为 {trace.status}{why}。", f"Expected {status}, got {trace.status}{why}."
        return
    for name, wanted in expect.items():
        got = _told(name, trace) if name in _TOLD else _value(name, trace)
        if not _equal(wanted, got):
            yield (
                f"“{name}”应为 {_show(wanted)}，实为 {_show(got)}。",
                f"{name}: expected {_show(wanted)}, got {_show(got)}.",
            )


def strangers(trace: Trace) -> Iterator[Finding]:
    """Names of the case that are no input of the policy or of those it uses: most likely slips of the pen."""
    policy, program = trace.tracer.compiled.policy, trace.program
    asked = {each.name for each in program.inputs} | {each.name for each in program.relations}
    yield from _strange(trace.case, {*asked, *policy.inputs, *policy.relations}, "案例")
    for relation in program.relations:
        own = policy.relations.get(relation.name)
        fields = {each.name for each in relation.fields} | {each.name for each in (own.fields if own else ())}
        rows = trace.case.get(relation.name)
        for at, row in enumerate(rows if isinstance(rows, list) else (), 1):
            if isinstance(row, Mapping):
                yield from _strange(row, fields, f"列表“{relation.name}” 第 {at} 行")


def _strange(given: Mapping[str, Any], known: set[str], item: str) -> Iterator[Finding]:
    for name in given:
        if name not in known:
            from difflib import get_close_matches

            near = get_close_matches(name, sorted(known), 1, 0.4)
            zh, en = (f"，是否想写“{near[0]}”？", f"; did you mean '{near[0]}'?") if near else ("。", ".")
            yield Finding(
                "warning",
                f"“{name}”不是所需的输入{zh}",
                f"'{name}' is no input that is needed{en}",
                Place(item=item),
            )


def _why(trace: Trace) -> str:
    if trace.gate is not None:
        return f" ({trace.gate.gate.name})"
    return f" ({'、'.join(gap.name for gap in trace.missing)})" if trace.status == "incomplete" else ""


def _told(name: str, trace: Trace) -> Any:
    if name == "status":
        return trace.status
    if name == "reason":
        return trace.gate.gate.name if trace.gate else None
    return sorted(gap.name for gap in trace.missing)


def _value(name: str, trace: Trace) -> Any:
    """A step's value wherever it is known, one per row for a row step; None when it is not."""
    for plan in trace.tracer.plans:
        note = plan.note
        if name in (note.column, note.alias + note.step.name):
            values = [
                _known(plan.known, columns, note.column, note.shape)
                for _, columns in trace.frames(note.frame)
            ]
            return values if note.frame else values[0]
    return None


def _known(known: Any, columns: Mapping[str, int], column: str, shape: ir.Shape) -> Any:
    return convert.value(columns[column], shape) if known is None or known(columns) else None


def _equal(wanted: Any, got: Any) -> bool:
    if isinstance(wanted, list) and isinstance(got, list):
        if wanted and isinstance(wanted[0], str):
            wanted = sorted(wanted)
        return len(wanted) == len(got) and all(map(_equal, wanted, got))
    if isinstance(wanted, bool) or isinstance(got, bool):
        return wanted is got
    return bool(wanted == got)


def _show(value: Any) -> str:
    if isinstance(value, list):
        return "[" + "、".join(map(_show, value)) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return "—" if value is None else str(value)

"""`check`: everything that can be wrong with a policy file before a case ever meets it, and its worked
examples.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

from niangjia.policy import boundaries, examples, jumps
from niangjia.policy.compiling import Compiled, compile_policy
from niangjia.policy.errors import Finding, Place, PolicyError, located
from niangjia.policy.evidence import split
from niangjia.policy.library import Library
from niangjia.policy.model import Entry, Input, Policy, Step
from niangjia.policy.records import Record, replace
from niangjia.policy.text import parse
from niangjia.policy.trace import Trace

_DAY = timedelta(days=1)


def check(path: Path, library: Library | None = None) -> list[Finding]:
    """All findings of one file, errors first. An unreadable file gives its one error."""
    library = library or Library.around(path)
    try:
        policy = library.load(path)
        findings = [*_file(policy, library), *_dates(policy), *_sources(policy)]
        compiled = list(_compile_all(policy, library, findings))
    except PolicyError as error:
        return [_finding(error)]
    if compiled:
        on = compiled[-1].program.on
        findings += _unused(policy, library.whole(policy, on), library)
        findings += [*_translations(policy), *_english(policy, library.resolve(policy, on))]
        findings += _examples(policy, library)
    order = ("error", "warning", "note")
    placed = [replace(finding, place=located(finding.place, policy.path)) for finding in findings]
    return sorted(dict.fromkeys(placed), key=lambda finding: order.index(finding.level))


def _finding(error: PolicyError) -> Finding:
    return Finding("error", error.zh, error.en, error.place)


def _place(policy: Policy, item: str = "") -> Place:
    return Place(policy.path.name, item)


def _file(policy: Policy, library: Library) -> Iterator[Finding]:
    """Where the file lies, what it calls itself, and whether its days overlap another version's."""
    name = policy.path.name
    if policy.path.parent.name != policy.region or name.split(".")[0] != policy.scheme:
        yield Finding(
            "error",
            f"文件应放在 {policy.region}/{policy.scheme}.toml（或 {policy.scheme}.版本.toml）。",
            f"The file belongs at {policy.region}/{policy.scheme}.toml (or {policy.scheme}.<version>.toml).",
            _place(policy),
        )
    for other in library.versions(policy.region, policy.scheme):
        if other.path != policy.path and _overlap(policy, other):
            yield Finding(
                "error",
                f"生效日期与 {other.path.name} 重叠。",
                f"Its days overlap those of {other.path.name}.",
                _place(policy),
            )


def _overlap(one: Policy, two: Policy) -> bool:
    return one.start <= (two.until or date.max) and two.start <= (one.until or date.max)


def _dated(policy: Policy) -> Iterator[tuple[str, Sequence[Entry[Any]]]]:
    for parameter in policy.parameters.values():
        yield f"参数“{parameter.name}”", parameter.values
    for tier in policy.tiers.values():
        yield f"档位“{tier.name}”", tier.rows
    for table in policy.tables.values():
        yield f"表“{table.name}”", table.rows
    for step in policy.steps.values():
        yield f"步骤“{step.name}”", step.formulas


def _dates(policy: Policy) -> Iterator[Finding]:
    """Entries cover every day in force, once each."""
    last_day = policy.until or date.max
    for item, entries in _dated(policy):
        place = _place(policy, item)
        if entries[0].start > policy.start:
            yield _gap(place, policy.start, entries[0].start - _DAY)
        for before, after in pairwise(entries):
            if after.start <= before.start or (before.until is not None and before.until >= after.start):
                yield Finding(
                    "error",
                    f"{after.start} 起的一段与前一段重叠。",
                    f"The entry from {after.start} overlaps the one before.",
                    place,
                )
            elif before.until is not None and before.until + _DAY < after.start:
                yield _gap(place, before.until + _DAY, after.start - _DAY)
        until = entries[-1].until
        if until is not None and until < last_day:
            yield _gap(place, until + _DAY, policy.until)


def _gap(place: Place, first: date, last: date | None) -> Finding:
    to = last or "…"
    return Finding(
        "error",
        f"{first} 至 {to} 没有规定；未公布请写 unknown = true。",
        f"Nothing is laid down from {first} to {to}; if print is silent write unknown = true.",
        place,
    )


def _sources(policy: Policy) -> Iterator[Finding]:
    """Every rule names its source; a limit may rest on its step's."""
    rules = [
        *(
            (f"参数“{each.name}”", each.source or all(e.source for e in each.values))
            for each in policy.parameters.values()
        ),
        *(
            (f"档位“{each.name}”", each.source or all(e.source for e in each.rows))
            for each in policy.tiers.values()
        ),
        *(
            (f"表“{each.name}”", each.source or all(e.source for e in each.rows))
            for each in policy.tables.values()
        ),
        *(
            (f"步骤“{each.name}”", each.source or all(e.source for e in each.formulas))
            for each in policy.steps.values()
        ),
        *((f"排除条件“{each.name}”", each.source) for each in policy.gates.values()),
    ]
    for item, source in rules:
        if not source:
            yield Finding(
                "error",
                '没有写依据 source；整份文件同一依据时写 "同上"。',
                'No source given; write "同上" where that of the whole file applies.',
                _place(policy, item),
            )


def days_to_compile(policy: Policy) -> list[date]:
    """The first day and every day on which something changes while the policy is in force."""
    starts = [policy.start]
    for _, entries in _dated(policy):
        starts += [entry.start for entry in entries]
        starts += [
            entry.until + _DAY for entry in entries if entry.until is not None and entry.until < date.max
        ]
    last = policy.until or date.max
    return sorted({day for day in starts if policy.start <= day <= last})


def _compile_all(policy: Policy, library: Library, findings: list[Finding]) -> Iterator[Compiled]:
    """Types, units, names and circles are found by compiling for every day on which something changes."""
    for day in days_to_compile(policy):
        whole = library.whole(policy, day)
        try:
            yield compile_policy(policy, day, library)
            compile_policy(policy, day, library, outputs=tuple(whole.steps))
        except PolicyError as error:
            findings += [_finding(error), *_errors_of_steps(whole, day, library)]


def _errors_of_steps(whole: Policy, day: date, library: Library) -> Iterator[Finding]:
    """Step by step, so that the first error does not hide the others."""
    for name in whole.steps:
        try:
            compile_policy(whole, day, library, outputs=(name,))
        except PolicyError as error:
            yield _finding(error)


def _formulas(policy: Policy) -> Iterator[str]:
    for step in policy.steps.values():
        for entry in step.formulas:
            if entry.value is not None:
                yield from filter(None, [entry.value.expr, *(row.when for row in entry.value.cases)])
                if step.type.name != "choice":
                    yield from (row.then for row in entry.value.cases)
        yield from (limit.at for limit in (step.cap, step.floor) if limit is not None)
    yield from (gate.condition for gate in policy.gates.values())
    for use in policy.uses.values():
        yield from use.bindings.values()


def _named(policy: Policy) -> set[str]:
    names: set[str] = set()
    for formula in _formulas(policy):
        for node in ast.walk(parse(formula).tree):
            if isinstance(node, ast.Name):
                names.add(node.id)
            elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
                names |= {node.attr, f"{node.value.id}.{node.attr}"}
    return names


def _unused(policy: Policy, whole: Policy, library: Library) -> Iterator[Finding]:
    """Only what this file says itself: it cannot take back what it inherits, nor what its stack writes out."""
    named = _named(whole) | set(whole.outputs)
    for use in whole.uses.values():
        other = library.used(use, policy.start if policy.until is None else policy.until)
        named |= {name for name in other.inputs if name not in use.bindings} | {use.per}
    types: list[Input | Step] = [*whole.inputs.values(), *whole.steps.values()]
    named |= {each.type.keys_of for each in types}
    kinds: list[tuple[str, Iterable[str]]] = [
        ("输入", policy.inputs),
        ("参数", policy.parameters),
        ("档位", policy.tiers),
        ("表", policy.tables),
        ("步骤", policy.steps),
        ("引用", policy.uses),
        ("列表", policy.relations),
    ]
    kinds += [
        ("字段", [f"{relation.name}.{each.name}" for each in relation.fields])
        for relation in policy.relations.values()
    ]
    for kind, names in kinds:
        for name in names:
            if name not in named and not (kind == "字段" and name.partition(".")[2] in named):
                yield Finding(
                    "warning",
                    "没有用到，请删去或用上。",
                    "Never used; remove it or use it.",
                    _place(policy, f"{kind}“{name}”"),
                )


def _choices(policy: Policy) -> set[str]:
    """Labels a person reads: of choices, of the keys of tables, of the readings and layers of a stack."""
    fields = [each for relation in policy.relations.values() for each in relation.fields]
    typed = (policy.inputs, policy.parameters, policy.steps)
    types = [each.type for each in (*fields, *(one for part in typed for one in part.values()))]
    found = {label for type_ in types for label in type_.choices}
    tables = [policy.tables[type_.keys_of] for type_ in types if type_.keys_of in policy.tables]
    found |= {label for table in tables for entry in table.rows for label in entry.value or ()}
    if policy.stack is not None:
        stack = policy.stack
        found |= {*stack.orders, *(one.alias for one in stack.layers), *(one.name for one in stack.ceilings)}
    return found - {""}


def _english(policy: Policy, whole: Policy) -> Iterator[Finding]:
    """Every label has its English in [english], and nothing stands there that is no label."""
    lacking = [
        label for label in sorted(_choices(policy)) if not label.isascii() and label not in whole.english
    ]
    if lacking:
        lines = "；".join(f'"{label}" = "…"' for label in lacking)
        yield Finding(
            "warning",
            f"选项缺英文，请在 [english] 里写：{lines}。",
            f"Labels without English; write in [english]: {lines}.",
            _place(policy),
        )
    allowed = _choices(whole) | set(_cited(whole))
    extra = [label for label in policy.english if label not in allowed]
    if extra:
        names = "、".join(extra)
        yield Finding(
            "warning",
            f"[english] 里的“{names}”既不是选项，也不是依据，请删去或改正。",
            f"[english]: {names} is neither a label of a choice nor a source; remove or correct it.",
            _place(policy),
        )


def _cited(node: object) -> Iterator[str]:
    """Every source of a policy, without the letter in brackets."""
    if isinstance(node, Record):
        for name in node.__match_args__:
            value = getattr(node, name)
            yield from [split(value)[1]] if name == "source" and isinstance(value, str) else _cited(value)
    elif isinstance(node, Mapping):
        yield from (text for each in node.values() for text in _cited(each))
    elif isinstance(node, tuple | list):
        yield from (text for each in node for text in _cited(each))


def _translations(policy: Policy) -> Iterator[Finding]:
    labelled: list[Input | Step] = [
        *policy.inputs.values(),
        *(policy.steps[name] for name in policy.outputs if name in policy.steps),
    ]
    plain = [each.name for each in labelled if each.label.zh == each.label.en and not each.name.isascii()]
    plain += [each.name for each in policy.gates.values() if each.reason.zh == each.reason.en]
    plain += ["title"] if policy.title.zh == policy.title.en else []
    if plain:
        names = "、".join(plain)
        yield Finding("warning", f"缺英文：{names}。", f"No English text: {names}.", _place(policy))


def _examples(policy: Policy, library: Library) -> Iterator[Finding]:
    traces: list[Trace] = []
    for finding, trace in examples.failures(policy, library):
        if finding is not None:
            yield finding
        if trace is not None:
            traces.append(trace)
    if not policy.examples:
        yield Finding(
            "error",
            "没有示例，请至少写一个 [[example]]。",
            "There is no [[example]]; write at least one.",
            _place(policy),
        )
    yield from boundaries.findings(policy, traces)
    yield from jumps.findings(policy, traces)

"""Cliffs of conditions (`cases`, `if`): where one fen, day or person more turns one and an amount jumps.

Looked for where an example stands exactly on such a line; lines without one are told by `boundaries`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from niangjia.policy import convert, ir
from niangjia.policy.boundaries import values
from niangjia.policy.errors import Finding, Place
from niangjia.policy.flips import Fact, Finder, code_of, ordinal_of
from niangjia.policy.hosts import Test
from niangjia.policy.model import Policy
from niangjia.policy.trace import Trace

Sides = tuple[tuple[int, Trace], ...]


def findings(policy: Policy, traces: Sequence[Trace]) -> Iterator[Finding]:
    told: dict[Finding, None] = {}
    for trace in traces:
        for step, test in _met(trace):
            finder = Finder(trace)
            for fact in finder.facts():
                sides = _sides(finder, fact)
                if len({_apart(test, each) for _, each in sides}) > 1:
                    told |= dict.fromkeys(_jumps(policy, step, fact, sides))
    yield from told


def _met(trace: Trace) -> Iterator[tuple[str, Test]]:
    """The comparisons of the policy's own steps on whose boundary a decided example stands."""
    if trace.status != "decided":
        return
    for note in trace.tracer.compiled.notes.steps:
        for test in (
            test for written in (*note.formulas, *note.conditions) for test in written.tests if not note.alias
        ):
            if 0 in _apart(test, trace):
                yield note.step.name, test


def _apart(test: Test, trace: Trace) -> tuple[int, ...]:
    return tuple(values(test.apart.expr, test.apart.known_expr, trace, test.frame))


def _sides(finder: Finder, fact: Fact) -> Sides:
    """The case as it is, and with the fact one unit less and one more, where its range allows that."""
    shape = fact.given.shape
    if shape.type in ("bool", "choice"):
        return ()
    here = ordinal_of(fact.before, shape)
    low, high = ordinal_of(shape.low, shape), ordinal_of(shape.high, shape)
    near = (here + step for step in (-1, 0, 1) if low <= here + step <= high)
    found = ((code, finder.at(fact, code)) for code in (code_of(each, shape) for each in near))
    return tuple((code, trace) for code, trace in found if trace.status == "decided")


def _jumps(policy: Policy, step: str, fact: Fact, sides: Sides) -> Iterator[Finding]:
    """An amount that moves on one side of the line, and by far less on the other."""
    if len(sides) < 3:
        return
    outputs = [one for one in sides[0][1].program.outputs if one.shape.type not in ("bool", "choice", "date")]
    for output in outputs:
        if output.relation:
            continue
        paid = [trace.columns[output.column] for _, trace in sides]
        moves = [abs(paid[1] - paid[0]), abs(paid[2] - paid[1])]
        if max(moves) > 10 * min(moves) + 1:
            at = moves.index(max(moves))
            yield _told(policy, step, fact, output, [(sides[each][0], paid[each]) for each in (at, at + 1)])


def _told(
    policy: Policy, step: str, fact: Fact, output: ir.Output, sides: Sequence[tuple[int, int]]
) -> Finding:
    said = [
        f"{convert.plain(code, fact.given.shape)} → {convert.plain(paid, output.shape)}"
        for code, paid in sides
    ]
    name = f"{fact.relation}.{fact.given.name}" if fact.relation else fact.given.name
    return Finding(
        "note",
        f"此处有跳变：{name} → {output.name}：{'，'.join(said)}。",
        f"A jump: {name} → {output.name}: {', '.join(said)}.",
        Place(policy.path.name, f"步骤“{step}”"),
    )

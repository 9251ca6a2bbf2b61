"""Policy + day → program: gates first, then the outputs asked for; only what they need is compiled."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date

from niangjia.policy import ir, needs, rules, typed
from niangjia.policy.errors import PolicyError
from niangjia.policy.layout import UNIT, Layout
from niangjia.policy.library import Library
from niangjia.policy.model import Policy
from niangjia.policy.notes import Notes, StepNote
from niangjia.policy.records import Record
from niangjia.policy.scopes import Scope

STATUS, REASON = "status", "reason"


class Compiled(Record):
    """The program every runner executes, and the notes the explanation reads."""

    policy: Policy
    program: ir.Program
    notes: Notes


def compile_policy(
    policy: Policy,
    on: date,
    library: Library,
    *,
    outputs: Sequence[str] = (),
    settings: Mapping[str, object] | None = None,
    lifted: Mapping[str, str] | None = None,
    order: str = "",
) -> Compiled:
    """`settings` replaces parameters (another reading, a sweep); `lifted` lifts in-principle caps, with
    reasons.

    Raises PolicyError; a program that comes back is total.
    """
    try:
        return _compiled(policy, on, library, outputs, dict(settings or {}), dict(lifted or {}), order)
    except PolicyError as error:
        raise error.on(policy.path) from None


def _compiled(
    policy: Policy,
    on: date,
    library: Library,
    outputs: Sequence[str],
    settings: dict[str, object],
    lifted: dict[str, str],
    order: str,
) -> Compiled:
    whole = library.whole(policy, on, order)
    layout, notes = Layout(), Notes()
    scope = Scope(whole, on, library, layout, notes, settings, lifted)
    names = tuple(outputs) or whole.outputs
    _check_request(whole, names, settings, lifted)
    for name in settings:
        rules.another(scope, name)
    excluded, settled = scope.excluded()
    made = tuple(_output(scope, name) for name in names)
    needed = settled.union(*(known for _, known in made))
    _status(scope, excluded, needed)
    gaps = needs.gaps(layout, needed)
    notes.lacking = layout.lacking
    program = ir.Program(
        policy=policy.id,
        version=policy.version,
        region=policy.region,
        on=on,
        digest=_digest(scope, on, settings, lifted, order),
        inputs=tuple(layout.inputs.values()),
        relations=tuple(layout.relations.values()),
        stages=layout.stages(),
        outputs=tuple(output for output, _ in made),
        gates=tuple(whole.gates),
        gaps=gaps,
        status=STATUS,
        reason=REASON,
    )
    notes.steps[:] = _in_reading_order(notes)
    return Compiled(whole, program, notes)


def _check_request(
    policy: Policy, names: Sequence[str], settings: Mapping[str, object], lifted: Mapping[str, str]
) -> None:
    if not names:
        raise PolicyError("[policy] 缺少“outputs”。", "[policy] lacks 'outputs'.").within(
            file=policy.path.name
        )
    for name in names:
        if name not in policy.steps:
            raise PolicyError(
                f"outputs 里的“{name}”不是步骤。", f"The output '{name}' is not a step."
            ).within(file=policy.path.name)
    for name in settings:
        if name not in policy.parameters:
            raise PolicyError(f"没有参数“{name}”。", f"There is no parameter '{name}'.").within(
                file=policy.path.name
            )
    for name in lifted:
        step = policy.steps.get(name.rpartition("/")[2])
        limits = [limit for limit in (step.cap, step.floor) if limit] if step else []
        if "/" not in name and not any(limit.in_principle for limit in limits):
            raise PolicyError(
                f"“{name}”没有“原则上”的上下限，不能放开。", f"'{name}' has no in-principle limit to lift."
            ).within(file=policy.path.name)


def _output(scope: Scope, name: str) -> tuple[ir.Output, typed.Known]:
    value = scope.step(scope.policy.steps[name])
    note = next(each for each in scope.notes.steps if each.column == _column(scope, name) and not each.alias)
    known = value.known if note.frame == UNIT else scope.row_flags(note.frame, value.known)
    if note.frame != UNIT:
        known |= scope.rows_of(note.frame).known
    return ir.Output(name, note.column, note.shape, note.frame), known


def _column(scope: Scope, name: str) -> str:
    per = scope.policy.steps[name].per
    return f"{per}.{name}" if per else name


def _status(scope: Scope, excluded: ir.Expr, needed: typed.Known) -> None:
    """Excluded before incomplete before decided."""
    branches: list[tuple[ir.Expr, ir.Expr]] = []
    if not isinstance(excluded, ir.Truth):
        branches.append((excluded, ir.Const(ir.EXCLUDED)))
    if needed:
        branches.append((ir.Not(typed.flags(needed)), ir.Const(ir.INCOMPLETE)))
    status: ir.Expr = ir.If(tuple(branches), ir.Const(ir.DECIDED)) if branches else ir.Const(ir.DECIDED)
    shape = ir.Shape("int", 0, ir.EXCLUDED, ir.DECIDED)
    scope.layout.define(UNIT, ir.Definition(STATUS, status, shape, "status"))
    own = [note for note in scope.notes.gates if not note.alias]
    first = tuple((note.proved, ir.Const(at)) for at, note in enumerate(own))
    reason: ir.Expr = ir.If(first, ir.Const(-1)) if first else ir.Const(-1)
    scope.layout.define(UNIT, ir.Definition(REASON, reason, ir.Shape("int", 0, -1, len(own)), "reason"))


def _digest(
    scope: Scope, on: date, settings: Mapping[str, object], lifted: Mapping[str, str], order: str
) -> str:
    texts = dict.fromkeys([scope.policy.digest, *(note.policy.digest for note in scope.notes.steps)])
    told = [str(on), repr(sorted(settings.items())), repr(sorted(lifted.items())), order]
    return hashlib.sha256("\n".join([*texts, *told]).encode()).hexdigest()


def _in_reading_order(notes: Notes) -> list[StepNote]:
    """Each policy's steps in file order, but none before what it needs; policies in use come first."""
    blocks: dict[str, dict[str, StepNote]] = {}
    for note in notes.steps:
        blocks.setdefault(note.alias, {})[note.step.name] = note
    own = blocks.pop("", {})
    return [note for block in (*blocks.values(), own) for note in _block(block, notes)]


def _block(block: dict[str, StepNote], notes: Notes) -> list[StepNote]:
    made: dict[str, StepNote] = {}

    def place(name: str) -> None:
        if name in made or name not in block:
            return
        for needed in notes.needs.get((block[name].alias, name), ()):
            place(needed)
        made[name] = block[name]

    any_note = next(iter(block.values()), None)
    for name in any_note.policy.steps if any_note is not None else ():
        place(name)
    return list(made.values())

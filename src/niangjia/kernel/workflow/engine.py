"""Carrying a transition out: lock, check, validate, run the body, set the state, audit, hand over. One transaction.

One row and a list go the same way; a list only differs in that a refused row is reported instead of raised, and that
it is cut into transactions short enough for other writers.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from niangjia.kernel import audit, bulk, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing, NotAllowed, Refused, WrongState
from niangjia.kernel.forms import cleaned
from niangjia.kernel.workflow import tasks
from niangjia.kernel.workflow.declaration import NOT_FOUND, Opening, Outcome, Transition, Workflow
from niangjia.kernel.workflow.forms import RemarkForm
from niangjia.kernel.workflow.handing_over import Facts, hand_over
from niangjia.kernel.workflow.locking import lock

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

FIRST_CHUNK = 25
LONGEST_CHUNK_SECONDS = 0.15


@dataclass(frozen=True)
class Offer:
    """A step out of the present state, and why this actor may not take it (None: may)."""

    transition: Transition
    refusal: Refused | None


@dataclass(frozen=True)
class Done:
    """One row after its body ran: what goes into the audit trail and onto the next desk."""

    row: Any
    link: audit.Link
    changed: frozenset[str]


# The step whose body is running, as `workflow/step`, or the news being heard, as `news/topic`: what only follows from
# it may then be carried out.
_under_way: ContextVar[str] = ContextVar("step_under_way", default="")

KEPT_BY_ENGINE = frozenset({"state", "state_since", "due_on", "version"})


def offers(
    workflow: Workflow, row: Any, actor: Actor, happened: Sequence[audit.Happening] | None = None
) -> list[Offer]:
    """The steps that belong to this actor's posts or person here; steps of other people's duties are not shown.

    `happened`: the row's history, from a page that tells it anyway.
    """
    facts = Facts(workflow, [row], happened)
    found = []
    for step in workflow.leaving(row.state):
        refusal = refusal_of(step, row, actor, facts)
        if refusal is None or (step.duty and actor.grants_for(step.duty, row.unit.path)):
            found.append(Offer(step, refusal))
    return found


def refusal_of(step: Transition, row: Any, actor: Actor, facts: Facts | None = None) -> Refused | None:
    """Why the actor may not take the step now; None if they may."""
    try:
        _check_state(step, row, None)
        _authority(step, row, actor, facts or Facts(step.workflow, [row]))
    except Refused as refusal:
        return refusal
    return None


def carry_out_one(
    step: Transition,
    row: Any,
    *,
    actor: Actor,
    version: int | None,
    data: Mapping[str, Any],
    files: Mapping[str, Any] | None,
) -> Any:
    with transaction.atomic():
        locked = lock(step.workflow, [row.pk])
        if not locked:
            raise Missing(NOT_FOUND)
        facts = Facts(step.workflow, locked)
        done = _perform(step, locked[0], actor, facts, version, data, files)
        bulk.update(locked, sorted(KEPT_BY_ENGINE | done.changed))
        _settle(step, [done], actor)
    row.__dict__.update(locked[0].__dict__)
    return row


def carry_out_many(
    step: Transition,
    rows: Iterable[Any],
    *,
    actor: Actor,
    data: Mapping[str, Any],
    each: Callable[[Any], Mapping[str, Any]] | None = None,
) -> list[Outcome]:
    waiting = [row.pk for row in rows]
    outcomes: list[Outcome] = []
    size = FIRST_CHUNK
    while waiting:
        started = time.perf_counter()
        chunk, waiting = waiting[:size], waiting[size:]
        outcomes += _carry_out_chunk(step, chunk, actor, data, each)
        elapsed = time.perf_counter() - started
        size = max(1, min(500, int(size * LONGEST_CHUNK_SECONDS / max(elapsed, 0.001))))
    return outcomes


def _carry_out_chunk(
    step: Transition,
    ids: Sequence[int],
    actor: Actor,
    data: Mapping[str, Any],
    each: Callable[[Any], Mapping[str, Any]] | None,
) -> list[Outcome]:
    outcomes, done = [], []
    with transaction.atomic():
        locked = lock(step.workflow, ids)
        facts = Facts(step.workflow, locked)
        for row in locked:
            try:
                said = {**data, **each(row)} if each else data
                with transaction.atomic():
                    done.append(_perform(step, row, actor, facts, None, said, None))
                outcomes.append(Outcome(row))
            except Refused as refusal:
                outcomes.append(Outcome(row, refusal))
        if done:
            changed = KEPT_BY_ENGINE.union(*(one.changed for one in done))
            bulk.update([one.row for one in done], sorted(changed))
            _settle(step, done, actor)
    return outcomes


def open_row(
    opening: Opening, *, actor: Actor, data: Mapping[str, Any], files: Mapping[str, Any] | None
) -> Any:
    workflow = opening.workflow
    must_be_open_to(opening, actor)
    found, remark = _validated(opening.form, None, actor, data, files)
    with transaction.atomic():
        with _running(opening):
            row = opening.body(actor=actor, **found)
        facts = Facts(workflow, [row])
        principal = None
        if opening.is_offered and actor.user_id not in facts.subjects.get(row.pk, set()):
            principal = _authority_by_duty(opening, row, actor, facts, unlike=())
        _enter(facts, row, opening.to)
        row.save()
        link = audit.Link(
            row, opening.name, found, principal, to_state=opening.to, remark=remark
        )  # fmt: skip
        audit.append([link], actor=actor, fresh=True)
        hand_over(workflow, [row], actor, opening.name, is_return=False)
    return row


def open_many(opening: Opening, said: Sequence[Mapping[str, Any]], *, actor: Actor) -> list[Outcome]:
    """As `open_row`, set-wise: no form, no savepoint, since a body that asks no table leaves nothing half done."""
    assert opening.numbers is not None, "one that `many` opens draws its numbers"
    must_be_open_to(opening, actor)
    rows = [opening.body(actor=actor, **facts) for facts in said]
    # The key in the meantime: who is barred is asked per row.
    for place, row in enumerate(rows):
        row.pk = -place
    facts, outcomes, begun = Facts(opening.workflow, rows), [], []
    for row, told in zip(rows, said, strict=True):
        try:
            principal = _authority_by_duty(opening, row, actor, facts, unlike=())
        except Refused as refusal:
            outcomes.append(Outcome(row, refusal))
            continue
        _enter(facts, row, opening.to)
        outcomes.append(Outcome(row))
        begun.append(audit.Link(row, opening.name, told, principal, to_state=opening.to))
    if begun:
        _keep_new(opening, [link.row for link in begun])
        audit.append(begun, actor=actor, fresh=True)
        hand_over(opening.workflow, [link.row for link in begun], actor, opening.name, is_return=False)
    return outcomes


def _keep_new(opening: Opening, rows: Sequence[Any]) -> None:
    assert opening.numbers is not None
    model = opening.workflow.model
    for row, pk, number in zip(rows, bulk.reserve(model, len(rows)), opening.numbers(len(rows)), strict=True):
        row.pk, row.number = pk, number
    model._base_manager.bulk_create(bulk.with_public_ids(rows), batch_size=500)


def must_be_open_to(opening: Opening, actor: Actor) -> None:
    """Before the body asks about anybody: what it answers is for that duty alone."""
    if opening.by_clock and not actor.is_clock:
        raise NotAllowed(_("“%s”到期由系统自动办理，任何人不能提前。") % opening.label)
    if opening.follows is not None and _under_way.get() not in opening.follows:
        raise NotAllowed(_("“%s”随别的步骤一起办理，不能单独办理。") % opening.label)
    if opening.duty and not actor.has(opening.duty):
        raise NotAllowed(
            _("“%(step)s”由“%(duty)s”岗位办理，您没有这个岗位。请转给有岗位的同事，或请组织管理员任职。")
            % {"step": opening.label, "duty": opening.duty.label}
        )


def _perform(
    step: Transition,
    row: Any,
    actor: Actor,
    facts: Facts,
    version: int | None,
    data: Mapping[str, Any],
    files: Mapping[str, Any] | None,
) -> Done:
    """All checks, then the body and the new state; the caller saves."""
    _check_state(step, row, version)
    principal = _authority(step, row, actor, facts)
    found, remark = _validated(step.form, row, actor, data, files)
    before, from_state = dict(row.__dict__), row.state
    with _running(step):
        step.body(row, actor=actor, **found)
    changed = {
        field.name: row.__dict__[field.attname]
        for field in row._meta.concrete_fields
        if row.__dict__.get(field.attname) != before.get(field.attname)
    }
    if step.keeps_deadline:
        row.version += 1
    else:
        _enter(facts, row, step.to)
    link = audit.Link(row, step.name, {**found, **changed}, principal, from_state, step.to, remark)
    return Done(row, link, frozenset(changed))


def _running(step: Transition | Opening) -> AbstractContextManager[None]:
    return under_way(f"{step.workflow.name}/{step.name}")


@contextmanager
def under_way(cause: str) -> Iterator[None]:
    token = _under_way.set(cause)
    try:
        yield
    finally:
        _under_way.reset(token)


def _enter(facts: Facts, row: Any, state: str) -> None:
    row.state = state
    row.state_since = clock.now()
    row.version += 1
    row.due_on = facts.calendar.last_day(facts.workflow.stage(state).due, row)


def _settle(step: Transition, done: Sequence[Done], actor: Actor) -> None:
    audit.append([one.link for one in done], actor=actor)
    rows = [one.row for one in done]
    tasks.close(step.workflow.name, [row.pk for row in rows])
    hand_over(step.workflow, rows, actor, step.name, is_return=step.is_return)


def _validated(
    form_class: type[RemarkForm],
    row: Any,
    actor: Actor,
    data: Mapping[str, Any],
    files: Mapping[str, Any] | None,
) -> tuple[dict[str, Any], str]:
    found = cleaned(form_class(data, files, row=row, actor=actor))
    return found, found.pop("remark", "")


def _check_state(step: Transition, row: Any, version: int | None) -> None:
    if row.state in step.sources and version in (None, row.version):
        return
    last = audit.history(row).last()
    facts = {
        "step": step.label,
        "who": last.actor if last and last.actor else _("系统"),
        "when": date_format(last.at.astimezone(clock.CHINA), "m-d H:i") if last else "",
        "what": action_label(step.workflow, last.action) if last else "",
        "state": step.workflow.state_label(row.state),
    }
    if row.state in step.sources:
        raise WrongState(
            _("您打开之后，%(who)s已于%(when)s办理“%(what)s”。请刷新看过再办理“%(step)s”。") % facts
        )
    raise WrongState(
        _("“%(step)s”没有办理：%(who)s已于%(when)s办理“%(what)s”，现在是“%(state)s”。请刷新看下一步。")
        % facts
    )


def action_label(workflow: Workflow, action: str) -> str:
    """How an audit entry of this workflow reads."""
    step = workflow.transitions.get(action) or workflow.openings.get(action)
    return str(step.label) if step else str(ACTION_LABELS.get(action, action))


# Actions beside the workflow name themselves here when they are declared.
ACTION_LABELS: "dict[str, StrOrPromise]" = {}


def _authority(step: Transition, row: Any, actor: Actor, facts: Facts) -> int | None:
    """Whom the actor acts for (None: for themselves). Raises NotAllowed, or WrongState before the clock's time."""
    if step.by_clock:
        if not actor.is_clock:
            raise NotAllowed(_("“%s”到期由系统自动办理，任何人不能提前。") % step.label)
        if row.due_on is None or row.due_on >= clock.today():
            raise WrongState(_("期限未满，到 %s 之后才办理。") % (row.due_on or "—"))
        return None
    if step.follows:
        if _under_way.get() not in step.follows:
            raise NotAllowed(_("“%s”随别的步骤一起办理，不能单独办理。") % step.label)
        return None
    if step.by_subject and actor.user_id in facts.subjects.get(row.pk, set()):
        return None
    if step.duty is None:
        raise NotAllowed(_("“%s”只能由本人办理。") % step.label)
    return _authority_by_duty(step, row, actor, facts, step.unlike)


def _authority_by_duty(
    step: Transition | Opening, row: Any, actor: Actor, facts: Facts, unlike: tuple[str, ...]
) -> int | None:
    unit = getattr(row, step.at) if isinstance(step, Opening) else row.unit
    grants = actor.grants_for(step.duty, unit.path) if step.duty else []
    if not grants:
        raise NotAllowed(
            _(
                "“%(step)s”由“%(duty)s”岗位办理，您在%(unit)s没有这个岗位。请转给有岗位的同事，或请组织管理员任职。"
            )
            % {"step": step.label, "duty": step.duty.label if step.duty else "—", "unit": unit}
        )
    conflicts = facts.conflicts.get(row.pk, set())
    earlier = facts.performers(unlike).get(row.pk, set())
    for grant in grants:
        people = {actor.user_id, grant.principal_id} - {None}
        if not people & (conflicts | earlier):
            return grant.principal_id
    if all({actor.user_id, grant.principal_id} & conflicts for grant in grants):
        raise NotAllowed(
            _("您或您代办的同事是当事人、其家庭成员或原经办人，依回避规定不能办理；系统会转给他人。")
        )
    raise NotAllowed(
        _("您或您代办的同事已办过本件的“%s”，这一步须由另一人办理。")
        % _("、").join(action_label(step.workflow, action) for action in unlike)
    )

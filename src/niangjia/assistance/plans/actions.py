"""Writes of plans that change no state: needs, income, evidence of measures. Each leaves one entry in the trail."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.models import (
    AidMeasure,
    AidPlan,
    HouseholdNeed,
    IncomeRecord,
    MeasureEvidence,
)
from niangjia.assistance.plans import forms
from niangjia.assistance.plans.incomes import keep_income
from niangjia.assistance.plans.kinds import OVER, MeasureState, PlanState
from niangjia.kernel import audit, clock, papers
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, NotAllowed, WrongState
from niangjia.kernel.workflow.engine import ACTION_LABELS
from niangjia.membership import queries as membership
from niangjia.organisation.forms import checked

ACTION_LABELS.update(
    {
        "record_need": gettext_lazy("登记需求"),
        "strike_need": gettext_lazy("作废需求"),
        "record_income": gettext_lazy("登记收入"),
        "strike_income": gettext_lazy("作废收入记录"),
    }
)


def record_need(plan: AidPlan, *, actor: Actor, **data: Any) -> HouseholdNeed:
    with _writing(plan, actor, (PlanState.DRAFTED,), "record_need") as changes:
        found = checked(forms.NeedForm, data, actor=actor, row=plan)
        try:
            with transaction.atomic():
                need: HouseholdNeed = HouseholdNeed.objects.create(
                    plan=plan, recorded_by=actor.account, **found
                )
        except IntegrityError:
            raise Invalid(_("这类需求已经登记过。要改紧急程度，请先作废原来那一项。")) from None
        changes.update(found)
    return need


def strike_need(need: HouseholdNeed, *, actor: Actor) -> None:
    with _writing(need.plan, actor, (PlanState.DRAFTED,), "strike_need") as changes:
        _void(need, changes)


def record_income(plan: AidPlan, *, actor: Actor, **data: Any) -> IncomeRecord:
    """At any time while the plan runs; reviewing it records income too."""
    with _writing(
        plan, actor, tuple(state for state in PlanState if state not in OVER), "record_income"
    ) as changes:
        found = checked(forms.IncomeForm, data, actor=actor, row=plan)
        record = keep_income(plan.file, actor=actor, **found)
        changes.update(found)
    return record


def strike_income(record: IncomeRecord, *, actor: Actor) -> None:
    plan = record.file.plans.exclude(state__in=OVER).select_related("unit", "file__person").first()
    if plan is None:
        raise WrongState(_("这一家没有在办的方案，收入记录已经固定。"))
    with _writing(plan, actor, (plan.state,), "strike_income") as changes:
        _void(record, changes)


def attach(measure: AidMeasure, *, actor: Actor, kind: str, upload: Any) -> MeasureEvidence:
    _authority(measure.plan, actor)
    _must_be_open(measure)
    paper: MeasureEvidence = papers.attach(MeasureEvidence, measure, actor=actor, kind=kind, upload=upload)
    return paper


def void_evidence(paper: MeasureEvidence, *, actor: Actor) -> None:
    _authority(paper.measure.plan, actor)
    _must_be_open(paper.measure)
    papers.void(paper, actor=actor)


@contextmanager
def _writing(plan: AidPlan, actor: Actor, states: tuple[str, ...], action: str) -> Iterator[dict[str, Any]]:
    """The plan held, the duty and the state checked; what the body notes goes into one audit entry."""
    principal = _authority(plan, actor)
    changes: dict[str, Any] = {}
    with transaction.atomic():
        held = AidPlan.objects.select_for_update(no_key=True, of=("self",)).get(pk=plan.pk)
        if held.state not in states:
            raise WrongState(
                _("方案%(number)s现在是“%(state)s”，这里不能再改。要改，请先把方案退回草拟。")
                % {"number": held.number, "state": held.get_state_display()}
            )
        yield changes
        audit.record(plan, action, actor=actor, changes=changes, principal_id=principal)


def _authority(plan: AidPlan, actor: Actor) -> int | None:
    """Whom the actor acts for. Only the centre's clerks write, and none about their own family."""
    family = membership.housemates([plan.file.person])[plan.file.person_id]
    for grant in actor.grants_for(CENTRE_CLERK, plan.unit.path):
        if not {actor.user_id, grant.principal_id} & family:
            return grant.principal_id
    raise NotAllowed(
        _("帮扶方案由“%(unit)s”的帮扶中心经办办理，您没有这个岗位，或依回避规定不能办理。")
        % {"unit": plan.unit.name}
    )


def _must_be_open(measure: AidMeasure) -> None:
    if measure.state in (MeasureState.DONE, MeasureState.DROPPED):
        raise WrongState(_("这项措施已经办结，凭证已经固定，不能增减。"))


def _void(row: Any, changes: dict[str, Any]) -> None:
    if row.voided_at is not None:
        raise WrongState(_("这一行已经作废。"))
    row.voided_at = clock.now()
    row.save(update_fields=["voided_at"])
    changes["row"] = row.public_id

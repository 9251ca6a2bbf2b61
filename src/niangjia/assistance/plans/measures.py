"""How a measure goes: 拟定 → 待实施 → 落实中 → 已落实, or dropped with a reason; it waits for its plan."""

from datetime import date
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import CENTRE_CLERK
from niangjia.assistance.models import AidMeasure, AidPlan
from niangjia.assistance.plans import forms, queries
from niangjia.assistance.plans.kinds import MeasureState, PlanState
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused, WrongState
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, named_day

aid_measure = Workflow(
    name="aid-measure",
    label=pgettext_lazy("one", "帮扶措施"),
    model=AidMeasure,
    visible_to=queries.measures_visible_to,
    subjects=queries.subjects_of_measures,
    conflicts=queries.kept_out_of_measures,
    related=("unit", "plan__file__person__user", "plan__file__unit", "beneficiary"),
    stages=[
        Stage(MeasureState.SUGGESTED),
        Stage(MeasureState.PLANNED, duty=CENTRE_CLERK, due=named_day("begins_on")),
        Stage(MeasureState.UNDER_WAY, duty=CENTRE_CLERK, due=named_day("ends_on")),
        Stage(MeasureState.DONE),
        Stage(MeasureState.DROPPED),
    ],
)


@aid_measure.opening(
    to=MeasureState.SUGGESTED,
    label=_("拟定措施"),
    help=_("对着需求想办法：谁来做、什么时候做完、要不要花钱、钱从哪里来。"),
    form=forms.MeasureForm,
    duty=CENTRE_CLERK,
)
def suggest(*, actor: Actor, plan: AidPlan, **facts: Any) -> AidMeasure:
    held = AidPlan.objects.select_for_update(no_key=True, of=("self",)).select_related("unit").get(pk=plan.pk)
    if held.state != PlanState.DRAFTED:
        raise WrongState(
            gettext("方案%(number)s现在是“%(state)s”，不能增加措施。要增加，请先办理“修订方案”。")
            % {"number": held.number, "state": held.get_state_display()}
        )
    number = f"{held.number}-{AidMeasure.objects.filter(plan=held).count() + 1:02d}"
    return AidMeasure.objects.create(number=number, unit=held.unit, plan=held, **facts)


@aid_measure.consequence(
    MeasureState.SUGGESTED,
    to=MeasureState.PLANNED,
    label=_("随方案批准"),
    help=_("方案批准以后，其中的措施进入待办。"),
    follows=["aid-plan/approve"],
)
def release(measure: AidMeasure, *, actor: Actor) -> None:
    pass


@aid_measure.transition(
    MeasureState.PLANNED,
    to=MeasureState.UNDER_WAY,
    label=_("开始实施"),
    help=_("落实单位已经着手。"),
    form=forms.StartForm,
)
def start(measure: AidMeasure, *, actor: Actor, begun_on: date) -> None:
    measure.begun_on = begun_on


@aid_measure.transition(
    MeasureState.UNDER_WAY,
    to=MeasureState.DONE,
    label=_("登记完成"),
    help=_("写明结果，附上凭证或写明凭证放在哪里。"),
    form=forms.FinishForm,
)
def finish(measure: AidMeasure, *, actor: Actor, done_on: date, result: str, evidence: str) -> None:
    measure.done_on, measure.result, measure.evidence = done_on, result, evidence


@aid_measure.transition(
    MeasureState.SUGGESTED,
    MeasureState.PLANNED,
    MeasureState.UNDER_WAY,
    to=MeasureState.DROPPED,
    label=_("不再实施"),
    help=_("情况变了或办不成。写明原因，这一家会原样看到。"),
    form=ReasonForm,
    duty=CENTRE_CLERK,
    is_return=True,
)
def drop(measure: AidMeasure, *, actor: Actor) -> None:
    if measure.state == MeasureState.SUGGESTED and measure.plan.state != PlanState.DRAFTED:
        raise Refused(gettext("方案正在等家庭确认或审批，不能撤下其中的措施。请先把方案退回草拟。"))

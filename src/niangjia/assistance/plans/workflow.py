"""How a plan goes: 草拟 → 家庭确认 → 审批 → 实施 → 复核 → 办结; and back to the drafting table from everywhere."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.kinds import KEPT_STATES
from niangjia.assistance.models import AidPlan, HardshipFile
from niangjia.assistance.plans import forms, messages, parameters, queries
from niangjia.assistance.plans.incomes import keep_income
from niangjia.assistance.plans.kinds import OPEN_MEASURES, MeasureState, PlanResult, PlanState
from niangjia.assistance.plans.measures import release
from niangjia.kernel import calendar, clock, numbering
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Refused
from niangjia.kernel.workflow import ReasonForm, Stage, Workflow, named_day, working_days
from niangjia.membership import queries as people
from niangjia.organisation.parameters import value

aid_plan = Workflow(
    name="aid-plan",
    label=pgettext_lazy("one", "帮扶方案"),
    model=AidPlan,
    visible_to=queries.plans_visible_to,
    subjects=queries.subjects,
    conflicts=queries.kept_out,
    related=("unit", "file__person__user", "file__unit"),
    stages=[
        Stage(PlanState.DRAFTED, duty=CENTRE_CLERK, due=working_days(parameters.DRAFT_DAYS)),
        Stage(
            PlanState.OFFERED, duty=CENTRE_CLERK, due=working_days(parameters.CONSENT_DAYS), by_subject=True
        ),
        Stage(PlanState.AGREED, duty=APPROVER, due=working_days(parameters.APPROVAL_DAYS)),
        Stage(PlanState.IN_FORCE, duty=CENTRE_CLERK, due=named_day("review_on")),
        Stage(PlanState.CONCLUDED),
        Stage(PlanState.ABANDONED),
    ],
)


@aid_plan.opening(
    to=PlanState.DRAFTED,
    label=_("拟定帮扶方案"),
    help=_("一户一策：写清目标，再逐项登记需求和措施，交这一家确认。"),
    form=forms.DraftForm,
    duty=CENTRE_CLERK,
)
def draft(*, actor: Actor, file: HardshipFile, goal: str) -> AidPlan:
    people.hold(file.household)
    if file.state not in KEPT_STATES:
        raise Refused(
            gettext("先建档、后帮扶：档案%(number)s现在是“%(state)s”，建档以后才能拟定方案。")
            % {"number": file.number, "state": file.get_state_display()}
        )
    if running := queries.running_plan(file):
        raise Refused(
            gettext("这一家已有方案 %s 在办，一户一策。请在那份方案里修改，或先办结它。") % running.number
        )
    year = clock.today().year
    [number] = numbering.draw(f"aid-plan/{year}")
    return AidPlan.objects.create(number=f"FA{year}{number:06d}", unit=file.unit, file=file, goal=goal)


@aid_plan.transition(
    PlanState.DRAFTED,
    to=PlanState.OFFERED,
    label=_("交家庭确认"),
    help=_("需求和措施都登记好了，请这一家在手机上或纸上确认。"),
)
def offer(plan: AidPlan, *, actor: Actor) -> None:
    if not plan.needs.filter(voided_at=None).exists():
        raise Refused(gettext("还没有登记这一家的需求。请先登记至少一项需求，再交家庭确认。"))
    if not plan.measures.filter(state__in=OPEN_MEASURES).exists():
        raise Refused(gettext("还没有措施。请先拟定至少一项措施，再交家庭确认。"))
    messages.tell(plan, messages.TO_CONFIRM, actor=actor)


@aid_plan.transition(
    PlanState.DRAFTED,
    to=PlanState.ABANDONED,
    label=_("作废方案"),
    help=_("这份草稿不再需要。在办的措施要先办完或写明不实施。"),
    form=ReasonForm,
    is_return=True,
)
def abandon(plan: AidPlan, *, actor: Actor) -> None:
    _nothing_open(plan)


@aid_plan.transition(
    PlanState.OFFERED,
    to=PlanState.AGREED,
    label=_("同意这份方案"),
    help=_("看过工会要做什么、什么时候做，同意就确认。"),
    form=forms.AgreeForm,
)
def agree(plan: AidPlan, *, actor: Actor, signed_paper: str = "") -> None:
    plan.agreed_on = clock.today()
    plan.signed_paper = signed_paper


@aid_plan.transition(
    PlanState.OFFERED,
    to=PlanState.DRAFTED,
    label=_("请工会修改"),
    help=_("有不合适的地方，写明哪里要改，工会改好再给您看。"),
    form=ReasonForm,
    is_return=True,
)
def ask_for_change(plan: AidPlan, *, actor: Actor) -> None:
    pass


@aid_plan.transition(
    PlanState.AGREED,
    to=PlanState.IN_FORCE,
    label=_("批准方案"),
    help=_("同意按方案帮扶，措施进入待办。拟定、提交过本方案的人不能审批。"),
    unlike=["draft", "offer"],
)
def approve(plan: AidPlan, *, actor: Actor) -> None:
    plan.approved_on = clock.today()
    plan.review_on = _next_review(plan)
    release.many(plan.measures.filter(state=MeasureState.SUGGESTED), actor=actor)
    messages.tell(plan, messages.IN_FORCE, actor=actor)


@aid_plan.transition(
    PlanState.AGREED,
    to=PlanState.DRAFTED,
    label=_("退回修改"),
    help=_("措施不合适或资金不落实，退给帮扶中心修改，改后要请家庭重新确认。"),
    form=ReasonForm,
    is_return=True,
)
def return_to_draft(plan: AidPlan, *, actor: Actor) -> None:
    plan.agreed_on, plan.signed_paper = None, ""


@aid_plan.transition(
    PlanState.IN_FORCE,
    to=PlanState.IN_FORCE,
    label=_("登记复核"),
    help=_("到期复核：记下现在的收入和措施落实情况，下次复核自动排定。"),
    form=forms.ReviewPlanForm,
)
def review(
    plan: AidPlan, *, actor: Actor, household_size: int, yearly_income_amount: Decimal, source: str
) -> None:
    keep_income(
        plan.file,
        actor=actor,
        as_of=clock.today(),
        household_size=household_size,
        yearly_income_amount=yearly_income_amount,
        source=source,
    )
    plan.review_on = _next_review(plan)


@aid_plan.transition(
    PlanState.IN_FORCE,
    to=PlanState.DRAFTED,
    label=_("修订方案"),
    help=_("情况有变，增减需求和措施。已在办的措施照常办，修订后请家庭重新确认。"),
    form=ReasonForm,
    is_return=True,
)
def revise(plan: AidPlan, *, actor: Actor) -> None:
    plan.agreed_on, plan.signed_paper = None, ""


@aid_plan.transition(
    PlanState.IN_FORCE,
    to=PlanState.CONCLUDED,
    label=_("办结方案"),
    help=_("措施都办完了，写明结果。办结为已脱困的，要有近一年的收入记录。"),
    form=forms.ConcludeForm,
)
def conclude(plan: AidPlan, *, actor: Actor, result: str) -> None:
    _nothing_open(plan)
    if result == PlanResult.OUT and queries.last_income(plan.file, queries.year_ago()) is None:
        raise Refused(gettext("办结为已脱困，要有近一年的收入记录作依据。请先登记收入，再办结。"))
    plan.result = result
    plan.concluded_on = clock.today()
    messages.tell(plan, messages.CONCLUDED, actor=actor)


def _nothing_open(plan: AidPlan) -> None:
    count = plan.measures.filter(state__in=OPEN_MEASURES).count()
    if count:
        raise Refused(
            gettext("还有 %d 项措施没有办完。请逐项登记完成，或写明不实施的原因，再办这一步。") % count
        )


def _next_review(plan: AidPlan) -> Any:
    today = clock.today()
    return calendar.add_months(today, value(parameters.REVIEW_MONTHS, plan.unit, today))

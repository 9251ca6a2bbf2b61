"""How a county's project goes, milestone by milestone: 计划编制 → 资金安排 → 开工 → 竣工."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from niangjia.assistance.access import APPROVER, CENTRE_CLERK
from niangjia.assistance.models import CountyProject, ProjectPaper, Twinning
from niangjia.assistance.twinning import forms, queries
from niangjia.assistance.twinning.kinds import MILESTONES, UNFINISHED, ProjectState
from niangjia.kernel import clock, numbering, papers
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import NotAllowed, Refused, WrongState
from niangjia.kernel.money import formatted
from niangjia.kernel.workflow import ReasonForm, Stage, Transition, Workflow, named_day
from niangjia.organisation.models import UnionBody

county_project = Workflow(
    name="county-project",
    label=pgettext_lazy("one", "县项目"),
    model=CountyProject,
    visible_to=queries.projects_visible_to,
    subjects=queries.nobody,
    conflicts=queries.nobody,
    stages=[
        Stage(ProjectState.PLANNING, duty=CENTRE_CLERK, due=named_day("plan_by")),
        Stage(ProjectState.AWAITING_FUNDS, duty=APPROVER, due=named_day("fund_by")),
        Stage(ProjectState.FUNDED, duty=CENTRE_CLERK, due=named_day("start_by")),
        Stage(ProjectState.STARTED, duty=CENTRE_CLERK, due=named_day("finish_by")),
        Stage(ProjectState.FINISHED),
        Stage(ProjectState.HALTED),
    ],
)


@county_project.opening(
    to=ProjectState.PLANNING,
    label=_("编制项目"),
    help=_("一县一项目：写明建什么、在哪里、要多少钱、各节点的期限，再逐笔登记资金来源。"),
    form=forms.DraftProjectForm,
    duty=CENTRE_CLERK,
)
def draft(*, actor: Actor, county: UnionBody, **facts: Any) -> CountyProject:
    held = UnionBody.objects.select_for_update(no_key=True, of=("self",)).get(pk=county.pk)
    if running := queries.unfinished_project(held):
        raise Refused(
            gettext("一县一项目：%(county)s的“%(project)s”还没有竣工。请先办完或终止它。")
            % {"county": held, "project": running.name}
        )
    year = clock.today().year
    [number] = numbering.draw(f"county-project/{year}")
    return CountyProject.objects.create(number=f"YX{year}{number:06d}", unit=held, **facts)


@county_project.transition(
    ProjectState.PLANNING,
    to=ProjectState.PLANNING,
    label=_("登记资金来源"),
    help=_("谁出多少钱，一家一笔。各笔合计要与总投资相等。"),
    form=forms.FundingForm,
)
def record_funding(
    row: CountyProject, *, actor: Actor, kind: str, payer: str, twinning: Twinning | None, amount: Decimal
) -> None:
    payer = twinning.helper.name if twinning else payer
    if amount:
        row.funding.update_or_create(
            payer=payer, defaults={"kind": kind, "twinning": twinning, "amount": amount}
        )
    elif not row.funding.filter(payer=payer).delete()[0]:
        raise Refused(gettext("没有登记过“%s”的资金，不用撤下。") % payer)


@county_project.transition(
    ProjectState.PLANNING,
    to=ProjectState.AWAITING_FUNDS,
    label=_("完成计划编制"),
    help=_("资金来源合计与总投资相等，交审批人安排资金。"),
)
def plan(row: CountyProject, *, actor: Actor) -> None:
    _fully_funded(row)
    row.planned_on = clock.today()


@county_project.transition(
    ProjectState.AWAITING_FUNDS,
    to=ProjectState.FUNDED,
    label=_("确认资金安排"),
    help=_("各笔资金都已落实，可以开工。编制过本项目的人不能确认。"),
    unlike=["draft", "record_funding", "plan"],
)
def arrange(row: CountyProject, *, actor: Actor) -> None:
    row.funded_on = clock.today()


@county_project.transition(
    ProjectState.AWAITING_FUNDS,
    to=ProjectState.PLANNING,
    label=_("退回编制"),
    help=_("资金没有落实，或计划不合适。写明要改什么。"),
    form=ReasonForm,
    is_return=True,
)
def send_back(row: CountyProject, *, actor: Actor) -> None:
    row.planned_on = None


@county_project.transition(
    ProjectState.FUNDED,
    to=ProjectState.STARTED,
    label=_("登记开工"),
    help=_("工程已经动工。"),
    form=forms.StartForm,
)
def start(row: CountyProject, *, actor: Actor, started_on: date) -> None:
    _fully_funded(row)
    row.started_on = started_on


@county_project.transition(
    ProjectState.STARTED,
    to=ProjectState.FINISHED,
    label=_("登记竣工"),
    help=_("已经验收。附上验收材料再登记。"),
    form=forms.FinishForm,
)
def finish(row: CountyProject, *, actor: Actor, finished_on: date) -> None:
    row.finished_on = finished_on


@county_project.transition(
    *UNFINISHED,
    to=ProjectState.HALTED,
    label=_("终止项目"),
    help=_("不再建设。写明原因和已用资金怎样处理。"),
    form=ReasonForm,
    duty=APPROVER,
    is_return=True,
)
def abandon(row: CountyProject, *, actor: Actor) -> None:
    row.abandoned_on = clock.today()


def _puts_off(state: ProjectState, label: Any) -> Callable[[Callable[..., None]], Transition]:
    return county_project.transition(
        state,
        to=state,
        label=label,
        help=_("由上级工会审批人办理：写明理由和新的期限，其后的节点顺延同样天数。原定期限保留。"),
        form=forms.PutOffForm,
        duty=APPROVER,
        is_return=True,
    )


@_puts_off(ProjectState.PLANNING, _("推迟计划编制"))
def put_off_plan(row: CountyProject, *, actor: Actor, put_off_to: date) -> None:
    _put_off(row, "plan_by", actor, put_off_to)


@_puts_off(ProjectState.AWAITING_FUNDS, _("推迟资金安排"))
def put_off_funds(row: CountyProject, *, actor: Actor, put_off_to: date) -> None:
    _put_off(row, "fund_by", actor, put_off_to)


@_puts_off(ProjectState.FUNDED, _("推迟开工"))
def put_off_start(row: CountyProject, *, actor: Actor, put_off_to: date) -> None:
    _put_off(row, "start_by", actor, put_off_to)


@_puts_off(ProjectState.STARTED, _("推迟竣工"))
def put_off_finish(row: CountyProject, *, actor: Actor, put_off_to: date) -> None:
    _put_off(row, "finish_by", actor, put_off_to)


PUTTING_OFF = (put_off_plan, put_off_funds, put_off_start, put_off_finish)


def puts_off(row: CountyProject, actor: Actor) -> bool:
    """Approvers of a union above the county: a plan is not bent to its delay by whoever is late."""
    return any(grant.unit_id != row.unit_id for grant in actor.grants_for(APPROVER, row.unit.path))


def _put_off(row: CountyProject, planned: str, actor: Actor, put_off_to: date) -> None:
    if not puts_off(row, actor):
        raise NotAllowed(gettext("推迟节点由上级工会的审批人办理，本级不能推迟自己的期限。"))
    names = [name for _label, name, _reached in MILESTONES]
    longer = put_off_to - getattr(row, planned)
    for name in names[names.index(planned) :]:
        before = getattr(row, name)
        setattr(row, name, before + longer)
        row.delays.create(planned=name, before_on=before, after_on=before + longer)


def attach(row: CountyProject, *, actor: Actor, kind: str, upload: Any) -> ProjectPaper:
    _may_keep_papers(row, actor)
    paper: ProjectPaper = papers.attach(ProjectPaper, row, actor=actor, kind=kind, upload=upload)
    return paper


def void(paper: ProjectPaper, *, actor: Actor) -> None:
    _may_keep_papers(paper.project, actor)
    papers.void(paper, actor=actor)


def keeps_papers(row: CountyProject, actor: Actor) -> bool:
    return row.state in UNFINISHED and bool(actor.grants_for(CENTRE_CLERK, row.unit.path))


def _may_keep_papers(row: CountyProject, actor: Actor) -> None:
    if row.state not in UNFINISHED:
        raise WrongState(gettext("这个项目已经办结，材料已经固定，不能增减。"))
    if not keeps_papers(row, actor):
        raise NotAllowed(gettext("项目材料由“%s”的帮扶中心经办添加，您在那里没有这个岗位。") % row.unit)


def _fully_funded(row: CountyProject) -> None:
    funded = queries.funded_amount(row)
    if funded != row.total_amount:
        raise Refused(
            gettext("资金来源合计 %(funded)s，总投资 %(total)s，两者要相等。请补登记或更正资金来源。")
            % {"funded": formatted(funded), "total": formatted(row.total_amount)}
        )

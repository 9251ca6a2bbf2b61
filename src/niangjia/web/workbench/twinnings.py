"""县区结对 and 一县一项目: the lists of twinnings, of help and of projects, and one of each."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.assistance.access import ASSISTANCE, CENTRE_CLERK
from niangjia.assistance.twinning import giving, projects, queries
from niangjia.assistance.twinning.forms import HelpPaperForm, ProjectPaperForm
from niangjia.assistance.twinning.giving import promise, twinning_help
from niangjia.assistance.twinning.kinds import MILESTONES, HelpState, ProjectState, TwinningState
from niangjia.assistance.twinning.projects import county_project, draft, record_funding
from niangjia.assistance.twinning.projects import plan as complete_plan
from niangjia.assistance.twinning.workflow import propose, twinning
from niangjia.kernel import clock
from niangjia.kernel.workflow.engine import refusal_of
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice, Tone
from niangjia.web.templatetags.niangjia import blank_fields
from niangjia.web.workbench.case_pages import Fact
from niangjia.web.workbench.entrance import opened
from niangjia.web.workbench.plans import begin_url
from niangjia.web.workbench.union_cases import (
    ListPage,
    case_page,
    days,
    list_page,
    money,
    state_and_deadline,
    whose,
)

TONES: dict[str, dict[str, Tone]] = {
    twinning.name: {
        TwinningState.TO_APPROVE: "waiting",
        TwinningState.TWINNED: "good",
        TwinningState.PARTED: "",
        TwinningState.TURNED_DOWN: "bad",
    },
    twinning_help.name: {
        HelpState.PROMISED: "active",
        HelpState.GIVEN: "waiting",
        HelpState.ARRIVED: "good",
        HelpState.WITHDRAWN: "bad",
    },
    county_project.name: {
        ProjectState.PLANNING: "active",
        ProjectState.AWAITING_FUNDS: "waiting",
        ProjectState.FUNDED: "active",
        ProjectState.STARTED: "active",
        ProjectState.FINISHED: "good",
        ProjectState.HALTED: "bad",
    },
}


def _between(pair: Any) -> str:
    return f"{pair.helper} → {pair.helped}"


CASES[twinning.name] = CasePages("twinning", _between, TONES[twinning.name])
CASES[twinning_help.name] = CasePages(
    "twinning_help", lambda row: _between(row.twinning), TONES[twinning_help.name]
)
CASES[county_project.name] = CasePages("county_project", lambda row: row.name, TONES[county_project.name])


def ways(current: str) -> list[Choice]:
    """The tabs that these pages share."""
    pages = (
        (_("重点县"), "key_counties"),
        (_("结对"), "twinnings"),
        (_("帮助"), "twinning_helps"),
        (_("一县一项目"), "county_projects"),
    )
    return [Choice(label, reverse(route), route == current) for label, route in pages]


def _twinning_columns() -> list[Column]:
    return [
        whose(twinning, _("帮扶工会与受助工会")),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("结对开始"), lambda row: write_day(row.from_on), "number"),
        *state_and_deadline(twinning),
    ]


def _help_columns() -> list[Column]:
    return [
        whose(twinning_help, _("帮扶工会与受助工会")),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("用途"), lambda row: f"{row.get_kind_display()} · {row.get_purpose_display()}"),
        Column(_("计划金额"), lambda row: money(row.amount), "amount"),
        Column(_("到账金额"), lambda row: money(row.arrived_amount), "amount"),
        *state_and_deadline(twinning_help),
    ]


def _project_columns() -> list[Column]:
    return [
        whose(county_project, _("项目名称")),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("重点县工会"), lambda row: row.unit),
        Column(_("项目类别"), lambda row: row.get_kind_display()),
        Column(_("总投资"), lambda row: money(row.total_amount), "amount"),
        *state_and_deadline(county_project),
    ]


TWINNINGS = ListPage(
    twinning,
    "twinnings",
    propose,
    TwinningState.choices,
    queries.twinnings_chosen,
    _twinning_columns,
    gettext_lazy("结对编号，或工会名称"),
    gettext_lazy("还没有县区结对"),
    gettext_lazy("由共同的上级工会提出，批准以后两家就可以登记帮助。"),
    ways,
)
HELP = ListPage(
    twinning_help,
    "twinning_helps",
    promise,
    HelpState.choices,
    queries.help_chosen,
    _help_columns,
    gettext_lazy("帮助编号，或工会名称"),
    gettext_lazy("还没有登记帮助"),
    gettext_lazy("帮扶工会登记送资金或指门路，受助工会确认到账或落实。"),
    ways,
)
PROJECTS = ListPage(
    county_project,
    "county_projects",
    draft,
    ProjectState.choices,
    queries.projects_chosen,
    _project_columns,
    gettext_lazy("项目编号，或名称"),
    gettext_lazy("还没有县项目"),
    gettext_lazy("一个重点县同时办一个项目，从编制计划到竣工。"),
    ways,
)


@require_http_methods(["GET", "HEAD", "POST"])
def twinnings(request: ActorRequest) -> HttpResponse:
    return list_page(request, TWINNINGS)


@require_http_methods(["GET", "HEAD", "POST"])
def helps(request: ActorRequest) -> HttpResponse:
    return list_page(request, HELP)


@require_http_methods(["GET", "HEAD", "POST"])
def county_projects(request: ActorRequest) -> HttpResponse:
    return list_page(request, PROJECTS)


@require_safe
def one_twinning(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    row = twinning.find(public_id, actor)
    is_helper = row.state == TwinningState.TWINNED and actor.grants_for(CENTRE_CLERK, row.helper.path)
    help = queries.help_visible_to(actor).filter(twinning=row).order_by("-pk")
    facts = [
        Fact(_("帮扶工会"), row.helper),
        Fact(_("受助工会"), row.helped),
        Fact(_("文件依据"), row.basis),
        *days(
            (_("结对开始"), row.from_on),
            (_("结对到期"), row.until_on),
            (_("批准日期"), row.approved_on),
            (_("结束日期"), row.ended_on),
        ),
    ]
    more = {
        "help": [(one, TONES[twinning_help.name][one.state]) for one in help],
        "funding": row.funding.select_related("project"),
        "promise_url": begin_url(promise, twinning=row.number) if is_helper else "",
    }
    return case_page(request, twinning, row, _between(row), facts, TWINNINGS, more)


@require_safe
def one_help(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    row = twinning_help.find(public_id, actor)
    facts = [
        Fact(_("县区结对"), _between(row.twinning), url=CASES[twinning.name].url(row.twinning)),
        Fact(_("帮扶方式"), row.get_kind_display()),
        Fact(_("用途"), row.get_purpose_display()),
        Fact(_("具体内容"), row.detail, "wide"),
        Fact(_("计划金额"), money(row.amount), "number"),
        Fact(_("到账金额"), money(row.arrived_amount), "number"),
        *days(
            (_("计划日期"), row.planned_on),
            (_("拨付或落实日期"), row.given_on),
            (_("到账或落实日期"), row.confirmed_on),
        ),
    ]
    more = _papers(row, HelpPaperForm, giving.keeps_papers(row, actor), "help")
    but = () if giving.confirms(row, actor) else (giving.confirm, giving.dispute)
    return case_page(request, twinning_help, row, row.get_purpose_display(), facts, HELP, more, but)


@require_safe
def one_project(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    row = county_project.find(public_id, actor)
    funded = queries.funded_amount(row)
    facts = [
        Fact(_("重点县工会"), row.unit),
        Fact(_("项目类别"), row.get_kind_display()),
        Fact(_("建设地点"), row.place),
        Fact(_("总投资"), money(row.total_amount), "number"),
        Fact(_("已登记资金"), money(funded), "number"),
        Fact(_("还差"), money(row.total_amount - funded) if funded < row.total_amount else "", "number"),
        *days((_("终止日期"), row.abandoned_on)),
    ]
    first = queries.first_planned(row)
    may_fund = refusal_of(record_funding, row, actor) is None
    more = {
        **_papers(row, ProjectPaperForm, projects.keeps_papers(row, actor), "project"),
        "funding": queries.funding_of(row),
        "milestones": [_milestone(row, first, *milestone) for milestone in MILESTONES],
        "funding_url": reverse("step", args=[county_project.name, row.public_id, record_funding.slug])
        if may_fund
        else "",
    }
    # Until the money is whole the plan cannot be completed; then more money only corrects, from its card.
    but = [record_funding if funded == row.total_amount else complete_plan]
    but += [] if projects.puts_off(row, actor) else projects.PUTTING_OFF
    return case_page(request, county_project, row, row.name, facts, PROJECTS, more, but)


def _milestone(row: Any, first: Any, label: Any, planned: str, reached: str) -> dict[str, Any]:
    by, on = getattr(row, planned), getattr(row, reached)
    return {
        "label": label,
        "first": first.get(planned),
        "by": by,
        "on": on,
        "is_late": (on or clock.today()) > by and (on is not None or row.abandoned_on is None),
    }


def _papers(row: Any, form: Any, may_add: bool, what: str) -> dict[str, Any]:
    """What the card of papers needs."""
    return {
        "papers": queries.papers_of(row),
        "attach_fields": blank_fields(form) if may_add else None,
        "attach_url": reverse(f"{what}_attach", args=[row.public_id]),
        "paper_route": f"{what}_paper",
        "void_route": f"{what}_paper_void",
    }

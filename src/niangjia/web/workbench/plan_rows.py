"""What is added to a plan: needs and income a row at a time, evidence to its measures."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.assistance.access import ASSISTANCE
from niangjia.assistance.plans import actions, forms, queries
from niangjia.assistance.plans.measures import aid_measure
from niangjia.assistance.plans.workflow import aid_plan
from niangjia.kernel import clock, files
from niangjia.kernel.errors import Missing
from niangjia.kernel.forms import cleaned
from niangjia.organisation.forms import ActionForm
from niangjia.web.shell.acts import Act, act_page
from niangjia.web.shell.cases import CASES
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened, staff

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Addition:
    form: type[ActionForm]
    add: Callable[..., Any]
    strike: Callable[..., None]
    title: "StrOrPromise"
    help: "StrOrPromise"


ADDITIONS = {
    "need": Addition(
        forms.NeedForm,
        actions.record_need,
        actions.strike_need,
        gettext_lazy("登记需求"),
        gettext_lazy("这一家缺什么、有多急。同一类需求登记一次。"),
    ),
    "income": Addition(
        forms.IncomeForm,
        actions.record_income,
        actions.strike_income,
        gettext_lazy("登记收入"),
        gettext_lazy("记下某一天全家的年收入，看得出帮扶以后有没有起色。"),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def plan_add(request: ActorRequest, public_id: uuid.UUID, what: str) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    plan = aid_plan.find(public_id, actor)
    addition = _named(what)
    page = CASES[aid_plan.name].url(plan)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return addition.form(data, actor=actor, row=plan, initial={"as_of": clock.today()})

    def run(data: dict[str, Any]) -> str:
        addition.add(plan, actor=actor, **data)
        return page

    act = Act(
        title=str(addition.title),
        label=str(addition.title),
        done=_("已登记。"),
        help=str(addition.help),
        back=page,
        back_label=f"{plan.file.person.name} {plan.number}",
    )
    return act_page(request, act, make, run)


@require_POST
def plan_strike(request: ActorRequest, public_id: uuid.UUID, what: str) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    addition = _named(what)
    row = queries.row_visible_to(actor, what, public_id)
    plan = row.plan if what == "need" else queries.running_plan(row.file)
    addition.strike(row, actor=actor)
    messages.success(request, _("已作废，仍留有记录。"))
    return redirect(CASES[aid_plan.name].url(plan))


@require_POST
def measure_attach(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    measure = aid_measure.find(public_id, actor)
    actions.attach(measure, actor=actor, **cleaned(forms.EvidenceForm(request.POST, request.FILES)))
    messages.success(request, _("材料已添加。"))
    return redirect(CASES[aid_measure.name].url(measure))


@require_POST
def evidence_void(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    paper = queries.evidence_visible_to(actor, public_id)
    actions.void_evidence(paper, actor=actor)
    messages.success(request, _("材料已作废，仍留有记录。"))
    return redirect(CASES[aid_measure.name].url(paper.measure))


@require_safe
def evidence(request: ActorRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    found = queries.evidence_visible_to(staff(request), public_id)
    inline: Literal["inline", "attachment"] = "attachment" if "save" in request.GET else "inline"
    download = files.download(found.stored, disposition=inline)
    return StreamingHttpResponse(download.stream, headers=download.headers)


def _named(what: str) -> Addition:
    if what not in ADDITIONS:
        raise Missing(_("没有这一页，请从帮扶方案进入。"))
    return ADDITIONS[what]

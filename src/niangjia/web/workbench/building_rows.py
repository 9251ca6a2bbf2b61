"""What is added to a case of union building, a row at a time: one page, one form, one action each."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock, files
from niangjia.kernel import reveal as full_view
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.forms import cleaned
from niangjia.organisation.access import BUILDING
from niangjia.organisation.building import actions, additions, queries
from niangjia.organisation.building.workflow import building
from niangjia.organisation.forms import ActionForm
from niangjia.web.shell.acts import Act, act_page, suggested
from niangjia.web.shell.cases import CASES
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened
from niangjia.web.workbench.people import ReasonForm

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
    "employer": Addition(
        additions.EmployerForm,
        actions.add_employer,
        actions.remove_employer,
        gettext_lazy("加入单位"),
        gettext_lazy("联合建会的加入每一家单位；一家单位同时只在一件建会工作中。"),
    ),
    "result": Addition(
        additions.ResultForm,
        actions.record_result,
        actions.strike_result,
        gettext_lazy("登记选举结果"),
        gettext_lazy("逐人登记。工会委员会和经费审查委员会由会员选举，其余机构批复后推选。"),
    ),
    "tick": Addition(
        additions.TickForm,
        actions.tick,
        actions.untick,
        gettext_lazy("登记验收项"),
        gettext_lazy("有材料的选材料，没有的写明在哪里看到什么。"),
    ),
    "contribution": Addition(
        additions.ContributionForm,
        actions.contribute,
        actions.strike_contribution,
        gettext_lazy("登记共建投入"),
        gettext_lazy("五个一点：五方各出一点，钱和物都记。"),
    ),
}


@require_http_methods(["GET", "HEAD", "POST"])
def building_add(request: ActorRequest, public_id: uuid.UUID, what: str) -> HttpResponse:
    actor = opened(request, BUILDING)
    case = building.find(public_id, actor)
    addition = _named(what)
    page = CASES[building.name].url(case)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = addition.form(data, actor=actor, row=case, initial={"given_on": clock.today()})
        if "employer" in form.fields:
            suggested(form, "employer", reverse("employers_suggested"))
        return form

    def run(data: dict[str, Any]) -> str:
        addition.add(case, actor=actor, **data)
        return page

    act = Act(
        title=str(addition.title),
        label=str(addition.title),
        done=_("已登记。"),
        help=str(addition.help),
        back=page,
        back_label=f"{case.name} {case.number}",
    )
    return act_page(request, act, make, run)


@require_POST
def building_strike(request: ActorRequest, public_id: uuid.UUID, what: str) -> HttpResponse:
    actor = opened(request, BUILDING)
    addition = _named(what)
    row = queries.row_visible_to(actor, what, public_id)
    addition.strike(row, actor=actor)
    messages.success(request, _("已作废，仍留有记录。"))
    return redirect(CASES[building.name].url(row.building))


@require_POST
def building_attach(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, BUILDING)
    case = building.find(public_id, actor)
    actions.attach(case, actor=actor, **cleaned(additions.PaperForm(request.POST, request.FILES)))
    messages.success(request, _("材料已添加。"))
    return redirect(CASES[building.name].url(case))


@require_POST
def building_paper_void(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, BUILDING)
    paper = queries.paper_visible_to(actor, public_id)
    actions.void_paper(paper, actor=actor)
    messages.success(request, _("材料已作废，仍留有记录。"))
    return redirect(CASES[building.name].url(paper.building))


@require_safe
def building_paper(request: ActorRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    found = queries.paper_visible_to(opened(request, BUILDING), public_id)
    inline: Literal["inline", "attachment"] = "attachment" if "save" in request.GET else "inline"
    download = files.download(found.stored, disposition=inline)
    return StreamingHttpResponse(download.stream, headers=download.headers)


SEALED = {"contact": gettext_lazy("反映人联系方式"), "message": gettext_lazy("线索内容")}


@require_http_methods(["GET", "HEAD", "POST"])
def building_reveal(request: ActorRequest, public_id: uuid.UUID, field: str) -> HttpResponse:
    """What a worker wrote, in the clear, for a reason that is kept. Shown in the answer itself."""
    actor = opened(request, BUILDING)
    if field not in SEALED:
        raise Missing(_("没有这一页，请从建会工作进入。"))
    case = building.find(public_id, actor)
    form, text = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            text = full_view.reveal(case, field, actor=actor, reason=form.cleaned_data["reason"])
        except Invalid as problem:
            form.add_error("reason", str(problem))
    back = CASES[building.name].url(case)
    context = {"person": case, "label": SEALED[field], "form": form, "text": text, "back": back}
    response = render(request, "workbench/person_reveal.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _named(what: str) -> Addition:
    if what not in ADDITIONS:
        raise Missing(_("没有这一页，请从建会工作进入。"))
    return ADDITIONS[what]

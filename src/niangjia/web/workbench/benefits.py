"""待遇申请: the list, one application with its explanation, and its papers."""

import uuid
from typing import Any, Literal

from django import forms
from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.benefits import actions, decisions, queries, telling
from niangjia.benefits.access import BENEFITS
from niangjia.benefits.kinds import OPEN_TO_PAPERS, PaperKind, State
from niangjia.benefits.workflow import application
from niangjia.benefits.workflow.applications import accept_proposal, apply, confirm, publish, take_in
from niangjia.kernel import files
from niangjia.kernel.access import Actor
from niangjia.kernel.fields import mask_id_number
from niangjia.kernel.forms import cleaned
from niangjia.kernel.money import formatted
from niangjia.web.shell import keyset
from niangjia.web.shell.bulk import steps_in_bulk
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.templatetags.niangjia import badge, blank_fields, deadline
from niangjia.web.workbench.benefit_papers import taken_in, to_own_schemes
from niangjia.web.workbench.case_pages import Fact, case_context, chips, ticks
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked

TONES: dict[str, Tone] = {
    State.ASKED: "active",
    State.RETURNED: "waiting",
    State.CHECKED: "active",
    State.ASSESSED: "active",
    State.LIFT_ASKED: "active",
    State.ON_NOTICE: "waiting",
    State.GRANTED: "good",
    State.DECLINED: "bad",
    State.WITHDRAWN: "",
    State.APPEALED: "active",
    State.AMOUNT_APPEALED: "active",
    State.REFUSAL_STANDS: "bad",
}
CASES[application.name] = CasePages(
    "benefit",
    lambda row: row.person.name,
    TONES,
    queries.listed,
    begun={take_in.name: taken_in} | dict.fromkeys((apply.name, accept_proposal.name), to_own_schemes),
)


class AttachForm(forms.Form):
    """添材料: one photo or document."""

    kind = forms.ChoiceField(
        label=gettext_lazy("材料类别"), choices=[("", gettext_lazy("请选择")), *PaperKind.choices]
    )
    upload = forms.FileField(
        label=gettext_lazy("照片或文件"), help_text=gettext_lazy("照片、PDF、Word 或 Excel，不超过 10 MB。")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def benefits(request: ActorRequest) -> HttpResponse:
    actor = opened(request, BENEFITS)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    where = place(request, actor, BENEFITS)
    rows = queries.applications_chosen(actor, words=words, state=state, overdue=overdue, unit=where.unit)
    page = keyset.page(queries.listed(rows), after=request.GET.get("after", ""))
    in_bulk = steps_in_bulk(application, state, actor) if state else []
    context = {
        "title": _("待遇申请"),
        "placeholder": _("姓名 / 拼音 / 申请编号 / 证件号"),
        "page": page,
        "listing": Listing(([ticks(application)] if in_bulk else []) + _columns(), page.rows),
        "choices": chips(
            "benefits",
            State.choices,
            state=state,
            overdue=overdue,
            kept={"unit": where.unit.number if where.unit else ""},
        ),
        "is_filtered": bool(state or overdue or words or where.unit),
        "words": words,
        "place": where,
        "workflow": application,
        "in_bulk": in_bulk,
        "begin": [take_in] if take_in.duty is not None and actor.has(take_in.duty) else [],
        "none": _("还没有待遇申请"),
        "how": _("职工在手机上申请，或由您录入纸质申请后，申请会出现在这里。先要有开办中的待遇项目。"),
    }
    return render(request, "workbench/cases.html", context)


@require_safe
def benefit(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, BENEFITS)
    row = application.find(public_id, actor)
    sees, decision = queries.sees_sealed(actor, row), row.decision
    takes_papers = row.state in OPEN_TO_PAPERS
    context = {
        **case_context(application, row, actor, but=[confirm if row.scheme.notice else publish]),
        "title": row.person.name,
        "heading": _("待遇申请"),
        "list_url": reverse("benefits"),
        "facts": _facts(row, actor),
        "stated": telling.facts(row, actor),
        "hides": not sees,
        "decision": decision,
        "verdict": telling.verdict(decision) if decision else "",
        "explanation": mark_safe(telling.explanation_html(decision)) if decision and sees else "",
        "rerun": decisions.rerun(decision) if decision else None,
        "overrides": list(row.overrides.order_by("pk")) if sees else [],
        "appeal": queries.appeal_of(row) if sees else None,
        "grants": list(row.grants.order_by("pk")),
        "elsewhere": queries.history_visible_to(actor, row.person),
        "papers": list(queries.papers_visible_to(actor, row)),
        "missing": queries.papers_missing(row) if takes_papers else [],
        "attach_fields": blank_fields(AttachForm) if takes_papers else None,
    }
    return render(request, "workbench/benefit.html", context)


@require_POST
def attach(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, BENEFITS)
    row = application.find(public_id, actor)
    actions.attach(row, actor=actor, **cleaned(AttachForm(request.POST, request.FILES)))
    messages.success(request, _("材料已添加。"))
    return redirect(CASES[application.name].url(row))


@require_POST
def paper_void(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = _actor(request)
    paper = queries.paper(public_id, actor)
    actions.void_paper(paper, actor=actor)
    messages.success(request, _("材料已作废，仍留有记录。"))
    return redirect(CASES[application.name].url(paper.application))


@require_safe
def paper(request: ActorRequest, public_id: uuid.UUID) -> StreamingHttpResponse:
    """The paper itself, for whoever sees its application and may see its kind."""
    found = queries.paper(public_id, _actor(request))
    inline: Literal["inline", "attachment"] = "attachment" if "save" in request.GET else "inline"
    download = files.download(found.stored, disposition=inline)
    return StreamingHttpResponse(download.stream, headers=download.headers)


def _actor(request: ActorRequest) -> Any:
    return request.actor


def _facts(row: Any, actor: Actor) -> list[Fact]:
    reveal = reverse("person_reveal", args=[row.person.public_id, "id_number"])
    number = mask_id_number(row.person.id_number)
    made = [
        Fact(_("待遇项目"), row.scheme.name, url=CASES["scheme"].url(row.scheme)),
        Fact(_("受益人"), row.person.name),
        Fact(_("证件号码"), number, reveal=f"{reveal}?file={row.number}" if actor.grants else ""),
        Fact(_("承办工会"), row.unit),
        Fact(_("享受期间"), row.period, "number"),
        Fact(_("事由日期"), write_day(row.on), "number"),
        Fact(_("申请日期"), write_day(row.applied_on), "number"),
        Fact(_("来源"), row.get_origin_display()),
    ]
    if row.payee_id != row.person_id:
        made.insert(2, Fact(_("领款人"), row.payee.name))
    if row.settled_on:
        made += [
            Fact(_("办结日期"), write_day(row.settled_on), "number"),
            Fact(_("复议期限"), write_day(row.appeal_until), "number"),
        ]
    return made


def _columns() -> list[Column]:
    url = CASES[application.name].url
    return [
        Column(_("受益人"), lambda row: main_link(url(row), row.person.name), names_cells=False),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("待遇项目"), lambda row: row.scheme.name),
        Column(_("承办工会"), lambda row: row.unit),
        Column(_("金额"), _amount, "amount"),
        Column(_("状态"), lambda row: badge(row.get_state_display(), TONES[row.state])),
        Column(_("期限"), lambda row: deadline(row.due_on)),
        Column(_("申请日期"), lambda row: write_day(row.applied_on), "number"),
    ]


def _amount(row: Any) -> str:
    decision = row.decision
    return formatted(decision.amount) if decision and decision.amount is not None else ""

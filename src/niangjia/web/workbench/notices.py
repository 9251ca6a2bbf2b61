"""公示: the lists of notices and of objections, and the page of one of each."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import reveal as full_view
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Invalid, Missing
from niangjia.kernel.fields import mask_name, mask_phone
from niangjia.kernel.money import formatted
from niangjia.kernel.workflow import WORKFLOWS
from niangjia.notices import queries
from niangjia.notices.access import OBJECTIONS, RECEIVER
from niangjia.notices.kinds import NoticeState, ObjectionState, Standing
from niangjia.notices.workflow import notice, objection, record
from niangjia.organisation.access import PURPOSE
from niangjia.web.shell import keyset
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day, write_moment
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.templatetags.niangjia import badge, deadline
from niangjia.web.workbench.case_pages import Fact, case_context, chips
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked
from niangjia.web.workbench.people import ReasonForm

TONES: dict[str, Tone] = {
    NoticeState.ON_NOTICE: "active",
    NoticeState.STOPPED: "waiting",
    NoticeState.ENDED: "good",
    NoticeState.REVOKED: "bad",
}
OBJECTION_TONES: dict[str, Tone] = {
    ObjectionState.LODGED: "active",
    ObjectionState.INQUIRY: "active",
    ObjectionState.TURNED_AWAY: "",
    ObjectionState.UPHELD: "bad",
    ObjectionState.DISMISSED: "good",
}
STANDING_TONES: dict[str, Tone] = {
    Standing.LISTED: "active",
    Standing.STOPPED: "waiting",
    Standing.CLEARED: "good",
    Standing.REMOVED: "bad",
}
SEALED = {"name": gettext_lazy("异议人姓名"), "phone": gettext_lazy("异议人电话")}


def about(row: Any) -> str:
    """What an objection is against, in the words of the public page."""
    return f"{row.line.shown_name} {row.line.shown_unit}" if row.line else _("公示的程序")


CASES[notice.name] = CasePages("notice", lambda row: row.title, TONES)
CASES[objection.name] = CasePages("objection", about, OBJECTION_TONES)


@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: ActorRequest) -> HttpResponse:
    actor = opened(request, *queries.purposes())
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, where = request.GET.get("state", ""), place(request, actor, PURPOSE)
    rows = queries.notices_chosen(actor, words=words, state=state, unit=where.unit)
    page = keyset.page(queries.counted(rows), after=request.GET.get("after", ""))
    context = {
        "title": _("公示"),
        "placeholder": _("公示编号 / 事项编号"),
        "page": page,
        "listing": Listing(_columns(), page.rows),
        "choices": chips("notices", NoticeState.choices, state=state, overdue=None, kept=_kept(where)),
        "is_filtered": bool(state or words or where.unit),
        "words": words,
        "place": where,
        "workflow": notice,
        "none": _("还没有公示"),
        "how": _("办理“发起公示”时自动开出名单：同一天发起的并在一张，期满自动撤下。"),
    }
    return render(request, "workbench/cases.html", context)


@require_safe
def notice_page(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, *queries.purposes())
    row = notice.find(public_id, actor)
    lines = list(queries.lines_of(row))
    facts = [
        Fact(_("公示种类"), row.kind_label),
        Fact(_("发布工会"), row.unit),
        Fact(_("公示起"), write_day(row.from_on), "number"),
        Fact(_("公示止"), write_day(row.until_on), "number"),
        Fact(_("异议电话"), row.contact, "number"),
        Fact(_("依据"), row.basis),
        *([Fact(_("公开页"), _("打开"), url=row.address)] if row.is_open else []),
    ]
    objections = queries.objections_visible_to(actor).filter(notice=row).order_by("-pk")
    context = {
        **case_context(notice, row, actor),
        "title": row.title,
        "heading": _("公示"),
        "list_url": reverse("notices"),
        "facts": facts,
        "lines": Listing(_line_columns(actor, lines), lines),
        "objections": [(one, about(one), OBJECTION_TONES[one.state]) for one in objections],
        "sees_objections": bool(actor.scopes(OBJECTIONS)),
        "record_url": reverse("begin", args=[objection.name, record.slug])
        if row.is_open and actor.grants_for(RECEIVER, row.unit.path)
        else "",
    }
    return render(request, "workbench/notice.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def objections(request: ActorRequest) -> HttpResponse:
    actor = opened(request, OBJECTIONS)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    where = place(request, actor, OBJECTIONS)
    rows = queries.objections_chosen(actor, words=words, state=state, overdue=overdue, unit=where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    context = {
        "title": _("公示异议"),
        "placeholder": _("异议编号 / 公示编号"),
        "page": page,
        "listing": Listing(_objection_columns(), page.rows),
        "choices": chips(
            "objections", ObjectionState.choices, state=state, overdue=overdue, kept=_kept(where)
        ),
        "is_filtered": bool(state or overdue or words or where.unit),
        "words": words,
        "place": where,
        "workflow": objection,
        "begin": [record] if actor.has(RECEIVER) else [],
        "none": _("还没有公示异议"),
        "how": _("有人从公示页提出异议，或上门来说、由工会登记，就会出现在这里。"),
    }
    return render(request, "workbench/cases.html", context)


@require_safe
def objection_page(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, OBJECTIONS)
    row = objection.find(public_id, actor)
    who = [reverse("objection_reveal", args=[public_id, field]) for field in SEALED]
    facts = [
        Fact(_("公示"), f"{row.notice.title} {row.notice.number}", url=CASES[notice.name].url(row.notice)),
        Fact(_("对什么有异议"), about(row)),
        Fact(_("公示止"), write_day(row.notice.until_on), "number"),
        Fact(_("来源"), row.get_channel_display()),
        Fact(_("提出时间"), write_moment(row.lodged_at), "number"),
        Fact(_("异议理由"), row.reason, "wide"),
        *(
            [Fact(_("异议人"), _("没有留姓名"))]
            if row.is_anonymous
            else [
                Fact(_("异议人姓名"), mask_name(row.name), reveal=who[0]),
                Fact(_("异议人电话"), mask_phone(row.phone), reveal=who[1]),
            ]
        ),
        Fact(_("回执号"), row.receipt, "number"),
    ]
    context = {
        **case_context(objection, row, actor),
        "title": about(row),
        "heading": _("公示异议"),
        "list_url": reverse("objections"),
        "facts": facts,
    }
    return render(request, "workbench/case.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def objection_reveal(request: ActorRequest, public_id: uuid.UUID, field: str) -> HttpResponse:
    """Who objected, in the clear, for a reason that is kept. Shown in the answer itself."""
    actor = opened(request, OBJECTIONS)
    if field not in SEALED:
        raise Missing(_("没有这一页。"))
    row = objection.find(public_id, actor)
    form, text = ReasonForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            text = full_view.reveal(row, field, actor=actor, reason=form.cleaned_data["reason"])
        except Invalid as problem:
            form.add_error("reason", str(problem))
    back = CASES[objection.name].url(row)
    context = {"person": row, "label": SEALED[field], "form": form, "text": text, "back": back}
    response = render(request, "workbench/person_reveal.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _kept(where: object) -> dict[str, str]:
    unit = getattr(where, "unit", None)
    return {"unit": unit.number if unit else ""}


def _columns() -> list[Column]:
    url = CASES[notice.name].url
    return [
        Column(_("公示"), lambda row: main_link(url(row), row.title), names_cells=False),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("发布工会"), lambda row: row.unit),
        Column(_("人数"), lambda row: row.line_count, "number"),
        Column(_("异议"), lambda row: row.objection_count or "", "number"),
        Column(_("状态"), lambda row: badge(row.get_state_display(), TONES[row.state])),
        Column(_("公示起"), lambda row: write_day(row.from_on), "number"),
        Column(_("公示止"), lambda row: write_day(row.until_on), "number"),
    ]


def _line_columns(actor: Actor, lines: list[Any]) -> list[Column]:
    """As the public reads it, with where each stands; the case is a link for whoever sees it."""
    seen = {
        (name, public_id)
        for name in {line.workflow for line in lines}
        for public_id in WORKFLOWS[name]
        .visible_to(actor)
        .filter(public_id__in=[line.case_id for line in lines if line.workflow == name])
        .values_list("public_id", flat=True)
    }

    def case(line: Any) -> object:
        if (line.workflow, line.case_id) not in seen:
            return ""
        return main_link(reverse(CASES[line.workflow].route, args=[line.case_id]), line.case_number)

    amount = [Column(_("金额"), lambda line: formatted(line.amount) if line.amount else "", "number")]
    return [
        Column(_("序号"), lambda line: line.position, "number"),
        Column(_("公示的姓名"), lambda line: line.shown_name),
        Column(_("公示的单位"), lambda line: line.shown_unit),
        Column(_("类别"), lambda line: line.category),
        *(amount if any(line.amount is not None for line in lines) else []),
        Column(_("状态"), lambda line: _standing(line)),
        Column(_("事项编号"), case, "number"),
    ]


def _standing(line: Any) -> object:
    found = badge(line.standing.label, STANDING_TONES[line.standing])
    return found + f" {line.get_removal_display()}" if line.removal else found


def _objection_columns() -> list[Column]:
    url = CASES[objection.name].url
    return [
        Column(_("对什么有异议"), lambda row: main_link(url(row), about(row)), names_cells=False),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("公示编号"), lambda row: row.notice.number, "number"),
        Column(_("承办工会"), lambda row: row.unit),
        Column(_("来源"), lambda row: row.get_channel_display()),
        Column(_("状态"), lambda row: badge(row.get_state_display(), OBJECTION_TONES[row.state])),
        Column(_("期限"), lambda row: deadline(row.due_on)),
        Column(_("提出时间"), lambda row: write_moment(row.lodged_at), "number"),
    ]

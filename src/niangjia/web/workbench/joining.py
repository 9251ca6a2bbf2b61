"""入会申请: the list with the pool, the page of one, and the sheet with a union's code to hang up."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.membership.kinds import ApplicationState as State
from niangjia.membership.queries import PURPOSE, cases
from niangjia.membership.workflow import application
from niangjia.organisation import queries as organisation
from niangjia.web.shell import keyset
from niangjia.web.shell.bulk import steps_in_bulk
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.shell.qr import qr
from niangjia.web.templatetags.niangjia import badge, deadline
from niangjia.web.workbench.case_pages import Fact, case_context, chips, ticks
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked

TONES: dict[str, Tone] = {
    State.SUBMITTED: "active",
    State.POOLED: "active",
    State.RETURNED: "waiting",
    State.ADMITTED: "good",
    State.DECLINED: "bad",
    State.WITHDRAWN: "",
}
CASES[application.name] = CasePages("join_application", lambda row: row.person.name, TONES)


@require_http_methods(["GET", "HEAD", "POST"])
def applications(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    where = place(request, actor, PURPOSE)
    rows = cases.applications_chosen(actor, words=words, state=state, overdue=overdue, unit=where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    in_bulk = steps_in_bulk(application, state, actor) if state else []
    context = {
        "title": _("入会申请"),
        "placeholder": _("姓名 / 拼音 / 申请编号 / 证件号 / 手机号"),
        "page": page,
        "listing": Listing(([ticks(application)] if in_bulk else []) + _columns(), page.rows),
        "choices": chips(
            "join_applications",
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
        "begin": [],
        "none": _("还没有入会申请"),
        "how": _("职工扫工会的入会二维码，或在职工端申请，申请就会出现在这里。二维码在工会的页面上打印。"),
    }
    return render(request, "workbench/cases.html", context)


@require_safe
def join_application(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    row = application.find(public_id, actor)
    person = row.person
    reveal = [reverse("person_reveal", args=[person.public_id, field]) for field in ("id_number", "phone")]
    facts = [
        Fact(_("申请人"), person.name, url=reverse("person", args=[person.public_id])),
        Fact(_("性别"), person.get_sex_display()),
        Fact(_("年龄"), person.age, "number"),
        Fact(_("证件号码"), mask_id_number(person.id_number), reveal=reveal[0]),
        Fact(_("手机号"), mask_phone(person.phone), reveal=reveal[1] if person.phone else ""),
        Fact(_("申请日期"), write_day(row.applied_on), "number"),
        Fact(_("申请去向"), row.unit.name if not row.pool else _("%s周转库") % row.pool.name),
        *([Fact(_("工作地"), row.region.name)] if row.region else []),
        Fact(_("本人填写的单位"), row.workplace),
        Fact(_("工作单位"), row.employer.name if row.employer else ""),
        Fact(_("工种或职务"), row.occupation),
        Fact(_("用工形式"), row.get_employment_display()),
        Fact(_("新就业形态"), row.get_new_employment_display()),
        Fact(_("农民工"), _("是") if row.is_migrant else _("否")),
        *([Fact(_("会员编号"), row.member.number, "number", _member(row.member))] if row.member else []),
    ]
    context = {
        **case_context(application, row, actor),
        "title": person.name,
        "heading": _("入会申请"),
        "list_url": reverse("join_applications"),
        "facts": facts,
    }
    return render(request, "workbench/case.html", context)


@require_safe
def join_sheet(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    """A page to print and hang up: whoever scans it lands at this union's door."""
    actor = opened(request, PURPOSE)
    union = organisation.union_visible_to(actor, public_id=public_id)
    address = request.build_absolute_uri(reverse("join", args=[union.number]))
    context = {"union": union, "address": address, "code": qr(address)}
    return render(request, "workbench/join_sheet.html", context)


def _columns() -> list[Column]:
    url = CASES[application.name].url
    return [
        Column(_("申请人"), lambda row: main_link(url(row), row.person.name), names_cells=False),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("承办工会"), lambda row: row.unit),
        Column(_("工作"), lambda row: row.workplace or (row.get_new_employment_display())),
        Column(_("状态"), lambda row: badge(row.get_state_display(), TONES[row.state])),
        Column(_("期限"), lambda row: deadline(row.due_on)),
        Column(_("申请日期"), lambda row: write_day(row.applied_on), "number"),
    ]


def _member(member: Any) -> str:
    return reverse("member", args=[member.public_id])

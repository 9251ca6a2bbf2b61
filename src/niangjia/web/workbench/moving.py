"""会籍接转: the list of what goes out and comes in, and the page of one."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.kinds import TransferState as State
from niangjia.membership.queries import PURPOSE, cases
from niangjia.membership.workflow import transfer
from niangjia.membership.workflow.transfers import call_in, send_out
from niangjia.web.shell import keyset
from niangjia.web.shell.bulk import steps_in_bulk
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice, Tone
from niangjia.web.templatetags.niangjia import badge, deadline
from niangjia.web.workbench.case_pages import Fact, case_context, chips, ticks
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked

TONES: dict[str, Tone] = {
    State.REQUESTED: "active",
    State.RELEASED: "active",
    State.RETURNED: "waiting",
    State.RECEIVED: "good",
    State.REFUSED: "bad",
    State.CANCELLED: "",
}
CASES[transfer.name] = CasePages("transfer", lambda row: row.member.person.name, TONES)


@require_http_methods(["GET", "HEAD", "POST"])
def transfers(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    way = request.GET.get("way", "")
    where = place(request, actor, PURPOSE)
    rows = cases.transfers_chosen(actor, words=words, state=state, overdue=overdue, way=way, unit=where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    in_bulk = steps_in_bulk(transfer, state, actor) if state else []
    number = where.unit.number if where.unit else ""
    may_open = actor.has(MEMBERSHIP_CLERK)
    context = {
        "title": _("会籍接转"),
        "placeholder": _("姓名 / 拼音 / 接转编号 / 证件号 / 手机号"),
        "page": page,
        "listing": Listing(([ticks(transfer)] if in_bulk else []) + _columns(), page.rows),
        "ways": _ways(way, number),
        "choices": chips(
            "transfers", State.choices, state=state, overdue=overdue, kept={"unit": number, "way": way}
        ),
        "is_filtered": bool(state or overdue or words or where.unit or way),
        "words": words,
        "place": where,
        "workflow": transfer,
        "in_bulk": in_bulk,
        "begin": [call_in, send_out] if may_open else [],
        "none": _("还没有会籍接转"),
        "how": _("职工换了单位，在手机上申请转会，或由新老工会在这里录入，会籍就跟着走。"),
    }
    return render(request, "workbench/cases.html", context)


@require_safe
def transfer_page(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    row = transfer.find(public_id, actor)
    person = row.member.person
    facts = [
        Fact(_("会员"), person.name, url=reverse("person", args=[person.public_id])),
        Fact(_("会员编号"), row.member.number, "number"),
        Fact(_("转出工会"), row.from_unit),
        Fact(_("转入工会"), row.to_unit),
        *(
            [Fact(_("暂存居住地工会"), _("新单位还没有工会，会籍先放在居住地"))]
            if row.is_at_residence
            else []
        ),
        Fact(_("本人填写的新单位"), row.workplace),
        Fact(_("新工作单位"), row.employer.name if row.employer else ""),
        Fact(_("申请日期"), write_day(row.requested_on), "number"),
        Fact(_("转出日期"), write_day(row.released_on) if row.released_on else "", "number"),
        Fact(_("入会日期"), write_day(row.member.joined_on), "number"),
    ]
    context = {
        **case_context(transfer, row, actor),
        "title": person.name,
        "heading": _("会籍接转"),
        "list_url": reverse("transfers"),
        "facts": facts,
    }
    return render(request, "workbench/case.html", context)


def _ways(way: str, number: str) -> list[Choice]:
    home = reverse("transfers")
    unit = f"&unit={number}" if number else ""
    return [
        Choice(label, f"{home}?way={value}{unit}", value == way)
        for value, label in (("", _("全部")), ("out", _("转出")), ("in", _("转入")))
    ]


def _columns() -> list[Column]:
    url = CASES[transfer.name].url
    return [
        Column(_("会员"), lambda row: main_link(url(row), row.member.person.name), names_cells=False),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("转出工会"), lambda row: row.from_unit),
        Column(_("转入工会"), lambda row: row.to_unit),
        Column(_("状态"), lambda row: badge(row.get_state_display(), TONES[row.state])),
        Column(_("期限"), lambda row: deadline(row.due_on)),
        Column(_("申请日期"), lambda row: write_day(row.requested_on), "number"),
    ]

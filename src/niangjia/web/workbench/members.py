"""会员: the list, enrolling, and the check that fills in what an ID number says."""

from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from niangjia.kernel import clock
from niangjia.kernel.errors import Invalid
from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.membership import actions, identity, queries
from niangjia.membership.access import MEMBERSHIP_CLERK
from niangjia.membership.forms import EnrolForm
from niangjia.membership.kinds import MemberState
from niangjia.organisation import queries as organisation
from niangjia.web.shell import keyset
from niangjia.web.shell.acts import Act, act_page, quoted, suggested
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.limits import spend_identity_check
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.navigation import row_address
from niangjia.web.workbench.case_pages import chips
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: ActorRequest) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    where = place(request, actor, queries.PURPOSE, counts_members=True)
    state = request.GET.get("state", "")
    rows = queries.standing(queries.members_matching(actor, words, where.unit), state)
    page = keyset.page(queries.listed(rows), after=request.GET.get("after", ""))
    context = {
        "page": page,
        "listing": Listing(_columns(), page.rows),
        "place": where,
        "words": words,
        "choices": chips(
            "members",
            MemberState.choices,
            state=state,
            overdue=None,
            kept={"unit": request.GET.get("unit", "")},
        ),
        "is_filtered": bool(words or where.unit or state),
        "export": {"name": "members", "filters": {"state": state}},
        "may_enrol": actor.has(MEMBERSHIP_CLERK),
        "total": where.total,
    }
    return render(request, "workbench/members.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: ActorRequest) -> HttpResponse:
    actor = opened(request, queries.PURPOSE)
    unit = (
        organisation.union_visible_to(actor, number=number) if (number := request.GET.get("unit")) else None
    )

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = EnrolForm(
            data, initial={"unit": quoted(unit, unit.number) if unit else "", "joined_on": clock.today()}
        )
        suggested(form, "unit", reverse("unions_suggested"))
        suggested(form, "employer", reverse("employers_suggested"))
        form.fields["id_number"].widget.attrs |= {
            "hx-post": reverse("identity_check"),
            "hx-trigger": "change",
            "hx-target": "#checked",
            "hx-swap": "innerHTML",
        }
        return form

    def run(data: dict[str, Any]) -> str:
        member = actions.enrol(actor=actor, **data)
        return reverse("person", args=[member.person.public_id])

    if request.method == "POST":
        spend_identity_check(actor)
    act = Act(
        title=_("登记入会"),
        label=_("登记入会"),
        done=_("已登记入会。"),
        help=_("照入会申请表填写。填好证件号码，出生日期和性别会自动核出，可能重复的也会马上提示。"),
        back=reverse("members"),
        back_label=_("会员"),
        template="workbench/enrol.html",
    )
    return act_page(request, act, make, run)


@require_POST
def identity_check(request: ActorRequest) -> HttpResponse:
    """What a number says by itself, and whether it may be registered already. By POST, so that no log holds it."""
    actor = opened(request, queries.PURPOSE)
    spend_identity_check(actor)
    context: dict[str, Any] = {}
    try:
        number = identity.parse(request.POST.get("id_number", ""))
    except Invalid as problem:
        context["problem"] = str(problem)
    else:
        known = queries.person_by_id_number(number.number)
        context |= {
            "number": number,
            "sex": queries.SEX_LABELS[number.sex],
            "is_known": known is not None,
            "known": known if known is not None and queries.sees(actor, known) else None,
        }
    return render(request, "workbench/identity_check.html", context)


def _columns() -> list[Column]:
    return [
        Column(
            _("姓名"),
            lambda member: main_link(row_address("person", member.person.public_id), member.person.name),
            names_cells=False,
        ),
        Column(_("会员编号"), lambda member: member.number, "number"),
        Column(_("证件号码"), lambda member: mask_id_number(member.person.id_number), "number"),
        Column(_("手机号"), lambda member: mask_phone(member.person.phone), "number"),
        Column(_("所属工会"), lambda member: member.unit),
        Column(_("工作单位"), lambda member: member.employer),
        Column(_("入会日期"), lambda member: write_day(member.joined_on), "number"),
    ]

"""会籍: one membership in one union, with what may be done with it and where the person was a member before."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.membership.kinds import MemberState as State
from niangjia.membership.queries import PURPOSE, cases, members_visible_to
from niangjia.membership.workflow import membership
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.workbench.case_pages import Fact, case_context
from niangjia.web.workbench.entrance import opened

TONES: dict[str, Tone] = {
    State.ACTIVE: "good",
    State.WARNED: "bad",
    State.RETENTION_ASKED: "active",
    State.RETAINED: "waiting",
    State.LEFT: "",
}
CASES[membership.name] = CasePages("member", lambda row: row.person.name, TONES)


@require_safe
def member(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    row = membership.find(public_id, actor)
    running = cases.running_transfer(row)
    days = {
        _("入会日期") if row.stint == 1 else _("转入日期"): row.joined_on,
        _("保留会籍日期"): row.retained_on,
        _("离会日期"): row.left_on,
    }
    facts = [
        Fact(_("会员"), row.person.name, url=reverse("person", args=[row.person.public_id])),
        Fact(_("会员编号"), row.number, "number"),
        Fact(_("所属工会"), row.unit),
        Fact(_("工作单位"), row.employer),
        Fact(_("工种或职务"), row.occupation),
        Fact(_("用工形式"), row.get_employment_display()),
        Fact(_("新就业形态"), row.get_new_employment_display()),
        Fact(_("农民工"), _("是") if row.is_migrant else _("否")),
        *(Fact(label, write_day(day), "number") for label, day in days.items() if day),
        *([Fact(_("原因"), row.reason_label)] if row.reason else []),
        *(
            [Fact(_("正在接转"), running.number, "number", reverse("transfer", args=[running.public_id]))]
            if running
            else []
        ),
    ]
    stays = [
        (stay, TONES[stay.state])
        for stay in members_visible_to(actor).filter(person=row.person).order_by("-stint", "-pk")
    ]
    context = {
        **case_context(membership, row, actor),
        "title": row.person.name,
        "heading": _("会籍"),
        "list_url": reverse("members"),
        "facts": facts,
        "stays": stays if len(stays) > 1 else [],
    }
    return render(request, "workbench/case.html", context)

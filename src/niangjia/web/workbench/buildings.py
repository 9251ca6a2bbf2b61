"""建会工作: the list and one case with all that belongs to it."""

import uuid
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel.access import Actor
from niangjia.kernel.fields import mask_phone
from niangjia.organisation.access import BUILDING, UNION_ORGANISER
from niangjia.organisation.building import acceptance, additions, queries
from niangjia.organisation.building.actions import OPEN_TO_RESULTS, RUNNING
from niangjia.organisation.building.kinds import (
    OPEN_TO_EMPLOYERS,
    PAST_APPROVAL,
    PAST_PREPARATION,
    State,
)
from niangjia.organisation.building.workflow import begin, building
from niangjia.web.shell import keyset
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice, Tone
from niangjia.web.templatetags.niangjia import badge, blank_fields, deadline
from niangjia.web.workbench.case_pages import Fact, case_context, chips
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked

TONES: dict[str, Tone] = {
    State.LEAD: "active",
    State.MET: "active",
    State.URGED: "waiting",
    State.VERIFIED: "active",
    State.PREPARING: "active",
    State.ELECTED: "active",
    State.CONTESTED: "waiting",
    State.RATIFIED: "active",
    State.FOUNDED: "good",
    State.PUT_OFF: "waiting",
    State.GIVEN_UP: "bad",
    State.ABSORBED: "",
}

CASES[building.name] = CasePages("union_building", lambda case: case.name, TONES)

PAGES = (
    (gettext_lazy("建会工作"), "union_buildings"),
    (gettext_lazy("空白点"), "blank_spots"),
    (gettext_lazy("每月名单"), "blank_spot_releases"),
    (gettext_lazy("建会漏斗"), "building_funnel"),
)


def ways(current: str) -> list[Choice]:
    """The tabs that the pages of union building share."""
    return [Choice(str(label), reverse(route), route == current) for label, route in PAGES]


@require_http_methods(["GET", "HEAD", "POST"])
def union_buildings(request: ActorRequest) -> HttpResponse:
    actor = opened(request, BUILDING)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    where = place(request, actor, BUILDING)
    rows = queries.buildings_chosen(actor, words=words, state=state, overdue=overdue, unit=where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    kept = {"unit": where.unit.number if where.unit else "", "q": words}
    context = {
        "workflow": building,
        "title": building.label,
        "ways": ways("union_buildings"),
        "page": page,
        "listing": Listing(columns(), page.rows),
        "choices": chips("union_buildings", State.choices, state=state, overdue=overdue, kept=kept),
        "is_filtered": bool(state or overdue or words or where.unit),
        "words": words,
        "place": where,
        "placeholder": _("编号，或单位、地点名称的开头"),
        "begin": [begin] if actor.has(UNION_ORGANISER) else [],
        "none": _("还没有建会工作"),
        "how": _("走访发现的单位由您立项；空白点名单和职工的线索会自动出现在这里。"),
    }
    return render(request, "workbench/cases.html", context)


def columns() -> list[Column]:
    url = CASES[building.name].url
    return [
        Column(_("单位或地点"), lambda case: main_link(url(case), case.name), names_cells=False),
        Column(_("编号"), lambda case: case.number, "number"),
        Column(_("拟建类型"), lambda case: case.get_kind_display()),
        Column(_("承办工会"), lambda case: case.unit),
        Column(_("线索来源"), lambda case: case.get_source_display()),
        Column(_("状态"), lambda case: badge(case.get_state_display(), TONES[case.state])),
        Column(_("期限"), lambda case: deadline(case.due_on)),
        Column(
            _("最近联系"), lambda case: case.last_contact_on and write_day(case.last_contact_on), "number"
        ),
    ]


@require_safe
def union_building(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, BUILDING)
    case = building.find(public_id, actor)
    is_clerk = bool(actor.grants_for(UNION_ORGANISER, case.unit.path))
    context = {
        **case_context(building, case, actor),
        "title": case.name,
        "heading": building.label,
        "list_url": reverse("union_buildings"),
        "case": case,
        "facts": _facts(case),
        "employers": queries.employers_in(case),
        "visits": case.visits.select_related("recorded_by").order_by("-pk"),
        "assembly": acceptance.last_assembly(case),
        "may_add": _may_add(case) if is_clerk else {},
        **_organised(case),
        **_papers(case, actor, is_clerk=is_clerk),
    }
    return render(request, "workbench/union_building.html", context)


def _facts(case: Any) -> list[Fact]:
    """What is known, in the order in which it is learned; what is not known yet is left out."""
    founded = case.union and reverse("union", args=[case.union.public_id])
    absorbed = case.absorbed_by and CASES[building.name].url(case.absorbed_by)
    contact = reverse("building_reveal", args=[case.public_id, "contact"])
    message = reverse("building_reveal", args=[case.public_id, "message"])
    known = [
        Fact(_("线索来源"), case.get_source_display()),
        Fact(_("拟建类型"), case.get_kind_display()),
        Fact(_("立项日期"), write_day(case.begun_on), "number"),
        Fact(_("地址"), case.address),
        Fact(_("线索内容"), _("已封存") if case.message else "", reveal=message),
        Fact(_("反映人联系方式"), masked_contact(case.contact), reveal=contact),
        Fact(_("意愿"), case.get_willingness_display()),
        Fact(_("开业日期"), _day(case.operating_since), "number"),
        Fact(_("应建会期限"), _day(queries.build_by(case)), "number"),
        Fact(_("最近联系"), _day(case.last_contact_on), "number"),
        Fact(_("职工人数"), _people(case.staff_count), "number"),
        Fact(_("其中女职工"), _people(case.women_count), "number"),
        Fact(_("意见书字号"), case.opinion_number),
        Fact(_("筹备组成立"), _day(case.prepared_on), "number"),
        Fact(_("筹备金返还起算"), _day(queries.fund_from(case)), "number"),
        Fact(_("暂缓至"), _day(case.put_off_until), "number"),
        Fact(_("批复字号"), case.approval_number),
        Fact(_("批复日期"), _day(case.approved_on), "number"),
        Fact(_("放弃原因"), case.get_given_up_for_display()),
        Fact(_("并入"), case.absorbed_by and case.absorbed_by.number, url=absorbed or ""),
        Fact(_("所建工会"), case.union and case.union.name, url=founded or ""),
    ]
    return [fact for fact in known if fact.value]


def masked_contact(contact: str) -> str:
    """A phone as phones are masked; of anything else only how it begins."""
    if not contact:
        return ""
    return mask_phone(contact) if contact.isdecimal() else f"{contact[:1]}…"


def _day(day: Any) -> str:
    return write_day(day) if day else ""


def _people(count: int | None) -> str:
    return "" if count is None else _("%d 人") % count


def _may_add(case: Any) -> dict[str, bool]:
    return {
        "employer": case.state in OPEN_TO_EMPLOYERS,
        "result": case.state in OPEN_TO_RESULTS,
        "tick": case.state == State.RATIFIED,
        "contribution": case.state in RUNNING or case.state == State.FOUNDED,
    }


def _organised(case: Any) -> dict[str, Any]:
    """Elected bodies, acceptance and the five sides' contributions, from the stage on that they belong to."""
    given = queries.contributed(case)
    return {
        "shows_bodies": case.state in PAST_PREPARATION,
        "bodies": acceptance.bodies(case) if case.state in PAST_PREPARATION else [],
        "shows_items": case.state in PAST_APPROVAL,
        "items": acceptance.to_tick(case) if case.state in PAST_APPROVAL else [],
        "contributions": queries.contributions(case),
        "contributed": given,
        "contributed_total": sum((amount for _side, amount in given if amount is not None), start=Decimal()),
    }


def _papers(case: Any, actor: Actor, *, is_clerk: bool) -> dict[str, Any]:
    takes_papers = is_clerk and case.state in RUNNING
    return {
        "papers": queries.papers(case),
        "missing": queries.papers_missing(case),
        "attach_fields": blank_fields(additions.PaperForm) if takes_papers else None,
    }

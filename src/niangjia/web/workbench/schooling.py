"""劝学: children who left school. Opened by the purpose of that work alone; lists are not exported."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.assistance.access import SCHOOL_WORKER, SCHOOLING
from niangjia.assistance.schooling import queries
from niangjia.assistance.schooling.kinds import SchoolState
from niangjia.assistance.schooling.workflow import find, schooling
from niangjia.web.shell import keyset
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.templatetags.niangjia import badge, deadline
from niangjia.web.workbench.case_pages import Fact, case_context, chips
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked
from niangjia.web.workbench.plans import ways

TONES: dict[str, Tone] = {
    SchoolState.OUT_OF_SCHOOL: "active",
    SchoolState.PERSUADING: "active",
    SchoolState.BACK: "waiting",
    SchoolState.SUPPORTED: "waiting",
    SchoolState.STAYED: "good",
    SchoolState.LET_GO: "",
}
# Lists and inboxes lie open on desks, so there a child's case goes by the guardian's name.
CASES[schooling.name] = CasePages("schooling_case", lambda case: case.guardian.name, TONES)


@require_http_methods(["GET", "HEAD", "POST"])
def schooling_cases(request: ActorRequest) -> HttpResponse:
    actor = opened(request, SCHOOLING)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    where = place(request, actor, SCHOOLING)
    rows = queries.cases_chosen(actor, words=words, state=state, overdue=overdue, unit=where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    kept = {"unit": where.unit.number if where.unit else "", "q": words}
    context = {
        "workflow": schooling,
        "title": schooling.label,
        "ways": ways("schooling_cases", actor),
        "page": page,
        "listing": Listing(_columns(), page.rows),
        "choices": chips("schooling_cases", SchoolState.choices, state=state, overdue=overdue, kept=kept),
        "is_filtered": bool(state or overdue or words or where.unit),
        "words": words,
        "place": where,
        "placeholder": _("个案编号，或学生姓名"),
        "begin": [find] if actor.has(SCHOOL_WORKER) else [],
        "none": _("没有辍学的孩子"),
        "how": _("发现职工家庭有孩子离校，由劝学专干立个案，一直跟到稳定就学。"),
    }
    return render(request, "workbench/cases.html", context)


def _columns() -> list[Column]:
    pages = CASES[schooling.name]
    return [
        Column(_("监护人"), lambda case: main_link(pages.url(case), pages.whose(case)), names_cells=False),
        Column(_("编号"), lambda case: case.number, "number"),
        Column(_("承办工会"), lambda case: case.unit),
        Column(_("年级"), lambda case: case.get_grade_display()),
        Column(_("离校次数"), lambda case: case.drop_out_count, "number"),
        Column(_("状态"), lambda case: badge(case.get_state_display(), TONES[case.state])),
        Column(_("期限"), lambda case: deadline(case.due_on)),
    ]


@require_safe
def schooling_case(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, SCHOOLING)
    row = schooling.find(public_id, actor)
    context = {
        **case_context(schooling, row, actor),
        "title": row.child.name,
        "heading": schooling.label,
        "list_url": reverse("schooling_cases"),
        "facts": _facts(row),
        "visits": queries.visits(row),
        "supports": row.supports.select_related("approved_by"),
    }
    return render(request, "workbench/schooling_case.html", context)


def _facts(row: Any) -> list[Fact]:
    known = [
        Fact(_("学生"), row.child.name),
        Fact(_("年龄"), row.child.age, "number"),
        Fact(_("监护人"), row.guardian.name),
        Fact(_("学校"), row.school),
        Fact(_("年级"), row.get_grade_display()),
        Fact(_("离校日期"), _day(row.left_on), "number"),
        Fact(_("离校次数"), row.drop_out_count, "number"),
        Fact(_("离校情况"), row.circumstances, "wide"),
        Fact(_("监护人同意日期"), _day(row.consented_on), "number"),
        Fact(_("同意书存放处"), row.consent_paper),
        Fact(_("复学日期"), _day(row.returned_on), "number"),
        Fact(_("回访日期"), _day(row.follow_up_on), "number"),
        Fact(_("办结日期"), _day(row.closed_on), "number"),
        Fact(_("终止原因"), row.get_end_reason_display()),
    ]
    return [fact for fact in known if fact.value]


def _day(day: Any) -> str:
    return write_day(day) if day else ""

"""帮扶方案 and 帮扶措施: the lists, and one plan with its needs, measures and income."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.assistance.access import ASSISTANCE, CENTRE_CLERK, PAIRING, SCHOOLING
from niangjia.assistance.kinds import KEPT_STATES
from niangjia.assistance.pairing.queries import pairings_of
from niangjia.assistance.pairing.workflow import pair
from niangjia.assistance.plans import queries
from niangjia.assistance.plans.forms import EvidenceForm
from niangjia.assistance.plans.incomes import found_about, track
from niangjia.assistance.plans.kinds import OVER, MeasureState, PlanState
from niangjia.assistance.plans.measures import aid_measure, suggest
from niangjia.assistance.plans.workflow import aid_plan, draft
from niangjia.kernel.access import Actor
from niangjia.kernel.money import formatted
from niangjia.kernel.workflow import Opening
from niangjia.web.shell import keyset
from niangjia.web.shell.cases import CASES, CasePages, task_of, whose_desk
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice, Tone
from niangjia.web.templatetags.niangjia import badge, blank_fields, deadline
from niangjia.web.workbench.case_pages import Fact, case_context, chips
from niangjia.web.workbench.entrance import opened, opened_by_any, place, to_address, words_asked

PLAN_TONES: dict[str, Tone] = {
    PlanState.DRAFTED: "active",
    PlanState.OFFERED: "waiting",
    PlanState.AGREED: "active",
    PlanState.IN_FORCE: "good",
    PlanState.CONCLUDED: "",
    PlanState.ABANDONED: "bad",
}
MEASURE_TONES: dict[str, Tone] = {
    MeasureState.SUGGESTED: "waiting",
    MeasureState.PLANNED: "active",
    MeasureState.UNDER_WAY: "active",
    MeasureState.DONE: "good",
    MeasureState.DROPPED: "bad",
}
CASES[aid_plan.name] = CasePages("aid_plan", lambda plan: plan.file.person.name, PLAN_TONES)
CASES[aid_measure.name] = CasePages(
    "aid_measure",
    lambda measure: f"{measure.plan.file.person.name} {measure.get_kind_display()}",
    MEASURE_TONES,
)

PAGES = (
    (gettext_lazy("帮扶方案"), "aid_plans", {ASSISTANCE}),
    (gettext_lazy("帮扶措施"), "aid_measures", {ASSISTANCE}),
    (gettext_lazy("结对"), "pairings", {ASSISTANCE, PAIRING}),
    (gettext_lazy("还没有结对的家庭"), "unpaired_files", {ASSISTANCE}),
    (gettext_lazy("结对人"), "pairing_cadres", {ASSISTANCE}),
    (gettext_lazy("劝学"), "schooling_cases", {SCHOOLING}),
)


def ways(current: str, actor: Actor) -> list[Choice]:
    """The tabs that these pages share, as far as the actor's posts open them."""
    return [
        Choice(str(label), reverse(route), route == current)
        for label, route, purposes in PAGES
        if any(actor.scopes(purpose) for purpose in purposes)
    ]


def begin_url(opening: Opening, **known: str) -> str:
    """The page on which a case begins, with what is already known filled in."""
    address = reverse("begin", args=[opening.workflow.name, opening.slug])
    return f"{address}?{urlencode(known)}" if known else address


def help_for(file: Any, actor: Actor) -> dict[str, Any]:
    """The card on a hardship file's page: its plans with their next step, who looks after it, what may begin.

    Nothing of it comes before the file is filed.
    """
    if file.filed_on is None:
        return {"is_shown": False}
    plans = list(queries.plans_of(actor, file)) if actor.scopes(ASSISTANCE) else []
    pairings, is_filed = list(pairings_of(file)), file.state in KEPT_STATES
    is_clerk = is_filed and bool(actor.grants_for(CENTRE_CLERK, file.unit.path))
    is_running = any(plan.state not in OVER for plan in plans)
    return {
        "is_shown": is_filed or bool(plans or pairings),
        "plans": [(plan, PLAN_TONES[plan.state], whose_desk(task_of(aid_plan, plan))) for plan in plans[:3]],
        "pairings": pairings,
        "draft_url": begin_url(draft, file=file.number) if is_clerk and not is_running else "",
        "pair_url": begin_url(pair, file=file.number) if is_clerk and not pairings else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
def aid_plans(request: ActorRequest) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    where = place(request, actor, ASSISTANCE)
    rows = queries.plans_chosen(actor, words=words, state=state, overdue=overdue, unit=where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    kept = {"unit": where.unit.number if where.unit else "", "q": words}
    context = {
        "workflow": aid_plan,
        "title": aid_plan.label,
        "ways": ways("aid_plans", actor),
        "page": page,
        "listing": Listing(_plan_columns(), page.rows),
        "choices": chips("aid_plans", PlanState.choices, state=state, overdue=overdue, kept=kept),
        "is_filtered": bool(state or overdue or words or where.unit),
        "words": words,
        "place": where,
        "placeholder": _("方案编号，或姓名"),
        "begin": [draft] if actor.has(CENTRE_CLERK) else [],
        "export": {"name": "aid-plans", "filters": {"state": state, "overdue": "1" if overdue else ""}},
        "none": _("还没有帮扶方案"),
        "how": _("家庭建档以后，从困难职工档案里拟定方案，一户一策。"),
    }
    return render(request, "workbench/cases.html", context)


def _plan_columns() -> list[Column]:
    url = CASES[aid_plan.name].url
    return [
        Column(_("家庭"), lambda plan: main_link(url(plan), plan.file.person.name), names_cells=False),
        Column(_("编号"), lambda plan: plan.number, "number"),
        Column(_("承办工会"), lambda plan: plan.unit),
        Column(_("状态"), lambda plan: badge(plan.get_state_display(), PLAN_TONES[plan.state])),
        Column(_("期限"), lambda plan: deadline(plan.due_on)),
        Column(_("批准日期"), lambda plan: _day(plan.approved_on), "number"),
        Column(_("结果"), lambda plan: plan.get_result_display()),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def aid_measures(request: ActorRequest) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    where = place(request, actor, ASSISTANCE)
    rows = queries.measures_chosen(actor, words=words, state=state, overdue=overdue, unit=where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    kept = {"unit": where.unit.number if where.unit else "", "q": words}
    states = [choice for choice in MeasureState.choices if choice[0] != MeasureState.SUGGESTED]
    context = {
        "workflow": aid_measure,
        "title": aid_measure.label,
        "ways": ways("aid_measures", actor),
        "page": page,
        "listing": Listing(_measure_columns(), page.rows),
        "choices": chips("aid_measures", states, state=state, overdue=overdue, kept=kept),
        "is_filtered": bool(state or overdue or words or where.unit),
        "words": words,
        "place": where,
        "placeholder": _("措施编号，或姓名"),
        "export": {"name": "aid-measures", "filters": {"state": state, "overdue": "1" if overdue else ""}},
        "none": _("还没有进入实施的措施"),
        "how": _("方案批准以后，其中的措施按计划日期排在这里。"),
    }
    return render(request, "workbench/cases.html", context)


def _measure_columns() -> list[Column]:
    url = CASES[aid_measure.name].url
    return [
        Column(_("措施"), lambda row: main_link(url(row), row.get_kind_display()), names_cells=False),
        Column(_("家庭"), lambda row: row.plan.file.person.name),
        Column(_("落实单位"), lambda row: row.provider),
        Column(_("承办工会"), lambda row: row.unit),
        Column(_("状态"), lambda row: badge(row.get_state_display(), MEASURE_TONES[row.state])),
        Column(_("期限"), lambda row: deadline(row.due_on)),
        Column(_("计划完成"), lambda row: write_day(row.ends_on), "number"),
    ]


@require_safe
def plan(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened_by_any(request, ASSISTANCE, PAIRING)
    row = aid_plan.find(public_id, actor)
    is_clerk = bool(actor.grants_for(CENTRE_CLERK, row.unit.path))
    needs, measures = queries.needs(actor, row), queries.measures(actor, row)
    context = {
        **case_context(aid_plan, row, actor),
        "title": _("%s家的帮扶方案") % row.file.person.name,
        "heading": aid_plan.label,
        "list_url": reverse("aid_plans" if actor.scopes(ASSISTANCE) else "pairings"),
        "facts": _facts(row, actor),
        "needs": needs,
        "unanswered": queries.unanswered(needs, measures),
        "measures": [(one, MEASURE_TONES[one.state]) for one in measures],
        "incomes": track(row.file, found_about(row.file, actor)),
        "pairings": pairings_of(row.file),
        "may_shape": is_clerk and row.state == PlanState.DRAFTED,
        "may_record": is_clerk and row.state not in OVER,
        "suggest_url": begin_url(suggest, plan=row.number),
    }
    return render(request, "workbench/aid_plan.html", context)


def _facts(row: Any, actor: Actor) -> list[Fact]:
    file_url = reverse("hardship_file", args=[row.file.public_id]) if actor.scopes(ASSISTANCE) else ""
    known = [
        Fact(_("档案"), f"{row.file.person.name} {row.file.number}", url=file_url),
        Fact(_("帮扶目标"), row.goal, "wide"),
        Fact(_("拟定日期"), _day(row.drafted_on), "number"),
        Fact(_("家庭确认"), _day(row.agreed_on), "number"),
        Fact(_("签字件存放处"), row.signed_paper),
        Fact(_("批准日期"), _day(row.approved_on), "number"),
        Fact(_("下次复核"), _day(row.review_on), "number"),
        Fact(_("办结日期"), _day(row.concluded_on), "number"),
        Fact(_("结果"), row.get_result_display()),
    ]
    return [fact for fact in known if fact.value]


@require_safe
def measure(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened_by_any(request, ASSISTANCE, PAIRING)
    row = aid_measure.find(public_id, actor)
    takes_papers = bool(actor.grants_for(CENTRE_CLERK, row.unit.path)) and row.state not in (
        MeasureState.DONE,
        MeasureState.DROPPED,
    )
    context = {
        **case_context(aid_measure, row, actor),
        "title": row.get_kind_display(),
        "heading": aid_measure.label,
        "list_url": reverse("aid_measures" if actor.scopes(ASSISTANCE) else "pairings"),
        "facts": _measure_facts(row),
        "papers": queries.evidence(row),
        "attach_fields": blank_fields(EvidenceForm) if takes_papers else None,
        "attach_url": reverse("measure_attach", args=[row.public_id]),
        "paper_route": "evidence",
        "void_route": "evidence_void",
    }
    return render(request, "workbench/aid_measure.html", context)


def _measure_facts(row: Any) -> list[Fact]:
    known = [
        Fact(
            _("帮扶方案"),
            f"{row.plan.file.person.name} {row.plan.number}",
            url=CASES[aid_plan.name].url(row.plan),
        ),
        Fact(_("具体做法"), row.detail, "wide"),
        Fact(_("受帮扶人"), row.beneficiary.name if row.beneficiary else _("全家")),
        Fact(_("落实单位"), row.provider),
        Fact(_("计划开始"), _day(row.begins_on), "number"),
        Fact(_("计划完成"), _day(row.ends_on), "number"),
        Fact(_("金额"), formatted(row.amount) if row.amount is not None else "", "number"),
        Fact(_("资金来源"), row.source),
        Fact(_("开始日期"), _day(row.begun_on), "number"),
        Fact(_("完成日期"), _day(row.done_on), "number"),
        Fact(_("落实结果"), row.result, "wide"),
        Fact(_("凭证说明"), row.evidence),
    ]
    return [fact for fact in known if fact.value]


def _day(day: Any) -> str:
    return write_day(day) if day else ""

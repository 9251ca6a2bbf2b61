"""档案抽查: the draws, and one draw with its lot, its files and what was found in each."""

import uuid
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.assistance.access import ASSISTANCE, SPOT_CHECKER
from niangjia.assistance.spot_checks import queries
from niangjia.assistance.spot_checks.kinds import SpotState
from niangjia.assistance.spot_checks.workflow import draw, record_result, spot_check
from niangjia.kernel.workflow.engine import refusal_of
from niangjia.web.shell import keyset
from niangjia.web.shell.cases import CASES, CasePages
from niangjia.web.shell.charts import percent
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Tone
from niangjia.web.templatetags.niangjia import badge, deadline
from niangjia.web.workbench.case_pages import Fact, case_context, chips
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked

TONES: dict[str, Tone] = {
    SpotState.DRAWN: "active",
    SpotState.REPORTED: "active",
    SpotState.CONFIRMED: "good",
}
CASES[spot_check.name] = CasePages("spot_check", lambda check: check.district.name, TONES)


@require_http_methods(["GET", "HEAD", "POST"])
def spot_checks(request: ActorRequest) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    state, overdue = request.GET.get("state", ""), request.GET.get("overdue") == "1"
    where = place(request, actor, ASSISTANCE)
    rows = queries.checks_chosen(actor, words=words, state=state, overdue=overdue, unit=where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    kept = {"unit": where.unit.number if where.unit else "", "q": words}
    context = {
        "workflow": spot_check,
        "title": spot_check.label,
        "page": page,
        "listing": Listing(_columns(), page.rows),
        "choices": chips("spot_checks", SpotState.choices, state=state, overdue=overdue, kept=kept),
        "is_filtered": bool(state or overdue or words or where.unit),
        "words": words,
        "place": where,
        "placeholder": _("抽查编号，或工会名称"),
        "begin": [draw] if actor.has(SPOT_CHECKER) else [],
        "none": _("还没有抽查"),
        "how": _("每年由上一级工会从每个下级工会在册的档案中随机抽取，逐件核实与档案是否一致。"),
    }
    return render(request, "workbench/cases.html", context)


def _columns() -> list[Column]:
    pages = CASES[spot_check.name]
    return [
        Column(_("被抽查工会"), lambda row: main_link(pages.url(row), pages.whose(row)), names_cells=False),
        Column(_("编号"), lambda row: row.number, "number"),
        Column(_("抽查工会"), lambda row: row.unit),
        Column(_("年度"), lambda row: str(row.year), "number"),
        Column(_("抽取日期"), lambda row: write_day(row.drawn_on), "number"),
        Column(_("状态"), lambda row: badge(row.get_state_display(), TONES[row.state])),
        Column(_("期限"), lambda row: deadline(row.due_on)),
    ]


@require_safe
def one(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, ASSISTANCE)
    row = spot_check.find(public_id, actor)
    tally = queries.tally(row)
    context = {
        **case_context(spot_check, row, actor),
        "title": row.district.name,
        "heading": spot_check.label,
        "list_url": reverse("spot_checks"),
        "facts": _facts(row, tally),
        "sampled": queries.sampled(row),
        "record_url": reverse("step", args=[spot_check.name, row.public_id, record_result.slug])
        if refusal_of(record_result, row, actor) is None
        else "",
        "is_as_drawn": queries.drawn_again(row),
    }
    return render(request, "workbench/spot_check.html", context)


def _facts(row: Any, tally: dict[str, int]) -> list[Fact]:
    whole = len(row.population)
    known = [
        Fact(_("被抽查工会"), row.district),
        Fact(_("抽查工会"), row.unit),
        Fact(_("年度"), _("%(year)d 年第 %(round)d 次") % {"year": row.year, "round": row.round}),
        Fact(_("抽取日期"), write_day(row.drawn_on), "number"),
        Fact(_("参加抽取"), _("%d 份") % whole, "number"),
        Fact(_("规定比例"), percent(float(row.share) * 100), "number"),
        Fact(_("抽中"), _("%(count)d 份（%(share)s）") % _share(tally["drawn"], whole), "number"),
        Fact(
            _("已核实"), _("%(count)d 份（%(share)s）") % _share(tally["checked"], tally["drawn"]), "number"
        ),
        Fact(
            _("与档案不符"),
            _("%(count)d 份（%(share)s）") % _share(tally["discrepant"], tally["checked"]),
            "number",
        ),
        Fact(_("随机种子"), row.seed, "wide"),
    ]
    return known + ([Fact(_("审定日期"), write_day(row.confirmed_on), "number")] if row.confirmed_on else [])


def _share(count: int, whole: int) -> dict[str, object]:
    return {"count": count, "share": percent(count * 100 / whole if whole else None)}

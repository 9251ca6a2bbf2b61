"""统计: dashboards of organisation and membership for any unit in sight, and the rows behind every number."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from niangjia.assistance import figures as aid
from niangjia.assistance.access import ASSISTANCE
from niangjia.kernel.access import Actor
from niangjia.kernel.errors import Missing, NotAllowed
from niangjia.kernel.figures import Measure, Part, declared, disclosure, queries, refresh
from niangjia.kernel.files.kinds import XLSX
from niangjia.kernel.sheets import write_rows
from niangjia.membership import figures as members
from niangjia.membership import realname
from niangjia.membership.queries import PURPOSE as MEMBERSHIP
from niangjia.organisation import actions
from niangjia.organisation import figures as unions
from niangjia.organisation import queries as organisation
from niangjia.organisation.access import ADMINISTRATOR, BUILDING
from niangjia.organisation.access import PURPOSE as ORGANISATION
from niangjia.web.shell import keyset
from niangjia.web.shell.charts import Chart, as_of, month_name, told
from niangjia.web.shell.listing import Listing
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice
from niangjia.web.workbench.building_funnel import funnel_of
from niangjia.web.workbench.dashboards import Board, KeyFigure, compared
from niangjia.web.workbench.entrance import opened, place
from niangjia.web.workbench.figure_columns import columns_of, prepared
from niangjia.web.workbench.hardship_board import OF_FILES, of_files
from niangjia.web.workbench.twinning_board import OF_TWINNING, of_twinning
from niangjia.web.workbench.village_board import OF_VILLAGES, of_villages

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")

OF_ORGANISATION = (
    unions.EMPLOYERS,
    unions.ORGANISED,
    unions.BLANK,
    unions.UNIONS,
    unions.FOUNDED,
    unions.DISSOLVED,
)
OF_MEMBERSHIP = (
    members.MEMBERS,
    members.AT_WORK,
    unions.STAFF,
    members.RETAINED,
    members.JOINED,
    members.ARRIVED,
    members.LEFT,
    members.DEPARTED,
    realname.COMPLETE,
)
OF_PLANS = (
    aid.FILED,
    aid.PLANNED,
    aid.PAIRED,
    aid.WARMTH,
    aid.WORK,
    aid.PROSPERITY,
    aid.DONE,
    aid.CALLS,
    aid.CONCLUDED,
)


@require_safe
def figures(request: ActorRequest) -> HttpResponse:
    opened(request, ORGANISATION)
    return redirect("organisation_figures")


@require_safe
def organisation_figures(request: ActorRequest) -> HttpResponse:
    return _board(request, ORGANISATION, OF_ORGANISATION, _of_organisation)


@require_safe
def membership_figures(request: ActorRequest) -> HttpResponse:
    return _board(request, MEMBERSHIP, OF_MEMBERSHIP, _of_membership)


@require_safe
def hardship_figures(request: ActorRequest) -> HttpResponse:
    return _board(request, ASSISTANCE, OF_FILES, of_files)


@require_safe
def plan_figures(request: ActorRequest) -> HttpResponse:
    return _board(request, ASSISTANCE, OF_PLANS, _of_plans)


@require_safe
def twinning_figures(request: ActorRequest) -> HttpResponse:
    return _board(request, ASSISTANCE, OF_TWINNING, of_twinning)


@require_safe
def village_figures(request: ActorRequest) -> HttpResponse:
    return _board(request, ASSISTANCE, OF_VILLAGES, of_villages)


def _of_organisation(board: Board) -> tuple[list[KeyFigure], list[Chart]]:
    keys = [
        board.key_figure(unions.EMPLOYERS),
        board.key_figure(unions.ORGANISED),
        board.key_figure(unions.BLANK),
        board.key_ratio(unions.COVERAGE),
        board.key_figure(unions.UNIONS),
        board.key_figure(unions.FOUNDED),
    ]
    charts = [
        board.over_time("employers", _("用人单位与已建会单位"), unions.EMPLOYERS, unions.ORGANISED),
        board.ratio_over_time("coverage", _("建会率"), unions.COVERAGE),
        *compared(board, unions.COVERAGE, _("各下级工会的建会率"), _("与同级工会比建会率")),
        board.ratio_divided("industries", _("各行业的建会率"), unions.COVERAGE, unions.INDUSTRY),
        board.divided("kinds", _("工会组织按类型"), unions.UNIONS, unions.UNION_KIND, ranked=True),
        board.over_time("unions", _("新建与撤销工会"), unions.FOUNDED, unions.DISSOLVED, kind="columns"),
        *funnel_of(board),
    ]
    return keys, charts


def _of_membership(board: Board) -> tuple[list[KeyFigure], list[Chart]]:
    m = members
    keys = [board.key_figure(measure) for measure in (m.MEMBERS, m.AT_WORK, unions.STAFF)]
    keys += [board.key_ratio(m.DENSITY), board.key_figure(m.RETAINED), board.key_figure(m.JOINED)]
    keys.append(board.key_ratio(realname.COMPLETENESS, f"{reverse('realname')}?unit={board.unit.number}"))
    charts = [
        board.over_time("members", _("会员"), m.MEMBERS),
        board.ratio_over_time("density", _("入会率"), m.DENSITY),
        board.over_time(
            "moves", _("入会、转入、离会、转出"), m.JOINED, m.ARRIVED, m.LEFT, m.DEPARTED, kind="columns"
        ),
        *compared(board, m.DENSITY, _("各下级工会的入会率"), _("与同级工会比入会率")),
        board.ratio_over_time("completeness", _("实名资料齐全率"), realname.COMPLETENESS),
        board.ratio_ranked(
            "complete-below", _("各下级工会的实名资料齐全率"), board.children, realname.COMPLETENESS
        ),
        board.units_ranked("units", _("各下级工会的会员"), board.children, m.MEMBERS),
        board.divided("union-kinds", _("会员按工会类型"), m.MEMBERS, m.UNION_KIND, ranked=True),
        board.divided("industries", _("会员按行业"), m.MEMBERS, m.INDUSTRY, ranked=True),
        board.divided("ages", _("会员按年龄"), m.MEMBERS, m.AGE, ranked=False),
        board.divided("sexes", _("会员按性别"), m.MEMBERS, m.SEX, ranked=False),
        board.divided("new-employment", _("会员按新就业形态"), m.MEMBERS, m.NEW_EMPLOYMENT, ranked=True),
    ]
    return keys, charts


def _of_plans(board: Board) -> tuple[list[KeyFigure], list[Chart]]:
    p = aid
    keys = [board.key_figure(measure) for measure in (p.FILED, p.PLANNED)]
    keys += [
        board.key_ratio(p.PLAN_COVERAGE),
        board.key_figure(p.PAIRED),
        board.key_ratio(p.PAIRING_COVERAGE),
    ]
    charts = [
        board.over_time("ladder", _("温暖、脱困、致富各阶段的户（可重叠）"), p.WARMTH, p.WORK, p.PROSPERITY),
        board.over_time("work", _("落实的措施与看望"), p.DONE, p.CALLS, kind="columns"),
        *compared(board, p.PAIRING_COVERAGE, _("各下级工会的结对率"), _("与同级工会比结对率")),
        board.divided("kinds", _("落实的措施按类别"), p.DONE, p.KIND, ranked=True),
        board.divided("results", _("办结的方案按结果"), p.CONCLUDED, p.RESULT, ranked=False),
        board.divided("roles", _("看望按结对身份"), p.CALLS, p.ROLE, ranked=False),
    ]
    return keys, charts


def _board(
    request: ActorRequest,
    purpose: str,
    measures: Sequence[Measure],
    make: Callable[[Board], tuple[list[KeyFigure], list[Chart]]],
) -> HttpResponse:
    actor = opened(request, purpose)
    where = place(request, actor, purpose)
    unit = where.unit or _top(actor, purpose)
    board = Board(actor, unit, _month(request), measures)
    keys, charts = make(board)
    shown = [chart for chart in charts if chart.lines and chart.is_known]
    if slug := request.GET.get("chart"):
        return _workbook(unit, shown, slug)
    context = {
        "board": board,
        "place": where,
        "unit": unit,
        "keys": keys,
        "first": shown[:2],
        "charts": shown[2:],
        "months": [
            (f"{month:%Y-%m}", month_name(month), month == board.month) for month in reversed(board.editions)
        ],
        "tabs_here": _tabs(request, actor),
        "may_refresh": _may_refresh(actor),
        "sees_funnel": purpose == ORGANISATION and bool(organisation.scopes_beneath(actor, BUILDING, unit)),
    }
    return render(request, "workbench/figures.html", context)


def _workbook(unit: Any, charts: Sequence[Chart], slug: str) -> HttpResponse:
    """The table of one chart, with its unit, its moment and its definitions on a second sheet. Counts, no people."""
    found = next((chart for chart in charts if chart.slug == slug), None)
    if found is None:
        raise Missing(_("没有这张表。请从统计页面下载。"))
    target = BytesIO()
    titles = [found.first, *(heading.text for heading in found.headings)]
    about = [(_("工会"), unit.name), (_("内容"), found.title), (_("时间"), found.as_of)]
    about += [(_("口径"), note) for note in found.notes]
    rows = ([line.label, *(cell.number for cell in line.cells)] for line in found.lines)
    write_rows(target, titles, rows, found.title, about)
    response = HttpResponse(target.getvalue(), content_type=XLSX.media_type)
    name = f"{unit.name} {found.title}.xlsx"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    response["Cache-Control"] = "private, no-store"
    return response


def _top(actor: Actor, purpose: str) -> Any:
    return organisation.tops(actor, purpose).select_related("parent").first()


def _tabs(request: ActorRequest, actor: Actor) -> list[Choice]:
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    pages = [
        (_("组织"), "organisation_figures", ORGANISATION),
        (_("会员"), "membership_figures", MEMBERSHIP),
        (_("困难职工"), "hardship_figures", ASSISTANCE),
        (_("方案与结对"), "plan_figures", ASSISTANCE),
        (_("县区结对"), "twinning_figures", ASSISTANCE),
        (_("驻村帮扶"), "village_figures", ASSISTANCE),
    ]
    return [
        Choice(label, reverse(route) + query, request.path == reverse(route))
        for label, route, purpose in pages
        if actor.scopes(purpose)
    ]


@require_POST
def figures_refresh(request: ActorRequest) -> HttpResponse:
    """Count anew now; while it is being counted, asking again changes nothing."""
    actor = opened(request, ORGANISATION)
    if not _may_refresh(actor):
        raise NotAllowed(_("重新汇总由组织管理员办理。每天凌晨会自动汇总一次。"))
    refresh.enqueue(actor, key="asked", whole=True)
    messages.success(request, _("已开始重新汇总，通常几分钟完成，完成后刷新本页即可。已上报的月份不会改动。"))
    return redirect("organisation_figures")


def _may_refresh(actor: Actor) -> bool:
    return actor.has(ADMINISTRATOR)


@require_safe
def figure_rows(request: ActorRequest, measure: str) -> HttpResponse:
    """Exactly the rows that a number counts, as the register has them now; it says so where that changed."""
    counted_by = declared(measure)
    actor = opened(request, counted_by.purpose)
    unit = place(request, actor, counted_by.purpose).unit or _top(actor, counted_by.purpose)
    queries.readable(counted_by, actor, unit)
    month = _month(request)
    edition = queries.edition_of(month) if month else queries.latest_edition()
    if edition is None:
        raise Missing(_("这个月还没有汇总。请从统计页面选择月份。"))
    part = _part(request, counted_by)
    found = queries.series(unit, [counted_by], {edition.month: edition})[counted_by.name][edition.month]
    counted = found.of(part) if part else found.value
    rows = queries.rows_behind(counted_by, unit, edition, part)
    now = counted_by.counted(rows)
    page = keyset.page(prepared(rows, counted_by), after=request.GET.get("after", ""))
    context = {
        "measure": counted_by,
        "unit": unit,
        "part": part,
        "as_of": as_of(edition),
        "counted": told(counted_by, counted),
        "now": told(counted_by, now),
        "has_moved": counted is not None and counted != now,
        "page": page,
        "listing": Listing(columns_of(counted_by), page.rows),
        "may_publish": bool(actor.grants_for(ADMINISTRATOR, unit.path))
        and part is None
        and disclosure.may_be_shown(counted_by),
        "is_published": queries.is_published(counted_by, unit),
        "back": f"{_home(counted_by)}?unit={unit.number}&month={edition.month:%Y-%m}",
    }
    return render(request, "workbench/figure_rows.html", context)


@require_POST
def figure_publish(request: ActorRequest, measure: str) -> HttpResponse:
    """Show a figure to everybody, or take it back."""
    counted_by = declared(measure)
    actor = opened(request, counted_by.purpose)
    unit = place(request, actor, counted_by.purpose).unit or _top(actor, counted_by.purpose)
    queries.readable(counted_by, actor, unit)
    if request.POST.get("withdraw"):
        actions.withdraw_figure(counted_by, unit, actor=actor)
        messages.success(request, _("已撤下，公众不再看到这个数。"))
    else:
        actions.publish_figure(counted_by, unit, actor=actor)
        messages.success(request, _("已公布。公开页面上每月更新，不足 5 人的数不显示。"))
    return redirect(f"{reverse('figure_rows', args=[measure])}?unit={unit.number}")


def _home(measure: Measure) -> str:
    homes = {MEMBERSHIP: "membership_figures", ASSISTANCE: "hardship_figures"}
    return reverse(homes.get(measure.purpose, "organisation_figures"))


def _part(request: ActorRequest, measure: Measure) -> Part | None:
    name = request.GET.get("by", "")
    return Part(measure.dimension(name), request.GET.get("code", "")) if name else None


def _month(request: ActorRequest) -> date | None:
    """From `?month=2026-10`; anything else is as if nothing were asked."""
    found = MONTH.fullmatch(request.GET.get("month", ""))
    return date(int(found[1]), int(found[2]), 1) if found and int(found[1]) > 0 else None

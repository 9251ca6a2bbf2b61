"""建会漏斗: how many cases come into each stage and leave it, and how long they stay; each number leads to its rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from niangjia.kernel import calendar, clock
from niangjia.kernel.errors import Invalid, Missing
from niangjia.organisation import queries as organisation
from niangjia.organisation.access import BUILDING
from niangjia.organisation.building import funnel, queries
from niangjia.organisation.building.forms import day
from niangjia.organisation.building.funnel import StageFigures
from niangjia.organisation.building.kinds import State
from niangjia.web.shell import keyset
from niangjia.web.shell.charts import Cell, Chart, Heading, Line
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Listing
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.buildings import columns, ways
from niangjia.web.workbench.dashboards import Board
from niangjia.web.workbench.entrance import Place, opened, place

MOVEMENTS = {"in": gettext_lazy("进入"), "out": gettext_lazy("离开"), "now": gettext_lazy("期末在办")}


class PeriodForm(forms.Form):
    first = day(gettext_lazy("自"))
    last = day(gettext_lazy("至"))


@dataclass(frozen=True)
class Stage:
    """One stage: its figures, the addresses of the rows behind them, and the widths of its bars in percent."""

    figures: StageFigures
    urls: dict[str, str]
    widths: dict[str, int]


@require_safe
def building_funnel(request: ActorRequest) -> HttpResponse:
    actor = opened(request, BUILDING)
    where = place(request, actor, BUILDING)
    form, first, last = _period(request)
    scopes = organisation.scopes_beneath(actor, BUILDING, where.unit)
    context = {
        "ways": ways("building_funnel"),
        "place": where,
        "form": form,
        "first": first,
        "last": last,
        "lines": _lines(funnel.figures(scopes, first, last), where, first, last),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "workbench/building_funnel.html", context, status=status)


@require_safe
def building_moved(request: ActorRequest) -> HttpResponse:
    """The cases behind one number of the funnel."""
    actor = opened(request, BUILDING)
    where = place(request, actor, BUILDING)
    _form, first, last = _period(request)
    state, movement = request.GET.get("state", ""), request.GET.get("moved", "")
    if not state and not movement:
        return redirect("building_funnel")
    if state not in State.values or movement not in MOVEMENTS:
        raise Missing(_("没有这一页，请从漏斗上的数字进入。"))
    rows = queries.moved(actor, state, movement, first, last, where.unit)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    context = {
        "page": page,
        "listing": Listing(columns(), page.rows),
        "count": keyset.capped_count(rows),
        "state": State(state),
        "movement": MOVEMENTS[movement],
        "first": first,
        "last": last,
        "place": where,
        "back": f"{reverse('building_funnel')}?{urlencode(_asked(where.unit, first, last))}",
    }
    return render(request, "workbench/building_moved.html", context)


def _period(request: ActorRequest) -> tuple[PeriodForm, date, date]:
    """What was asked, or the last year up to today."""
    today = clock.today()
    usual = {"first": calendar.add_months(today, -12), "last": today}
    is_asked = "first" in request.GET or "last" in request.GET
    form = PeriodForm(request.GET if is_asked else None, initial=usual)
    if is_asked and form.is_valid():
        first, last = form.cleaned_data["first"], form.cleaned_data["last"]
        try:
            funnel.check_period(first, last)
        except Invalid as problem:
            form.add_error("last", str(problem))
        else:
            return form, first, last
    return form, usual["first"], usual["last"]


def funnel_of(board: Board) -> list[Chart]:
    """The month of a dashboard as a chart; none where the actor does not see how unions are built."""
    scopes = organisation.scopes_beneath(board.actor, BUILDING, board.unit)
    if not scopes or board.month is None:
        return []
    first = board.month
    last = min(calendar.add_months(first, 1) - timedelta(days=1), clock.today())
    headings = [
        *(Heading(str(label), _("件")) for label in MOVEMENTS.values()),
        Heading(_("停留中位数"), _("天")),
    ]
    lines = []
    for stage in funnel.figures(scopes, first, last):
        counts = {"in": stage.came_in, "out": stage.went_out, "now": stage.now}
        cells = [
            Cell(count, url=_moved_url(board.unit, first, last, stage.state, movement) if count else "")
            for movement, count in counts.items()
        ]
        days = None if stage.median_days is None else round(stage.median_days, 1)
        lines.append(Line(str(stage.state.label), [*cells, Cell(days, "" if days is None else f"{days:g}")]))
    period = f"{write_day(first)} – {write_day(last)}"
    note = _("进入、离开为本月内，期末在办为月末；停留天数为本月离开的各件在该环节的中位数。")
    return [Chart("funnel", _("建会漏斗"), "bars", _("环节"), headings, lines, period, [note])]


def _moved_url(unit: Any, first: date, last: date, state: State, movement: str) -> str:
    return f"{reverse('building_moved')}?{urlencode(_asked(unit, first, last, state=state.value, moved=movement))}"


def _asked(unit: Any, first: date, last: date, **more: str) -> dict[str, str]:
    number = {"unit": unit.number} if unit else {}
    return {"first": first.isoformat(), "last": last.isoformat(), **number, **more}


def _lines(stages: Sequence[StageFigures], where: Place, first: date, last: date) -> list[Stage]:
    most = max((max(stage.came_in, stage.now) for stage in stages), default=0) or 1
    days = max((stage.ninetieth_days or 0 for stage in stages), default=0) or 1

    return [
        Stage(
            stage,
            {movement: _moved_url(where.unit, first, last, stage.state, movement) for movement in MOVEMENTS},
            {
                "came": 100 * stage.came_in // most,
                "now": 100 * stage.now // most,
                "median": int(100 * (stage.median_days or 0) / days),
                "ninetieth": int(100 * (stage.ninetieth_days or 0) / days),
            },
        )
        for stage in stages
    ]

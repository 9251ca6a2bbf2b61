"""网格: the cells, who answers for each, drawing and giving up."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.fields import mask_phone
from niangjia.organisation import actions, authority, forms
from niangjia.organisation.access import ADMINISTRATOR, ORGANISATION_CLERK, PURPOSE
from niangjia.organisation.queries import points as queries_of
from niangjia.web.shell import keyset
from niangjia.web.shell.acts import Act, act_page, quoted, suggested
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened, place
from niangjia.web.workbench.happenings import happenings


@require_safe
def cells(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    where = place(request, actor, PURPOSE)
    rows = queries_of.cells_visible_to(actor, where.unit).filter(ended_on__isnull=True)
    context = {
        "page": keyset.page(rows, after=request.GET.get("after", "")),
        "place": where,
        "may_draw": actor.has(ADMINISTRATOR) or actor.has(ORGANISATION_CLERK),
    }
    return render(request, "workbench/cells.html", context)


@require_safe
def cell(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.cell_visible_to(actor, public_id)
    rows = list(found.workers.order_by("role", "id"))
    for seat in rows:
        seat.masked = mask_phone(seat.phone) if seat.phone else ""  # type: ignore[attr-defined]
    context = {
        "cell": found,
        "book": "grid-workers",
        "serving": [seat for seat in rows if seat.until_on is None],
        "gone": [seat for seat in rows if seat.until_on is not None],
        "may_keep": found.ended_on is None and authority.keeps_registers(found.unit, actor),
        "story": happenings(found),
    }
    return render(request, "workbench/cell.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def cell_draw(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return _dressed(forms.CellForm(data, actor=actor, initial={"from_on": clock.today()}))

    def run(data: dict[str, Any]) -> str:
        return _page(actions.draw_cell(actor=actor, **data))

    act = Act(
        title=_("划定网格"),
        label=_("登记"),
        done=_("已登记，请接着登记网格员。"),
        back=reverse("cells"),
        back_label=_("网格"),
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def cell_change(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.cell_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        initial = {name: getattr(found, name) for name in ("number", "name", "boundary", "from_on")}
        initial |= {
            "unit": quoted(found.unit, found.unit.number),
            "region": quoted(found.region, found.region.code),
            "station": found.station and quoted(found.station, str(found.station.public_id)),
        }
        return _dressed(forms.CellForm(data, actor=actor, row=found, initial=initial))

    def run(data: dict[str, Any]) -> str:
        return _page(actions.change_cell(found, actor=actor, **data))

    return act_page(request, _act(found, title=_("修改"), label=_("保存"), done=_("已保存。")), make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def cell_end(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.cell_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.EndCellForm(data, actor=actor, row=found, initial={"ended_on": clock.today()})

    def run(data: dict[str, Any]) -> str:
        return _page(actions.end_cell(found, actor=actor, **data))

    act = _act(
        found,
        title=_("撤销网格"),
        label=_("撤销"),
        done=_("已撤销，记录保留。"),
        help=_("网格员随之离任。"),
        is_danger=True,
    )
    return act_page(request, act, make, run)


@require_http_methods(["GET", "HEAD", "POST"])
def grid_worker_seat(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.cell_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        form = forms.GridWorkerForm(data, actor=actor, row=found, initial={"from_on": clock.today()})
        suggested(form, "user", reverse("staff_suggested"))
        return form

    def run(data: dict[str, Any]) -> str:
        actions.seat_grid_worker(found, actor=actor, **data)
        return _page(found)

    act = _act(found, title=_("登记网格员"), label=_("登记"), done=_("已登记。"))
    return act_page(request, act, make, run)


def _dressed(form: BaseForm) -> BaseForm:
    suggested(form, "unit", reverse("unions_suggested"))
    suggested(form, "region", reverse("regions_suggested"))
    suggested(form, "station", reverse("points_suggested"))
    return form


def _act(found: Any, **words: Any) -> Act:
    return Act(back=_page(found), back_label=found.name, **words)


def _page(found: Any) -> str:
    return reverse("cell", args=[found.public_id])

"""Grid cells and who answers for them over the API."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from niangjia.organisation import actions, forms
from niangjia.organisation.queries import points as queries
from niangjia.web.api import organisation_rows as rows
from niangjia.web.api import schemas
from niangjia.web.api.acts import acted, made
from niangjia.web.api.committees import seat
from niangjia.web.api.door import Listed, actor_of, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset

router = Router(tags=[_("服务阵地与网格")])


def _cell(row: Any) -> dict[str, Any]:
    names = ("number", "name", "boundary", "from_on", "ended_on")
    return {name: getattr(row, name) for name in names} | {
        "id": row.public_id,
        "unit": {"number": row.unit.number, "name": row.unit.name},
        "region": row.region.code,
        "station": row.station and row.station.public_id,
        "workers": [one.name for one in row.serving],
    }


@router.get(
    "/grid-cells/",
    operation_id="grid-cell-list",
    summary=_("网格列表"),
    description=_("辖区内在用的网格、工作站和网格员。"),
    response=Listed[rows.GridCell],
)
def cells(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = queries.cells_visible_to(actor_of(request)).filter(ended_on__isnull=True)
    return listed(keyset.page(found, after=after, size=size_of(size)), _cell)


@router.post(
    "/grid-cells/",
    operation_id="grid-cell-draw",
    summary=_("划定网格"),
    response=rows.GridCell,
    openapi_extra=schemas.body(schemas.of_form(forms.CellForm)),
)
def draw(request: HttpRequest) -> dict[str, Any]:
    return _cell(made(request, forms.CellForm, actions.draw_cell, queries.cell_visible_to))


@router.get(
    "/grid-cells/{uuid:public_id}/",
    operation_id="grid-cell-detail",
    summary=_("网格详情"),
    description=_("连同全部网格员，已离任的也在内；手机号是掩码。"),
    response=rows.WholeGridCell,
)
def cell(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = queries.cell_visible_to(actor_of(request), public_id)
    seats = found.workers.select_related("unit").order_by("id")
    return _cell(found) | {"seats": [seat(row) for row in seats]}


@router.post(
    "/grid-cells/{uuid:public_id}/change/",
    operation_id="grid-cell-change",
    summary=_("修改网格"),
    description=_("给出全部内容，没有给的即为空。换了工会的，在任的网格员随之归新工会。"),
    response=rows.GridCell,
    openapi_extra=schemas.body(schemas.of_form(forms.CellForm)),
)
def change(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _cell(acted(request, forms.CellForm, actions.change_cell, queries.cell_visible_to, public_id))


@router.post(
    "/grid-cells/{uuid:public_id}/end/",
    operation_id="grid-cell-end",
    summary=_("撤销网格"),
    description=_("网格员随之离任。"),
    response=rows.GridCell,
    openapi_extra=schemas.body(schemas.of_form(forms.EndCellForm)),
)
def end(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _cell(acted(request, forms.EndCellForm, actions.end_cell, queries.cell_visible_to, public_id))


@router.post(
    "/grid-cells/{uuid:public_id}/workers/",
    operation_id="grid-worker-seat",
    summary=_("登记网格员"),
    response=rows.Seat,
    openapi_extra=schemas.body(schemas.of_form(forms.GridWorkerForm)),
)
def seat_worker(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = queries.cell_visible_to(actor_of(request), public_id)
    do, find = actions.seat_grid_worker, queries.grid_worker_visible_to
    return seat(made(request, forms.GridWorkerForm, do, find, found))


@router.post(
    "/grid-workers/{uuid:public_id}/leave/",
    operation_id="grid-worker-leave",
    summary=_("登记网格员离任"),
    response=rows.Seat,
    openapi_extra=schemas.body(schemas.of_form(forms.EndSeatForm)),
)
def leave(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    do, find = actions.end_grid_worker, queries.grid_worker_visible_to
    return seat(acted(request, forms.EndSeatForm, do, find, public_id))

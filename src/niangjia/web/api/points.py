"""Service points and grid cells over the API; the open points also for everybody, without an account."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from niangjia.kernel import clock
from niangjia.organisation import actions, forms
from niangjia.organisation.queries import points as queries
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import taken
from niangjia.web.api.committees import seat
from niangjia.web.api.door import Listed, actor_of, do_once, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset

router = Router(tags=[_("服务阵地与网格")])
public = Router(tags=[_("公开")], auth=None)

# Whether a point is open changes by the minute.
CACHED = "public, max-age=60"


def _point(row: Any) -> dict[str, Any]:
    today = queries.today_at(row, clock.now())
    names = ("name", "kind", "address", "phone", "hours", "opened_on", "closed_on")
    return {name: getattr(row, name) for name in names} | {
        "id": row.public_id,
        "unit": {"number": row.unit.number, "name": row.unit.name},
        "label": str(row.get_kind_display()),
        "region": row.region.code,
        "latitude": None if row.latitude is None else str(row.latitude),
        "longitude": None if row.longitude is None else str(row.longitude),
        "facilities": [one.kind for one in row.facilities.all()],
        "today": {
            "hours": today.said,
            "reason": today.reason,
            "is_open": today.opening.is_open,
            "changes_at": today.opening.changes_at,
        },
    }


def _cell(row: Any) -> dict[str, Any]:
    names = ("number", "name", "boundary", "from_on", "ended_on")
    return {name: getattr(row, name) for name in names} | {
        "id": row.public_id,
        "unit": {"number": row.unit.number, "name": row.unit.name},
        "region": row.region.code,
        "station": row.station and row.station.public_id,
        "workers": [one.name for one in row.serving],
    }


@public.get(
    "/service-points/",
    operation_id="public-service-point-list",
    summary=_("服务点（公开）"),
    description=_("不用登录。place 是区划代码，含其下级；kind 是类型，facility 是设施。"),
    response=Listed[rows.ServicePoint],
)
def open_points(
    request: HttpRequest,
    response: HttpResponse,
    place: str = "",
    kind: str = "",
    facility: str = "",
    after: str = "",
    size: int = keyset.SIZE,
) -> dict[str, Any]:
    found = queries.open_points(place, kind, facility)
    response.headers["Cache-Control"] = CACHED
    return listed(keyset.page(found, after=after, size=size_of(size)), _point)


@public.get(
    "/service-points/{uuid:public_id}/",
    operation_id="public-service-point-detail",
    summary=_("服务点详情（公开）"),
    response=rows.ServicePoint,
)
def open_point(request: HttpRequest, response: HttpResponse, public_id: UUID) -> dict[str, Any]:
    response.headers["Cache-Control"] = CACHED
    return _point(queries.open_point(public_id))


@router.get(
    "/service-points/",
    operation_id="service-point-list",
    summary=_("服务阵地列表"),
    description=_("辖区内的，停用的也在内。"),
    response=Listed[rows.ServicePoint],
)
def points(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = queries.points_visible_to(actor_of(request))
    return listed(keyset.page(found, after=after, size=size_of(size)), _point)


@router.get(
    "/service-points/{uuid:public_id}/",
    operation_id="service-point-detail",
    summary=_("服务阵地详情"),
    response=rows.ServicePoint,
)
def point(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _point(queries.point_visible_to(actor_of(request), public_id))


@router.post(
    "/service-points/",
    operation_id="service-point-open",
    summary=_("登记服务阵地"),
    response=rows.ServicePoint,
    openapi_extra=schemas.body(schemas.of_form(forms.PointForm)),
)
def open_new(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    fields = taken(request, forms.PointForm)
    made = do_once(
        request,
        lambda: actions.open_point(actor=actor, **fields),
        lambda made_id: queries.point_visible_to(actor, made_id),
    )
    return _point(queries.point_visible_to(actor, made.public_id))


@router.post(
    "/service-points/{uuid:public_id}/change/",
    operation_id="service-point-change",
    summary=_("修改服务阵地"),
    description=_("给出全部内容，没有给的即为空。"),
    response=rows.ServicePoint,
    openapi_extra=schemas.body(schemas.of_form(forms.PointForm)),
)
def change(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _done(request, public_id, forms.PointForm, actions.change_point)


@router.post(
    "/service-points/{uuid:public_id}/close/",
    operation_id="service-point-close",
    summary=_("停用服务阵地"),
    response=rows.ServicePoint,
    openapi_extra=schemas.body(schemas.of_form(forms.ClosePointForm)),
)
def close(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _done(request, public_id, forms.ClosePointForm, actions.close_point)


@router.post(
    "/service-points/{uuid:public_id}/special-hours/",
    operation_id="service-point-special-hours",
    summary=_("设定特别开放时间"),
    response=rows.ServicePoint,
    openapi_extra=schemas.body(schemas.of_form(forms.SpecialHoursForm)),
)
def special(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _done(request, public_id, forms.SpecialHoursForm, actions.keep_special_hours)


def _done(
    request: HttpRequest, public_id: UUID, form: type[forms.ActionForm], do: Callable[..., Any]
) -> dict[str, Any]:
    actor = actor_of(request)
    found = queries.point_visible_to(actor, public_id)
    fields = taken(request, form)
    do_once(request, lambda: do(found, actor=actor, **fields), lambda _done_id: found)
    return _point(queries.point_visible_to(actor, public_id))


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
    actor = actor_of(request)
    fields = taken(request, forms.CellForm)
    made = do_once(
        request,
        lambda: actions.draw_cell(actor=actor, **fields),
        lambda made_id: queries.cell_visible_to(actor, made_id),
    )
    return _cell(queries.cell_visible_to(actor, made.public_id))


@router.post(
    "/grid-cells/{uuid:public_id}/workers/",
    operation_id="grid-worker-seat",
    summary=_("登记网格员"),
    response=rows.Seat,
    openapi_extra=schemas.body(schemas.of_form(forms.GridWorkerForm)),
)
def seat_worker(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    found = queries.cell_visible_to(actor, public_id)
    fields = taken(request, forms.GridWorkerForm)
    made = do_once(
        request,
        lambda: actions.seat_grid_worker(found, actor=actor, **fields),
        lambda made_id: queries.grid_worker_visible_to(actor, made_id),
    )
    return seat(made)

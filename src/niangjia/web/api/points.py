"""Service points over the API; the open ones also for everybody, without an account."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from niangjia.kernel import clock
from niangjia.organisation import actions, forms
from niangjia.organisation.queries import points as queries
from niangjia.web.api import organisation_rows as rows
from niangjia.web.api import schemas
from niangjia.web.api.acts import acted, made
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


def _special(row: Any) -> dict[str, Any]:
    names = ("from_on", "until_on", "hours", "reason")
    return {"id": row.public_id} | {name: getattr(row, name) for name in names}


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
    description=_("连同还没过去的特别开放时间。"),
    response=rows.WholeServicePoint,
)
def point(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = queries.point_visible_to(actor_of(request), public_id)
    return _point(found) | {"special_hours": [_special(one) for one in found.special_hours.all()]}


@router.post(
    "/service-points/",
    operation_id="service-point-open",
    summary=_("登记服务阵地"),
    response=rows.ServicePoint,
    openapi_extra=schemas.body(schemas.of_form(forms.PointForm)),
)
def open_new(request: HttpRequest) -> dict[str, Any]:
    return _point(made(request, forms.PointForm, actions.open_point, queries.point_visible_to))


@router.post(
    "/service-points/{uuid:public_id}/change/",
    operation_id="service-point-change",
    summary=_("修改服务阵地"),
    description=_("给出全部内容，没有给的即为空。"),
    response=rows.ServicePoint,
    openapi_extra=schemas.body(schemas.of_form(forms.PointForm)),
)
def change(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _point(acted(request, forms.PointForm, actions.change_point, queries.point_visible_to, public_id))


@router.post(
    "/service-points/{uuid:public_id}/close/",
    operation_id="service-point-close",
    summary=_("停用服务阵地"),
    response=rows.ServicePoint,
    openapi_extra=schemas.body(schemas.of_form(forms.ClosePointForm)),
)
def close(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _point(
        acted(request, forms.ClosePointForm, actions.close_point, queries.point_visible_to, public_id)
    )


@router.post(
    "/service-points/{uuid:public_id}/reopen/",
    operation_id="service-point-reopen",
    summary=_("恢复服务阵地"),
    response=rows.ServicePoint,
    openapi_extra=schemas.body(schemas.of_form(forms.ReopenPointForm)),
)
def reopen(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _point(
        acted(request, forms.ReopenPointForm, actions.reopen_point, queries.point_visible_to, public_id)
    )


@router.post(
    "/service-points/{uuid:public_id}/special-hours/",
    operation_id="service-point-special-hours",
    summary=_("设定特别开放时间"),
    response=rows.ServicePoint,
    openapi_extra=schemas.body(schemas.of_form(forms.SpecialHoursForm)),
)
def special(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _point(
        acted(
            request, forms.SpecialHoursForm, actions.keep_special_hours, queries.point_visible_to, public_id
        )
    )


@router.post(
    "/special-hours/{uuid:public_id}/drop/",
    operation_id="special-hours-drop",
    summary=_("取消特别开放时间"),
    description=_("照平常的开放时间开放；答复是它的服务阵地。"),
    response=rows.ServicePoint,
    openapi_extra=schemas.NO_BODY,
)
def drop(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)

    def run() -> Any:
        return actions.drop_special_hours(queries.special_hours_visible_to(actor, public_id), actor=actor)

    # Sent again it is gone, so only its point can be found.
    found = do_once(request, run, lambda point_id: queries.point_visible_to(actor, point_id))
    return _point(queries.point_visible_to(actor, found.public_id))

"""Service points and grid cells, for those who keep them; open points for everybody."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from niangjia.kernel import clock
from niangjia.kernel.access import Actor, scoped
from niangjia.kernel.errors import Missing
from niangjia.organisation import hours
from niangjia.organisation.access import PURPOSE
from niangjia.organisation.kinds import RegionLevel
from niangjia.organisation.models import (
    GridCell,
    GridWorker,
    Region,
    ServicePoint,
    SpecialHours,
    UnionBody,
)
from niangjia.organisation.queries import in_scopes, scopes_beneath


def _whole(rows: "QuerySet[ServicePoint]") -> "QuerySet[ServicePoint]":
    """With what a card of a point shows: what is there, and the special days that may still matter."""
    specials = SpecialHours.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=clock.today())
    ).order_by("id")
    return rows.select_related("unit", "region").prefetch_related(
        "facilities", Prefetch("special_hours", specials)
    )


def points_visible_to(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[ServicePoint]":
    rows = _whole(ServicePoint.objects.order_by("unit__path", "id"))
    return in_scopes(rows, scopes_beneath(actor, PURPOSE, beneath))


def point_visible_to(actor: Actor, public_id: UUID) -> ServicePoint:
    found = points_visible_to(actor).select_related("parent").filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这个服务阵地，或您的岗位看不到它。"))
    return found


def special_hours_visible_to(actor: Actor, public_id: UUID) -> SpecialHours:
    rows = SpecialHours.objects.select_related("point__unit")
    found = scoped(rows, actor, PURPOSE, "point__unit").filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这条特别开放时间，或您的岗位看不到它。"))
    return found


def open_points(place: str = "", kind: str = "", facility: str = "") -> "QuerySet[ServicePoint]":
    """For everybody: points in use in a region and below, named by its code."""
    today = clock.today()
    rows = _whole(ServicePoint.objects.filter(closed_on__isnull=True, opened_on__lte=today))
    if place:
        rows = rows.filter(region__code__startswith=_stem(place))
    if kind:
        rows = rows.filter(kind=kind)
    if facility:
        rows = rows.filter(facilities__kind=facility)
    return rows.order_by("id")


def open_point(public_id: UUID) -> ServicePoint:
    found = open_points().filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这个服务点，它可能已经停用。"))
    return found


def districts_with_points() -> "QuerySet[Region]":
    """The counties and city districts in which there is any open point."""
    codes = open_points().order_by().values_list("region__code", flat=True).distinct()
    return Region.objects.filter(
        code__in={f"{code[:6]}000000" for code in codes}, level=RegionLevel.COUNTY, valid_to__isnull=True
    ).order_by("code")


def streets_with_points(district: str) -> "QuerySet[Region]":
    codes = open_points(district).order_by().values_list("region__code", flat=True).distinct()
    return Region.objects.filter(code__in=set(codes), level=RegionLevel.TOWN, valid_to__isnull=True).order_by(
        "code"
    )


def _stem(code: str) -> str:
    """The beginning that a region shares with everything in it: two, four, six or nine digits."""
    for length in (2, 4, 6, 9):
        if set(code[length:]) <= {"0"}:
            return code[:length]
    return code


@dataclass(frozen=True)
class Today:
    """What a card says: today's hours, why they differ from the week, and whether it is open now."""

    said: str
    reason: str
    opening: hours.Opening


def today_at(point: ServicePoint, moment: datetime) -> Today:
    specials = [
        hours.Special(one.from_on, one.until_on, one.hours, one.reason) for one in point.special_hours.all()
    ]
    day = moment.astimezone(clock.CHINA).date()
    said, reason = hours.hours_on(point.hours, specials, day)
    return Today(said, reason, hours.opening_at(point.hours, specials, moment))


def cells_visible_to(actor: Actor, beneath: UnionBody | None = None) -> "QuerySet[GridCell]":
    heads = GridWorker.objects.filter(until_on__isnull=True).order_by("role", "id")
    rows = GridCell.objects.select_related("unit", "region", "station").order_by("unit__path", "id")
    rows = rows.prefetch_related(Prefetch("workers", heads, to_attr="serving"))
    return in_scopes(rows, scopes_beneath(actor, PURPOSE, beneath))


def cell_visible_to(actor: Actor, public_id: UUID) -> GridCell:
    found = cells_visible_to(actor).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这个网格，或您的岗位看不到它。"))
    return found


def grid_worker_visible_to(actor: Actor, public_id: UUID) -> GridWorker:
    rows = GridWorker.objects.select_related("unit__region", "cell")
    found = scoped(rows, actor, PURPOSE).filter(public_id=public_id).first()
    if found is None:
        raise Missing(_("没有找到这位网格员，或您的岗位看不到他。"))
    return found

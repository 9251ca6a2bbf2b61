"""附近的工会: service points for anybody. Where the visitor stands never leaves their phone."""

import uuid
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.kernel import clock
from niangjia.membership.queries import cases
from niangjia.organisation.forms.points import DAY_LABELS
from niangjia.organisation.hours import DAYS
from niangjia.organisation.kinds import Facility, PointKind
from niangjia.organisation.queries import points as queries
from niangjia.web.shell.parts import Choice

# More than this is no list any more: the visitor says which district, then which street.
MOST_POINTS = 200


@login_not_required
@require_safe
def points_near(request: HttpRequest) -> HttpResponse:
    """Cut down by address, so it works without script; a script sorts what is shown by distance."""
    place = _digits(request.GET.get("place", ""))
    kind = _among(request.GET.get("kind", ""), PointKind.values)
    facility = _among(request.GET.get("facility", ""), Facility.values)
    rows = list(queries.open_points(place, kind, facility)[: MOST_POINTS + 1])
    now = clock.now()
    for point in rows:
        point.today = queries.today_at(point, now)  # type: ignore[attr-defined]
    district = f"{place[:6]}000000" if place else ""
    context = {
        "points": rows[:MOST_POINTS],
        "has_more": len(rows) > MOST_POINTS,
        "districts": _choices(request, queries.districts_with_points(), district, _("全部")),
        "streets": _choices(request, queries.streets_with_points(district), place, _("整个区县"), district)
        if district
        else [],
        "kinds": PointKind.choices,
        "facilities": Facility.choices,
        "asked": {"place": place, "kind": kind, "facility": facility},
    }
    response = render(request, "public/points.html", context)
    # The page asks the browser for a position; no other page of the site may.
    response.headers["Permissions-Policy"] = "geolocation=(self)"
    return response


@login_not_required
@require_safe
def point_near(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    found = queries.open_point(public_id)
    week = [(DAY_LABELS[day], found.hours.get(day, "")) for day in DAYS]
    context = {
        "point": found,
        "today": queries.today_at(found, clock.now()),
        "week": week,
        "takes_members": cases.takes_members(found.unit),
    }
    return render(request, "public/point.html", context)


def _choices(
    request: HttpRequest, regions: Any, current: str, all_of_it: str, above: str = ""
) -> list[Choice]:
    kept = {name: request.GET[name] for name in ("kind", "facility") if request.GET.get(name)}
    codes = {above: all_of_it, **{region.code: region.name for region in regions}}
    return [
        Choice(
            name,
            f"{request.path}?{urlencode({**({'place': code} if code else {}), **kept})}".rstrip("?"),
            code == current,
        )
        for code, name in codes.items()
    ]


def _among(given: str, values: list[str]) -> str:
    return given if given in values else ""


def _digits(given: str) -> str:
    return given if len(given) == 12 and given.isascii() and given.isdigit() else ""

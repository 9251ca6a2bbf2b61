"""空白点: employers without a union as they are today, the lists of each month, and the funnel of union building."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.organisation import parameters
from niangjia.organisation.access import BUILDING
from niangjia.organisation.building import blank_spots as spots
from niangjia.organisation.building.kinds import State
from niangjia.organisation.building.parameters import BLANK_FROM
from niangjia.web.shell import keyset
from niangjia.web.shell.formats import write_day
from niangjia.web.shell.listing import Column, Listing, main_link
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.navigation import row_address
from niangjia.web.shell.parts import Choice
from niangjia.web.templatetags.niangjia import badge
from niangjia.web.workbench.buildings import TONES, ways
from niangjia.web.workbench.entrance import opened, place, to_address, words_asked

SIZES = (50, 100, 200, 500)


@require_http_methods(["GET", "HEAD", "POST"])
def blank_spots(request: ActorRequest) -> HttpResponse:
    actor = opened(request, BUILDING)
    words = words_asked(request)
    if moved := to_address(request, words):
        return moved
    where = place(request, actor, BUILDING)
    followed, size = request.GET.get("followed", ""), request.GET.get("staff", "")
    staff_from = staff_asked(size)
    rows = spots.blank_spots_visible_to(
        actor, unit=where.unit, followed=followed, staff_from=staff_from, words=words
    )
    page = keyset.page(rows, after=request.GET.get("after", ""))
    total, running = spots.blank_counts(actor, where.unit)
    context = {
        "ways": ways("blank_spots"),
        "page": page,
        "listing": Listing(_columns(), page.rows),
        "place": where,
        "words": words,
        "placeholder": _("单位名称开头或统一社会信用代码"),
        "choices": _choices(request, followed, staff_from),
        "is_filtered": bool(words or followed or staff_from or where.unit),
        "export": {"name": "blank-spots", "filters": {"followed": followed, "staff": size}},
        "total": total,
        "running": running,
        "threshold": parameters.value(BLANK_FROM, where.unit, clock.today()),
    }
    return render(request, "workbench/blank_spots.html", context)


def staff_asked(size: str) -> int:
    """From the address, where anything may stand."""
    return int(size) if size.isdecimal() and len(size) < 8 else 0


@require_safe
def blank_spot_releases(request: ActorRequest) -> HttpResponse:
    actor = opened(request, BUILDING)
    page = keyset.page(spots.releases_visible_to(actor), after=request.GET.get("after", ""))
    context = {"ways": ways("blank_spot_releases"), "page": page}
    return render(request, "workbench/blank_spot_releases.html", context)


def _columns() -> list[Column]:
    today = clock.today()
    return [
        Column(
            _("单位名称"),
            lambda row: main_link(row_address("employer", row.public_id), row.name),
            names_cells=False,
        ),
        Column(_("职工人数"), lambda row: row.staff_count, "amount"),
        Column(_("行业"), lambda row: row.get_industry_display()),
        Column(_("归口工会"), lambda row: row.unit),
        Column(_("掌握天数"), lambda row: _days_known(row.known_on, today), "amount"),
        Column(_("最近联系"), lambda row: row.last_contact_on and write_day(row.last_contact_on), "number"),
        Column(_("建会工作"), _case),
    ]


def _days_known(known_on: date, today: date) -> int:
    return max(0, (today - known_on) // timedelta(days=1))


def _case(row: Any) -> Any:
    if row.case_number is None:
        return badge(_("没有人跟进"), "waiting")
    return format_html(
        '<a href="{}">{}</a> {}',
        row_address("union_building", row.case_id),
        row.case_number,
        badge(State(row.case_state).label, TONES[row.case_state]),
    )


def _choices(request: ActorRequest, followed: str, staff_from: int) -> list[Choice]:
    home = reverse("blank_spots")
    kept = {name: text for name in ("unit", "q") if (text := request.GET.get(name))}

    def chip(label: object, is_current: bool, **given: str) -> Choice:
        query = urlencode({**kept, **given})
        return Choice(str(label), f"{home}?{query}" if query else home, is_current)

    return [
        chip(_("全部"), not followed and not staff_from),
        chip(_("没有人跟进"), followed == "no", followed="no"),
        chip(_("从未走访"), followed == "never", followed="never"),
        chip(_("正在建会"), followed == "yes", followed="yes"),
        *(chip(_("%d 人以上") % size, staff_from == size, staff=str(size)) for size in SIZES),
    ]

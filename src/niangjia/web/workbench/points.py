"""服务阵地: the list, one point with its hours, opening, changing and closing it, special hours."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from niangjia.kernel import clock
from niangjia.kernel.access import Actor
from niangjia.organisation import actions, authority, forms, hours, queries
from niangjia.organisation.access import ADMINISTRATOR, ORGANISATION_CLERK, PURPOSE
from niangjia.organisation.forms.points import DAY_LABELS
from niangjia.organisation.kinds import PointKind
from niangjia.organisation.queries import points as queries_of
from niangjia.web.shell import keyset
from niangjia.web.shell.acts import Act, act_page, do_once, quoted, suggested
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.shell.parts import Choice
from niangjia.web.workbench.entrance import opened, place
from niangjia.web.workbench.happenings import happenings


@require_safe
def points(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    where = place(request, actor, PURPOSE)
    kind = request.GET.get("kind", "")
    kind = kind if kind in (*PointKind.values, "closed") else ""
    rows = queries_of.points_visible_to(actor, where.unit).filter(closed_on__isnull=kind != "closed")
    if kind in PointKind.values:
        rows = rows.filter(kind=kind)
    page = keyset.page(rows, after=request.GET.get("after", ""))
    for point in page.rows:
        point.today = queries_of.today_at(point, clock.now())  # type: ignore[attr-defined]
    context = {
        "page": page,
        "place": where,
        "choices": _choices(request, kind),
        "is_filtered": bool(kind or where.unit),
        "may_open": actor.has(ADMINISTRATOR) or actor.has(ORGANISATION_CLERK),
    }
    return render(request, "workbench/points.html", context)


def _choices(request: ActorRequest, current: str) -> list[Choice]:
    kept = {"unit": request.GET["unit"]} if request.GET.get("unit") else {}
    labels = {"": _("全部在用"), **dict(PointKind.choices), "closed": _("已停用")}
    return [
        Choice(
            str(label),
            f"{request.path}?{urlencode({**kept, **({'kind': kind} if kind else {})})}".rstrip("?"),
            kind == current,
        )
        for kind, label in labels.items()
    ]


@require_safe
def point(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.point_visible_to(actor, public_id)
    context = {
        "point": found,
        "today": queries_of.today_at(found, clock.now()),
        "week": week_of(found),
        "may_keep": authority.keeps_registers(found.unit, actor),
        "story": happenings(found),
    }
    return render(request, "workbench/point.html", context)


def week_of(point: Any) -> list[tuple[str, str]]:
    """Each day's label and hours."""
    return [(str(DAY_LABELS[day]), point.hours.get(day, "")) for day in hours.DAYS]


@require_http_methods(["GET", "HEAD", "POST"])
def point_open(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    unit = _unit(request, actor)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        week = dict.fromkeys(hours.WEEK[:5], "09:00-12:00 13:30-17:00")
        initial: dict[str, Any] = {"opened_on": clock.today(), **week}
        if unit:
            initial["unit"] = quoted(unit, unit.number)
            initial["region"] = quoted(unit.region, unit.region.code)
        return _dressed(forms.PointForm(data, actor=actor, initial=initial))

    def run(data: dict[str, Any]) -> str:
        return _page(actions.open_point(actor=actor, **data))

    act = Act(
        title=_("登记服务阵地"),
        label=_("登记"),
        done=_("已登记，职工现在就能查到。"),
        help=_("这里填的都会公开。位置用 GCJ-02 坐标（国内手机地图的坐标），没有可不填。"),
        back=reverse("points"),
        back_label=_("服务阵地"),
        template="workbench/point_form.html",
    )
    return act_page(request, act, make, run, {"days": hours.DAYS})


@require_http_methods(["GET", "HEAD", "POST"])
def point_change(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.point_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        names = ("name", "kind", "address", "phone", "latitude", "longitude", "opened_on")
        initial = {name: getattr(found, name) for name in names} | found.hours
        initial |= {f"has_{one.kind}": True for one in found.facilities.all()}
        initial |= {
            "unit": quoted(found.unit, found.unit.number),
            "region": quoted(found.region, found.region.code),
            "parent": found.parent and quoted(found.parent, str(found.parent.public_id)),
        }
        return _dressed(forms.PointForm(data, actor=actor, row=found, initial=initial))

    act = _act(
        found, title=_("修改"), label=_("保存"), done=_("已保存。"), template="workbench/point_form.html"
    )
    return act_page(request, act, make, _then(found, actions.change_point, actor), {"days": hours.DAYS})


@require_http_methods(["GET", "HEAD", "POST"])
def point_close(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.point_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.ClosePointForm(data, actor=actor, row=found, initial={"closed_on": clock.today()})

    act = _act(
        found,
        title=_("停用"),
        label=_("停用"),
        done=_("已停用，职工不再查到它。"),
        help=_("只是几天不开放的，请设特别开放时间。"),
        is_danger=True,
    )
    return act_page(request, act, make, _then(found, actions.close_point, actor))


@require_http_methods(["GET", "HEAD", "POST"])
def point_reopen(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.point_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.ReopenPointForm(data, actor=actor, row=found)

    act = _act(found, title=_("恢复使用"), label=_("恢复使用"), done=_("已恢复，职工又能查到它。"))
    return act_page(request, act, make, _then(found, actions.reopen_point, actor))


@require_http_methods(["GET", "HEAD", "POST"])
def point_special(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries_of.point_visible_to(actor, public_id)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return forms.SpecialHoursForm(data, actor=actor, row=found, initial={"from_on": clock.today()})

    act = _act(
        found,
        title=_("设定特别开放时间"),
        label=_("设定"),
        done=_("已设定。"),
        help=_("例如春节照常开放、装修停用几天。日期重叠时，后设定的为准。"),
    )
    return act_page(request, act, make, _then(found, actions.keep_special_hours, actor))


@require_POST
def special_drop(request: ActorRequest, public_id: uuid.UUID) -> HttpResponse:
    actor = opened(request, PURPOSE)
    special = queries_of.special_hours_visible_to(actor, public_id)

    def run() -> dict[str, Any]:
        actions.drop_special_hours(special, actor=actor)
        return {}

    do_once(request, run)
    messages.success(request, _("已取消，按平常的开放时间。"))
    return redirect(_page(special.point))


def _dressed(form: BaseForm) -> BaseForm:
    suggested(form, "unit", reverse("unions_suggested"))
    suggested(form, "region", reverse("regions_suggested"))
    suggested(form, "parent", reverse("points_suggested"))
    return form


@require_safe
def points_suggested(request: ActorRequest) -> HttpResponse:
    """Grid stations, by the beginning of their name."""
    actor = opened(request, PURPOSE)
    words = str(next(iter(request.GET.values()), "")).strip()
    rows = queries_of.points_visible_to(actor).filter(
        queries.starting("name", words), kind__in=PointKind.of_the_grid(), closed_on__isnull=True
    )
    options = [(quoted(row, str(row.public_id)), row.name) for row in rows[:10]] if words else []
    return render(request, "web/options.html", {"options": options})


def _unit(request: ActorRequest, actor: Actor) -> Any:
    if number := request.GET.get("unit"):
        return queries.union_visible_to(actor, number=number)
    tops = list(queries.tops(actor).select_related("region")[:2])
    return tops[0] if len(tops) == 1 else None


def _then(found: Any, do: Callable[..., Any], actor: Actor) -> Callable[[dict[str, Any]], str]:
    def run(data: dict[str, Any]) -> str:
        do(found, actor=actor, **data)
        return _page(found)

    return run


def _act(found: Any, **words: Any) -> Act:
    return Act(back=_page(found), back_label=found.name, **words)


def _page(found: Any) -> str:
    return reverse("point", args=[found.public_id])

"""节假日: the years entered, the days of one, and entering a new one from the State Council's notice."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import calendar, clock
from niangjia.kernel.access import Actor
from niangjia.kernel.calendar import queries
from niangjia.kernel.errors import Missing, NotAllowed
from niangjia.organisation import paths
from niangjia.organisation.access import PARAMETER_KEEPER, PURPOSE
from niangjia.web.shell.acts import Act, act_page
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened


@require_safe
def holidays(request: ActorRequest) -> HttpResponse:
    actor = opened(request, PURPOSE)
    today = clock.today()
    context = {
        "years": queries.years_entered(),
        "warning": calendar.warning_for(today, today.replace(year=today.year + 1, day=1)),
        "next_year": today.year + 1,
        "may_enter": _keeps_calendar(actor),
    }
    return render(request, "workbench/holidays.html", context)


@require_safe
def holiday_year(request: ActorRequest, year: int) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = queries.year_entered(year)
    if found is None:
        raise Missing(_("%s 年的节假日还没有录入。") % year)
    context = {"year": found, "days": found.days.all(), "may_enter": _keeps_calendar(actor)}
    return render(request, "workbench/holiday_year.html", context)


class YearForm(forms.Form):
    source = forms.CharField(
        label=gettext_lazy("依据"),
        max_length=120,
        help_text=gettext_lazy("通知的名称和文号，例如“国务院办公厅关于 2027 年部分节假日安排的通知”。"),
    )
    days = forms.CharField(
        label=gettext_lazy("放假和调休上班的日子"),
        widget=forms.Textarea(attrs={"rows": 14, "class": "tall"}),
        help_text=gettext_lazy(
            "一行一天或一段：“2027-01-01 休 元旦”“2月5日至2月12日 休 春节”，调休上班写“2月14日 班 春节调休”。"
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def holiday_set(request: ActorRequest, year: int) -> HttpResponse:
    """A year is entered, or replaced, as a whole."""
    actor = opened(request, PURPOSE)
    if not _keeps_calendar(actor):
        raise NotAllowed(_("节假日由最上级工会的参数管理员统一录入，各级共用。"))
    found = queries.year_entered(year)

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        return YearForm(data, initial=_as_text(found) if found else {})

    def run(data: dict[str, Any]) -> str:
        days = calendar.read_days(year, data.get("days", ""))
        calendar.set_year(year, days, source=data.get("source", ""), actor=actor)
        return reverse("holiday_year", args=[year])

    act = Act(
        title=_("录入 %s 年节假日") % year,
        label=_("保存"),
        done=_("已保存，以后计算的期限按新的安排。"),
        help=_("照国务院办公厅的通知粘贴。平常的周末不用写；放假的工作日和要上班的周末都要写。"),
        back=reverse("holidays"),
        back_label=_("节假日"),
    )
    return act_page(request, act, make, run)


def _keeps_calendar(actor: Actor) -> bool:
    """The calendar is one for everybody, so it is kept at the root."""
    return any(grant.duty == PARAMETER_KEEPER and grant.path == paths.ROOT for grant in actor.grants)


def _as_text(year: Any) -> dict[str, str]:
    marks = {calendar.CalendarDay.Kind.HOLIDAY: "休", calendar.CalendarDay.Kind.WORKDAY: "班"}
    lines = [f"{day.date} {marks[day.kind]} {day.name}" for day in year.days.all()]
    return {"source": year.source, "days": "\n".join(lines)}

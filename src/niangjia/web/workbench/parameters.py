"""参数: what each rule's number is here and now, where it comes from, how it came about; setting a new one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django import forms as django_forms
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from niangjia.kernel import clock
from niangjia.kernel.errors import Missing
from niangjia.organisation import actions, forms, parameters, paths, queries
from niangjia.organisation.access import PARAMETER_KEEPER, PURPOSE
from niangjia.organisation.parameters import Measure, Parameter
from niangjia.web.shell.acts import Act, act_page, quoted, suggested
from niangjia.web.shell.middleware import ActorRequest
from niangjia.web.workbench.entrance import opened


@dataclass(frozen=True)
class Line:
    parameter: Parameter
    value: str
    is_default: bool
    places: int


@require_safe
def parameter_list(request: ActorRequest) -> HttpResponse:
    """Every declared parameter, as it stands today at the actor's own union."""
    actor = opened(request, PURPOSE)
    home, today = queries.tops(actor).select_related("region").first(), clock.today()
    rows = queries.parameter_values_visible_to(actor).order_by()
    set_here = dict.fromkeys(parameters.PARAMETERS, 0)
    for name, valid_from, valid_to in rows.values_list("name", "valid_from", "valid_to"):
        if name in set_here and valid_from <= today and (valid_to is None or valid_to >= today):
            set_here[name] += 1
    lines = [
        _line(parameter, parameters.value(parameter.name, home, today), set_here[parameter.name])
        for parameter in parameters.PARAMETERS.values()
    ]
    context = {"lines": lines, "home": home, "may_set": actor.has(PARAMETER_KEEPER)}
    return render(request, "workbench/parameters.html", context)


@require_safe
def parameter(request: ActorRequest, name: str) -> HttpResponse:
    """One parameter: in force by region, and its history."""
    actor = opened(request, PURPOSE)
    found, today = _declared(name), clock.today()
    rows = list(queries.parameter_values_visible_to(actor).filter(name=name))
    for row in rows:
        row.written = written(found, found.read(row.value))  # type: ignore[attr-defined]
    context = {
        "parameter": found,
        "default": written(found, found.default),
        "in_force": [row for row in rows if _holds(row, today)],
        "others": [row for row in rows if not _holds(row, today)],
        "today": today,
        "may_set": actor.has(PARAMETER_KEEPER),
    }
    return render(request, "workbench/parameter.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def parameter_set(request: ActorRequest, name: str) -> HttpResponse:
    actor = opened(request, PURPOSE)
    found = _declared(name)
    home = queries.tops(actor).select_related("region").first()

    def make(data: Mapping[str, Any] | None) -> BaseForm:
        place = quoted(home.region, home.region.code) if home and home.path != paths.ROOT else ""
        initial = {"region": place, "valid_from": clock.today()}
        # What is set follows from the page.
        given = None if data is None else {**{key: data[key] for key in data}, "name": name}
        form = forms.ParameterForm(given, actor=actor, initial={**initial, "name": name})
        form.fields["name"].widget = django_forms.HiddenInput()
        form.fields["value"].help_text = _("单位：%s") % Measure(found.unit).label
        form.fields["region"].help_text = _("留空表示全部地区，只有最上级的参数管理员可以这样设定。")
        suggested(form, "region", reverse("regions_suggested"))
        return form

    def run(data: dict[str, Any]) -> str:
        actions.set_parameter(actor=actor, **{**data, "name": name})
        return reverse("parameter", args=[name])

    act = Act(
        title=_("设定“%s”") % found.label,
        label=_("设定"),
        done=_("已设定，到生效日期自动采用。"),
        help=_("从生效日期起采用新数值，之前的事项仍按原数值计算。依据会随数值一起公开。"),
        back=reverse("parameter", args=[name]),
        back_label=str(found.label),
    )
    return act_page(request, act, make, run)


def written(found: Parameter, value: Any) -> str:
    """5 个工作日, 是, ¥…: the value with its unit."""
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, Fraction):
        return str(value)
    if found.unit == Measure.RATIO:
        return f"{value * 100:f}".rstrip("0").rstrip(".") + "%"
    unit = (
        ""
        if found.unit in {Measure.WORD, Measure.LIST, Measure.YES_OR_NO}
        else f" {Measure(found.unit).label}"
    )
    return f"{value}{unit}"


def _line(found: Parameter, value: Any, places: int) -> Line:
    return Line(found, written(found, value), value == found.default, places)


def _declared(name: str) -> Parameter:
    if name not in parameters.PARAMETERS:
        raise Missing(_("没有这个参数，请从列表进入。"))
    return parameters.declared(name)


def _holds(row: Any, on: date) -> bool:
    return bool(row.valid_from <= on and (row.valid_to is None or row.valid_to >= on))

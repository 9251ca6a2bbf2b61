"""公开数据: what unions choose to show, each number with its definition and its date; too few people are never told."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from niangjia.kernel.errors import Missing
from niangjia.kernel.figures import Measure, disclosure, measures, queries
from niangjia.web.shell.charts import Cell, Chart, Heading, Line, as_of, month_name, written


@login_not_required
@require_safe
def published(request: HttpRequest) -> HttpResponse:
    """The unions that publish anything."""
    unions: dict[str, tuple[Any, int]] = {}
    for one in queries.publications():
        unit, count = unions.get(one.unit.number, (one.unit, 0))
        unions[one.unit.number] = (unit, count + 1)
    context = {
        "unions": [
            (unit.name, reverse("published_by", args=[unit.number]), count) for unit, count in unions.values()
        ]
    }
    return render(request, "public/published.html", context)


@login_not_required
@require_safe
def published_by(request: HttpRequest, number: str) -> HttpResponse:
    """One union's figures, each with the last two years. A union that publishes nothing has no page."""
    shown = [one for one in queries.publications().filter(unit__number=number) if one.measure in measures()]
    if not shown:
        raise Missing(_("这个工会没有公布数据。"))
    unit = shown[0].unit
    editions = queries.current_editions(queries.months_back())
    wanted = [measures()[one.measure] for one in shown]
    series = queries.series(unit, wanted, editions)
    context = {
        "unit": unit,
        "charts": [_chart(measure, series[measure.name]) for measure in wanted],
        "as_of": as_of(editions[max(editions)]) if editions else as_of(None),
        "publications": list(zip(wanted, shown, strict=True)),
    }
    return render(request, "public/published_by.html", context)


def _chart(measure: Measure, readings: Any) -> Chart:
    lines = [Line(month_name(month), [_cell(measure, reading.value)]) for month, reading in readings.items()]
    kind: Any = "columns" if measure.is_flow else "line"
    last = next((reading.edition for _month, reading in sorted(readings.items(), reverse=True)), None)
    return Chart(
        measure.name.replace(".", "-"),
        str(measure.label),
        kind,
        _("月份"),
        [Heading(str(measure.label), str(measure.unit.label))],
        lines,
        as_of(last),
        [str(measure.definition), *_steps(measure)],
    )


def _steps(measure: Measure) -> list[str]:
    if not disclosure.is_in_steps(measure):
        return []
    return [_("为保护个人，公布的数取最接近的 %(least)d 的倍数。") % {"least": disclosure.LEAST}]


def _cell(measure: Measure, value: int | None) -> Cell:
    if disclosure.is_too_few(measure, value):
        return Cell(None, _("少于 %(least)d") % {"least": disclosure.LEAST})
    number = disclosure.told(measure, value)
    return Cell(number, "" if number is None else written(number))

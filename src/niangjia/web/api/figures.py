"""统计 over the API: which measures there are, and their values by union and month."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema

from niangjia.kernel.errors import Missing
from niangjia.kernel.figures import averages, declared, measures, queries, ratios
from niangjia.kernel.money import from_fen
from niangjia.organisation import queries as organisation
from niangjia.web.api import rows
from niangjia.web.api.door import actor_of
from niangjia.web.api.schemas import lazily as _

router = Router(tags=[_("统计")])


class Dimension(Schema):
    """`codes`: what the keys of `parts` mean."""

    name: str
    label: str
    codes: dict[str, str]


class Measure(Schema):
    """`is_flow`: what happened in a month; else what there was at its end."""

    name: str
    label: str
    unit: str
    unit_label: str
    definition: str
    is_flow: bool
    dimensions: list[Dimension]


class Ratio(Schema):
    """`over` and `under` are measures; the ratio itself is never stored."""

    name: str
    label: str
    definition: str
    over: str
    under: str


class Measures(Schema):
    """`averages`: money of `over`, for each of `under`."""

    measures: list[Measure]
    ratios: list[Ratio]
    averages: list[Ratio]


class Value(Schema):
    """`value` null: nobody counted it then; money is a string in yuan. `is_final`: reported, it stays as it is."""

    month: date
    value: int | str | None
    parts: dict[str, dict[str, int | str]]
    as_of: datetime
    is_reconstructed: bool
    is_final: bool


class Values(Schema):
    measure: str
    unit: rows.Unit
    values: list[Value]


def _dimension(dimension: Any) -> dict[str, Any]:
    codes = {code: str(label) for code, label in dimension.labels.items()}
    return {"name": dimension.name, "label": str(dimension.label), "codes": codes}


def _measure(measure: Any) -> dict[str, Any]:
    return {
        "name": measure.name,
        "label": str(measure.label),
        "unit": measure.unit.value,
        "unit_label": str(measure.unit.label),
        "definition": str(measure.definition),
        "is_flow": measure.is_flow,
        "dimensions": [_dimension(dimension) for dimension in measure.dimensions],
    }


def _ratio(ratio: Any) -> dict[str, Any]:
    return {
        "name": ratio.name,
        "label": str(ratio.label),
        "definition": str(ratio.definition),
        "over": ratio.over.name,
        "under": ratio.under.name,
    }


@router.get(
    "",
    operation_id="measure-list",
    summary=_("统计指标"),
    description=_("您的岗位能看到的指标及其口径。"),
    response=Measures,
)
def measure_list(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    seen = [measure for measure in measures().values() if actor.scopes(measure.purpose)]

    def both(found: Iterable[Any]) -> list[dict[str, Any]]:
        return [_ratio(one) for one in found if one.over in seen and one.under in seen]

    return {
        "measures": [_measure(one) for one in seen],
        "ratios": both(ratios().values()),
        "averages": both(averages().values()),
    }


@router.get(
    "{name}/values/",
    operation_id="measure-values",
    summary=_("指标数值"),
    description=_(
        "一个工会及其全部下级的数值，按月；unit 填工会编号，first、last 填月份里的任意一天，不填就是最近 25 个月。"
    ),
    response=Values,
)
def measure_values(
    request: HttpRequest, name: str, unit: str, first: date | None = None, last: date | None = None
) -> dict[str, Any]:
    actor = actor_of(request)
    measure = declared(name)
    found = organisation.union_visible_to(actor, number=unit)
    queries.readable(measure, actor, found)
    editions = queries.current_editions(_months(first, last))
    readings = queries.series(found, [measure], editions)[measure.name]
    return {
        "measure": measure.name,
        "unit": {"number": found.number, "name": found.name},
        "values": [_value(month, readings[month]) for month in sorted(readings)],
    }


MOST_MONTHS = 120


def _months(first: date | None, last: date | None) -> list[date]:
    """Every month that is touched; at most ten years, the latest ones."""
    months = queries.months_back(queries.HISTORY if first is None else MOST_MONTHS, last)
    return [month for month in months if first is None or month >= first.replace(day=1)]


def _told(measure: Any, value: int | None) -> int | str | None:
    return str(from_fen(value)) if measure.is_money and value is not None else value


def _value(month: date, reading: Any) -> dict[str, Any]:
    edition = reading.edition
    if edition is None:
        raise Missing(_("这个月还没有汇总。"))
    return {
        "month": month,
        "value": _told(reading.measure, reading.value),
        "parts": {
            name: {code: _told(reading.measure, count) for code, count in parts.items()}
            for name, parts in reading.parts.items()
        },
        "as_of": edition.as_of,
        "is_reconstructed": edition.is_reconstructed,
        "is_final": edition.is_closed,
    }

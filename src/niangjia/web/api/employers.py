"""What changes about employers, and what they were, over the API."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext
from ninja import Router

from niangjia.kernel.errors import Missing
from niangjia.organisation import actions, forms, queries
from niangjia.organisation.queries import histories
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import taken
from niangjia.web.api.door import actor_of, do_once
from niangjia.web.api.register import written_employer
from niangjia.web.api.schemas import lazily as _

router = Router(tags=[_("用人单位")])


def _period(row: Any) -> dict[str, Any]:
    names = (
        "from_on",
        "until_on",
        "name",
        "industry",
        "kind",
        "head",
        "staff_count",
        "is_operating",
        "reason",
    )
    return {name: getattr(row, name) for name in names} | {"region": row.region.code}


@router.get(
    "/employers/{uuid:public_id}/periods/",
    operation_id="employer-periods",
    summary=_("单位沿革"),
    description=_("新的在前。"),
    response=list[rows.EmployerPeriod],
)
def periods(request: HttpRequest, public_id: UUID) -> list[dict[str, Any]]:
    found = queries.employer_visible_to(actor_of(request), public_id)
    return [_period(row) for row in histories.periods_of(found)]


@router.get(
    "/employers/{uuid:public_id}/periods/{day}/",
    operation_id="employer-on-day",
    summary=_("单位某一天的情况"),
    response=rows.EmployerPeriod,
)
def on_day(request: HttpRequest, public_id: UUID, day: date) -> dict[str, Any]:
    found = histories.employer_on(queries.employer_visible_to(actor_of(request), public_id), day)
    if found is None:
        raise Missing(gettext("那一天还没有登记这个单位。"))
    return _period(found)


@router.post(
    "/employers/{uuid:public_id}/change/",
    operation_id="employer-change",
    summary=_("登记变更"),
    description=_("只填要变的几项，连同日期和事由。"),
    response=rows.Employer,
    openapi_extra=schemas.body(schemas.of_form(forms.ChangeEmployerForm)),
)
def change(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _done(request, public_id, forms.ChangeEmployerForm, actions.change_employer)


@router.post(
    "/employers/{uuid:public_id}/close/",
    operation_id="employer-close",
    summary=_("登记停业、注销"),
    response=rows.Employer,
    openapi_extra=schemas.body(schemas.of_form(forms.CloseEmployerForm)),
)
def close(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _done(request, public_id, forms.CloseEmployerForm, actions.close_employer)


@router.post(
    "/employers/{uuid:public_id}/reopen/",
    operation_id="employer-reopen",
    summary=_("登记恢复经营"),
    response=rows.Employer,
    openapi_extra=schemas.body(schemas.of_form(forms.ReopenEmployerForm)),
)
def reopen(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _done(request, public_id, forms.ReopenEmployerForm, actions.reopen_employer)


@router.post(
    "/employers/{uuid:public_id}/merge/",
    operation_id="employer-merge",
    summary=_("登记并入其他单位"),
    response=rows.Employer,
    openapi_extra=schemas.body(schemas.of_form(forms.MergeEmployerForm)),
)
def merge(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _done(request, public_id, forms.MergeEmployerForm, actions.merge_employer)


def _done(
    request: HttpRequest, public_id: UUID, form: type[forms.ActionForm], do: Callable[..., Any]
) -> dict[str, Any]:
    actor = actor_of(request)
    found = queries.employer_visible_to(actor, public_id)
    fields = taken(request, form)
    changed = do_once(
        request,
        lambda: do(found, actor=actor, **fields),
        lambda changed_id: queries.employer_visible_to(actor, changed_id),
    )
    return written_employer(changed)

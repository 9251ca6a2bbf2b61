"""Bodies, terms and who sits on them over the API."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from niangjia.kernel.fields import mask_phone
from niangjia.organisation import actions, forms
from niangjia.organisation import queries as organisation
from niangjia.organisation.kinds import CommitteeKind
from niangjia.organisation.queries import committees as queries
from niangjia.web.api import organisation_rows as rows
from niangjia.web.api import schemas
from niangjia.web.api.acts import acted, made
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import Listed, actor_of, do_once, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset

router = Router(tags=[_("干部与届期")])


def _committee(row: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "unit": {"number": row.unit.number, "name": row.unit.name},
        "kind": row.kind,
        "label": str(row),
        "number": row.number,
        "from_on": row.from_on,
        "until_on": row.until_on,
        "ended_on": row.ended_on,
    }


def seat(row: Any) -> dict[str, Any]:
    """Any seat; a representative's role is their constituency."""
    return {
        "id": row.public_id,
        "unit": {"number": row.unit.number, "name": row.unit.name},
        "name": row.name,
        "role": getattr(row, "role", "") or getattr(row, "constituency", ""),
        "phone": mask_phone(row.phone) if row.phone else "",
        "from_on": row.from_on,
        "until_on": row.until_on,
        "end_reason": row.end_reason,
    }


def _in_union(form: Any) -> dict[str, Any]:
    schema = schemas.of_form(form)
    schema["properties"]["unit"] = {"type": "string", "title": _("工会编号")}
    schema["required"].append("unit")
    return schema


@router.get(
    "/committees/",
    operation_id="committee-list",
    summary=_("在任机构列表"),
    description=_("辖区内在任的，按任期届满日；due_within 只列若干天内届满的，overdue 只列超期未换届的。"),
    response=Listed[rows.Committee],
)
def committees(
    request: HttpRequest,
    due_within: int | None = None,
    overdue: bool = False,
    after: str = "",
    size: int = keyset.SIZE,
) -> dict[str, Any]:
    actor = actor_of(request)
    if overdue:
        found = queries.terms_overdue(actor)
    elif due_within is not None:
        found = queries.terms_ending(actor, max(0, min(due_within, 3660)))
    else:
        found = queries.committees_visible_to(actor).filter(ended_on__isnull=True)
    return listed(keyset.page(found, after=after, size=size_of(size)), _committee)


@router.get(
    "/committees/{uuid:public_id}/",
    operation_id="committee-detail",
    summary=_("机构详情"),
    description=_("连同全部成员，已离任的也在内。"),
    response=rows.WholeCommittee,
)
def committee(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = queries.committee_visible_to(actor_of(request), public_id)
    is_congress = found.kind in CommitteeKind.congresses()
    seats: Any = found.representatives if is_congress else found.officers
    return _committee(found) | {"seats": [seat(row) for row in seats.select_related("unit").order_by("id")]}


@router.post(
    "/committees/",
    operation_id="committee-establish",
    summary=_("设立机构"),
    response=rows.Committee,
    openapi_extra=schemas.body(_in_union(forms.EstablishForm)),
)
def establish(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    data = json_body(request)
    unit = organisation.union_visible_to(actor, number=str(data.pop("unit", "")))
    fields = fields_of(forms.EstablishForm, data)
    row = do_once(
        request,
        lambda: actions.establish(unit, actor=actor, **fields),
        lambda made_id: queries.committee_visible_to(actor, made_id),
    )
    return _committee(row)


@router.post(
    "/committees/{uuid:public_id}/renew/",
    operation_id="committee-renew",
    summary=_("换届"),
    response=rows.Committee,
    openapi_extra=schemas.body(schemas.of_form(forms.TermForm)),
)
def renew(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = queries.committee_visible_to(actor_of(request), public_id)
    return _committee(made(request, forms.TermForm, actions.renew, queries.committee_visible_to, found))


@router.post(
    "/committees/{uuid:public_id}/officers/",
    operation_id="officer-seat",
    summary=_("登记成员"),
    response=rows.Seat,
    openapi_extra=schemas.body(schemas.of_form(forms.OfficerForm)),
)
def seat_officer(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = queries.committee_visible_to(actor_of(request), public_id)
    return seat(made(request, forms.OfficerForm, actions.seat_officer, queries.officer_visible_to, found))


@router.post(
    "/committees/{uuid:public_id}/representatives/",
    operation_id="representative-seat",
    summary=_("登记代表"),
    response=rows.Seat,
    openapi_extra=schemas.body(schemas.of_form(forms.RepresentativeForm)),
)
def seat_representative(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = queries.committee_visible_to(actor_of(request), public_id)
    return seat(
        made(
            request,
            forms.RepresentativeForm,
            actions.seat_representative,
            queries.representative_visible_to,
            found,
        )
    )


@router.get(
    "/officers/",
    operation_id="officer-list",
    summary=_("在任干部列表"),
    description=_("辖区内在任的，按组织树的顺序；手机号是掩码。"),
    response=Listed[rows.Seat],
)
def officers(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = queries.officers_visible_to(actor_of(request))
    return listed(keyset.page(found, after=after, size=size_of(size)), seat)


@router.post(
    "/officers/{uuid:public_id}/leave/",
    operation_id="officer-leave",
    summary=_("登记离任"),
    response=rows.Seat,
    openapi_extra=schemas.body(schemas.of_form(forms.EndOfficerForm)),
)
def leave(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    do, find = actions.end_officer, queries.officer_visible_to
    return seat(acted(request, forms.EndOfficerForm, do, find, public_id))

"""Teams of union workers over the API: forming, engaging, leaving, disbanding."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from niangjia.organisation import actions, forms
from niangjia.organisation import queries as organisation
from niangjia.organisation.queries import teams as queries
from niangjia.web.api import organisation_rows as rows
from niangjia.web.api import schemas
from niangjia.web.api.acts import acted, made
from niangjia.web.api.committees import seat
from niangjia.web.api.door import Listed, actor_of, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset

router = Router(tags=[_("工会工作队")])


def _team(row: Any) -> dict[str, Any]:
    names = ("name", "kind", "from_on", "ended_on", "serving_count")
    return {name: getattr(row, name) for name in names} | {
        "id": row.public_id,
        "unit": {"number": row.unit.number, "name": row.unit.name},
        "label": str(row.get_kind_display()),
    }


def _member(row: Any) -> dict[str, Any]:
    names = ("specialty", "basis", "title", "contract_until")
    posted = row.posted_to and {"number": row.posted_to.number, "name": row.posted_to.name}
    return seat(row) | {name: getattr(row, name) for name in names} | {"posted_to": posted}


@router.get(
    "/teams/",
    operation_id="team-list",
    summary=_("工会工作队列表"),
    description=_("辖区内没有解散的，连同在队人数。"),
    response=Listed[rows.Team],
)
def teams(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = queries.teams_visible_to(actor_of(request)).filter(ended_on__isnull=True)
    return listed(keyset.page(found, after=after, size=size_of(size)), _team)


@router.get(
    "/teams/{uuid:public_id}/",
    operation_id="team-detail",
    summary=_("工会工作队详情"),
    description=_("连同全部队员，已离任的也在内；手机号是掩码。"),
    response=rows.WholeTeam,
)
def team(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = queries.team_visible_to(actor_of(request), public_id)
    members = found.members.select_related("unit", "posted_to").order_by("id")
    return _team(found) | {"members": [_member(row) for row in members]}


@router.post(
    "/unions/{uuid:public_id}/teams/",
    operation_id="team-form",
    summary=_("组建工会工作队"),
    response=rows.Team,
    openapi_extra=schemas.body(schemas.of_form(forms.TeamForm)),
)
def form_team(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    unit = organisation.union_visible_to(actor_of(request), public_id=public_id)
    return _team(made(request, forms.TeamForm, actions.form_team, queries.team_visible_to, unit))


@router.post(
    "/teams/{uuid:public_id}/disband/",
    operation_id="team-disband",
    summary=_("解散工会工作队"),
    description=_("队员随之离任。"),
    response=rows.Team,
    openapi_extra=schemas.body(schemas.of_form(forms.DisbandForm)),
)
def disband(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _team(acted(request, forms.DisbandForm, actions.disband_team, queries.team_visible_to, public_id))


@router.post(
    "/teams/{uuid:public_id}/members/",
    operation_id="team-member-seat",
    summary=_("登记队员"),
    response=rows.TeamMember,
    openapi_extra=schemas.body(schemas.of_form(forms.TeamMemberForm)),
)
def seat_member(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    found = queries.team_visible_to(actor_of(request), public_id)
    do, find = actions.seat_team_member, queries.team_member_visible_to
    return _member(made(request, forms.TeamMemberForm, do, find, found))


@router.post(
    "/team-members/{uuid:public_id}/leave/",
    operation_id="team-member-leave",
    summary=_("登记队员离任"),
    response=rows.TeamMember,
    openapi_extra=schemas.body(schemas.of_form(forms.EndSeatForm)),
)
def leave(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    do, find = actions.end_team_member, queries.team_member_visible_to
    return _member(acted(request, forms.EndSeatForm, do, find, public_id))

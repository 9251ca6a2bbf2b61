"""Members, unions and employers over the API: read by whoever's posts open them."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router

from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.membership import actions, forms
from niangjia.membership import queries as membership
from niangjia.organisation import actions as organisation_actions
from niangjia.organisation import queries as organisation
from niangjia.organisation.forms import EmployerForm
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body, taken
from niangjia.web.api.door import Listed, actor_of, do_once, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset
from niangjia.web.shell.limits import spend_identity_check

router = Router()


def _unit(union: Any) -> dict[str, Any]:
    return {"number": union.number, "name": union.name}


def _member(member: Any) -> dict[str, Any]:
    return {
        "id": member.public_id,
        "number": member.number,
        "name": member.person.name,
        "id_number": mask_id_number(member.person.id_number),
        "phone": mask_phone(member.person.phone),
        "unit": _unit(member.unit),
        "employer": member.employer and member.employer.name,
        "joined_on": member.joined_on,
        "left_on": member.left_on,
    }


def _union(union: Any) -> dict[str, Any]:
    return {
        "id": union.public_id,
        "number": union.number,
        "name": union.name,
        "kind": union.kind,
        "level": union.level,
        "region": union.region.code,
        "founded_on": union.founded_on,
        "dissolved_on": union.dissolved_on,
        "member_count": union.member_count,
    }


def written_employer(employer: Any) -> dict[str, Any]:
    return {
        "id": employer.public_id,
        "name": employer.name,
        "uscc": employer.uscc,
        "unit": _unit(employer.unit),
        "union": employer.union and employer.union.number,
        "region": employer.region.code,
        "industry": employer.industry,
        "kind": employer.kind,
        "staff_count": employer.staff_count,
        "is_operating": employer.is_operating,
    }


@router.get(
    "/members/",
    tags=[_("会员")],
    operation_id="member-list",
    summary=_("会员列表"),
    description=_(
        "本人辖区内的会员；search 可填完整证件号码、手机号、会员编号，或姓名、拼音、首字母的开头；"
        "state 只看一种会籍状态，不填为没有离会的。"
    ),
    response=Listed[rows.Member],
)
def members(
    request: HttpRequest, search: str = "", state: str = "", after: str = "", size: int = keyset.SIZE
) -> dict[str, Any]:
    found = membership.standing(membership.members_matching(actor_of(request), search), state)
    return listed(keyset.page(found, after=after, size=size_of(size)), _member)


@router.get(
    "/members/{uuid:public_id}/",
    tags=[_("会员")],
    operation_id="member-detail",
    summary=_("会员详情"),
    response=rows.Member,
)
def member(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _member(membership.member_visible_to(actor_of(request), public_id))


@router.post(
    "/members/",
    tags=[_("会员")],
    operation_id="member-enrol",
    summary=_("入会"),
    response=rows.Member,
    openapi_extra=schemas.body(schemas.of_form(forms.EnrolForm)),
)
def enrol(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    data = fields_of(forms.EnrolForm, json_body(request))
    spend_identity_check(actor)
    return _member(
        do_once(
            request,
            lambda: actions.enrol(actor=actor, **data),
            lambda public_id: membership.member_visible_to(actor, public_id),
        )
    )


@router.get(
    "/unions/",
    tags=[_("工会组织")],
    operation_id="union-list",
    summary=_("工会组织列表"),
    description=_("本人辖区内，按组织树的顺序。"),
    response=Listed[rows.Union],
)
def unions(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = organisation.unions_visible_to(actor_of(request))
    return listed(keyset.page(found, after=after, size=size_of(size)), _union)


@router.get(
    "/unions/{uuid:public_id}/",
    tags=[_("工会组织")],
    operation_id="union-detail",
    summary=_("工会组织详情"),
    response=rows.Union,
)
def union(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return _union(organisation.union_visible_to(actor_of(request), public_id=public_id))


@router.get(
    "/employers/",
    tags=[_("用人单位")],
    operation_id="employer-list",
    summary=_("用人单位列表"),
    description=_("本人辖区内。"),
    response=Listed[rows.Employer],
)
def employers(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    found = organisation.employers_visible_to(actor_of(request))
    return listed(keyset.page(found, after=after, size=size_of(size)), written_employer)


@router.get(
    "/employers/{uuid:public_id}/",
    tags=[_("用人单位")],
    operation_id="employer-detail",
    summary=_("用人单位详情"),
    response=rows.Employer,
)
def employer(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    return written_employer(organisation.employer_visible_to(actor_of(request), public_id))


@router.post(
    "/employers/",
    tags=[_("用人单位")],
    operation_id="employer-register",
    summary=_("登记单位"),
    response=rows.Employer,
    openapi_extra=schemas.body(schemas.of_form(EmployerForm)),
)
def register_employer(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    fields = taken(request, EmployerForm)
    made = do_once(
        request,
        lambda: organisation_actions.register_employer(actor=actor, **fields),
        lambda made_id: organisation.employer_visible_to(actor, made_id),
    )
    return written_employer(made)

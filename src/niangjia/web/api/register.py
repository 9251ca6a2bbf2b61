"""Members, unions and employers over the API: read by whoever's posts open them."""

from typing import Any

from django.http import HttpRequest
from ninja import Router

from niangjia.kernel.fields import mask_id_number, mask_phone
from niangjia.membership import actions, forms
from niangjia.membership import queries as membership
from niangjia.organisation import queries as organisation
from niangjia.web.api import schemas
from niangjia.web.api.door import LARGEST_PAGE, actor_of, do_once, listed
from niangjia.web.api.workflows import fields_of, json_body
from niangjia.web.shell import keyset

router = Router()


def _member(member: Any) -> dict[str, Any]:
    return {
        "id": str(member.public_id),
        "number": member.number,
        "name": member.person.name,
        "id_number": mask_id_number(member.person.id_number),
        "phone": mask_phone(member.person.phone),
        "unit": {"number": member.unit.number, "name": member.unit.name},
        "employer": member.employer and member.employer.name,
        "joined_on": member.joined_on.isoformat(),
        "left_on": member.left_on and member.left_on.isoformat(),
    }


def _union(union: Any) -> dict[str, Any]:
    return {
        "id": str(union.public_id),
        "number": union.number,
        "name": union.name,
        "kind": union.kind,
        "region": union.region.code,
        "founded_on": union.founded_on.isoformat(),
        "member_count": union.member_count,
    }


def _employer(employer: Any) -> dict[str, Any]:
    return {
        "id": str(employer.public_id),
        "name": employer.name,
        "uscc": employer.uscc,
        "union": employer.union and employer.union.number,
        "staff_count": employer.staff_count,
        "is_operating": employer.is_operating,
    }


@router.get("/members/", tags=["会员"], operation_id="member-list")
def members(
    request: HttpRequest, search: str = "", after: str = "", size: int = keyset.SIZE
) -> dict[str, Any]:
    """Members in the caller's subtrees; `search` takes a full ID number or phone, a member number, or the beginning
    of a name, its pinyin or initials."""
    rows = membership.members_matching(actor_of(request), search)
    return listed(keyset.page(rows, after=after, size=_size(size)), _member)


@router.post(
    "/members/",
    tags=["会员"],
    operation_id="member-enrol",
    openapi_extra=schemas.body(schemas.of_form(forms.EnrolForm)),
)
def enrol(request: HttpRequest) -> dict[str, Any]:
    """Make somebody a member."""
    data = fields_of(forms.EnrolForm, json_body(request))
    return do_once(request, lambda: _member(actions.enrol(actor=actor_of(request), **data)))


@router.get("/unions/", tags=["工会组织"], operation_id="union-list")
def unions(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    """Union bodies in the caller's subtrees, in the order of the tree."""
    rows = organisation.unions_visible_to(actor_of(request)).select_related("region")
    return listed(keyset.page(rows, after=after, size=_size(size)), _union)


@router.get("/employers/", tags=["用人单位"], operation_id="employer-list")
def employers(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    """Employers in the caller's subtrees."""
    rows = organisation.employers_visible_to(actor_of(request)).select_related("union")
    return listed(keyset.page(rows, after=after, size=_size(size)), _employer)


def _size(size: int) -> int:
    return max(1, min(size, LARGEST_PAGE))

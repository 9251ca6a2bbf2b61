"""How complete the register is, over the API: shares by union, the members who lack something, documents seen."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from niangjia.kernel import clock
from niangjia.kernel.figures import queries as figures
from niangjia.membership import actions, queries, realname
from niangjia.membership.figures import MEMBERS
from niangjia.organisation import queries as organisation
from niangjia.web.api import rows
from niangjia.web.api.door import Listed, actor_of, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset

router = Router(tags=[_("实名资料")])


class Completeness(Schema):
    """Numbers of members with everything below the union; null while nothing was counted. `score` is in percent."""

    unit: rows.Unit
    members: int | None
    complete: int | None
    having: dict[str, int | None]
    required: list[str]
    score: float | None


class Lacking(Schema):
    id: UUID
    number: str
    name: str
    unit: rows.Unit
    missing: list[str]


def _unit(unit: Any) -> dict[str, Any]:
    return {"number": unit.number, "name": unit.name}


def _lacking(member: Any) -> dict[str, Any]:
    asked = realname.required(member.unit, clock.today())
    return {
        "id": member.public_id,
        "number": member.number,
        "name": member.person.name,
        "unit": _unit(member.unit),
        "missing": [str(fact) for fact in realname.missing(member, asked)],
    }


@router.get(
    "/realname/{str:number}/",
    operation_id="realname-detail",
    summary=_("实名资料完整度"),
    description=_("一个工会含下级；数字来自最近一次汇总。"),
    response=Completeness,
)
def completeness(request: HttpRequest, number: str) -> dict[str, Any]:
    actor = actor_of(request)
    unit = organisation.union_visible_to(actor, number=number)
    figures.readable(MEMBERS, actor, unit)
    measures = [MEMBERS, realname.COMPLETE, *realname.FACTS.values()]
    edition = figures.latest_edition()
    counted = figures.across([unit], measures, edition)[unit.pk] if edition else {}
    values = {name: reading.value for name, reading in counted.items()}
    having = {fact: values.get(measure.name) for fact, measure in realname.FACTS.items()}
    asked = realname.required(unit, clock.today())
    members = values.get(MEMBERS.name)
    return {
        "unit": _unit(unit),
        "members": members,
        "complete": values.get(realname.COMPLETE.name),
        "having": {str(fact): count for fact, count in having.items()},
        "required": [str(fact) for fact in asked],
        "score": realname.score(having, members, asked),
    }


@router.get(
    "/members/incomplete/",
    operation_id="member-incomplete",
    summary=_("待补资料的会员"),
    description=_("missing 可填一项资料的代码；不填为缺任何一项要求的资料。"),
    response=Listed[Lacking],
)
def incomplete(
    request: HttpRequest, missing: str = "", after: str = "", size: int = keyset.SIZE
) -> dict[str, Any]:
    found = realname.incomplete(queries.members_visible_to(actor_of(request)), missing)
    return listed(keyset.page(found, after=after, size=size_of(size)), _lacking)


@router.post(
    "/members/{uuid:public_id}/check-identity/",
    operation_id="member-check-identity",
    summary=_("已核对证件原件"),
    response=Lacking,
)
def check(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    actions.check_identities([queries.member_visible_to(actor, public_id)], actor=actor)
    return _lacking(queries.member_visible_to(actor, public_id))

"""政策找人 over the API: the clerk's list, the worker's own, telling, declining, looking again."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from niangjia.benefits.proposals import actions, queries
from niangjia.kernel.errors import Missing
from niangjia.web.api import rows
from niangjia.web.api.door import Listed, actor_of, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset

router = Router(tags=[_("政策找人")])


class Proposal(Schema):
    """`wanting` is the one input that is wanting, of a `nearly`; `amount` is null where none is known."""

    id: UUID
    scheme: str
    scheme_title: str
    period: str
    person: str
    unit: rows.Unit
    finding: str
    amount: str | None
    wanting: str
    found_on: date
    changed_on: date
    told_at: datetime | None


class WholeProposal(Proposal):
    """With why, as the register stands now; in the language asked for."""

    explanation: dict[str, Any]


class Told(Schema):
    told: int


class Named(Schema):
    ids: list[UUID]


class Looking(Schema):
    schemes: list[str]


def _summary(row: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "scheme": row.scheme.number,
        "scheme_title": row.scheme.name,
        "period": row.period,
        "person": row.person.name,
        "unit": {"number": row.unit.number, "name": row.unit.name},
        "finding": row.finding,
        "amount": None if row.amount is None else str(row.amount),
        "wanting": row.wanting,
        "found_on": row.found_on,
        "changed_on": row.changed_on,
        "told_at": row.told_at,
    }


@router.get(
    "/proposals/",
    operation_id="proposal-list",
    summary=_("系统找到的人"),
    description=_("finding 可填 entitled 或 nearly；scheme 填待遇项目编号；untold 只列还没有告知的。"),
    response=Listed[Proposal],
)
def found(
    request: HttpRequest,
    scheme: str = "",
    finding: str = "",
    untold: bool = False,
    after: str = "",
    size: int = keyset.SIZE,
) -> dict[str, Any]:
    chosen = queries.proposals_chosen(actor_of(request), scheme=scheme, finding=finding, untold=untold)
    return listed(keyset.page(chosen, after=after, size=size_of(size)), _summary)


@router.get(
    "/proposals/{uuid:public_id}/",
    operation_id="proposal-detail",
    summary=_("为什么找到"),
    response=WholeProposal,
)
def detail(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    row = queries.proposal(public_id, actor_of(request))
    return {**_summary(row), "explanation": queries.assessment_of(row).explanation().json()}


@router.get(
    "/my-proposals/",
    operation_id="proposal-mine",
    summary=_("我能享受什么"),
    response=list[Proposal],
)
def mine(request: HttpRequest) -> list[dict[str, Any]]:
    return [_summary(row) for row in queries.own_proposals(actor_of(request))]


@router.post(
    "/proposals/tell/",
    operation_id="proposal-tell",
    summary=_("告知本人"),
    description=_("给有账号、还没有告知过的人各发一条短信，不写项目和金额。"),
    response=Told,
)
def tell(request: HttpRequest, body: Named) -> dict[str, int]:
    actor = actor_of(request)
    rows_ = queries.proposals_named(actor, map(str, body.ids))
    if len(rows_) < len(set(body.ids)):
        raise Missing(_("有的提示没有找到，或已经不在列，没有告知任何人。请重新取列表。"))
    return {"told": actions.tell(rows_, actor=actor)}


@router.post(
    "/proposals/{uuid:public_id}/decline/",
    operation_id="proposal-decline",
    summary=_("这次不申请"),
    response=Proposal,
)
def decline(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    row = queries.proposal(public_id, actor)
    actions.decline(row, actor=actor)
    return _summary(row)


@router.post(
    "/proposals/look/",
    operation_id="proposal-look",
    summary=_("现在就查找"),
    description=_("在后台把您能管的开办中的待遇项目对照全部登记。"),
    response=Looking,
)
def look(request: HttpRequest) -> dict[str, Any]:
    actor = actor_of(request)
    schemes = queries.schemes_to_look_for(actor)
    actions.look_now(schemes, actor=actor)
    return {"schemes": [scheme.number for scheme in schemes]}

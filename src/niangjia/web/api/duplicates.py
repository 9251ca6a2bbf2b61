"""Pairs that may be one person, and their merges, over the API. Whoever sees one side learns nothing of the other."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from niangjia.kernel.access import Actor
from niangjia.kernel.fields import mask_id_number
from niangjia.membership.duplicates import actions, queries
from niangjia.membership.duplicates.forms import DismissForm
from niangjia.membership.duplicates.workflow import chosen_words, person_merge
from niangjia.web.api import rows, schemas
from niangjia.web.api.bodies import fields_of, json_body
from niangjia.web.api.door import Listed, actor_of, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.api.workflows import router_for
from niangjia.web.shell import keyset

router = Router(tags=[_("重复登记")])


class Registration(Schema):
    """One side of a pair. The ID number is masked."""

    id: UUID
    name: str
    id_number: str
    unit: rows.Unit


class Pair(Schema):
    """A side out of sight is null, and then there are no reasons either."""

    id: UUID
    first: Registration | None
    second: Registration | None
    reasons: list[str]
    is_escalated: bool
    found_at: datetime


class Merge(Schema):
    id: UUID
    number: str
    state: str
    state_label: str
    version: int
    due_on: date | None
    unit: rows.Unit
    kept: Registration
    gone: Registration
    proposed_on: date
    merged_on: date | None


class WholeMerge(Merge):
    """`taken`: which data the kept registration takes from the other."""

    taken: list[str]
    steps: list[rows.Step]
    history: list[rows.Moment]


class Reference(Schema):
    id: UUID


def _registration(person: Any) -> dict[str, Any]:
    return {
        "id": person.public_id,
        "name": person.name,
        "id_number": mask_id_number(person.id_number),
        "unit": {"number": person.unit.number, "name": person.unit.name},
    }


def _pair(pair: Any, actor: Actor) -> dict[str, Any]:
    def side(person: Any) -> dict[str, Any] | None:
        return _registration(person) if queries.sees(actor, person) else None

    return {
        "id": pair.public_id,
        "first": side(pair.first),
        "second": side(pair.second),
        "reasons": pair.why if queries.sees_both(actor, pair) else [],
        "is_escalated": pair.is_escalated,
        "found_at": pair.found_at,
    }


def _merge(row: Any) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "number": row.number,
        "state": row.state,
        "state_label": row.get_state_display(),
        "version": row.version,
        "due_on": row.due_on,
        "unit": {"number": row.unit.number, "name": row.unit.name},
        "kept": _registration(row.kept),
        "gone": _registration(row.gone),
        "proposed_on": row.proposed_on,
        "merged_on": row.merged_on,
    }


def _detail(row: Any, actor: Actor) -> dict[str, Any]:
    return {"taken": [str(label) for label in chosen_words(row)]}


merges = router_for(person_merge, row=Merge, whole=WholeMerge, summary=_merge, detail=_detail)


@router.get(
    "/duplicates/",
    operation_id="duplicate-list",
    summary=_("疑似重复的登记"),
    description=_("下级提请的在前，然后按相似程度。只看得到一边的，另一边为 null。"),
    response=Listed[Pair],
)
def pairs(request: HttpRequest, after: str = "", size: int = keyset.SIZE) -> dict[str, Any]:
    actor = actor_of(request)
    page = keyset.page(queries.pairs_visible_to(actor), after=after, size=size_of(size))
    return listed(page, lambda pair: _pair(pair, actor))


@router.get(
    "/duplicates/{uuid:public_id}/",
    operation_id="duplicate-detail",
    summary=_("一对登记"),
    response=Pair,
)
def pair(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    return _pair(queries.pair_visible_to(actor, public_id), actor)


@router.post(
    "/duplicates/{uuid:public_id}/dismiss/",
    operation_id="duplicate-dismiss",
    summary=_("排除"),
    description=_("不是同一个人，今后不再提示。"),
    response=Reference,
    openapi_extra=schemas.body(schemas.of_form(DismissForm)),
)
def dismiss(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    found = queries.pair_visible_to(actor, public_id)
    actions.dismiss(found, actor=actor, **fields_of(DismissForm, json_body(request)))
    return {"id": found.public_id}


@router.post(
    "/duplicates/{uuid:public_id}/escalate/",
    operation_id="duplicate-escalate",
    summary=_("提请上级核对"),
    description=_("只看得到一边的工会，请共同的上级来看。"),
    response=Pair,
)
def escalate(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
    actor = actor_of(request)
    actions.escalate(queries.pair_visible_to(actor, public_id), actor=actor)
    return _pair(queries.pair_visible_to(actor, public_id), actor)


@router.post(
    "/duplicates/look/",
    operation_id="duplicate-look",
    summary=_("现在比对一次"),
    description=_("后台全库比对；已在进行时答复那一项。"),
    response=Reference,
)
def look(request: HttpRequest) -> dict[str, Any]:
    return {"id": actions.look(actor=actor_of(request)).public_id}

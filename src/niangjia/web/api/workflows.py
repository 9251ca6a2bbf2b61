"""One set of endpoints per workflow, made from its declaration: list, look, begin, and one POST per step."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema

from niangjia.kernel.access import Actor
from niangjia.kernel.audit import Happening, happenings
from niangjia.kernel.workflow import Opening, Transition, Workflow
from niangjia.kernel.workflow.engine import Offer, action_label, offers
from niangjia.web.api import schemas
from niangjia.web.api.bodies import fields_of, json_body, take_version
from niangjia.web.api.door import Listed, actor_of, do_once, listed, size_of
from niangjia.web.api.schemas import lazily as _
from niangjia.web.shell import keyset
from niangjia.web.shell.limits import spend_identity_check

Write = Callable[[Any], dict[str, Any]]


class Chosen(Schema):
    """What any list of cases is cut down by."""

    state: str = ""

    def narrow(self, rows: "QuerySet[Any]") -> "QuerySet[Any]":
        return rows.filter(state=self.state) if self.state else rows


def router_for(
    workflow: Workflow,
    *,
    row: Any,
    whole: Any,
    summary: Write,
    detail: Callable[[Any, Actor], dict[str, Any]],
    chosen: type[Chosen] = Chosen,
) -> Router:
    """`summary(row)` and `detail(row, actor)` say what a row shows, in the shapes `row` and `whole`.
    `chosen` is what the list can be cut down by.

    Everything else follows from the workflow.
    """
    router = Router(tags=[cast(str, workflow.label)])

    @router.get("/", summary=_("列表"), operation_id=f"{workflow.name}-list", response=Listed[row])
    def rows(
        request: HttpRequest,
        by: Query[chosen],  # type: ignore[valid-type]
        after: str = "",
        size: int = keyset.SIZE,
    ) -> dict[str, Any]:
        found: QuerySet[Any] = workflow.visible_to(actor_of(request)).order_by("pk")
        found = by.narrow(found)  # type: ignore[attr-defined]
        return listed(keyset.page(found, after=after, size=size_of(size)), summary)

    @router.get(
        "/{uuid:public_id}/",
        summary=_("详情"),
        operation_id=f"{workflow.name}-detail",
        url_name=f"{workflow.name}-detail",
        response=whole,
    )
    def one(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
        actor = actor_of(request)
        found = workflow.find(public_id, actor)
        happened = happenings(found)
        return {
            **summary(found),
            **detail(found, actor),
            "steps": [_offered(offer) for offer in offers(workflow, found, actor, happened)],
            "history": [_told(workflow, one) for one in happened],
        }

    for opening in workflow.openings.values():
        if opening.is_offered:
            _add_opening(router, workflow, opening, row, summary)
    for step in workflow.transitions.values():
        if step.is_offered:
            _add_step(router, workflow, step, row, summary)
    return router


def _offered(offer: Offer) -> dict[str, Any]:
    return {
        "name": offer.transition.slug,
        "label": str(offer.transition.label),
        "refusal": None if offer.refusal is None else str(offer.refusal),
    }


def _told(workflow: Workflow, one: Happening) -> dict[str, Any]:
    return {
        "at": one.at,
        "label": action_label(workflow, one.action),
        "by": one.actor,
        "acting_for": one.principal,
        "remark": one.remark,
    }


def _add_opening(router: Router, workflow: Workflow, opening: Opening, row: Any, summary: Write) -> None:
    @router.post(
        f"/{opening.slug}/",
        summary=cast(str, opening.label),
        description=cast(str, opening.help),
        operation_id=f"{workflow.name}-{opening.slug}",
        response=row,
        openapi_extra=schemas.body(schemas.of_form(opening.form)),
    )
    def begin(request: HttpRequest) -> dict[str, Any]:
        actor = actor_of(request)
        data = fields_of(opening.form, json_body(request))
        if "id_number" in opening.form.base_fields:
            spend_identity_check(actor)
        made = do_once(
            request, lambda: opening(actor=actor, **data), lambda public_id: workflow.find(public_id, actor)
        )
        return summary(made)


def _add_step(router: Router, workflow: Workflow, step: Transition, row: Any, summary: Write) -> None:
    schema = schemas.of_form(step.form)
    schema["properties"]["version"] = schemas.VERSION

    @router.post(
        f"/{{uuid:public_id}}/{step.slug}/",
        summary=cast(str, step.label),
        description=cast(str, step.help),
        operation_id=f"{workflow.name}-{step.slug}",
        response=row,
        openapi_extra=schemas.body(schema),
    )
    def take(request: HttpRequest, public_id: UUID) -> dict[str, Any]:
        actor = actor_of(request)
        found = workflow.find(public_id, actor)
        data = json_body(request)
        version = take_version(data)
        fields = fields_of(step.form, data)
        done = do_once(
            request,
            lambda: step(found, actor=actor, version=version, **fields),
            lambda _public_id: found,
        )
        return summary(done)

"""One set of endpoints per workflow, made from its declaration: list, look, begin, and one POST per step."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Router

from niangjia.kernel import audit
from niangjia.kernel.errors import Invalid
from niangjia.kernel.workflow import Opening, Transition, Workflow
from niangjia.kernel.workflow.engine import action_label, offers
from niangjia.web.api import schemas
from niangjia.web.api.door import LARGEST_PAGE, actor_of, do_once, listed
from niangjia.web.shell import keyset

Write = Callable[[Any], dict[str, Any]]


def router_for(workflow: Workflow, *, summary: Write, detail: Callable[[Any, Any], dict[str, Any]]) -> Router:
    """`summary(row)` and `detail(row, actor)` say what a row shows; everything else follows from the workflow."""
    router = Router(tags=[str(workflow.label)])

    @router.get("/", summary=_("列表"), operation_id=f"{workflow.name}-list")
    def rows(
        request: HttpRequest, state: str = "", after: str = "", size: int = keyset.SIZE
    ) -> dict[str, Any]:
        found: QuerySet[Any] = workflow.visible_to(actor_of(request)).order_by("pk")
        if state:
            found = found.filter(state=state)
        return listed(keyset.page(found, after=after, size=max(1, min(size, LARGEST_PAGE))), summary)

    for opening in workflow.openings.values():
        _add_opening(router, workflow, opening, summary)
    for step in workflow.transitions.values():
        if not step.by_clock:
            _add_step(router, workflow, step, summary)

    @router.get("/{uuid:public_id}/", summary=_("详情"), operation_id=f"{workflow.name}-detail")
    def row(request: HttpRequest, public_id: str) -> dict[str, Any]:
        actor = actor_of(request)
        found = workflow.find(public_id, actor)
        return {
            **summary(found),
            **detail(found, actor),
            "version": found.version,
            "steps": [
                {
                    "name": offer.transition.slug,
                    "label": str(offer.transition.label),
                    "refusal": _sentence(offer.refusal),
                }
                for offer in offers(workflow, found, actor)
            ],
            "history": [
                {
                    "at": entry.at.isoformat(),
                    "label": action_label(workflow, entry.action),
                    "by": str(entry.actor or ""),
                    "for": str(entry.principal or ""),
                    "remark": entry.remark.text if hasattr(entry, "remark") else "",
                }
                for entry in audit.history(found)
            ],
        }

    return router


def _add_opening(router: Router, workflow: Workflow, opening: Opening, summary: Write) -> None:
    @router.post(
        f"/{opening.slug}/",
        summary=str(opening.label),
        description=str(opening.help),
        operation_id=f"{workflow.name}-{opening.slug}",
        openapi_extra=schemas.body(schemas.of_form(opening.form)),
    )
    def begin(request: HttpRequest) -> dict[str, Any]:
        data = fields_of(opening.form, json_body(request))
        return do_once(request, lambda: summary(opening(actor=actor_of(request), **data)))


def _add_step(router: Router, workflow: Workflow, step: Transition, summary: Write) -> None:
    schema = schemas.of_form(step.form)
    schema["properties"]["version"] = {
        "type": "integer",
        "description": "The version you looked at; refused with 409 when it has changed since.",
    }

    @router.post(
        f"/{{uuid:public_id}}/{step.slug}/",
        summary=str(step.label),
        description=str(step.help),
        operation_id=f"{workflow.name}-{step.slug}",
        openapi_extra=schemas.body(schema),
    )
    def take(request: HttpRequest, public_id: str) -> dict[str, Any]:
        data = dict(json_body(request))
        version = data.pop("version", None)
        if version is not None and not isinstance(version, int):
            raise Invalid(_("version 应为整数，取自您看到的详情。"))
        data = fields_of(step.form, data)
        actor = actor_of(request)
        row = workflow.find(public_id, actor)
        return do_once(request, lambda: summary(step(row, actor=actor, version=version, **data)))


def json_body(request: HttpRequest) -> Mapping[str, Any]:
    try:
        data = json.loads(request.body or b"{}")
    except ValueError:
        raise Invalid(_("请求体不是有效的 JSON。")) from None
    if not isinstance(data, dict):
        raise Invalid(_("请求体应是一个 JSON 对象。"))
    return data


def fields_of(form: type[forms.Form], data: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := sorted(set(data) - set(form.base_fields)):
        raise Invalid(_("不认识这些字段：%s。可用的字段见接口说明。") % _("、").join(unknown))
    return dict(data)


def _sentence(refusal: object) -> str | None:
    return None if refusal is None else str(refusal)
